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

ClockState state_when_done(const Done& done, const Clock& clock) {
    const bool in_time = !clock.due || compare(done.at, *clock.due) <= 0;
    if (done.by->voids && in_time) return ClockState::void_;
    if (in_time || clock.late_known) return done.by->voids ? ClockState::void_ : ClockState::met;
    return ClockState::late;
}

void set_running_state(const Rule& rule, const Version& version, Asking& asking, Clock& clock, bool paused) {
    if (!clock.due) {
        clock.state = ClockState::void_;
        return;
    }
    const bool past = is_over(*clock.due, asking);
    const auto over = ends(*clock.due, asking);
    if (!past) {
        clock.state = paused ? ClockState::paused : ClockState::running;
        if (over && !paused) asking.may_change(*over);
        if (!paused) count_warnings(version, asking, clock);
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
            if (!open && now) stands.push_back({fact.valid_from.day, std::nullopt});
        }
    }
    return stands;
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

bool apply_pauses(const Version& version, Asking& asking, Clock& clock) {
    bool stands_now = false;
    const Day began = clock.start ? clock.start->day : asking.window_start ? asking.window_start->point.day : Day{INT32_MIN};
    for (const Pause& pause : version.pauses)
        for (Stand stand : stands_of(pause, asking)) {
            if (stand.to && *stand.to <= began) continue;  // over before the clock ran
            stand.from = std::max(stand.from, began);
            if (!clock.due || stand.from > clock.due->day || stand.from > asking.today) continue;
            if (!stand.to || *stand.to > asking.today) {
                stands_now = true;
                if (stand.to)
                    if (const auto at = asking.almanac.zone->start_of(*stand.to)) asking.may_change(*at);
                note(asking, Step::note, "the clock stands still since " + in_words(stand.from) + " (" + pause.reason + ")");
                continue;
            }
            const int days = stand.to->number - stand.from.number;
            clock.due = shift(Value{.known = true, .point = *clock.due}, Length{.days = days}, 1, asking).point;
            note(asking, Step::offset, "it stood still for " + std::to_string(days) + " days from " + in_words(stand.from) + " (" + pause.reason + "): due moves to " +
                                           in_words(clock.due->day));
        }
    return stands_now;
}

void settle_state(const Rule& rule, const Version& version, Asking& asking, Clock& clock) {
    const bool paused = apply_pauses(version, asking, clock);
    const std::optional<Done> done = done_by(version, asking);
    if (done) {
        clock.discharged_at = done->at;
        clock.discharge_reason = done->by->reason;
        clock.state = state_when_done(*done, clock);
        return;
    }
    set_running_state(rule, version, asking, clock, paused);
}

}  // namespace hub::deadlines
