#include "hub/api/instant.hpp"

#include <chrono>
#include <cstdio>

namespace hub {
namespace {

constexpr std::int64_t microseconds_per_second = 1'000'000;

Error not_an_instant(std::string_view text) {
    return {.remedy = Remedy::reject,
            .what = "not an instant: '" + std::string(text.substr(0, 40)) + "'",
            .where = {},
            .cure = "write it as 2026-03-02T07:14:09Z or with an offset such as +01:00",
            .code = "bad_instant"};
}

/// Reads exactly `digits` decimal digits from the front of `rest`; -1 when they are not there.
int take_number(std::string_view& rest, std::size_t digits) {
    if (rest.size() < digits) return -1;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (rest[i] < '0' || rest[i] > '9') return -1;
        value = value * 10 + (rest[i] - '0');
    }
    rest.remove_prefix(digits);
    return value;
}

bool take(std::string_view& rest, char expected) {
    if (rest.empty() || rest.front() != expected) return false;
    rest.remove_prefix(1);
    return true;
}

/// The fraction after a '.', as microseconds; -1 when malformed. No fraction is 0.
std::int64_t take_fraction(std::string_view& rest) {
    if (!take(rest, '.')) return 0;
    std::int64_t value = 0;
    std::size_t seen = 0;
    while (!rest.empty() && rest.front() >= '0' && rest.front() <= '9') {
        if (seen < 6) value = value * 10 + (rest.front() - '0');
        rest.remove_prefix(1);
        ++seen;
    }
    if (seen == 0 || seen > 9) return -1;
    for (std::size_t i = seen; i < 6; ++i) value *= 10;
    return value;
}

/// Minutes east of Greenwich; the flag is false when malformed or absent.
std::pair<int, bool> take_offset(std::string_view& rest) {
    if (take(rest, 'Z')) return {0, true};
    if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) return {0, false};
    const int sign = rest.front() == '-' ? -1 : 1;
    rest.remove_prefix(1);
    const int hours = take_number(rest, 2);
    if (hours < 0 || hours > 14 || !take(rest, ':')) return {0, false};
    const int minutes = take_number(rest, 2);
    if (minutes < 0 || minutes > 59) return {0, false};
    return {sign * (hours * 60 + minutes), true};
}

}  // namespace

std::string to_text(Instant instant) {
    using namespace std::chrono;
    const sys_time<microseconds> when{microseconds{instant.microseconds}};
    const auto day = floor<days>(when);
    const year_month_day date{day};
    const hh_mm_ss clock{when - day};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

Result<Instant> parse_instant(std::string_view text) {
    using namespace std::chrono;
    std::string_view rest = text;
    const int y = take_number(rest, 4);
    const bool dash1 = take(rest, '-');
    const int mo = take_number(rest, 2);
    const bool dash2 = take(rest, '-');
    const int d = take_number(rest, 2);
    const bool tee = take(rest, 'T');
    const int h = take_number(rest, 2);
    const bool colon1 = take(rest, ':');
    const int mi = take_number(rest, 2);
    const bool colon2 = take(rest, ':');
    const int s = take_number(rest, 2);
    if (y < 0 || mo < 0 || d < 0 || h < 0 || mi < 0 || s < 0 || !dash1 || !dash2 || !tee || !colon1 || !colon2)
        return not_an_instant(text);
    const year_month_day date{year{y}, month{static_cast<unsigned>(mo)}, day{static_cast<unsigned>(d)}};
    if (!date.ok() || h > 23 || mi > 59 || s > 59) return not_an_instant(text);
    const std::int64_t fraction = take_fraction(rest);
    const auto [offset, zoned] = take_offset(rest);
    if (fraction < 0 || !zoned || !rest.empty()) return not_an_instant(text);
    const auto seconds_since_epoch =
        (sys_days{date} + hours{h} + minutes{mi - offset} + seconds{s}).time_since_epoch();
    return Instant{duration_cast<seconds>(seconds_since_epoch).count() * microseconds_per_second + fraction};
}

}  // namespace hub
