// JSON documents to trees: what is read, withheld and refused.
#include "tests/formats/reading.hpp"

using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const char* const event_schema = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "An event",
  "type": "object",
  "required": ["eventType", "version", "person"],
  "properties": {
    "eventType": {"type": "string", "enum": ["released", "received"]},
    "version": {"type": "integer", "minimum": 1},
    "occurredAt": {"type": "string", "format": "date-time"},
    "amount": {"type": "number"},
    "urgent": {"type": "boolean"},
    "note": {"type": ["string", "null"], "maxLength": 40},
    "person": {
      "type": "object",
      "required": ["identifiers"],
      "properties": {
        "name": {"type": "string"},
        "identifiers": {"type": "array", "items": {"$ref": "#/$defs/identifier"}},
        "aliases": {"type": "array", "items": {"type": "string"}, "maxItems": 3}
      },
      "additionalProperties": false
    }
  },
  "$defs": {
    "identifier": {
      "type": "object",
      "required": ["type", "value"],
      "properties": {"type": {"type": "string"}, "value": {"type": "string", "pattern": "^[A-Z]\\d{4}[A-Z]{2}$"}}
    }
  }
})";

std::shared_ptr<const Schema> schema() { return schema_of({{"schema.json", event_schema}}, Format::json); }

const char* const event = R"({
  "eventType": "released",
  "version": 2,
  "occurredAt": "2026-03-02T07:14:09+01:00",
  "amount": 120.10,
  "urgent": true,
  "note": null,
  "person": {
    "name": "Ada \u00c9 \"Test\"",
    "identifiers": [
      {"type": "NOMS", "value": "A1234BC"},
      {"type": "OTHER", "value": "B1234BC"}
    ],
    "aliases": []
  }
})";

Read reading(std::string_view text, const Limits& limits = {}) { return read(schema(), text, limits); }

/// A valid event with one more member in front.
std::string with(const std::string& member) {
    return "{" + member + ",\n\"eventType\":\"released\",\"version\":1,\n\"person\":{\"identifiers\":[]}}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_decode)

BOOST_AUTO_TEST_CASE(a_document_becomes_the_tree_that_the_schema_describes) {
    const auto read = reading(event);
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.at("/schema/eventType") == "released");
    BOOST_TEST(read.at("/schema/version") == "2");
    BOOST_TEST(read.at("/schema/urgent") == "true");
    BOOST_TEST(read.at("/schema/note") == "<nil>");
    BOOST_TEST(read.at("/schema/person/name") == "Ada \xc3\x89 \"Test\"");
    BOOST_TEST(read.count("/schema/person/identifiers") == 2);
    BOOST_TEST(read.at("/schema/person/identifiers/value") == "A1234BC");
    BOOST_TEST(read.count("/schema/person/aliases") == 0);
}

BOOST_AUTO_TEST_CASE(every_node_knows_its_line) {
    const auto read = reading(event);
    for (NodeId node = 0; node < read.document.size(); ++node) {
        const auto& path = read.schema->path_of(read.document[node].decl);
        if (path == "/schema/person") BOOST_TEST(read.document[node].line == 8);
        if (path == "/schema/person/name") BOOST_TEST(read.document[node].line == 9);
        if (path == "/schema/person/identifiers/value" && read.document.text(node) == "B1234BC")
            BOOST_TEST(read.document[node].line == 12);
    }
}

BOOST_AUTO_TEST_CASE(a_number_keeps_the_digits_it_was_written_with) {
    for (const char* number : {"1.10", "0.1", "12345678901234567890123456789.000000000000000000001", "-0", "0"})
        BOOST_TEST(reading(with("\"amount\":" + std::string(number))).at("/schema/amount") == number);
}

BOOST_AUTO_TEST_CASE(exponents_are_written_out_exactly) {
    BOOST_TEST(reading(with("\"amount\":1.25e1")).at("/schema/amount") == "12.5");
    BOOST_TEST(reading(with("\"amount\":-5E-3")).at("/schema/amount") == "-0.005");
    BOOST_TEST(reading(with("\"amount\":100e-2")).at("/schema/amount") == "1");
    const auto whole = reading("{\"eventType\":\"released\",\"version\":2.0,\"person\":{\"identifiers\":[]}}");
    BOOST_TEST(whole.at("/schema/version") == "2");
    BOOST_TEST(reading(with("\"amount\":1e999999999")).mentions("number_digits_max"));
}

