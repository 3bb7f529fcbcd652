// The keywords of JSON Schema that shape one value. Private to the JSON Schema reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "hub/formats/json_schema_document.hpp"

namespace hub::formats {

/// What "type" says, or what "enum" and "const" show where there is no "type".
struct JsonType {
    enum class Kind : std::uint8_t { unknown, object, array, string, integer, number, boolean, null } kind = Kind::unknown;
    bool nullable = false;
};

/// Kind::unknown: a problem was reported.
JsonType json_type(const JsonLocated& schema, JsonSchemaDocuments& documents);

/// The simple type of a string, integer, number, boolean or null; problems are reported.
SimpleType json_simple_type(const JsonLocated& schema, JsonType type, JsonSchemaDocuments& documents);

/// Refuses, by name, each keyword that the subset does not know or that has no meaning for the type.
void check_keywords(const JsonLocated& schema, JsonType type, JsonSchemaDocuments& documents);

/// A keyword that holds a whole number of at most 32 bits ("minItems"); nothing when absent.
std::optional<std::uint32_t> json_count(const JsonLocated& schema, std::string_view keyword, JsonSchemaDocuments& documents);

}  // namespace hub::formats
