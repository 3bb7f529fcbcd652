// XML to tree: what is kept, what is withheld, and what the findings say.
#include <atomic>
#include <thread>

#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

const std::string xsd = R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a' xmlns='urn:a' xmlns:b='urn:b' elementFormDefault='qualified'>
  <xs:import namespace='urn:b' schemaLocation='parts/b.xsd'/>
  <xs:simpleType name='Gender'><xs:restriction base='xs:token'><xs:enumeration value='M'/><xs:enumeration value='F'/></xs:restriction></xs:simpleType>
  <xs:element name='case'><xs:complexType><xs:sequence>
    <xs:element name='urn' type='xs:token'/>
    <xs:element name='defendant' maxOccurs='unbounded'><xs:complexType><xs:sequence>
      <xs:element name='name' type='xs:token'/><xs:element name='gender' type='Gender'/>
      <xs:choice><xs:element name='born' type='xs:date' nillable='true'/><xs:element name='age' type='xs:positiveInteger'/></xs:choice>
      <xs:element name='note' type='xs:string' minOccurs='0'/><xs:element ref='b:address' minOccurs='0'/>
    </xs:sequence><xs:attribute name='number' type='xs:int' use='required'/><xs:attribute ref='b:lang' default='en'/></xs:complexType></xs:element>
    <xs:element name='open' type='xs:boolean' default='true' minOccurs='0'/>
  </xs:sequence></xs:complexType><xs:unique name='number'><xs:selector xpath='*'/><xs:field xpath='@number'/></xs:unique></xs:element></xs:schema>)";
const std::string part = R"(<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:b' elementFormDefault='unqualified'>
  <xs:element name='address'><xs:complexType><xs:sequence><xs:element name='line' type='xs:string' maxOccurs='3'/></xs:sequence></xs:complexType></xs:element>
  <xs:attribute name='lang' type='xs:language'/></xs:schema>)";

std::shared_ptr<const Schema> case_schema() {
    static const auto schema = schema_of({{"schema.xsd", xsd}, {"parts/b.xsd", part}}, Format::xml);
    return schema;
}

Read read_case(const std::string& defendant, const std::string& before = "<urn>1</urn>", const std::string& after = "") {
    return read(case_schema(), "<case xmlns='urn:a' xmlns:b='urn:b' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\n" + before + "\n" + defendant + "\n" + after + "</case>");
}

const std::string defendant = "<defendant number='1'><name>Ann Example</name><gender>F</gender><age>40</age></defendant>";

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_decoding)

BOOST_AUTO_TEST_CASE(a_valid_document_becomes_its_tree_with_lines) {
    const Read read = read_case("<defendant number=' 7 '><name> Ann\n  Example </name><gender>F</gender><age>40</age><note> kept  as is </note>"
                                "<b:address><line xmlns=''>1 &lt;Road&gt; &amp; &#x20AC;</line></b:address></defendant>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(shown(read) == "/case=\n/case/urn=1\n/case/defendant=\n/case/defendant/@number=7\n/case/defendant/@lang=en\n"
                              "/case/defendant/name=Ann Example\n/case/defendant/gender=F\n/case/defendant/age=40\n/case/defendant/note= kept  as is \n"
                              "/case/defendant/address=\n/case/defendant/address/line=1 <Road> & \xe2\x82\xac\n");
    BOOST_TEST(read.document[1].line == 2u);
    BOOST_TEST(read.decoded.unknown_paths.empty());
}

