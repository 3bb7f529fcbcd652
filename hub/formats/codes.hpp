// Stable codes of the problems that JSON, CSV and HL7 documents can have. Limits come first, in the order of Limits.
// Private to this room; schema problems (TG-F1xx) are named where they are found.
#pragma once

namespace hub::formats::code {

inline constexpr const char* bytes = "TG-F001";
inline constexpr const char* depth = "TG-F002";
inline constexpr const char* nodes = "TG-F005";
inline constexpr const char* text_bytes = "TG-F006";
inline constexpr const char* name_bytes = "TG-F007";
inline constexpr const char* number_digits = "TG-F010";
inline constexpr const char* columns = "TG-F011";

inline constexpr const char* characters = "TG-F040";  ///< not UTF-8, or a character that no other notation can carry

inline constexpr const char* json_syntax = "TG-F041";
inline constexpr const char* json_duplicate = "TG-F042";
inline constexpr const char* json_kind = "TG-F043";  ///< a string where a number is wanted ...
inline constexpr const char* json_branch = "TG-F044";

inline constexpr const char* csv_shape = "TG-F050";  ///< the schema describes no table
inline constexpr const char* csv_quote = "TG-F051";
inline constexpr const char* csv_header = "TG-F052";
inline constexpr const char* csv_ragged = "TG-F053";

inline constexpr const char* hl7_shape = "TG-F060";  ///< the schema describes no HL7 message
inline constexpr const char* hl7_header = "TG-F061";
inline constexpr const char* hl7_segment = "TG-F062";  ///< malformed
inline constexpr const char* hl7_order = "TG-F063";    ///< a segment where none such may stand, or a missing one
inline constexpr const char* hl7_escape = "TG-F064";
inline constexpr const char* hl7_charset = "TG-F065";

}  // namespace hub::formats::code
