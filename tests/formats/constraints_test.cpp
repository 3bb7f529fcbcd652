// Identity constraints: what the model knows of them, and that our own check and libxml2 agree on the documents that break them.
#include "tests/formats/reading.hpp"
#include "tests/support/chance.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const std::string head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' xmlns:t='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'>\n";

/// A list of lines, each with a number, a code and a reference, under these constraints.
std::shared_ptr<const Schema> list(const std::string& constraints, const std::string& number = "xs:decimal", Format format = Format::xml) {
    return schema_of({{"schema.xsd", head + R"(<xs:element name='list'><xs:complexType><xs:sequence>
        <xs:element name='line' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence>
          <xs:element name='number' type=')" + number + R"(' minOccurs='0'/><xs:element name='code' type='xs:token' minOccurs='0' maxOccurs='2'/></xs:sequence>
          <xs:attribute name='of' type='xs:decimal'/><xs:attribute name='kind' type='xs:token' default='plain'/></xs:complexType></xs:element>
        </xs:sequence></xs:complexType>)" + constraints + "</xs:element></xs:schema>"}}, format, "list");
}

std::string rule(const std::string& kind, const std::string& selector, const std::vector<std::string>& fields, const std::string& more = "") {
    std::string text = "<xs:" + kind + " name='" + kind + "_of_it' " + more + "><xs:selector xpath='" + selector + "'/>";
    for (const auto& each : fields) text += "<xs:field xpath='" + each + "'/>";
    return text + "</xs:" + kind + ">";
}

/// "/list/line: /list/line/number | /list/line/code" for each element that the first constraint looks at.
std::string looks_at(const Schema& schema) {
    if (schema.constraints().empty()) return "none";
    const Constraint& constraint = schema.constraints().front();
    std::string text = constraint.exact ? "" : "not exact ";
    for (const auto& selected : constraint.selected) {
        text += schema.path_of(selected.element) + ":";
        for (const auto& field : selected.fields)
            for (const DeclId each : field) text += " " + schema.path_of(each);
        text += ";";
    }
    return text;
}

/// Whether both libxml2 and our own check say so.
void expect(const std::shared_ptr<const Schema>& schema, const std::string& lines, bool valid) {
    const Read read = test::read(schema, "<list xmlns='urn:t'>" + lines + "</list>");
    BOOST_TEST(read.valid() == valid, lines << "\n" << read.problems());
    BOOST_TEST(validate(read.document, "again").empty() == valid, lines << " by our own check");
    if (!valid) BOOST_TEST(read.mentions("TG-F234"), read.problems());
}

std::string line(const std::string& inside, const std::string& attributes = "") { return "<line " + attributes + ">" + inside + "</line>"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(constraints)

BOOST_AUTO_TEST_CASE(are_known_with_name_line_and_what_they_look_at) {
    const auto schema = list(rule("unique", "t:line", {"t:number"}));
    BOOST_REQUIRE(schema->constraints().size() == 1u);
    const Constraint& constraint = schema->constraints().front();
    BOOST_TEST((constraint.kind == Constraint::Kind::unique));
    BOOST_TEST(constraint.name == "xs:unique 'unique_of_it'");
    BOOST_TEST(constraint.file == "schema.xsd");
    BOOST_TEST(constraint.line == 6);
    BOOST_TEST(constraint.scope == schema->root());
    BOOST_TEST(looks_at(*schema) == "/list/line: /list/line/number;");
}

BOOST_AUTO_TEST_CASE(their_paths_are_followed) {
    BOOST_TEST(looks_at(*list(rule("unique", ".//t:line", {"t:number", "@of"}))) == "/list/line: /list/line/number /list/line/@of;");
    BOOST_TEST(looks_at(*list(rule("unique", "./t:line | t:line/t:code", {"."}))) == "/list/line: /list/line;/list/line/code: /list/line/code;");
    BOOST_TEST(looks_at(*list(rule("unique", "child::t:line", {"attribute::of"}))) == "/list/line: /list/line/@of;");
    BOOST_TEST(looks_at(*list(rule("unique", "*", {"t:number|t:code"}))) == "/list/line: /list/line/number /list/line/code;");
    BOOST_TEST(looks_at(*list(rule("unique", ".//*", {"@of"}))) == "/list/line: /list/line/@of;/list/line/number:;/list/line/code:;");
    BOOST_TEST(looks_at(*list(rule("unique", "t:*", {"t:number"}))) == "/list/line: /list/line/number;");
    BOOST_TEST(looks_at(*list(rule("unique", "line", {"number"}))) == "", "a name without prefix has no namespace here");
}

BOOST_AUTO_TEST_CASE(unique_values_are_compared_as_values) {
    const auto schema = list(rule("unique", "t:line", {"t:number"}));
    expect(schema, line("<number>1</number>") + line("<number>2</number>") + line("") + line(""), true);
    expect(schema, line("<number>1</number>") + line("<number>1.0</number>"), false);
    const auto text = list(rule("unique", "t:line", {"t:number"}), "xs:string");
    expect(text, line("<number>1</number>") + line("<number>1.0</number>"), true);
    const auto day = list(rule("unique", "t:line", {"t:number"}), "xs:dateTime");
    expect(day, line("<number>2026-03-02T07:00:00Z</number>") + line("<number>2026-03-02T08:00:00+01:00</number>"), false);
    expect(day, line("<number>2026-03-02T07:00:00Z</number>") + line("<number>2026-03-02T08:00:00Z</number>"), true);
}

BOOST_AUTO_TEST_CASE(a_unique_of_two_fields_counts_only_where_both_are_there) {
    const auto schema = list(rule("unique", "t:line", {"t:number", "@of"}));
    expect(schema, line("<number>1</number>") + line("<number>1</number>"), true);
    expect(schema, line("<number>1</number>", "of='1'") + line("<number>1</number>", "of='2'"), true);
    expect(schema, line("<number>1</number>", "of='1'") + line("<number>1</number>", "of='1'"), false);
    expect(list(rule("unique", "t:line", {"@kind"})), line("") + line(""), false);
    expect(list(rule("unique", "t:line", {"t:code"})), line("<code>a</code><code>b</code>"), false);
}

BOOST_AUTO_TEST_CASE(a_key_has_its_fields) {
    const auto schema = list(rule("key", "t:line", {"t:number"}));
    expect(schema, line("<number>1</number>") + line("<number>2</number>"), true);
    expect(schema, line("<number>1</number>") + line("<number>1</number>"), false);
    expect(schema, line(""), false);
}

BOOST_AUTO_TEST_CASE(a_reference_is_to_a_key_that_is_there) {
    const auto schema = list(rule("key", "t:line", {"t:number"}) + rule("keyref", "t:line", {"@of"}, "refer='key_of_it'"));
    expect(schema, line("<number>1</number>") + line("<number>2</number>", "of='1.0'"), true);
    expect(schema, line("<number>1</number>", "of='2'"), false);
    BOOST_TEST((schema->constraints().back().refers == "{urn:t}key_of_it"));
}

BOOST_AUTO_TEST_CASE(identifiers_are_one_space_in_a_document) {
    const auto schema = schema_of({{"schema.xsd", head + R"(<xs:simpleType name='Id'><xs:restriction base='xs:ID'><xs:maxLength value='5'/></xs:restriction></xs:simpleType>
        <xs:element name='list'><xs:complexType><xs:sequence>
        <xs:element name='line' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:attribute name='id' type='Id'/><xs:attribute name='like' type='xs:IDREFS'/>
        <xs:attribute name='by' type='xs:ENTITY'/></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>)"}}, Format::xml, "list");
    BOOST_TEST(schema->constraints().size() == 3u);
    BOOST_TEST(schema->constraints()[0].name == "xs:ID");
    BOOST_TEST(looks_at(*schema) == "/list/line: /list/line/@id;");
    expect(schema, line("", "id='a'") + line("", "id='b' like='a b'"), true);
    expect(schema, line("", "id='a'") + line("", "id='a'"), false);
    expect(schema, line("", "id='a'") + line("", "like='a c'"), false);
    expect(schema, line("", "by='a'"), false);
}

BOOST_AUTO_TEST_CASE(each_element_that_a_constraint_stands_on_has_the_values_for_itself) {
    const auto schema = schema_of({{"schema.xsd", R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='list'><xs:complexType><xs:sequence>
        <xs:element name='page' maxOccurs='unbounded'><xs:complexType><xs:sequence><xs:element name='line' type='xs:token' maxOccurs='unbounded'/></xs:sequence></xs:complexType>
          <xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='.'/></xs:unique></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>)"}}, Format::xml, "list");
    BOOST_TEST(schema->path_of(schema->constraints().front().scope) == "/list/page");
    BOOST_TEST(read(schema, "<list><page><line>a</line><line>b</line></page><page><line>a</line></page></list>").valid());
    BOOST_TEST(!read(schema, "<list><page><line>a</line><line>a</line></page></list>").valid());
}

BOOST_AUTO_TEST_CASE(hold_for_tables_too) {
    const auto schema = schema_of({{"schema.xsd", R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='list'><xs:complexType><xs:sequence>
        <xs:element name='row' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence><xs:element name='number' type='xs:integer'/></xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType><xs:unique name='u'><xs:selector xpath='row'/><xs:field xpath='number'/></xs:unique></xs:element></xs:schema>)"}}, Format::csv, "list");
    BOOST_TEST(read(schema, "number\r\n1\r\n2\r\n").valid());
    BOOST_TEST(read(schema, "number\r\n1\r\n01\r\n").mentions("TG-F234"));
}

BOOST_AUTO_TEST_CASE(break_on_the_same_documents_for_libxml2_and_for_our_own_check) {
    const std::string key = rule("key", "t:line", {"t:number"}), refer = rule("keyref", "t:line", {"@of"}, "refer='key_of_it'");
    const std::vector<std::shared_ptr<const Schema>> schemas{list(rule("unique", "t:line", {"t:number"})), list(key), list(key + refer), list(rule("unique", "t:line", {"t:number", "@of"})),
        list(rule("unique", "t:line", {"t:code"})), list(rule("unique", ".//t:code", {"."})), list(rule("unique", "t:line", {"@kind"})), list(rule("unique", "t:line|t:line/t:code", {"t:number|@of"})),
        list(rule("key", "*", {"t:number", "@kind"})), list(rule("unique", "line", {"number"})), list(rule("unique", "t:line", {"."})), list(rule("unique", "t:*/t:*", {"."})),
        list(rule("unique", " ./t:line / t:code ", {" . "})), list(rule("unique", "child::t:line", {"attribute::of"})), list(rule("unique", "t:line", {"t:number"}), "xs:double"), list(rule("unique", "t:line", {"t:number"}), "xs:string")};
    support::Chance chance(20261124);
    const auto maybe = [&](const std::string& before, const std::vector<std::string>& some, const std::string& behind) { return chance.one_in(3) ? std::string() : before + chance.of(some) + behind; };
    const std::vector<std::string> numbers{"1", "1.0", "01", "2", "3", "4.50", "4.5"};
    std::size_t broken = 0;
    for (std::size_t i = 0; i < 2'000; ++i) {
        std::string lines;
        for (std::size_t count = chance.below(5); count > 0; --count)
            lines += line(maybe("<number>", numbers, "</number>") + maybe("<code>", {"a", " a", "b"}, "</code>") + maybe("<code>", {"a", "c"}, "</code>"),
                          maybe("of='", numbers, "' ") + maybe("kind='", {"plain", "other", "third"}, "'"));
        const Read read = test::read(schemas[i % schemas.size()], "<list xmlns='urn:t'>" + lines + "</list>");
        BOOST_TEST(validate(read.document, "again").empty() == read.valid(), lines << " by schema " << i % schemas.size() << "\n" << read.problems());
        broken += read.valid() ? 0 : 1;
    }
    BOOST_TEST(broken > 500u);
    BOOST_TEST(broken < 1'700u);
}

BOOST_AUTO_TEST_SUITE_END()
