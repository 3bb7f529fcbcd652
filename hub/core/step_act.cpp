// Operators' acts. An impossible act is refused with a cure and leaves no trace; a possible one is journalled with who and why.
#include "hub/core/step_clocks.hpp"
#include "hub/core/step_items.hpp"
#include "hub/core/step_parts.hpp"
#include "hub/core/step_people.hpp"

namespace hub::core {
namespace {

std::string stands(const Item& item) {
    std::string text = "item " + to_text(item.ref) + " is " + std::string(name_of(item.state));
    if (!item.reason.empty()) text.append(" (").append(item.reason).append(")");
    return text;
}

Stepped hold_item(Work& work, const Act& act, Item& item) {
    if (item.state != ItemState::ready && item.state != ItemState::leased)
        return work.refuse("TG-K022", stands(item), "only what is ready to go can be held");
    const Route* route = route_of(work, item);
    item.evidence = cut(signed_by(act));
    hold(work, item, (route ? *route : Route{}).hold_days_max, "operator");
    return work.finish();
}

struct NamedConsent {
    std::string kind{}, evidence{};
};
NamedConsent split_consent(const std::string& text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string::npos) return {};
    const std::size_t from = text.find_first_not_of(' ', colon + 1);
    return {text.substr(0, colon), from == std::string::npos ? std::string() : text.substr(from)};
}

void record_consent(Work& work, Item& item, const std::string& kind) {
    if (item.person.is_zero()) item.consents.push_back(kind);
    else set_consent(work.change(item.person), kind, true);
}

Stepped release_item(Work& work, const Act& act, Item& item, const Subject* subject) {
    if (item.state != ItemState::held) return work.refuse("TG-K022", stands(item), "only a held item can be released");
    const Route* route = route_of(work, item);
    if (!route) return work.refuse("TG-K023", "route '" + item.route + "' is not in today's plan", "reroute the item, or withdraw it");
    const NamedConsent consent = split_consent(act.consent);
    if (!act.consent.empty() && (consent.kind.empty() || consent.evidence.empty()))
        return work.refuse("TG-K024", "the consent does not say what shows it", "write it as 'kind: evidence', for example 'health_referral: form signed at interview'");
    const std::string was = item.reason;
    const Child* child = child_of(item, subject);
    if (!child && was.starts_with("lacks:"))
        return work.refuse("TG-K025", stands(item) + " and its record cannot be read again", "withdraw it");
    if (!consent.kind.empty()) record_consent(work, item, consent.kind);
    const PersonId person = item.person;
    item.evidence = cut(signed_by(act) + (consent.kind.empty() ? "" : "; consent " + act.consent));
    item.position = work.entry.seq;
    decide(work, item, *route, lacks_of(child, *route), gate_of(work, child, item));
    const bool moved = item.state != ItemState::held || (was == "operator" && item.reason != was);
    if (!moved) {
        const bool wants_consent = item.reason.starts_with("no_consent:");
        return work.refuse("TG-K026", "item " + to_text(item.ref) + " must stay held: " + item.reason,
                           wants_consent ? "record the consent with the act, as 'kind: evidence'"
                                         : "it goes when that is mended: a corrected record, or an agreement in force");
    }
    if (!consent.kind.empty() && !person.is_zero()) look_again(work, person);
    return work.finish();
}

Stepped withdraw_item(Work& work, const Act& act, Item& item) {
    work.close(item, Disposition::withdrawn, signed_by(act));
    return work.finish();
}

bool too_long(const Act& act) {
    return act.who.size() > Act::text_bytes_max || act.why.size() > Act::text_bytes_max || act.consent.size() > Act::text_bytes_max;
}

}  // namespace

std::string signed_by(const Act& act) { return act.who + ": " + act.why; }

const Child* child_of(const Item& item, const Subject* subject) {
    const bool there = subject && subject->prepared && subject->seq == item.ref.seq && subject->prepared->problems.empty() &&
                       item.ref.child < subject->prepared->children.size();
    return there ? &subject->prepared->children[item.ref.child] : nullptr;
}

std::vector<std::string> lacks_of(const Child* child, const Route& route) {
    if (!child) return {};
    for (const Child::Match& match : child->matches)
        if (match.route == &route) return match.lacks;
    return lacking(*child, route);
}

std::string gate_of(Work& work, const Child* child, const Item& item) { return child ? why_gated(work, *child, item.person) : still_gated(work, item); }

Stepped step_act(Work& work, const Subject* subject) {
    const auto act = decode_act(work.entry.payload);
    if (!act) return work.refuse("TG-K020", act.error().what, "this entry was not written by the hub");
    if (act->who.empty() || act->why.empty()) return work.refuse("TG-K027", "the act does not say who and why", "give both: they are journalled");
    if (too_long(*act)) return work.refuse("TG-K027", "who, why or consent is longer than text_bytes_max", "say it in at most 1000 bytes");
    Item* item = work.item(act->item);
    if (!item) return work.refuse("TG-K021", "there is no item " + to_text(act->item), "see status for the open items");
    if (item->state == ItemState::closed)
        return work.refuse("TG-K022", "item " + to_text(item->ref) + " is closed: " + std::string(name_of(item->disposition)), "an item closes once");
    switch (act->verb) {
        case Act::Verb::hold: return hold_item(work, *act, *item);
        case Act::Verb::release: return release_item(work, *act, *item, subject);
        case Act::Verb::retry: return retry(work, *act, *item, subject);
        case Act::Verb::reroute: return reroute(work, *act, *item, subject);
        case Act::Verb::withdraw: return withdraw_item(work, *act, *item);
        case Act::Verb::resolve: return resolve_item(work, *act, *item, subject);
    }
    return work.refuse("TG-K020", "the act is not known", "this entry was not written by the hub");
}

}  // namespace hub::core
