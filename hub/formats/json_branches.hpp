// Branches of oneOf that a member's value tells apart. Private to hub/formats.
#pragma once

#include "hub/formats/findings.hpp"

namespace hub::formats {

/// Occurrence alone cannot see that a document with kind "a" carries the members of kind "b"; this does. The document
/// has passed validate().
void check_json_branches(const Document& document, Findings& findings);

}  // namespace hub::formats
