// Hands the items of one route to its partner: lane order, letters, leases, pauses, retries.
//
// The routes to one recipient share its lanes, and a lock. Shared by the route's sender threads ("sender:<route>:<n>", each with a Sink of its own), the committer, which tells it what
// the journal now holds, and the alarm, which ends pauses. It never calls a sink and never waits for the disk under its lock.
// Not here: calling the sink (sender.hpp), what an error means (verdict.hpp), the lanes themselves (lanes.hpp).
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "hub/routes/alarm.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/lanes.hpp"
#include "hub/routes/letters.hpp"
#include "hub/routes/parts.hpp"
#include "hub/routes/verdict.hpp"
#include "hub/routes/watch.hpp"

namespace hub::routes {

/// One item for a sender thread. Without a letter it has to be fetched first.
struct Work {
    Lanes::Head head{};
    PostedPtr posted{};
};

class Handover;

/// What the routes to one recipient share: its lanes, and the lock for them and for everything else that is guarded below.
/// Shared by those handovers, the last of which may outlive the engine together with a sender that is stuck.
struct Partner {
    explicit Partner(const std::vector<bool>& parked_blocks) : lanes(parked_blocks) {}
    std::mutex mutex{};
    Lanes lanes;                        ///< guarded by mutex
    std::vector<Handover*> handovers{};  ///< by number; constant once the engine is built
};

class Handover {
public:
    /// What a sender thread does next.
    enum class Turn { leave, open, work };

    Handover(const Parts& parts, const core::Route& route, std::shared_ptr<Partner> partner, Inbox& inbox, Alarm& alarm, Watch& watch);

    const core::Route& route() const { return route_; }
    const std::vector<Handover*>& siblings() const { return partner_->handovers; }  ///< all routes to the recipient, this one too

    // The committer's side.
    /// For an item that the present commit opens: true when it may be leased in the same commit.
    bool claim(const std::string& lane, const core::ItemRef& item);
    void put(const core::Due& due, bool unsure = false);
    void remove(const core::ItemRef& item);
    void keep(PostedPtr posted);
    void grant(const PostedPtr& posted);        ///< its lease is durable
    void release(const core::ItemRef& item);    ///< its lease did not stand, or its outcome is durable
    /// Brings eligible heads on their way as far as there is room. Also what the alarm calls.
    void pump();

    // The sender threads' side.
    Turn next(bool opened, Work& work);
    void opened(const Status& status, Repeats repeats);
    void fetched(Work work);
    /// `opened` of the caller is over when this returns false.
    bool report(const Work& work, const Verdict& verdict);

    // The engine's side.
    void drain();    ///< leases nothing new; senders hand over what is leased, then leave
    void abandon();  ///< senders leave at once, and what a stuck one brings later is not listened to
    RouteState state() const;

private:
    bool may_send() const;
    bool paused() const;
    bool leaving() const;
    void pause_partner(const std::string& why);
    void stop_route(const std::string& why);
    void note_waiting();

    // Constant after construction.
    const std::shared_ptr<Partner> partner_;
    const std::size_t number_;
    const core::Route route_;
    const core::PlanPtr plan_;  ///< keeps what the route points to alive
    Clock& clock_;
    Random& random_;
    Events& events_;
    Inbox& inbox_;
    Alarm& alarm_;
    Watch& watch_;
    const std::size_t lease_ahead_max_;
    std::size_t bell_ = 0;

    // Guarded by the partner's mutex.
    std::mutex& mutex_;
    std::condition_variable_any changed_{};
    Lanes& lanes_;
    LetterCache letters_;
    std::deque<Work> work_{};
    std::size_t open_senders_ = 0, counted_waiting_ = 0;
    std::size_t in_flight_max_;
    std::uint32_t partner_failures_ = 0;
    std::chrono::nanoseconds paused_until_{0};
    bool ever_opened_ = false, stopped_ = false, draining_ = false, abandoned_ = false;
};

}  // namespace hub::routes
