// "oneOf" of an object as a choice. Private to the JSON Schema reader.
//
// Which branch a document takes must show in the names of its members, or in the value of a member that is "const" in
// each branch; two branches that neither tells apart are refused. A name that several branches declare becomes one
// declaration: they must describe it alike, or all by "const".
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "hub/formats/json_schema_document.hpp"

namespace hub::formats {

/// The members of an object, or of one branch, in the schema's order.
struct JsonMembers {
    std::vector<std::string> names{};
    std::map<std::string, JsonLocated> schemas{};
    std::set<std::string> required{};

    bool declares(const std::string& name) const { return schemas.count(name) != 0; }
    bool needs(const std::string& name) const { return required.count(name) != 0; }
};

/// "properties" and "required"; problems are reported.
JsonMembers json_members(const JsonLocated& object, JsonSchemaDocuments& documents);

/// Null unless the member's schema is a plain "const".
const JsonValue* json_const(const JsonMembers& members, const std::string& name);

/// The names that "required" or "properties" of a branch mention, base members first.
std::vector<std::string> contested_names(const JsonMembers& base, const std::vector<JsonMembers>& branches);

/// The one schema that declares a contested name; value is null when there is none, and a problem was reported.
JsonLocated merged_schema(const std::string& name, const JsonMembers& base, const std::vector<JsonMembers>& branches,
                          const JsonLocated& one_of, JsonSchemaDocuments& documents);

/// Reports each pair of branches that nothing tells apart.
void check_told_apart(const std::vector<JsonMembers>& branches, const JsonLocated& one_of, JsonSchemaDocuments& documents);

}  // namespace hub::formats