BOOST_AUTO_TEST_CASE(a_member_that_the_schema_does_not_know_is_withheld_whole_and_counted) {
    const auto read = reading(R"({"eventType":"released","version":1,"extra":{"deep":[{"er":1}]},
        "person":{"identifiers":[{"type":"a","value":"A1234BC","x":1},{"type":"b","value":"A1234BC","x":[2,{"y":3}]}]}})");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.decoded.unknown_paths.size() == 2);
    BOOST_TEST(read.decoded.unknown_paths.at("/schema/extra") == 1);
    BOOST_TEST(read.decoded.unknown_paths.at("/schema/person/identifiers/x") == 2);
}

BOOST_AUTO_TEST_CASE(unknown_paths_are_bounded) {
    std::string members;
    for (int at = 0; at < 1500; ++at) members += (at == 0 ? "\"u" : ",\"u") + std::to_string(at) + "\":0";
    const auto read = reading(with(members));
    BOOST_TEST(read.decoded.unknown_paths.size() <= 1001);
    BOOST_TEST(read.decoded.unknown_paths.at("/schema/*") == 500);
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_twice_is_refused_wherever_it_stands) {
    BOOST_TEST(reading(with(R"("version":1)")).mentions("'/schema/version' comes twice"));
    BOOST_TEST(reading(with(R"("x":1,"x":1)")).mentions("'x' comes twice"));
    BOOST_TEST(reading(with(R"("x":{"y":[{"z":1,"\u007a":2}]})")).mentions("'z' comes twice"));
    BOOST_TEST(reading(with(R"("x":{"y":1},"z":{"y":1})")).valid());
}

BOOST_AUTO_TEST_CASE(a_value_of_the_wrong_kind_is_a_problem_with_path_and_line) {
    const auto amount = reading(with("\n\"amount\":\"5\""));
    BOOST_REQUIRE(amount.decoded.problems.size() == 1);
    BOOST_TEST(amount.decoded.problems[0].line == 2);
    BOOST_TEST(amount.decoded.problems[0].column == 10);
    BOOST_TEST(amount.mentions("'/schema/amount' is a string where a number is wanted"));
    BOOST_TEST(reading(with(R"("note":5)")).mentions("is a number where a string is wanted"));
    BOOST_TEST(reading(with(R"("note":["a"])")).mentions("is an array where a string is wanted"));
    BOOST_TEST(reading(with(R"("urgent":"true")")).mentions("is a string where a boolean is wanted"));
    BOOST_TEST(reading(with(R"("amount":null)")).mentions("is null where a number is wanted"));
    BOOST_TEST(reading(R"({"eventType":"released","version":1,"person":[]})").mentions("is an array where an object is wanted"));
    BOOST_TEST(reading(R"({"eventType":"released","version":1,"person":{"identifiers":{}}})")
                   .mentions("is an object where an array is wanted"));
    BOOST_TEST(reading(R"({"eventType":"released","version":1,"person":{"identifiers":null}})")
                   .mentions("is null where an array is wanted"));
    BOOST_TEST(reading(R"({"eventType":"released","version":1,"person":{"identifiers":[1,[]]}})")
                   .mentions("is a number where an object is wanted"));
    for (const char* root : {"[]", "5", "\"x\"", "null"}) BOOST_TEST(reading(root).mentions("where an object is wanted"));
}

BOOST_AUTO_TEST_CASE(occurrence_and_facets_are_checked_and_values_never_quoted) {
    BOOST_TEST(reading(R"({"eventType":"released","person":{"identifiers":[]}})").mentions("/schema/version is missing"));
    const auto secret = reading(R"({"eventType":"escaped","version":0,"person":{"aliases":["a","b","c","d"],
        "identifiers":[{"type":"x","value":"secret"}]}})");
    BOOST_TEST(!secret.mentions("secret"));
    BOOST_TEST(!secret.mentions("escaped"));
    BOOST_TEST(secret.mentions("/schema/eventType is not one of the allowed values"));
    BOOST_TEST(secret.mentions("/schema/version is below 1"));
    BOOST_TEST(secret.mentions("/schema/person/aliases occurs more than 3 times"));
    BOOST_TEST(secret.mentions("sample:2: "));
    BOOST_TEST(secret.decoded.problems.size() == 4);
}

