// Exact comparison of decimal texts, digit by digit.
#include "hub/formats/decimal.hpp"

namespace hub::formats {

namespace {

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
    return end - at;
}

std::string_view without_sign(std::string_view text) {
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    return text;
}

int compare_size(const Decimal& a, const Decimal& b) {
    if (a.whole.size() != b.whole.size()) return a.whole.size() < b.whole.size() ? -1 : 1;
    if (const int order = a.whole.compare(b.whole); order != 0) return order;
    return a.fraction.compare(b.fraction);
}

}  // namespace

std::optional<Decimal> parse_decimal(std::string_view text) {
    Decimal parsed;
    const std::string_view digits = without_sign(text);
    const std::size_t whole = digits_at(digits, 0);
    std::size_t fraction = 0;
    if (whole < digits.size()) {
        if (digits[whole] != '.') return std::nullopt;
        fraction = digits_at(digits, whole + 1);
        if (whole + 1 + fraction != digits.size()) return std::nullopt;
        parsed.fraction = digits.substr(whole + 1);
    }
    if (whole + fraction == 0) return std::nullopt;
    parsed.whole = digits.substr(0, whole);
    while (!parsed.whole.empty() && parsed.whole.front() == '0') parsed.whole.remove_prefix(1);
    while (!parsed.fraction.empty() && parsed.fraction.back() == '0') parsed.fraction.remove_suffix(1);
    parsed.negative = text[0] == '-' && !(parsed.whole.empty() && parsed.fraction.empty());
    return parsed;
}

bool is_integer(std::string_view text) {
    const std::string_view digits = without_sign(text);
    return !digits.empty() && digits_at(digits, 0) == digits.size();
}

int compare(const Decimal& a, const Decimal& b) {
    if (a.negative != b.negative) return a.negative ? -1 : 1;
    const int size = compare_size(a, b);
    return a.negative ? -size : size;
}

}  // namespace hub::formats
