// Reads dates and times strictly, leap years and zone offsets included. No clock and no time-zone data are involved.
#include "hub/formats/moment.hpp"

namespace hub::formats {

namespace {

/// Takes a text apart from the left; every taker says whether it found its piece.
struct Cursor {
    std::string_view rest;

    bool take(char wanted) {
        if (rest.empty() || rest.front() != wanted) return false;
        rest.remove_prefix(1);
        return true;
    }
    std::string_view digits() {
        std::size_t end = 0;
        while (end < rest.size() && rest[end] >= '0' && rest[end] <= '9') ++end;
        const auto taken = rest.substr(0, end);
        rest.remove_prefix(end);
        return taken;
    }
    bool two_digits(int low, int high, int& into) {
        if (rest.size() < 2 || rest[0] < '0' || rest[0] > '9' || rest[1] < '0' || rest[1] > '9') return false;
        into = (rest[0] - '0') * 10 + (rest[1] - '0');
        rest.remove_prefix(2);
        return into >= low && into <= high;
    }
};

constexpr std::size_t year_digits_max = 9;

bool is_leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in(std::int64_t year, int month) {
    if (month == 2) return is_leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; March counts as the first month of a year.
std::int64_t days_from(std::int64_t year, int month, int day) {
    year -= month <= 2 ? 1 : 0;
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146'097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719'468;
}

bool take_year(Cursor& cursor, std::int64_t& year) {
    const bool negative = cursor.take('-');
    const auto digits = cursor.digits();
    if (digits.size() < 4 || digits.size() > year_digits_max || (digits.size() > 4 && digits[0] == '0')) return false;
    year = 0;
    for (const char digit : digits) year = year * 10 + (digit - '0');
    if (negative) year = -year;
    return year != 0;
}

bool take_date(Cursor& cursor, bool with_month, bool with_day, Moment& into) {
    std::int64_t year = 0;
    int month = 1, day = 1;
    if (!take_year(cursor, year)) return false;
    if (with_month && !(cursor.take('-') && cursor.two_digits(1, 12, month))) return false;
    if (with_day && !(cursor.take('-') && cursor.two_digits(1, days_in(year, month), day))) return false;
    into.seconds += days_from(year, month, day) * 86'400;
    return true;
}

bool take_time(Cursor& cursor, Moment& into) {
    int hour = 0, minute = 0, second = 0;
    if (!(cursor.two_digits(0, 24, hour) && cursor.take(':') && cursor.two_digits(0, 59, minute) && cursor.take(':') &&
          cursor.two_digits(0, 59, second)))
        return false;
    if (cursor.take('.')) {
        into.fraction = cursor.digits();
        if (into.fraction.empty()) return false;
        while (!into.fraction.empty() && into.fraction.back() == '0') into.fraction.remove_suffix(1);
    }
    if (hour == 24 && (minute != 0 || second != 0 || !into.fraction.empty())) return false;
    into.seconds += hour * 3'600 + minute * 60 + second;
    return true;
}

bool take_zone(Cursor& cursor, Moment& into) {
    if (cursor.rest.empty()) return true;
    into.zoned = true;
    if (cursor.take('Z')) return true;
    const bool east = cursor.take('+');
    int hour = 0, minute = 0;
    if (!east && !cursor.take('-')) return false;
    if (!(cursor.two_digits(0, 14, hour) && cursor.take(':') && cursor.two_digits(0, hour == 14 ? 0 : 59, minute))) return false;
    const int offset = hour * 3'600 + minute * 60;
    into.seconds += east ? -offset : offset;
    return true;
}

bool take_amount(Cursor& cursor, std::string_view units, std::size_t& unit, bool fraction_allowed) {
    if (cursor.digits().empty()) return false;
    const bool fraction = cursor.take('.');
    if (fraction && (!fraction_allowed || cursor.digits().empty())) return false;
    while (unit < units.size() && (cursor.rest.empty() || cursor.rest.front() != units[unit])) ++unit;
    if (unit == units.size() || (fraction && units[unit] != 'S')) return false;
    ++unit;
    cursor.rest.remove_prefix(1);
    return true;
}

/// Amounts with the given units, in their order, each at most once.
bool take_amounts(Cursor& cursor, std::string_view units, bool& some) {
    std::size_t unit = 0;
    while (!cursor.rest.empty() && cursor.rest.front() != 'T') {
        if (!take_amount(cursor, units, unit, units.back() == 'S')) return false;
        some = true;
    }
    return true;
}

}  // namespace

std::optional<Moment> parse_moment(Lexical lexical, std::string_view text) {
    Cursor cursor{text};
    Moment moment;
    bool good = false;
    switch (lexical) {
        case Lexical::date: good = take_date(cursor, true, true, moment); break;
        case Lexical::time: good = take_time(cursor, moment); break;
        case Lexical::date_time:
            good = take_date(cursor, true, true, moment) && cursor.take('T') && take_time(cursor, moment);
            break;
        case Lexical::g_year: good = take_date(cursor, false, false, moment); break;
        case Lexical::g_year_month: good = take_date(cursor, true, false, moment); break;
        default: break;
    }
    if (!good || !take_zone(cursor, moment) || !cursor.rest.empty()) return std::nullopt;
    return moment;
}

int compare(const Moment& a, const Moment& b) {
    if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
    return a.fraction.compare(b.fraction);
}

bool is_duration(std::string_view text) {
    Cursor cursor{text};
    cursor.take('-');
    bool some = false, some_time = false;
    if (!cursor.take('P') || !take_amounts(cursor, "YMD", some)) return false;
    if (!cursor.take('T')) return some && cursor.rest.empty();
    return take_amounts(cursor, "HMS", some_time) && some_time && cursor.rest.empty();
}

}  // namespace hub::formats
