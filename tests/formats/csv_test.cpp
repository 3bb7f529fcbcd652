// Headed CSV files: RFC 4180, columns by name, formulas neutralised.
#include "hub/formats/schema_builder.hpp"
#include "tests/formats/reading.hpp"

using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const char* const offers_schema = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="offers"><xs:complexType><xs:sequence>
    <xs:element name="offer" minOccurs="0" maxOccurs="unbounded"><xs:complexType><xs:sequence>
      <xs:element name="crn"><xs:simpleType><xs:restriction base="xs:token"><xs:pattern value="[A-Z]\d{6}"/></xs:restriction></xs:simpleType></xs:element>
      <xs:element name="note" type="xs:string" minOccurs="0"/>
      <xs:element name="rooms" type="xs:integer" minOccurs="0"/>
      <xs:element name="from" type="xs:date" minOccurs="0"/>
    </xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>)";

std::shared_ptr<const Schema> schema() { return schema_of({{"schema.xsd", offers_schema}}, Format::csv); }
Read reading(std::string_view text, const Limits& limits = {}) { return read(schema(), text, limits); }

/// The note of the only row, after encoding and decoding a document that has it.
std::string note_after_round_trip(const std::string& note) {
    const auto model = schema();
    Read made;
    made.schema = model;
    made.document.clear(model.get());
    const DeclId row = model->child_any_ns(0, DeclKind::element, "offer");
    const NodeId root = made.document.add(no_node, 0);
    const NodeId node = made.document.add(root, row);
    made.document.add(node, model->child_any_ns(row, DeclKind::element, "crn"), "X123456");
    made.document.add(node, model->child_any_ns(row, DeclKind::element, "note"), note);
    const auto again = read(model, made.encoded());
    BOOST_TEST(shown(again) == shown(made));
    return again.at("/offers/offer/note");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(columns_are_matched_by_name_in_any_order) {
    const auto read = reading("rooms,crn,from,note\r\n2,X123456,2026-03-02,near the sea\r\n,X123457,,\r\n");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.count("/offers/offer") == 2);
    BOOST_TEST(read.at("/offers/offer/rooms") == "2");
    BOOST_TEST(read.at("/offers/offer/note") == "near the sea");
    BOOST_TEST(read.count("/offers/offer/note") == 1);
    BOOST_TEST(read.count("/offers/offer/crn") == 2);
}

BOOST_AUTO_TEST_CASE(quoted_cells_hold_commas_quotes_and_line_ends) {
    const auto read = reading("\xef\xbb\xbf" "crn,note\n\"X123456\",\"a, \"\"b\"\"\r\nc\"\nX123457,\"\"\n\n\nX123458,last");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.at("/offers/offer/note") == "a, \"b\"\r\nc");
    BOOST_TEST(read.count("/offers/offer") == 3);
    BOOST_TEST(read.count("/offers/offer/note") == 2);
    for (NodeId node = 0; node < read.document.size(); ++node)
        if (read.document.text(node) == "last") BOOST_TEST(read.document[node].line == 7);
}

BOOST_AUTO_TEST_CASE(a_column_that_the_schema_does_not_know_is_withheld_and_counted_where_it_has_a_value) {
    const auto read = reading("crn,phone,empty\nX123456,1,\nX123457,,\nX123458,2,\n");
    BOOST_REQUIRE_MESSAGE(read.valid(), read.problems());
    BOOST_TEST(read.decoded.unknown_paths.size() == 1);
    BOOST_TEST(read.decoded.unknown_paths.at("/offers/offer/phone") == 2);
}

BOOST_AUTO_TEST_CASE(a_bad_header_is_refused) {
    BOOST_TEST(reading("").mentions("the header line is missing"));
    BOOST_TEST(reading("\r\n\r\n").mentions("the header line is missing"));
    BOOST_TEST(reading("note\nx\n").mentions("column 'crn' is missing"));
    BOOST_TEST(reading("crn,note,note\nX123456,a,b\n").mentions("column 3 has the name of an earlier one"));
    BOOST_TEST(reading("crn,\nX123456,\n").mentions("column 2 has no name"));
    BOOST_TEST(reading("crn,\"a\nb\"\nX123456,\n").mentions("column 2 has a name of several lines"));
    BOOST_TEST(reading("crn,\"note\nX123456,\n").mentions("sample:1: TG-F051"));
}

