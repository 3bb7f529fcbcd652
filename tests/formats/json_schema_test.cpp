// JSON Schema to the schema model: what is understood and what is refused, by name and line.
#include "tests/formats/reading.hpp"

using namespace hub::formats;
using namespace hub::formats::test;

namespace {

std::shared_ptr<const Schema> of(const std::string& text) { return schema_of({{"schema.json", text}}, Format::json); }

/// An object with one member `m`.
std::string member(const std::string& schema) { return "{\"type\":\"object\",\n\"properties\":{\n\"m\":" + schema + "}}"; }

/// What is said against a schema; empty when it is read.
std::string against(const SchemaTexts& texts) {
    hub::Problems problems;
    const auto schema = Schema::read(texts, "schema.json", {}, Format::json, problems);
    BOOST_TEST(bool(schema) == problems.empty());
    return told(problems);
}
std::string against(const std::string& text) { return against(SchemaTexts{{"schema.json", text}}); }

bool says(const std::string& told, const std::string& text) {
    const bool found = told.find(text) != std::string::npos;
    if (!found) BOOST_TEST_MESSAGE("said: " + told);
    return found;
}

/// Whether a value of `m` is valid under its schema.
bool valid(const std::string& schema, const std::string& value) { return read(of(member(schema)), "{\"m\":" + value + "}").valid(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(json_schema)

BOOST_AUTO_TEST_CASE(the_root_is_named_after_the_file_and_members_keep_their_order) {
    const auto schema = schema_of({{"schema.json", R"({"type":"object","properties":{"b":{"type":"string"},"a":{"type":"object"}},"required":["a"]})"}},
                                  Format::json);
    BOOST_TEST(schema->path_of(0) == "/schema");
    BOOST_REQUIRE((*schema)[0].children.size() == 2);
    const auto& b = (*schema)[(*schema)[0].children[0]];
    const auto& a = (*schema)[(*schema)[0].children[1]];
    BOOST_TEST(b.name == "b");
    BOOST_TEST(b.occurs_min == 0);
    BOOST_TEST(a.name == "a");
    BOOST_TEST(a.occurs_min == 1);
    BOOST_TEST((a.type == nullptr));
    BOOST_TEST(b.line == 1);
}

BOOST_AUTO_TEST_CASE(every_facet_is_checked) {
    BOOST_TEST(valid(R"({"type":"string","minLength":2,"maxLength":3})", "\"\xc3\xa9\xc3\xa9\""));
    BOOST_TEST(!valid(R"({"type":"string","minLength":2})", "\"a\""));
    BOOST_TEST(!valid(R"({"type":"string","maxLength":2})", "\"abc\""));
    BOOST_TEST(valid(R"({"type":"integer","minimum":1,"maximum":3})", "3"));
    BOOST_TEST(!valid(R"({"type":"integer","minimum":1})", "0"));
    BOOST_TEST(!valid(R"({"type":"integer"})", "1.5"));
    BOOST_TEST(valid(R"({"type":"number","multipleOf":1})", "2.0"));
    BOOST_TEST(!valid(R"({"type":"number","multipleOf":1})", "2.5"));
    BOOST_TEST(!valid(R"({"type":"number","exclusiveMaximum":1e1})", "10"));
    BOOST_TEST(valid(R"({"type":"number","exclusiveMaximum":10})", "9.99"));
    BOOST_TEST(!valid(R"({"type":"number","exclusiveMinimum":0})", "0.0"));
    BOOST_TEST(valid(R"({"enum":["a","b"]})", "\"b\""));
    BOOST_TEST(!valid(R"({"enum":["a","b"]})", "\"c\""));
    BOOST_TEST(valid(R"({"type":["string","null"],"enum":["a",null]})", "null"));
    BOOST_TEST(valid(R"({"enum":[1,2.5]})", "2.50"));
    BOOST_TEST(!valid(R"({"const":7})", "8"));
    BOOST_TEST(valid(R"({"const":true})", "true"));
    BOOST_TEST(!valid(R"({"const":true})", "false"));
    BOOST_TEST(valid(R"({"type":"null"})", "null"));
    BOOST_TEST(!valid(R"({"type":"null"})", "\"x\""));
}

BOOST_AUTO_TEST_CASE(every_format_is_checked) {
    BOOST_TEST(valid(R"({"type":"string","format":"date"})", "\"2024-02-29\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"date"})", "\"1981-02-29\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"date"})", "\"2024-02-29Z\""));
    BOOST_TEST(valid(R"({"type":"string","format":"date-time"})", "\"2024-02-29T10:00:00.5Z\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"date-time"})", "\"2024-02-29T10:00:00\""));
    BOOST_TEST(valid(R"({"type":"string","format":"time"})", "\"10:00:00+01:00\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"time"})", "\"25:00:00Z\""));
    BOOST_TEST(valid(R"({"type":"string","format":"uuid"})", "\"3f0c8e1a-0000-4000-8000-00000000000A\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"uuid"})", "\"3f0c8e1a\""));
    BOOST_TEST(valid(R"({"type":"string","format":"uri"})", "\"https://example.test/a?b#c\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"uri"})", "\"not a uri\""));
    BOOST_TEST(valid(R"({"type":"string","format":"email"})", "\"a.b@example.test\""));
    BOOST_TEST(!valid(R"({"type":"string","format":"email"})", "\"a.b\""));
    BOOST_TEST(says(against(member(R"({"type":"string","format":"hostname"})")), "schema.json:3: TG-F122: the format 'hostname' is not known"));
}

BOOST_AUTO_TEST_CASE(arrays_are_repeated_declarations) {
    const std::string array = R"({"type":"array","items":{"type":"string"},"minItems":1,"maxItems":2})";
    BOOST_TEST(valid(array, "[\"a\",\"b\"]"));
    BOOST_TEST(!valid(array, "[\"a\",\"b\",\"c\"]"));
    BOOST_TEST(!valid(R"({"type":"array","items":{"type":"string"},"minItems":2})", "[\"a\"]"));
    BOOST_TEST(valid(R"({"type":["array","null"],"items":{"type":"string"}})", "null"));
    BOOST_TEST(!valid(R"({"type":"array","items":{"type":"string"}})", "null"));
    BOOST_TEST(valid(R"({"type":"array","items":{"type":["string","null"]}})", "[null,\"a\"]"));
    BOOST_TEST(!valid(R"({"type":"array","items":{"type":"string"}})", "[null]"));
    BOOST_TEST(valid(R"({"type":"array","items":{"type":"integer"},"maxItems":1})", "[5]"));
    BOOST_TEST(!valid(R"({"type":"array","items":{"type":"integer"},"maxItems":1})", "5"));
    BOOST_TEST(says(against(member(R"({"type":"array"})")), "schema.json:3: TG-F129: the array does not say what its items are"));
    BOOST_TEST(says(against(member(R"({"type":"array","items":{"type":"array","items":{"type":"string"}}})")), "TG-F129: an array of arrays"));
    BOOST_TEST(says(against(member(R"({"type":"array","items":{"type":"string"},"minItems":3,"maxItems":2})")), "TG-F129"));
}

BOOST_AUTO_TEST_CASE(references_lead_to_definitions_and_other_documents) {
    const SchemaTexts texts{
        {"schema.json", R"({"$ref":"#/$defs/event","$defs":{"event":{"type":"object","properties":{
            "who":{"$ref":"parts/person.json","description":"a reference with a note"},"when":{"$ref":"parts/person.json#/$defs/a~1b%20c"}}}}})"},
        {"parts/person.json", R"({"type":"object","properties":{"name":{"$ref":"../name.json#/definitions/name"}},
            "$defs":{"a/b c":{"type":"string","format":"date"}}})"},
        {"name.json", R"({"definitions":{"name":{"type":"string","maxLength":3}}})"}};
    const auto schema = schema_of(texts, Format::json);
    BOOST_TEST(read(schema, R"({"who":{"name":"abc"},"when":"2026-01-01"})").valid());
    BOOST_TEST(read(schema, R"({"who":{"name":"abcd"}})").mentions("/schema/who/name is longer"));
    const DeclId who = schema->child_any_ns(0, DeclKind::element, "who");
    BOOST_TEST((*schema)[schema->child_any_ns(who, DeclKind::element, "name")].file == "parts/person.json");
}

