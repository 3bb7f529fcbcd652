// See lanes.hpp.
#include "hub/routes/lanes.hpp"

#include <tuple>

namespace hub::routes {

using core::ItemState;

Lanes::Lanes(const std::vector<bool>& parked_blocks) : routes_(parked_blocks.size()) {
    for (std::size_t i = 0; i < routes_.size(); ++i) routes_[i].parked_blocks = parked_blocks[i];
}

void Lanes::count(const Spot& spot, int by) {
    if (spot.state != ItemState::ready && spot.state != ItemState::leased) return;
    std::size_t& waiting = routes_[spot.route].waiting;
    waiting = by > 0 ? waiting + 1 : waiting - 1;
}

const Lanes::Spot* Lanes::spot_of(const core::ItemRef& item) const {
    const auto where = where_.find(item);
    if (where == where_.end()) return nullptr;
    return &where->second.lane->second.spots.at({where->second.position, item});
}

Lanes::Spot* Lanes::spot_of(const core::ItemRef& item) {
    return const_cast<Spot*>(static_cast<const Lanes*>(this)->spot_of(item));
}

void Lanes::put(std::size_t route, const core::Due& due, bool unsure) {
    const bool kept = due.state == ItemState::ready || due.state == ItemState::leased ||
                      (due.state == ItemState::parked && routes_[route].parked_blocks);
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
    spot.route = route;
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
void Lanes::enlist(Named& named) {
    Lane& lane = named.second;
    if (lane.spots.empty()) return;
    const auto& [place, spot] = *lane.spots.begin();
    Route& route = routes_[spot.route];
    if (spot.state == ItemState::parked) {
        lane.listed = Lane::Listed::blocked;
        ++route.blocked;
    } else if (!lane.busy && spot.not_before > Time{0}) {
        lane.listed = Lane::Listed::later;
        lane.later = spot.not_before;
        route.later.insert({lane.later, place});
    } else if (!lane.busy) {
        lane.listed = Lane::Listed::eligible;
        route.eligible[place] = &named;
    }
}

/// Before anything about the lane's head changes.
void Lanes::delist(Named& named) {
    Lane& lane = named.second;
    if (lane.listed == Lane::Listed::nowhere) return;
    const auto& [place, spot] = *lane.spots.begin();
    Route& route = routes_[spot.route];
    if (lane.listed == Lane::Listed::eligible) route.eligible.erase(place);
    if (lane.listed == Lane::Listed::later) route.later.erase({lane.later, place});
    if (lane.listed == Lane::Listed::blocked) --route.blocked;
    lane.listed = Lane::Listed::nowhere;
}

void Lanes::tidy(Named& lane) {
    if (!lane.second.spots.empty() || lane.second.busy) return;
    lanes_.erase(lanes_.find(lane.first));
}

bool Lanes::claim_new(std::size_t route, const std::string& name, const core::ItemRef& item) {
    const auto [lane, fresh] = lanes_.try_emplace(name);
    if (!fresh) return false;  // a lane without items and without one in flight does not exist
    lane->second.busy = true;
    in_flight_[item] = {&*lane, route};
    ++routes_[route].in_flight;
    return true;
}

std::optional<Lanes::Head> Lanes::claim_next(std::size_t number, Time now) {
    Route& route = routes_[number];
    while (!route.later.empty() && std::get<0>(*route.later.begin()) <= now) {
        const Place place = std::get<1>(*route.later.begin());
        Named& lane = *where_.at(place.second).lane;
        delist(lane);
        lane.second.spots.at(place).not_before = Time{0};
        enlist(lane);
    }
    if (route.eligible.empty()) return {};
    Named& lane = *route.eligible.begin()->second;
    delist(lane);
    lane.second.busy = true;
    const auto& [place, spot] = *lane.second.spots.begin();
    in_flight_[place.second] = {&lane, number};
    ++route.in_flight;
    return Head{place.second, spot.state, spot.attempts, spot.unsure, spot.known};
}

void Lanes::release(const core::ItemRef& item) {
    const auto flight = in_flight_.find(item);
    if (flight == in_flight_.end()) return;
    Named& lane = *flight->second.lane;
    --routes_[flight->second.route].in_flight;
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

std::optional<Lanes::Time> Lanes::next_time(std::size_t route) const {
    const auto& later = routes_[route].later;
    if (later.empty()) return {};
    return std::get<0>(*later.begin());
}

}  // namespace hub::routes
