// Our own validation and libxml2's must say the same about every document: one decides, the other explains, and for
// JSON, CSV and HL7 ours is the only one. Were they to differ, decoding would report TG-F235 or TG-F236 (libxml2 alone refuses)
// or validate() find something in a document that was accepted (ours alone refuses).
#include <random>

#include "tests/formats/reading.hpp"

using namespace hub;
using namespace hub::formats;
using namespace hub::formats::test;

namespace {

constexpr const char* head = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>";

const std::vector<std::string> built_ins{
    "string", "normalizedString", "token", "language", "NMTOKEN", "NMTOKENS", "Name", "NCName", "ID", "boolean", "decimal", "integer",
    "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger", "long", "int", "short", "byte",
    "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "float", "double", "duration", "dateTime", "date",
    "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay", "anyURI", "base64Binary", "hexBinary"};

const std::vector<std::string> values{
    "", " ", "a", " a  b ", "a:b", "1a", "en", "en-GB", "en-", "toolonglanguage", "true", "TRUE", "0", "1", "-0", "+1", "-1", "00", "1.", ".5", "1.50",
    "-1.5", ".", "+", "1e3", "1E-3", "INF", "-INF", "+INF", "NaN", "nan", "1e", "127", "128", "-128", "-129", "255", "256", "32767", "32768", "65536",
    "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296", "9223372036854775807", "18446744073709551615",
    "2024-02-29", "2023-02-29", "1900-02-29", "2000-02-29", "2024-2-9", "2024-13-01", "2024-00-10", "2024-04-31", "2024-01-01Z", "2024-01-01+01:00", "2024-01-01+14:00",
    "2024-01-01z", "-0044-03-15", "12024-01-01", "2024-01-01T00:00:00", "2024-01-01T23:59:59.999Z", "2024-01-01T24:00:00", "2024-01-01T24:00:01", "2024-01-01T25:00:00",
    "2024-01-01T12:60:00", "2024-01-01T12:00:60", "2024-01-01T12:00:00.", "2024-01-01 12:00:00", "2024-01-01T12:00", "2024-01-01T12:00:00+05:30", "2024-01-01T12:00:00-00:00",
    "12:00:00", "12:00", "23:59:59Z", "24:00:00", "9:00:00", "12:00:00.5-01:00", "2024", "24", "2024Z", "02024", "2024-05", "2024-13", "--05", "--13", "---31", "---32",
    "--02-29", "--02-30", "--04-31", "P1Y", "P1Y2M3DT4H5M6S", "PT0.5S", "-P1D", "P", "PT", "P1YT", "P1M1Y", "1Y", "P-1Y", "P1.5Y", "PT1H", "P1S", "P1W",
    "http://example.org/a?b=c#d", "urn:example:1", "a b", "%zz", "http://[bad", ":", "QUJD", "QUI=", "QQ==", "QQ=", "Q Q = =", "QR==", "QUJ=", "Q!==", "0aF9", "0a F", "abc", "\t12\n", "\xc3\xa9", "\xc3\xa9\xe2\x82\xac"};

std::string escaped(const std::string& text) {
    std::string made;
    for (const char each : text) made += each == '&' ? "&amp;" : each == '<' ? "&lt;" : std::string(1, each);
    return made;
}

/// "ab?c*" stands for elements a, optional b, any number of c; "2a" for two of a.
std::string written_out(const std::string& model) {
    std::string made;
    bool tag = false;
    for (std::size_t at = 0; at < model.size(); ++at) {
        const char each = model[at], next = at + 1 < model.size() ? model[at + 1] : ' ';
        if (each == '<') tag = true;
        if (tag || each < 'a' || each > 'd') {
            if (tag) made += each;
        } else {
            made += std::string("<xs:element name='") + each + "' type='xs:string'" + (next == '?' || next == '*' ? " minOccurs='0'" : "") +
                    (next == '*' ? " maxOccurs='unbounded'" : "") + (at > 0 && model[at - 1] == '2' ? " minOccurs='2' maxOccurs='2'" : "") + "/>";
        }
        if (each == '>') tag = false;
    }
    return made;
}

struct Agreement {
    std::size_t valid = 0, invalid = 0;
    std::string differences{};

