// See evaluate.hpp: which clocks there are.
#include "hub/deadlines/evaluate.hpp"

#include <algorithm>

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

void keep_earlier(std::optional<Instant>& earliest, const std::optional<Instant>& other) {
    if (other && (!earliest || *other < *earliest)) earliest = other;
}

void evaluate_matter(const RuleBook& book, const History& history, std::uint16_t index, std::uint32_t matter, Instant as_of, std::vector<Clock>& into,
                     std::optional<Instant>& next) {
    const Rule& rule = book.rules[index];
    Asking choosing = ask(book, history, matter, as_of);
    const Version* version = choose_version(book, rule, choosing);
    keep_earlier(next, choosing.next);
    if (!version) return;
    for (const Period& period : periods_of(*version, choosing)) {
        Asking asking = choosing;
        if (std::optional<Clock> clock = make_clock(book, index, *version, period, asking))
            into.push_back(std::move(*clock));
        keep_earlier(next, asking.next);
    }
    keep_earlier(next, choosing.next);
}

}  // namespace

std::string_view name_of(ClockState state) {
    switch (state) {
        case ClockState::running: return "running";
        case ClockState::paused: return "paused";
        case ClockState::met: return "met";
        case ClockState::late: return "late";
        case ClockState::breached: return "breached";
        case ClockState::told_late: return "told_late";
        case ClockState::void_: return "void";
        case ClockState::superseded: return "superseded";
        case ClockState::undetermined: return "undetermined";
    }
    return "undetermined";
}

std::vector<Clock> evaluate(const RuleBook& book, const History& history, const Question& question, std::optional<Instant>* next) {
    std::vector<Clock> clocks;
    std::optional<Instant> earliest;
    const auto matters = history.matters();
    const auto each_rule = [&](std::uint16_t index) {
        for (std::uint32_t matter = 0; matter < matters.size(); ++matter)
            if (matters[matter].kind == book.rules[index].matter) evaluate_matter(book, history, index, matter, question.as_of, clocks, earliest);
    };
    if (question.rules.empty())
        for (std::size_t i = 0; i < book.rules.size(); ++i) each_rule(static_cast<std::uint16_t>(i));
    else
        for (const std::uint16_t index : question.rules) each_rule(index);
    if (next) *next = earliest;
    return clocks;
}

namespace {

Asking ask_gate(const RuleBook& book, const Gate& gate, const History& history, std::uint32_t matter, Instant as_of) {
    Asking asking = ask(book, history, matter, as_of);
    asking.named = &gate.named;
    const auto england = book.almanac.calendars.find("england_and_wales");
    if (england != book.almanac.calendars.end()) asking.calendar = england->second.get();
    start_over(asking);
    return asking;
}

}  // namespace

bool applies(const RuleBook& book, const Gate& gate, const History& history, std::uint32_t matter, Instant as_of) {
    Asking asking = ask_gate(book, gate, history, matter, as_of);
    return !gate.when || holds(gate.when, asking);
}

std::vector<const Gate::Need*> missing(const RuleBook& book, const Gate& gate, const History& history, std::uint32_t matter, Instant as_of) {
    std::vector<const Gate::Need*> lacking;
    Asking asking = ask_gate(book, gate, history, matter, as_of);
    if (gate.when && !holds(gate.when, asking)) return lacking;
    for (const Gate::Need& need : gate.needs)
        if (!holds(need.test, asking)) lacking.push_back(&need);
    return lacking;
}

}  // namespace hub::deadlines
