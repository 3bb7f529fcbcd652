// See handover.hpp.
#include "hub/routes/handover.hpp"

#include <algorithm>

#include "hub/routes/backoff.hpp"

namespace hub::routes {

using core::ItemState;

Handover::Handover(const Parts& parts, const core::Route& route, std::shared_ptr<Partner> partner, Inbox& inbox, Alarm& alarm,
                   Watch& watch)
    : partner_(std::move(partner)), number_(partner_->handovers.size()), route_(route), plan_(parts.plan), clock_(parts.clock), random_(parts.random), events_(parts.events), inbox_(inbox),
      alarm_(alarm), watch_(watch), lease_ahead_max_(parts.tuning.lease_ahead_max), mutex_(partner_->mutex), lanes_(partner_->lanes),
      letters_(parts.tuning.letters_max, parts.tuning.letters_bytes_max), in_flight_max_(route.parallel_max) {
    bell_ = alarm_.add([this] { pump(); });
    partner_->handovers.push_back(this);
}

bool Handover::claim(const std::string& lane, const core::ItemRef& item) {
    const std::lock_guard lock(mutex_);
    return may_send() && lanes_.in_flight(number_) < in_flight_max_ && lanes_.claim_new(number_, lane, item);
}

void Handover::put(const core::Due& due, bool unsure) {
    const std::lock_guard lock(mutex_);
    lanes_.put(number_, due, unsure);
    note_waiting();
}

void Handover::remove(const core::ItemRef& item) {
    const std::lock_guard lock(mutex_);
    lanes_.remove(item);
    letters_.drop(item);
    note_waiting();
}

void Handover::keep(PostedPtr posted) {
    const std::lock_guard lock(mutex_);
    letters_.keep(std::move(posted));
}

void Handover::grant(const PostedPtr& posted) {
    {
        const std::lock_guard lock(mutex_);
        const auto head = lanes_.flying(posted->letter.item);
        if (!head) {  // withdrawn behind its lease in the same commit
            lanes_.release(posted->letter.item);
            return;
        }
        work_.push_back({*head, posted});
    }
    changed_.notify_one();
}

void Handover::release(const core::ItemRef& item) {
    bool last = false;
    {
        const std::lock_guard lock(mutex_);
        lanes_.release(item);
        last = draining_ && lanes_.in_flight(number_) == 0;
    }
    if (last) changed_.notify_all();
}

void Handover::pump() {
    std::vector<LeaseWish> wishes;
    bool wake = false;
    {
        const std::lock_guard lock(mutex_);
        const auto now = clock_.steady();
        while (may_send() && lanes_.in_flight(number_) < in_flight_max_) {
            const auto head = lanes_.claim_next(number_, now);
            if (!head) break;
            const PostedPtr posted = letters_.find(head->item);
            if (posted && head->state == ItemState::ready) {
                wishes.push_back({this, posted});
            } else {
                work_.push_back({*head, posted});
            }
        }
        wake = !work_.empty() || open_senders_ < route_.parallel_max;
        if (paused()) {
            alarm_.set(bell_, paused_until_);
        } else if (const auto time = lanes_.next_time(number_)) {
            alarm_.set(bell_, std::max(*time, now + std::chrono::milliseconds(1)));
        }
    }
    inbox_.put(std::move(wishes));
    if (wake) changed_.notify_all();
}

Handover::Turn Handover::next(bool opened, Work& work) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return leaving() || (!paused() && (!opened || !work_.empty())); });
    if (leaving()) {
        if (opened) --open_senders_;
        return Turn::leave;
    }
    if (!opened) return Turn::open;
    work = std::move(work_.front());
    work_.pop_front();
    return Turn::work;
}

void Handover::opened(const Status& status, Repeats repeats) {
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_) return;
        if (!status) {
            const bool hopeless = status.error().remedy == Remedy::stop || status.error().remedy == Remedy::reject;
            hopeless ? stop_route(to_text(status.error())) : pause_partner(to_text(status.error()));
            return;
        }
        // A receiver that cannot tell a repeat gets nothing ahead: whatever is leased when the hub dies is parked.
        in_flight_max_ = route_.parallel_max * (repeats == Repeats::none ? 1 : lease_ahead_max_);
        ever_opened_ = true;
        ++open_senders_;
    }
    pump();
}

