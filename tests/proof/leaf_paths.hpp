// The paths of a schema's values, read off the schema's own text: a second reader, which shares nothing with the first.
#pragma once

#include <set>
#include <string>

#include "hub/formats/schema.hpp"

namespace proof {

/// "/referral/person/name/family", "/referral/person/@subject": every element, attribute and member that has a value of its own
/// or nothing below it. Throws std::invalid_argument for a construct that it does not know.
std::set<std::string> leaf_paths(const hub::formats::SchemaTexts& schemas, const std::string& path, const std::string& root);

}  // namespace proof