BOOST_AUTO_TEST_CASE(all_findings_are_reported_at_once_and_each_only_once) {
    const auto read = reading(R"({"eventType":5,"version":0,"person":{"name":null,"identifiers":[{"type":"a"}]}})");
    BOOST_TEST(read.decoded.problems.size() == 4, read.problems());
    BOOST_TEST(read.mentions("'/schema/eventType' is a number"));
    BOOST_TEST(read.mentions("'/schema/person/name' is null"));
    BOOST_TEST(read.mentions("/schema/version is below 1"));
    BOOST_TEST(read.mentions("/schema/person/identifiers/value is missing"));
    BOOST_TEST(reading(R"({"eventType":"released","version":1,"person":"x"})").decoded.problems.size() == 1);
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused_with_its_place) {
    for (const char* text : {"", "{", "{\"a\"", "{\"a\":}", "{\"a\":1,}", "{'a':1}", "{\"a\":01}", "{\"a\":.5}", "{\"a\":NaN}",
                             "{\"a\":+1}", "{\"a\":tru}", "/* */{}", "{\"a\":\"\t\"}", "{\"a\":\"\\x41\"}", "{\"a\":1}}", "{} {}",
                             "{},", "{}:", "\xff\xfe{\0}\0"}) {
        const auto read = reading(text);
        BOOST_TEST(!read.valid(), text);
        BOOST_TEST(read.mentions("TG-F041"), text);
    }
    const auto place = reading("{\n  \"version\": 1,\n  \"note\" 5\n}");
    BOOST_REQUIRE(!place.valid());
    BOOST_TEST(place.decoded.problems[0].line == 3);
    BOOST_TEST(place.decoded.problems[0].column == 10);
}

BOOST_AUTO_TEST_CASE(a_document_cut_anywhere_is_refused) {
    const std::string_view whole(event);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) BOOST_TEST(!reading(whole.substr(0, size)).valid());
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_refused) {
    for (const char* bad : {"\"\\u0000\"", "\"\\u0001\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\\uffff\"", "\"\xff\"",
                            "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "\"\xf4\x90\x80\x80\"", "\"\xe2\x82\""})
        BOOST_TEST(!reading(with("\"note\":" + std::string(bad))).valid(), bad);
    BOOST_TEST(!reading(with(std::string("\"note\":\"a\0b\"", 12))).valid());
    BOOST_TEST(!reading(with("\"a\\u0000\":1")).valid());
    BOOST_TEST(!reading(with("\"a\\n\":1")).valid());
    BOOST_TEST(reading(with("\"note\":\"\\ud83d\\ude00 \\u00e9\"")).at("/schema/note") == "\xf0\x9f\x98\x80 \xc3\xa9");
    BOOST_TEST(reading("\xef\xbb\xbf" + with("\"note\":\"a\"")).valid());
}

BOOST_AUTO_TEST_CASE(every_limit_is_named_when_it_is_passed) {
    const auto limited = [](auto change, const std::string& text) {
        Limits limits;
        change(limits);
        return reading(text, limits);
    };
    const auto exceeded = [](const Read& read, const std::string& name) { return read.mentions(name + " = ") && read.mentions("exceeded"); };
    const std::string text = with("\"note\":\"12345\",\"n23456789\":[[0]]");
    BOOST_TEST(exceeded(limited([&](Limits& l) { l.bytes_max = text.size() - 1; }, text), "bytes_max"));
    BOOST_TEST(limited([&](Limits& l) { l.bytes_max = text.size(); }, text).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.depth_max = 2; }, text), "depth_max"));
    BOOST_TEST(limited([](Limits& l) { l.depth_max = 3; }, text).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.nodes_max = 8; }, text), "nodes_max"));
    BOOST_TEST(limited([](Limits& l) { l.nodes_max = 9; }, text).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.text_bytes_max = 7; }, text), "text_bytes_max"));
    BOOST_TEST(limited([](Limits& l) { l.text_bytes_max = 8; }, text).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.name_bytes_max = 10; }, text), "name_bytes_max"));
    BOOST_TEST(limited([](Limits& l) { l.name_bytes_max = 11; }, text).valid());
    std::string many;
    for (int at = 0; at < 20; ++at) many += std::string(at == 0 ? "" : ",") + "5";
    BOOST_TEST(limited([](Limits& l) { l.problems_max = 3; },
                       R"({"eventType":"released","version":1,"person":{"identifiers":[)" + many + "]}}")
                   .decoded.problems.size() == 3);
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_cheap_to_refuse) {
    const std::string deep = with("\"x\":" + std::string(1'000'000, '['));
    BOOST_TEST(reading(deep).mentions("depth_max"));
}

BOOST_AUTO_TEST_CASE(a_decoder_can_be_used_again_after_a_bad_document) {
    const auto model = schema();
    const auto decoder = make_decoder(*model);
    Document document;
    BOOST_TEST(!decoder->decode("{\"version\":", "bad", document).problems.empty());
    BOOST_TEST(decoder->decode(event, "good", document).problems.empty());
    const auto nodes = document.size();
    BOOST_TEST(decoder->decode(event, "again", document).problems.empty());
    BOOST_TEST(document.size() == nodes);
}

BOOST_AUTO_TEST_SUITE_END()
