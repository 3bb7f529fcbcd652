// Keywords of a single value, and the list of all keywords that are known: what is not in it is refused.
#include "hub/formats/json_schema_types.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>

#include "hub/formats/facets.hpp"
#include "hub/formats/json_number.hpp"
#include "hub/formats/json_schema_pattern.hpp"

namespace hub::formats {
namespace {

using Kind = JsonType::Kind;

constexpr std::string_view kind_names[] = {"unknown", "object", "array", "string", "integer", "number", "boolean", "null"};

Kind kind_named(std::string_view name) {
    const auto at = std::find(std::begin(kind_names) + 1, std::end(kind_names), name);
    return at == std::end(kind_names) ? Kind::unknown : static_cast<Kind>(at - std::begin(kind_names));
}

/// What a value of "enum" or "const" is.
Kind kind_of(const JsonValue& value) {
    switch (value.kind) {
        case JsonKind::string: return Kind::string;
        case JsonKind::boolean: return Kind::boolean;
        case JsonKind::null: return Kind::null;
        case JsonKind::number: return value.text.find_first_of(".eE") == std::string::npos ? Kind::integer : Kind::number;
        case JsonKind::object:
        case JsonKind::array: break;
    }
    return Kind::unknown;
}

/// The values that "const" or "enum" allow; empty: any.
std::vector<const JsonValue*> allowed(const JsonLocated& schema) {
    std::vector<const JsonValue*> values;
    if (const auto* only = schema.value->member("const")) values.push_back(only);
    if (const auto* list = schema.value->member("enum"))
        for (const auto& item : list->items) values.push_back(&item);
    return values;
}

JsonType shown_type(const std::vector<const JsonValue*>& values) {
    JsonType type;
    for (const auto* value : values) {
        const Kind kind = kind_of(*value);
        if (kind == Kind::null && values.size() > 1) {
            type.nullable = true;
        } else if (type.kind == Kind::unknown || (type.kind == Kind::integer && kind == Kind::number)) {
            type.kind = kind;
        } else if (type.kind != kind && !(type.kind == Kind::number && kind == Kind::integer)) {
            return {};
        }
    }
    return type;
}

JsonType stated_type(const JsonValue& keyword) {
    JsonType type;
    if (keyword.kind == JsonKind::string) type.kind = kind_named(keyword.text);
    if (keyword.kind != JsonKind::array || keyword.items.size() != 2) return type;
    for (const auto& item : keyword.items) {
        if (item.text == "null" && !type.nullable) type.nullable = true;
        else type.kind = kind_named(item.text);
    }
    if (!type.nullable || type.kind == Kind::null) type.kind = Kind::unknown;
    return type;
}

class TypeReader {
public:
    TypeReader(const JsonLocated& schema, JsonType type, JsonSchemaDocuments& documents)
        : schema_(schema), type_(type), documents_(documents) {}

    SimpleType read();

private:
    const JsonValue* keyword(std::string_view name) const { return schema_.value->member(name); }
    void refuse(const JsonValue& at, std::string what, std::string cure = {}) {
        documents_.problem({&at, schema_.file}, "TG-F122", std::move(what), std::move(cure));
    }
    bool numeric() const { return type_.kind == Kind::integer || type_.kind == Kind::number; }
    void read_format(const JsonValue& format);
    void read_pattern(const JsonValue& pattern);
    void read_multiple(const JsonValue& multiple);
    void read_allowed();
    std::optional<std::string> bound(std::string_view name);
    std::optional<std::string> lexical(const JsonValue& value);

