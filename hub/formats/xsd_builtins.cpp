// XML Schema's built-in simple types, as facets over the model's value spaces.
#include <array>

#include "hub/formats/xsd_types.hpp"

namespace hub::formats {

namespace {

struct BuiltIn {
    const char* name;
    Lexical base;
    Whitespace whitespace = Whitespace::collapse;
    const char* pattern = nullptr;
    const char* low = nullptr;
    const char* high = nullptr;
    Identity identity = Identity::none;
};

constexpr const char* ncname = "[\\i-[:]][\\c-[:]]*";

constexpr const char* digits = "[0-9]+";  ///< libxml2 takes no sign before an unsigned number

constexpr std::array built_ins{
    BuiltIn{"string", Lexical::string, Whitespace::preserve},
    BuiltIn{"anySimpleType", Lexical::string, Whitespace::preserve},
    BuiltIn{"normalizedString", Lexical::string, Whitespace::replace},
    BuiltIn{"token", Lexical::string},
    BuiltIn{"language", Lexical::string, Whitespace::collapse, "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"},
    BuiltIn{"NMTOKEN", Lexical::string, Whitespace::collapse, "\\c+"},
    BuiltIn{"Name", Lexical::string, Whitespace::collapse, "\\i\\c*"},
    BuiltIn{"NCName", Lexical::string, Whitespace::collapse, ncname},
    BuiltIn{"ID", Lexical::string, Whitespace::collapse, ncname, nullptr, nullptr, Identity::id},
    BuiltIn{"IDREF", Lexical::string, Whitespace::collapse, ncname, nullptr, nullptr, Identity::reference},
    BuiltIn{"ENTITY", Lexical::string, Whitespace::collapse, ncname, nullptr, nullptr, Identity::entity},
    BuiltIn{"boolean", Lexical::boolean},
    BuiltIn{"decimal", Lexical::decimal},
    BuiltIn{"integer", Lexical::integer},
    BuiltIn{"nonPositiveInteger", Lexical::integer, Whitespace::collapse, nullptr, nullptr, "0"},
    BuiltIn{"negativeInteger", Lexical::integer, Whitespace::collapse, nullptr, nullptr, "-1"},
    BuiltIn{"nonNegativeInteger", Lexical::integer, Whitespace::collapse, nullptr, "0"},
    BuiltIn{"positiveInteger", Lexical::integer, Whitespace::collapse, nullptr, "1"},
    BuiltIn{"long", Lexical::integer, Whitespace::collapse, nullptr, "-9223372036854775808", "9223372036854775807"},
    BuiltIn{"int", Lexical::integer, Whitespace::collapse, nullptr, "-2147483648", "2147483647"},
    BuiltIn{"short", Lexical::integer, Whitespace::collapse, nullptr, "-32768", "32767"},
    BuiltIn{"byte", Lexical::integer, Whitespace::collapse, nullptr, "-128", "127"},
    BuiltIn{"unsignedLong", Lexical::integer, Whitespace::collapse, digits, "0", "18446744073709551615"},
    BuiltIn{"unsignedInt", Lexical::integer, Whitespace::collapse, digits, "0", "4294967295"},
    BuiltIn{"unsignedShort", Lexical::integer, Whitespace::collapse, digits, "0", "65535"},
    BuiltIn{"unsignedByte", Lexical::integer, Whitespace::collapse, digits, "0", "255"},
    BuiltIn{"float", Lexical::floating},
    BuiltIn{"double", Lexical::floating},
    BuiltIn{"duration", Lexical::duration},
    BuiltIn{"dateTime", Lexical::date_time},
    BuiltIn{"date", Lexical::date},
    BuiltIn{"time", Lexical::time},
    BuiltIn{"gYear", Lexical::g_year},
    BuiltIn{"gYearMonth", Lexical::g_year_month},
    BuiltIn{"gMonth", Lexical::string, Whitespace::collapse, "--(0[1-9]|1[0-2])(Z|[+\\-]((0\\d|1[0-3]):[0-5]\\d|14:00))?"},
    BuiltIn{"gDay", Lexical::string, Whitespace::collapse, "---(0[1-9]|[12]\\d|3[01])(Z|[+\\-]((0\\d|1[0-3]):[0-5]\\d|14:00))?"},
    BuiltIn{"gMonthDay", Lexical::string, Whitespace::collapse,
            "--((0[13578]|1[02])-(0[1-9]|[12]\\d|3[01])|(0[469]|11)-(0[1-9]|[12]\\d|30)|02-(0[1-9]|[12]\\d))"
            "(Z|[+\\-]((0\\d|1[0-3]):[0-5]\\d|14:00))?"},
    BuiltIn{"anyURI", Lexical::any_uri},
    BuiltIn{"base64Binary", Lexical::base64},
    BuiltIn{"hexBinary", Lexical::hex},
};

struct BuiltInList {
    const char* name;
    const char* item;
};
constexpr std::array built_in_lists{BuiltInList{"NMTOKENS", "NMTOKEN"}, BuiltInList{"IDREFS", "IDREF"}, BuiltInList{"ENTITIES", "ENTITY"}};

}  // namespace

std::optional<SimpleType> built_in_type(std::string_view name, SchemaBuilder& builder) {
    SimpleType type;
    type.name = "xs:" + std::string(name);
    type.whitespace = Whitespace::collapse;
    for (const BuiltIn& each : built_ins) {
        if (each.name != name) continue;
        type.base = each.base;
        type.whitespace = each.whitespace;
        if (each.pattern != nullptr) type.patterns.push_back({each.pattern});
        if (each.low != nullptr) type.min_inclusive = each.low;
        if (each.high != nullptr) type.max_inclusive = each.high;
        type.identity = each.identity;
        return type;
    }
    for (const BuiltInList& each : built_in_lists) {
        if (each.name != name) continue;
        type.list_item = builder.own(*built_in_type(each.item, builder));
        type.length_min = 1;
        return type;
    }
    return std::nullopt;
}

}  // namespace hub::formats
