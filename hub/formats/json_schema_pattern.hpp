// JSON Schema's regular expressions (ECMA-262) as XML Schema's. Private to the JSON Schema reader.
//
// A pattern is translated only where both languages agree on every text; everything else is refused, so that a schema
// never accepts or rejects more here than at its owner's. Differences that are levelled: ECMA searches, XML Schema
// matches whole texts; \d and \w are ASCII in ECMA; a dot leaves out four line ends in ECMA, two in XML Schema.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"

namespace hub::formats {

inline constexpr std::size_t pattern_bytes_max = 4096;

Result<std::string> xsd_pattern(std::string_view ecma);

}  // namespace hub::formats
