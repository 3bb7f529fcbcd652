// Points and numbers: how they are read, written and compared.
#include <algorithm>
#include <limits>

#include "hub/deadlines/facts.hpp"

namespace hub::deadlines {
namespace {

constexpr std::int64_t day_us = 86'400'000'000;
constexpr std::uint64_t one = 1'000'000;
constexpr std::size_t fraction_digits_max = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The day in which a time lies, on clocks that read like UTC.
WallTime wall_of(Instant instant) {
    std::int64_t day = instant.microseconds / day_us, rest = instant.microseconds % day_us;
    if (rest < 0) {
        rest += day_us;
        --day;
    }
    return {{static_cast<std::int32_t>(day)}, rest};
}

}  // namespace

std::string with_seconds(std::string_view text) {
    constexpr std::size_t minute_end = 16;  // of "2026-03-01T09:00"
    const bool minutes = text.size() >= minute_end && text[10] == 'T' && text[13] == ':' &&
                         (text.size() == minute_end || std::string_view("Z+-").find(text[minute_end]) != std::string_view::npos);
    std::string whole(text);
    if (minutes) whole.insert(minute_end, ":00");
    return whole;
}

std::optional<Point> parse_point(std::string_view text, const Zone& zone) {
    if (const auto day = parse_day(text)) return Point{*day, {}, false};
    // A reading of the zone's own clocks is read as if it were UTC first: the digits are the same.
    const std::string whole = with_seconds(text);
    const bool local = whole.size() > 10 && whole.find_first_of("Z+-", 10) == std::string::npos;
    const Result<Instant> read = parse_instant(local ? whole + "Z" : whole);
    if (!read) return {};
    const std::optional<Instant> instant = local ? zone.instant(wall_of(*read)) : *read;
    const std::optional<WallTime> wall = instant ? zone.wall(*instant) : std::nullopt;
    if (!wall) return {};
    return Point{wall->day, *instant, true};
}

std::string to_text(const Point& point) {
    if (!point.exact) return to_text(point.day);
    std::string text = hub::to_text(point.instant);
    const std::size_t dot = text.size() - (fraction_digits_max + 2);  // "2026-03-01T09:00:00.000000Z"
    const std::size_t last = text.find_last_not_of('0', dot + fraction_digits_max);
    const std::size_t kept = last == dot ? dot : last + 1;
    text.erase(kept, dot + fraction_digits_max + 1 - kept);
    return text;
}

int compare(const Point& a, const Point& b) {
    if (a.exact && b.exact) return a.instant < b.instant ? -1 : a.instant > b.instant ? 1 : 0;
    return a.day < b.day ? -1 : a.day > b.day ? 1 : 0;
}

std::optional<Millionths> parse_number(std::string_view text) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, dot), fraction = dot < text.size() ? text.substr(dot + 1) : std::string_view{};
    if (whole.empty() || !std::all_of(whole.begin(), whole.end(), is_digit) || !std::all_of(fraction.begin(), fraction.end(), is_digit)) return {};
    if (dot < text.size() && fraction.empty()) return {};
    // Digits beyond the millionths are exact only when they are zeros.
    if (fraction.size() > fraction_digits_max && fraction.find_first_not_of('0', fraction_digits_max) != std::string_view::npos) return {};
    Millionths number = 0;
    const auto add = [&](int digit) {
        Millionths tens = 0;
        return !__builtin_mul_overflow(number, 10, &tens) && !__builtin_sub_overflow(tens, digit, &number);
    };
    // Below zero, where one more value fits.
    for (const char each : whole)
        if (!add(each - '0')) return {};
    for (std::size_t i = 0; i < fraction_digits_max; ++i)
        if (!add(i < fraction.size() ? fraction[i] - '0' : 0)) return {};
    if (negative) return number;
    if (number == std::numeric_limits<Millionths>::min()) return {};
    return -number;
}

std::string number_text(Millionths number) {
    const bool negative = number < 0;
    const std::uint64_t size = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
    std::string text = (negative ? "-" : "") + std::to_string(size / one);
    std::string fraction = std::to_string(one + size % one).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fraction.empty() ? text : text + "." + fraction;
}

}  // namespace hub::deadlines