BOOST_AUTO_TEST_CASE(cdata_is_text_and_comments_are_nothing) {
    const Read read = read_case("<defendant number='1'><name>An<!-- x -->n <![CDATA[<b>&amp;]]></name><gender>F</gender><!-- y --><age>4<!-- z -->0</age></defendant>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.at("/case/defendant/name") == "Ann <b>&amp;");
    BOOST_TEST(read.at("/case/defendant/age") == "40");
}

BOOST_AUTO_TEST_CASE(an_ampersand_in_an_attribute_is_one_character) {
    const auto schema = schema_of({{"schema.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'><xs:complexType><xs:attribute name='a'>"
        "<xs:simpleType><xs:restriction base='xs:token'><xs:maxLength value='3'/></xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element></xs:schema>"}}, Format::xml);
    for (const std::string value : {"a&amp;b", "a&#38;b", " a&#x26;b "}) {
        const Read read = test::read(schema, "<r a='" + value + "'/>");
        BOOST_TEST(read.valid(), read.problems());
        BOOST_TEST(read.at("/r/@a") == "a&b");
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_element_between_required_ones_is_withheld_and_the_rest_still_validated) {
    const Read withheld = read_case("<defendant number='1'><name>Ann</name><shoe><size>9</size></shoe><gender>F</gender><shoe/><age>40</age></defendant>");
    BOOST_TEST(withheld.valid(), withheld.problems());
    BOOST_TEST((withheld.decoded.unknown_paths == std::map<std::string, std::size_t>{{"/case/defendant/shoe", 2}}));
    const Read missing = read_case("<defendant number='1'><name>Ann</name><shoe/><age>40</age></defendant>");
    BOOST_TEST(missing.problems() == "sample:3: TG-F221: /case/defendant/gender is missing (cure: add it in the schema's order)\n");
    BOOST_TEST(missing.decoded.unknown_paths.size() == 1u);
}

BOOST_AUTO_TEST_CASE(unknown_attributes_and_known_names_in_other_namespaces_are_withheld) {
    const Read read = read_case("<defendant number='1' b:number='2' colour='red'><name b:x='1'>Ann<i/></name><gender>F</gender><age>40</age><b:note>x</b:note></defendant>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST((read.decoded.unknown_paths == std::map<std::string, std::size_t>{{"/case/defendant/@number", 1}, {"/case/defendant/@colour", 1},
        {"/case/defendant/name/@x", 1}, {"/case/defendant/name/i", 1}, {"/case/defendant/note", 1}}));
    BOOST_TEST(read.at("/case/defendant/@number") == "1");
    BOOST_TEST(read.at("/case/defendant/name") == "Ann");
}

BOOST_AUTO_TEST_CASE(findings_name_path_line_and_rule_and_quote_no_value) {
    const Read read = read_case("<defendant number='x'>\n<name>Secret</name>\n<gender>Secret</gender>\n<born>Secret</born>\n</defendant>\n<defendant/>");
    BOOST_TEST(read.mentions("sample:3: TG-F225: /case/defendant/@number is not a whole number"));
    BOOST_TEST(read.mentions("sample:5: TG-F225: /case/defendant/gender is not one of the allowed values"));
    BOOST_TEST(read.mentions("sample:6: TG-F225: /case/defendant/born is not a date"));
    BOOST_TEST(read.mentions("sample:8: TG-F221: /case/defendant/@number is missing"));
    BOOST_TEST(read.mentions("sample:8: TG-F221: /case/defendant/name is missing"));
    BOOST_TEST(read.mentions("sample:8: TG-F222: /case/defendant has none of 'born', 'age'"));
    BOOST_TEST(!read.mentions("Secret"));
    for (const Problem& each : read.decoded.problems) BOOST_TEST(!each.cure.empty());
}

BOOST_AUTO_TEST_CASE(wrong_order_repetition_and_both_sides_of_a_choice_are_found) {
    BOOST_TEST(read_case("<defendant number='1'><gender>F</gender><name>Ann</name><age>4</age></defendant>")
                   .mentions("TG-F223: /case/defendant/name is out of order: it belongs before 'gender'"));
    BOOST_TEST(read_case("<defendant number='1'><name>Ann</name><gender>F</gender><age>4</age><born>2000-01-01</born></defendant>")
                   .mentions("TG-F223: /case/defendant/born is not allowed in this place"));
    BOOST_TEST(read_case(defendant, "<urn>1</urn><urn>2</urn>").mentions("TG-F224: /case/urn occurs more than 1 times"));
    BOOST_TEST(read_case("", "").mentions("/case/defendant is missing"));
}

BOOST_AUTO_TEST_CASE(text_between_elements_is_a_finding_and_space_is_not) {
    const Read read = read_case("Secret " + defendant + " more");
    BOOST_TEST(read.problems() == "sample:3: TG-F228: /case has text where only elements may stand (cure: remove the text)\n");
}

