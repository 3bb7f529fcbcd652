// Cases, their contradictions, and proof by splitting into the branches of choices.
#include "hub/mapping/logic.hpp"

#include <algorithm>
#include <iterator>

#include "hub/mapping/limits.hpp"

namespace hub::mapping {

Case both(const Case& a, const Case& b) {
    Case all;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
    return all;
}

bool includes(const Case& all, const Case& part) { return std::includes(all.begin(), all.end(), part.begin(), part.end()); }

Atom Logic::atom(const std::string& name) {
    const auto [known, fresh] = atoms_.emplace(name, static_cast<Atom>(atoms_.size()));
    if (fresh) names_.push_back(name);
    return known->second;
}

const std::string& Logic::name_of(Atom atom) const { return names_[atom]; }

Atom Logic::soft_atom(const std::string& name) {
    const Atom soft = atom(name);
    soft_.insert(soft);
    return soft;
}

Atom Logic::negation(Atom of) {
    const auto known = negations_.find(of);
    if (known != negations_.end()) return known->second;
    const Atom opposite = atom("not " + std::to_string(of));
    negations_[of] = opposite;
    exclude(of, opposite);
    return opposite;
}

void Logic::exclude(Atom a, Atom b) { exclusions_.insert({std::min(a, b), std::max(a, b)}); }

void Logic::split(Case when, std::vector<Case> cases) { splits_.push_back({std::move(when), std::move(cases)}); }

bool Logic::impossible(const Case& all) const {
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            if (exclusions_.count({all[i], all[j]}) != 0) return true;
    return false;
}

bool Logic::exclusive(const std::vector<Case>& a, const std::vector<Case>& b) const {
    return std::all_of(a.begin(), a.end(), [&](const Case& one) {
        return std::all_of(b.begin(), b.end(), [&](const Case& other) { return impossible(both(one, other)); });
    });
}

bool Logic::helps(const Split& split, const Case& given, const std::vector<Case>& options) const {
    if (!includes(given, split.when)) return false;
    bool mentioned = false;
    for (const Case& each : split.cases) {
        if (includes(given, each)) return false;
        for (const Atom atom : each)
            mentioned = mentioned || std::any_of(options.begin(), options.end(), [&](const Case& option) {
                return std::binary_search(option.begin(), option.end(), atom);
            });
    }
    return mentioned;
}

std::optional<Case> Logic::gap(const Case& given, const std::vector<Case>& options, std::size_t depth) const {
    if (std::any_of(options.begin(), options.end(), [&](const Case& option) { return includes(given, option); })) return std::nullopt;
    if (impossible(given)) return std::nullopt;
    if (depth == case_splits_max) return given;
    std::optional<Case> first;
    for (const Split& split : splits_) {
        if (!helps(split, given, options)) continue;
        std::optional<Case> open;
        for (auto each = split.cases.begin(); each != split.cases.end() && !open; ++each) open = gap(both(given, *each), options, depth + 1);
        if (!open) return std::nullopt;
        if (!first) first = std::move(open);
    }
    return first ? first : given;
}

bool Logic::covers(const Case& given, const std::vector<Case>& options) const { return !gap(given, options); }

std::vector<Case> Logic::hard(std::vector<Case> options) const {
    for (Case& each : options)
        each.erase(std::remove_if(each.begin(), each.end(), [&](Atom atom) { return soft_.count(atom) != 0; }), each.end());
    return options;
}

std::vector<Case> Logic::weakest(const std::vector<Case>& cases) {
    std::vector<Case> kept;
    for (const Case& each : cases) {
        if (std::any_of(kept.begin(), kept.end(), [&](const Case& other) { return includes(each, other); })) continue;
        kept.erase(std::remove_if(kept.begin(), kept.end(), [&](const Case& other) { return includes(other, each); }), kept.end());
        kept.push_back(each);
    }
    return kept;
}

}  // namespace hub::mapping