BOOST_AUTO_TEST_CASE(a_file_with_a_header_only_has_no_rows) {
    const auto read = reading("crn,note\r\n");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.count("/offers/offer") == 0);
}

BOOST_AUTO_TEST_CASE(every_bad_row_is_reported_with_its_line) {
    const auto read = reading(
        "crn,note\n"
        "X123456\n"
        "X123456,a,b\n"
        "X123456,a\"b\n"
        "X123456,\"a\"b\n"
        "X123456,a\rb\n"
        "X123456,\"never\nclosed\n");
    BOOST_TEST(read.decoded.problems.size() == 6, read.problems());
    BOOST_TEST(read.mentions("sample:2: TG-F053: the row has 1 cells where the header names 2"));
    BOOST_TEST(read.mentions("sample:3: TG-F053: the row has 3 cells"));
    BOOST_TEST(read.mentions("sample:4: TG-F051: a quote stands inside an unquoted cell"));
    BOOST_TEST(read.mentions("sample:5: TG-F051: something follows a closing quote"));
    BOOST_TEST(read.mentions("sample:6: TG-F051: a carriage return stands alone"));
    BOOST_TEST(read.mentions("sample:7: TG-F051: a quote is never closed"));
}

BOOST_AUTO_TEST_CASE(a_bad_row_does_not_hide_bad_values_in_others) {
    const auto read = reading("crn,note\nX123456\nx,a\n");
    BOOST_TEST(read.decoded.problems.size() == 2, read.problems());
    BOOST_TEST(read.mentions("sample:3: TG-F225: /offers/offer/crn"));
}

BOOST_AUTO_TEST_CASE(values_are_checked_and_never_quoted) {
    const auto read = reading("crn,rooms,from\nsecret,two,2026-02-30\n,1,\n");
    BOOST_TEST(!read.mentions("secret"));
    BOOST_TEST(!read.mentions("two"));
    BOOST_TEST(read.mentions("sample:2: "));
    BOOST_TEST(read.mentions("/offers/offer/rooms is not a whole number"));
    BOOST_TEST(read.mentions("/offers/offer/from is not a date"));
    BOOST_TEST(read.mentions("sample:3: TG-F221: /offers/offer/crn is missing"), read.problems());
}

BOOST_AUTO_TEST_CASE(what_is_no_text_is_refused_with_its_line) {
    BOOST_TEST(reading("crn,note\nX123456,\xff\n").mentions("sample:2: TG-F040: byte 0xFF is not UTF-8"));
    BOOST_TEST(reading(std::string("crn,note\nX123456,a\0b\n", 21)).mentions("character U+0000 is not allowed"));
    BOOST_TEST(reading("crn,note\nX123456,\x1b[2J\n").mentions("U+001B"));
    BOOST_TEST(!reading("\xff\xfe" "c").valid());
}

BOOST_AUTO_TEST_CASE(every_limit_is_named_when_it_is_passed) {
    const std::string text = "crn,note\nX123456,12345678901\n";
    const auto limited = [&](auto change) {
        Limits limits;
        change(limits);
        return reading(text, limits);
    };
    const auto exceeded = [](const Read& read, const std::string& name) { return read.mentions(name + " = ") && read.mentions("exceeded"); };
    BOOST_TEST(exceeded(limited([&](Limits& l) { l.bytes_max = text.size() - 1; }), "bytes_max"));
    BOOST_TEST(limited([&](Limits& l) { l.bytes_max = text.size(); }).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.nodes_max = 3; }), "nodes_max"));
    BOOST_TEST(limited([](Limits& l) { l.nodes_max = 4; }).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.text_bytes_max = 10; }), "text_bytes_max"));
    BOOST_TEST(limited([](Limits& l) { l.text_bytes_max = 11; }).valid());
    BOOST_TEST(exceeded(limited([](Limits& l) { l.name_bytes_max = 3; }), "name_bytes_max"));
    BOOST_TEST(limited([](Limits& l) { l.name_bytes_max = 4; }).valid());
    std::string wide = "crn";
    for (int column = 2; column <= 513; ++column) wide += ",c" + std::to_string(column);
    BOOST_TEST(exceeded(reading(wide + "\n"), "csv_columns_max"));
    BOOST_TEST(reading(wide.substr(0, wide.rfind(',')) + "\n").valid());
    BOOST_TEST(reading("crn,note\nX123456" + std::string(1'000'000, ',') + "\n").mentions("the row has 1000001 cells"));
}

