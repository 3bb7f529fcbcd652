// Acts that look at the record again: retry, reroute, resolve.
#include <algorithm>

#include "hub/core/step_items.hpp"
#include "hub/core/step_parts.hpp"
#include "hub/core/step_people.hpp"

namespace hub::core {
namespace {

bool wants_a_person(const Item& item) {
    return item.reason == "person_ambiguous" || item.reason == "no_person" || item.reason.starts_with("person_full:");
}

Stepped unreadable(Work& work, const Item& item) {
    return work.refuse("TG-K025", "the record of item " + to_text(item.ref) + " cannot be read again under today's plan",
                       "withdraw the item, or resolve it with what was done about it");
}

std::string item_text(const Item& item) { return "item " + to_text(item.ref); }

/// A parked message, once more, under today's plan. A conflict that an operator lets in leaves the accept key to the first.
Stepped retry_intake(Work& work, const Act& act, Item& item, const Subject* subject) {
    if (!subject || !subject->prepared || subject->seq != item.ref.seq) return unreadable(work, item);
    if (!subject->prepared->problems.empty()) {
        work.out.problems = subject->prepared->problems;
        return work.refuse("TG-K028", item_text(item) + " is still invalid under today's plan", "mend the exchange, or resolve or withdraw the item");
    }
    const bool claims = item.reason != "conflict";
    std::string key = accept_key(subject->header);
    if (claims && work.reader.get(Table::accepted, key))
        return work.refuse("TG-K029", "another message was accepted under the message id of " + item_text(item), "resolve or withdraw the item: its correction has come");
    const EntryId entry = id_of(subject->header, work.context.digester);
    work.close(item, Disposition::superseded, signed_by(act));
    accept_children(work, {subject->header, entry, subject->seq, true}, *subject->prepared);
    if (claims)
        work.put(Table::accepted, std::move(key), encode(Accepted{entry, subject->seq, subject->header.raw_digest, work.entry.header.instant}));
    work.out.receipt = to_text(entry);
    work.out.accepted_at = work.entry.header.instant;
    return work.finish();
}

/// Whether the record has, or had, an item on that route: then its delivery key is taken.
bool was_on_route(Work& work, const Item& item, std::string_view route) {
    for (ItemRef ref{item.ref.seq, item.ref.child, 0}; const Item* sibling = work.item(ref); ++ref.index)
        if (sibling->route == route) return true;
    return false;
}

/// The message id stays out of the item, so a lane without a person needs the subject's header.
void remember_lane(Work& work, const Subject* subject) {
    if (subject) work.message_id = subject->header.message_id;
}

void give_person(Work& work, Item& item, const PersonId& person, const Child* child, const std::string& evidence) {
    item.person = person;
    item.consents.clear();
    item.evidence = cut(evidence);
    item.position = work.entry.seq;
    if (const Route* route = route_of(work, item)) decide(work, item, *route, lacks_of(child, *route), gate_of(work, child, item));
    else work.move(item, ItemState::parked, "route_gone");
}

Stepped resolve_person(Work& work, const Act& act, Item& item, const Subject* subject) {
    const Child* child = child_of(item, subject);
    if (!child) return unreadable(work, item);
    const bool fresh = act.person.is_zero();
    const PersonId person = fresh ? person_id(work.id, 0, work.context.digester) : act.person;
    if (!fresh && !work.person(person)) return work.refuse("TG-K031", "there is no person with this id", "take the id as trace prints it, or leave it out for a new person");
    if (std::string full = no_room(work, person, *child); !full.empty())
        return work.refuse("TG-K032", "the person's row has no room for the record (" + full + ")", "resolve it to another person, or withdraw it");
    const std::string reason = item.reason;
    const RecordId record = item.record;
    const ItemRef first = {item.ref.seq, item.ref.child, 0};
    const Learnt learnt = learn(work, person, *child, record, Claim::unheld, fresh);
    for (ItemRef ref = first; Item* sibling = work.item(ref); ++ref.index)
        if (sibling->state == ItemState::parked && sibling->reason == reason && sibling->person.is_zero())
            give_person(work, *sibling, person, child, signed_by(act));
    if ((learnt.consents || learnt.facts) && !fresh) look_again(work, person);
    return work.finish();
}

}  // namespace

Stepped retry(Work& work, const Act& act, Item& item, const Subject* subject) {
    if (item.state != ItemState::parked)
        return work.refuse("TG-K022", item_text(item) + " is " + std::string(name_of(item.state)) + ", not parked", "only a parked item is retried");
    if (item.route == intake_route) return retry_intake(work, act, item, subject);
    if (wants_a_person(item))
        return work.refuse("TG-K033", item_text(item) + " waits to be told whom it is about (" + item.reason + ")", "resolve it with a person");
    const Route* route = route_of(work, item);
    if (!route) return work.refuse("TG-K023", "route '" + item.route + "' is not in today's plan", "reroute the item, or withdraw it");
    remember_lane(work, subject);
    item.attempts = 0;
    item.evidence = cut(signed_by(act));
    const Child* child = child_of(item, subject);
    decide(work, item, *route, lacks_of(child, *route), gate_of(work, child, item));
    return work.finish();
}

Stepped reroute(Work& work, const Act& act, Item& item, const Subject* subject) {
    if (item.route == intake_route || wants_a_person(item))
        return work.refuse("TG-K022", item_text(item) + " is " + item.reason, "retry or resolve it first");
    if (item.state == ItemState::leased)
        return work.refuse("TG-K022", item_text(item) + " may be under way", "hold it first");
    const auto route = work.plan->routes.find(act.route);
    if (route == work.plan->routes.end()) return work.refuse("TG-K023", "today's plan has no such route", "name one of the plan's routes");
    const Child* child = child_of(item, subject);
    if (!child) return unreadable(work, item);
    if (child->type && child->type->name != route->second.record_type)
        return work.refuse("TG-K034", "route '" + act.route + "' takes records of type '" + route->second.record_type + "'", "choose a route for '" + child->type->name + "'");
    if (was_on_route(work, item, act.route))
        return work.refuse("TG-K035", "the record has had an item on route '" + act.route + "'", "retry or release that item: one record goes to a route once");
    const Item old = item;
    work.close(item, Disposition::superseded, signed_by(act));
    remember_lane(work, subject);
    const EntryId entry = id_of(subject->header, work.context.digester);
    Item& opened = open_item(work, {subject->header, entry, subject->seq, true}, old.ref.child, *child, route->second, old.person);
    opened.evidence = cut(signed_by(act) + "; instead of " + to_text(old.ref));
    decide(work, opened, route->second, lacks_of(child, route->second), gate_of(work, child, opened));
    return work.finish();
}

Stepped resolve_item(Work& work, const Act& act, Item& item, const Subject* subject) {
    if (item.state != ItemState::parked)
        return work.refuse("TG-K022", item_text(item) + " is " + std::string(name_of(item.state)) + ", not parked", "only a parked item is resolved");
    if (wants_a_person(item)) return resolve_person(work, act, item, subject);
    work.close(item, Disposition::resolved, signed_by(act));
    return work.finish();
}

}  // namespace hub::core
