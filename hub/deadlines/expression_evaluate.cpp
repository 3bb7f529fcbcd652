// What a checked expression comes to.
//
// A part notes when it may change only when it was evaluated: what a test left out cannot change its outcome before
// what it did look at changes.
#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

using Step = DerivationStep::Kind;

const Term& let_of(const Term& term, const Asking& asking) { return asking.named->lets[term.index].second.root()->root; }

Value evaluate_let(const Term& term, Asking& asking) {
    if (!asking.named || term.index >= asking.named->lets.size() || !asking.named->lets[term.index].second) return {};
    if (asking.lets.size() < asking.named->lets.size()) asking.lets.resize(asking.named->lets.size());
    if (!asking.lets[term.index]) {
        const std::optional<Instant> next = asking.next, told = asking.told;
        asking.next = asking.told = std::nullopt;
        Asking::Remembered remembered;
        const bool had_trouble = asking.trouble.has_value();
        remembered.value = evaluate(let_of(term, asking), asking);
        remembered.next = asking.next;
        remembered.told = asking.told;
        asking.next = next;
        asking.told = told;
        if (asking.derivation) tell(asking, Step::value, term.word + " is " + words_of(remembered.value, term.type, asking));
        asking.lets[term.index] = remembered;
        if (asking.trouble && !had_trouble) {  // whoever clears the trouble must meet it again
            const Value value = remembered.value;
            asking.lets[term.index].reset();
            if (remembered.next) asking.may_change(*remembered.next);
            if (remembered.told && (!asking.told || *asking.told < *remembered.told)) asking.told = remembered.told;
            return value;
        }
    }
    const Asking::Remembered& remembered = *asking.lets[term.index];
    if (remembered.next) asking.may_change(*remembered.next);
    if (remembered.told && (!asking.told || *asking.told < *remembered.told)) asking.told = remembered.told;
    return remembered.value;
}

Value evaluate_all(const Term& term, Asking& asking) {
    bool unknown = false;
    for (const Term& each : term.parts) {
        const Value value = evaluate(each, asking);
        if (value.known && !value.yes) return value;
        if (!value.known) unknown = true;
    }
    return unknown ? Value{} : of_truth(true);
}

Value evaluate_any(const Term& term, Asking& asking) {
    bool unknown = false;
    for (const Term& each : term.parts) {
        const Value value = evaluate(each, asking);
        if (value.known && value.yes) return value;
        if (!value.known) unknown = true;
    }
    return unknown ? Value{} : of_truth(false);
}

Value evaluate_among(const Term& term, Asking& asking) {
    const Value value = evaluate(term.parts[0], asking);
    Value out;
    if (value.known) {
        bool found = false;
        for (const std::string& each : term.codes) found = found || value.text == each;
        out = of_truth(found);
    }
    if (asking.derivation) tell(asking, Step::test, "'" + term.piece + "' " + outcome(out) + ": it is " + words_of(value, term.parts[0].type, asking));
    return out;
}

Value evaluate_known(const Term& term, Asking& asking) {
    const Value value = evaluate(term.parts[0], asking);
    const Value out = of_truth(value.known == (term.op == Op::known));
    if (asking.derivation) tell(asking, Step::test, "'" + term.piece + "' " + outcome(out) + ": it is " + words_of(value, term.parts[0].type, asking));
    return out;
}

Value evaluate_choice(const Term& term, Asking& asking) {
    const Value test = evaluate(term.parts[0], asking);
    return evaluate(term.parts[test.known && test.yes ? 1 : 2], asking);
}

Value offset_of(const Term& term, const Value& from, Asking& asking) {
    if (!from.known) return {};
    std::optional<Error> trouble;
    const std::optional<Point> to = moved(from.point, term.length, term.sign, asking, trouble, asking.derivation);
    note_trouble(asking, std::move(trouble));
    if (!to) return {};
    if (asking.derivation)
        tell(asking, Step::offset, term.parts[0].piece + (term.sign < 0 ? " less " : " plus ") + words_of(term.length) + " is " + words_of(*to, asking));
    return of_point(*to);
}

Value evaluate_constant(const Term& term) {
    Value value = term.constant;
    if (term.type == ValueType::code) value.text = term.word;
    return value;
}

Value evaluate_setting(const Term& term, Asking& asking) {
    if (asking.derivation && term.op == Op::setting) tell(asking, Step::note, term.word + " is " + words_of(term.constant, term.type, asking) + ", as the site has set it");
    if (asking.derivation && term.op == Op::unset) tell(asking, Step::missing, term.word + " is not set by the site");
    return term.constant;
}

/// A mover by itself: its day is over at midnight. Nobody is told when now is over.
Value evaluate_standing(const Term& term, Asking& asking) {
    if (!term.steady) note_midnight(asking);
    return evaluate_mover(term, asking);
}

}  // namespace

Value evaluate_mover(const Term& term, Asking& asking) {
    switch (term.op) {
        case Op::today: return of_day(asking.today);
        case Op::now: return of_point(Point{asking.today, asking.as_of, true});
        case Op::let: return evaluate_mover(let_of(term, asking), asking);
        case Op::offset: return offset_of(term, evaluate_mover(term.parts[0], asking), asking);
        default: return {};
    }
}

Value evaluate(const Term& term, Asking& asking) {
    switch (term.op) {
        case Op::constant: return evaluate_constant(term);
        case Op::setting:
        case Op::unset: return evaluate_setting(term, asking);
        case Op::fact: return evaluate_fact(term, asking);
        case Op::let: return evaluate_let(term, asking);
        case Op::today:
        case Op::now: return evaluate_standing(term, asking);
        case Op::window_start: return asking.window_start.value_or(Value{});
        case Op::window_end: return asking.window_end.value_or(Value{});
        case Op::all: return evaluate_all(term, asking);
        case Op::any: return evaluate_any(term, asking);
        case Op::opposite: {
            Value value = evaluate(term.parts[0], asking);
            value.yes = !value.yes;
            return value;
        }
        case Op::compare: return evaluate_compare(term, asking);
        case Op::among: return evaluate_among(term, asking);
        case Op::known:
        case Op::unknown: return evaluate_known(term, asking);
        case Op::choose: return evaluate_choice(term, asking);
        case Op::offset: return term.mover ? evaluate_standing(term, asking) : offset_of(term, evaluate(term.parts[0], asking), asking);
        case Op::since:
        case Op::told: return evaluate_fact(term, asking);
        case Op::earliest_of:
        case Op::latest_of: return evaluate_among_matters(term, asking);
        case Op::first_event:
        case Op::last_event:
        case Op::nth_event:
        case Op::count_events: return evaluate_events(term, asking);
        default: return evaluate_points(term, asking);
    }
}

ValueType Expression::type() const { return root_->root.type; }
const std::string& Expression::text() const { return root_->text; }
void Expression::add_reads(std::set<KindId>& into) const {
    if (root_) into.insert(root_->reads.begin(), root_->reads.end());
}
void Expression::add_unset(std::set<std::string>& into) const {
    if (root_) into.insert(root_->unset.begin(), root_->unset.end());
}
Value Expression::evaluate(Asking& asking) const { return root_ ? deadlines::evaluate(root_->root, asking) : Value{}; }

}  // namespace hub::deadlines
