// Splits CSV text into rows and cells; every way out of a cell is a comma, a line end, the end or a fault.
#include "hub/formats/csv_reader.hpp"

#include <algorithm>

namespace hub::formats {

/// Passes one line end, if there is one here.
bool CsvReader::line_end() {
    const auto here = text_.substr(at_, 2);
    if (!here.starts_with('\n') && here != "\r\n") return false;
    at_ += here.front() == '\n' ? 1 : 2;
    ++line_;
    return true;
}

void CsvReader::fault(CsvRow& row, std::uint32_t line, std::string what) {
    row.kind = CsvRow::Kind::faulty;
    row.line = line;
    row.fault = std::move(what);
}

void CsvReader::next(CsvRow& row) {
    row.kind = CsvRow::Kind::end;
    row.width = 0;
    row.lines.clear();
    while (line_end()) {
    }
    if (at_ == text_.size()) return;
    row.kind = CsvRow::Kind::cells;
    row.line = line_;
    while (row.kind == CsvRow::Kind::cells) {
        cell(row);
        if (row.kind == CsvRow::Kind::faulty) break;
        if (at_ == text_.size() || line_end()) {
            row.cells.resize(row.lines.size());
            return;
        }
        ++at_;  // the comma: cell() stops nowhere else
    }
    at_ = std::min(text_.find('\n', at_), text_.size());
}

void CsvReader::cell(CsvRow& row) {
    const bool kept = row.width++ < cells_kept_;
    if (kept) row.lines.push_back(line_);
    if (kept && row.cells.size() < row.lines.size()) row.cells.emplace_back();
    std::string& into = kept ? row.cells[row.lines.size() - 1] : beyond_;
    into.clear();
    if (text_.substr(at_, 1) == "\"") quoted(row, into);
    else plain(row, into);
}

void CsvReader::plain(CsvRow& row, std::string& into) {
    const auto end = std::min(text_.find_first_of(",\r\n\"", at_), text_.size());
    into = text_.substr(at_, end - at_);
    at_ = end;
    const auto here = text_.substr(at_, 2);
    if (here.starts_with('"')) return fault(row, line_, "a quote stands inside an unquoted cell");
    if (here.starts_with('\r') && here != "\r\n") fault(row, line_, "a carriage return stands alone in an unquoted cell");
}

void CsvReader::quoted(CsvRow& row, std::string& into) {
    const std::uint32_t opened = line_;
    ++at_;
    for (;;) {
        const auto quote = std::min(text_.find('"', at_), text_.size());
        const auto part = text_.substr(at_, quote - at_);
        into.append(part);
        line_ += static_cast<std::uint32_t>(std::count(part.begin(), part.end(), '\n'));
        at_ = std::min(quote + 1, text_.size());
        if (quote == text_.size()) return fault(row, opened, "a quote is never closed");
        if (text_.substr(at_, 1) != "\"") break;
        into += '"';
        ++at_;
    }
    const auto here = text_.substr(at_, 2);
    const bool ends = here.empty() || here.front() == ',' || here.front() == '\n' || here == "\r\n";
    if (!ends) fault(row, line_, "something follows a closing quote");
}

}  // namespace hub::formats
