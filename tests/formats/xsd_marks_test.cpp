// A mark in a schema: what never decides about a record's way is marked where it is declared, and everything below it is too.
#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const std::string head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:t' targetNamespace='urn:t' elementFormDefault='qualified'"
                         " xmlns:tg='urn:throughgate:schema-marks:1'>\n";

/// Paths of all marked declarations.
std::string marked(const std::string& body) {
    const auto schema = schema_of({{"schema.xsd", head + body + "</xs:schema>"}}, Format::xml, "r");
    std::string paths;
    for (DeclId id = 0; id < schema->size(); ++id)
        if ((*schema)[id].never_routes) paths += schema->path_of(id) + " ";
    return paths;
}

std::string refusal(const std::string& body) {
    Problems problems;
    BOOST_TEST(!Schema::read({{"schema.xsd", head + body + "</xs:schema>"}}, "schema.xsd", "r", Format::xml, problems));
    return told(problems);
}

std::string root(const std::string& content) {
    return "<xs:element name='r'><xs:complexType><xs:sequence>" + content + "</xs:sequence></xs:complexType></xs:element>";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(xsd_marks)

BOOST_AUTO_TEST_CASE(a_mark_on_an_element_holds_for_everything_below_it_and_nothing_beside) {
    BOOST_TEST(marked(root("<xs:element name='a' tg:never-routes='true'><xs:complexType><xs:sequence><xs:element name='b' type='xs:int'/></xs:sequence>"
                           "<xs:attribute name='x' type='xs:int'/></xs:complexType></xs:element><xs:element name='c' type='xs:int'/>")) == "/r/a /r/a/@x /r/a/b ");
    BOOST_TEST(marked(root("<xs:element name='a' type='xs:int' tg:never-routes='false'/>")) == "");
}

BOOST_AUTO_TEST_CASE(a_mark_on_a_type_holds_wherever_the_type_is_used_or_derived_from) {
    const std::string types = "<xs:complexType name='T' tg:never-routes='true'><xs:sequence><xs:element name='b' type='xs:int'/></xs:sequence></xs:complexType>"
                              "<xs:complexType name='E'><xs:complexContent><xs:extension base='T'/></xs:complexContent></xs:complexType>"
                              "<xs:simpleType name='S' tg:never-routes='1'><xs:restriction base='xs:token'/></xs:simpleType>"
                              "<xs:simpleType name='N'><xs:restriction base='S'/></xs:simpleType>"
                              "<xs:complexType name='C'><xs:simpleContent><xs:extension base='N'/></xs:simpleContent></xs:complexType>";
    BOOST_TEST(marked(types + root("<xs:element name='t' type='T'/><xs:element name='e' type='E'/><xs:element name='s' type='S'/>"
                                   "<xs:element name='n' type='N'/><xs:element name='c' type='C'/><xs:element name='o' type='xs:int'/>")) ==
               "/r/t /r/t/b /r/e /r/e/b /r/s /r/n /r/c ");
}

BOOST_AUTO_TEST_CASE(attributes_and_global_declarations_are_marked_too) {
    BOOST_TEST(marked("<xs:element name='g' type='xs:int' tg:never-routes='true'/><xs:attribute name='q' type='xs:int' tg:never-routes='true'/>"
                      "<xs:element name='r'><xs:complexType><xs:sequence><xs:element ref='g'/></xs:sequence><xs:attribute ref='q'/>"
                      "<xs:attribute name='y' type='xs:int' tg:never-routes='true'/><xs:attribute name='z' type='xs:int'/></xs:complexType></xs:element>") ==
               "/r/@q /r/@y /r/g ");
}

BOOST_AUTO_TEST_CASE(a_mark_that_nobody_would_heed_is_refused_with_its_line) {
    for (const std::string wrong : {"<xs:element name='a' type='xs:int' tg:never-route='true'/>", "<xs:element name='a' type='xs:int' tg:never-routes='yes'/>",
                                    "<xs:sequence tg:never-routes='true'><xs:element name='a' type='xs:int'/></xs:sequence>"})
        BOOST_TEST(refusal(root("\n" + wrong)).find("schema.xsd:3: TG-F131: a mark on this xs:") != std::string::npos, wrong);
    BOOST_TEST(refusal("<xs:element name='g' type='xs:int'/>\n" + root("<xs:element ref='g' tg:never-routes='true'/>")).find("schema.xsd:3: TG-F131: a mark on a reference") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(marks_and_attributes_of_others_change_no_document) {
    BOOST_TEST(marked(root("<xs:element name='a' type='xs:int' x:never-routes='true' xmlns:x='urn:somebody'/>")) == "");
}

BOOST_AUTO_TEST_SUITE_END()
