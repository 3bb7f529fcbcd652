// See evaluate.hpp: why a clock says what it says.
#include <algorithm>
#include <set>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

using Step = DerivationStep::Kind;

std::string in_words_at(const Point& point) { return point.exact ? to_text(point) : in_words(point.day); }

/// Law, policy or agreement: a reader must not take one for the other.
std::string standing_in_words(const std::string& standing) {
    if (standing == "statute" || standing == "regulation") return "the law (" + standing + ")";
    if (standing == "local") return "a local agreement, not the law";
    if (standing == "service") return "how a live service computes it, not the law";
    return standing + ", not the law";
}

/// What was read twice is said once.
void say_once(Derivation& derivation) {
    std::set<std::string> said;
    const auto again = [&](const DerivationStep& step) {
        return (step.kind == Step::fact || step.kind == Step::missing) && !said.insert(step.text).second;
    };
    derivation.erase(std::remove_if(derivation.begin(), derivation.end(), again), derivation.end());
}

void add_result(const Rule& rule, const Clock& clock, Asking& asking) {
    if (clock.start) note(asking, Step::result, "it starts on " + in_words_at(*clock.start));
    if (clock.due) note(asking, Step::result, "it is due on " + in_words_at(*clock.due));
    else if (!clock.trouble.empty()) note(asking, Step::result, "the deadline cannot be worked out: " + clock.trouble);
    else note(asking, Step::result, "there is no deadline");
    if (clock.late_known && clock.told_at) {
        const auto wall = asking.almanac.zone->wall(*clock.told_at);
        note(asking, Step::note, "the hub was told" + (wall ? " on " + in_words(wall->day) : std::string()) + ", after the deadline had passed: told late, not a breach");
    }
    if (clock.discharged_at)
        note(asking, Step::result, std::string(name_of(clock.state)) + ": " + std::string(clock.discharge_reason) + " on " + in_words_at(*clock.discharged_at));
    else
        note(asking, Step::result, "as of " + in_words(asking.today) + " it is " + std::string(name_of(clock.state)));
    if (!clock.responsibility.empty()) note(asking, Step::result, "responsible: " + std::string(clock.responsibility));
    if (!clock.owner.empty()) note(asking, Step::result, "owed by: " + std::string(clock.owner));
    if (rule.kind == RuleKind::measure) note(asking, Step::result, "counts as: " + std::string(clock.counts));
}

}  // namespace

Derivation derive(const RuleBook& book, const History& history, const Question& question, const Clock& clock) {
    const Rule& rule = book.rules[clock.rule];
    Derivation derivation;
    Asking asking = ask(book, history, clock.matter, question.as_of);
    const Version* version = choose_version(book, rule, asking);
    if (!version) return derivation;
    asking.derivation = &derivation;
    note(asking, Step::note, "rule " + rule.name + ", version " + version->name + " (in force from " + in_words(version->from) + "): " + version->citation.text +
                                 "; this is " + standing_in_words(version->citation.standing));
    for (const Period& period : periods_of(*version, asking)) {
        if ((period.first ? to_text(*period.first) : std::string()) != clock.occurrence) continue;
        if (period.first) note(asking, Step::note, "for the period from " + in_words(*period.first) + " to " + in_words(*period.last));
        const std::optional<Clock> again = make_clock(book, clock.rule, *version, period, asking);
        if (again) add_result(rule, *again, asking);
        break;
    }
    say_once(derivation);
    return derivation;
}

}  // namespace hub::deadlines
