// See evaluation.hpp: pauses and discharge of a clock whose deadline is known.
#include <algorithm>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

using Step = DerivationStep::Kind;

struct Done {
    Point at{};
    const Discharge* by = nullptr;
};

/// The earliest that has happened. One that lies ahead is not done, and may change things when it comes.
std::optional<Done> done_by(const Version& version, Asking& asking) {
    std::optional<Done> earliest;
    for (const Discharge& each : version.discharges) {
        const Value at = each.at.evaluate(asking);
        if (!at.known) continue;
        if (!has_begun(at.point, asking)) {
            if (const auto begin = begins(at.point, asking)) asking.may_change(*begin);
            continue;
        }
        if (!earliest || compare(at.point, earliest->at) < 0) earliest = Done{at.point, &each};
    }
    return earliest;
}

/// Told late is forgiven, unless policy gave a deadline from the telling on.
ClockState state_when_done(const Rule& rule, const Done& done, const Clock& clock, const std::optional<Day>& stands_since) {
    const bool stood_still = stands_since && done.at.day >= *stands_since;
    const bool in_time = !clock.due || stood_still || compare(done.at, *clock.due) <= 0;
    if (in_time || (clock.late_known && !rule.late.prompt)) return done.by->voids ? ClockState::void_ : ClockState::met;
    return ClockState::late;
}

void set_running_state(const Rule& rule, const Version& version, Asking& asking, Clock& clock, bool paused) {
    if (!clock.due) {
        clock.state = ClockState::void_;
        return;
    }
    if (paused) {  // its deadline does not pass while it stands still
        clock.state = ClockState::paused;
        return;
    }
    const auto over = ends(*clock.due, asking);
    if (!is_over(*clock.due, asking)) {
        clock.state = ClockState::running;
        if (over) asking.may_change(*over);
        count_warnings(version, asking, clock);
        return;
    }
    if (rule.kind != RuleKind::deadline) {
        clock.state = ClockState::met;  // a day on which something changes hands or is measured is not a duty
        return;
    }
    clock.state = clock.late_known && !rule.late.prompt ? ClockState::told_late : ClockState::breached;
    clock.warnings = static_cast<std::uint8_t>(version.warnings.size());
    if (over && clock.state == ClockState::breached) count_escalations(version, asking, clock);
}

struct Stand {
    Day from{};
    std::optional<Day> to{};
    std::string reason{};
};

bool is_value(const KnownFact& fact, FactType type, const std::string& value) {
    if (type == FactType::yes_no) return fact.yes == (value == "yes");
    return fact.text == value;
}

/// From when to when the current fact of the kind had the value.
std::vector<Stand> stands_of(const Pause& pause, Asking& asking) {
    std::vector<Stand> stands;
    const FactKind& kind = asking.kinds[pause.kind];
    for (std::uint32_t matter = 0; matter < asking.history.matters().size(); ++matter) {
        if (matter != asking.matter && (matter != 0 || kind.matter != "person")) continue;
        for (const KnownFact& fact : asking.history.of(pause.kind, matter)) {
            const bool open = !stands.empty() && !stands.back().to, now = is_value(fact, kind.type, pause.value);
            if (open && !now) stands.back().to = fact.valid_from.day;
            if (!open && now) stands.push_back({fact.valid_from.day, std::nullopt, pause.reason});
        }
    }
    return stands;
}

/// Those after `began`, in order; what overlaps is one.
std::vector<Stand> all_stands(const Version& version, Day began, Asking& asking) {
    std::vector<Stand> all, joined;
    for (const Pause& pause : version.pauses)
        for (Stand& stand : stands_of(pause, asking)) {
            if (stand.to && *stand.to <= began) continue;  // over before the clock ran
            stand.from = std::max(stand.from, began);
            all.push_back(std::move(stand));
        }
    std::stable_sort(all.begin(), all.end(), [](const Stand& a, const Stand& b) { return a.from < b.from; });
    for (Stand& stand : all) {
        if (joined.empty() || (joined.back().to && *joined.back().to < stand.from)) {
            joined.push_back(std::move(stand));
            continue;
        }
        Stand& last = joined.back();
        last.to = last.to && stand.to ? std::optional(std::max(*last.to, *stand.to)) : std::nullopt;
        if (last.reason.find(stand.reason) == std::string::npos) last.reason += ", " + stand.reason;
    }
    return joined;
}

}  // namespace

std::optional<Instant> begins(const Point& point, const Asking& asking) {
    return point.exact ? std::optional<Instant>(point.instant) : asking.almanac.zone->start_of(point.day);
}

std::optional<Instant> ends(const Point& point, const Asking& asking) {
    return point.exact ? std::optional<Instant>(Instant{point.instant.microseconds + 1}) : asking.almanac.zone->end_of(point.day);
}

bool is_over(const Point& point, const Asking& asking) { return point.exact ? asking.as_of > point.instant : asking.today > point.day; }

bool has_begun(const Point& point, const Asking& asking) { return point.exact ? asking.as_of >= point.instant : asking.today >= point.day; }

void note(Asking& asking, DerivationStep::Kind kind, std::string text) {
    if (asking.derivation) asking.derivation->push_back({kind, std::move(text), {}, std::nullopt});
}

std::optional<Day> apply_pauses(const Version& version, Asking& asking, Clock& clock) {
    if (version.pauses.empty() || !clock.due) return std::nullopt;
    const Day began = clock.start ? clock.start->day : asking.window_start ? asking.window_start->point.day : Day{INT32_MIN};
    const auto changes_on = [&](Day day) {
        if (const auto at = asking.almanac.zone->start_of(day)) asking.may_change(*at);
    };
    for (const Stand& stand : all_stands(version, began, asking)) {
        if (stand.from > clock.due->day) break;  // the deadline had passed
        if (stand.from > asking.today) {
            changes_on(stand.from);
            break;
        }
        if (!stand.to || *stand.to > asking.today) {
            if (stand.to) changes_on(*stand.to);
            note(asking, Step::note, "the clock stands still since " + in_words(stand.from) + " (" + stand.reason + ")");
            return stand.from;
        }
        const int days = stand.to->number - stand.from.number;
        clock.due = shift(Value{.known = true, .point = *clock.due}, Length{.days = days}, 1, asking).point;
        note(asking, Step::offset, "it stood still for " + std::to_string(days) + " days from " + in_words(stand.from) + " (" + stand.reason + "): due moves to " + in_words(clock.due->day));
    }
    return std::nullopt;
}

void settle_state(const Rule& rule, const Version& version, Asking& asking, Clock& clock) {
    const std::optional<Day> stands_since = apply_pauses(version, asking, clock);
    const std::optional<Done> done = done_by(version, asking);
    if (done) {
        clock.discharged_at = done->at;
        clock.discharge_reason = done->by->reason;
        clock.state = state_when_done(rule, *done, clock, stands_since);
        return;
    }
    set_running_state(rule, version, asking, clock, stands_since.has_value());
}

}  // namespace hub::deadlines
