// See timeline.hpp: the walk.
#include "hub/cli/timeline.hpp"

#include <algorithm>
#include <set>

namespace hub::cli {
namespace {

using namespace deadlines;

std::string text_of(const std::optional<Point>& point) { return point ? to_text(*point) : std::string(); }

HeldClock held(const Rule& rule, const deadlines::Clock& clock) {
    const Version& version = rule.versions[clock.version];
    HeldClock now{.version = version.name, .state = std::string(name_of(clock.state)), .start = text_of(clock.start), .due = text_of(clock.due)};
    now.owner = clock.owner;
    now.responsibility = clock.responsibility;
    now.reason = clock.reason;
    now.counts = clock.counts;
    now.discharge = clock.discharge_reason;
    now.discharged_at = text_of(clock.discharged_at);
    // Of a clock that is over all warnings lie behind; nobody was warned by that.
    if (clock.state == ClockState::running)
        for (std::size_t i = 0; i < clock.warnings && i < version.warnings.size(); ++i)
            now.warned.push_back(version.warnings[i].to.empty() ? now.owner : version.warnings[i].to);
    for (std::size_t i = 0; i < clock.escalations && i < version.escalations.size(); ++i) now.escalated.push_back(version.escalations[i].to);
    return now;
}

/// The clocks of one rule into `into`; when they may change next.
std::optional<Instant> hold(const RuleBook& book, const History& history, std::uint16_t rule, Instant at, HeldClocks& into) {
    std::optional<Instant> next;
    for (const deadlines::Clock& clock : evaluate(book, history, {at, {&rule, 1}}, &next)) {
        const Matter& matter = history.matters()[clock.matter];
        into[{book.rules[rule].name, matter.kind, matter.id, clock.occurrence}] = held(book.rules[rule], clock);
        if (clock.next && (!next || *clock.next < *next)) next = clock.next;
    }
    return next;
}

/// The first moment of each day from which a day of a calendar is known to be another kind of day than before.
void add_proclamations(const RuleBook& book, Instant from, Instant until, std::set<Instant>& into) {
    const Zone& zone = *book.almanac.zone;
    const auto first = zone.wall(from), last = zone.wall(until);
    if (!first || !last) return;
    for (const auto& [name, calendar] : book.almanac.calendars) {
        const Day end = day_from({calendar->last_year(), 12, 31});
        for (Day day = day_from({calendar->first_year(), 1, 1}); day <= end; day = add_days(day, 1)) {
            Day before = first->day, after = last->day;
            const bool was = calendar->kind(day, before).working;
            if (calendar->kind(day, after).working == was) continue;
            while (add_days(before, 1) < after) {
                const Day middle = add_days(before, (after.number - before.number) / 2);
                (calendar->kind(day, middle).working == was ? before : after) = middle;
            }
            if (const auto start = zone.start_of(after)) into.insert(*start);
        }
    }
}

class Walk {
public:
    Walk(const RuleBook& book, const GivenPerson& person, const TimelineAsked& asked, const TimelineWatcher& watch)
        : book_(book), person_(person), asked_(asked), watch_(watch), rules_(asked.rules) {
        if (rules_.empty())
            for (std::size_t i = 0; i < book.rules.size(); ++i) rules_.push_back(static_cast<std::uint16_t>(i));
    }

    Result<std::vector<TimelineChange>> run() {
        std::set<Instant> moments = told_moments();
        if (moments.empty()) return std::vector<TimelineChange>{};
        const Instant first = *moments.begin();
        add_proclamations(book_, first, asked_.until, anew_);
        moments.insert(anew_.begin(), anew_.end());
        anew_.insert(first);
        for (std::size_t steps = 0; !moments.empty(); ++steps) {
            const Instant at = *moments.begin();
            moments.erase(moments.begin());
            if (at > asked_.until) break;
            if (steps >= asked_.steps_max)
                return Error{.what = "the timeline of '" + person_.id + "' has more than " + std::to_string(asked_.steps_max) + " moments (timeline_steps_max)",
                             .cure = "ask for fewer rules with --rule, or for an earlier end with --until",
                             .code = "timeline_steps"};
            step(at, moments);
        }
        return std::move(changes_);
    }

private:
    std::set<Instant> told_moments() const {
        std::set<Instant> moments;
        for (const GivenFact& fact : person_.facts) {
            if (fact.recorded_at != from_the_beginning) moments.insert(fact.recorded_at);
            if (fact.retracted_at && *fact.retracted_at != from_the_beginning) moments.insert(*fact.retracted_at);
        }
        return moments;
    }

