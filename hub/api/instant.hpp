// Points in time: UTC microseconds since 1970-01-01T00:00:00Z, and their text.
//
// Not here: time zones, calendars and dates, which are dated plan data.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"

namespace hub {

struct Instant {
    std::int64_t microseconds = 0;
    auto operator<=>(const Instant&) const = default;
};

/// "2026-03-02T07:14:09.000123Z"; always six fraction digits, always Z.
std::string to_text(Instant instant);

/// Accepts 0 to 9 fraction digits (cut to microseconds) and a zone of Z or +hh:mm. A text without a zone is
/// refused: which zone a sender means is for its exchange to declare.
Result<Instant> parse_instant(std::string_view text);

}  // namespace hub
