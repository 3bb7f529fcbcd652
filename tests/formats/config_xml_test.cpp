// Reading configuration files: positions, the guard, and that the XSD is enforced.
#include <boost/test/unit_test.hpp>

#include "hub/formats/config_xml.hpp"

namespace {

using namespace hub;

const std::string shape = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x" xmlns="urn:x"
  elementFormDefault="qualified">
  <xs:element name="box"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
    <xs:element ref="box"/><xs:element name="note" type="xs:string"/></xs:choice>
    <xs:attribute name="colour" default="grey"><xs:simpleType><xs:restriction base="xs:token">
      <xs:enumeration value="grey"/><xs:enumeration value="red"/></xs:restriction></xs:simpleType></xs:attribute>
  </xs:complexType></xs:element></xs:schema>)";

struct Reading {
    explicit Reading(const std::string& text, const formats::Limits& limits = {})
        : root(formats::read_config("box.xml", text, &shape, problems, limits)) {}
    Problems problems{};
    std::shared_ptr<formats::ConfigElement> root;
    std::string code() const { return problems.empty() ? "" : problems.front().code; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_configuration_file)

BOOST_AUTO_TEST_CASE(becomes_elements_that_know_where_they_stand) {
    const Reading reading("<!-- < -->\n<box xmlns='urn:x'\n  colour=' red '>\n  <note>a&amp;b<![CDATA[<c>]]></note> <box/>\n</box>\n");
    BOOST_REQUIRE(reading.root);
    BOOST_TEST(reading.root->name == "box");
    BOOST_TEST(reading.root->ns == "urn:x");
    BOOST_TEST(reading.root->line == 2);
    BOOST_TEST(reading.root->token("colour") == "red");
    BOOST_TEST(reading.root->text == "");
    BOOST_REQUIRE(reading.root->children.size() == 2u);
    BOOST_TEST(reading.root->children[0].text == "a&b<c>");
    BOOST_TEST(reading.root->children[1].line == 4);
    BOOST_TEST(reading.root->children[1].column == 39);
}

BOOST_AUTO_TEST_CASE(has_the_attributes_that_its_xsd_defaults) {
    const Reading reading("<box xmlns='urn:x'/>");
    BOOST_REQUIRE(reading.root);
    BOOST_TEST(reading.root->token("colour") == "grey");
    BOOST_TEST(reading.root->attribute("weight") == nullptr);
}

BOOST_AUTO_TEST_CASE(is_refused_with_every_mismatch_to_its_xsd_at_its_place) {
    const Reading reading("<box xmlns='urn:x'>\n <box lid='1'/>\n <box colour='blue'/>\n</box>");
    BOOST_TEST(!reading.root);
    BOOST_REQUIRE(reading.problems.size() >= 2u);
    BOOST_TEST(reading.problems[0].code == "TG-F205");
    BOOST_TEST(reading.problems[0].line == 2);
    BOOST_TEST(reading.problems[0].column == 2);
    BOOST_TEST(reading.problems[1].line == 3);
    BOOST_TEST(reading.problems[1].what.find("'blue'") != std::string::npos);
    BOOST_TEST(reading.problems[1].what.find("{urn") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(may_not_declare_a_document_type) {
    const Reading reading("<!DOCTYPE box [<!ENTITY a 'b'>]>\n<box xmlns='urn:x'>&a;</box>");
    BOOST_TEST(!reading.root);
    BOOST_TEST(reading.code() == "TG-F203");
}

BOOST_AUTO_TEST_CASE(may_not_carry_processing_instructions) {
    BOOST_TEST(Reading("<box xmlns='urn:x'><?php echo 1 ?></box>").code() == "TG-F203");
}

BOOST_AUTO_TEST_CASE(must_be_utf_8) {
    BOOST_TEST(Reading("<?xml version='1.0' encoding='ISO-8859-1'?><box xmlns='urn:x'/>").code() == "TG-F201");
    BOOST_TEST(Reading("<box xmlns='urn:x'><note>\xE9</note></box>").code() == "TG-F201");
    BOOST_TEST(Reading("\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?><box xmlns='urn:x'/>").code() == "");
}

BOOST_AUTO_TEST_CASE(must_be_well_formed) {
    const Reading reading("<box xmlns='urn:x'>\n<note></box>");
    BOOST_TEST(reading.code() == "TG-F204");
    BOOST_TEST(reading.problems.front().line == 2);
}

BOOST_AUTO_TEST_CASE(is_refused_at_each_limit_by_its_name) {
    formats::Limits limits;
    limits.bytes_max = 40;
    limits.depth_max = 2;
    limits.nodes_max = 3;
    limits.start_tag_bytes_max = 20;
    const auto names = [&](const std::string& text) {
        const Reading reading(text, limits);
        BOOST_TEST(reading.code() == "TG-F202");
        return reading.problems.front().what;
    };
    BOOST_TEST(names(std::string(41, ' ')).find("bytes_max = 40") == 0u);
    BOOST_TEST(names("<a><b><c/></b></a><a><b/>").find("nodes_max = 3") == 0u);
    BOOST_TEST(names("<a><b><c></c></b></a>").find("depth_max = 2") == 0u);
    BOOST_TEST(names("<a b='0123456789012345'/>").find("start_tag_bytes_max = 20") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
