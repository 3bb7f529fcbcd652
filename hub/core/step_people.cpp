// See step_people.hpp.
#include "hub/core/step_people.hpp"

#include <algorithm>
#include <set>

namespace hub::core {
namespace {

using people::Identifier;
using people::Strength;

bool same(const Identifier& a, const Identifier& b) { return a.type == b.type && a.value == b.value; }

bool has_strength(const Child& child, Strength strength) {
    return std::any_of(child.identifiers.begin(), child.identifiers.end(), [&](const Identifier& id) { return id.strength == strength; });
}

/// Two people in one message who share a case number: it tells neither of them apart.
bool shared_by_siblings(const Prepared& prepared, std::uint32_t index, const Identifier& id) {
    for (std::uint32_t other = 0; other < prepared.children.size(); ++other) {
        if (other == index) continue;
        for (const Identifier& theirs : prepared.children[other].identifiers)
            if (same(id, theirs)) return true;
    }
    return false;
}

bool knows(const Person& person, const Identifier& id) {
    return std::any_of(person.identifiers.begin(), person.identifiers.end(), [&](const Identifier& known) { return same(known, id); });
}

bool same_thing(const Fact& a, const Fact& b) {
    return a.kind == b.kind && a.matter == b.matter && a.matter_id == b.matter_id && a.valid_from == b.valid_from;
}

bool says(const std::vector<Fact>& facts, const Fact& what) {
    return std::any_of(facts.begin(), facts.end(), [&](const Fact& fact) { return same_thing(fact, what) && fact.value == what.value; });
}

/// A record speaks of a thing and no longer says this of it. One record may say several things side by side (one hearing has
/// several results), so its facts are taken together.
bool displaced(const StoredFact& then, const std::vector<Fact>& now) {
    const auto about_it = [&](const Fact& fact) { return same_thing(fact, then.fact); };
    return !then.superseded() && std::any_of(now.begin(), now.end(), about_it) && !says(now, then.fact);
}

/// An empty value takes back any value, an empty point any point.
bool is_taken(const StoredFact& then, const std::vector<Fact>& taken_back) {
    return !then.superseded() && std::any_of(taken_back.begin(), taken_back.end(), [&](const Fact& each) {
        const Fact& said = then.fact;
        return each.kind == said.kind && each.matter == said.matter && each.matter_id == said.matter_id && (each.value.empty() || each.value == said.value) &&
               (each.valid_from.empty() || each.valid_from == said.valid_from);
    });
}

bool believed(const Person& person, const Fact& what) {
    return std::any_of(person.facts.begin(), person.facts.end(), [&](const StoredFact& then) {
        return !then.superseded() && then.fact.value == what.value && same_thing(then.fact, what);
    });
}

/// Current facts once the record is taken in.
std::size_t facts_afterwards(const Person& person, const std::vector<Fact>& now) {
    const auto stays = [&](const StoredFact& then) { return !then.superseded() && !displaced(then, now); };
    const auto is_new = [&](const Fact& fact) { return !believed(person, fact); };
    return static_cast<std::size_t>(std::count_if(person.facts.begin(), person.facts.end(), stays) + std::count_if(now.begin(), now.end(), is_new));
}

bool has_kind(const Person& person, const std::string& kind) {
    return std::any_of(person.consents.begin(), person.consents.end(), [&](const Consent& c) { return c.kind == kind; });
}

/// The kinds of which something changed. A fact said again changes nothing. Superseded facts leave a full row first, oldest first; no_room() has seen to the rest.
std::set<std::string> add_facts(Person& person, const std::vector<Fact>& now, const std::vector<Fact>& taken_back, StoredFact as) {
    std::set<std::string> changed;
    for (StoredFact& then : person.facts) {
        if (!displaced(then, now) && !is_taken(then, taken_back)) continue;
        then.superseded_at = as.recorded_at;
        changed.insert(then.fact.kind);
    }
    for (const Fact& fact : now) {
        if (believed(person, fact)) continue;
        changed.insert(fact.kind);
        as.fact = fact;
        person.facts.push_back(as);
        if (person.facts.size() <= Person::facts_max) continue;
        const auto oldest = std::find_if(person.facts.begin(), person.facts.end(), [](const StoredFact& f) { return f.superseded(); });
        if (oldest != person.facts.end()) person.facts.erase(oldest);
    }
    return changed;
}

void add_identifiers(Work& work, Person& person, const Child& child, Claim claim) {
    for (const Identifier& id : child.identifiers) {
        if (id.strength == Strength::none || knows(person, id)) continue;
        const IdentifierKey key = identifier_key(id, work.context.keys);
        if (claim == Claim::unheld && !work.holders(key).people.empty()) continue;
        person.identifiers.push_back(id);
        work.add_holder(key, person.id);
    }
}

}  // namespace

Resolved resolve(Work& work, const Prepared& prepared, std::uint32_t index, const EntryId& creating) {
    const Child& child = prepared.children[index];
    const bool personal = has_strength(child, Strength::person);
    std::set<PersonId> found;
    for (const Identifier& id : child.identifiers) {
        if (id.strength == Strength::none || (id.strength == Strength::matter && personal)) continue;
        if (id.strength == Strength::matter && shared_by_siblings(prepared, index, id)) continue;
        const Holders& holders = work.holders(identifier_key(id, work.context.keys));
        if (id.strength == Strength::matter && holders.people.size() != 1) continue;
        found.insert(holders.people.begin(), holders.people.end());
    }
    if (found.size() > 1) return {{}, false, "person_ambiguous"};
    if (found.size() == 1) return {*found.begin(), false, {}};
    if (!personal) return {{}, false, "no_person"};
    return {person_id(creating, index, work.context.digester), true, {}};
}

std::string no_room(Work& work, const PersonId& person_id, const Child& child) {
    static const Person nobody;
    const Person* known = work.person(person_id);
    const Person& person = known ? *known : nobody;
    std::size_t identifiers = person.identifiers.size(), consents = person.consents.size();
    for (const Identifier& id : child.identifiers)
        if (id.strength != Strength::none && !knows(person, id)) ++identifiers;
    if (identifiers > Person::identifiers_max) return "person_full:identifiers";
    for (const Consent& consent : child.consents)
        if (!has_kind(person, consent.kind)) ++consents;
    if (consents > Person::consents_max) return "person_full:consents";
    const std::size_t later = child.deliveries.size();
    if (person.facts.size() + child.facts.size() + later <= Person::facts_max) return {};
    return facts_afterwards(person, child.facts) + later > Person::facts_max ? "person_full:facts" : std::string();
}

bool set_consent(Person& person, const std::string& kind, bool given) {
    for (Consent& known : person.consents) {
        if (known.kind != kind) continue;
        const bool changed = known.given != given;
        known.given = given;
        return changed;
    }
    person.consents.push_back({kind, given});
    return true;
}

bool learn_of_delivery(Work& work, const Item& item) {
    if (item.when_delivered.empty() || !work.person(item.person)) return false;
    Person& person = work.change(item.person);
    std::vector<Fact> facts = item.when_delivered;
    for (Fact& fact : facts) fact.value = fact.valid_from = to_text(person.last_instant);
    const std::set<std::string> kinds = add_facts(person, facts, {}, {{}, person.last_instant, work.entry.seq, item.record, std::nullopt});
    for (const std::string& kind : kinds) work.touch(item.person, kind);
    return !kinds.empty();
}

Learnt learn(Work& work, const PersonId& person_id, const Child& child, const RecordId& record, Claim claim, bool make) {
    Person& person = work.change(person_id, make);
    add_identifiers(work, person, child, claim);
    const std::set<std::string> kinds = add_facts(person, child.facts, child.taken_back, {{}, person.last_instant, work.entry.seq, record, std::nullopt});
    for (const std::string& kind : kinds) work.touch(person_id, kind);
    Learnt learnt{false, !kinds.empty()};
    for (const Consent& consent : child.consents) learnt.consents = set_consent(person, consent.kind, consent.given) || learnt.consents;
    return learnt;
}

}  // namespace hub::core