BOOST_AUTO_TEST_CASE(nil_is_kept_where_the_schema_allows_it) {
    const std::string front = "<defendant number='1'><name>Ann</name><gender>F</gender>";
    const Read read = read_case(front + "<born xsi:nil=' true '/></defendant>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.at("/case/defendant/born") == "<nil>");
    BOOST_TEST(read_case(front + "<born xsi:nil='false'>2000-01-01</born></defendant>").at("/case/defendant/born") == "2000-01-01");
    BOOST_TEST(read_case(front + "<born xsi:nil='1'>2000-01-01</born></defendant>").mentions("TG-F227: /case/defendant/born is nil but has content"));
    BOOST_TEST(read_case(front + "<age xsi:nil='true'/></defendant>").mentions("TG-F227: /case/defendant/age may not be nil"));
}

BOOST_AUTO_TEST_CASE(hints_to_schemas_are_ignored_and_other_types_refused) {
    const Read hinted = read(case_schema(), "<a:case xmlns:a='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:a http://127.0.0.1/a.xsd' "
        "xsi:noNamespaceSchemaLocation='file:///etc/passwd'><a:urn>1</a:urn><a:defendant number='1'><a:name>A</a:name><a:gender>M</a:gender><a:age>1</a:age></a:defendant></a:case>");
    BOOST_TEST(hinted.valid(), hinted.problems());
    BOOST_TEST(hinted.decoded.unknown_paths.empty());
    BOOST_TEST(read_case("<defendant number='1'><name xsi:type='x'>Ann</name><gender>F</gender><age>4</age></defendant>").mentions("TG-F232: /case/defendant/name has xsi:type"));
}

BOOST_AUTO_TEST_CASE(defaults_of_the_schema_are_filled_in) {
    const Read read = read_case(defendant, "<urn>1</urn>", "<open/>");
    BOOST_TEST(read.valid(), read.problems());
    BOOST_TEST(read.at("/case/open") == "true");
    BOOST_TEST(read.at("/case/defendant/@lang") == "en");
}

BOOST_AUTO_TEST_CASE(a_broken_uniqueness_rule_is_found_by_libxml2_and_said_in_our_words) {
    BOOST_TEST(read_case(defendant + defendant).mentions("TG-F234: /case"));
}

BOOST_AUTO_TEST_CASE(another_root_element_is_named_as_the_problem) {
    BOOST_TEST(read(case_schema(), "<case/>").mentions("sample:1: TG-F231: the root element is not 'case' in namespace 'urn:a'"));
    BOOST_TEST(read(case_schema(), "<other xmlns='urn:a'/>").mentions("TG-F231"));
}

BOOST_AUTO_TEST_CASE(a_decoder_can_be_used_again_after_every_kind_of_failure) {
    const auto schema = case_schema();
    const auto decoder = make_decoder(*schema);
    Document document;
    const std::string good = "<case xmlns='urn:a'><urn>1</urn>" + defendant + "</case>";
    for (const std::string bad : {"<case xmlns='urn:a'><urn>", "<case xmlns='urn:a'><urn>1</urn><urn/>", "<!DOCTYPE x>", "<x/>", "", "<case xmlns='urn:a'><urn>1</urn></case>"}) {
        BOOST_TEST(!decoder->decode(bad, "bad", document).problems.empty());
        BOOST_TEST(decoder->decode(good, "good", document).problems.empty());
        BOOST_TEST(document.size() == 8u);
    }
}

BOOST_AUTO_TEST_CASE(threads_share_a_schema_and_each_has_its_decoder) {
    const auto schema = case_schema();
    const std::string good = "<case xmlns='urn:a'><urn>1</urn>" + defendant + "</case>", bad = "<case xmlns='urn:a'><urn>1</urn>" + defendant + defendant + "</case>";
    std::atomic<int> wrong{0};
    std::vector<std::thread> threads;
    for (int each = 0; each < 4; ++each) {
        threads.emplace_back([&] {
            const auto decoder = make_decoder(*schema);
            Document document;
            for (int round = 0; round < 200; ++round) {
                if (!decoder->decode(good, "good", document).problems.empty()) ++wrong;
                if (decoder->decode(bad, "bad", document).problems.size() != 1) ++wrong;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0);
}

BOOST_AUTO_TEST_SUITE_END()