BOOST_AUTO_TEST_CASE(references_that_lead_nowhere_are_refused) {
    BOOST_TEST(says(against(member(R"({"$ref":"#/$defs/none"})")), "schema.json:3: TG-F123: $ref '#/$defs/none' points to nothing"));
    BOOST_TEST(says(against(member(R"({"$ref":"other.json"})")), "TG-F123: no schema document is named 'other.json'"));
    BOOST_TEST(says(against(member(R"({"$ref":"../other.json"})")), "leads out of the schemas folder"));
    BOOST_TEST(says(against(member(R"({"$ref":"https://example.test/x.json"})")), "nothing is fetched"));
    BOOST_TEST(says(against(member(R"({"$ref":"#anchor"})")), "points to nothing"));
    BOOST_TEST(says(against(member(R"({"$ref":"#/$defs/none","maxLength":3})")), "TG-F121: the keyword 'maxLength'"));
}

BOOST_AUTO_TEST_CASE(recursion_is_refused) {
    BOOST_TEST(says(against(R"({"type":"object","properties":{"child":{"$ref":"#"}}})"), "TG-F124: the object contains itself"));
    BOOST_TEST(says(against(R"({"type":"object","properties":{"m":{"$ref":"#/$defs/a"}},"$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}})"),
                    "TG-F124: references lead in a circle"));
    BOOST_TEST(says(against(R"({"type":"object","properties":{"m":{"$ref":"#/$defs/a"}},"$defs":{
        "a":{"type":"object","properties":{"bs":{"type":"array","items":{"$ref":"#/$defs/b"}}}},
        "b":{"type":"object","properties":{"a":{"$ref":"#/$defs/a"}}}}})"), "contains itself"));
}

BOOST_AUTO_TEST_CASE(a_small_schema_cannot_expand_without_end) {
    std::string text = R"({"type":"object","properties":{"m":{"$ref":"#/$defs/d0"}},"$defs":{)";
    for (int level = 0; level < 30; ++level) {
        const std::string next = "{\"$ref\":\"#/$defs/d" + std::to_string(level + 1) + "\"}";
        text += "\"d" + std::to_string(level) + "\":{\"type\":\"object\",\"properties\":{\"a\":" + next + ",\"b\":" + next + ",\"c\":" + next + "}},";
    }
    BOOST_TEST(says(against(text + "\"d30\":{\"type\":\"string\"}}}"), "TG-F128: declarations_max = 20000 is exceeded"));
    std::string deep = R"({"type":"object","properties":{"m":{"$ref":"#/$defs/d0"}},"$defs":{)";
    for (int level = 0; level < 100; ++level)
        deep += "\"d" + std::to_string(level) + "\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/$defs/d" + std::to_string(level + 1) + "\"}}},";
    BOOST_TEST(says(against(deep + "\"d100\":{\"type\":\"string\"}}}"), "schema_depth_max"));
}

BOOST_AUTO_TEST_CASE(what_would_change_validity_and_is_not_known_is_refused_by_name_and_line) {
    for (const char* keyword : {"allOf", "anyOf", "if", "then", "else", "not", "patternProperties", "prefixItems", "dependentRequired",
                                "propertyNames", "minProperties", "maxProperties", "dependentSchemas", "$dynamicRef", "frobnicate"}) {
        const std::string told = against("{\"type\":\"object\",\n\"" + std::string(keyword) + "\": []}");
        BOOST_TEST(says(told, "schema.json:2: TG-F121: the keyword '" + std::string(keyword) + "' is not known for object"), keyword);
    }
    for (const char* keyword : {"uniqueItems", "contains", "additionalItems", "unevaluatedItems"})
        BOOST_TEST(says(against(member("{\"type\":\"array\",\"items\":{\"type\":\"string\"},\n\"" + std::string(keyword) + "\":true}")),
                        "schema.json:4: TG-F121"));
    BOOST_TEST(says(against(member(R"({"type":"integer","minLength":1})")), "'minLength' is not known for integer"));
    BOOST_TEST(says(against(member(R"({"type":"string","contentEncoding":"base64"})")), "'contentEncoding' is not known for string"));
    BOOST_TEST(says(against(R"({"type":"object","additionalProperties":{"type":"string"}})"), "no finite tree"));
    BOOST_TEST(says(against(member("true")), "TG-F126: a schema must be an object"));
    BOOST_TEST(says(against(member("{}")), "TG-F126: the schema names no type"));
    BOOST_TEST(says(against(member(R"({"type":["string","integer"]})")), "TG-F126: the type is not one of the known ones"));
    BOOST_TEST(says(against(member(R"({"type":"text"})")), "TG-F126"));
    BOOST_TEST(says(against(R"({"type":"array","items":{"type":"string"}})"), "TG-F126: the document must be an object"));
    BOOST_TEST(says(against(R"({"type":"object","required":["x"]})"), "TG-F122: member 'x' is required but not described"));
    BOOST_TEST(says(against(member(R"({"type":"integer","minimum":"1"})")), "TG-F122: 'minimum' must be a number"));
    BOOST_TEST(says(against(member(R"({"type":"string","maxLength":-1})")), "TG-F122: 'maxLength' must be a whole number"));
    BOOST_TEST(says(against(member(R"({"type":"number","multipleOf":0.01})")), "TG-F122: 'multipleOf' other than 1"));
    BOOST_TEST(says(against(member(R"({"type":"string","enum":["a",1]})")), "TG-F122: the value is not of the type"));
    BOOST_TEST(says(against(member(R"({"type":"string","enum":[]})")), "TG-F122: 'enum' must be an array"));
}

BOOST_AUTO_TEST_CASE(annotations_are_passed_over) {
    BOOST_TEST(against(R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:x","title":"t","description":"d","$comment":"c",
        "examples":[{}],"type":"object","properties":{"m":{"type":"string","default":"a","deprecated":true,"readOnly":true}},
        "additionalProperties":true})") == "");
}

BOOST_AUTO_TEST_CASE(a_schema_that_is_no_json_is_refused_with_its_line) {
    BOOST_TEST(says(against("{\n\"type\": object}"), "schema.json:2:9: TG-F120"));
    BOOST_TEST(says(against("{\"type\":\"object\",\n\"type\":\"object\"}"), "schema.json:2: TG-F120: member 'type' comes twice"));
    BOOST_TEST(says(against(std::string(100, '[')), "TG-F120"));
    BOOST_TEST(says(against(SchemaTexts{}), "TG-F101"));
}

BOOST_AUTO_TEST_CASE(or_null_may_be_written_as_one_of) {
    const std::string schema = R"({"oneOf":[{"type":"null"},{"$ref":"#/$defs/o"}]})";
    const auto model = of("{\"type\":\"object\",\"properties\":{\"m\":" + schema + R"(},"$defs":{"o":{"type":"object","properties":{"x":{"type":"string"}}}}})");
    BOOST_TEST(read(model, R"({"m":null})").at("/schema/m") == "<nil>");
    BOOST_TEST(read(model, R"({"m":{"x":"1"}})").at("/schema/m/x") == "1");
    BOOST_TEST(!read(model, R"({"m":"1"})").valid());
}

BOOST_AUTO_TEST_CASE(branches_may_be_told_by_what_they_require) {
    const auto model = of(R"({"type":"object","required":["id"],
        "properties":{"id":{"type":"string"},"crn":{"type":"string"},"noms":{"type":"string"},"pnc":{"type":"string"}},
        "oneOf":[{"required":["crn"]},{"required":["noms"],"properties":{"prison":{"type":"string"}}}]})");
    BOOST_TEST(read(model, R"({"crn":"1","id":"x","pnc":"2"})").valid());
    BOOST_TEST(read(model, R"({"noms":"1","prison":"p","id":"x"})").valid());
    BOOST_TEST(!read(model, R"({"id":"x"})").valid());
    BOOST_TEST(!read(model, R"({"id":"x","crn":"1","noms":"2"})").valid());
    BOOST_TEST(!read(model, R"({"id":"x","crn":"1","prison":"p"})").valid());
}

BOOST_AUTO_TEST_CASE(branches_may_be_told_by_a_const) {
    const auto model = of(R"({"type":"object","oneOf":[
        {"required":["kind","date"],"properties":{"kind":{"const":"release"},"date":{"type":"string"},"note":{"type":"string"}}},
        {"required":["kind"],"properties":{"kind":{"const":"recall"},"reason":{"type":"string"},"note":{"type":"string"}}}]})");
    BOOST_TEST(read(model, R"({"kind":"release","date":"x","note":"n"})").valid());
    BOOST_TEST(read(model, R"({"note":"n","kind":"recall","reason":"r"})").valid());
    BOOST_TEST(read(model, R"({"kind":"recall"})").valid());
    BOOST_TEST(!read(model, R"({"kind":"recall","date":"x"})").valid());
    BOOST_TEST(!read(model, R"({"kind":"release"})").valid());
    BOOST_TEST(!read(model, R"({"kind":"else"})").valid());
    BOOST_TEST(read(model, R"({"kind":"release","date":"x","reason":"r"})").decoded.problems.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_const_that_only_the_value_tells_is_still_checked) {
    const auto model = of(R"({"type":"object","properties":{"kind":{"type":"string","enum":["a","b","c"]},"x":{"type":"string"}},"required":["kind"],"oneOf":[
        {"required":["kind"],"properties":{"kind":{"const":"a"}}},
        {"required":["kind","x"],"properties":{"kind":{"const":"b"},"x":{"type":"string"}}}]})");
    BOOST_TEST(read(model, R"({"kind":"a"})").valid());
    BOOST_TEST(read(model, R"({"kind":"b","x":"1"})").valid());
    BOOST_TEST(read(model, R"({"kind":"a","x":"1"})").mentions("/schema/x is not allowed"));
    BOOST_TEST(read(model, R"({"kind":"c"})").mentions("TG-F044: the members of '/schema' belong to different branches"));
    BOOST_TEST(!read(model, R"({"kind":"b"})").valid());
}

BOOST_AUTO_TEST_CASE(branches_that_nothing_tells_apart_are_refused) {
    BOOST_TEST(says(against("{\"type\":\"object\",\n\"oneOf\":[{\"properties\":{\"a\":{\"type\":\"string\"}}},{\"properties\":{\"b\":{\"type\":\"string\"}}}]}"),
                    "schema.json:2: TG-F127: branches 1 and 2 of oneOf cannot be told apart"));
    BOOST_TEST(says(against(R"({"type":"object","oneOf":[{"type":"string"},{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}]})"),
                    "TG-F127: a branch of oneOf is no object"));
    BOOST_TEST(says(against(R"({"type":"object","oneOf":[{"required":["a","x"],"properties":{"a":{"type":"string"},"x":{"type":"string"}}},
        {"required":["b"],"properties":{"b":{"type":"string"},"x":{"type":"integer"}}}]})"), "member 'x' is described differently"));
    BOOST_TEST(says(against(member(R"({"type":"string","oneOf":[{"const":"a"},{"const":"b"}]})")), "the keyword 'oneOf' is not known for string"));
}

BOOST_AUTO_TEST_SUITE_END()