    const JsonLocated& schema_;
    JsonType type_;
    JsonSchemaDocuments& documents_;
    SimpleType made_{};
};

SimpleType TypeReader::read() {
    made_.name = std::string(kind_names[static_cast<std::size_t>(type_.kind)]) + " at line " + std::to_string(schema_.value->line);
    if (type_.kind == Kind::boolean) made_.base = Lexical::boolean;
    if (type_.kind == Kind::number) made_.base = Lexical::decimal;
    if (type_.kind == Kind::integer) made_.base = Lexical::integer;
    if (const auto* format = keyword("format")) read_format(*format);
    if (const auto* pattern = keyword("pattern")) read_pattern(*pattern);
    if (const auto* multiple = keyword("multipleOf")) read_multiple(*multiple);
    made_.length_min = json_count(schema_, "minLength", documents_);
    made_.length_max = json_count(schema_, "maxLength", documents_);
    made_.min_inclusive = bound("minimum");
    made_.max_inclusive = bound("maximum");
    made_.min_exclusive = bound("exclusiveMinimum");
    made_.max_exclusive = bound("exclusiveMaximum");
    read_allowed();
    return std::move(made_);
}

void TypeReader::read_format(const JsonValue& format) {
    struct Known {
        std::string_view name;
        Lexical base;
    };
    constexpr Known known[] = {{"date", Lexical::date},      {"date-time", Lexical::date_time}, {"time", Lexical::time},
                               {"uri", Lexical::any_uri},    {"uuid", Lexical::string},         {"email", Lexical::string}};
    for (const auto& each : known) {
        if (each.name != format.text || format.kind != JsonKind::string) continue;
        made_.format = each.name;
        made_.base = each.base;
        made_.optional_zone = each.base != Lexical::date;
        return;
    }
    refuse(format, "the format '" + format.text + "' is not known", "one of date, date-time, time, uri, uuid, email; or a pattern");
}

void TypeReader::read_pattern(const JsonValue& pattern) {
    if (pattern.kind != JsonKind::string) return refuse(pattern, "'pattern' must be a string");
    const auto translated = xsd_pattern(pattern.text);
    const bool usable = translated && is_pattern(*translated);
    if (usable) made_.patterns.push_back({*translated});
    if (!usable)
        documents_.problem({&pattern, schema_.file}, "TG-F125",
                           translated ? "the pattern cannot be compiled" : "the pattern uses " + translated.error().what,
                           "write it with characters, [...], (...), |, *, +, ?, {n,m}, and ^ and $ at its ends only");
}

void TypeReader::read_multiple(const JsonValue& multiple) {
    if (multiple.text == "1") made_.base = Lexical::integer;
    else refuse(multiple, "'multipleOf' other than 1 is not known");
}

std::optional<std::string> TypeReader::bound(std::string_view name) {
    const auto* value = keyword(name);
    if (value == nullptr) return std::nullopt;
    if (value->kind == JsonKind::number) return from_json_number(value->text, made_.base == Lexical::integer);
    refuse(*value, "'" + std::string(name) + "' must be a number");
    return std::nullopt;
}

std::optional<std::string> TypeReader::lexical(const JsonValue& value) {
    const Kind kind = kind_of(value);
    const bool fits = kind == type_.kind || (numeric() && (kind == Kind::integer || kind == Kind::number));
    if (!fits) {
        refuse(value, "the value is not of the type", "give each value the type that 'type' states");
        return std::nullopt;
    }
    return value.kind == JsonKind::number ? from_json_number(value.text, made_.base == Lexical::integer) : value.text;
}

void TypeReader::read_allowed() {
    if (const auto* list = keyword("enum"); list != nullptr && (list->kind != JsonKind::array || list->items.empty()))
        refuse(*list, "'enum' must be an array with at least one value");
    if (type_.kind == Kind::null) return;
    for (const auto* value : allowed(schema_)) {
        if (value->kind == JsonKind::null && type_.nullable) continue;
        if (auto text = lexical(*value)) made_.enumeration.push_back(std::move(*text));
    }
}

bool among(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool annotation(std::string_view name) {
    return among(name, {"title", "description", "$schema", "$id", "$comment", "examples", "default", "deprecated", "readOnly",
                        "writeOnly", "$defs", "definitions"});
}

bool meaningful(std::string_view name, Kind kind) {
    if (among(name, {"type", "enum", "const"})) return true;
    switch (kind) {
        case Kind::object:
            return among(name, {"properties", "required", "additionalProperties", "unevaluatedProperties", "oneOf"});
        case Kind::array: return among(name, {"items", "minItems", "maxItems"});
        case Kind::string: return among(name, {"pattern", "minLength", "maxLength", "format"});
        case Kind::integer:
        case Kind::number:
            return among(name, {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"});
        default: return false;
    }
}

}  // namespace

JsonType json_type(const JsonLocated& schema, JsonSchemaDocuments& documents) {
    const auto* stated = schema.value->member("type");
    const JsonType type = stated != nullptr ? stated_type(*stated) : shown_type(allowed(schema));
    if (type.kind != Kind::unknown) return type;
    const bool absent = stated == nullptr && schema.value->kind == JsonKind::object;
    documents.problem(stated != nullptr ? JsonLocated{stated, schema.file} : schema, "TG-F126",
                      absent ? "the schema names no type" : "the type is not one of the known ones",
                      "state \"type\" as object, array, string, integer, number, boolean or null, or as one of these with null");
    return {};
}

SimpleType json_simple_type(const JsonLocated& schema, JsonType type, JsonSchemaDocuments& documents) {
    return TypeReader(schema, type, documents).read();
}

void check_keywords(const JsonLocated& schema, JsonType type, JsonSchemaDocuments& documents) {
    const std::string kind(kind_names[static_cast<std::size_t>(type.kind)]);
    for (const auto& [name, value] : schema.value->members) {
        if (annotation(name) || meaningful(name, type.kind)) continue;
        documents.problem({&value, schema.file}, "TG-F121", "the keyword '" + name + "' is not known for " + kind,
                          "describe the document without it");
    }
    for (const char* closing : {"additionalProperties", "unevaluatedProperties"}) {
        const auto* keyword = schema.value->member(closing);
        if (keyword != nullptr && keyword->kind != JsonKind::boolean)
            documents.problem({keyword, schema.file}, "TG-F121", std::string("'") + closing + "' with a schema has no finite tree of paths",
                              "name each member under 'properties'");
    }
}

std::optional<std::uint32_t> json_count(const JsonLocated& schema, std::string_view keyword, JsonSchemaDocuments& documents) {
    const auto* value = schema.value->member(keyword);
    if (value == nullptr) return std::nullopt;
    std::uint32_t count = 0;
    const char* end = value->text.data() + value->text.size();
    const auto read = std::from_chars(value->text.data(), end, count);
    if (value->kind == JsonKind::number && read.ec == std::errc{} && read.ptr == end && count != unbounded) return count;
    documents.problem({value, schema.file}, "TG-F122", "'" + std::string(keyword) + "' must be a whole number below 2^32 - 1");
    return std::nullopt;
}

}  // namespace hub::formats
