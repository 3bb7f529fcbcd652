// Reading XML Schema: what becomes a declaration, how often it occurs, which facets a type has, and what is refused.
#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const std::string head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'>\n";

std::shared_ptr<const Schema> schema(const std::string& body, const std::string& root = "r") {
    return schema_of({{"schema.xsd", head + body + "</xs:schema>"}}, Format::xml, root);
}

/// What reading says when it must not succeed.
std::string refusal(const SchemaTexts& texts, const std::string& root = "r") {
    Problems problems;
    BOOST_TEST(!Schema::read(texts, "schema.xsd", root, Format::xml, problems));
    return told(problems);
}
std::string refusal(const std::string& body) { return refusal(SchemaTexts{{"schema.xsd", head + body + "</xs:schema>"}}); }

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// "/r/a{1,1} /r/b{0,*} ..." for everything below the root.
std::string outline(const Schema& schema) {
    std::string text;
    for (DeclId id = 1; id < schema.size(); ++id) {
        const auto& each = schema[id];
        text += schema.path_of(id) + "{" + std::to_string(each.occurs_min) + "," + (each.occurs_max == unbounded ? "*" : std::to_string(each.occurs_max)) + "} ";
    }
    return text;
}

DeclId at(const Schema& schema, const std::string& path) {
    for (DeclId id = 0; id < schema.size(); ++id)
        if (schema.path_of(id) == path) return id;
    BOOST_FAIL("no declaration has the path " << path);
    return no_decl;
}

const SimpleType& type_at(const Schema& schema, const std::string& path) {
    const SimpleType* type = schema[at(schema, path)].type;
    BOOST_REQUIRE(type != nullptr);
    return *type;
}

