// A checked expression, and the parts of its evaluation. Private to this room.
#pragma once

#include "hub/deadlines/expression_syntax.hpp"

namespace hub::deadlines {

enum class Op : std::uint8_t {
    constant, setting, unset, fact, let, today, now, window_start, window_end,
    all, any, opposite, compare, among, known, unknown, choose,
    offset, day_of, at_time, day_end, working_day_on_or_after, working_day_on_or_before, is_working_day, is_weekday,
    earliest, latest, first_known, nearest, future, days_between, months_between,
    since, told, earliest_of, latest_of, first_event, last_event, nth_event, count_events,
};

/// Where the facts of a kind stand, seen from the clock's matter.
enum class Standing : std::uint8_t { own, person, elsewhere };

struct Term {
    Op op = Op::constant;
    ValueType type = ValueType::text;
    bool mover = false;              ///< today or now with nothing but lengths added: never goes back as time goes on
    bool steady = false;             ///< a mover that moves all the time: it stands on now
    Accepts accepts = Accepts::none; ///< of a comparison
    Standing standing = Standing::own;
    bool from = false, to = false;   ///< of events: which bounds the parts (after the number of nth) are
    std::int8_t sign = 1;            ///< of an offset
    KindId kind = no_kind;
    std::uint16_t index = 0;         ///< of a let
    std::int64_t amount = 0;         ///< weekday; minute of the day
    Length length{};
    Value constant{};                ///< its text, if it has one, is `word`
    std::vector<Term> parts{};
    std::vector<std::string> codes{};
    std::string word{};              ///< name, text of a constant
    std::string piece{};             ///< as written
};

struct Expression::Node {
    std::string text{};
    Term root{};
    std::set<KindId> reads{};
    std::set<std::string> unset{};
    std::size_t height = 0;          ///< of the tree, through the lets
};

// --- checking ---

/// What checking one text has at hand.
struct Checking {
    Complaints& complaints;
    const FactKinds& kinds;
    const std::string& matter;
    const Named& named;
    Expression::Node& node;          ///< reads and unset are gathered here
    std::size_t below = 0;           ///< height of the highest let
};
/// A term of which something was complained has no value; what stands around it is not complained of again.
using Checked = std::optional<Term>;

Checked check(const Syntax& syntax, Checking& checking);
Checked check_call(const Syntax& syntax, Checking& checking);
/// Sets op and parts with what every term has.
Term term_of(const Syntax& syntax, Op op, ValueType type, const Checking& checking);
bool is_point(ValueType type);
/// Whether values of the two types may stand on both sides of '=' or be taken for each other.
bool alike(ValueType a, ValueType b);
std::string_view in_words(ValueType type);
/// Gives a term its kind, notes that it is read.
void stand(Term& term, KindId kind, Checking& checking);
/// Complains of a code that its kind does not have.
void check_code(const Term& of, std::string_view code, std::size_t at, std::size_t end, Checking& checking);

enum class Unit : std::uint8_t { days, weeks, months, years, working_days, hours, minutes };
std::optional<Unit> unit_of(std::string_view text);
/// Adds so many of a unit; false when it would be beyond amount_max.
bool add_amount(Length& to, std::int64_t amount, Unit unit);
/// Whole units out of a number or a setting; nothing with `why`. `unset` is set when the site has not set it.
std::optional<std::int64_t> amount_of(std::string_view word, bool is_number, Unit unit, const Named& named, const std::string*& unset, std::string& why);
const Setting* find_setting(std::string_view name, const Named& named);

// --- evaluating ---

Value evaluate(const Term& term, Asking& asking);
/// As evaluate, of a term that is a mover; notes no time at which it changes.
Value evaluate_mover(const Term& term, Asking& asking);

// expression_facts.cpp
Value evaluate_fact(const Term& term, Asking& asking);
Value evaluate_among_matters(const Term& term, Asking& asking);
Value evaluate_events(const Term& term, Asking& asking);
Point point_at(Instant instant, Asking& asking);

// expression_compare.cpp
Value evaluate_compare(const Term& term, Asking& asking);
/// days_between, of which `from` and `to` are what its parts come to.
Value days_between(const Value& from, const Value& to);
constexpr Accepts turned(Accepts what) {
    switch (what) {
        case Accepts::less: return Accepts::more;
        case Accepts::more: return Accepts::less;
        case Accepts::at_most: return Accepts::at_least;
        case Accepts::at_least: return Accepts::at_most;
        default: return what;
    }
}

// expression_points.cpp
Value evaluate_points(const Term& term, Asking& asking);

// expression_motion.cpp
/// First moment of a day; without a zone for it, about then and not later.
Instant start_of(Day day, const Asking& asking);
void note_midnight(Asking& asking);
/// Notes when a comparison of a mover with a point that stands still may come out another way; `order` is its result now.
void note_change(const Term& mover, const Point& still, Accepts accepts, int order, Asking& asking);

// length.cpp
/// As shift, of points; nothing when it cannot be computed, with `trouble`. A derivation (may be null) gets the days walked.
std::optional<Point> moved(const Point& from, const Length& length, int sign, const Asking& asking, std::optional<Error>& trouble, Derivation* derivation);
std::string words_of(const Length& length);

// expression_words.cpp: derivations. Nothing happens when nobody wants one.
std::string words_of(const Value& value, ValueType type, const Asking& asking);
std::string words_of(const Point& point, const Asking& asking);
std::string words_of(const KnownFact& fact, FactType type, const Asking& asking);
/// Of a test: "holds", "does not hold", "cannot be told".
std::string outcome(const Value& test);
void tell(Asking& asking, DerivationStep::Kind kind, std::string text);
void tell_fact(Asking& asking, std::string sentence, const KnownFact& fact, Instant told);

/// The first trouble stays.
void note_trouble(Asking& asking, std::optional<Error> trouble);
Error no_calendar();
Error outside_zone(std::string what);

inline Value of_point(const Point& point) {
    Value value;
    value.known = true;
    value.point = point;
    return value;
}
inline Value of_day(Day day) { return of_point(Point{day, {}, false}); }
inline Value of_truth(bool yes) {
    Value value;
    value.known = true;
    value.yes = yes;
    return value;
}
inline Value of_number(std::int64_t whole) {
    Value value;
    value.known = true;
    value.number = whole * 1'000'000;
    return value;
}

}  // namespace hub::deadlines
