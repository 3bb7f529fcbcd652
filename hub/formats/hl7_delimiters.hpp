// The separators that an HL7 v2 message declares for itself in MSH-1 and MSH-2, and the escapes that they make needful.
// Private to hub/formats.
//
// \F\ \S\ \T\ \R\ \E\ \P\ stand for separators, \Xhh..\ for bytes, \.br\ for a line end. \H\ and \N\ (highlighting) stay
// in the text and go out as they are; every other escape stays in the text too, but goes out with its backslashes
// escaped, so that text of another origin cannot smuggle one in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hub::formats {

struct Hl7Delimiters {
    char field = '|';
    char component = '^';
    char repetition = '~';
    char escape = '\\';
    char subcomponent = '&';
    char truncation = '\0';  ///< the fifth of MSH-2, since version 2.7; none when absent

    std::string encoding_characters() const;  ///< MSH-2
};

/// Nothing unless `field` and the four or five characters of MSH-2 are distinct, visible ASCII and neither letters nor
/// digits nor the quote.
std::optional<Hl7Delimiters> hl7_delimiters(std::string_view field, std::string_view encoding_characters);

/// Appends what the escapes stand for. False when \X..\ is malformed or makes something that is no text.
bool hl7_unescape(std::string_view text, const Hl7Delimiters& delimiters, std::string& into);

/// Appends the text so that hl7_unescape() gives it back.
void hl7_escape(std::string_view text, const Hl7Delimiters& delimiters, std::string& into);

}  // namespace hub::formats
