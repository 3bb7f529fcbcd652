// The engine's counters since its start, for `status` and metrics. Any thread counts, any thread reads; they are not
// state: the balance sheet is computed from the journal, not from these.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace hub::routes {

struct Watch {
    using Count = std::atomic<std::uint64_t>;
    Count accepted{0}, duplicates{0}, parked{0}, refused{0}, busy{0};            ///< what senders were told
    Count delivered{0}, refused_by_partner{0}, failed_attempts{0}, exhausted{0}; ///< what attempts came to
    Count groups{0}, entries{0};                                                 ///< durable commits and what was in them
    Count leased_with_record{0}, leased_alone{0};                                ///< fast path, general path
    Count waiting_items{0};                                                      ///< ready or leased, over all routes
};

/// How one route stands now.
struct RouteState {
    enum class Link { opening, up, paused, stopped };
    std::string name{};
    Link link = Link::opening;
    std::size_t waiting = 0;        ///< items in its lanes, in flight or not
    std::size_t in_flight = 0;
    std::size_t blocked_lanes = 0;  ///< lanes that a parked item holds back
};

}  // namespace hub::routes
