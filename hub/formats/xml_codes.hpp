// Stable codes of what the XML half of this room refuses. Limits have the codes of codes.hpp, in the order of Limits.
// Private to this room.
#pragma once

namespace hub::formats::code {

inline constexpr const char* attributes = "TG-F003";
inline constexpr const char* namespaces = "TG-F004";
inline constexpr const char* start_tag_bytes = "TG-F008";

inline constexpr const char* xml_syntax = "TG-F030";
inline constexpr const char* xml_encoding = "TG-F031";
inline constexpr const char* xml_doctype = "TG-F032";
inline constexpr const char* xml_instruction = "TG-F033";
inline constexpr const char* xml_version = "TG-F034";

inline constexpr const char* xml_root = "TG-F231";       ///< another root element than the schema's
inline constexpr const char* xml_type = "TG-F232";       ///< xsi:type
inline constexpr const char* xml_text = "TG-F228";       ///< text between elements; as validate() has it
inline constexpr const char* xml_identity = "TG-F234";   ///< a rule about several values: a key, an xs:ID; as validate() has it
inline constexpr const char* xml_invalid = "TG-F235";    ///< libxml2 says so and our own model has nothing to add
inline constexpr const char* xml_undecided = "TG-F236";  ///< libxml2 gave up

}  // namespace hub::formats::code
