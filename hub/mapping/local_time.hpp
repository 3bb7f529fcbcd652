// Dates and times as a clock on the wall shows them, and as instants. No time-zone data: that stands in code tables.
#pragma once

#include <string_view>

#include "hub/mapping/codes.hpp"
#include "hub/mapping/text_steps.hpp"

namespace hub::mapping {

/// "2026-03-29T02:00:00", with a fraction of the second or without; on the calendar.
bool is_local_time(std::string_view text);
/// The same with an offset behind it.
bool is_instant(std::string_view text);
/// "Z", "+01:00".
bool is_offset(std::string_view text);
/// What the clocks of a table of offsets showed at an instant, whole seconds; not valid before the table begins or after its end.
DateParts on_the_clocks(std::string_view instant, const CodeTable& offsets);

}  // namespace hub::mapping
