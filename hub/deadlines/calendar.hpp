// Working days of a nation: weekends and bank holidays out of dated files with a source (schemas/site/calendar.xsd).
//
// A year that the file does not cover is an error, never a year without holidays. A holiday counts for whoever knows of it:
// 19 September 2022 was proclaimed ten days before, and moved deadlines that were already running; 4 May 2020 was a holiday
// until it was moved to 8 May.
//
// There is no one meaning of "working day" in the services of justice. Their conventions in these functions:
// - Approved premises: n working days after a day, which is day 0 even at a weekend: add_working_days(day, n). "The next working
//   day" is after, never on: add_working_days(day, 1). Days from and to, both counted: count_working_days(from, to). Complete
//   days, the first counted and the last not: count_working_days(from, to - 1 day).
// - Licences: a start on no working day moves back: on_or_before(start); hard stop: add_working_days(that, -2); warning:
//   add_working_days(hard stop, -2). Early release does not count Fridays: a step is add_working_days(day, -1), made once more
//   whenever it ends on a Friday.
// - Release dates: "on or after": on_or_after(day); "the last working day on or before": on_or_before(day). Fridays count.
// - A period that begins with its first day (recall) ends add_working_days(day - 1 day, n).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/deadlines/civil.hpp"
#include "hub/formats/config_xml.hpp"

namespace hub::deadlines {

struct Holiday {
    Day day{};
    std::string name{};
    Day known_from{};        ///< the day on which it was proclaimed or fixed
    std::optional<Day> known_until{};  ///< the day on which it was known to be no holiday after all
    bool certain = true;     ///< false: derived by rule for a year that nobody has published yet
};

/// What a day is, and why. The text lives as long as the calendar.
struct DayKind {
    bool working = true;
    std::string_view why{};  ///< "Saturday", "Sunday", the holiday's name; empty for a working day
    bool certain = true;
};

class Calendar {
public:
    static constexpr int years_max = 150, first_year_min = 1871, last_year_max = 2999;

    /// Null with problems (TG-D041 to TG-D047), all of them.
    static std::shared_ptr<const Calendar> read(const formats::ConfigElement& calendar, const std::string& file, Problems& problems);

    const std::string& name() const { return name_; }      ///< "england_and_wales"
    const std::string& source() const { return source_; }
    int first_year() const { return first_year_; }
    int last_year() const { return last_year_; }
    bool covers(Day day) const;
    /// As it was known at the end of `known`. The day must be covered: one that is not is no working day, nor certain.
    DayKind kind(Day day, Day known) const;

    /// The n-th working day after `from`, which itself is not counted (n = 0: `from` as it is; negative: before it). Code TG-D040
    /// when the walk leaves the years that the calendar covers; its cure names the file. `skipped` (may be null) gets every day
    /// that was walked over and not counted.
    Result<Day> add_working_days(Day from, int n, Day known, std::vector<Day>* skipped = nullptr) const;
    /// `day` itself when it is a working day, else the next or the one before. Errors of these and of counting: TG-D040.
    Result<Day> on_or_after(Day day, Day known) const;
    Result<Day> on_or_before(Day day, Day known) const;
    /// Working days in [from, to], both counted; 0 when from is after to.
    Result<int> count_working_days(Day from, Day to, Day known) const;

private:
    std::string name_{}, source_{}, file_{};
    int first_year_ = 0, last_year_ = -1;
    Day first_{}, last_{};             ///< that it covers
    std::vector<Holiday> holidays_{};  ///< by day
    /// Of each covered day: a weekday, a day of the weekend, or the place of its holiday after these. Clocks ask all the time.
    std::vector<std::uint16_t> days_{};

    void index();
    Error not_covered(Day day) const;
    Result<Day> walk(Day from, int step, Day known) const;
};

}  // namespace hub::deadlines
