// Dates and times as a clock on the wall shows them, and as instants. No time-zone data: that stands in code tables.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "hub/mapping/codes.hpp"
#include "hub/mapping/text_steps.hpp"

namespace hub::mapping {

/// "2026-03-29T02:00:00", with a fraction of the second or without; on the calendar.
bool is_local_time(std::string_view text);
/// The same with an offset behind it.
bool is_instant(std::string_view text);
/// "Z", "+01:00".
bool is_offset(std::string_view text);

/// A table of offsets, read once. Immutable; any thread may use it.
class Clocks {
public:
    /// Each row goes from a local time to an offset, or to nothing where the clocks skip.
    explicit Clocks(const CodeTable& offsets);
    /// What the clocks showed at an instant, whole seconds; not valid before the table begins or after its end.
    DateParts at(std::string_view instant) const;

private:
    struct Span {
        std::chrono::sys_seconds begin{};
        std::chrono::seconds offset{};
    };
    std::vector<Span> spans_{};  ///< ascending; each ends where the next begins
    std::optional<std::chrono::sys_seconds> end_{};
};

}  // namespace hub::mapping
