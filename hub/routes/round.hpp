// One durable commit in the making: steps its inputs one by one, and keeps what is to be told to whom once it is written.
//
// The committer's thread alone. Every input is stepped against what the inputs before it did, so that how many make a round
// shows nowhere. The fast path is here: an item that a record makes ready is leased right behind it when its lane is empty and
// its senders have room. Not here: writing (committer.hpp).
#pragma once

#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hub/core/step.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/outbox.hpp"
#include "hub/routes/parts.hpp"
#include "hub/routes/watch.hpp"

namespace hub::routes {

/// The answer to an act that could not be journalled now.
core::Stepped not_done(std::string code, std::string why);

class Round {
public:
    Round(const Parts& parts, Outbox& outbox, core::Workbench& bench);

    void add(const OutcomeWord& word);
    void add(const LeaseWish& wish);
    void add(const ActWish& wish);
    void add_tick(const std::string& payload);
    void add(Taken message);

    std::span<const core::Commit> commits() const { return commits_; }

    /// It is durable: settles, moves lanes, lets leased letters go.
    void publish(Watch& watch);
    /// Nothing was written and will be for these inputs: senders and operators are told to come again. The outcomes and leases
    /// are for the next round.
    void withdraw(Watch& watch);
    /// Nothing was written and nobody may be told anything.
    void forget();

private:
    struct Told {
        std::vector<Settlement> settlements{};
        std::size_t bytes = 0;
    };
    /// What the step said, but its delta, which has become a commit, and the due rows that it changed.
    struct Step {
        core::Stepped stepped{};
        const std::vector<DueChange>* changes = nullptr;
    };
    Step step(core::Entry entry, const core::Subject* subject);
    core::Entry entry(core::EntryKind kind, std::string source, std::string payload) const;
    void crowd(const std::vector<DueChange>& changes);
    void offer(const DueChange& change, std::vector<Rendered>& letters);
    void lease(Handover& route, const PostedPtr& posted, bool fresh);
    void settle(Taken& message, const core::Stepped& stepped);

    // Constant after construction.
    const Parts& parts_;
    Outbox& outbox_;
    core::Workbench& bench_;
    const Instant now_;
    const core::StepContext context_;

    core::Overlay view_;
    std::uint64_t next_seq_;
    std::vector<core::Commit> commits_{};
    std::deque<std::vector<DueChange>> changes_{};  ///< of each commit
    std::set<std::pair<const Handover*, std::string>> crowded_{};  ///< lanes with items that this round opened and did not lease
    std::map<Intake*, Told> told_{};
    std::vector<std::pair<ActWish, core::Stepped>> acts_{};
    std::vector<std::pair<Handover*, PostedPtr>> grants_{}, keeps_{};
    std::vector<std::pair<Handover*, core::ItemRef>> releases_{}, claims_{};
    std::vector<core::Attempt::Came> came_{};
    std::size_t leased_fresh_ = 0;
};

}  // namespace hub::routes
