// The library alone: libxml2 parsing and validating in one streaming pass, without our guard, our filter and our tree. What `bench`
// puts beside the decoder, and nothing else.
#pragma once

#include <string_view>

#include "hub/formats/schema.hpp"

namespace hub::formats {

/// False when the document is not valid, or the schema is not one for XML.
bool parse_and_validate_alone(const Schema& schema, std::string_view bytes);

}  // namespace hub::formats
