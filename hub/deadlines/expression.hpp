// The words in which rules speak of facts and time: read and type-checked once, evaluated many times. The language is
// described in schemas/site/rules.xsd; a policy officer reads it aloud.
//
// A value may be unknown. A comparison with something unknown is unknown, and a test that is unknown does not hold;
// known() and unknown() ask. Evaluation is pure: facts, calendars and the asked time are all it sees.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hub/deadlines/calendar.hpp"
#include "hub/deadlines/facts.hpp"
#include "hub/deadlines/zone.hpp"

namespace hub::deadlines {

enum class ValueType : std::uint8_t { date, instant, code, text, number, yes_no };

/// Small; copied freely. Texts are views into the history or the rule.
struct Value {
    bool known = false;
    Point point{};            ///< of a date (exact is false) or an instant (exact unless the source only gave the day)
    Millionths number = 0;
    bool yes = false;
    std::string_view text{};
};

/// The calendars of a plan by name, and the zone whose day is "today".
struct Almanac {
    std::map<std::string, std::shared_ptr<const Calendar>, std::less<>> calendars{};
    std::shared_ptr<const Zone> zone{};
};

/// One line of a derivation.
struct DerivationStep {
    enum class Kind : std::uint8_t {
        fact,      ///< a fact was read: `source` is its record
        missing,   ///< a fact that is not known was asked for
        value,     ///< a named value of the rule came out
        test,      ///< a test held or did not
        offset,    ///< something was added to or taken from a point
        counted,   ///< a day was counted
        skipped,   ///< a day was not counted, and why
        result,
        note,
    } kind = Kind::note;
    std::string text{};    ///< a sentence, or its main part: "release.crd is 1 October 2026"
    std::string source{};  ///< record that the fact came from; empty otherwise
    std::optional<Instant> recorded_at{};
};
std::string_view name_of(DerivationStep::Kind kind);
using Derivation = std::vector<DerivationStep>;

struct Named;

/// What an evaluation is asked and what it notes on the way. One per evaluated clock; not shared between threads.
struct Asking {
    const FactKinds& kinds;
    const History& history;
    std::uint32_t matter = 0;              ///< whose clock it is
    const Almanac& almanac;
    const Calendar* calendar = nullptr;    ///< what "working days" means; null: a trouble when one is counted
    Instant as_of{};
    Day today{};                           ///< of as_of in the zone
    Day known_day{};                       ///< of History::known_at in the zone
    const Named* named = nullptr;          ///< the rule's lets and numbers
    /// What came of a let, with the moments that were noted on the way: naming it again notes them again.
    struct Remembered {
        Value value{};
        std::optional<Instant> next{}, told{};
    };
    std::vector<std::optional<Remembered>> lets{};  ///< by index; clear it when anything above or the window changes
    std::optional<Value> window_start{}, window_end{};  ///< of a recurring clock's occurrence

    Derivation* derivation = nullptr;      ///< null: nobody wants to know
    /// Earliest moment after as_of at which an answer may change although no fact does.
    std::optional<Instant> next{};
    /// Latest recorded-at among the facts that were read since it was last set; for "told late". A value said again counts
    /// from when it was first said.
    std::optional<Instant> told{};
    /// Facts that were told from then on are not read: whether an answer was the same before.
    std::optional<Instant> told_before{};
    /// What could not be computed (a year without a calendar, a time outside the zone's table); the first one.
    std::optional<Error> trouble{};

    void may_change(Instant at) {
        if (at > as_of && (!next || at < *next)) next = at;
    }
};

class Expression {
public:
    struct Node;
    Expression() = default;
    explicit Expression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
    explicit operator bool() const { return root_ != nullptr; }
    ValueType type() const;
    /// As it stands in the rule.
    const std::string& text() const;
    /// Kinds that it or a let that it names may read.
    void add_reads(std::set<KindId>& into) const;
    /// Names numbers or dates that the site has not set.
    void add_unset(std::set<std::string>& into) const;
    Value evaluate(Asking& asking) const;
    const Node* root() const { return root_.get(); }

private:
    std::shared_ptr<const Node> root_{};
};

/// A number or date that a rule leaves to the site: its sources give none, and nobody invents one.
struct Setting {
    std::string name{}, about{}, unit{};
    bool is_date = false;
    std::optional<Millionths> number{};
    std::optional<Day> date{};
};

/// What an expression may name besides facts.
struct Named {
    std::vector<std::pair<std::string, Expression>> lets{};  ///< in order; a let may name those before it
    std::vector<Setting> settings{};
    bool in_window = false;   ///< window.start and window.end are there
};

struct Place {
    std::string file{};
    int line = 0, column = 0;
};

/// Whether a let or setting may be called so: not as a fact kind, as another of `named`, or as a word of the language (TG-D118).
bool check_free_name(std::string_view name, const FactKinds& kinds, const Named& named, const Place& place, Problems& problems);

/// Null-like with problems (codes TG-D1xx), all that can be found at once. `want` is the type that its place needs; a date
/// is taken where an instant is wanted and the other way round. `matter` is the kind of matter that the rule is about.
Expression read_expression(std::string_view text, std::optional<ValueType> want, const FactKinds& kinds, const std::string& matter, const Named& named,
                           const Place& place, Problems& problems);

/// A length of time as rules write it: "5 working days", "8 months 14 days", "24 hours". Months first, then days, then hours.
struct Length {
    int months = 0, days = 0, working_days = 0;
    std::int64_t minutes = 0;
};
/// With `unset`, a setting that the site has not set counts as 0 and is named there; without it, it is a reason why not.
std::optional<Length> read_length(std::string_view text, const Named& named, std::string& why, std::set<std::string>* unset = nullptr);
/// `sign` is 1 or -1. A day plus hours, whose time nobody told, ends with the day that the hours lead to (24 hours: the next day).
/// Hours are elapsed time; days and months keep the clock's reading. The derivation, if there is one, gets each day.
Value shift(const Value& from, const Length& length, int sign, Asking& asking);

}  // namespace hub::deadlines
