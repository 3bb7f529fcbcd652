// See what_if.hpp.
#include "hub/routes/what_if.hpp"

#include <algorithm>
#include <cstring>
#include <tuple>

#include "hub/core/step.hpp"
#include "hub/routes/other_plan.hpp"

namespace hub::routes {
namespace {

using core::ClockRow;
using core::Table;
using deadlines::ClockState;

// ---- Ageing: both sides are looked at at the same instant.

core::Entry tick_entry(const core::Tick& tick, const PlanDigest& plan, Instant at, std::uint64_t seq) {
    core::Entry entry;
    entry.seq = seq;
    entry.header.kind = core::EntryKind::tick;
    entry.header.instant = at;
    entry.header.plan = plan;
    entry.payload = core::encode(tick);
    return entry;
}

/// Everything whose time has come by then, in ticks as the hub makes them.
std::vector<core::Tick> ticks_until(const Rebuilt& rows, Instant at) {
    std::vector<core::Tick> ticks(1);
    rows.each(Table::item, [&](std::string_view, std::string_view value) {
        const auto item = core::decode_item(value);
        if (!item || item->state != core::ItemState::held || at < item->hold_until) return;
        if (ticks.back().expired.size() == core::Tick::expired_max) ticks.emplace_back();
        ticks.back().expired.push_back(item->ref);
    });
    rows.each(Table::person, [&](std::string_view, std::string_view value) {
        const auto person = core::decode_person(value);
        if (!person || person->facts.empty()) return;
        if (ticks.back().woken.size() == core::Tick::woken_max) ticks.emplace_back();
        ticks.back().woken.push_back(person->id);
    });
    return ticks;
}

void age(Rebuilt& rows, const core::PlanPtr& plan, Instant at, std::uint64_t seq, const core::StepContext& context) {
    for (const core::Tick& tick : ticks_until(rows, at))
        rows.apply(core::step(rows, tick_entry(tick, plan->digest, at, ++seq), nullptr, plan, context).delta);
}

// ---- Clocks.

bool is_owed(const ClockRow& row) { return row.state != ClockState::void_ && row.state != ClockState::superseded; }
bool is_breach(const ClockRow* row) { return row && (row->state == ClockState::breached || row->state == ClockState::late); }
auto place_of(const ClockRow& row) { return std::tie(row.rule, row.matter_kind, row.matter, row.occurrence); }

std::vector<ClockRow> owed(const Rebuilt& rows, std::string_view person) {
    const auto row = rows.get(Table::clock, person);
    auto sheet = row ? core::decode_sheet(*row) : Result<core::ClockSheet>(core::ClockSheet{});
    if (!sheet) return {};
    std::erase_if(sheet->clocks, [](const ClockRow& each) { return !is_owed(each); });
    return std::move(sheet->clocks);
}

std::string party_of(const core::Plan& plan, const std::string& role) {
    if (plan.rules)
        for (const deadlines::Role& each : plan.rules->roles)
            if (each.name == role) return each.party;
    return {};
}

bool is_moved(const ClockRow& was, const ClockRow& would) {
    if (was.due.has_value() != would.due.has_value()) return true;
    return was.due && deadlines::compare(*was.due, *would.due) != 0;
}

void compare(ClockChange& change) {
    const ClockRow *was = change.was, *would = change.would;
    if (!was) change.changes.push_back(ClockChanges::appeared);
    if (!would) change.changes.push_back(ClockChanges::vanished);
    if (was && would && is_moved(*was, *would)) {
        change.changes.push_back(ClockChanges::moved);
        if (was->due && would->due) change.days = would->due->day.number - was->due->day.number;
    }
    if (is_breach(would) && !is_breach(was)) change.changes.push_back(ClockChanges::newly_breached);
    if (is_breach(was) && !is_breach(would)) change.changes.push_back(ClockChanges::no_longer_breached);
    if (was && would && (was->owner != would->owner || was->responsibility != would->responsibility)) change.changes.push_back(ClockChanges::responsibility);
    if (change.changes.empty() && was->state != would->state) change.changes.push_back(ClockChanges::state);
}

class Comparison {
public:
    Comparison(const Rebuilt& was, const core::Plan& plan_was, const Rebuilt& would, const core::Plan& plan_would, const WhatIfVisits& visits)
        : was_(was), would_(would), plan_was_(plan_was), plan_would_(plan_would), visits_(visits) {}

