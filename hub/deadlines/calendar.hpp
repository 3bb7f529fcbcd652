// Working days of a nation: weekends and bank holidays out of dated files with a source (schemas/site/calendar.xsd).
//
// A year that the file does not cover is an error, never a year without holidays. A holiday counts for whoever knows of it:
// 19 September 2022 was proclaimed ten days before, and moved deadlines that were already running.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/deadlines/civil.hpp"
#include "hub/formats/config_xml.hpp"

namespace hub::deadlines {

struct Holiday {
    Day day{};
    std::string name{};
    Day known_from{};        ///< the day on which it was proclaimed or fixed
    bool certain = true;     ///< false: derived by rule for a year that nobody has published yet
};

/// What a day is, and why.
struct DayKind {
    bool working = true;
    std::string_view why{};  ///< "Saturday", "Sunday", the holiday's name; empty for a working day
    bool certain = true;
};

class Calendar {
public:
    static std::shared_ptr<const Calendar> read(const formats::ConfigElement& calendar, const std::string& file, Problems& problems);

    const std::string& name() const { return name_; }      ///< "england_and_wales"
    const std::string& source() const { return source_; }
    int first_year() const { return first_year_; }
    int last_year() const { return last_year_; }
    bool covers(Day day) const;
    /// As it was known at the end of `known`. The day must be covered.
    DayKind kind(Day day, Day known) const;

    /// The n-th working day after `from`, which itself is not counted (n = 0: `from` as it is; negative: before it). Code TG-D010
    /// when the walk leaves the years that the calendar covers; its cure names the file. `skipped` (may be null) gets every day
    /// that was walked over and not counted.
    Result<Day> add_working_days(Day from, int n, Day known, std::vector<Day>* skipped = nullptr) const;
    /// `day` itself when it is a working day, else the next or the one before.
    Result<Day> on_or_after(Day day, Day known) const;
    Result<Day> on_or_before(Day day, Day known) const;
    /// Working days in [from, to], both counted; 0 when from is after to.
    Result<int> count_working_days(Day from, Day to, Day known) const;

private:
    std::string name_{}, source_{}, file_{};
    int first_year_ = 0, last_year_ = -1;
    std::vector<Holiday> holidays_{};  ///< by day
};

}  // namespace hub::deadlines
