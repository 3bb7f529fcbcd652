// Rules as a site declares them (rules/*.xml, schemas/site/rules.xsd), compiled: versions with their cases and deadlines, in
// expressions that are already checked. Immutable; any thread may read it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/deadlines/expression.hpp"

namespace hub::deadlines {

enum class RuleKind : std::uint8_t {
    deadline,  ///< something is owed by a day
    state,     ///< who is responsible from when; nothing breaches
    measure,   ///< a share that operations report
};

/// Where the law or policy stands that a version follows.
struct Citation {
    std::string text{};      ///< "Housing Act 1996 s213B"
    std::string standing{};  ///< "statute", "regulation", "policy", "guidance", "local"; every derivation says which
};

struct Case {
    Expression when{};        ///< empty: otherwise
    Expression start{}, due{};///< empty: none
    std::string responsibility{};  ///< fixed; empty: by the version's phases
    std::string reason{};
    std::string counts{};     ///< of a measure: "yes", "no", "unknown", "out"
    Place place{};
};
struct Discharge {
    Expression at{};          ///< the point at which it was done; unknown: not yet
    std::string reason{};     ///< "sent", "consent_refused"
    bool voids = false;       ///< the duty fell away instead of being met
    Place place{};
};
/// The clock stands still while the current value of a kind is this one.
struct Pause {
    KindId kind = no_kind;
    std::string value{};
    std::string reason{};
};
struct Warning {
    Length before{};
    std::string text{};       ///< the length as written
    std::string to{};         ///< role; empty: the owner
};
struct Escalation {
    Length after{};
    std::string text{};
    std::string to{};         ///< role
};
/// What happens when the deadline had passed before anybody told the hub.
struct LateKnowledge {
    bool prompt = false;      ///< due moves to when it was told plus the allowance
    Length allowance{};
    std::string text{};
};
/// One clock for each period.
struct Recurrence {
    Length every{};           ///< months or days
    Expression from{}, until{};
    bool whole = true;        ///< first and last part-periods are left out
    bool calendar = false;    ///< periods are calendar months
    static constexpr std::size_t periods_max = 600;  ///< of one rule and matter: the latest; older ones are no longer looked at
};
/// A record that the hub makes when the clock says so (law 9: generated, never decided).
struct Generated {
    std::string record{};     ///< canonical record type
    struct Set {
        std::string path{};
        Expression value{};
        Place place{};
    };
    std::vector<Set> sets{};
    Expression when{};        ///< facts suffice; empty: always
    Place place{};
};

struct Version {
    std::string name{};       ///< "2023-10"
    Day from{};
    std::optional<Day> to{};  ///< first day on which it no longer holds
    Day known_from{};
    std::string from_setting{};   ///< the day is a setting's: not yet in force while that is unset
    Expression scope{};       ///< whom it is for; empty: everybody
    std::string scope_name{};
    Citation citation{};
    Named named{};
    Expression guard{};       ///< empty: always
    std::vector<Case> cases{};///< the first that holds
    std::string before{}, between{}, after{};  ///< responsibility before start, from start to due, from due on
    std::vector<Discharge> discharges{};
    std::vector<Pause> pauses{};
    std::vector<Warning> warnings{};
    std::vector<Escalation> escalations{};
    std::optional<Recurrence> every{};
    std::vector<Generated> generated{};
    std::string calendar{};   ///< name
    std::vector<std::string> unset{};  ///< settings that it names and the site has not set: it does not run
    Place place{};
};

/// Who owes it: the first whose test holds.
struct Owner {
    std::string role{};
    Expression when{};        ///< empty: otherwise
};

struct Rule {
    std::string name{};       ///< "omic.handover"
    RuleKind kind = RuleKind::deadline;
    std::string matter{};
    std::string about{};
    std::vector<Owner> owners{};
    Expression by{};          ///< the day that chooses the version; empty: today
    LateKnowledge late{};
    std::int64_t settle_minutes = 0;
    int target_percent = 0;   ///< of a measure
    std::vector<Version> versions{};  ///< in file order
    std::vector<KindId> reads{};
    Place place{};
};

/// A condition that a record must meet before it may pass (law 9): over the facts of its person, the record's own included.
struct Gate {
    std::string name{}, record{}, matter{}, about{};
    Citation citation{};
    Named named{};
    Expression when{};        ///< empty: every record of the type
    struct Need {
        std::string part{};   ///< what is missing: "chosen_authority"
        Expression test{};
        std::string cure{};
        Place place{};
    };
    std::vector<Need> needs{};
    std::vector<KindId> reads{};
    Place place{};
};

struct Role {
    std::string name{}, title{}, party{};
};

/// All that a site says about time.
struct RuleBook {
    std::shared_ptr<const FactKinds> kinds{};
    Almanac almanac{};
    std::vector<Rule> rules{};                      ///< by name
    std::vector<Gate> gates{};                      ///< by name
    std::vector<Role> roles{};                      ///< by name
    std::vector<std::vector<std::uint16_t>> readers{};  ///< by KindId: rules that read it

    const Rule* find(std::string_view name) const;
};

/// What the site gives a rule that its sources leave open.
struct GivenSetting {
    std::string rule{}, name{}, value{}, basis{};
    Place place{};
};

/// What a rule sets in a record that it makes.
struct SetValue {
    std::string path{};
    std::optional<ValueType> type{};       ///< nothing: its expression is wrong, which has been said
    std::vector<std::string> constants{};  ///< texts that the rule itself has for it
};
/// What is wrong with a record that a rule makes.
struct SetFault {
    static constexpr std::size_t whole_record = SIZE_MAX;
    std::size_t set = whole_record;  ///< index of what is at fault
    std::string code{}, what{}, cure{};
};

struct RuleSources {
    std::shared_ptr<const FactKinds> kinds{};
    Almanac almanac{};
    std::vector<std::pair<std::string, std::shared_ptr<formats::ConfigElement>>> files{};  ///< path, <rules>
    std::vector<GivenSetting> settings{};
    std::vector<Role> roles{};
    /// Whether a record type exists, and whether it has a path; for generated records.
    std::function<bool(const std::string& record, const std::string& path)> has_path{};
    /// What keeps a record with these values from being a valid one; all paths are there. Null: nobody knows record types.
    std::function<std::vector<SetFault>(const std::string& record, const std::vector<SetValue>& sets)> faults_of{};
    /// Calendars whose file is wrong, which has been said; with an empty name any calendar may be in it.
    std::set<std::string> broken_calendars{};
    bool files_whole = true;  ///< false: a file of rules is wrong, which has been said, and what it declares is not here
};

/// Null with problems (TG-D0xx, TG-D1xx, TG-D2xx), all of them.
std::shared_ptr<const RuleBook> compile_rules(const RuleSources& sources, Problems& problems);

}  // namespace hub::deadlines
