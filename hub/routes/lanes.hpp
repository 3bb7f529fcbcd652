// The open items owed to one recipient in their lanes: which may go next, which must wait, and for what (law 12).
//
// A lane's items go in position order, one in flight, whichever of the recipient's routes each goes by. Held items are not
// kept here, so they never block. A parked item closes its lane where its route says so; elsewhere it is not kept either. An
// item that waits for its next attempt keeps its lane waiting. Pure: time is passed in, no locks. Not here: threads and
// letters (handover.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "hub/core/items.hpp"

namespace hub::routes {

class Lanes {
public:
    using Time = std::chrono::nanoseconds;

    /// The first item of a lane, taken out to be sent.
    struct Head {
        core::ItemRef item{};
        core::ItemState state = core::ItemState::ready;
        std::uint32_t attempts = 0;
        bool unsure = false;  ///< an earlier attempt may have been taken: follow the sink's stand on repeats
        bool known = false;   ///< the receiver may know it from before a person let it go again: ask where it can be asked
    };

    /// One element for each of the recipient's routes: whether its parked items close their lanes. The place in the list is
    /// the route's number.
    explicit Lanes(const std::vector<bool>& parked_blocks);
    Lanes(const Lanes&) = delete;
    Lanes& operator=(const Lanes&) = delete;

    /// The item as the journal has it now; new, moved or changed. `unsure` marks one that was leased before a restart.
    void put(std::size_t route, const core::Due& due, bool unsure = false);
    void remove(const core::ItemRef& item);

    /// Takes an item that was not put yet, if its lane holds nothing at all: it may be leased in the commit that opens it.
    bool claim_new(std::size_t route, const std::string& lane, const core::ItemRef& item);
    /// Takes the route's earliest head that may go, and closes its lane until release().
    std::optional<Head> claim_next(std::size_t route, Time now);
    /// The item is not in flight any more; its lane goes on with whatever comes first then.
    void release(const core::ItemRef& item);

    /// For an item in flight: after its release, not before `until`. Returns how often it was postponed.
    std::uint32_t postpone(const core::ItemRef& item, Time until, bool unsure);
    std::uint32_t failures(const core::ItemRef& item) const;
    /// An item in flight as it stands now; empty when the journal took it out meanwhile.
    std::optional<Head> flying(const core::ItemRef& item) const;
    /// When the route's next postponed head may go; empty when none waits.
    std::optional<Time> next_time(std::size_t route) const;

    std::size_t waiting(std::size_t route) const { return routes_[route].waiting; }      ///< ready and leased items
    std::size_t in_flight(std::size_t route) const { return routes_[route].in_flight; }
    std::size_t blocked(std::size_t route) const { return routes_[route].blocked; }      ///< lanes closed by its parked items

private:
    struct Spot {
        std::size_t route = 0;
        core::ItemState state = core::ItemState::ready;
        std::uint32_t attempts = 0, failures = 0;
        Time not_before{0};
        bool unsure = false, known = false;
    };
    using Place = std::pair<std::uint64_t, core::ItemRef>;  ///< position, then the journal's order
    struct Lane {
        std::map<Place, Spot> spots{};
        bool busy = false;
        enum class Listed { nowhere, eligible, later, blocked } listed = Listed::nowhere;  ///< with its head's route
        Time later{0};
    };
    using LaneMap = std::unordered_map<std::string, Lane>;  // looked up, never walked: its order shows nowhere
    using Named = LaneMap::value_type;
    struct Hash {
        std::size_t operator()(const core::ItemRef& ref) const {
            return std::hash<std::uint64_t>{}(ref.seq * 0x9e3779b97f4a7c15ULL ^ (std::uint64_t{ref.child} << 32 | ref.index));
        }
    };
    struct Where {
        Named* lane = nullptr;
        std::uint64_t position = 0;
    };
    struct Flight {
        Named* lane = nullptr;
        std::size_t route = 0;
    };
    struct Route {
        bool parked_blocks = true;
        std::map<Place, Named*> eligible{};
        std::set<std::tuple<Time, Place>> later{};
        std::size_t waiting = 0, in_flight = 0, blocked = 0;
    };

    void enlist(Named& lane);
    void delist(Named& lane);
    void tidy(Named& lane);
    Spot* spot_of(const core::ItemRef& item);
    const Spot* spot_of(const core::ItemRef& item) const;
    void count(const Spot& spot, int by);

    std::vector<Route> routes_{};
    LaneMap lanes_{};
    std::unordered_map<core::ItemRef, Where, Hash> where_{};
    std::unordered_map<core::ItemRef, Flight, Hash> in_flight_{};
};

}  // namespace hub::routes
