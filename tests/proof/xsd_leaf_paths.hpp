// The same of an XML Schema document.
#pragma once

#include <set>
#include <string>

#include "hub/formats/schema.hpp"

namespace proof {

std::set<std::string> xsd_leaf_paths(const hub::formats::SchemaTexts& schemas, const std::string& path, const std::string& root);

}  // namespace proof
