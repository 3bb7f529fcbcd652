// Looks at every object whose content model has a choice told by a value; costs nothing for schemas without one.
#include "hub/formats/json_branches.hpp"

#include <algorithm>

#include "hub/formats/codes.hpp"

namespace hub::formats {
namespace {

bool tells_by_value(const Particle& particle) {
    return !particle.only_value.empty() || std::any_of(particle.parts.begin(), particle.parts.end(), tells_by_value);
}

/// The declarations of a branch's members, with the value that each must have.
void members_of(const Particle& particle, std::vector<const Particle*>& into) {
    if (particle.kind == Particle::Kind::element) into.push_back(&particle);
    for (const auto& part : particle.parts) members_of(part, into);
}

/// Whether the object's members that belong to the choice are all members of this branch, with this branch's values.
bool holds(const Document& document, NodeId object, const std::vector<const Particle*>& choice, const Particle& branch) {
    std::vector<const Particle*> members;
    members_of(branch, members);
    const auto of = [](const std::vector<const Particle*>& among, DeclId decl) {
        const auto at = std::find_if(among.begin(), among.end(), [&](const auto* each) { return each->element == decl; });
        return at == among.end() ? nullptr : *at;
    };
    for (NodeId node = document[object].first_child; node != no_node; node = document[node].next) {
        const DeclId decl = document[node].decl;
        if (of(choice, decl) == nullptr) continue;
        const Particle* member = of(members, decl);
        if (member == nullptr || (!member->only_value.empty() && member->only_value != document.text(node))) return false;
    }
    return true;
}

void check_object(const Document& document, NodeId object, Findings& findings) {
    for (const Particle& part : document.schema().content(document[object].decl).parts) {
        if (part.kind != Particle::Kind::choice || !tells_by_value(part)) continue;
        std::vector<const Particle*> all;
        members_of(part, all);
        const bool held = std::any_of(part.parts.begin(), part.parts.end(),
                                      [&](const auto& branch) { return holds(document, object, all, branch); });
        if (!held)
            findings.add(document[object].line, 0, code::json_branch,
                         "the members of '" + document.schema().path_of(document[object].decl) +
                             "' belong to different branches of oneOf",
                         "send the members that go with the value that tells the branch");
    }
}

}  // namespace

void check_json_branches(const Document& document, Findings& findings) {
    const Schema& schema = document.schema();
    std::vector<bool> concerned(schema.size());
    for (DeclId id = 0; id < schema.size(); ++id) concerned[id] = tells_by_value(schema.content(id));
    if (std::find(concerned.begin(), concerned.end(), true) == concerned.end()) return;
    for (NodeId node = 0; node < document.size(); ++node)
        if (concerned[document[node].decl] && !findings.full()) check_object(document, node, findings);
}

}  // namespace hub::formats
