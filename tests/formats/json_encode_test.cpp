// Trees to JSON, and back again.
#include "hub/formats/json_number.hpp"
#include "tests/formats/reading.hpp"

using namespace hub::formats;
using namespace hub::formats::test;

namespace {

std::shared_ptr<const Schema> schema() {
    return schema_of({{"schema.json", R"({"type":"object","required":["list","one"],"properties":{
        "text":{"type":["string","null"]},"whole":{"type":"integer"},"number":{"type":"number"},"yes":{"type":"boolean"},"never":{"type":"null"},
        "list":{"type":"array","items":{"type":"number"}},
        "one":{"type":"array","items":{"type":"object","properties":{"a":{"type":"string"},"b":{"type":"boolean"}}},"maxItems":1},
        "spare":{"type":"array","items":{"type":"string"}}}})"}}, Format::json);
}

std::string again(const std::string& text) {
    const auto read = test::read(schema(), text);
    BOOST_TEST(read.valid(), read.problems());
    return read.encoded();
}

/// A document whose member has exactly this text.
Read made(const char* name, std::string_view text) {
    Read made;
    made.schema = schema();
    made.document.clear(made.schema.get());
    made.document.add(made.document.add(no_node, 0), made.schema->child_any_ns(0, DeclKind::element, name), text);
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_encode)

BOOST_AUTO_TEST_CASE(members_come_in_the_schema_s_order_and_arrays_as_arrays) {
    BOOST_TEST(again(R"({"one":[{"b":false,"a":"x"}],"list":[1,2.50],"never":null,"yes":true,"number":1.10,"whole":-3,"text":"t"})") ==
               R"({"text":"t","whole":-3,"number":1.10,"yes":true,"never":null,"list":[1,2.50],"one":[{"a":"x","b":false}]})");
}

BOOST_AUTO_TEST_CASE(an_array_that_must_be_there_is_written_when_it_is_empty) {
    BOOST_TEST(again(R"({"list":[],"one":[],"spare":[]})") == R"({"list":[],"one":[]})");
}

BOOST_AUTO_TEST_CASE(nil_is_null) { BOOST_TEST(again(R"({"text":null,"list":[],"one":[]})") == R"({"text":null,"list":[],"one":[]})"); }

BOOST_AUTO_TEST_CASE(strings_are_escaped_and_come_back) {
    const std::string text("a\"\\/\b\f\n\r\t\x01\x1f\x7f \xc3\xa9 \xe2\x80\xa8\xe2\x80\xa9\xe2\x82\xac \xf0\x9f\x98\x80");
    BOOST_TEST(made("text", text).encoded() ==
               "{\"text\":\"a\\\"\\\\/\\u0008\\u000c\\n\\r\\t\\u0001\\u001f\\u007f \xc3\xa9 \\u2028\\u2029\xe2\x82\xac \xf0\x9f\x98\x80\",\"list\":[],\"one\":[]}");
    for (const char* each : {"", "\"", "\\", "\\u0041", "line\r\nline\ttab", "\xe2\x80\xa8", "\xe2\x80", "</script>", "\xc3\xa9"}) {
        const auto original = made("text", each);
        const auto back = test::read(schema(), original.encoded());
        if (std::string(each) != "\xe2\x80") BOOST_TEST(shown(back) == shown(original));
    }
}

BOOST_AUTO_TEST_CASE(numbers_and_booleans_of_xml_schema_are_spelled_as_json_s) {
    const auto number = [](std::string_view text) { return to_json_number(text).value_or("none"); };
    BOOST_TEST(number("+5") == "5");
    BOOST_TEST(number("007") == "7");
    BOOST_TEST(number("-.5") == "-0.5");
    BOOST_TEST(number("5.") == "5");
    BOOST_TEST(number("0.10") == "0.10");
    BOOST_TEST(number("-0") == "-0");
    for (const char* none : {"", "-", ".", "1e5", "NaN", "1.2.3", "0x1", "1 "}) BOOST_TEST(number(none) == "none", none);
    BOOST_TEST(made("yes", "1").encoded().starts_with("{\"yes\":true"));
    BOOST_TEST(made("yes", "0").encoded().starts_with("{\"yes\":false"));
}

BOOST_AUTO_TEST_CASE(a_value_that_is_no_number_cannot_break_the_notation) {
    BOOST_TEST(made("number", "1,\"x\":2").encoded().starts_with(R"({"number":"1,\"x\":2")"));
    BOOST_TEST(made("yes", "true,").encoded().starts_with(R"({"yes":"true,")"));
}

BOOST_AUTO_TEST_CASE(pretty_puts_each_member_on_a_line) {
    const auto read = test::read(schema(), R"({"text":"t","list":[1,2],"one":[{}]})");
    BOOST_TEST(read.encoded({true}) ==
               "{\n  \"text\": \"t\",\n  \"list\": [\n    1,\n    2\n  ],\n  \"one\": [\n    {}\n  ]\n}\n");
    BOOST_TEST(shown(test::read(schema(), read.encoded({true}))) == shown(read));
}

BOOST_AUTO_TEST_CASE(decoding_what_was_encoded_gives_the_same_bytes) {
    const std::string text = R"({"text":"t","whole":12345678901234567890,"number":0.000001,"yes":false,"list":[1,1.0,-5],"one":[{"a":""}],"spare":["x"]})";
    BOOST_TEST(again(text) == text);
    BOOST_TEST(again(again(text)) == text);
}

BOOST_AUTO_TEST_SUITE_END()
