// Decimal digits as text: no number here ever passes through a double.
#include "hub/formats/json_number.hpp"

#include <algorithm>
#include <charconv>

namespace hub::formats {
namespace {

/// sign, digits before and after the point; the value is sign 0.digits * 10^point.
struct Digits {
    bool negative = false;
    std::string all{};
    long long point = 0;
};

std::string plain(const Digits& digits) {
    const auto size = static_cast<long long>(digits.all.size());
    std::string text = digits.negative ? "-" : "";
    if (digits.point <= 0) {
        text += "0." + std::string(static_cast<std::size_t>(-digits.point), '0') + digits.all;
    } else if (digits.point >= size) {
        text += digits.all + std::string(static_cast<std::size_t>(digits.point - size), '0');
    } else {
        const auto whole = static_cast<std::size_t>(digits.point);
        text += digits.all.substr(0, whole) + "." + digits.all.substr(whole);
    }
    return text;
}

/// Cuts the zeros that say nothing: leading ones and, behind a point, trailing ones.
std::string tidy(std::string text) {
    const std::size_t sign = text.starts_with('-') ? 1 : 0;
    const auto first = std::min(text.find_first_not_of('0', sign), text.size());
    const auto keep = first == text.size() || text[first] == '.' ? 1U : 0U;
    if (first - sign > keep) text.erase(sign, first - sign - keep);
    if (text.find('.') != std::string::npos) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

}  // namespace

std::optional<std::string> from_json_number(std::string_view number, bool whole) {
    const auto exponent_at = number.find_first_of("eE");
    const auto mantissa = number.substr(0, exponent_at);
    if (exponent_at == std::string_view::npos) {
        const auto point = number.find('.');
        const bool cut = whole && point != std::string_view::npos &&
                         number.find_first_not_of('0', point + 1) == std::string_view::npos;
        return std::string(cut ? number.substr(0, point) : number);
    }
    auto exponent_text = number.substr(exponent_at + 1);
    if (exponent_text.starts_with('+')) exponent_text.remove_prefix(1);
    long long exponent = 0;
    const auto read = std::from_chars(exponent_text.data(), exponent_text.data() + exponent_text.size(), exponent);
    const auto most = static_cast<long long>(number_digits_max);
    if (read.ec != std::errc{} || exponent > most || exponent < -most || mantissa.size() > number_digits_max)
        return std::nullopt;
    Digits digits;
    digits.negative = mantissa.starts_with('-');
    const auto unsigned_part = mantissa.substr(digits.negative ? 1 : 0);
    const auto point = std::min(unsigned_part.find('.'), unsigned_part.size());
    digits.point = static_cast<long long>(point) + exponent;
    for (const char c : unsigned_part)
        if (c != '.') digits.all += c;
    return tidy(plain(digits));
}

std::optional<std::string> to_json_number(std::string_view number) {
    std::string text = number.starts_with('-') ? "-" : "";
    auto rest = number;
    if (rest.starts_with('-') || rest.starts_with('+')) rest.remove_prefix(1);
    const auto point = std::min(rest.find('.'), rest.size());
    auto whole = rest.substr(0, point);
    const auto fraction = point < rest.size() ? rest.substr(point + 1) : std::string_view{};
    const auto digits_only = [](std::string_view part) {
        return part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    if (whole.size() + fraction.size() == 0 || !digits_only(whole) || !digits_only(fraction)) return std::nullopt;
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    text += whole.empty() ? std::string_view("0") : whole;
    if (!fraction.empty()) text.append(1, '.').append(fraction);
    return text;
}

}  // namespace hub::formats
