// Days of the calendar: proleptic Gregorian, no time of day, no zone. Pure arithmetic.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hub::deadlines {

/// A day, counted from 1970-01-01.
struct Day {
    std::int32_t number = 0;
    auto operator<=>(const Day&) const = default;
};
/// Years from 1 to 9999: what ISO 8601 writes with four digits. Results outside are clamped to these.
inline constexpr int year_min = 1, year_max = 9999;

struct Civil {
    int year = 1970, month = 1, day = 1;
    auto operator<=>(const Civil&) const = default;
};

Day day_from(const Civil& civil);
Civil civil_from(Day day);
int days_in_month(int year, int month);
/// 1 is Monday, 7 is Sunday.
int weekday(Day day);
Day add_days(Day day, std::int64_t days);
/// The same day number `months` later (negative: earlier), or the month's last day where it has none: 31 March less one month
/// is 28 or 29 February. So months are not associative: months go first, then days (oracle A, 14).
Day add_months(Day day, std::int64_t months);

/// "2026-03-01", on the calendar; nothing else.
std::optional<Day> parse_day(std::string_view text);
std::string to_text(Day day);
/// "Sunday 1 March 2026"
std::string in_words(Day day);

}  // namespace hub::deadlines
