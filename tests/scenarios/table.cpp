// See table.hpp.
#include "tests/scenarios/table.hpp"

#include <algorithm>
#include <sstream>

namespace scenarios {
namespace {

std::string trimmed(const std::string& text) {
    const std::size_t from = text.find_first_not_of(" \t\r"), to = text.find_last_not_of(" \t\r");
    return from == std::string::npos ? std::string() : text.substr(from, to - from + 1);
}

std::vector<std::string> split(const std::string& text, const std::string& by) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
        parts.push_back(trimmed(text.substr(from, at - from)));
        from = at + by.size();
    }
    parts.push_back(trimmed(text.substr(from)));
    return parts;
}

/// A line of a table: the cells before "||" and those behind it.
struct Line {
    std::vector<std::string> left{}, right{};
};

bool read_line(const std::string& text, Line& into) {
    const std::size_t bar = text.find("||");
    if (bar == std::string::npos) return false;
    into.left = split(text.substr(0, bar), "|");
    into.right = split(text.substr(bar + 2), "|");
    return true;
}

class Reader {
public:
    Reader(const std::string& file, hub::Problems& problems) : file_(file), problems_(problems) {}

    void line(const std::string& raw) {
        ++line_;
        const std::string text = trimmed(raw);
        if (text.starts_with("#")) return;
        if (text.empty()) {
            heading_ = {};
        } else if (text.find("||") != std::string::npos) {
            table_line(text);
        } else {
            setting(text);
        }
    }
    std::vector<Row> take() { return std::move(rows_); }

private:
    void complain(const std::string& what) { problems_.push_back({file_, line_, 0, "scenario", what, "see tests/scenarios/README.md"}); }

    void setting(const std::string& text) {
        const std::size_t colon = text.find(':');
        const std::string name = trimmed(text.substr(0, colon)), value = colon == std::string::npos ? "" : trimmed(text.substr(colon + 1));
        heading_ = {};
        if (name == "rule" || name == "gate") {
            now_ = Row{};
            (name == "rule" ? now_.rule : now_.gate) = value;
        } else if (name == "as of") {
            now_.as_of = value;
        } else if (name == "known at") {
            now_.known_at = value;
        } else if (name == "given" && value.find('=') != std::string::npos) {
            now_.given.emplace_back(trimmed(value.substr(0, value.find('='))), trimmed(value.substr(value.find('=') + 1)));
        } else {
            complain("'" + text + "' is neither a line of a table nor one of rule:, gate:, as of:, known at:, given: NAME = VALUE");
        }
    }

    void table_line(const std::string& text) {
        Line line;
        read_line(text, line);
        if (heading_.left.empty()) {
            heading_ = line;
            return;
        }
        if (line.left.size() != heading_.left.size() || line.right.size() != heading_.right.size()) return complain("the line has another number of cells than its heading");
        Row row = now_;
        row.file = file_;
        row.line = line_;
        row.name = line.left.front();
        for (std::size_t i = 1; i < line.left.size(); ++i) {
            const std::string& heading = heading_.left[i];
            if (heading == "as of") row.as_of = line.left[i].empty() ? row.as_of : line.left[i];
            else if (heading == "known at") row.known_at = line.left[i].empty() ? row.known_at : line.left[i];
            else if (!line.left[i].empty()) row.facts.push_back({heading, line.left[i]});
        }
        for (std::size_t i = 0; i < line.right.size(); ++i)
            if (!line.right[i].empty()) row.expected.push_back({heading_.right[i], line.right[i]});
        rows_.push_back(std::move(row));
    }

    const std::string file_;
    hub::Problems& problems_;
    int line_ = 0;
    Row now_{};
    Line heading_{};
    std::vector<Row> rows_{};
};

}  // namespace

std::vector<Row> read_tables(const std::string& file, const std::string& text, hub::Problems& problems) {
    Reader reader(file, problems);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) reader.line(line);
    return reader.take();
}

std::vector<hub::deadlines::GivenFact> facts_of(const Row& row, const hub::deadlines::FactKinds& kinds, const hub::deadlines::Zone& zone, hub::Problems& problems) {
    using namespace hub::deadlines;
    const hub::Instant beginning{INT64_MIN};
    std::vector<GivenFact> facts;
    for (const Cell& cell : row.facts) {
        const std::size_t hash = cell.heading.find('#');
        const std::string kind = cell.heading.substr(0, hash), number = hash == std::string::npos ? "1" : cell.heading.substr(hash + 1);
        const KindId id = kinds.find(kind);
        const std::string matter = id == no_kind ? std::string() : kinds[id].matter;
        for (std::string text : split(cell.text, ";")) {
            GivenFact fact{.kind = kind, .matter_kind = matter, .matter = matter == "person" ? "" : number, .recorded_at = beginning, .file = row.file, .line = row.line};
            if (const std::size_t told = text.find(" told "); told != std::string::npos) {
                fact.valid_from = trimmed(text.substr(told + 6));
                const auto point = parse_point(fact.valid_from, zone);
                const auto start = point && !point->exact ? zone.start_of(point->day) : std::nullopt;
                if (!point) problems.push_back({row.file, row.line, 0, "scenario", "'" + fact.valid_from + "' is no time", "write 2026-01-02 or 2026-01-02T09:00:00Z"});
                else fact.recorded_at = point->exact ? point->instant : start.value_or(beginning);
                text = trimmed(text.substr(0, told));
            }
            if (const std::size_t at = text.find(" @"); at != std::string::npos) {
                fact.valid_from = trimmed(text.substr(at + 2));
                text = trimmed(text.substr(0, at));
            }
            if (fact.valid_from.empty()) fact.valid_from = "0001-01-01";
            fact.value = text;
            fact.seq = facts.size() + 1;
            fact.source = "row " + std::to_string(row.line) + "." + std::to_string(fact.seq);
            facts.push_back(std::move(fact));
        }
    }
    return facts;
}

}  // namespace scenarios
