// A simple type's facets made ready for use: regular expressions compiled, bounds parsed. Made once for each type by
// SchemaBuilder::finish(); read by all threads. Private to this room.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "hub/formats/schema.hpp"

namespace hub::formats {

std::shared_ptr<const CompiledFacets> compile_facets(const SimpleType& type);

/// Whether libxml2 takes it as an XML Schema regular expression. Readers refuse the schema otherwise.
bool is_pattern(const std::string& pattern);

/// Bytes of the longest text that the type's patterns are tried on; SIZE_MAX for any.
std::size_t matched_bytes_max(const SimpleType& type);

/// Whether what the bounds of `from` allow lies within the bounds of `to`, of the same base; "no" only means "not shown".
bool within_bounds(const SimpleType& from, const SimpleType& to);

/// Whether a pattern of the type could take too long on a text of this length; why_invalid() then refuses it.
bool too_long_to_match(const SimpleType& type, std::string_view text);

/// The text as the type's whitespace rule leaves it: `text` itself where nothing changes, else held by `scratch`.
std::string_view apply_whitespace(const SimpleType& type, std::string_view text, std::string& scratch);

/// Why a text is not in the value space, facets aside; null when it is. A sentence's end: "is not a date (YYYY-MM-DD)".
const char* why_not_lexical(const SimpleType& type, std::string_view text);

/// Whether two valid texts stand for the same value: 1.0 and 1 as decimals, not as strings.
bool same_value(const SimpleType& type, std::string_view a, std::string_view b);

/// The same text for all valid texts of one value, and another for each other value: what keys are compared by.
std::string canonical(const SimpleType& type, std::string_view text);

/// A valid text of Lexical::floating; beyond the range of double it is infinite, or zero.
double to_double(std::string_view text);

/// JSON Schema's "format": date, date-time, time, uuid, uri, email. Null when it holds or the format is not one of them.
const char* why_not_format(std::string_view format, std::string_view text);

}  // namespace hub::formats
