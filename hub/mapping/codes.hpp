// Dated code tables: read, checked, and looked up by value and day.
//
// Rows are sorted by value and day; a lookup is one binary search and compares no days where a value has one row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/mapping/mapping.hpp"

namespace hub::mapping {

/// A day as yyyymmdd. `no_day` precedes every day: only rows without dates hold on it.
using Day = std::int32_t;
inline constexpr Day no_day = -1, first_day = 0, last_day = 99'999'999;

/// The day of "yyyy-MM-dd..."; no_day when the text does not start with one.
Day day_of(std::string_view text);

class CodeTable {
public:
    struct Row {
        std::string from{}, to{};
        Day valid_from = first_day, valid_to = last_day;  ///< both inclusive
        int line = 0, column = 0;
        bool undated() const { return valid_from == first_day && valid_to == last_day; }
    };

    /// Null when no row holds for the value on the day.
    const Row* find(std::string_view value, Day day) const;
    /// The undated row of the greatest value that is not beyond this one, as texts are ordered; null when there is none.
    const Row* last_up_to(std::string_view value) const;
    /// Whether some row holds for the value on every day.
    bool covers(std::string_view value) const;
    const std::vector<Row>& rows() const { return rows_; }
    const std::string& path() const { return path_; }

    /// Sorts the rows and reports days with two rows for one value.
    CodeTable(std::string path, std::vector<Row> rows, Problems& problems);

private:
    std::string path_;
    std::vector<Row> rows_;
};

}  // namespace hub::mapping
