// Which members the branches of a oneOf share, and whether two branches can be mistaken for each other.
#include "hub/formats/json_schema_choice.hpp"

#include <algorithm>

namespace hub::formats {
namespace {

bool same(const JsonValue& a, const JsonValue& b) {
    const auto same_member = [](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); };
    return a.kind == b.kind && a.text == b.text && std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), same) &&
           std::equal(a.members.begin(), a.members.end(), b.members.begin(), b.members.end(), same_member);
}

/// A document of `a` shows by its names that it is none of `b`.
bool shown_by_name(const JsonMembers& a, const JsonMembers& b) {
    return std::any_of(a.required.begin(), a.required.end(),
                       [&](const auto& name) { return !b.declares(name) && !b.needs(name); });
}

bool shown_by_const(const JsonMembers& a, const JsonMembers& b) {
    return std::any_of(a.required.begin(), a.required.end(), [&](const auto& name) {
        const auto* in_a = json_const(a, name);
        const auto* in_b = json_const(b, name);
        return in_a != nullptr && in_b != nullptr && b.needs(name) && !same(*in_a, *in_b);
    });
}

}  // namespace

JsonMembers json_members(const JsonLocated& object, JsonSchemaDocuments& documents) {
    JsonMembers members;
    if (const auto* properties = object.value->member("properties")) {
        if (properties->kind != JsonKind::object)
            documents.problem({properties, object.file}, "TG-F122", "'properties' must be an object");
        for (const auto& [name, schema] : properties->members) {
            members.names.push_back(name);
            members.schemas.emplace(name, JsonLocated{&schema, object.file});
        }
    }
    if (const auto* required = object.value->member("required")) {
        if (required->kind != JsonKind::array)
            documents.problem({required, object.file}, "TG-F122", "'required' must be an array of names");
        for (const auto& name : required->items) members.required.insert(name.text);
    }
    return members;
}

const JsonValue* json_const(const JsonMembers& members, const std::string& name) {
    const auto at = members.schemas.find(name);
    return at == members.schemas.end() ? nullptr : at->second.value->member("const");
}

std::vector<std::string> contested_names(const JsonMembers& base, const std::vector<JsonMembers>& branches) {
    std::vector<std::string> names;
    const auto in_branch = [&](const std::string& name) {
        return std::any_of(branches.begin(), branches.end(),
                           [&](const auto& branch) { return branch.declares(name) || branch.needs(name); });
    };
    std::copy_if(base.names.begin(), base.names.end(), std::back_inserter(names), in_branch);
    for (const auto& branch : branches)
        for (const auto& name : branch.names)
            if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    return names;
}

JsonLocated merged_schema(const std::string& name, const JsonMembers& base, const std::vector<JsonMembers>& branches,
                          const JsonLocated& one_of, JsonSchemaDocuments& documents) {
    JsonLocated merged;
    if (base.declares(name)) merged = base.schemas.at(name);
    for (const auto& branch : branches) {
        if (!branch.declares(name)) continue;
        const auto& schema = branch.schemas.at(name);
        const bool alike = merged.value == nullptr || same(*merged.value, *schema.value) ||
                           (json_const(branch, name) != nullptr && (base.declares(name) || merged.value->member("const") != nullptr));
        if (merged.value == nullptr) merged = schema;
        if (alike) continue;
        documents.problem(schema, "TG-F127", "member '" + name + "' is described differently by two branches of oneOf",
                          "describe it alike in all branches, or in each by \"const\"");
        return {nullptr, one_of.file};
    }
    return merged;
}

void check_told_apart(const std::vector<JsonMembers>& branches, const JsonLocated& one_of, JsonSchemaDocuments& documents) {
    for (std::size_t i = 0; i < branches.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const auto &a = branches[j], &b = branches[i];
            if (shown_by_name(a, b) || shown_by_name(b, a) || shown_by_const(a, b)) continue;
            documents.problem(one_of, "TG-F127",
                              "branches " + std::to_string(j + 1) + " and " + std::to_string(i + 1) + " of oneOf cannot be told apart",
                              "let one require a member that the other does not have, or both require one with different \"const\"");
        }
}

}  // namespace hub::formats
