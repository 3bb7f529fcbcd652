// Replays the journal: prepares its records in parallel, steps its entries strictly in order, and rebuilds every projection.
//
// The result depends on the journal and the plans in it alone: not on how entries were grouped, how many workers there are, the
// machine, the locale or the time zone (law 2). Not here: comparing with the store's tables (rebuilt.hpp), and compiling a
// plan out of its bundle (hub/site; passed in).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "hub/api/seams.hpp"
#include "hub/core/plan.hpp"
#include "hub/core/store.hpp"
#include "hub/routes/rebuilt.hpp"

namespace hub::routes {

struct ReplayReport {
    std::uint64_t entries = 0, records = 0, acts = 0, plans = 0;
    std::uint64_t erased = 0;      ///< their content is gone: they are counted, not stepped
    std::uint64_t differences = 0; ///< entries whose residue came out other than the journal has it
    std::uint64_t first_seq = 0;   ///< of the first of them
    std::string first_difference{};
    std::uint64_t left_out = 0;    ///< under another plan only: entries that could not have been there
    std::uint64_t last_seq = 0;    ///< of the last entry that was read
    core::PlanPtr last_plan{};     ///< that an entry named; null in an empty journal
    std::chrono::nanoseconds took{0};
};

/// The same entries under one other plan (what_if.hpp). Residues are not compared then. Outcomes, leases and acts find their item by its route;
/// those whose item there is not, or is not so, are left out.
struct Instead {
    core::PlanPtr plan{};
    const Rebuilt& was;  ///< the projections under the plans that the entries name: what their items are
};

struct ReplayParts {
    const core::Store& journal;
    Clock& clock;
    Scheduler& scheduler;
    const Digester& digester;
    const KeyStore& keys;
    /// Compiles a bundle; the digest of what it returns must be the one asked for.
    std::function<Result<core::PlanPtr>(const PlanDigest& digest, std::string_view bundle)> compile_plan;
    std::size_t workers = 1;
    std::function<void(std::uint64_t entries)> progress{};  ///< now and then; may be empty
    std::optional<Instant> until{};    ///< the journal is read up to the first later entry; without it, wholly
    std::optional<Instead> instead{};
};

/// Fills `into`, which must be empty. An error means that the journal could not be read or a plan not compiled.
Result<ReplayReport> replay(const ReplayParts& parts, Rebuilt& into);

inline constexpr std::size_t replay_window_max = 512;  ///< entries read ahead of the step

}  // namespace hub::routes
