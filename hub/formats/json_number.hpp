// JSON's numbers and the schema model's (XML Schema's) differ in spelling only; these two convert without a double in
// between, so that no digit is lost. Private to hub/formats.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hub::formats {

/// Digits that an exponent may spell out; 1e999999999 would otherwise be a memory bomb.
inline constexpr std::size_t number_digits_max = 100;

/// The JSON number as a plain decimal: exponents are written out ("1.25e1" is "12.5"), a fraction of zeros is cut when
/// `whole` ("2.0" is "2"); any other number keeps its text. Nothing when that takes more than number_digits_max digits.
std::optional<std::string> from_json_number(std::string_view number, bool whole);

/// The XML Schema decimal or integer as a JSON number ("+05." is "5"); nothing when it is not one.
std::optional<std::string> to_json_number(std::string_view number);

}  // namespace hub::formats
