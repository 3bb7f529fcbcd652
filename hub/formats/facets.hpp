// A simple type's facets made ready for use: regular expressions compiled, bounds parsed. Made once for each type by
// SchemaBuilder::finish(). Private to this room.
#pragma once

#include <memory>

#include "hub/formats/schema.hpp"

namespace hub::formats {

std::shared_ptr<const CompiledFacets> compile_facets(const SimpleType& type);

}  // namespace hub::formats
