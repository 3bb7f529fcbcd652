// Checks one text against one simple type: our own model's word on values, for every notation.
//
// Regular expressions are libxml2's, so that a pattern means the same here and in its validator. A pattern on which it
// gives up (a result below 0) counts as not matched. It goes back and tries again, so that a pattern with several loops
// can take time in a power of the text's length: the length that such a pattern is tried on is limited.
#include "hub/formats/facets.hpp"

#include <libxml/xmlregexp.h>

#include <algorithm>

#include "hub/formats/decimal.hpp"
#include "hub/formats/moment.hpp"

namespace hub::formats {

namespace {

struct FreeRegexp {
    void operator()(xmlRegexpPtr regexp) const { xmlRegFreeRegexp(regexp); }
};
using Regexp = std::unique_ptr<_xmlRegexp, FreeRegexp>;

Regexp compile(const std::string& pattern) {
    return Regexp(xmlRegexpCompile(reinterpret_cast<const xmlChar*>(pattern.c_str())));
}

/// Unbounded repetitions in a pattern; characters in classes and after a backslash are none.
std::size_t loops_in(std::string_view pattern) {
    std::size_t loops = 0;
    bool in_class = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char each = pattern[at];
        if (each == '\\') ++at;
        else if (each == '[') in_class = true;
        else if (each == ']') in_class = false;
        else if (!in_class && (each == '*' || each == '+' || pattern.substr(at, 2) == ",}")) ++loops;
    }
    return loops;
}

/// Measured: 8,000 characters under two loops and 300 under three stay below a second, whatever the text.
std::size_t matched_bytes_max(std::size_t loops) {
    constexpr std::size_t two_loops_bytes_max = 8'000, many_loops_bytes_max = 300;
    return loops < 2 ? SIZE_MAX : loops == 2 ? two_loops_bytes_max : many_loops_bytes_max;
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

struct CompiledFacets {
    std::vector<std::vector<Regexp>> patterns{};
    std::size_t text_bytes_max = SIZE_MAX;               ///< of texts that the patterns are tried on
    std::vector<std::string_view> sorted_enumeration{};  ///< views into the type
};

namespace {

bool matches(const CompiledFacets& facets, std::string_view text) {
    const std::string terminated(text);
    const auto* characters = reinterpret_cast<const xmlChar*>(terminated.c_str());
    return std::all_of(facets.patterns.begin(), facets.patterns.end(), [&](const auto& step) {
        return std::any_of(step.begin(), step.end(), [&](const Regexp& each) {
            return each != nullptr && xmlRegexpExec(each.get(), characters) == 1;
        });
    });
}

bool enumerated(const SimpleType& type, const CompiledFacets& facets, std::string_view text) {
    const auto& sorted = facets.sorted_enumeration;
    if (std::binary_search(sorted.begin(), sorted.end(), text)) return true;
    if (type.base == Lexical::string) return false;
    return std::any_of(sorted.begin(), sorted.end(), [&](std::string_view each) { return same_value(type, each, text); });
}

/// What a length facet counts: items of a list, octets of binary data, characters of everything else.
std::size_t length_of(const SimpleType& type, std::string_view text) {
    if (type.list_item != nullptr)
        return text.empty() ? 0 : static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) + 1;
    if (type.base == Lexical::hex) return text.size() / 2;
    if (type.base == Lexical::base64) {
        const auto symbols = std::count_if(text.begin(), text.end(), [](char each) { return each != ' ' && each != '='; });
        return static_cast<std::size_t>(symbols) * 3 / 4;
    }
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char each) { return (static_cast<unsigned char>(each) & 0xc0U) != 0x80U; }));
}

std::string counted(const SimpleType& type, std::uint32_t number) {
    const char* unit = type.list_item != nullptr ? " item" : type.base == Lexical::hex || type.base == Lexical::base64 ? " byte" : " character";
    return std::to_string(number) + unit + (number == 1 ? "" : "s");
}

