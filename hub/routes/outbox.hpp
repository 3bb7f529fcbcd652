// The open items as they wait in memory: one handover for each route of the plan, and the held ones by time. A copy of the
// journal's `due` rows, filled at start and kept true by every commit; it can always be had again from there.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/core/store.hpp"
#include "hub/routes/handover.hpp"
#include "hub/routes/held.hpp"

namespace hub::routes {

/// A row of the `due` table with the route that its key names; without a value, a row that went.
struct DueChange {
    std::string route{};
    core::ItemRef item{};
    std::optional<core::Due> due{};
};
std::vector<DueChange> due_changes(const core::Delta& delta);

/// Built before the threads start; afterwards apply() is the committer's alone and the rest is constant.
class Outbox {
public:
    /// The handovers are shared with their sender threads, one of which may be stuck in its sink when the engine goes.
    explicit Outbox(std::map<std::string, std::shared_ptr<Handover>, std::less<>> routes) : routes_(std::move(routes)) {}

    /// Everything open, out of the store. `unsure`: what is leased may have been sent before the hub stopped.
    Status load(const core::Store& store);
    Handover* find(std::string_view route) const;
    const std::map<std::string, std::shared_ptr<Handover>, std::less<>>& routes() const { return routes_; }
    HeldBook& held() { return held_; }
    /// Open items of routes that the plan does not have: nobody hands them over until a plan or a person does.
    std::size_t stranded() const { return stranded_; }

    /// What one committed entry did; `changes` are the delta's due_changes(). Adds the routes that it touched.
    void apply(const core::Delta& delta, const std::vector<DueChange>& changes, std::set<Handover*>& touched);

private:
    void note_held(const core::Delta& delta, const DueChange& change);

    const std::map<std::string, std::shared_ptr<Handover>, std::less<>> routes_;
    HeldBook held_{};
    std::size_t stranded_ = 0;
};

}  // namespace hub::routes
