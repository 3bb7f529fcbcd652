// What an exchange reads, its clause must share.
#include <boost/test/unit_test.hpp>

#include "hub/agreements/agreement.hpp"

using namespace hub;
using namespace hub::agreements;

namespace {

const char* canonical = R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='result'><xs:complexType><xs:sequence>
  <xs:element name='person'><xs:complexType><xs:sequence>
    <xs:element name='id'><xs:complexType><xs:simpleContent><xs:extension base='xs:string'>
      <xs:attribute name='type' type='xs:string' use='required'/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name='name'><xs:complexType><xs:sequence>
      <xs:element name='given' type='xs:string'/><xs:element name='family' type='xs:string'/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name='note' type='xs:string' minOccurs='0'/>
  <xs:element name='flag' type='xs:string' minOccurs='0'/>
</xs:sequence></xs:complexType></xs:element></xs:schema>)";

const char* partner = R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='out'><xs:complexType><xs:sequence>
  <xs:element name='a' type='xs:string' minOccurs='0'/><xs:element name='b' type='xs:string' minOccurs='0'/>
  <xs:element name='c' type='xs:string' minOccurs='0'/></xs:sequence></xs:complexType></xs:element></xs:schema>)";

std::shared_ptr<const mapping::Mapping> exchange(const std::string& rules) {
    const formats::SchemaTexts texts = {{"canonical/result.xsd", canonical}, {"partners/out.xsd", partner}};
    mapping::SchemaLibrary schemas(texts);
    Problems problems;
    auto compiled = mapping::compile("mappings/result_out/mapping.xml",
                                     "<mapping xmlns='urn:throughgate:mapping:1'><about>test</about>"
                                     "<from schema='canonical/result.xsd' format='xml'/><to schema='partners/out.xsd' format='xml'/>" + rules + "</mapping>",
                                     schemas, {}, problems);
    for (const Problem& problem : problems) BOOST_TEST_MESSAGE(to_text(problem));
    BOOST_REQUIRE(compiled);
    return compiled;
}

std::string missing(const std::string& rules, std::set<std::string> paths, std::set<std::string> trees = {}) {
    Agreement agreement;
    agreement.name = "isa";
    agreement.file = "agreements/isa.xml";
    Clause clause;
    clause.id = "c1";
    clause.line = 12;
    paths.insert(trees.begin(), trees.end());
    clause.paths = std::move(paths);
    clause.trees = std::move(trees);
    std::string text;
    for (const Problem& problem : uncovered(clause, agreement, *exchange(rules))) {
        BOOST_TEST(problem.code == "TG-A010");
        BOOST_TEST(problem.file == "agreements/isa.xml");
        BOOST_TEST(problem.line == 12);
        BOOST_TEST(problem.related.at(0).label == "canonical schema");
        const std::size_t from = problem.what.find("reads '") + 7;
        text += (text.empty() ? "" : " ") + problem.what.substr(from, problem.what.find('\'', from) - from);
    }
    return text;
}

const std::string names = "<field from='person/name/given' to='a'/><field from='person/name/family' to='b'/>"
                          "<drop from='person/id' reason='r'/><drop from='note' reason='r'/><drop from='flag' reason='r'/>";

}  // namespace

BOOST_AUTO_TEST_CASE(what_is_listed_may_be_read_and_what_is_not_may_not) {
    BOOST_TEST(missing(names, {"person/name/given", "person/name/family"}) == "");
    BOOST_TEST(missing(names, {"person/name/given"}) == "person/name/family");
    BOOST_TEST(missing(names, {}) == "person/name/given person/name/family");
}

BOOST_AUTO_TEST_CASE(a_path_covers_its_attributes_but_not_its_child_elements) {
    const std::string id = "<field from='person/id' to='a'/><field from='person/id/@type' to='b'/>"
                           "<drop from='person/name' reason='r'/><drop from='note' reason='r'/><drop from='flag' reason='r'/>";
    BOOST_TEST(missing(id, {"person/id"}) == "");
    BOOST_TEST(missing(names, {"person/name"}) == "person/name/given person/name/family");
}

BOOST_AUTO_TEST_CASE(a_tree_covers_everything_below_it) {
    BOOST_TEST(missing(names, {}, {"person/name"}) == "");
    BOOST_TEST(missing(names, {}, {"person"}) == "");
    BOOST_TEST(missing(names, {}, {"note"}) == "person/name/given person/name/family");
}

BOOST_AUTO_TEST_CASE(a_similar_name_covers_nothing) {
    BOOST_TEST(missing(names, {"person/name/given", "person/name/family_former"}, {"per"}) == "person/name/family");
}

BOOST_AUTO_TEST_CASE(a_field_that_only_steers_the_output_is_read_as_well) {
    const std::string steered = "<choose><when test=\"flag = 'x'\"><field from='note' to='a'/></when></choose><drop from='person' reason='r'/>";
    BOOST_TEST(missing(steered, {"note"}) == "flag");
    BOOST_TEST(missing(steered, {"note", "flag"}) == "");
}

BOOST_AUTO_TEST_CASE(what_is_dropped_needs_no_clause) {
    BOOST_TEST(missing("<drop from='person' reason='r'/><drop from='note' reason='r'/><drop from='flag' reason='r'/>", {}) == "");
}
