// Comparisons, and until when they come out as they do.
#include "hub/deadlines/expression_term.hpp"

namespace hub::deadlines {
namespace {

constexpr Millionths whole = 1'000'000;
constexpr std::int64_t days_max = 3'660'000;  ///< from the first day of all years to the last

/// One side of a comparison. What stands on today or now is evaluated without a note: the comparison makes a better one.
struct Side {
    const Term& term;
    const Term* mover = nullptr;   ///< the side, or the part of its days_between that moves
    Value value{};
    Day still{};                   ///< of days_between: the part that stands still
    bool counted = false;          ///< it is days_between
    bool falls = false;            ///< it grows less as time goes on: days from today

    Side(const Term& side, bool moves, Asking& asking) : term(side) {
        if (!moves) value = evaluate(side, asking);
        else if (side.mover) evaluate_whole(asking);
        else evaluate_days(asking);
    }

    static bool can_move(const Term& side) {
        return side.mover || (side.op == Op::days_between && side.parts[0].mover != side.parts[1].mover);
    }

private:
    void evaluate_whole(Asking& asking) {
        mover = &term;
        value = evaluate_mover(term, asking);
        if (!value.known) note_midnight(asking);
    }
    void evaluate_days(Asking& asking) {
        counted = true;
        falls = term.parts[0].mover;
        mover = &term.parts[falls ? 0 : 1];
        const Value from = falls ? evaluate_mover(*mover, asking) : evaluate(term.parts[0], asking);
        const Value to = falls ? evaluate(term.parts[1], asking) : evaluate_mover(*mover, asking);
        if (falls ? !from.known : !to.known) note_midnight(asking);
        value = days_between(from, to);
        still = falls ? to.point.day : from.point.day;
        if (asking.derivation) tell(asking, DerivationStep::Kind::value, term.piece + " is " + words_of(value, ValueType::number, asking));
    }
};

int order_of(const Value& left, const Value& right, ValueType type) {
    switch (type) {
        case ValueType::date:
        case ValueType::instant: return compare(left.point, right.point);
        case ValueType::number: return left.number < right.number ? -1 : left.number > right.number ? 1 : 0;
        case ValueType::yes_no: return left.yes == right.yes ? 0 : -1;
        case ValueType::code:
        case ValueType::text: break;
    }
    return left.text == right.text ? 0 : -1;
}

/// `moving` compares with `other` in this order, and the comparison takes `what`.
void note_side(const Side& moving, const Value& other, Accepts what, int order, Asking& asking) {
    if (!moving.counted) return note_change(*moving.mover, other.point, what, order, asking);
    const std::int64_t days = other.number / whole;
    if (other.number % whole != 0 || days < -days_max || days > days_max) return note_midnight(asking);
    const std::int64_t meets = moving.still.number + (moving.falls ? -days : days);  // the day on which the mover makes both sides equal
    if (meets < day_from({year_min, 1, 1}).number || meets > day_from({year_max, 12, 31}).number) return note_midnight(asking);
    note_change(*moving.mover, Point{Day{static_cast<std::int32_t>(meets)}, {}, false}, moving.falls ? turned(what) : what, moving.falls ? -order : order, asking);
}

}  // namespace

Value days_between(const Value& from, const Value& to) {
    return from.known && to.known ? of_number(std::int64_t{to.point.day.number} - from.point.day.number) : Value{};
}

Value evaluate_compare(const Term& term, Asking& asking) {
    const Term &left = term.parts[0], &right = term.parts[1];
    const bool right_moves = right.steady || (Side::can_move(right) && !Side::can_move(left));
    const Side a(left, Side::can_move(left) && !right_moves, asking), b(right, right_moves, asking);
    Value out;
    if (a.value.known && b.value.known) {
        const int order = order_of(a.value, b.value, left.type);
        out = of_truth(accepts(term.accepts, order));
        if (a.mover) note_side(a, b.value, term.accepts, order, asking);
        if (b.mover) note_side(b, a.value, turned(term.accepts), -order, asking);
    }
    if (asking.derivation)
        tell(asking, DerivationStep::Kind::test, "'" + term.piece + "' " + outcome(out) + ": the left is " + words_of(a.value, left.type, asking) + ", the right is " + words_of(b.value, right.type, asking));
    return out;
}

}  // namespace hub::deadlines
