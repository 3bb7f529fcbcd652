// See made.hpp.
#include "hub/deadlines/made.hpp"

#include "hub/deadlines/evaluation.hpp"

namespace hub::deadlines {
namespace {

/// A clock that stands still asks for nothing until it runs again.
bool may_make(ClockState state) { return state == ClockState::running || state == ClockState::breached || state == ClockState::told_late; }

std::string text_of(const Expression& expression, const Value& value) {
    switch (expression.type()) {
        case ValueType::date: return to_text(value.point.day);
        case ValueType::instant: return to_text(value.point);
        case ValueType::number: return number_text(value.number);
        case ValueType::yes_no: return value.yes ? "yes" : "no";
        case ValueType::code:
        case ValueType::text: break;
    }
    return std::string(value.text);
}

Made make(std::size_t index, const Generated& generated, Asking& asking) {
    Made made{index, generated.record, {}};
    for (const Generated::Set& set : generated.sets) {
        const Value value = set.value.evaluate(asking);
        if (value.known) made.values.emplace_back(set.path, text_of(set.value, value));
    }
    return made;
}

/// Goes back to the clock's version and period.
bool find_again(const RuleBook& book, const Clock& clock, Asking& asking) {
    const Version* version = choose_version(book, book.rules[clock.rule], asking);
    if (!version) return false;
    for (const Period& period : periods_of(*version, asking)) {
        if ((period.first ? to_text(*period.first) : std::string()) != clock.occurrence) continue;
        if (period.first) {
            asking.window_start = Value{.known = true, .point = {*period.first, {}, false}};
            asking.window_end = Value{.known = true, .point = {*period.last, {}, false}};
        }
        start_over(asking);
        return true;
    }
    return false;
}

}  // namespace

std::vector<Made> made_by(const RuleBook& book, const History& history, const Question& question, const Clock& clock) {
    std::vector<Made> made;
    const Version& version = book.rules[clock.rule].versions[clock.version];
    if (version.generated.empty() || !may_make(clock.state)) return made;
    Asking asking = ask(book, history, clock.matter, question.as_of);
    if (clock.start && !has_begun(*clock.start, asking)) return made;
    if (!find_again(book, clock, asking)) return made;
    for (std::size_t i = 0; i < version.generated.size(); ++i)
        if (!version.generated[i].when || holds(version.generated[i].when, asking)) made.push_back(make(i, version.generated[i], asking));
    return made;
}

}  // namespace hub::deadlines
