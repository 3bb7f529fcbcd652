// See evaluation.hpp: which version of a rule counts, and the periods of a recurring one.
#include <algorithm>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

void day_may_change(const Day day, Asking& asking) {
    if (const auto at = asking.almanac.zone->start_of(day)) asking.may_change(*at);
}

/// The day that chooses the version. Where it is today, each version's bounds are days on which the choice may change.
std::optional<Day> choosing_day(const Rule& rule, Asking& asking) {
    if (rule.by) {
        const Value by = rule.by.evaluate(asking);
        return by.known ? std::optional<Day>(by.point.day) : std::nullopt;
    }
    for (const Version& version : rule.versions) {
        day_may_change(version.from, asking);
        if (version.to) day_may_change(*version.to, asking);
    }
    return asking.today;
}

bool in_force(const Version& version, Day day) { return version.from <= day && (!version.to || day < *version.to); }

Day first_of_month(Day day) {
    const Civil civil = civil_from(day);
    return day_from({civil.year, civil.month, 1});
}

/// First day of the n-th period. Counted from the first each time: months clamp, and would drift if they were added one by one.
Day period_start(const Recurrence& every, Day first, std::int64_t n) {
    return every.every.months > 0 ? add_months(first, n * every.every.months) : add_days(first, n * every.every.days);
}

/// The number of the first period that is still looked at: the last periods_max up to today.
std::int64_t first_period(const Recurrence& every, Day first, Day today) {
    const Civil from = civil_from(first), to = civil_from(today);
    const std::int64_t months = (to.year - from.year) * 12 + to.month - from.month, days = std::int64_t{today.number} - first.number;
    const std::int64_t begun = every.every.months > 0 ? months / every.every.months : days / every.every.days;
    return std::max<std::int64_t>(0, begun - static_cast<std::int64_t>(Recurrence::periods_max) + 1);
}

}  // namespace

bool holds(const Expression& test, Asking& asking) {
    const Value value = test.evaluate(asking);
    return value.known && value.yes;
}

Asking ask(const RuleBook& book, const History& history, std::uint32_t matter, Instant as_of) {
    Asking asking{.kinds = *book.kinds, .history = history, .matter = matter, .almanac = book.almanac, .as_of = as_of};
    const auto today = book.almanac.zone->wall(as_of), known = book.almanac.zone->wall(history.known_at());
    if (today) asking.today = today->day;
    else asking.trouble = Error{.remedy = Remedy::reject, .what = "the zone's table does not cover " + to_text(as_of), .code = "TG-D031"};
    asking.known_day = known ? known->day : asking.today;
    return asking;
}

void start_over(Asking& asking) {
    asking.lets.assign(asking.named ? asking.named->lets.size() : 0, std::nullopt);
    asking.told.reset();
}

const Version* choose_version(const RuleBook& book, const Rule& rule, Asking& asking) {
    if (rule.versions.empty()) return nullptr;
    asking.named = &rule.versions.front().named;  // `by` names settings and the rule's own lets, which all versions have
    start_over(asking);
    const std::optional<Day> day = choosing_day(rule, asking);
    if (!day) return nullptr;
    const Version* best = nullptr;
    for (const Version& version : rule.versions) {
        if (!version.from_setting.empty() && std::count(version.unset.begin(), version.unset.end(), version.from_setting) != 0) continue;
        if (version.known_from > asking.known_day) {
            day_may_change(version.known_from, asking);
            continue;
        }
        if (!in_force(version, *day) || (best && version.known_from <= best->known_from)) continue;
        asking.named = &version.named;
        start_over(asking);
        if (version.scope && !holds(version.scope, asking)) continue;
        best = &version;
    }
    if (!best || !best->unset.empty()) return nullptr;
    asking.named = &best->named;
    const auto calendar = book.almanac.calendars.find(best->calendar);
    asking.calendar = calendar == book.almanac.calendars.end() ? nullptr : calendar->second.get();
    start_over(asking);
    return best;
}

std::vector<Period> periods_of(const Version& version, Asking& asking) {
    if (!version.every) return {Period{}};
    const Recurrence& every = *version.every;
    const Value from = every.from.evaluate(asking);
    if (!from.known) return {};
    const std::optional<Instant> told = asking.told;
    const Value until = every.until ? every.until.evaluate(asking) : Value{};
    const Day begin = from.point.day, first = every.calendar ? first_of_month(begin) : begin;
    std::vector<Period> periods;
    for (std::int64_t n = first_period(every, first, asking.today); periods.size() < Recurrence::periods_max; ++n) {
        const Day start = period_start(every, first, n), last = add_days(period_start(every, first, n + 1), -1);
        if (until.known && start > until.point.day) break;
        if (start > asking.today) {
            day_may_change(start, asking);
            break;
        }
        const bool part = start < begin || (until.known && last > until.point.day);
        if (part && every.whole) continue;
        periods.push_back({std::max(start, begin), until.known ? std::min(last, until.point.day) : last, told});
    }
    return periods;
}

}  // namespace hub::deadlines
