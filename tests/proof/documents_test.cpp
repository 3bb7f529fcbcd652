// The generator itself: its documents are valid by libxml2 and by the model, it can be repeated, and it shows everything.
#include <boost/test/unit_test.hpp>

#include "tests/proof/comparison.hpp"
#include "tests/proof/trial.hpp"
#include "tests/proof/patterns.hpp"

using namespace proof;
using namespace hub::formats;

namespace {

constexpr const char* everything = R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' elementFormDefault='qualified' targetNamespace='urn:t' xmlns='urn:t'>
  <xs:simpleType name='Code'><xs:restriction base='xs:token'><xs:pattern value='[A-Z]{2}\d{1,3}'/><xs:pattern value='(x|yy)[^a-z\s]+-?'/></xs:restriction></xs:simpleType>
  <xs:simpleType name='Amount'><xs:restriction base='xs:decimal'><xs:totalDigits value='6'/><xs:fractionDigits value='2'/><xs:minInclusive value='-5'/><xs:maxExclusive value='9000'/></xs:restriction></xs:simpleType>
  <xs:simpleType name='Codes'><xs:restriction><xs:simpleType><xs:list itemType='Code'/></xs:simpleType><xs:minLength value='1'/><xs:maxLength value='4'/></xs:restriction></xs:simpleType>
  <xs:simpleType name='When'><xs:union memberTypes='xs:date xs:dateTime'><xs:simpleType><xs:restriction base='xs:token'><xs:enumeration value='never'/><xs:enumeration value='soon'/></xs:restriction></xs:simpleType></xs:union></xs:simpleType>
  <xs:element name='r'><xs:complexType><xs:sequence>
    <xs:element name='code' type='Code' minOccurs='0' maxOccurs='unbounded'/>
    <xs:element name='amount' type='Amount' minOccurs='2' maxOccurs='4'/>
    <xs:choice minOccurs='0' maxOccurs='3'><xs:element name='codes' type='Codes'/><xs:sequence><xs:element name='when' type='When'/><xs:element name='note' type='xs:string' nillable='true'/></xs:sequence></xs:choice>
    <xs:element name='all'><xs:complexType><xs:all><xs:element name='a' type='xs:boolean'/><xs:element name='b' type='xs:hexBinary' minOccurs='0'/></xs:all><xs:attribute name='n' type='xs:byte'/></xs:complexType></xs:element>
    <xs:element name='fixed' type='xs:string' fixed='one'/>
  </xs:sequence><xs:attribute name='id' type='xs:NMTOKEN' use='required'/></xs:complexType></xs:element></xs:schema>)";

std::shared_ptr<const Schema> schema_of(const SchemaTexts& texts, const std::string& path, Format format) {
    hub::Problems problems;
    auto schema = Schema::read(texts, path, "", format, problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    BOOST_REQUIRE(schema);
    return *schema;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(generated_documents)

BOOST_AUTO_TEST_CASE(are_valid_and_show_all_of_their_schema) {
    const auto schema = schema_of({{"s.xsd", everything}}, "s.xsd", Format::xml);
    Documents documents(*schema, seed_wanted());
    const auto decoder = make_decoder(*schema);
    Document decoded(schema.get());
    for (int number = 0; number < 2000; ++number) {
        const Document document = documents.next();
        std::string bytes;
        encode(document, bytes);
        for (const hub::Problem& problem : decoder->decode(bytes, "generated", decoded).problems) BOOST_ERROR(hub::to_text(problem) << "\n" << bytes);
        BOOST_TEST(difference(document, decoded).empty(), difference(document, decoded));
    }
    for (const std::string& each : documents.owed()) BOOST_ERROR(each);
}

BOOST_AUTO_TEST_CASE(come_again_with_the_same_seed_and_differ_with_another) {
    const auto schema = schema_of({{"s.xsd", everything}}, "s.xsd", Format::xml);
    Documents one(*schema, 1), same(*schema, 1), other(*schema, 2);
    std::size_t different = 0;
    for (int number = 0; number < 50; ++number) {
        const Document document = one.next();
        BOOST_TEST(written_out(document) == written_out(same.next()));
        different += written_out(document) == written_out(other.next()) ? 0 : 1;
    }
    BOOST_TEST(different > 40u);
}

BOOST_AUTO_TEST_CASE(say_what_they_have_not_shown) {
    const auto schema = schema_of({{"s.xsd", everything}}, "s.xsd", Format::xml);
    Documents documents(*schema, seed_wanted());
    documents.next();
    const auto owed = documents.owed();
    BOOST_TEST(owed.size() > 10u);
    BOOST_TEST(std::count(owed.begin(), owed.end(), "/r/amount never occurs 4 times") == 1);
}

BOOST_AUTO_TEST_CASE(hold_texts_that_match_their_patterns) {
    const std::vector<std::string> patterns{"[EW][0-9]{8}", "(a|bc)*d?", "[^x-z]{3,5}", "\\d+\\.\\d{2}", "[A-Z-[AEIOU]]+", "\\p{Lu}\\w*", "[\\-a\\]]{2}", ".*", "a{2,}b{0}"};
    support::Chance chance(seed_wanted());
    for (const std::string& pattern : patterns) {
        SimpleType type;
        type.patterns = {{pattern}};
        for (const Repeats repeats : {Repeats::fewest, Repeats::most, Repeats::any, Repeats::any, Repeats::any}) {
            const std::string text = text_matching(pattern, repeats, chance);
            BOOST_TEST(!why_invalid(type, text), "'" << text << "' does not match " << pattern);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
