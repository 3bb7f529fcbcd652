// The subset test on facets.
#include "hub/mapping/types.hpp"

#include <algorithm>

namespace hub::mapping {

namespace {

using formats::JsonShape;
using formats::Lexical;
using formats::SimpleType;

template <class T>
bool at_most(const std::optional<T>& from, const std::optional<T>& to) {
    return !to || (from && *from <= *to);
}

bool same_or_free(const std::optional<std::string>& from, const std::optional<std::string>& to) { return !to || from == to; }

bool base_fits(Lexical from, Lexical to) {
    return from == to || to == Lexical::string || (from == Lexical::integer && to == Lexical::decimal);
}

bool lengths_fit(const SimpleType& from, const SimpleType& to) {
    // Collapsing space may shorten a value, even to nothing.
    if (to.length_min && to.whitespace > from.whitespace) return false;
    return at_most(from.length_max, to.length_max) && (!to.length_min || *to.length_min <= std::max(from.length_min.value_or(0), 1U));
}

bool is_simple(const SimpleType& type) { return type.list_item == nullptr && type.members.empty(); }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

bool is_json_number(std::string_view text) {
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    const auto exponent = text.find_first_of("eE");
    if (exponent != std::string_view::npos) {
        std::string_view digits = text.substr(exponent + 1);
        if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
        if (!all_digits(digits)) return false;
        text = text.substr(0, exponent);
    }
    const auto point = text.find('.');
    if (point != std::string_view::npos && !all_digits(text.substr(point + 1))) return false;
    const std::string_view whole = text.substr(0, point);
    return all_digits(whole) && (whole.size() == 1 || whole[0] != '0');
}

}  // namespace

bool takes_any_text(const SimpleType& type) {
    return is_simple(type) && type.base == Lexical::string && !type.length_max && type.length_min.value_or(0) <= 1 &&
           (!type.length_min || type.whitespace == formats::Whitespace::preserve) && type.patterns.empty() &&
           type.enumeration.empty() && type.format.empty();
}

bool fits(const SimpleType& from, const SimpleType& to) {
    if (&from == &to || takes_any_text(to)) return true;
    if (!is_simple(from) || !is_simple(to)) return false;
    if (!from.enumeration.empty())
        return std::all_of(from.enumeration.begin(), from.enumeration.end(),
                           [&](const std::string& each) { return each.empty() || !formats::why_invalid(to, each); });
    if (!to.enumeration.empty() || !base_fits(from.base, to.base)) return false;
    const bool patterns = std::all_of(to.patterns.begin(), to.patterns.end(), [&](const auto& each) {
        return std::find(from.patterns.begin(), from.patterns.end(), each) != from.patterns.end();
    });
    return patterns && lengths_fit(from, to) && at_most(from.total_digits, to.total_digits) &&
           at_most(from.fraction_digits, to.fraction_digits) && same_or_free(from.min_inclusive, to.min_inclusive) &&
           same_or_free(from.max_inclusive, to.max_inclusive) && same_or_free(from.min_exclusive, to.min_exclusive) &&
           same_or_free(from.max_exclusive, to.max_exclusive) && (to.optional_zone || !from.optional_zone) &&
           (to.format.empty() || to.format == from.format);
}

bool may_be_empty(const formats::Declaration& declaration) {
    return declaration.nillable || (declaration.type != nullptr && !formats::why_invalid(*declaration.type, ""));
}

std::string_view as_json(JsonShape shape, std::string_view text, std::string& scratch) {
    if (shape == JsonShape::boolean) return text == "1" ? "true" : text == "0" ? "false" : text;
    if (shape != JsonShape::number || is_json_number(text)) return text;
    std::string_view digits = text;
    const bool negative = !digits.empty() && digits[0] == '-';
    if (!digits.empty() && (negative || digits[0] == '+')) digits.remove_prefix(1);
    while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
    if (digits.size() > 1 && digits.back() == '.') digits.remove_suffix(1);
    scratch = negative ? "-" : "";
    if (!digits.empty() && digits[0] == '.') scratch += '0';
    scratch += digits;
    return is_json_number(scratch) ? std::string_view(scratch) : text;
}

bool has_shape(JsonShape shape, std::string_view text) {
    if (shape == JsonShape::number) return is_json_number(text);
    if (shape == JsonShape::boolean) return text == "true" || text == "false";
    return true;
}

}  // namespace hub::mapping
