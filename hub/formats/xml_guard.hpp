// What is refused before the XML parser sees a byte: the parser's options alone do not save it (entity recursion hangs
// it, many attributes on one element cost it quadratic time, and both come before any callback). Private to this room.
#pragma once

#include <optional>
#include <string_view>

#include "hub/api/error.hpp"
#include "hub/formats/codec.hpp"

namespace hub::formats {

/// Takes a byte order mark off. A problem when the document is too large, not UTF-8, declares another encoding or XML
/// version, contains a DOCTYPE or processing instruction, or has a start tag above start_tag_bytes_max.
std::optional<Problem> guard_xml(std::string_view& bytes, std::string_view name, const Limits& limits);

}  // namespace hub::formats
