// Small source documents that show what goes wrong: valid by the source schema, and with nothing optional but what is asked for.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "hub/formats/schema.hpp"
#include "hub/mapping/logic.hpp"

namespace hub::mapping {

/// What a witness shall have, beside what every document of its schema has.
struct Wish {
    std::set<formats::DeclId> there{};      ///< and what is above them
    std::set<formats::DeclId> not_there{};  ///< where a choice leaves one
    std::map<formats::DeclId, std::string> values{};
};

/// A text of the type, for people to read; nothing when none is found quickly (patterns that no usual text matches).
std::optional<std::string> sample_of(const formats::SimpleType& type);

/// The document as its format writes it; empty when no value could be found for a field of it, or when it would not be valid.
std::string witness_document(const formats::Schema& source, const Wish& wish);

/// What the atoms of a case say about a document; nothing when they leave out what a branch asks of values.
std::optional<Wish> wish_of(const Logic& logic, const Case& there, const std::vector<Case>& avoided);

}  // namespace hub::mapping