    void look(const Read& read, const std::string& document) {
        const Problems ours = validate(read.document, "sample");
        if (read.valid() ? !ours.empty() : read.mentions("TG-F235") || read.mentions("TG-F236"))
            differences += document + "\n  decoded: " + read.problems() + "  ours: " + told(ours) + "\n";
        ++(read.valid() ? valid : invalid);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(xml_agreement)

BOOST_AUTO_TEST_CASE(every_built_in_type_takes_the_same_texts_as_in_libxml2) {
    std::string text = head;
    text += "<xs:element name='r'><xs:complexType><xs:choice>";
    for (const auto& each : built_ins) text += "<xs:element name='" + each + "' type='xs:" + each + "'/>";
    const auto schema = schema_of({{"schema.xsd", text + "</xs:choice></xs:complexType></xs:element></xs:schema>"}}, Format::xml);
    Agreement agreement;
    for (const auto& type : built_ins) {
        for (const auto& value : values) {
            const std::string document = "<r><" + type + ">" + escaped(value) + "</" + type + "></r>";
            agreement.look(read(schema, document), document);
        }
    }
    BOOST_TEST(agreement.differences.empty(), agreement.differences);
    BOOST_TEST(agreement.valid > 500u);
    BOOST_TEST(agreement.invalid > 2000u);
}

BOOST_AUTO_TEST_CASE(every_facet_takes_the_same_texts_as_in_libxml2) {
    const std::vector<std::string> restrictions{
        "base='xs:string'><xs:length value='2'/>", "base='xs:string'><xs:maxLength value='1'/>", "base='xs:token'><xs:minLength value='2'/>",
        "base='xs:token'><xs:pattern value='[A-Z]{2}\\d+'/><xs:pattern value='[a-z]+'/>", "base='xs:token'><xs:enumeration value='a'/><xs:enumeration value='a b'/>",
        "base='xs:decimal'><xs:totalDigits value='3'/><xs:fractionDigits value='1'/>", "base='xs:decimal'><xs:minInclusive value='-1.5'/><xs:maxExclusive value='128'/>",
        "base='xs:decimal'><xs:enumeration value='1.5'/>", "base='xs:integer'><xs:minExclusive value='0'/><xs:maxInclusive value='255'/>",
        "base='xs:date'><xs:minInclusive value='2024-01-01'/><xs:maxInclusive value='2024-03-31'/>", "base='xs:double'><xs:maxInclusive value='1000'/>",
        "base='xs:hexBinary'><xs:length value='2'/>", "base='xs:base64Binary'><xs:length value='2'/>", "base='xs:NMTOKENS'><xs:maxLength value='1'/>",
        "base='xs:boolean'><xs:pattern value='true|false'/>", "base='xs:string'><xs:whiteSpace value='replace'/><xs:pattern value=' *a.*'/>"};
    std::string text = head;
    text += "<xs:element name='r'><xs:complexType><xs:choice>";
    for (std::size_t at = 0; at < restrictions.size(); ++at)
        text += "<xs:element name='e" + std::to_string(at) + "'><xs:simpleType><xs:restriction " + restrictions[at] + "</xs:restriction></xs:simpleType></xs:element>";
    text += "<xs:element name='e16'><xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType></xs:element>"
            "<xs:element name='e17'><xs:simpleType><xs:union memberTypes='xs:date xs:int'/></xs:simpleType></xs:element>";
    const auto schema = schema_of({{"schema.xsd", text + "</xs:choice></xs:complexType></xs:element></xs:schema>"}}, Format::xml);
    std::vector<std::string> tried = values;
    tried.insert(tried.end(), {"1 2 3", "AB12", "ab", "99.9", "100.0", "999.9", "0.10", "1.50", "127.99", "2023-12-31", "2024-03-31", "1000.0", "1e4", "0A0B"});
    Agreement agreement;
    for (std::size_t at = 0; at < 18; ++at) {
        for (const auto& value : tried) {
            const std::string name = "e" + std::to_string(at), document = "<r><" + name + ">" + escaped(value) + "</" + name + "></r>";
            agreement.look(read(schema, document), document);
        }
    }
    BOOST_TEST(agreement.differences.empty(), agreement.differences);
    BOOST_TEST(agreement.valid > 300u);
    BOOST_TEST(agreement.invalid > 1000u);
}

BOOST_AUTO_TEST_CASE(every_order_and_number_of_children_is_judged_as_by_libxml2) {
    const std::vector<std::string> models{
        "<xs:sequence>abcd</xs:sequence>", "<xs:sequence>ab?c*d</xs:sequence>", "<xs:choice>abc</xs:choice>", "<xs:all>ab?c</xs:all>",
        "<xs:choice minOccurs='0' maxOccurs='unbounded'>abc</xs:choice>", "<xs:sequence>a<xs:choice>bc</xs:choice>d?</xs:sequence>",
        "<xs:sequence maxOccurs='2'>ab?</xs:sequence>", "<xs:choice><xs:sequence>ab</xs:sequence><xs:sequence>ca?</xs:sequence></xs:choice>",
        "<xs:sequence minOccurs='0'>ab</xs:sequence>", "<xs:sequence>a*<xs:sequence minOccurs='0' maxOccurs='unbounded'>bc?</xs:sequence>d</xs:sequence>",
        "<xs:sequence><xs:choice minOccurs='0'>ab</xs:choice><xs:choice>cd</xs:choice></xs:sequence>", "<xs:sequence>a?b?c?d?</xs:sequence>",
        "<xs:sequence>2a<xs:sequence minOccurs='0'>bc</xs:sequence></xs:sequence>", "<xs:sequence/>"};
    const std::string letters = "abcd";
    Agreement agreement;
    for (const auto& model : models) {
        const auto schema = schema_of({{"schema.xsd", std::string(head) + "<xs:element name='r'><xs:complexType>" + written_out(model) +
                                                          "</xs:complexType></xs:element></xs:schema>"}}, Format::xml);
        for (std::size_t number = 0; number < 1 + 4 + 16 + 64 + 256 + 1024; ++number) {  // all words of up to five letters
            std::string document = "<r>";
            std::size_t rest = number;
            for (; rest > 0; rest = (rest - 1) / 4) document += "<" + letters.substr((rest - 1) % 4, 1) + "/>";
            document += "</r>";
            agreement.look(read(schema, document), model + " " + document);
        }
    }
    BOOST_TEST(agreement.differences.empty(), agreement.differences.substr(0, 4000));
    BOOST_TEST(agreement.valid > 400u);
    BOOST_TEST(agreement.invalid > 10000u);
}

BOOST_AUTO_TEST_CASE(documents_that_were_mutilated_are_judged_as_by_libxml2) {
    const auto schema = schema_of({{"schema.xsd", std::string(head) + R"(
      <xs:complexType name='P'><xs:sequence><xs:element name='name' type='xs:token' maxOccurs='3'/><xs:element name='born' type='xs:date' nillable='true'/>
        <xs:choice><xs:element name='home'><xs:complexType><xs:sequence><xs:element name='line' type='xs:string' maxOccurs='2'/></xs:sequence></xs:complexType></xs:element>
        <xs:element name='none'><xs:complexType/></xs:element></xs:choice></xs:sequence>
        <xs:attribute name='id' type='xs:NCName' use='required'/><xs:attribute name='kind' fixed='person'/><xs:attribute name='n' type='xs:int' default='1'/></xs:complexType>
      <xs:element name='r'><xs:complexType><xs:sequence><xs:element name='p' type='P' maxOccurs='unbounded'/><xs:element name='v' fixed='1' type='xs:string'/></xs:sequence></xs:complexType></xs:element></xs:schema>)"}}, Format::xml);
    const std::vector<std::string> pieces{"<p id='a'>", "<p id='a b'>", "<p>", "<p id='c' kind='person' n='2'>", "<p id='c' kind='dog' n='x'>", "</p>", "<name>Ann</name>", "<name/>",
        "<born>1990-02-28</born>", "<born xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>",
        "<born xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>1990-01-01</born>", "<born>1990-02-30</born>",
        "<home><line>1 Road</line></home>", "<home/>", "<home><line/><line/><line/></home>", "<none/>", "<none>text</none>", "<v>1</v>", "<v/>", "<v>2</v>",
        "<name xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'/>"};
    const std::vector<std::size_t> valid{0, 6, 8, 12, 5, 3, 6, 6, 9, 15, 5, 17};
    std::minstd_rand random(1);  // the standard fixes its sequence
    Agreement agreement;
    for (int round = 0; round < 4000; ++round) {
        std::vector<std::size_t> order = valid;
        for (int change = 0; change < round % 4; ++change) {
            std::size_t& at = order[random() % order.size()];
            if (random() % 2 == 0) at = random() % pieces.size();
            else std::swap(at, order[random() % order.size()]);
        }
        std::string document = "<r>";
        for (const std::size_t each : order) document += pieces[each];
        document += "</r>";
        const Read decoded = read(schema, document);
        if (!decoded.mentions("TG-F030")) agreement.look(decoded, document);
    }
    BOOST_TEST(agreement.differences.empty(), agreement.differences.substr(0, 4000));
    BOOST_TEST(agreement.valid > 1000u);
    BOOST_TEST(agreement.invalid > 1000u);
}

BOOST_AUTO_TEST_SUITE_END()
