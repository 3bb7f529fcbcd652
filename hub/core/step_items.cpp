// See step_items.hpp.
#include "hub/core/step_items.hpp"

#include <algorithm>
#include <string_view>

#include "hub/core/step_clocks.hpp"
#include "hub/core/step_people.hpp"

namespace hub::core {
namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;

bool crosses_without_gateway(const Plan& plan, std::string_view sender, const Route& route) {
    if (!route.agreement->gateway.empty()) return false;
    const auto from = plan.parties.find(std::string(sender)), to = plan.parties.find(route.recipient);
    return from == plan.parties.end() || to == plan.parties.end() || from->second.regime != to->second.regime;
}

/// Deny by default: what one party sends does not leave under what two others agreed. The hub's own party may be a signatory too.
bool sender_has_signed(const Plan& plan, std::string_view sender, const agreements::Agreement& agreement) {
    return std::any_of(agreement.parties.begin(), agreement.parties.end(),
                       [&](const std::string& party) { return party == sender || (!plan.own_party.empty() && party == plan.own_party); });
}

bool contains(const std::vector<std::string>& names, const std::string& name) { return std::find(names.begin(), names.end(), name) != names.end(); }

bool consents_to(const Person* person, const Item& item, const std::string& kind) {
    if (!person) return contains(item.consents, kind);
    return std::any_of(person->consents.begin(), person->consents.end(), [&](const Consent& c) { return c.kind == kind && c.given; });
}

}  // namespace

std::string why_held(Work& work, const Item& item, const Route& route) {
    if (!agreements::in_force(*route.agreement, work.entry.header.instant)) return "agreement_not_in_force";
    if (!sender_has_signed(*work.plan, item.sender, *route.agreement)) return "sender_not_in_agreement";
    if (crosses_without_gateway(*work.plan, item.sender, route)) return "no_gateway";
    if (route.clause->consents.empty()) return {};
    const Person* person = item.person.is_zero() ? nullptr : work.person(item.person);
    for (const std::string& kind : route.clause->consents)
        if (!consents_to(person, item, kind)) return "no_consent:" + kind;
    return {};
}

const Route* route_of(const Work& work, const Item& item) {
    const auto found = work.plan->routes.find(item.route);
    return found == work.plan->routes.end() || found->second.recipient != item.recipient ? nullptr : &found->second;
}

void hold(Work& work, Item& item, std::uint32_t days, std::string reason) {
    const bool waits = (reason.starts_with("no_consent:") || reason.starts_with("gate:")) && !item.person.is_zero();
    if (waits && work.person(item.person) && work.person(item.person)->held.size() >= Person::held_max)
        return work.move(item, ItemState::parked, "held_max");
    item.hold_until = {work.instant_for(item.person).microseconds + days * microseconds_per_day};
    work.move(item, ItemState::held, std::move(reason));
}

void decide(Work& work, Item& item, const Route& route, const std::vector<std::string>& lacks, std::string gate) {
    std::string reason = why_held(work, item, route);
    if (reason.empty()) reason = std::move(gate);
    // A need outranks a consent and a gate: those may still be met by later records, the need cannot.
    if (!lacks.empty() && (reason.empty() || reason.starts_with("no_consent:") || reason.starts_with("gate:"))) reason = "lacks:" + lacks.front();
    item.agreement = route.agreement->name;
    item.clause = route.clause->id;
    if (!reason.empty()) return hold(work, item, route.hold_days_max, std::move(reason));
    item.hold_until = {};
    const bool fixed = !item.letter_plan.is_zero();
    work.move(item, fixed ? ItemState::leased : ItemState::ready, {});
    (fixed ? work.out.leased : work.out.ready).push_back(item.ref);
}

Item& open_item(Work& work, const Origin& origin, std::uint32_t child_index, const Child& child, const Route& route, const PersonId& person) {
    Item& item = work.open(origin.seq, child_index, origin.probe);
    item.record = record_id(origin.entry, child_index, work.context.digester);
    item.person = person;
    item.route = route.name;
    item.recipient = route.recipient;
    item.source = origin.header.source;
    item.sender = origin.header.sender;
    if (child.type) item.record_type = child.type->name;
    item.agreement = route.agreement->name;
    item.clause = route.clause->id;
    if (person.is_zero())
        for (const Consent& consent : child.consents)
            if (consent.given) item.consents.push_back(consent.kind);
    const auto party = work.plan->parties.find(route.recipient);
    for (const Child::Delivery& each : child.deliveries)
        if (party != work.plan->parties.end() && contains(each.rule->delivered_to, party->second.kind)) item.when_delivered.push_back(each.fact);
    return item;
}

void look_again(Work& work, const PersonId& person) {
    const std::vector<ItemRef> held = work.person(person)->held;  // a copy: deciding takes items off the list
    for (const ItemRef& ref : held) {
        Item* item = work.item(ref);
        const Route* route = item ? route_of(work, *item) : nullptr;
        if (!route || !why_held(work, *item, *route).empty()) continue;
        if (std::string gate = still_gated(work, *item); !gate.empty()) {
            if (gate != item->reason) work.move(*item, ItemState::held, std::move(gate));
            continue;
        }
        item->position = work.entry.seq;
        decide(work, *item, *route, {});
    }
}

namespace {

void open_unrouted(Work& work, const Origin& origin, std::uint32_t index, const Child& child, const PersonId& person) {
    Item& item = work.open(origin.seq, index, origin.probe);
    item.record = record_id(origin.entry, index, work.context.digester);
    item.person = person;
    item.route = no_route;
    item.source = origin.header.source;
    item.sender = origin.header.sender;
    if (child.type) item.record_type = child.type->name;
    work.close(item, Disposition::no_route, {});
}

void accept_child(Work& work, const Origin& origin, const Prepared& prepared, std::uint32_t index) {
    const Child& child = prepared.children[index];
    const RecordId record = record_id(origin.entry, index, work.context.digester);
    work.add_record(record, origin.seq, index);
    Resolved who = resolve(work, prepared, index, origin.entry);
    if (!who.person.is_zero()) who.reason = no_room(work, who.person, child);
    const bool parks_all = !who.reason.empty() && who.reason != "no_person";
    const PersonId person = parks_all ? PersonId{} : who.person;
    const Learnt learnt = person.is_zero() ? Learnt{} : learn(work, person, child, record, Claim::all, who.fresh);
    const std::string gate = child.matches.empty() ? std::string() : why_gated(work, child, person);
    for (const Child::Match& match : child.matches) {
        Item& item = open_item(work, origin, index, child, *match.route, person);
        if (parks_all || (person.is_zero() && match.route->person_required)) work.move(item, ItemState::parked, who.reason);
        else decide(work, item, *match.route, match.lacks, gate);
    }
    if (child.matches.empty()) open_unrouted(work, origin, index, child, person);
    if ((learnt.consents || learnt.facts) && !who.fresh) look_again(work, person);
}

}  // namespace

void accept_children(Work& work, const Origin& origin, const Prepared& prepared) {
    work.message_id = origin.header.message_id;
    for (std::uint32_t index = 0; index < prepared.children.size(); ++index) accept_child(work, origin, prepared, index);
}

}  // namespace hub::core
