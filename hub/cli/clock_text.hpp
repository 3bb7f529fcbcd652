// A clock with everything there is to say about it, as text for people and as JSON for programs.
#pragma once

#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "hub/cli/report.hpp"
#include "hub/deadlines/evaluate.hpp"

namespace hub::cli {

struct ToldClock {
    /// Name and value, in the order in which they are shown; what there is not is not there.
    std::vector<std::pair<std::string, std::string>> members{};
    bool late_known = false;
    struct Rung {
        std::string event{};  ///< "warned", "escalated"
        std::string at{};     ///< a date where it is the beginning of that London day
        std::string to{};
        bool reached = false;
    };
    std::vector<Rung> ladder{};
    deadlines::Derivation derivation{};
};

ToldClock tell(const deadlines::RuleBook& book, const deadlines::History& history, const std::string& person, const deadlines::Question& question,
               const deadlines::Clock& clock);

/// "warned 2026-03-01: case_desk", and " (reached)" after what lies behind.
std::string to_text(const ToldClock::Rung& rung);

/// An array of objects: rule, version, person, matter, start, due, state, owner, responsibility, reason, late_known, citation,
/// ladder, derivation and more; dates as ISO 8601.
void print_json(const std::vector<ToldClock>& clocks, std::ostream& into);
void print_text(const std::vector<ToldClock>& clocks, std::ostream& into);
/// For a spreadsheet: one row for each clock, without its derivation.
Report table_of(const std::vector<ToldClock>& clocks);

/// What a gate would find for a matter of a person.
struct ToldGate {
    std::string person{}, matter{};
    const deadlines::Gate* gate = nullptr;                  ///< in the rule book
    std::vector<const deadlines::Gate::Need*> missing{};    ///< empty: the record may pass
};
/// An array of objects: gate, record, person, matter, passes, missing (part and cure each), citation.
void print_json(const std::vector<ToldGate>& gates, std::ostream& into);
Report table_of(const std::vector<ToldGate>& gates);

/// What somebody writes for --as-of and the like. A date means the end of that London day: what was known and due by then.
Result<Instant> asked_time(const std::string& text, const deadlines::Zone& zone, const char* option);

}  // namespace hub::cli
