// Modulus 11 with weights 10 down to 2.
#include "hub/people/check_characters.hpp"

namespace hub::people {

std::optional<char> nhs_check_digit(std::string_view nine_digits) {
    int sum = 0;
    int weight = 10;
    for (const char digit : nine_digits.substr(0, 9)) sum += (digit - '0') * weight--;
    const int check = 11 - sum % 11;
    if (check == 10) return std::nullopt;
    return check == 11 ? '0' : static_cast<char>('0' + check);
}

}  // namespace hub::people
