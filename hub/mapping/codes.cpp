// Reading a code table and looking values up in it.
#include "hub/mapping/codes.hpp"

#include <algorithm>

#include "hub/formats/config_xml.hpp"
#include "hub/mapping/limits.hpp"
#include "hub/mapping/site_shapes.hpp"

namespace hub::mapping {

namespace {

int digits(std::string_view text) {
    int value = 0;
    for (const char each : text) {
        if (each < '0' || each > '9') return -1;
        value = value * 10 + (each - '0');
    }
    return value;
}

Day next_day(Day day) {
    int year = day / 10'000, month = day / 100 % 100, date = day % 100;
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (++date > lengths[month - 1] + (leap ? 1 : 0)) {
        date = 1;
        if (++month > 12) month = 1, ++year;
    }
    return year * 10'000 + month * 100 + date;
}

/// XSD has checked that it is a date; years beyond four digits and zones are ours to refuse.
Day read_day(const formats::ConfigElement& row, const char* name, Day otherwise, const std::string& path, Problems& problems) {
    const std::string text = row.token(name);
    if (text.empty()) return otherwise;
    const Day day = text.size() == 10 ? day_of(text) : no_day;
    if (day == no_day)
        problems.push_back({path, row.line, row.column, "TG-M032", std::string(name) + "=\"" + text + "\" is not a plain date",
                            "write it as 2026-04-01"});
    return day;
}

}  // namespace

Day day_of(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return no_day;
    const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), date = digits(text.substr(8, 2));
    if (year < 1 || month < 1 || month > 12 || date < 1 || date > 31) return no_day;
    return year * 10'000 + month * 100 + date;
}

CodeTable::CodeTable(std::string path, std::vector<Row> rows, Problems& problems) : path_(std::move(path)), rows_(std::move(rows)) {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
        return a.from != b.from ? a.from < b.from : a.valid_from < b.valid_from;
    });
    for (std::size_t i = 1; i < rows_.size(); ++i) {
        const Row &before = rows_[i - 1], &row = rows_[i];
        if (row.from != before.from || row.valid_from > before.valid_to) continue;
        const Row &first = row.line < before.line ? row : before, &second = row.line < before.line ? before : row;
        const bool same = row.to == before.to;
        problems.push_back({path_, second.line, second.column, "TG-M031",
                            "'" + row.from + "' has two rows on one day, which " + (same ? "say the same" : "contradict one another") + "; the other is in line " + std::to_string(first.line),
                            same ? "remove one, or give them dates that do not overlap" : "correct one, or give both rows dates that do not overlap",
                            {{"the other row", path_, first.line, first.column}}, {}});
    }
}

const CodeTable::Row* CodeTable::find(std::string_view value, Day day) const {
    auto row = std::lower_bound(rows_.begin(), rows_.end(), value, [](const Row& a, std::string_view b) { return a.from < b; });
    for (; row != rows_.end() && row->from == value; ++row)
        if (row->undated() || (row->valid_from <= day && day <= row->valid_to)) return &*row;
    return nullptr;
}

const CodeTable::Row* CodeTable::last_up_to(std::string_view value) const {
    auto row = std::upper_bound(rows_.begin(), rows_.end(), value, [](std::string_view a, const Row& b) { return a < b.from; });
    while (row != rows_.begin())
        if ((--row)->undated()) return &*row;
    return nullptr;
}

bool CodeTable::covers(std::string_view value) const {
    Day until = first_day;
    auto row = std::lower_bound(rows_.begin(), rows_.end(), value, [](const Row& a, std::string_view b) { return a.from < b; });
    for (; row != rows_.end() && row->from == value && row->valid_from <= until; ++row) {
        if (row->valid_to == last_day) return true;
        until = next_day(row->valid_to);
    }
    return false;
}

std::shared_ptr<const CodeTable> read_code_table(const std::string& path, std::string_view text, Problems& problems) {
    const auto before = problems.size();
    const auto root = formats::read_config(path, text, &codes_xsd(), problems);
    if (!root) return nullptr;
    std::vector<CodeTable::Row> rows;
    for (const auto& each : root->children) {
        if (each.name != "code") continue;
        CodeTable::Row row{*each.attribute("from"), *each.attribute("to"), read_day(each, "valid-from", first_day, path, problems),
                           read_day(each, "valid-to", last_day, path, problems), each.line, each.column};
        if (row.valid_from > row.valid_to)
            problems.push_back({path, each.line, each.column, "TG-M032", "valid-from is after valid-to", "exchange the dates"});
        rows.push_back(std::move(row));
    }
    if (rows.size() > code_rows_max)
        problems.push_back({path, 0, 0, "TG-M001", "code_rows_max = " + std::to_string(code_rows_max) + " is exceeded", "split the table"});
    auto table = std::make_shared<CodeTable>(path, std::move(rows), problems);
    return problems.size() == before ? table : nullptr;
}

}  // namespace hub::mapping