std::optional<std::string> why_wrong_length(const SimpleType& type, std::string_view text) {
    if (!type.length_min && !type.length_max) return std::nullopt;
    const std::size_t length = length_of(type, text);
    if (type.length_max && length > *type.length_max) return "is longer than " + counted(type, *type.length_max);
    if (type.length_min && length < *type.length_min)
        return length == 0 ? "is empty" : "is shorter than " + counted(type, *type.length_min);
    return std::nullopt;
}

std::optional<std::string> why_wrong_digits(const SimpleType& type, std::string_view text) {
    if (!type.total_digits && !type.fraction_digits) return std::nullopt;
    const auto number = parse_decimal(text);
    if (!number) return std::nullopt;
    if (type.fraction_digits && number->fraction.size() > *type.fraction_digits)
        return "has more than " + std::to_string(*type.fraction_digits) + " digits after the point";
    if (type.total_digits && number->whole.size() + number->fraction.size() > *type.total_digits)
        return "has more than " + std::to_string(*type.total_digits) + " digits";
    return std::nullopt;
}

/// Order of two texts of the type, or nothing where they have none (NaN, strings).
std::optional<int> order_of(const SimpleType& type, std::string_view a, std::string_view b) {
    if (type.base == Lexical::floating) {
        const double first = to_double(a), second = to_double(b);
        if (first < second) return -1;
        return first > second ? std::optional(1) : first == second ? std::optional(0) : std::nullopt;
    }
    if (const auto first = parse_decimal(a), second = parse_decimal(b); first && second) return compare(*first, *second);
    const auto first = parse_moment(type.base, a), second = parse_moment(type.base, b);
    if (!first || !second) return std::nullopt;
    if (first->zoned == second->zoned) return compare(*first, *second);
    // Without a zone a time may be anywhere within 14 hours: near enough, the two have no order.
    constexpr std::int64_t zone_seconds_max = 14 * 3'600;
    if (first->seconds < second->seconds - zone_seconds_max) return -1;
    return first->seconds > second->seconds + zone_seconds_max ? std::optional(1) : std::nullopt;
}

std::optional<std::string> why_out_of_bounds(const SimpleType& type, std::string_view text) {
    const auto beyond = [&](const std::optional<std::string>& bound, auto outside) {
        if (!bound) return false;
        const auto order = order_of(type, text, *bound);
        return !order || outside(*order);
    };
    if (beyond(type.min_inclusive, [](int order) { return order < 0; })) return "is below " + *type.min_inclusive;
    if (beyond(type.min_exclusive, [](int order) { return order <= 0; })) return "is not above " + *type.min_exclusive;
    if (beyond(type.max_inclusive, [](int order) { return order > 0; })) return "is above " + *type.max_inclusive;
    if (beyond(type.max_exclusive, [](int order) { return order >= 0; })) return "is not below " + *type.max_exclusive;
    return std::nullopt;
}

std::optional<std::string> why_not_items(const SimpleType& item, std::string_view text) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (auto reason = why_invalid(item, text.substr(0, end))) return "has an item that " + *reason;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return std::nullopt;
}

bool is_member(const SimpleType& type, std::string_view text) {
    return std::any_of(type.members.begin(), type.members.end(),
                       [&](const SimpleType* each) { return !why_invalid(*each, text); });
}

std::optional<std::string> why_not_space(const SimpleType& type, std::string_view text) {
    if (type.list_item != nullptr) return why_not_items(*type.list_item, text);
    if (!type.members.empty())
        return is_member(type, text) ? std::nullopt : std::optional<std::string>("is none of the allowed kinds of value");
    if (const char* reason = why_not_lexical(type, text)) return reason;
    return std::nullopt;
}

}  // namespace

std::shared_ptr<const CompiledFacets> compile_facets(const SimpleType& type) {
    auto compiled = std::make_shared<CompiledFacets>();
    for (const auto& step : type.patterns) {
        compiled->patterns.emplace_back();
        for (const auto& each : step) {
            compiled->patterns.back().push_back(compile(each));
            compiled->text_bytes_max = std::min(compiled->text_bytes_max, matched_bytes_max(loops_in(each)));
        }
    }
    compiled->sorted_enumeration.assign(type.enumeration.begin(), type.enumeration.end());
    std::sort(compiled->sorted_enumeration.begin(), compiled->sorted_enumeration.end());
    return compiled;
}

