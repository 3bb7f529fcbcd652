// The arithmetic of check characters: the letter shared by PNC ids, CRO numbers and ASNs, and the NHS number's digit.
//
// Not here: the shapes of the identifiers, which are in identifiers.cpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace hub::people {

/// 23 letters, I, O and S left out; a number's letter is the one at (number mod 23).
inline constexpr std::string_view check_alphabet = "ZABCDEFGHJKLMNPQRTUVWXY";

inline char check_letter(std::uint64_t number) { return check_alphabet[number % check_alphabet.size()]; }

/// The check digit of nine digits, or nothing where the arithmetic yields ten: no such NHS number is issued.
std::optional<char> nhs_check_digit(std::string_view nine_digits);

}  // namespace hub::people
