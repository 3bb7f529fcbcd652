// Tree to XML: prefixes, escapes, nil, indentation, and that decoding brings back the same tree.
#include "hub/formats/schema_builder.hpp"
#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const std::string xs = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' ";
const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

std::shared_ptr<const Schema> two_namespaces(const std::string& form) {
    return schema_of({{"schema.xsd", xs + "targetNamespace='urn:a' elementFormDefault='" + form + "'><xs:import namespace='urn:b' schemaLocation='b.xsd'/>"
        "<xs:element name='r'><xs:complexType><xs:sequence><xs:element name='x' type='xs:string' nillable='true' minOccurs='0' maxOccurs='9'/><xs:element ref='b:y' xmlns:b='urn:b' minOccurs='0'/></xs:sequence>"
        "<xs:attribute name='p' type='xs:string'/><xs:attribute name='q' type='xs:string' form='qualified'/><xs:attribute ref='b:z' xmlns:b='urn:b'/></xs:complexType></xs:element></xs:schema>"},
        {"b.xsd", xs + "targetNamespace='urn:b' elementFormDefault='qualified'><xs:element name='y'><xs:complexType><xs:sequence><xs:element name='v' type='xs:string'/></xs:sequence></xs:complexType></xs:element><xs:attribute name='z' type='xs:string'/></xs:schema>"}},
        Format::xml, "r");
}

/// Decodes, encodes, decodes again and compares the trees; returns the encoded text.
std::string there_and_back(const std::shared_ptr<const Schema>& schema, const std::string& bytes, Style style = {}) {
    const Read first = read(schema, bytes);
    BOOST_REQUIRE_MESSAGE(first.valid(), first.problems());
    const std::string text = first.encoded(style);
    const Read second = read(schema, text);
    BOOST_TEST(second.valid(), second.problems() + text);
    BOOST_TEST(second.decoded.unknown_paths.empty(), text);
    BOOST_TEST(shown(first) == shown(second));
    BOOST_TEST(second.encoded(style) == text);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_encoding)

BOOST_AUTO_TEST_CASE(the_roots_namespace_is_the_default_and_others_get_prefixes_on_the_root) {
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<o:r xmlns:o='urn:a' p='1'><o:x>t</o:x><y xmlns='urn:b'><v>w</v></y></o:r>") ==
               head + "<r xmlns=\"urn:a\" xmlns:ns1=\"urn:b\" p=\"1\"><x>t</x><ns1:y><ns1:v>w</ns1:v></ns1:y></r>");
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<r xmlns='urn:a'><x/></r>") == head + "<r xmlns=\"urn:a\"><x/></r>");
}

BOOST_AUTO_TEST_CASE(qualified_attributes_have_prefixes_and_others_none) {
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<r xmlns='urn:a' xmlns:a='urn:a' xmlns:b='urn:b' p='1' a:q='2' b:z='3'/>") ==
               head + "<r xmlns=\"urn:a\" xmlns:ns1=\"urn:a\" xmlns:ns2=\"urn:b\" p=\"1\" ns1:q=\"2\" ns2:z=\"3\"/>");
}

BOOST_AUTO_TEST_CASE(elements_in_no_namespace_forbid_a_default_namespace) {
    BOOST_TEST(there_and_back(two_namespaces("unqualified"), "<a:r xmlns:a='urn:a' xmlns:b='urn:b'><x>t</x><b:y><b:v/></b:y></a:r>") ==
               head + "<ns1:r xmlns:ns1=\"urn:a\" xmlns:ns2=\"urn:b\"><x>t</x><ns2:y><ns2:v/></ns2:y></ns1:r>");
}

BOOST_AUTO_TEST_CASE(what_would_be_read_as_markup_or_trimmed_is_escaped) {
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<r xmlns='urn:a' p='a&quot;b&apos;&lt;&amp;&#9;&#10;&#13;&gt;'><x>&lt;x> &amp; ]]&gt;&#13;\n\t\"'&#x20AC;</x></r>") ==
               head + "<r xmlns=\"urn:a\" p=\"a&quot;b'&lt;&amp;&#9;&#10;&#13;&gt;\"><x>&lt;x&gt; &amp; ]]&gt;&#13;\n\t\"'\xe2\x82\xac</x></r>");
}

BOOST_AUTO_TEST_CASE(characters_that_xml_cannot_carry_become_the_replacement_character) {
    const auto schema = two_namespaces("qualified");
    Document document(schema.get());
    const NodeId root = document.add(no_node, schema->root());
    document.add(root, schema->child(schema->root(), DeclKind::element, "urn:a", "x"), std::string_view("a\x01""b\0c\xff\xc3(\xef\xbf\xbf", 11));
    std::string text;
    encode(document, text);
    BOOST_TEST(text == head + "<r xmlns=\"urn:a\"><x>a\xef\xbf\xbd" "b\xef\xbf\xbd" "c\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd</x></r>");
    BOOST_TEST(read(schema, text).valid());
}

BOOST_AUTO_TEST_CASE(nil_is_written_as_xsi_nil) {
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<r xmlns='urn:a' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><x i:nil='1'/><x/></r>") ==
               head + "<r xmlns=\"urn:a\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><x xsi:nil=\"true\"/><x/></r>");
}

BOOST_AUTO_TEST_CASE(pretty_indents_elements_and_leaves_values_alone) {
    BOOST_TEST(there_and_back(two_namespaces("qualified"), "<r xmlns='urn:a' xmlns:b='urn:b'><x> t </x><x/><b:y><b:v/></b:y></r>", Style{true}) ==
               head + "<r xmlns=\"urn:a\" xmlns:ns1=\"urn:b\">\n  <x> t </x>\n  <x/>\n  <ns1:y>\n    <ns1:v/>\n  </ns1:y>\n</r>\n");
}

BOOST_AUTO_TEST_CASE(a_schema_without_namespace_needs_no_declarations) {
    const auto schema = schema_of({{"schema.xsd", xs + "><xs:element name='r' type='xs:token'/></xs:schema>"}}, Format::xml);
    BOOST_TEST(there_and_back(schema, "<r>  a  b </r>") == head + "<r>a b</r>");
}

BOOST_AUTO_TEST_CASE(encoding_appends) {
    const auto schema = schema_of({{"schema.xsd", xs + "><xs:element name='r' type='xs:token'/></xs:schema>"}}, Format::xml);
    const Read read = test::read(schema, "<r/>");
    std::string text = "x";
    encode(read.document, text);
    BOOST_TEST(text == "x" + head + "<r/>");
}

BOOST_AUTO_TEST_SUITE_END()
