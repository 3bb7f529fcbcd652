// See step_clocks.hpp: gates. A record that lacks a part is held, with the parts named, until facts bring them.
#include <algorithm>

#include "hub/core/step_clocks.hpp"

namespace hub::core {
namespace {

using namespace deadlines;

constexpr std::string_view gate_prefix = "gate:";
constexpr std::size_t mark_bytes = 4;

/// Content-free: tells one matter of a person from another.
std::string mark_of(const Work& work, const Matter& matter) {
    return to_hex(as_bytes(work.context.digester.digest({"matter", matter.kind, matter.id})).substr(0, mark_bytes));
}

/// The person's facts, or of somebody unknown what the record itself says.
std::vector<GivenFact> facts_for(Work& work, const Child& child, const PersonId& person) {
    if (!person.is_zero() && work.person(person)) return given_facts(*work.person(person));
    Person nobody;
    for (const Fact& fact : child.facts) nobody.facts.push_back({fact, work.entry.header.instant, work.entry.seq, {}, std::nullopt});
    return given_facts(nobody);
}

std::string reason_for(const Work& work, const Gate& gate, const History& history, std::uint32_t matter, Instant now) {
    std::string parts;
    for (const Gate::Need* need : missing(*work.plan->rules, gate, history, matter, now)) parts += (parts.empty() ? "" : ",") + need->part;
    if (parts.empty()) return {};
    return std::string(gate_prefix) + gate.name + ":" + parts + "@" + mark_of(work, history.matters()[matter]);
}

/// Matters of the gate's kind that the record itself speaks of; of the person, the person.
bool speaks_of(const Child& child, const Matter& matter) {
    if (matter.kind == "person") return true;
    return std::any_of(child.facts.begin(), child.facts.end(), [&](const Fact& fact) { return fact.matter == matter.kind && fact.matter_id == matter.id; });
}

}  // namespace

std::string why_gated(Work& work, const Child& child, const PersonId& person) {
    if (!work.plan->rules || !child.type) return {};
    const RuleBook& book = *work.plan->rules;
    const Instant now = work.instant_for(person);
    std::optional<History> history;
    for (const Gate& gate : book.gates) {
        if (gate.record != child.type->name) continue;
        Problems not_of_this_plan;
        if (!history) history.emplace(*book.kinds, *book.almanac.zone, facts_for(work, child, person), now, not_of_this_plan);
        for (std::uint32_t matter = 0; matter < history->matters().size(); ++matter) {
            if (history->matters()[matter].kind != gate.matter || !speaks_of(child, history->matters()[matter])) continue;
            if (std::string reason = reason_for(work, gate, *history, matter, now); !reason.empty()) return reason;
        }
    }
    return {};
}

std::string still_gated(Work& work, const Item& item) {
    if (!item.reason.starts_with(gate_prefix) || !work.plan->rules || item.person.is_zero()) return {};
    const RuleBook& book = *work.plan->rules;
    const std::string mark = item.reason.substr(item.reason.rfind('@') + 1);
    const Instant now = work.instant_for(item.person);
    Problems not_of_this_plan;
    const History history(*book.kinds, *book.almanac.zone, given_facts(*work.person(item.person)), now, not_of_this_plan);
    for (const Gate& gate : book.gates) {
        if (gate.record != item.record_type) continue;
        for (std::uint32_t matter = 0; matter < history.matters().size(); ++matter) {
            if (history.matters()[matter].kind != gate.matter || mark_of(work, history.matters()[matter]) != mark) continue;
            if (std::string reason = reason_for(work, gate, history, matter, now); !reason.empty()) return reason;
        }
    }
    return {};
}

}  // namespace hub::core
