// A calendar counted out day by day from one known Monday, sharing nothing with the hub's: the oracle of the tests beside it.
#pragma once

#include <string>
#include <vector>

namespace counted {

struct Date {
    int y, m, d;
    int on;      ///< 0 is Monday, 6 is Sunday
    long since;  ///< days since 1970-01-01
};

inline int length_of_month(int y, int m) {
    if (m == 2) return (y % 400 == 0 || (y % 4 == 0 && y % 100 != 0)) ? 29 : 28;
    return m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31;
}

/// All days of the years, in order. 1 January 1900 was a Monday, 25'567 days before 1970.
inline std::vector<Date> days_of(int first_year, int last_year) {
    std::vector<Date> days;
    Date date{1900, 1, 1, 0, -25'567};
    while (date.y <= last_year) {
        if (date.y >= first_year) days.push_back(date);
        ++date.since;
        date.on = date.on == 6 ? 0 : date.on + 1;
        if (++date.d > length_of_month(date.y, date.m)) {
            date.d = 1;
            if (++date.m > 12) {
                date.m = 1;
                ++date.y;
            }
        }
    }
    return days;
}

inline std::string padded(int number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - text.size(), '0') + text;
}
inline std::string text_of(const Date& date) { return padded(date.y, 4) + "-" + padded(date.m, 2) + "-" + padded(date.d, 2); }

/// The date `months` later, month by month, with the day cut to the month's last.
inline Date months_later(Date date, int months) {
    for (; months > 0; --months)
        if (++date.m > 12) {
            date.m = 1;
            ++date.y;
        }
    for (; months < 0; ++months)
        if (--date.m < 1) {
            date.m = 12;
            --date.y;
        }
    if (date.d > length_of_month(date.y, date.m)) date.d = length_of_month(date.y, date.m);
    return date;
}

}  // namespace counted
