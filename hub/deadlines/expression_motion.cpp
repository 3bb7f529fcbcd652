// When a comparison with today or now comes out another way.
//
// A mover is today or now with lengths added. As time goes on it never goes back (a later day leads to a later day or the
// same one, also at the ends of months and over holidays), so the moment at which it reaches a point can be searched near
// the point moved the other way. One exception: in the hour that the clocks show twice, and around it, now moved by days or
// months keeps the clock's reading and may go back; on such days every full hour is noted.
#include <algorithm>
#include <utility>

#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t hour_us = 60 * minute_us;
constexpr std::int64_t day_us = 24 * hour_us;
constexpr int walk_max = 40;  ///< days between a point moved there and back; more than that and every midnight is noted

struct Lengths {
    bool days = false;     ///< months, days or working days
    bool working = false;
    bool minutes = false;
    std::int64_t sum_minutes = 0;
};

const Term& below(const Term& term, const Asking& asking) {
    return term.op == Op::let ? asking.named->lets[term.index].second.root()->root : term.parts[0];
}

Lengths lengths_of(const Term& mover, const Asking& asking) {
    Lengths out;
    for (const Term* term = &mover; term->op == Op::offset || term->op == Op::let; term = &below(*term, asking)) {
        if (term->op != Op::offset) continue;
        out.working = out.working || term->length.working_days != 0;
        out.days = out.days || term->length.months != 0 || term->length.days != 0 || term->length.working_days != 0;
        out.minutes = out.minutes || term->length.minutes != 0;
        out.sum_minutes += term->sign * term->length.minutes;
    }
    return out;
}

/// Where the mover would be on another today; nothing when it cannot be computed.
std::optional<Day> on(const Term& mover, Day today, const Asking& asking) {
    if (mover.op == Op::today || mover.op == Op::now) return today;
    const std::optional<Day> from = on(below(mover, asking), today, asking);
    if (!from || mover.op == Op::let) return from;
    std::optional<Error> trouble;
    const std::optional<Point> to = moved(Point{*from, {}, false}, mover.length, mover.sign, asking, trouble, nullptr);
    return to ? std::optional(to->day) : std::nullopt;
}

/// About the today on which the mover is on `day`.
std::optional<Day> back_from(const Term& mover, Day day, const Asking& asking) {
    if (mover.op == Op::today || mover.op == Op::now) return day;
    if (mover.op == Op::let) return back_from(below(mover, asking), day, asking);
    std::optional<Error> trouble;
    std::optional<Point> from = moved(Point{day, {}, false}, mover.length, -mover.sign, asking, trouble, nullptr);
    if (!from) {  // outside the calendar's years: five of seven days work
        Length rough = mover.length;
        rough.days += std::exchange(rough.working_days, 0) * 7 / 5;
        from = moved(Point{day, {}, false}, rough, -mover.sign, asking, trouble, nullptr);
    }
    return from ? back_from(below(mover, asking), from->day, asking) : std::nullopt;
}

/// The first day after today on which the mover is on `day` or later, or cannot be computed. Tomorrow when it is hard to say.
Day first_day(const Term& mover, Day day, Day near, const Asking& asking) {
    const Day tomorrow = add_days(asking.today, 1);
    const auto reached = [&](Day today) {
        const std::optional<Day> there = on(mover, today, asking);
        return !there || *there >= day;
    };
    Day found = std::max(back_from(mover, near, asking).value_or(tomorrow), tomorrow);
    int steps = 0;
    for (; found > tomorrow && steps < walk_max && reached(add_days(found, -1)); ++steps) found = add_days(found, -1);
    for (; steps < walk_max && !reached(found); ++steps) found = add_days(found, 1);
    return steps < walk_max ? found : tomorrow;
}

bool has_odd_hours(Day day, const Asking& asking) { return start_of(add_days(day, 1), asking).microseconds - start_of(day, asking).microseconds != day_us; }

void note_full(std::int64_t unit_us, Asking& asking) {
    const std::int64_t into = ((asking.as_of.microseconds % unit_us) + unit_us) % unit_us;
    asking.may_change(Instant{asking.as_of.microseconds - into + unit_us});
}

/// Of now moved by days, months and perhaps hours, against an instant on whose day it is: in between full hours (or minutes,
/// where hours were added before days) it moves no faster than time.
void note_steady_change(const Term& mover, Instant target, Asking& asking) {
    Derivation* const derivation = asking.derivation;
    asking.derivation = nullptr;
    const Value at = evaluate_mover(mover, asking);
    asking.derivation = derivation;
    if (at.known) asking.may_change(Instant{asking.as_of.microseconds + target.microseconds - at.point.instant.microseconds});
}

void note_reaching(const Term& mover, const Lengths& lengths, const Point& still, bool passing, Asking& asking) {
    const Day day = add_days(still.day, passing && !still.exact ? 1 : 0);
    const Instant target = still.exact ? Instant{still.instant.microseconds + (passing ? 1 : 0)} : start_of(day, asking);
    if (!lengths.days) return asking.may_change(Instant{target.microseconds - lengths.sum_minutes * minute_us});
    if (lengths.minutes) return note_steady_change(mover, target, asking);
    const std::optional<Day> today = on(mover, asking.today, asking);
    if (today && *today < day) return asking.may_change(start_of(first_day(mover, day, day, asking), asking));
    note_steady_change(mover, target, asking);
}

/// Of today moved: nothing but days count, and some days it never is on (no day a year before 29 February).
void note_daily_change(const Term& mover, Day still, Accepts what, int order, Asking& asking) {
    for (int later = order + 1; later <= 1; ++later) {
        if (accepts(what, later) == accepts(what, order)) continue;
        const Day wanted = add_days(still, later), found = first_day(mover, wanted, wanted, asking);
        const std::optional<Day> there = later == 0 && accepts(what, 1) == accepts(what, order) ? on(mover, found, asking) : std::nullopt;
        if (there && *there > still) return;
        return asking.may_change(start_of(found, asking));
    }
}

/// Working days come to an end where the calendar does: the comparison is unknown from there on.
void note_calendar_end(const Term& mover, Asking& asking) {
    if (!asking.calendar) return;
    const Day last = day_from({asking.calendar->last_year(), 12, 31});
    asking.may_change(start_of(first_day(mover, add_days(last, 1), last, asking), asking));
}

}  // namespace

Instant start_of(Day day, const Asking& asking) {
    if (asking.almanac.zone)
        if (const std::optional<Instant> start = asking.almanac.zone->start_of(day)) return *start;
    return Instant{day.number * day_us - hour_us};
}

void note_midnight(Asking& asking) { asking.may_change(start_of(add_days(asking.today, 1), asking)); }

void note_change(const Term& mover, const Point& still, Accepts what, int order, Asking& asking) {
    const Lengths lengths = lengths_of(mover, asking);
    if (lengths.working) note_calendar_end(mover, asking);
    if (!mover.steady) return note_daily_change(mover, still.day, what, order, asking);
    if (lengths.days) {
        if (lengths.minutes) note_full(minute_us, asking);
        else if (has_odd_hours(asking.today, asking) || (still.exact && has_odd_hours(still.day, asking) && on(mover, asking.today, asking) == still.day)) note_full(hour_us, asking);
    }
    for (int later = order + 1; later <= 1; ++later)
        if (accepts(what, later) != accepts(what, order)) return note_reaching(mover, lengths, still, later == 1, asking);
}

}  // namespace hub::deadlines