BOOST_AUTO_TEST_CASE(formulas_are_neutralised_and_come_back) {
    const auto model = schema();
    const auto read = test::read(model, "crn,note,rooms\nX123456,'=1+1,-5\n");
    BOOST_TEST(read.at("/offers/offer/note") == "=1+1");
    BOOST_TEST(read.at("/offers/offer/rooms") == "-5");
    BOOST_TEST(read.encoded() == "crn,note,rooms,from\r\nX123456,'=1+1,-5,\r\n");
    for (const char* note : {"=1+1", "+44 20 7946 0000", "-x", "@sum", "\tx", "\rx", "'=1", "''=1", "'quoted'", "'", "''", " =1", "a=1"})
        BOOST_TEST(note_after_round_trip(note) == note);
}

BOOST_AUTO_TEST_CASE(no_encoded_cell_starts_with_a_formula_character) {
    for (const char* note : {"=1", "+1", "-1", "@a", "\ta", "\ra", "=\"a\",b"}) {
        const auto model = schema();
        Document document(model.get());
        const DeclId row = model->child_any_ns(0, DeclKind::element, "offer");
        const NodeId node = document.add(document.add(no_node, 0), row);
        document.add(node, model->child_any_ns(row, DeclKind::element, "note"), note);
        std::string text;
        encode(document, text);
        const auto cell = text.substr(text.find("\r\n,") + 3, 2);
        BOOST_TEST((cell.substr(0, 1) == "'" || cell == "\"'"), text);
    }
}

BOOST_AUTO_TEST_CASE(what_was_encoded_is_decoded_to_the_same_tree) {
    for (const char* note : {"plain", "comma, quote \" and\r\nlines\n", "\"", "\"\"", " padded ", "\xc3\xa9\xf0\x9f\x98\x80", "crn"})
        BOOST_TEST(note_after_round_trip(note) == note);
}

BOOST_AUTO_TEST_CASE(a_row_whose_one_cell_is_empty_survives) {
    const auto model = schema_of({{"schema.xsd", R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="t"><xs:complexType>
        <xs:sequence><xs:element name="r" maxOccurs="unbounded"><xs:complexType><xs:sequence>
        <xs:element name="c" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType></xs:element></xs:sequence>
        </xs:complexType></xs:element></xs:schema>)"}}, Format::csv);
    const auto read = test::read(model, "c\n1\n\"\"\n3\n");
    BOOST_TEST(read.count("/t/r") == 3);
    BOOST_TEST(shown(test::read(model, read.encoded())) == shown(read));
}

BOOST_AUTO_TEST_CASE(a_schema_that_describes_no_table_is_refused) {
    const auto told_of = [](const std::string& body) {
        hub::Problems problems;
        const std::string text = "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n" + body + "</xs:schema>";
        BOOST_TEST(!Schema::read({{"schema.xsd", text}}, "schema.xsd", {}, Format::csv, problems));
        return told(problems);
    };
    const auto row = [](const std::string& occurs, const std::string& columns) {
        return "<xs:element name='t'><xs:complexType><xs:sequence><xs:element name='r' " + occurs + "><xs:complexType><xs:sequence>" + columns +
               "</xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>";
    };
    const std::string many = "maxOccurs='unbounded'", column = "<xs:element name='c' type='xs:string' ";
    BOOST_TEST(told_of("<xs:element name='t' type='xs:string'/>").find("schema.xsd:2: TG-F130") == 0);
    BOOST_TEST(told_of(row("", column + "/>")).find("/t must have one repeated child, the row") != std::string::npos);
    BOOST_TEST(told_of(row(many, "")).find("columns") != std::string::npos);
    BOOST_TEST(told_of(row(many, column + "maxOccurs='2'/>")).find("/t/r/c must be of a simple type, at most once") != std::string::npos);
    BOOST_TEST(told_of(row(many, column + "nillable='true'/>")).find("/t/r/c must be") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_schema_made_by_hand_that_is_no_table_decodes_nothing) {
    SchemaBuilder builder("made.xsd", Format::csv);
    builder.declare(no_decl, {});
    const auto read = test::read(builder.finish(), "c\n");
    BOOST_TEST(read.mentions("TG-F050"));
    BOOST_TEST(read.document.empty());
}

BOOST_AUTO_TEST_SUITE_END()