std::size_t matched_bytes_max(const SimpleType& type) { return (type.compiled ? type.compiled : compile_facets(type))->text_bytes_max; }

bool within_bounds(const SimpleType& from, const SimpleType& to) {
    const auto zoned = [&](const std::string& text) {
        const auto moment = parse_moment(to.base, text);
        return moment && moment->zoned;
    };
    // Bounds that both have a zone, or none, keep their order whatever the zone of a text.
    const auto inside = [&](const std::optional<std::string>& bound, const auto& inclusive, const auto& exclusive, bool bound_inclusive, int side) {
        if (!bound) return true;
        const auto& nearest = exclusive ? exclusive : inclusive;
        if (!nearest || zoned(*nearest) != zoned(*bound)) return false;
        const auto order = order_of(to, *nearest, *bound);
        return order && (*order * side > 0 || (*order == 0 && (bound_inclusive || exclusive)));
    };
    return from.base == to.base && inside(to.min_inclusive, from.min_inclusive, from.min_exclusive, true, 1) &&
           inside(to.min_exclusive, from.min_inclusive, from.min_exclusive, false, 1) &&
           inside(to.max_inclusive, from.max_inclusive, from.max_exclusive, true, -1) &&
           inside(to.max_exclusive, from.max_inclusive, from.max_exclusive, false, -1);
}

bool is_pattern(const std::string& pattern) { return compile(pattern) != nullptr; }

bool too_long_to_match(const SimpleType& type, std::string_view text) {
    if (type.compiled && text.size() > type.compiled->text_bytes_max) return true;
    if (type.list_item != nullptr && too_long_to_match(*type.list_item, text)) return true;
    return std::any_of(type.members.begin(), type.members.end(),
                       [&](const SimpleType* each) { return too_long_to_match(*each, text); });
}

std::string_view apply_whitespace(const SimpleType& type, std::string_view text, std::string& scratch) {
    Whitespace rule = type.whitespace;
    for (const SimpleType* each : type.members) {
        if (!why_invalid(*each, text)) return apply_whitespace(*each, text, scratch);
    }
    if (type.list_item != nullptr) rule = Whitespace::collapse;
    if (rule == Whitespace::preserve) return text;
    const bool collapse = rule == Whitespace::collapse;
    bool changes = collapse && !text.empty() && (text.front() == ' ' || text.back() == ' ');
    for (std::size_t at = 0; at < text.size() && !changes; ++at)
        changes = is_space(text[at]) && (text[at] != ' ' || (collapse && text[at + 1] == ' '));
    if (!changes) return text;
    scratch.clear();
    for (const char each : text) {
        if (!is_space(each)) scratch += each;
        else if (!collapse || (!scratch.empty() && scratch.back() != ' ')) scratch += ' ';
    }
    if (collapse && !scratch.empty() && scratch.back() == ' ') scratch.pop_back();
    return scratch;
}

std::optional<std::string> why_invalid(const SimpleType& type, std::string_view text) {
    if (!type.compiled) {  // a type that no builder has finished
        SimpleType compiled = type;
        compiled.compiled = compile_facets(compiled);
        return why_invalid(compiled, text);
    }
    const CompiledFacets* facets = type.compiled.get();
    std::string scratch;
    const std::string_view value = apply_whitespace(type, text, scratch);
    if (auto reason = why_not_space(type, value)) return reason;
    if (!type.enumeration.empty() && !enumerated(type, *facets, value)) return "is not one of the allowed values";
    if (auto reason = why_wrong_length(type, value)) return reason;
    if (auto reason = why_wrong_digits(type, value)) return reason;
    if (auto reason = why_out_of_bounds(type, value)) return reason;
    if (value.size() > facets->text_bytes_max)
        return "is longer than the " + std::to_string(facets->text_bytes_max) + " bytes that its pattern is tried on";
    if (!facets->patterns.empty() && !matches(*facets, value)) return "does not have the required form (pattern)";
    if (const char* reason = type.format.empty() ? nullptr : why_not_format(type.format, value)) return reason;
    return std::nullopt;
}

}  // namespace hub::formats
