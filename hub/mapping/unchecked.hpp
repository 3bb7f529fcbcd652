// For tests of the checks themselves: what a mapping would do that the compiler refuses. Nothing else may use it.
#pragma once

#include "hub/mapping/mapping.hpp"

namespace hub::mapping {

/// Compiles although there are problems: rules that cannot be understood do nothing, the others do what they say. The rules in
/// these lines of the file write their values unchecked, and nobody looks whether what is required is there. Null when the file
/// or a schema cannot be read. Its outputs may be invalid.
std::shared_ptr<const Mapping> compile_unchecked(const std::string& path, std::string_view text, SchemaLibrary& schemas,
                                                 const CodeTables& codes, const std::set<int>& lines);

}  // namespace hub::mapping
