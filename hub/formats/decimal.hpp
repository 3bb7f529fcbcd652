// Decimal numbers of any length, compared exactly: bounds and digits must not depend on what a double can hold.
// Private to this room.
#pragma once

#include <optional>
#include <string_view>

namespace hub::formats {

/// A view into the text it was parsed from. Zero has no digits and is not negative.
struct Decimal {
    bool negative = false;
    std::string_view whole{};     ///< without leading zeros
    std::string_view fraction{};  ///< without trailing zeros
};

/// [+-]? digits [. digits]?, at least one digit.
std::optional<Decimal> parse_decimal(std::string_view text);
/// [+-]? digits.
bool is_integer(std::string_view text);
/// Less than, equal to or greater than 0, as a is to b.
int compare(const Decimal& a, const Decimal& b);

}  // namespace hub::formats
