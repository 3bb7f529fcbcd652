// Folds chains of restriction, list and union into SimpleTypes; each definition is folded once.
#include "hub/formats/xsd_types.hpp"

#include <charconv>

#include "hub/formats/facets.hpp"

namespace hub::formats {

namespace {

constexpr std::size_t xsd_pattern_bytes_max = 4096;

std::string name_of(const XsdNode& node) {
    for (const XsdNode* each = &node; each != nullptr; each = each->parent)
        if (each->name == "simpleType" || each->name == "complexType")
            if (each->has("name")) return each->token("name");
    return "anonymous at line " + std::to_string(node.line);
}

void tighten(std::optional<std::string>& inclusive, std::optional<std::string>& exclusive, const std::string& value, bool is_inclusive) {
    inclusive.reset();
    exclusive.reset();
    (is_inclusive ? inclusive : exclusive) = value;
}

}  // namespace

const SimpleType* XsdTypes::named(const QName& name, const XsdNode& wanted_by) {
    if (name.ns == XsdSet::xsd_ns) {
        auto& known = built_in_[name.name];
        if (known != nullptr) return known;
        if (name.name == "anyType") return nullptr;
        if (auto type = built_in_type(name.name, builder_)) return known = builder_.own(std::move(*type));
        set_.problem(wanted_by, "TG-F113", "the type xs:" + name.name + " is not supported", "use xs:token or another type with a plain value");
        return nullptr;
    }
    const XsdNode* node = set_.find(XsdKind::type, name);
    return node != nullptr && node->name == "simpleType" ? defined(*node) : nullptr;
}

const SimpleType* XsdTypes::defined(const XsdNode& simple_type) {
    const auto known = defined_.find(&simple_type);
    if (known != defined_.end()) return known->second;
    if (!open_.insert(&simple_type).second) {
        set_.problem(simple_type, "TG-F110", "the simple type '" + simple_type.token("name") + "' is defined by itself", "break the circle");
        return nullptr;
    }
    const SimpleType* type = make(simple_type);
    open_.erase(&simple_type);
    return defined_[&simple_type] = type;
}

const SimpleType* XsdTypes::make(const XsdNode& simple_type) {
    if (const XsdNode* node = simple_type.child("restriction")) {
        const SimpleType* base = referred(*node, "base");
        return base == nullptr ? nullptr : restricted(*base, *node);
    }
    if (const XsdNode* node = simple_type.child("list")) return list(*node);
    if (const XsdNode* node = simple_type.child("union")) return one_of(*node);
    set_.problem(simple_type, "TG-F114", "a simple type must be a restriction, list or union", "say what it is made of");
    return nullptr;
}

const SimpleType* XsdTypes::referred(const XsdNode& node, const char* attribute) {
    if (const XsdNode* inside = node.child("simpleType")) return defined(*inside);
    const std::string written = node.token(attribute);
    const auto before = set_.good();
    const SimpleType* type = written.empty() ? nullptr : named(set_.resolve(node, written), node);
    if (type == nullptr && before && set_.good())
        set_.problem(node, "TG-F112", "no simple type is named '" + written + "'", "define it, or import the document that does");
    return type;
}

const SimpleType* XsdTypes::list(const XsdNode& node) {
    const SimpleType* item = referred(node, "itemType");
    if (item == nullptr) return nullptr;
    SimpleType type;
    type.name = name_of(node);
    type.whitespace = Whitespace::collapse;
    type.list_item = item;
    return builder_.own(std::move(type));
}

const SimpleType* XsdTypes::one_of(const XsdNode& node) {
    SimpleType type;
    type.name = name_of(node);
    const std::string written = node.token("memberTypes");
    for (std::size_t at = written.find_first_not_of(" \t\r\n"); at != std::string::npos;) {
        const std::size_t end = std::min(written.find_first_of(" \t\r\n", at), written.size());
        const std::string name = written.substr(at, end - at);
        const bool good = set_.good();
        const SimpleType* member = named(set_.resolve(node, name), node);
        if (member != nullptr) type.members.push_back(member);
        else if (good && set_.good()) set_.problem(node, "TG-F112", "no simple type is named '" + name + "'", "define it, or import the document that does");
        at = written.find_first_not_of(" \t\r\n", end);
    }
    for (const auto& each : node.children) {
        const SimpleType* member = each->name == "simpleType" ? defined(*each) : nullptr;
        if (member != nullptr) type.members.push_back(member);
    }
    if (type.members.empty()) return nullptr;
    return builder_.own(std::move(type));
}

const SimpleType* XsdTypes::restricted(const SimpleType& base, const XsdNode& restriction) {
    SimpleType type = base;
    type.name = name_of(restriction);
    std::vector<std::string> patterns, enumeration;
    for (const auto& each : restriction.children)  // first, because enumeration values follow it
        if (each->name == "whiteSpace")
            type.whitespace = each->token("value") == "collapse" ? Whitespace::collapse
                              : each->token("value") == "replace" ? Whitespace::replace : Whitespace::preserve;
    for (const auto& each : restriction.children) facet(*each, type, patterns, enumeration);
    if (!patterns.empty()) type.patterns.push_back(std::move(patterns));
    if (!enumeration.empty()) type.enumeration = std::move(enumeration);
    return builder_.own(std::move(type));
}

void XsdTypes::facet(const XsdNode& node, SimpleType& type, std::vector<std::string>& patterns, std::vector<std::string>& enumeration) {
    if (node.name == "pattern") {
        patterns.emplace_back(node.raw("value"));
        if (patterns.back().size() > xsd_pattern_bytes_max || !is_pattern(patterns.back()))
            set_.problem(node, "TG-F115", "the pattern is not a regular expression of XML Schema, or is too long", "correct the pattern");
    } else if (node.name == "enumeration") {
        std::string scratch;
        enumeration.emplace_back(apply_whitespace(type, node.raw("value"), scratch));
    } else if (node.name == "length") {
        count(node, type.length_min);
        type.length_max = type.length_min;
    } else if (node.name == "minLength") {
        count(node, type.length_min);
    } else if (node.name == "maxLength") {
        count(node, type.length_max);
    } else if (node.name == "totalDigits") {
        count(node, type.total_digits);
    } else if (node.name == "fractionDigits") {
        count(node, type.fraction_digits);
    } else if (node.name.size() == 12 && (node.name.substr(0, 3) == "min" || node.name.substr(0, 3) == "max")) {
        bound(node, type);
    }
}

void XsdTypes::bound(const XsdNode& node, SimpleType& type) {
    const std::string value = node.token("value");
    const bool inclusive = node.name.substr(3) == "Inclusive";
    if (type.base == Lexical::duration || type.base == Lexical::string)
        return set_.problem(node, "TG-F115", "bounds on " + std::string(type.base == Lexical::string ? "text" : "durations") + " are not supported",
                            "bound a number, date or time instead");
    if (why_not_lexical(type, value) != nullptr)
        set_.problem(node, "TG-F115", "the bound is not a value of the type", "correct the bound");
    if (node.name.substr(0, 3) == "min") tighten(type.min_inclusive, type.min_exclusive, value, inclusive);
    else tighten(type.max_inclusive, type.max_exclusive, value, inclusive);
}

void XsdTypes::count(const XsdNode& node, std::optional<std::uint32_t>& into) {
    const std::string text = node.token("value");
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size())
        set_.problem(node, "TG-F115", "xs:" + node.name + " is not a count", "write a whole number");
    into = value;
}

}  // namespace hub::formats
