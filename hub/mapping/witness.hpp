// Small source documents that show what goes wrong: valid by the source schema, and with nothing optional but what is asked for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hub/formats/schema.hpp"
#include "hub/mapping/logic.hpp"

namespace hub::mapping {

/// What a witness shall have, beside what every document of its schema has.
struct Wish {
    std::set<formats::DeclId> there{};      ///< and what is above them
    std::set<formats::DeclId> not_there{};  ///< where a choice leaves one
    std::set<formats::DeclId> twice{};      ///< and what is above them
    std::map<formats::DeclId, std::string> values{};
    std::map<formats::DeclId, std::set<std::string>> other_than{};
};

/// A text of the type, for people to read, and none of these; nothing when none is found quickly (patterns that no usual text
/// matches).
std::optional<std::string> sample_of(const formats::SimpleType& type, const std::set<std::string>& other_than = {});

/// The document as its format writes it; empty when no value could be found for a field of it, or when it would not be valid.
std::string witness_document(const formats::Schema& source, const Wish& wish);

/// The declaration, or the nearest above it, that may occur several times; no_decl when none may.
formats::DeclId repeating(const formats::Schema& source, formats::DeclId decl);

/// Names of atoms that say of a field which values it has, or has not.
std::string value_claim(formats::DeclId decl, const std::vector<std::string>& values, bool one_of_them);
inline constexpr const char* unclear_claim = "something about values";

/// What the atoms of a case say about a document; nothing when a branch asks of values what no claim can say.
std::optional<Wish> wish_of(const Logic& logic, const Case& there, const std::vector<Case>& avoided);

}  // namespace hub::mapping
