// See evaluation.hpp: one clock, from its case to its state.
#include <algorithm>
#include <utility>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

using Step = DerivationStep::Kind;

constexpr int told_looks_max = 64;  ///< tellings of one deadline that are looked through

const Case* first_case(const Version& version, Asking& asking) {
    for (const Case& each : version.cases)
        if (!each.when || holds(each.when, asking)) return &each;
    return nullptr;
}

std::string_view owner_of(const Rule& rule, Asking& asking) {
    for (const Owner& owner : rule.owners)
        if (!owner.when || holds(owner.when, asking)) return owner.role;
    return {};
}

void set_window(const Period& period, Asking& asking, Clock& clock) {
    if (!period.first) return;
    asking.window_start = Value{.known = true, .point = {*period.first, {}, false}};
    asking.window_end = Value{.known = true, .point = {*period.last, {}, false}};
    clock.occurrence = to_text(*period.first);
}

std::optional<Point> point_of(const Expression& expression, Asking& asking) {
    if (!expression) return std::nullopt;
    const Value value = expression.evaluate(asking);
    return value.known ? std::optional<Point>(value.point) : std::nullopt;
}

void at_day(Day day, Asking& asking) {
    if (const auto at = asking.almanac.zone->start_of(day)) asking.may_change(*at);
}

/// Before the start, from there to the day before due, from due on. The day of handover itself belongs to the one who takes over.
void set_responsibility(const Version& version, const Case& chosen, Asking& asking, Clock& clock) {
    clock.responsibility = chosen.responsibility;
    if (!chosen.responsibility.empty() || !clock.due || version.before.empty()) return;
    const Day start = clock.start ? clock.start->day : clock.due->day;
    if (asking.today >= clock.due->day) {
        clock.responsibility = version.after;
    } else {
        clock.responsibility = asking.today >= start ? version.between : version.before;
        at_day(clock.due->day, asking);
        at_day(start, asking);
    }
}

std::optional<Instant> latest_of(const std::optional<Instant>& a, const std::optional<Instant>& b) { return !a || (b && *b > *a) ? b : a; }

bool is_about(const Version& version, Asking& asking) { return !version.guard || holds(version.guard, asking); }

/// Since when the hub has known of this deadline: telling it the same day once more, in other words, tells it nothing. Looked into only
/// where it matters, for one that was told when it had passed. A deadline rests on its guard, its period and its due; which case it is
/// and whose says nothing about the day.
void find_first_told(const Version& version, const Case& chosen, const Period& period, Asking& asking, const Clock& clock) {
    const auto over = ends(*clock.due, asking);
    for (int look = 0; look < told_looks_max && over && asking.told && *asking.told >= *over; ++look) {
        if (period.told && *period.told >= *asking.told) return;
        Asking earlier = asking;
        earlier.derivation = nullptr;
        earlier.told_before = asking.told;
        start_over(earlier);
        earlier.told = period.told;
        const std::optional<Point> due = is_about(version, earlier) ? point_of(chosen.due, earlier) : std::nullopt;
        if (!due || *due != *clock.due || !earlier.told) return;
        asking.told = earlier.told;
    }
}

/// Who is told after the day that it was due cannot have been in time. By policy the deadline then starts from the telling.
void apply_late_knowledge(const Rule& rule, Asking& asking, Clock& clock) {
    if (!clock.due || !asking.told) return;
    clock.told_at = asking.told;
    const auto over = ends(*clock.due, asking);
    clock.late_known = over && *asking.told >= *over;
    if (!clock.late_known || !rule.late.prompt) return;
    const auto wall = asking.almanac.zone->wall(*asking.told);
    if (!wall) return;
    const Value told{.known = true, .point = {wall->day, *asking.told, rule.late.allowance.minutes != 0}};
    note(asking, Step::note, "the hub was told on " + in_words(wall->day) + ", after " + in_words(clock.due->day) + ": the deadline is " + rule.late.text + " from then");
    const Value due = shift(told, rule.late.allowance, 1, asking);
    if (due.known) clock.due = due.point;
}

/// A record is made when the clock begins, and when its test comes to hold.
void note_making(const Version& version, const Clock& clock, Asking& asking) {
    if (version.generated.empty()) return;
    if (const auto start = clock.start ? begins(*clock.start, asking) : std::nullopt) asking.may_change(*start);
    Derivation* const derivation = std::exchange(asking.derivation, nullptr);  // the deadline does not rest on it
    for (const Generated& each : version.generated)
        if (each.when) holds(each.when, asking);
    asking.derivation = derivation;
}

}  // namespace

std::optional<Clock> make_clock(const RuleBook& book, std::uint16_t index, const Version& version, const Period& period, Asking& asking) {
    const Rule& rule = book.rules[index];
    Clock clock{.rule = index, .version = static_cast<std::uint16_t>(&version - rule.versions.data()), .matter = asking.matter};
    set_window(period, asking, clock);
    start_over(asking);
    if (!is_about(version, asking)) return std::nullopt;
    const auto told_of_guard = latest_of(asking.told, period.told);
    const Case* chosen = first_case(version, asking);
    if (!chosen) return std::nullopt;
    clock.reason = chosen->reason;
    clock.counts = chosen->counts;
    clock.owner = owner_of(rule, asking);
    start_over(asking);
    asking.told = told_of_guard;
    if (chosen->due) {
        clock.due = point_of(chosen->due, asking);
        if (clock.due) find_first_told(version, *chosen, period, asking, clock);
        const auto told = asking.told;
        clock.start = chosen->start ? point_of(chosen->start, asking) : std::nullopt;
        asking.told = told;
        if (!clock.due && !asking.trouble) return std::nullopt;
    }
    if (chosen->due && !clock.due) {
        clock.state = ClockState::undetermined;
        clock.trouble = hub::to_text(*asking.trouble);
    } else {
        set_responsibility(version, *chosen, asking, clock);
        apply_late_knowledge(rule, asking, clock);
        settle_state(rule, version, asking, clock);
    }
    note_making(version, clock, asking);
    clock.next = asking.next;
    return clock;
}

}  // namespace hub::deadlines
