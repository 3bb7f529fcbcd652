// What if: the journal's history once as it was and once through another plan, both in memory, and what is not the same at the end.
//
// Nothing here can send or write: there is no sink, no committer and no store to append to. Records that the hub itself made, and answers
// of partners, stay as they were: nobody can say what a partner would have answered.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"
#include "hub/routes/replay.hpp"

namespace hub::routes {

enum class ClockChanges : std::uint8_t {
    appeared = 1,
    vanished = 2,             ///< or: nothing is owed any more
    moved = 3,                ///< due at another time, or only one of the two has a due time
    newly_breached = 4,       ///< not done in time (breached or late), and before it was not so
    no_longer_breached = 5,
    responsibility = 6,       ///< another owner, or another word on who is responsible
    state = 7,                ///< another state, none of the above
};
std::string_view name_of(ClockChanges change);

/// One clock that is not the same. Pointers are good during the visit.
struct ClockChange {
    PersonId person{};
    const core::ClockRow* was = nullptr;    ///< null: there was nothing owed
    const core::ClockRow* would = nullptr;
    std::vector<ClockChanges> changes{};
    std::optional<int> days{};              ///< moved: so many days later; negative: earlier
    std::string party{};                    ///< of the owner: of the new one where there is one
};

/// One record on one route that does not come to the same. "goes" (or went), "held", "parked", "expired", or empty: none of these.
struct ItemChange {
    core::Item item{};                      ///< as it would be, or as it was where it would not be
    std::string_view was{}, would{};
};

struct WhatIf {
    ReplayReport was{}, would{};
};

struct WhatIfVisits {
    std::function<void(const ClockChange&)> clock{};
    std::function<void(const ItemChange&)> item{};
};

/// `parts.until` and `parts.instead` are set here: the journal counts up to `as_of`, and clocks are as of then. An empty journal is an error.
Result<WhatIf> what_if(ReplayParts parts, const core::PlanPtr& candidate, Instant as_of, const WhatIfVisits& visits);

}  // namespace hub::routes
