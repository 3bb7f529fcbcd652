// The clocks of a place: which offset from UTC held when, out of a dated file (mappings/codes/london-time.xml).
// No time-zone library: the rules are plan data with a source.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/api/instant.hpp"
#include "hub/deadlines/civil.hpp"
#include "hub/formats/config_xml.hpp"

namespace hub::deadlines {

/// A reading of the clocks on the wall.
struct WallTime {
    Day day{};
    std::int64_t microsecond = 0;  ///< of the day, 0 to 86'399'999'999
};

class Zone {
public:
    /// A <codes> document whose rows say from which time on the clocks which offset holds (see its <about>). Null with problems.
    static std::shared_ptr<const Zone> read(const formats::ConfigElement& codes, const std::string& file, Problems& problems);

    /// Nothing before the table begins and after it ends.
    std::optional<WallTime> wall(Instant instant) const;
    /// An hour that the clocks showed twice is the first of the two; a time that they never showed is the first instant after
    /// the jump. Nothing outside the table.
    std::optional<Instant> instant(const WallTime& wall) const;
    /// First instant of a day, and the first one after it. Nothing outside the table.
    std::optional<Instant> start_of(Day day) const;
    std::optional<Instant> end_of(Day day) const;

private:
    struct Change {
        Instant at{};                   ///< from here on
        std::int64_t offset_us = 0;     ///< wall = UTC + offset
    };
    std::vector<Change> changes_{};     ///< ascending
    Instant end_{};
};

}  // namespace hub::deadlines
