// The engine's counters since its start, for `status` and metrics. Any thread counts, any thread reads; they are not
// state: the balance sheet is computed from the journal, not from these.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/api/record.hpp"

namespace hub::routes {

/// What a source did not take in, by reason. It is not in the journal (law 14): these counts are all that is kept of it.
struct Refusal {
    std::string source{};
    Outcome told = Outcome::refused;  ///< or busy: it may come again
    std::string code{}, reason{};     ///< as its sender was told
    std::uint64_t times = 0;
};

/// Any thread. It holds one row for each source and reason, and the reasons are few.
class Refusals {
public:
    void add(const std::string& source, Outcome told, const Problem& why);
    std::vector<Refusal> all() const;  ///< by source, what was told, and code

private:
    mutable std::mutex mutex_{};
    std::map<std::tuple<std::string, Outcome, std::string>, Refusal> rows_{};  // guarded by mutex_
};

struct Watch {
    using Count = std::atomic<std::uint64_t>;
    Count accepted{0}, duplicates{0}, parked{0}, refused{0}, busy{0};            ///< what senders were told
    Count delivered{0}, refused_by_partner{0}, failed_attempts{0}, exhausted{0}; ///< what attempts came to
    Count groups{0}, entries{0};                                                 ///< durable commits and what was in them
    Count leased_with_record{0}, leased_alone{0};                                ///< fast path, general path
    Count waiting_items{0};                                                      ///< ready or leased, over all routes
    Refusals at_the_door{};
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
