// See evaluation.hpp and evaluate.hpp: warnings before a deadline, escalations after it.
#include <algorithm>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

/// A length before or after a deadline. The ladder is not what the deadline rests on: it leaves no derivation and no trouble.
std::optional<Point> offset_from(const Point& due, const Length& length, int sign, Asking& asking) {
    Derivation* const derivation = asking.derivation;
    asking.derivation = nullptr;
    const std::optional<Error> trouble = asking.trouble;
    const Value at = shift(Value{.known = true, .point = due}, length, sign, asking);
    asking.trouble = trouble;
    asking.derivation = derivation;
    return at.known ? std::optional<Point>(at.point) : std::nullopt;
}

/// A rung is reached no earlier than the breach itself.
std::optional<Instant> rung_of(const Escalation& escalation, Asking& asking, const Point& due) {
    const auto at = offset_from(due, escalation.after, 1, asking);
    const auto begin = at ? begins(*at, asking) : std::nullopt, breach = ends(due, asking);
    return begin && breach ? std::optional<Instant>(std::max(*begin, *breach)) : std::nullopt;
}

std::optional<Instant> rung_of(const Warning& warning, Asking& asking, const Point& due) {
    const auto at = offset_from(due, warning.before, -1, asking);
    return at ? begins(*at, asking) : std::nullopt;
}

template <class Step>
std::uint8_t count_reached(const std::vector<Step>& steps, Asking& asking, const Point& due) {
    std::uint8_t reached = 0;
    for (const Step& each : steps) {
        const auto at = rung_of(each, asking, due);
        if (at && *at <= asking.as_of) ++reached;
        else if (at) asking.may_change(*at);
    }
    return reached;
}

}  // namespace

void count_warnings(const Version& version, Asking& asking, Clock& clock) { clock.warnings = count_reached(version.warnings, asking, *clock.due); }

void count_escalations(const Version& version, Asking& asking, Clock& clock) { clock.escalations = count_reached(version.escalations, asking, *clock.due); }

std::vector<Rung> ladder_of(const RuleBook& book, const History& history, const Question& question, const Clock& clock) {
    std::vector<Rung> ladder;
    const bool climbs = clock.state == ClockState::running || clock.state == ClockState::breached;
    if (!clock.due || !climbs) return ladder;
    Asking asking = ask(book, history, clock.matter, question.as_of);
    const Version* version = choose_version(book, book.rules[clock.rule], asking);
    if (!version) return ladder;
    for (const Warning& each : version->warnings)
        if (const auto at = rung_of(each, asking, *clock.due)) ladder.push_back({false, *at, each.to.empty() ? clock.owner : std::string_view(each.to), *at <= question.as_of});
    for (const Escalation& each : version->escalations)
        if (const auto at = rung_of(each, asking, *clock.due)) ladder.push_back({true, *at, each.to, *at <= question.as_of});
    return ladder;
}

}  // namespace hub::deadlines