void Handover::fetched(Work work) {
    std::vector<LeaseWish> wishes;
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_) return;
        if (work.head.state == ItemState::ready) {
            wishes.push_back({this, std::move(work.posted)});
        } else {
            work_.push_back(std::move(work));
        }
    }
    inbox_.put(std::move(wishes));
    changed_.notify_one();
}

bool Handover::report(const Work& work, const Verdict& verdict) {
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_) return false;
        if (verdict.stop_route) stop_route(verdict.detail);
        if (verdict.pause_partner) {
            --open_senders_;
            pause_partner(verdict.detail);
        } else if (verdict.came == core::Attempt::Came::delivered) {
            if (partner_failures_ > 0) events_.say(Level::info, "The partner takes records again.", {{"route", route_.name}});
            partner_failures_ = 0;
        }
        if (verdict.again) {
            const PauseBounds bounds{route_.pause_first_ms, route_.pause_most_ms};
            const auto pause = jittered_pause(lanes_.failures(work.head.item) + 1, bounds, random_);
            lanes_.postpone(work.head.item, clock_.steady() + pause, verdict.unsure);
            if (work.posted) letters_.keep(work.posted);
        }
        if (!verdict.came) lanes_.release(work.head.item);
    }
    if (verdict.came) {
        inbox_.put(OutcomeWord{this, {work.head.item, *verdict.came, work.head.attempts + 1, verdict.code, verdict.detail}});
    } else {
        for (Handover* sibling : siblings()) sibling->pump();
    }
    return !verdict.pause_partner;
}

void Handover::drain() {
    {
        const std::lock_guard lock(mutex_);
        draining_ = true;
        for (const Work& work : work_) {
            if (!work.posted) lanes_.release(work.head.item);
        }
        std::erase_if(work_, [](const Work& work) { return work.posted == nullptr; });
    }
    changed_.notify_all();
}

void Handover::abandon() {
    {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        work_.clear();
    }
    changed_.notify_all();
}

RouteState Handover::state() const {
    const std::lock_guard lock(mutex_);
    RouteState state;
    state.name = route_.name;
    state.link = stopped_ ? RouteState::Link::stopped : paused() ? RouteState::Link::paused
                 : ever_opened_ ? RouteState::Link::up : RouteState::Link::opening;
    state.waiting = lanes_.waiting(number_);
    state.in_flight = lanes_.in_flight(number_);
    state.blocked_lanes = lanes_.blocked(number_);
    return state;
}

bool Handover::paused() const { return clock_.steady() < paused_until_; }

bool Handover::may_send() const { return open_senders_ > 0 && !stopped_ && !draining_ && !abandoned_ && !paused(); }

bool Handover::leaving() const { return abandoned_ || stopped_ || (draining_ && (paused() || lanes_.in_flight(number_) == 0)); }

/// The first failure of a row is told, the others only counted. Several senders that lose one partner count once.
void Handover::pause_partner(const std::string& why) {
    if (paused()) return;
    if (++partner_failures_ == 1) {
        events_.say(Level::warning, "The partner cannot be reached; the route pauses and tries again.",
                    {{"route", route_.name}, {"why", why}});
    }
    paused_until_ = clock_.steady() + jittered_pause(partner_failures_, {route_.pause_first_ms, route_.pause_most_ms}, random_);
    alarm_.set(bell_, paused_until_);
}

void Handover::stop_route(const std::string& why) {
    if (stopped_) return;
    stopped_ = true;
    events_.say(Level::error, "The route has stopped; its items stay until it is put right and the hub restarted.",
                {{"route", route_.name}, {"why", why}});
    changed_.notify_all();
}

void Handover::note_waiting() {
    const std::size_t waiting = lanes_.waiting(number_);
    watch_.waiting_items += waiting - counted_waiting_;
    counted_waiting_ = waiting;
}

}  // namespace hub::routes
