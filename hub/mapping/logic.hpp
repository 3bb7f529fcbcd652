// What is known to hold when a rule applies, so that the compiler can show that a required target is always filled.
//
// An atom is a statement about one source document: a node is there, it has text, a branch was taken. A case is a
// conjunction of atoms. The reasoning is sound and incomplete: what cannot be shown is checked at run time or refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hub::mapping {

using Atom = std::uint32_t;
using Case = std::vector<Atom>;  ///< sorted

Case both(const Case& a, const Case& b);
bool includes(const Case& all, const Case& part);

class Logic {
public:
    Atom atom(const std::string& name);
    /// An atom that a run-time check can stand in for: a value that is there is not empty.
    Atom soft_atom(const std::string& name);
    /// What it was made with; "not N" for a negation.
    const std::string& name_of(Atom atom) const;
    /// Not the atom.
    Atom negation(Atom atom);
    void exclude(Atom a, Atom b);
    /// Whenever `when` holds, one of `cases` does.
    void split(Case when, std::vector<Case> cases);

    bool impossible(const Case& all) const;
    bool exclusive(const std::vector<Case>& a, const std::vector<Case>& b) const;
    /// Whether one of `options` holds whenever `given` does.
    bool covers(const Case& given, const std::vector<Case>& options) const;
    /// A case of `given` in which none of `options` holds; nothing when they cover it.
    std::optional<Case> gap(const Case& given, const std::vector<Case>& options) const { return gap(given, options, 0); }
    /// The options without their soft atoms.
    std::vector<Case> hard(std::vector<Case> options) const;
    /// The cases that do not follow from another one.
    static std::vector<Case> weakest(const std::vector<Case>& cases);

private:
    struct Split {
        Case when{};
        std::vector<Case> cases{};
    };
    std::optional<Case> gap(const Case& given, const std::vector<Case>& options, std::size_t depth) const;
    bool helps(const Split& split, const Case& given, const std::vector<Case>& options) const;

    std::map<std::string, Atom> atoms_{};
    std::vector<std::string> names_{};  ///< by atom
    std::map<Atom, Atom> negations_{};
    std::set<Atom> soft_{};
    std::set<std::pair<Atom, Atom>> exclusions_{};
    std::vector<Split> splits_{};
};

}  // namespace hub::mapping
