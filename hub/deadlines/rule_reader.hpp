// Reads <rules> documents into rules, one rule at a time. Private to this room.
#pragma once

#include <map>
#include <set>
#include <string>

#include "hub/deadlines/rules.hpp"

namespace hub::deadlines {

/// One compilation. Used by one thread, once.
struct RuleReading {
    const RuleSources& sources;
    Problems& problems;
    struct Cohort {
        std::string test{};
        Place place{};
        bool used = false;
    };
    std::map<std::string, Cohort> cohorts{};   ///< of the file at hand, by name
    std::string file{};

    void complain(const formats::ConfigElement& at, const std::string& code, const std::string& what, const std::string& cure) const {
        problems.push_back({file, at.line, at.column, code, what, cure});
    }
    Place place(const formats::ConfigElement& at) const { return {file, at.line, at.column}; }
    /// An attribute as an expression; empty when it is absent.
    Expression expression(const formats::ConfigElement& at, const char* attribute, std::optional<ValueType> want, const std::string& matter,
                          const Named& named) const;
    Length length(const formats::ConfigElement& at, const char* attribute, const Named& named) const;
    const formats::ConfigElement* child(const formats::ConfigElement& at, std::string_view name) const;
    /// The elements of this name, in order.
    std::vector<const formats::ConfigElement*> children(const formats::ConfigElement& at, std::string_view name) const;
};

Rule read_rule(RuleReading& reading, const formats::ConfigElement& element);
Gate read_gate(RuleReading& reading, const formats::ConfigElement& element);
Version read_version(RuleReading& reading, const formats::ConfigElement& element, const Rule& rule, const Named& settings);
Citation read_citation(const RuleReading& reading, const formats::ConfigElement& parent);
void read_lets(const RuleReading& reading, const formats::ConfigElement& parent, const std::string& matter, Named& into);

/// What one rule alone cannot say: no gap or overlap between versions, owners and ladders that end at a party.
void check_versions(RuleReading& reading, const Rule& rule);
void check_roles(RuleReading& reading, const Rule& rule);
/// The last case holds for whoever is left, or the cases cover every value of the one kind that they ask about. Asks the rule's element
/// what was written: a test that did not compile is a test, and what is wrong with it has been said.
void check_cases(RuleReading& reading, const formats::ConfigElement& element, const Rule& rule);

}  // namespace hub::deadlines
