// See lanes.hpp.
#include "hub/routes/lanes.hpp"

#include <tuple>

namespace hub::routes {

using core::ItemState;

void Lanes::count(const Spot& spot, int by) {
    if (spot.state != ItemState::ready && spot.state != ItemState::leased) return;
    waiting_ = by > 0 ? waiting_ + 1 : waiting_ - 1;
}

const Lanes::Spot* Lanes::spot_of(const core::ItemRef& item) const {
    const auto where = where_.find(item);
    if (where == where_.end()) return nullptr;
    return &where->second.lane->second.spots.at({where->second.position, item});
}

Lanes::Spot* Lanes::spot_of(const core::ItemRef& item) {
    return const_cast<Spot*>(static_cast<const Lanes*>(this)->spot_of(item));
}

void Lanes::put(const core::Due& due, bool unsure) {
    const bool kept = due.state == ItemState::ready || due.state == ItemState::leased ||
                      (due.state == ItemState::parked && parked_blocks_);
    Spot spot;
    spot.unsure = unsure;
    spot.known = due.state == ItemState::leased;
    if (const Spot* before = spot_of(due.item)) {
        const bool let_go_again = before->state == ItemState::parked && spot.known;
        spot = *before;
        spot.known = spot.known || let_go_again;
        if (due.state == ItemState::parked) spot = Spot{};
        remove(due.item);
    }
    if (!kept) return;
    spot.state = due.state;
    spot.attempts = due.attempts;
    Named& lane = *lanes_.try_emplace(due.lane).first;
    delist(lane);
    lane.second.spots[{due.position, due.item}] = spot;
    where_[due.item] = {&lane, due.position};
    count(spot, +1);
    enlist(lane);
}

void Lanes::remove(const core::ItemRef& item) {
    const auto where = where_.find(item);
    if (where == where_.end()) return;
    Named& lane = *where->second.lane;
    delist(lane);
    const auto spot = lane.second.spots.find({where->second.position, item});
    count(spot->second, -1);
    lane.second.spots.erase(spot);
    where_.erase(where);
    enlist(lane);
    tidy(lane);
}

/// Puts the lane on the list that its head belongs to, if it has one and none of its items is in flight.
void Lanes::enlist(Named& lane) {
    if (lane.second.spots.empty()) return;
    const auto& [place, spot] = *lane.second.spots.begin();
    if (spot.state == ItemState::parked) {
        lane.second.blocked = true;
        ++blocked_;
        return;
    }
    if (lane.second.busy) return;
    if (spot.not_before > Time{0}) {
        lane.second.later = spot.not_before;
        later_.insert({spot.not_before, place});
    } else {
        lane.second.eligible = place;
        eligible_[place] = &lane;
    }
}

void Lanes::delist(Named& lane) {
    if (lane.second.eligible) eligible_.erase(*lane.second.eligible);
    if (lane.second.later) later_.erase({*lane.second.later, lane.second.spots.begin()->first});
    if (lane.second.blocked) --blocked_;
    lane.second.eligible.reset();
    lane.second.later.reset();
    lane.second.blocked = false;
}

void Lanes::tidy(Named& lane) {
    if (!lane.second.spots.empty() || lane.second.busy) return;
    lanes_.erase(lanes_.find(lane.first));
}

bool Lanes::claim_new(const std::string& name, const core::ItemRef& item) {
    const auto [lane, fresh] = lanes_.try_emplace(name);
    if (!fresh) return false;  // a lane without items and without one in flight does not exist
    lane->second.busy = true;
    in_flight_[item] = &*lane;
    return true;
}

std::optional<Lanes::Head> Lanes::claim_next(Time now) {
    while (!later_.empty() && std::get<0>(*later_.begin()) <= now) {
        const Place place = std::get<1>(*later_.begin());
        Named& lane = *where_.at(place.second).lane;
        delist(lane);
        lane.second.spots.at(place).not_before = Time{0};
        enlist(lane);
    }
    if (eligible_.empty()) return {};
    Named& lane = *eligible_.begin()->second;
    delist(lane);
    lane.second.busy = true;
    const auto& [place, spot] = *lane.second.spots.begin();
    in_flight_[place.second] = &lane;
    return Head{place.second, spot.state, spot.attempts, spot.unsure, spot.known};
}

void Lanes::release(const core::ItemRef& item) {
    const auto flight = in_flight_.find(item);
    if (flight == in_flight_.end()) return;
    Named& lane = *flight->second;
    in_flight_.erase(flight);
    delist(lane);
    lane.second.busy = false;
    enlist(lane);
    tidy(lane);
}

std::uint32_t Lanes::postpone(const core::ItemRef& item, Time until, bool unsure) {
    Spot* spot = spot_of(item);
    if (spot == nullptr) return 0;
    spot->not_before = until;
    spot->unsure = unsure;
    return ++spot->failures;
}

std::uint32_t Lanes::failures(const core::ItemRef& item) const {
    const Spot* spot = spot_of(item);
    return spot == nullptr ? 0 : spot->failures;
}

std::optional<Lanes::Head> Lanes::flying(const core::ItemRef& item) const {
    const Spot* spot = spot_of(item);
    if (spot == nullptr || !in_flight_.contains(item)) return {};
    return Head{item, spot->state, spot->attempts, spot->unsure, spot->known};
}

std::optional<Lanes::Time> Lanes::next_time() const {
    if (later_.empty()) return {};
    return std::get<0>(*later_.begin());
}

}  // namespace hub::routes
