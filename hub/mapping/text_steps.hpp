// The steps that know something about texts: dates by picture, and letter case without a locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hub::mapping {

struct DateParts {
    int year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0;
    bool valid = false;
};

/// `picture` has been checked: yyyy MM dd HH mm ss, everything else as it stands.
DateParts read_date(std::string_view text, std::string_view picture);
void write_date(const DateParts& parts, std::string_view picture, std::string& into);

/// Without the spaces, tabs and line ends at both ends.
std::string_view trimmed(std::string_view text);
/// `length` characters (0: all) from the `from`th on.
std::string_view characters(std::string_view text, std::uint32_t from, std::uint32_t length);
/// Without any of these characters.
void append_without(std::string_view text, std::string_view unwanted, std::string& into);

/// With as many of a character in front of it, or behind it, as it has less than `length` characters.
void append_padded(std::string_view text, std::string_view character, std::uint32_t length, bool in_front, std::string& into);

/// The other case of a letter; the same character where there is none.
char32_t in_case(char32_t character, bool upper);
/// Letters of the Latin blocks up to U+017F (Welsh and the rest of western and central Europe); others stay.
void append_in_case(std::string_view text, bool upper, std::string& into);

}  // namespace hub::mapping
