// clock = f(facts as known at K, rule version, calendar version, as-of instant) (law 8). Pure; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hub/deadlines/rules.hpp"

namespace hub::deadlines {

enum class ClockState : std::uint8_t {
    running = 1,
    paused = 2,
    met = 3,
    late = 4,          ///< done after it was due
    breached = 5,      ///< due has passed and it is not done
    told_late = 6,     ///< not done, and due had passed before the hub was told: not a breach
    void_ = 7,         ///< nothing is owed: a case without a deadline, or the duty fell away
    superseded = 8,    ///< in the history only: a later belief replaced it
    undetermined = 9,  ///< the deadline cannot be computed (a year without a calendar); `trouble` says why
};
std::string_view name_of(ClockState state);

/// One clock of one matter, as of an instant. `occurrence` tells a recurring rule's clocks apart ("2026-03-01"); empty otherwise.
struct Clock {
    std::uint16_t rule = 0;        ///< index into RuleBook::rules
    std::uint16_t version = 0;     ///< index into Rule::versions
    std::uint32_t matter = 0;      ///< index into History::matters
    std::string occurrence{};
    ClockState state = ClockState::running;
    std::optional<Point> start{}, due{}, discharged_at{};
    std::string_view owner{}, responsibility{}, reason{}, counts{}, discharge_reason{};  ///< views into the rule book
    bool late_known = false;       ///< due had passed before the hub was told
    std::optional<Instant> told_at{};
    std::uint8_t warnings = 0;     ///< how many of the version's warnings are behind us
    std::uint8_t escalations = 0;
    std::string trouble{};
    std::optional<Instant> next{}; ///< when it may change although no fact does; nothing: never
};

struct Question {
    Instant as_of{};
    std::span<const std::uint16_t> rules{};  ///< indexes; empty: all
};

/// The clocks of a person, by rule, matter, occurrence. `next` (may be null) gets the earliest time after as_of at which a clock
/// may appear that is not there yet. History::known_at bounds what was known; rule versions and holidays that were not known
/// by then do not count either.
std::vector<Clock> evaluate(const RuleBook& book, const History& history, const Question& question, std::optional<Instant>* next = nullptr);

/// Why a clock says what it says: computed again with every step written down.
Derivation derive(const RuleBook& book, const History& history, const Question& question, const Clock& clock);

/// A step of the ladder of a clock that runs, or is breached.
struct Rung {
    bool escalation = false;       ///< false: a warning
    Instant at{};                  ///< of a day its first moment; an escalation no earlier than the breach
    std::string_view to{};         ///< role; a view into the rule book
    bool reached = false;
};
/// Warnings, then escalations, each in the order in which the rule lists them. Empty for a clock in any other state.
std::vector<Rung> ladder_of(const RuleBook& book, const History& history, const Question& question, const Clock& clock);

/// Whether a gate looks at the matter at all.
bool applies(const RuleBook& book, const Gate& gate, const History& history, std::uint32_t matter, Instant as_of);
/// What a gate finds missing for one matter of the person; empty: the record may pass.
std::vector<const Gate::Need*> missing(const RuleBook& book, const Gate& gate, const History& history, std::uint32_t matter, Instant as_of);

}  // namespace hub::deadlines
