// File names: which are taken, which are temporary, which could do harm. Pure.
#pragma once

#include <string>
#include <string_view>

#include "hub/api/instant.hpp"
#include "hub/api/record.hpp"

namespace connectors::folder {

constexpr std::size_t name_bytes_max = 200;  // leaves room for what we append within the file system's 255

/// Shell-like: * any run, ? any one character; everything else is itself.
bool matches(std::string_view pattern, std::string_view name);

/// A name that a sender uses while it still writes: .part, .tmp, .filepart, a trailing ~, or a leading dot.
bool is_temporary(std::string_view name);

/// Valid UTF-8 without control characters, and short enough.
bool is_proper(std::string_view name);
/// The same name with everything else escaped, and cut.
std::string made_proper(std::string_view name);

/// "result.xml" -> "result.xml.20260302T071409.000123" for a name that is taken already.
std::string with_stamp(std::string_view name, hub::Instant now, int further);

/// Everything but letters, digits, '-', '_' and '.' becomes '_'; never empty, never hidden.
std::string harmless(std::string_view text);

/// The place holders of a sink's file name: {key} {recipient} {record_type} {route} {extension}.
std::string filled_in(std::string_view pattern, const hub::Outgoing& outgoing);
/// Empty when every place holder is known, {key} among them, and no folder is named; otherwise what is wrong.
std::string wrong_with(std::string_view pattern);

/// "xml" for "application/fhir+xml"; "dat" for a type nobody knows.
std::string_view extension_of(std::string_view media_type);

}  // namespace connectors::folder
