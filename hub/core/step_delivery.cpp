// An item's way out: its bytes are fixed, attempts come to something, permission lapses with time.
#include "hub/core/step_items.hpp"
#include "hub/core/step_parts.hpp"
#include "hub/core/step_people.hpp"

namespace hub::core {
namespace {

using Came = Attempt::Came;

bool bytes_fixed(const Item& item) { return !item.letter_plan.is_zero(); }

std::string evidence_of(const Attempt& attempt) {
    if (attempt.to == Came::delivered || attempt.code.empty()) return attempt.detail;
    return attempt.detail.empty() ? attempt.code : attempt.code + ": " + attempt.detail;
}

std::string named(const ItemRef& ref) { return "item " + to_text(ref); }

void delivered(Work& work, Item& item, const Attempt& attempt) {
    work.close(item, Disposition::delivered, evidence_of(attempt));
    if (learn_of_delivery(work, item)) look_again(work, item.person);
}

void came_to(Work& work, Item& item, const Attempt& attempt) {
    item.attempts = std::max(item.attempts + 1, attempt.number);
    switch (attempt.to) {
        case Came::delivered: return delivered(work, item, attempt);
        case Came::refused: {
            item.reason = attempt.code;
            return work.close(item, Disposition::refused, evidence_of(attempt));
        }
        case Came::exhausted: {
            item.evidence = cut(evidence_of(attempt));
            return work.move(item, ItemState::parked, attempt.code.empty() ? "exhausted" : attempt.code);
        }
        case Came::failed:
        case Came::unknown:
        case Came::unrenderable: item.evidence = cut(evidence_of(attempt));
    }
    // What an operator holds, or a person must look at, keeps the reason it has.
    if (item.state == ItemState::leased) item.reason = attempt.to == Came::unknown && attempt.code.empty() ? "unknown" : attempt.code;
}

}  // namespace

Stepped step_lease(Work& work) {
    const auto letter = decode_letter(work.entry.payload);
    if (!letter) return work.refuse("TG-K020", letter.error().what, "this entry was not written by the hub");
    Item* item = work.item(letter->item);
    if (!item) return work.refuse("TG-K021", "there is no " + named(letter->item), "see status for the open items");
    if (item->state != ItemState::ready)
        return work.refuse("TG-K022", named(item->ref) + " is " + std::string(name_of(item->state)) + ", not ready", "only a ready item is leased, and once");
    const Route* route = route_of(work, *item);
    if (!route) {
        work.move(*item, ItemState::parked, "route_gone");
        return work.finish();
    }
    if (std::string reason = why_held(work, *item, *route); !reason.empty()) {
        hold(work, *item, route->hold_days_max, std::move(reason));
        return work.finish();
    }
    item->agreement = route->agreement->name;
    item->clause = route->clause->id;
    item->letter_plan = work.entry.header.plan;
    item->letter_digest = work.context.digester.sha256(letter->body);
    work.put(Table::letter, key_of(item->ref), work.entry.payload);
    work.move(*item, ItemState::leased, {});
    work.out.leased.push_back(item->ref);
    return work.finish();
}

Stepped step_outcome(Work& work) {
    const auto attempt = decode_attempt(work.entry.payload);
    if (!attempt) return work.refuse("TG-K020", attempt.error().what, "this entry was not written by the hub");
    Item* item = work.item(attempt->item);
    if (!item) return work.refuse("TG-K021", "there is no " + named(attempt->item), "see status for the open items");
    if (item->state == ItemState::closed) return work.refuse("TG-K022", named(item->ref) + " is closed", "an item closes once");
    if (attempt->to == Came::unrenderable) {
        if (bytes_fixed(*item)) return work.refuse("TG-K022", named(item->ref) + " has its bytes already", "it needs no rendering");
        item->evidence = cut(evidence_of(*attempt));
        work.move(*item, ItemState::parked, "unrenderable");
        return work.finish();
    }
    if (!bytes_fixed(*item)) return work.refuse("TG-K022", named(item->ref) + " was never leased", "lease it before the first attempt");
    came_to(work, *item, *attempt);
    return work.finish();
}

Stepped step_tick(Work& work) {
    const auto tick = decode_tick(work.entry.payload);
    if (!tick) return work.refuse("TG-K020", tick.error().what, "this entry was not written by the hub");
    for (const ItemRef& ref : tick->expired) {
        Item* item = work.item(ref);
        const bool due = item && item->state == ItemState::held && item->hold_until <= work.entry.header.instant;
        if (due) work.close(*item, Disposition::expired, "held for " + item->reason + " until " + to_text(item->hold_until));
    }
    for (const PersonId& person : tick->woken) work.touch(person, {});
    return work.finish();
}

}  // namespace hub::core
