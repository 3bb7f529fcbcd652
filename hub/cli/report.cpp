#include "hub/cli/report.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <sstream>

namespace hub::cli {
namespace {

constexpr std::size_t cell_bytes_max = 120;

/// Bytes of the UTF-8 sequence at `at`, or 0 if it is not one.
std::size_t sequence_bytes(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t bytes = lead < 0x80 ? 1 : lead >= 0xf0 && lead < 0xf5 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (bytes == 0 || (lead >= 0xf5) || at + bytes > text.size()) return 0;
    for (std::size_t i = 1; i < bytes; ++i)
        if ((static_cast<unsigned char>(text[at + i]) & 0xc0) != 0x80) return 0;
    return bytes;
}

/// Columns a text takes on a terminal, near enough: code points.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// A cell as text shows it: long ones are cut (JSON has them whole).
std::string shown(const std::string& cell) {
    std::string text = printable(cell);
    if (text.size() <= cell_bytes_max) return text;
    std::size_t end = cell_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end) + " ...";
}

/// "-12", "+3.5": not a formula.
bool is_number(std::string_view text) {
    const std::string_view digits = text.substr(text.front() == '-' || text.front() == '+' ? 1 : 0);
    return !digits.empty() && digits.find_first_not_of("0123456789.") == std::string_view::npos;
}

void print_table(const Table& table, std::ostream& into) {
    std::string heading = table.name;
    std::replace(heading.begin(), heading.end(), '_', ' ');
    into << "\n" << heading << "\n";
    if (table.rows.empty()) {
        into << "  none\n";
        return;
    }
    std::vector<std::size_t> widths;
    for (const std::string& column : table.columns) widths.push_back(width_of(column));
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(shown(row[i])));
    const auto line = [&](const std::vector<std::string>& row) {
        std::vector<std::string> cells;
        for (const std::string& cell : row) cells.push_back(shown(cell));
        std::string text = " ";
        for (std::size_t i = 0; i < cells.size(); ++i)
            text += " " + cells[i] + (i + 1 < cells.size() ? std::string(widths[i] - width_of(cells[i]) + 1, ' ') : "");
        into << text << "\n";
    };
    line(table.columns);
    for (const auto& row : table.rows) line(row);
}

/// A problem's further places, each on a line of its own, and its witness below, indented as it stands.
void print_problem(const Problem& problem, std::string_view mark, std::ostream& into) {
    into << mark << printable(to_text(problem)) << "\n";
    for (const Related& each : problem.related) into << "    " << printable(each.label + ": " + to_text(each)) << "\n";
    if (problem.witness.empty()) return;
    if (problem.witness.find('\n') == std::string::npos) {
        into << "    goes wrong for: " << printable(problem.witness) << "\n";
        return;
    }
    into << "    goes wrong for:\n";
    std::istringstream lines(problem.witness);
    for (std::string line; std::getline(lines, line);) into << "        " << printable(line) << "\n";
}

void print_text(const Report& report, std::ostream& into) {
    for (const auto& [name, value] : report.facts) into << name << ": " << printable(value) << "\n";
    for (const Table& table : report.tables) print_table(table, into);
    for (const Problem& problem : report.problems) print_problem(problem, "", into);
    for (const Problem& note : report.notes) print_problem(note, "note: ", into);
}

/// Quoted where RFC 4180 asks for it. What a spreadsheet would take for a formula gets a leading apostrophe.
std::string csv_cell(std::string_view text) {
    std::string cell(text);
    if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos && !is_number(cell)) cell.insert(cell.begin(), '\'');
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

void print_csv(const Report& report, std::ostream& into) {
    bool first = true;
    const auto line = [&](const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) into << (i == 0 ? "" : ",") << csv_cell(cells[i]);
        into << "\r\n";
    };
    for (const Table& table : report.tables) {
        if (!first) into << "\r\n";
        first = false;
        line(table.columns);
        for (const auto& row : table.rows) line(row);
    }
    for (const Problem& problem : report.problems) print_problem(problem, "", into);
}

/// Names of members have no spaces.
std::string json_name(std::string name) {
    std::replace(name.begin(), name.end(), ' ', '_');
    return json_text(name);
}

std::string json_row(const Table& table, const std::vector<std::string>& row) {
    std::string text = "{";
    for (std::size_t i = 0; i < row.size(); ++i)
        text += (i == 0 ? "" : ",") + json_name(table.columns[i]) + ":" + json_text(row[i]);
    return text + "}";
}

std::string json_problem(const Problem& problem) {
    std::string text = "{\"file\":" + json_text(problem.file) + ",\"line\":" + std::to_string(problem.line) +
                       ",\"column\":" + std::to_string(problem.column) + ",\"code\":" + json_text(problem.code) +
                       ",\"what\":" + json_text(problem.what) + ",\"cure\":" + json_text(problem.cure);
    if (!problem.related.empty()) {
        text += ",\"related\":[";
        for (std::size_t i = 0; i < problem.related.size(); ++i) {
            const Related& each = problem.related[i];
            text += std::string(i == 0 ? "" : ",") + "{\"label\":" + json_text(each.label) + ",\"file\":" + json_text(each.file) +
                    ",\"line\":" + std::to_string(each.line) + ",\"column\":" + std::to_string(each.column) + "}";
        }
        text += "]";
    }
    if (!problem.witness.empty()) text += ",\"witness\":" + json_text(problem.witness);
    return text + "}";
}

std::string json_problems(const Problems& problems) {
    std::string text;
    for (const Problem& each : problems) text += (text.empty() ? "" : ",") + json_problem(each);
    return text;
}

void print_json(const Report& report, std::ostream& into) {
    std::string text = "{";
    for (const auto& [name, value] : report.facts) text += json_name(name) + ":" + json_text(value) + ",";
    for (const Table& table : report.tables) {
        text += json_text(table.name) + ":[";
        for (std::size_t i = 0; i < table.rows.size(); ++i) text += (i == 0 ? "" : ",") + json_row(table, table.rows[i]);
        text += "],";
    }
    text += "\"problems\":[" + json_problems(report.problems);
    if (!report.notes.empty()) text += "],\"notes\":[" + json_problems(report.notes);
    into << text << "]}\n";
}

}  // namespace

std::string printable(std::string_view text) {
    std::string safe;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const unsigned char c = static_cast<unsigned char>(text[at]), next = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : '\0';
        const bool second_set = c == 0xc2 && next >= 0x80 && next < 0xa0;  // U+0080 to U+009F: some terminals take them as orders
        if (second_set) ++at;
        safe += second_set || c < 0x20 || c == 0x7f ? ' ' : text[at];
    }
    return safe;
}

std::string json_text(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const std::size_t bytes = sequence_bytes(text, at);
        if (bytes == 0) {
            out += "\\ufffd";
            ++at;
            continue;
        }
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
            out += escaped;
        } else {
            out += text.substr(at, bytes);
        }
        at += bytes;
    }
    return out + "\"";
}

void print(const Report& report, ReportFormat format, std::ostream& into) {
    if (format == ReportFormat::json)
        print_json(report, into);
    else if (format == ReportFormat::csv)
        print_csv(report, into);
    else
        print_text(report, into);
}

}  // namespace hub::cli