std::string element(const std::string& type) { return "<xs:element name='r'>" + type + "</xs:element>"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(xsd_reading)

BOOST_AUTO_TEST_CASE(occurrence_is_folded_over_groups_and_choices) {
    BOOST_TEST(outline(*schema(element(R"(<xs:complexType><xs:sequence minOccurs='0' maxOccurs='3'>
        <xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int' minOccurs='2' maxOccurs='4'/>
        <xs:choice><xs:element name='c' type='xs:int'/><xs:sequence><xs:element name='d' type='xs:int'/><xs:element name='e' type='xs:int' maxOccurs='unbounded'/></xs:sequence></xs:choice>
        </xs:sequence><xs:attribute name='x' type='xs:int' use='required'/><xs:attribute name='y' type='xs:int'/></xs:complexType>)"))) ==
        "/r/@x{1,1} /r/@y{0,1} /r/a{0,3} /r/b{0,12} /r/c{0,3} /r/d{0,3} /r/e{0,*} ");
}

BOOST_AUTO_TEST_CASE(an_element_that_every_branch_has_is_required_and_one_that_stands_twice_is_one_declaration) {
    const auto read = schema(element(R"(<xs:complexType><xs:choice>
        <xs:sequence><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/><xs:element name='a' type='xs:int' minOccurs='0'/></xs:sequence>
        <xs:sequence><xs:element name='c' type='xs:int'/><xs:element name='a' type='xs:int'/></xs:sequence></xs:choice></xs:complexType>)"));
    BOOST_TEST(outline(*read) == "/r/a{1,2} /r/b{0,1} /r/c{0,1} ");
    const Particle& content = read->content(read->root());
    BOOST_TEST((content.kind == Particle::Kind::choice));
    BOOST_TEST(content.parts.size() == 2u);
    BOOST_TEST(content.parts[0].parts[0].element == content.parts[1].parts[1].element);
}

BOOST_AUTO_TEST_CASE(extension_adds_and_restriction_replaces) {
    const auto read = schema(R"(<xs:complexType name='B' abstract='true'><xs:sequence><xs:element name='a' type='xs:int'/></xs:sequence>
        <xs:attribute name='x' type='xs:int'/><xs:attribute name='y' type='xs:int'/></xs:complexType>
      <xs:complexType name='E'><xs:complexContent><xs:extension base='B'><xs:choice minOccurs='0'><xs:element name='b' type='xs:int'/></xs:choice><xs:attribute name='z' type='xs:int'/></xs:extension></xs:complexContent></xs:complexType>
      <xs:complexType name='R'><xs:complexContent><xs:restriction base='E'><xs:sequence><xs:element name='a' type='xs:int'/></xs:sequence>
        <xs:attribute name='x' type='xs:int' use='required'/><xs:attribute name='y' use='prohibited'/></xs:restriction></xs:complexContent></xs:complexType>
      <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='e' type='E'/><xs:element name='s' type='R'/></xs:sequence></xs:complexType></xs:element>)");
    BOOST_TEST(outline(*read) == "/r/e{1,1} /r/e/@x{0,1} /r/e/@y{0,1} /r/e/@z{0,1} /r/e/a{1,1} /r/e/b{0,1} /r/s{1,1} /r/s/@x{1,1} /r/s/@z{0,1} /r/s/a{1,1} ");
}

BOOST_AUTO_TEST_CASE(groups_attribute_groups_and_references_are_followed) {
    const auto read = schema(R"(<xs:group name='G'><xs:sequence><xs:element name='a' type='xs:int'/><xs:element ref='b' minOccurs='0'/></xs:sequence></xs:group>
      <xs:element name='b' type='xs:date' nillable='true'/><xs:attribute name='q' type='xs:int'/>
      <xs:attributeGroup name='A'><xs:attribute name='x' type='xs:int' default='3'/><xs:attributeGroup ref='A2'/></xs:attributeGroup>
      <xs:attributeGroup name='A2'><xs:attribute ref='q' fixed='1'/></xs:attributeGroup>
      <xs:element name='r'><xs:complexType><xs:sequence><xs:group ref='G' maxOccurs='2'/></xs:sequence><xs:attributeGroup ref='A'/></xs:complexType></xs:element>)");
    BOOST_TEST(outline(*read) == "/r/@x{0,1} /r/@q{0,1} /r/a{1,2} /r/b{0,2} ");
    BOOST_TEST((*read)[at(*read, "/r/@q")].ns == "urn:t");
    BOOST_TEST((*read)[at(*read, "/r/@q")].fixed == "1");
    BOOST_TEST((*read)[at(*read, "/r/@x")].ns == "");
    BOOST_TEST((*read)[at(*read, "/r/@x")].default_value == "3");
    BOOST_TEST((*read)[at(*read, "/r/b")].nillable);
    BOOST_TEST((*read)[at(*read, "/r/b")].line == 3);
}

BOOST_AUTO_TEST_CASE(facets_are_folded_through_derivation) {
    const auto read = schema(R"(<xs:simpleType name='A'><xs:restriction base='xs:token'><xs:maxLength value='9'/><xs:pattern value='a.*'/><xs:pattern value='b.*'/></xs:restriction></xs:simpleType>
      <xs:simpleType name='B'><xs:restriction base='A'><xs:minLength value='2'/><xs:maxLength value='5'/><xs:pattern value='.*z'/></xs:restriction></xs:simpleType>
      <xs:complexType name='C'><xs:simpleContent><xs:extension base='B'><xs:attribute name='x' type='xs:unsignedByte'/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:complexType name='D'><xs:simpleContent><xs:restriction base='C'><xs:maxLength value='3'/></xs:restriction></xs:simpleContent></xs:complexType>
      <xs:element name='r' type='D'/>)");
    const SimpleType& type = type_at(*read, "/r");
    BOOST_TEST((type.base == Lexical::string && type.whitespace == Whitespace::collapse));
    BOOST_TEST((type.length_min == 2u && type.length_max == 3u));
    BOOST_TEST((type.patterns == std::vector<std::vector<std::string>>{{"a.*", "b.*"}, {".*z"}}));
    BOOST_TEST(!why_invalid(type, " abz ").has_value());
    BOOST_TEST(why_invalid(type, "abzz").value() == "is longer than 3 characters");
    BOOST_TEST(why_invalid(type, "a").value() == "is shorter than 2 characters");
    BOOST_TEST(why_invalid(type, "cz").value() == "does not have the required form (pattern)");
    BOOST_TEST(type_at(*read, "/r/@x").max_inclusive.value() == "255");
}

BOOST_AUTO_TEST_CASE(lists_and_unions_keep_their_parts) {
    const auto read = schema(R"(<xs:simpleType name='L'><xs:list itemType='xs:date'/></xs:simpleType>
      <xs:simpleType name='U'><xs:union memberTypes='xs:date L'><xs:simpleType><xs:restriction base='xs:token'><xs:enumeration value='never'/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>
      <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='l' type='L'/><xs:element name='u' type='U'/></xs:sequence></xs:complexType></xs:element>)");
    BOOST_TEST(type_at(*read, "/r/l").list_item != nullptr);
    BOOST_TEST(type_at(*read, "/r/u").members.size() == 3u);
    BOOST_TEST(!why_invalid(type_at(*read, "/r/l"), "2024-01-01  2024-02-02").has_value());
    BOOST_TEST(why_invalid(type_at(*read, "/r/l"), "2024-01-01 x").value() == "has an item that is not a date (YYYY-MM-DD)");
    BOOST_TEST(!why_invalid(type_at(*read, "/r/u"), " never ").has_value());
    BOOST_TEST(why_invalid(type_at(*read, "/r/u"), "soon").value() == "is none of the allowed kinds of value");
}

BOOST_AUTO_TEST_CASE(documents_are_found_beside_the_one_that_names_them_and_nowhere_else) {
    const std::string xs = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' ";
    const SchemaTexts texts{
        {"schema.xsd", head + "<xs:include schemaLocation='a/common.xsd'/><xs:import namespace='urn:b' schemaLocation='./a/../b/b.xsd'/>"
                              "<xs:element name='r'><xs:complexType><xs:sequence><xs:element ref='c'/><xs:element ref='b:x' xmlns:b='urn:b'/></xs:sequence></xs:complexType></xs:element></xs:schema>"},
        {"a/common.xsd", xs + "elementFormDefault='unqualified'><xs:include schemaLocation='../schema.xsd'/><xs:element name='c' type='C'/><xs:complexType name='C'><xs:sequence><xs:element name='d' type='T'/></xs:sequence></xs:complexType>"
                              "<xs:simpleType name='T'><xs:restriction base='xs:int'/></xs:simpleType></xs:schema>"},
        {"b/b.xsd", xs + "targetNamespace='urn:b'><xs:element name='x' type='xs:int'/></xs:schema>"}};
    const auto read = schema_of(texts, Format::xml, "r");
    BOOST_TEST(outline(*read) == "/r/c{1,1} /r/c/d{1,1} /r/x{1,1} ");
    BOOST_TEST((*read)[at(*read, "/r/c")].ns == "urn:t");
    BOOST_TEST((*read)[at(*read, "/r/c/d")].ns == "");
    BOOST_TEST((*read)[at(*read, "/r/c/d")].file == "a/common.xsd");
    BOOST_TEST((*read)[at(*read, "/r/x")].ns == "urn:b");
    BOOST_TEST(test::read(read, "<r xmlns='urn:t'><c><d xmlns=''>1</d></c><x xmlns='urn:b'>2</x></r>").valid());
    SchemaTexts missing = texts;
    missing.erase("b/b.xsd");
    BOOST_TEST(has(refusal(missing), "schema.xsd:2: TG-F103: the schema document 'b/b.xsd' is not there"));
    BOOST_TEST(has(refusal({{"schema.xsd", head + "<xs:import namespace='urn:b' schemaLocation='http://127.0.0.1/b.xsd'/></xs:schema>"}}), "TG-F103"));
    BOOST_TEST(has(refusal({{"schema.xsd", head + "<xs:import namespace='urn:b' schemaLocation='file:///etc/passwd'/></xs:schema>"}}), "TG-F103"));
}

BOOST_AUTO_TEST_CASE(what_has_no_finite_tree_of_paths_is_refused_by_name_and_line) {
    BOOST_TEST(has(refusal("<xs:element name='r' type='T'/>\n<xs:complexType name='T'><xs:sequence>\n<xs:element name='again' type='T' minOccurs='0'/></xs:sequence></xs:complexType>"),
                   "schema.xsd:4: TG-F110: element 'again' contains itself"));
    BOOST_TEST(has(refusal("<xs:element name='r'><xs:complexType><xs:sequence><xs:element ref='r' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>"), "TG-F110"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:sequence>\n<xs:any/></xs:sequence></xs:complexType>")), "schema.xsd:3: TG-F108: xs:any is"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:anyAttribute/></xs:complexType>")), "TG-F108: xs:anyAttribute is"));
    BOOST_TEST(has(refusal(element("<xs:complexType mixed='true'/>")), "TG-F109"));
    BOOST_TEST(has(refusal("<xs:element name='h' type='xs:int'/><xs:element name='r' type='xs:int' substitutionGroup='h'/>"), "TG-F111"));
    BOOST_TEST(has(refusal("<xs:element name='r' type='xs:int' abstract='true'/>"), "TG-F116"));
    BOOST_TEST(has(refusal("<xs:complexType name='T' abstract='true'/><xs:element name='r' type='T'/>"), "TG-F116: element 'r' has an abstract type"));
    BOOST_TEST(has(refusal("<xs:element name='r'/>"), "TG-F113: element 'r' has no type"));
    BOOST_TEST(has(refusal("<xs:element name='r' type='xs:QName'/>"), "TG-F113: the type xs:QName"));
    BOOST_TEST(has(refusal("<xs:redefine schemaLocation='x.xsd'/><xs:element name='r' type='xs:int'/>"), "TG-F105"));
}

BOOST_AUTO_TEST_CASE(mistakes_in_a_schema_are_found_with_their_place) {
    BOOST_TEST(has(refusal("\n<xs:element name='r' type='Nowhere'/>"), "schema.xsd:3: TG-F112: no simple type is named 'Nowhere'"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:sequence><xs:element ref='x'/><xs:group ref='g'/></xs:sequence><xs:attributeGroup ref='a'/></xs:complexType>")), "TG-F112: no group"));
    BOOST_TEST(has(refusal("<xs:element name='r' type='p:T'/>"), "TG-F107: the prefix 'p' is not declared"));
    BOOST_TEST(has(refusal(element("<xs:simpleType><xs:restriction base='xs:string'><xs:pattern value='['/></xs:restriction></xs:simpleType>")), "TG-F115"));
    BOOST_TEST(has(refusal(element("<xs:simpleType><xs:restriction base='xs:int'><xs:minInclusive value='x'/></xs:restriction></xs:simpleType>")), "TG-F115: the bound is not a value"));
    BOOST_TEST(has(refusal(element("<xs:simpleType><xs:restriction base='xs:duration'><xs:minInclusive value='P1D'/></xs:restriction></xs:simpleType>")), "TG-F115"));
    BOOST_TEST(has(refusal("<xs:element name='r' type='A'/><xs:simpleType name='A'><xs:restriction base='B'/></xs:simpleType><xs:simpleType name='B'><xs:restriction base='A'/></xs:simpleType>"), "TG-F110"));
    BOOST_TEST(has(refusal("<xs:element name='r' type='xs:int'/><xs:element name='r' type='xs:date'/>"), "TG-F106: 'r' is already defined at schema.xsd:2"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:sequence><xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/><xs:element name='a' type='xs:date'/></xs:sequence></xs:complexType>")), "TG-F117"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:sequence><xs:element name='a' type='xs:int' minOccurs='x'/></xs:sequence></xs:complexType>")), "TG-F114"));
    BOOST_TEST(has(refusal(element("<xs:complexType><xs:sequence><xs:element name='a' type='xs:int' minOccurs='0'/><xs:element name='a' type='xs:int'/></xs:sequence></xs:complexType>")), "TG-F180"));
    BOOST_TEST(has(refusal({{"schema.xsd", "<schema/>"}}), "TG-F104"));
    BOOST_TEST(has(refusal({{"schema.xsd", "<!DOCTYPE x [<!ENTITY a 'b'>]>" + head + "</xs:schema>"}}), "TG-F032"));
    BOOST_TEST(has(refusal({{"schema.xsd", head}}), "TG-F030"));
    BOOST_TEST(has(refusal(SchemaTexts{}), "TG-F101"));
}

BOOST_AUTO_TEST_CASE(the_root_is_the_only_global_element_or_the_named_one) {
    const SchemaTexts two{{"schema.xsd", head + "<xs:element name='a' type='xs:int'/><xs:element name='b' type='xs:int'/></xs:schema>"}};
    BOOST_TEST(has(refusal(two, ""), "TG-F119: the schema declares several global elements"));
    BOOST_TEST(has(refusal(two, "c"), "TG-F119: the schema declares no global element 'c'"));
    BOOST_TEST((*schema_of(two, Format::xml, "b"))[0].name == "b");
    BOOST_TEST((*schema("<xs:element name='a' type='xs:int'/>", ""))[0].name == "a");
}

BOOST_AUTO_TEST_CASE(a_schema_that_grows_beyond_the_limits_is_refused) {
    std::string doubling = "<xs:complexType name='T0'><xs:sequence><xs:element name='x' type='xs:int'/></xs:sequence></xs:complexType>";
    for (int each = 1; each <= 20; ++each) {
        const std::string below = std::to_string(each - 1);
        doubling += "<xs:complexType name='T" + std::to_string(each) + "'><xs:sequence><xs:element name='a' type='T" + below + "'/><xs:element name='b' type='T" + below + "'/></xs:sequence></xs:complexType>";
    }
    BOOST_TEST(has(refusal(doubling + "<xs:element name='r' type='T20'/>"), "TG-F118: declarations_max = 20000"));
    std::string groups = "<xs:group name='G0'><xs:sequence><xs:element name='x' type='xs:int'/></xs:sequence></xs:group>";
    for (int each = 1; each <= 20; ++each) {
        const std::string below = "<xs:group ref='G" + std::to_string(each - 1) + "'/>";
        groups += "<xs:group name='G" + std::to_string(each) + "'><xs:sequence>" + below + below + "</xs:sequence></xs:group>";
    }
    BOOST_TEST(has(refusal(groups + element("<xs:complexType><xs:group ref='G20'/></xs:complexType>")), "TG-F118: particles_max = 100000"));
}

BOOST_AUTO_TEST_SUITE_END()
