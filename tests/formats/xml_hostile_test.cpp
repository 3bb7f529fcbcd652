// Broken and hostile XML: each is refused by a stable code, and the decoder that met it still reads the next document.
#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

std::shared_ptr<const Schema> result_schema() {
    static const auto schema = schema_of({{"schema.xsd", R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>
      <xs:element name='result'><xs:complexType><xs:sequence>
        <xs:element name='court' type='xs:string'/><xs:element name='note' type='xs:string' minOccurs='0' maxOccurs='unbounded'/>
      </xs:sequence><xs:attribute name='id' type='xs:string'/></xs:complexType></xs:element></xs:schema>)"}}, Format::xml);
    return schema;
}

const std::string good = "<result><court>B01</court></result>";

std::string repeated(std::string_view piece, std::size_t times) {
    std::string text;
    text.reserve(piece.size() * times);
    for (std::size_t each = 0; each < times; ++each) text += piece;
    return text;
}

/// The refused document's one problem; the same decoder must then read a good one.
std::string refusal(const std::string& bytes, const Limits& limits = {}) {
    const auto schema = result_schema();
    const auto decoder = make_decoder(*schema, limits);
    Document document;
    const Decoded refused = decoder->decode(bytes, "bad.xml", document);
    const Decoded next = decoder->decode(good, "good.xml", document);
    BOOST_TEST(next.problems.empty(), told(next.problems));
    BOOST_TEST(document.size() == 2u);
    return told(refused.problems);
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string utf16(const std::string& text, bool mark) {
    std::string wide(mark ? "\xff\xfe" : "");
    for (const char each : text) wide.append({each, '\0'});
    return wide;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_xml)

BOOST_AUTO_TEST_CASE(a_document_cut_off_anywhere_is_refused_as_not_well_formed) {
    const std::string whole = "<?xml version='1.0' encoding='UTF-8'?><result id='7'><!-- c --><court>B&amp;01</court><note><![CDATA[x]]></note></result>";
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const std::string said = refusal(whole.substr(0, size));
        BOOST_TEST((has(said, "TG-F03") && has(said, "bad.xml")), size << ": " << said);
    }
}

BOOST_AUTO_TEST_CASE(each_way_of_being_malformed_is_said_in_words_without_the_text) {
    const std::vector<std::pair<std::string, std::string>> samples{
        {"<result><court>Smith</cort></result>", "end tag does not match"}, {"<result><court>Smith", "ends before"},
        {"<result>Smith &nbsp; x</result>", "entity"}, {"<result a='Smith' a='Smith'/>", "given twice"},
        {"<result a=Smith/>", "not well quoted"}, {"<result a='Smith<'/>", "not well quoted"}, {"<result>Smith & Smith</result>", "name is missing"},
        {"<result><x:court xmlns=''>Smith</x:court></result>", "prefix is not declared"}, {"<result/>Smith", "follows the root"},
        {"Smith", "no XML element"}, {"<result>&#1;Smith</result>", "does not allow"}, {"<result>&#12Smith</result>", "reference"}, {"<result><!-- Smith -- --></result>", "comment"}, {"<result>]]>Smith</result>", "broken"}};
    for (const auto& [bytes, words] : samples) {
        const std::string said = refusal(bytes);
        BOOST_TEST((has(said, "TG-F030") && has(said, words)), bytes << " -> " << said);
        BOOST_TEST(!has(said, "Smith"));
    }
}

BOOST_AUTO_TEST_CASE(the_first_error_ends_the_reading_and_names_its_line) {
    BOOST_TEST(has(refusal("<result>\n<court>\n</note>\n<x></y></result>"), "bad.xml:3: TG-F030"));
    BOOST_TEST(has(refusal("<result>" + repeated("&", 1 << 20) + "</result>"), "TG-F030"));
}

BOOST_AUTO_TEST_CASE(no_document_type_declaration_reaches_the_parser) {
    const std::string entity_bomb = "<!DOCTYPE result [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>";
    const std::string external = "<!DOCTYPE result [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>";
    const std::string parameter = "<!DOCTYPE result [<!ENTITY % a '&#37;b;&#37;b;'><!ENTITY % b '&#37;a;'><!ENTITY % c \"<!ENTITY &#37; d '&#37;a;'>\"> %a; %c;]>";
    for (const auto& doctype : {entity_bomb, external, parameter, std::string("<!DOCTYPE result SYSTEM 'http://127.0.0.1/x.dtd'>")}) {
        const std::string said = refusal("<?xml version='1.0'?>\n" + doctype + "<result><court>&c;</court></result>");
        BOOST_TEST(has(said, "bad.xml:2: TG-F032"), said);
    }
    BOOST_TEST(has(refusal("<result><!DOCTYPE x><court/></result>"), "TG-F032"));
}

BOOST_AUTO_TEST_CASE(a_document_type_declaration_that_is_only_text_is_text) {
    const Read read = test::read(result_schema(), "<result><court><![CDATA[<!DOCTYPE x>]]></court><!-- <!DOCTYPE y> --></result>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.at("/result/court") == "<!DOCTYPE x>");
}

BOOST_AUTO_TEST_CASE(only_utf8_is_read) {
    BOOST_TEST(has(refusal(utf16(good, true)), "TG-F031"));
    BOOST_TEST(has(refusal(utf16(good, false)), "TG-F031"));
    BOOST_TEST(has(refusal("\x4c\x6f\xa7\x94\x93\x40"), "TG-F031"));
    BOOST_TEST(has(refusal("<?xml version='1.0' encoding='ISO-8859-1'?>" + good), "TG-F031"));
    BOOST_TEST(has(refusal("<result><court>\n\xe9</court></result>"), "bad.xml:2: TG-F031"));
    BOOST_TEST(has(refusal(std::string("<result><court>a\0b</court></result>", 35)), "TG-F031"));
    BOOST_TEST(has(refusal("<?xml version='1.1'?>" + good), "TG-F034"));
    BOOST_TEST(read(result_schema(), "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>" + good).valid());
}

BOOST_AUTO_TEST_CASE(processing_instructions_are_refused_and_the_xml_declaration_is_not_one) {
    BOOST_TEST(has(refusal("<?xml-stylesheet href='x'?>" + good), "TG-F033"));
    BOOST_TEST(has(refusal("<result>\n<?php x ?><court/></result>"), "bad.xml:2: TG-F033"));
    BOOST_TEST(has(refusal("<?xml version='1.0'?><?xml version='1.0'?>" + good), "TG-F033"));
}

BOOST_AUTO_TEST_CASE(a_flood_of_attributes_is_stopped_before_the_parser) {
    std::string tag = "<result";
    for (int each = 0; each < 100'000; ++each) tag += " a" + std::to_string(each) + "='1'";
    BOOST_TEST(has(refusal(tag + "/>"), "start_tag_bytes_max = 16384"));
    BOOST_TEST(has(refusal("<result id='" + repeated("x", 20'000) + "'/>"), "start_tag_bytes_max"));
    BOOST_TEST(has(refusal("<result id='" + repeated(">", 20'000) + "'/>"), "start_tag_bytes_max"));
}

BOOST_AUTO_TEST_CASE(the_attributes_and_namespaces_of_one_element_are_limited) {
    std::string attributes, namespaces;
    for (int each = 0; each < 64; ++each) attributes += " a" + std::to_string(each) + "=''";
    for (int each = 0; each < 32; ++each) namespaces += " xmlns:n" + std::to_string(each) + "='urn:" + std::to_string(each) + "'";
    BOOST_TEST(read(result_schema(), "<result" + attributes + "><court/></result>").valid());
    BOOST_TEST(has(refusal("<result" + attributes + " b=''><court/></result>"), "TG-F003: attributes_max = 64"));
    BOOST_TEST(read(result_schema(), "<result" + namespaces + "><court/></result>").valid());
    BOOST_TEST(has(refusal("<result" + namespaces + " xmlns:m='urn:m'><court/></result>"), "TG-F004: namespaces_max = 32"));
}

BOOST_AUTO_TEST_CASE(depth_is_limited_also_in_what_is_withheld) {
    const auto nested = [](std::size_t depth) { return "<result><court/>" + repeated("<x>", depth) + repeated("</x>", depth) + "</result>"; };
    BOOST_TEST(read(result_schema(), nested(63)).valid());
    BOOST_TEST(has(refusal(nested(64)), "TG-F002: depth_max = 64"));
    BOOST_TEST(has(refusal(nested(10'000)), "depth_max = 64"));
}

BOOST_AUTO_TEST_CASE(text_is_limited_for_each_value_and_bytes_for_the_document) {
    const auto with_text = [](std::size_t size) { return "<result><court>" + repeated("x", size) + "</court></result>"; };
    BOOST_TEST(read(result_schema(), with_text(1 << 20)).valid());
    BOOST_TEST(has(refusal(with_text((1 << 20) + 1)), "TG-F006: text_bytes_max = 1048576"));
    BOOST_TEST(has(refusal("<result><court>" + repeated(repeated("x", 1000) + "<y/>", 1100) + "</court></result>"), "text_bytes_max"));
    BOOST_TEST(has(refusal(with_text(5 << 20)), "TG-F001: bytes_max = 4194304"));
}

BOOST_AUTO_TEST_CASE(nodes_and_names_are_limited) {
    Limits limits;
    limits.nodes_max = 10;
    BOOST_TEST(read(result_schema(), "<result id='1'><court/>" + repeated("<note/>", 7) + "</result>", limits).valid());
    BOOST_TEST(has(refusal("<result id='1'><court/>" + repeated("<note/>", 8) + "</result>", limits), "TG-F005: nodes_max = 10"));
    const auto named = [](std::size_t size) { return "<result><court/><" + repeated("n", size) + "/></result>"; };
    BOOST_TEST(read(result_schema(), named(256)).valid());
    BOOST_TEST(has(refusal(named(257)), "TG-F007: name_bytes_max = 256"));
}

BOOST_AUTO_TEST_CASE(a_flood_of_unknown_names_is_counted_in_bounded_memory) {
    std::string bytes = "<result><court/>";
    for (int each = 0; each < 50'000; ++each) bytes += "<u" + std::to_string(each) + "/>";
    const Read read = test::read(result_schema(), bytes + "</result>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.decoded.unknown_paths.size() <= 1001u);
    BOOST_TEST(read.decoded.unknown_paths.at("/result/*") == 49'000u);
}

BOOST_AUTO_TEST_CASE(a_decoder_reads_on_through_many_documents_with_ever_new_names) {
    const auto schema = result_schema();
    const auto decoder = make_decoder(*schema);
    Document document;
    for (int round = 0; round < 3000; ++round) {
        const std::string name = "n" + std::to_string(round) + repeated("x", 200);
        const Decoded decoded = decoder->decode("<result><court>B</court><" + name + "/></result>", "x", document);
        BOOST_REQUIRE(decoded.problems.empty());
        BOOST_REQUIRE(decoded.unknown_paths.count("/result/" + name) == 1u);
    }
}

BOOST_AUTO_TEST_CASE(a_text_that_a_pattern_could_take_forever_on_does_not_reach_it) {
    const std::string type = "<xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='a*a*a*a*b'/></xs:restriction></xs:simpleType>";
    const auto schema = schema_of({{"schema.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'><xs:complexType><xs:sequence><xs:element name='n'>" +
        type + "</xs:element></xs:sequence><xs:attribute name='m'>" + type + "</xs:attribute></xs:complexType></xs:element></xs:schema>"}}, Format::xml);
    const std::string text = repeated("a", 10'000);
    const Read read = test::read(schema, "<r m='" + text + "'><n>" + text + "</n></r>");
    BOOST_TEST(read.mentions("/r/@m is longer than the 300 bytes"));
    BOOST_TEST(read.mentions("/r/n is longer than the 300 bytes"));
}

BOOST_AUTO_TEST_CASE(problems_end_at_their_limit) {
    const auto schema = schema_of({{"schema.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'><xs:complexType>"
        "<xs:sequence><xs:element name='n' type='xs:int' maxOccurs='unbounded'/></xs:sequence></xs:complexType></xs:element></xs:schema>"}}, Format::xml);
    BOOST_TEST(read(schema, "<r>" + repeated("<n>x</n>", 1000) + "</r>").decoded.problems.size() == 50u);
    Limits limits;
    limits.problems_max = 3;
    BOOST_TEST(read(schema, "<r>" + repeated("<n>x</n>", 1000) + "</r>", limits).decoded.problems.size() == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