    void run() {
        was_.each(Table::clock, [&](std::string_view key, std::string_view) { person(key); });
        would_.each(Table::clock, [&](std::string_view key, std::string_view) {
            if (!was_.get(Table::clock, key)) person(key);
        });
        was_.each(Table::item, [&](std::string_view, std::string_view value) { item(value, would_, false); });
        would_.each(Table::item, [&](std::string_view, std::string_view value) { item(value, was_, true); });
    }

private:
    /// Both lists are in order of place.
    void person(std::string_view key) {
        const std::vector<ClockRow> was = owed(was_, key), would = owed(would_, key);
        PersonId id;
        std::memcpy(id.digest.data(), key.data(), std::min(id.digest.size(), key.size()));
        auto before = was.begin();
        auto after = would.begin();
        while (before != was.end() || after != would.end()) {
            const bool only_before = after == would.end() || (before != was.end() && place_of(*before) < place_of(*after));
            const bool only_after = !only_before && (before == was.end() || place_of(*after) < place_of(*before));
            clock(id, only_after ? nullptr : &*before, only_before ? nullptr : &*after);
            if (!only_after) ++before;
            if (!only_before) ++after;
        }
    }

    void clock(const PersonId& id, const ClockRow* was, const ClockRow* would) {
        ClockChange change{id, was, would, {}, {}, {}};
        compare(change);
        if (change.changes.empty()) return;
        change.party = would ? party_of(plan_would_, would->owner) : party_of(plan_was_, was->owner);
        visits_.clock(change);
    }

    static std::string_view comes_to(const core::Item& item) {
        using core::Disposition;
        if (item.state == core::ItemState::held) return "held";
        if (item.state == core::ItemState::parked) return "parked";
        if (item.state != core::ItemState::closed || item.disposition == Disposition::delivered || item.disposition == Disposition::refused) return "goes";
        return item.disposition == Disposition::expired ? "expired" : "";
    }

    /// From the side as it was: all pairs. From the other: only what was not there.
    void item(std::string_view value, const Rebuilt& other_side, bool is_would) {
        auto one = core::decode_item(value);
        if (!one) return;
        const auto other = item_on_route(other_side, one->ref, one->route);
        if (is_would && other) return;
        const std::string_view mine = comes_to(*one), theirs = other ? comes_to(*other) : "";
        if (mine == theirs) return;
        visits_.item({other ? *other : *one, is_would ? theirs : mine, is_would ? mine : theirs});
    }

    const Rebuilt &was_, &would_;
    const core::Plan &plan_was_, &plan_would_;
    const WhatIfVisits& visits_;
};

}  // namespace

std::string_view name_of(ClockChanges change) {
    switch (change) {
        case ClockChanges::appeared: return "appeared";
        case ClockChanges::vanished: return "vanished";
        case ClockChanges::moved: return "moved";
        case ClockChanges::newly_breached: return "newly breached";
        case ClockChanges::no_longer_breached: return "no longer breached";
        case ClockChanges::responsibility: return "responsibility changed";
        case ClockChanges::state: return "state changed";
    }
    return "";
}

Result<WhatIf> what_if(ReplayParts parts, const core::PlanPtr& candidate, Instant as_of, const WhatIfVisits& visits) {
    WhatIf found;
    Rebuilt was, would;
    parts.until = as_of;
    parts.instead.reset();
    auto first = replay(parts, was);
    if (!first) return first.error();
    found.was = std::move(*first);
    if (!found.was.last_plan)
        return Error{.remedy = Remedy::stop, .what = "the journal has no entry up to then", .cure = "ask about a time at which the hub has run", .code = "no_history"};
    parts.instead.emplace(Instead{candidate, was});
    auto second = replay(parts, would);
    if (!second) return second.error();
    found.would = std::move(*second);
    const core::StepContext context{parts.digester, parts.keys};
    age(was, found.was.last_plan, as_of, found.was.last_seq, context);
    age(would, candidate, as_of, found.would.last_seq, context);
    Comparison(was, *found.was.last_plan, would, *candidate, visits).run();
    return found;
}

}  // namespace hub::routes
