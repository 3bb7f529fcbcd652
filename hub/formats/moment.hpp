// Dates, times and durations as XML Schema and RFC 3339 write them: are they on the calendar, and which comes first.
// Knows no time zone but the offset written in the text. Private to this room.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "hub/formats/schema.hpp"

namespace hub::formats {

/// A date, time, date-time, year or year and month as a point on the time line. A text without zone counts as UTC.
struct Moment {
    std::int64_t seconds = 0;
    std::string_view fraction{};  ///< digits of the second, without trailing zeros
    bool zoned = false;
};

/// For the lexicals date, time, date_time, g_year and g_year_month; nothing for texts that are not on the calendar.
/// 24:00:00 is the end of a day, as XML Schema has it.
std::optional<Moment> parse_moment(Lexical lexical, std::string_view text);
int compare(const Moment& a, const Moment& b);
bool is_duration(std::string_view text);

}  // namespace hub::formats
