// What another version of a schema changes.
#include <boost/test/unit_test.hpp>

#include "hub/cli/schema_diff.hpp"

using namespace hub;

namespace {

std::shared_ptr<const formats::Schema> schema(const std::string& content) {
    const formats::SchemaTexts texts{{"x.xsd",
                                      "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
                                      "<xs:simpleType name='AB'><xs:restriction base='xs:token'><xs:enumeration value='A'/><xs:enumeration value='B'/></xs:restriction></xs:simpleType>"
                                      "<xs:simpleType name='BC'><xs:restriction base='xs:token'><xs:enumeration value='B'/><xs:enumeration value='C'/></xs:restriction></xs:simpleType>"
                                      "<xs:simpleType name='Ten'><xs:restriction base='xs:token'><xs:maxLength value='10'/></xs:restriction></xs:simpleType>"
                                      "<xs:element name='r'><xs:complexType><xs:sequence>" + content + "</xs:sequence></xs:complexType></xs:element></xs:schema>"}};
    Problems problems;
    auto read = formats::Schema::read(texts, "x.xsd", "", formats::Format::xml, problems);
    BOOST_REQUIRE_MESSAGE(read, (problems.empty() ? "" : problems[0].what));
    return *read;
}

/// "narrows /r/a is gone; ..."
std::string changes(const std::string& before, const std::string& after) {
    std::string text;
    for (const cli::SchemaChange& each : cli::schema_changes(*schema(before), *schema(after)))
        text += (text.empty() ? "" : "; ") + std::string(cli::name_of(each.effect)) + " " + each.path + " " + each.what;
    return text;
}

const std::string a = "<xs:element name='a' type='xs:token'/>", optional_a = "<xs:element name='a' type='xs:token' minOccurs='0'/>";

}  // namespace

BOOST_AUTO_TEST_SUITE(changes_of_a_schema)

BOOST_AUTO_TEST_CASE(are_none_between_equal_versions) { BOOST_TEST(changes(a, a) == ""); }

BOOST_AUTO_TEST_CASE(are_paths_that_go_and_come) {
    BOOST_TEST(changes(a + "<xs:element name='g'><xs:complexType><xs:sequence>" + a + "</xs:sequence></xs:complexType></xs:element>", a) == "narrows /r/g is gone, with all below it");
    BOOST_TEST(changes("<xs:element name='b' type='xs:token'/>", "<xs:element name='b' type='xs:token'/>" + a) == "narrows /r/a is new and required");
    BOOST_TEST(changes("<xs:element name='b' type='xs:token'/>", "<xs:element name='b' type='xs:token'/>" + optional_a) == "widens /r/a is new and may be there");
}

BOOST_AUTO_TEST_CASE(are_occurrences) {
    BOOST_TEST(changes(a, optional_a) == "widens /r/a may be left out");
    BOOST_TEST(changes(optional_a, a) == "narrows /r/a must be there now");
    BOOST_TEST(changes(a, "<xs:element name='a' type='xs:token' maxOccurs='unbounded'/>") == "widens /r/a may be there any number of times, was once");
}

BOOST_AUTO_TEST_CASE(are_values) {
    BOOST_TEST(changes("<xs:element name='a' type='AB'/>", "<xs:element name='a' type='BC'/>") == "narrows /r/a no longer takes 'A'; widens /r/a also takes 'C'");
    BOOST_TEST(changes(a, "<xs:element name='a' type='AB'/>") == "narrows /r/a takes listed values only");
    BOOST_TEST(changes(a, "<xs:element name='a' type='Ten'/>") == "narrows /r/a may be up to 10 characters long, was of any length");
    BOOST_TEST(changes(a, "<xs:element name='a' type='xs:date'/>") == "changes /r/a has values of another kind");
}

BOOST_AUTO_TEST_CASE(are_constraints) {
    const auto group = [](const std::string& constraint) {
        return "<xs:element name='g'><xs:complexType><xs:sequence><xs:element name='a' type='xs:token' maxOccurs='9'/><xs:element name='b' type='xs:token'/></xs:sequence></xs:complexType>" + constraint + "</xs:element>";
    };
    const auto unique = [](const std::string& name, const std::string& path) { return "<xs:unique name='" + name + "'><xs:selector xpath='" + path + "'/><xs:field xpath='.'/></xs:unique>"; };
    BOOST_TEST(changes(group(unique("u", "a")), group(unique("u", "./a"))) == "");
    BOOST_TEST(changes(group(""), group(unique("u", "a"))) == "narrows /r/g stands under xs:unique 'u' now");
    BOOST_TEST(changes(group(unique("u", "a")), group("")) == "widens /r/g stands under xs:unique 'u' no more");
    BOOST_TEST(changes(group(unique("u", "a")), group(unique("u", "a|b"))) == "changes /r/g has another xs:unique 'u'");
    BOOST_TEST(changes("<xs:element name='a' type='xs:NCName'/>", "<xs:element name='a' type='xs:ID'/>") == "narrows /r stands under xs:ID now");
}

BOOST_AUTO_TEST_SUITE_END()
