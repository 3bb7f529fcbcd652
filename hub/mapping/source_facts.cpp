// Presence of nodes, and choices of the source schema: where the schema says "a or b", not a means b.
#include "hub/mapping/source_facts.hpp"

#include <algorithm>

#include "hub/mapping/types.hpp"

namespace hub::mapping {

using formats::DeclId;
using formats::Particle;
using Kind = formats::Particle::Kind;

namespace {

void elements_of(const Particle& particle, std::vector<DeclId>& into) {
    if (particle.kind == Kind::element) into.push_back(particle.element);
    for (const Particle& each : particle.parts) elements_of(each, into);
}

Case sorted(Case atoms) {
    std::sort(atoms.begin(), atoms.end());
    atoms.erase(std::unique(atoms.begin(), atoms.end()), atoms.end());
    return atoms;
}

}  // namespace

/// That some node at each filter's path is there, with the text that the filter wants.
void SourceFacts::filtered(const std::string& key, const std::vector<Filter>& filters, Case& into) {
    for (const Filter& each : filters) {
        std::string below = key;
        for (const DeclId decl : each.path) into.push_back(logic_.atom("there " + (below += "/" + std::to_string(decl))));
        if (each.value && !each.value->empty()) into.push_back(logic_.soft_atom("text " + below));
    }
}

Case SourceFacts::passed(const Frame& frame) {
    Case atoms;
    filtered(frame.key, frame.filters, atoms);
    return sorted(std::move(atoms));
}

Case SourceFacts::present(const SourcePath& path) {
    Case atoms = signs_of(path);
    for (std::size_t i = 0; i < path.hops.size(); ++i) filtered(path.key(i + 1), path.hops[i].filters, atoms);
    return sorted(std::move(atoms));
}

std::optional<Atom> SourceFacts::only_sign(const SourcePath& path) {
    const Case signs = signs_of(path);
    if (signs.size() != 1 || may_be_empty(schema_[path.decl])) return std::nullopt;
    return signs[0];
}

Case SourceFacts::in_codes(const SourcePath& path, const std::string& table) {
    if (path.occurs.max > 1) return {};
    return {logic_.atom("codes '" + table + "' " + path.key(path.hops.size()))};
}

/// Where there is a first or a last one there is one: both are one statement.
std::string SourceFacts::sign(const SourcePath& path, std::size_t hop) {
    if (path.hops[hop].pick == Pick::all || (path.hops[hop].pick == Pick::position && path.hops[hop].position > 1)) return path.key(hop + 1);
    SourcePath any = path;
    any.hops[hop].pick = Pick::all;
    return any.key(hop + 1);
}

Case SourceFacts::signs_of(const SourcePath& path) {
    Case atoms;
    bool alone = true;  // one parent at most: only then do its choices exclude one another
    for (std::size_t i = 0; i < path.hops.size(); ++i) {
        const Hop& hop = path.hops[i];
        if (hop.optional) atoms.push_back(logic_.atom("there " + sign(path, i)));
        if (alone && hop.optional && hop.plain()) choices(path, i);
        alone = alone && (schema_[hop.decl].occurs_max == 1 || hop.pick == Pick::position || hop.pick == Pick::last);
    }
    return sorted(std::move(atoms));
}

Case SourceFacts::with_text(const SourcePath& path) {
    Case atoms = present(path);
    if (may_be_empty(schema_[path.decl])) atoms.push_back(logic_.soft_atom("text " + path.key(path.hops.size())));
    return sorted(std::move(atoms));
}

Atom SourceFacts::below(const SourcePath& path, std::size_t hop, DeclId decl) {
    return logic_.atom("there " + path.key(hop) + "/" + std::to_string(decl));
}

void SourceFacts::choices(const SourcePath& path, std::size_t hop) {
    if (!told_.insert(path.key(hop)).second) return;
    groups(path, hop, schema_.content(schema_[path.hops[hop].decl].parent), true);
}

void SourceFacts::groups(const SourcePath& path, std::size_t hop, const Particle& group, bool required) {
    if (group.occurs_max != 1) return;
    required = required && group.occurs_min > 0;
    if (group.kind == Kind::choice) choice(path, hop, group, required);
    for (const Particle& each : group.parts) groups(path, hop, each, required && group.kind != Kind::choice);
}

Case SourceFacts::signs(const SourcePath& path, std::size_t hop, const Particle& part) {
    Case atoms;
    if (part.occurs_min == 0) return atoms;
    if (part.kind == Kind::element) atoms.push_back(below(path, hop, part.element));
    if (part.kind == Kind::sequence || part.kind == Kind::all)
        for (const Particle& each : part.parts) {
            const Case more = signs(path, hop, each);
            atoms.insert(atoms.end(), more.begin(), more.end());
        }
    return sorted(std::move(atoms));
}

/// Two elements exclude one another when each stands in this choice only and no alternative has both.
void SourceFacts::exclude_pairs(const SourcePath& path, std::size_t hop, const Particle& choice,
                                const std::vector<std::vector<DeclId>>& alternatives) {
    std::vector<DeclId> inside, everywhere;
    elements_of(choice, inside);
    elements_of(schema_.content(schema_[path.hops[hop].decl].parent), everywhere);
    const auto only_here = [&](DeclId decl) {
        return std::count(inside.begin(), inside.end(), decl) == std::count(everywhere.begin(), everywhere.end(), decl);
    };
    const auto together = [&](DeclId one, DeclId other) {
        return std::any_of(alternatives.begin(), alternatives.end(), [&](const auto& each) {
            return std::count(each.begin(), each.end(), one) > 0 && std::count(each.begin(), each.end(), other) > 0;
        });
    };
    for (const DeclId one : inside)
        for (const DeclId other : inside)
            if (one < other && only_here(one) && only_here(other) && !together(one, other))
                logic_.exclude(below(path, hop, one), below(path, hop, other));
}

void SourceFacts::choice(const SourcePath& path, std::size_t hop, const Particle& choice, bool required) {
    std::vector<Case> cases;
    std::vector<std::vector<DeclId>> alternatives;
    for (const Particle& each : choice.parts) {
        cases.push_back(signs(path, hop, each));
        elements_of(each, alternatives.emplace_back());
        required = required && !cases.back().empty();
    }
    exclude_pairs(path, hop, choice, alternatives);
    if (!required) return;
    Case when;
    for (std::size_t i = 0; i < hop; ++i)
        if (path.hops[i].optional) when.push_back(logic_.atom("there " + sign(path, i)));
    logic_.split(sorted(std::move(when)), std::move(cases));
}

}  // namespace hub::mapping
