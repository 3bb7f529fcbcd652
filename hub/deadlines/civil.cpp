// Days of the calendar. The calendar's own arithmetic is the standard library's; limits and clamps are ours.
#include "hub/deadlines/civil.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>

namespace hub::deadlines {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr year_month_day date_of(int year, int month, int day) {
    return {std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)}, std::chrono::day{static_cast<unsigned>(day)}};
}

constexpr std::int32_t number_of(const year_month_day& date) { return static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count()); }

constexpr std::int32_t number_min = number_of(date_of(year_min, 1, 1));
constexpr std::int32_t number_max = number_of(date_of(year_max, 12, 31));

sys_days point(Day day) { return sys_days{std::chrono::days{std::clamp(day.number, number_min, number_max)}}; }

/// Digits only; -1 when there is anything else.
int digits(std::string_view text) {
    int value = 0;
    for (const char each : text) {
        if (each < '0' || each > '9') return -1;
        value = value * 10 + (each - '0');
    }
    return value;
}

constexpr std::array<const char*, 7> weekday_names{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
constexpr std::array<const char*, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                  "July",    "August",   "September", "October", "November", "December"};

}  // namespace

Day day_from(const Civil& civil) {
    const int year = std::clamp(civil.year, year_min, year_max), month = std::clamp(civil.month, 1, 12);
    return {number_of(date_of(year, month, std::clamp(civil.day, 1, days_in_month(year, month))))};
}

Civil civil_from(Day day) {
    const year_month_day date{point(day)};
    return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())), static_cast<int>(static_cast<unsigned>(date.day()))};
}

int days_in_month(int year, int month) {
    const auto last = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} / std::chrono::last;
    return static_cast<int>(static_cast<unsigned>(last.day()));
}

int weekday(Day day) { return static_cast<int>(std::chrono::weekday{point(day)}.iso_encoding()); }

Day add_days(Day day, std::int64_t days) {
    constexpr std::int64_t far = 10'000'000;  // more than all the days there are: the sum cannot overflow
    const std::int64_t sum = std::int64_t{day.number} + std::clamp(days, -far, far);
    return {static_cast<std::int32_t>(std::clamp<std::int64_t>(sum, number_min, number_max))};
}

Day add_months(Day day, std::int64_t months) {
    constexpr std::int64_t far = 200'000;  // more than all the months there are
    const Civil civil = civil_from(day);
    const std::int64_t month = std::int64_t{civil.year} * 12 + civil.month - 1 + std::clamp(months, -far, far);
    if (month < std::int64_t{year_min} * 12) return {number_min};
    if (month >= (std::int64_t{year_max} + 1) * 12) return {number_max};
    return day_from({static_cast<int>(month / 12), static_cast<int>(month % 12) + 1, civil.day});
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const int year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)), day = digits(text.substr(8, 2));
    if (year < year_min || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return {};
    return day_from({year, month, day});
}

std::string to_text(Day day) {
    const Civil civil = civil_from(day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
    return text;
}

std::string in_words(Day day) {
    const Civil civil = civil_from(day);
    return std::string(weekday_names[static_cast<std::size_t>(weekday(day) - 1)]) + " " + std::to_string(civil.day) + " " +
           month_names[static_cast<std::size_t>(civil.month - 1)] + " " + std::to_string(civil.year);
}

}  // namespace hub::deadlines