    /// Rules of which a fact, or a matter, is told at this moment, and those whose time has come.
    std::set<std::uint16_t> concerned(Instant at) const {
        std::set<std::uint16_t> found;
        std::set<std::string> kinds_of_matter;
        for (const GivenFact& fact : person_.facts) {
            if (fact.recorded_at != at && fact.retracted_at != at) continue;
            kinds_of_matter.insert(fact.matter_kind);
            if (const KindId kind = book_.kinds->find(fact.kind); kind != no_kind) found.insert(book_.readers[kind].begin(), book_.readers[kind].end());
        }
        for (const std::uint16_t rule : rules_) {
            const auto next = next_.find(rule);
            if (anew_.contains(at) || kinds_of_matter.contains(book_.rules[rule].matter) || (next != next_.end() && next->second <= at)) found.insert(rule);
        }
        return found;
    }

    void step(Instant at, std::set<Instant>& moments) {
        const std::set<std::uint16_t> evaluated = concerned(at);
        // What is wrong with a fact is said once: by whoever reads all of them.
        Problems said_elsewhere;
        const History history(*book_.kinds, *book_.almanac.zone, person_.facts, at, said_elsewhere);
        for (const std::uint16_t rule : rules_) {
            if (!evaluated.contains(rule)) continue;
            HeldClocks now;
            const std::optional<Instant> next = hold(book_, history, rule, at, now);
            next_.erase(rule);
            if (next) {
                // A time that has passed already is looked at once more and no sooner than can be told apart.
                next_[rule] = std::max(*next, Instant{at.microseconds + 1});
                moments.insert(next_[rule]);
            }
            replace(at, book_.rules[rule].name, now);
        }
        if (watch_) watch_(at, held_);
    }

    void replace(Instant at, const std::string& rule, HeldClocks& now) {
        auto old = held_.lower_bound({rule, "", "", ""});
        while (old != held_.end() && std::get<0>(old->first) == rule) {
            if (const auto found = now.find(old->first); found != now.end()) {
                compare(at, old->first, old->second, found->second);
                old->second = found->second;
                now.erase(found);
                ++old;
            } else {
                changes_.push_back({at, person_.id, old->first, "gone", old->second.state, "", old->second});
                old = held_.erase(old);
            }
        }
        for (const auto& [name, clock] : now) {
            changes_.push_back({at, person_.id, name, "appeared", "", clock.due, clock});
            tell_ladder(at, name, {}, clock);
            held_.emplace(name, clock);
        }
    }

    void compare(Instant at, const ClockName& name, const HeldClock& before, const HeldClock& now) {
        const auto differs = [&](const char* change, const std::string& from, const std::string& to) {
            if (from != to) changes_.push_back({at, person_.id, name, change, from, to, now});
        };
        if (before.start != before.due || now.start != now.due) differs("start_moved", before.start, now.start);
        differs("moved", before.due, now.due);
        differs(now.state.c_str(), before.state, now.state);
        differs("responsible", before.responsibility, now.responsibility);
        differs("owner", before.owner, now.owner);
        differs("reason", before.reason, now.reason);
        differs("counts", before.counts, now.counts);
        tell_ladder(at, name, before, now);
    }

    void tell_ladder(Instant at, const ClockName& name, const HeldClock& before, const HeldClock& now) {
        for (std::size_t i = before.warned.size(); i < now.warned.size(); ++i) changes_.push_back({at, person_.id, name, "warned", "", now.warned[i], now});
        for (std::size_t i = before.escalated.size(); i < now.escalated.size(); ++i) changes_.push_back({at, person_.id, name, "escalated", "", now.escalated[i], now});
    }

    const RuleBook& book_;
    const GivenPerson& person_;
    const TimelineAsked& asked_;
    const TimelineWatcher& watch_;
    std::vector<std::uint16_t> rules_;
    std::set<Instant> anew_{};                      ///< moments at which every rule is looked at
    std::map<std::uint16_t, Instant> next_{};
    HeldClocks held_{};
    std::vector<TimelineChange> changes_{};
};

}  // namespace

Result<std::vector<TimelineChange>> timeline(const RuleBook& book, const GivenPerson& person, const TimelineAsked& asked, Problems& problems,
                                             const TimelineWatcher& watch) {
    const History everything(*book.kinds, *book.almanac.zone, person.facts, asked.until, problems);
    return Walk(book, person, asked, watch).run();
}

HeldClocks held_at(const RuleBook& book, const GivenPerson& person, Instant at, const std::vector<std::uint16_t>& rules, Problems& problems) {
    const History history(*book.kinds, *book.almanac.zone, person.facts, at, problems);
    HeldClocks held_clocks;
    for (const std::uint16_t rule : rules) hold(book, history, rule, at, held_clocks);
    return held_clocks;
}

}  // namespace hub::cli
