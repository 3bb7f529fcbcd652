// Functions on dates and instants.
#include <cstdlib>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

constexpr std::int64_t minute_us = 60'000'000;

Value unknown_for(Asking& asking, Error trouble) {
    note_trouble(asking, std::move(trouble));
    return {};
}

/// Of two days, whether the earlier argument is the nearer to today; notes when that turns.
bool stays_nearest(Day first, Day second, Asking& asking) {
    const std::int64_t sum = std::int64_t{first.number} + second.number, today = asking.today.number;
    const bool stays = std::llabs(first.number - today) <= std::llabs(second.number - today);
    const auto note = [&](std::int64_t day) { asking.may_change(start_of(Day{static_cast<std::int32_t>(day)}, asking)); };
    if (first < second && stays) note((sum >> 1) + 1);
    if (second < first && !stays) note((sum + 1) >> 1);
    return stays;
}

/// earliest and latest. Today among them is only noted where it wins or will: the later of today and a day stays that day
/// until today has passed it.
Value evaluate_extreme(const Term& term, Asking& asking) {
    const Accepts wins = term.op == Op::earliest ? Accepts::less : Accepts::more;
    Value best;
    const Term* best_mover = nullptr;
    for (const Term& each : term.parts) {
        const Term* const mover = each.mover ? &each : nullptr;
        const Value value = mover ? evaluate_mover(each, asking) : evaluate(each, asking);
        if (mover && !value.known) note_midnight(asking);
        if (!value.known) continue;
        const int order = best.known ? compare(value.point, best.point) : 0;
        if (best.known && mover && !best_mover) note_change(*mover, best.point, wins, order, asking);
        if (best.known && !mover && best_mover) note_change(*best_mover, value.point, turned(wins), -order, asking);
        if (mover && best_mover) note_midnight(asking);
        if (best.known && !accepts(wins, order)) continue;
        best = value;
        best_mover = mover;
    }
    if (best_mover) note_midnight(asking);
    return best;
}

/// first_known and nearest.
Value evaluate_selection(const Term& term, Asking& asking) {
    Value best;
    for (const Term& each : term.parts) {
        const Value value = evaluate(each, asking);
        if (!value.known) continue;
        if (term.op == Op::first_known) return value;
        if (!best.known || !stays_nearest(best.point.day, value.point.day, asking)) best = value;
    }
    return best;
}

Value evaluate_future(const Value& value, Asking& asking) {
    if (!value.known || value.point.day <= asking.today) return {};
    asking.may_change(start_of(value.point.day, asking));
    return value;
}

Value evaluate_day(const Term& term, Asking& asking) {
    const Term& part = term.parts[0];
    if (!part.steady) {
        const Value value = evaluate(part, asking);
        return value.known ? of_day(value.point.day) : value;
    }
    const Value value = evaluate_mover(part, asking);
    if (!value.known) {
        note_midnight(asking);
        return value;
    }
    const Value day = of_day(value.point.day);
    note_change(part, day.point, Accepts::equal, 0, asking);
    return day;
}

Value instant_on(Day day, std::int64_t minute, Asking& asking) {
    const std::optional<Instant> at = asking.almanac.zone ? asking.almanac.zone->instant({day, minute * minute_us}) : std::nullopt;
    if (!at) return unknown_for(asking, outside_zone(in_words(day)));
    return of_point(Point{day, *at, true});
}

/// The last moment that is still that day, so that what is due by the end of a day is due on it.
Value end_of_day(Day day, Asking& asking) {
    const std::optional<Instant> end = asking.almanac.zone ? asking.almanac.zone->end_of(day) : std::nullopt;
    if (!end) return unknown_for(asking, outside_zone(in_words(day)));
    return of_point(Point{day, Instant{end->microseconds - 1}, true});
}

Value evaluate_working(Op op, Day day, Asking& asking) {
    if (!asking.calendar) return unknown_for(asking, no_calendar());
    const Calendar& calendar = *asking.calendar;
    if (op == Op::is_working_day && calendar.covers(day)) {
        const DayKind kind = calendar.kind(day, asking.known_day);
        if (asking.derivation)
            tell(asking, kind.working ? DerivationStep::Kind::counted : DerivationStep::Kind::skipped, in_words(day) + (kind.working ? " is a working day" : " is no working day: " + std::string(kind.why)));
        return of_truth(kind.working);
    }
    const Result<Day> there = op == Op::working_day_on_or_before ? calendar.on_or_before(day, asking.known_day) : calendar.on_or_after(day, asking.known_day);
    if (!there) return unknown_for(asking, there.error());
    if (op == Op::is_working_day) return of_truth(*there == day);
    if (asking.derivation)
        for (Day each = day; each != *there; each = add_days(each, *there < day ? -1 : 1))
            tell(asking, DerivationStep::Kind::skipped, in_words(each) + " is not counted: " + std::string(calendar.kind(each, asking.known_day).why));
    return of_day(*there);
}

std::int64_t months_between(Day from, Day to) {
    if (to < from) return -months_between(to, from);
    const Civil a = civil_from(from), b = civil_from(to);
    const std::int64_t months = (b.year - a.year) * 12 + b.month - a.month;
    return add_months(from, months) > to ? months - 1 : months;
}

Value evaluate_between(const Term& term, Asking& asking) {
    const Value from = evaluate(term.parts[0], asking), to = evaluate(term.parts[1], asking);
    if (!from.known || !to.known) return {};
    if (term.op == Op::months_between) return of_number(months_between(from.point.day, to.point.day));
    return days_between(from, to);
}

Value computed(const Term& term, Asking& asking) {
    switch (term.op) {
        case Op::earliest:
        case Op::latest: return evaluate_extreme(term, asking);
        case Op::first_known:
        case Op::nearest: return evaluate_selection(term, asking);
        case Op::days_between:
        case Op::months_between: return evaluate_between(term, asking);
        case Op::day_of: return evaluate_day(term, asking);
        default: break;
    }
    const Value value = evaluate(term.parts[0], asking);
    if (!value.known) return {};
    switch (term.op) {
        case Op::future: return evaluate_future(value, asking);
        case Op::at_time: return instant_on(value.point.day, term.amount, asking);
        case Op::day_end: return end_of_day(value.point.day, asking);
        case Op::is_weekday: return of_truth(weekday(value.point.day) == term.amount);
        default: return evaluate_working(term.op, value.point.day, asking);
    }
}

}  // namespace

Value evaluate_points(const Term& term, Asking& asking) {
    const Value value = computed(term, asking);
    if (asking.derivation) tell(asking, DerivationStep::Kind::value, term.piece + " is " + words_of(value, term.type, asking));
    return value;
}

}  // namespace hub::deadlines
