// What is shown about values: each line says whether a type's values, through steps, always fit another type, and if not,
// for which text. A witness is tried out: it is valid in the one and not in the other.
#include <boost/test/unit_test.hpp>

#include "hub/formats/codec.hpp"
#include "hub/mapping/forms.hpp"
#include "hub/mapping/types.hpp"
#include "tests/mapping/bench.hpp"

using namespace hub;
using mapping::Fit;
using mapping::Prover;
using mapping::TextChange;
using mapping::TextSet;
using Kind = TextChange::Kind;

namespace {

/// Reads the only element's type out of an XML Schema.
struct Typed {
    explicit Typed(const std::string& type) {
        const formats::SchemaTexts texts{{"s.xsd", "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='r'>" + type + "</xs:element></xs:schema>"}};
        Problems problems;
        auto read = formats::Schema::read(texts, "s.xsd", "r", formats::Format::xml, problems);
        BOOST_REQUIRE_MESSAGE(read, type << (problems.empty() ? "" : to_text(problems.front())));
        schema = *read;
    }
    const formats::SimpleType& type() const { return *(*schema)[0].type; }
    std::shared_ptr<const formats::Schema> schema{};
};

std::string restricted(const std::string& base, const std::string& facets) {
    std::string text = "<xs:simpleType><xs:restriction base='xs:" + base + "'>";
    for (std::size_t at = 0; at < facets.size();) {
        const std::size_t end = std::min(facets.find(' ', at), facets.size()), equals = facets.find('=', at);
        text += "<xs:" + facets.substr(at, equals - at) + " value='" + facets.substr(equals + 1, end - equals - 1) + "'/>";
        at = end + 1;
    }
    return text + "</xs:restriction></xs:simpleType>";
}

/// "yes", the witness in quotes, or "?".
std::string said(const std::string& from, const std::string& to, const std::vector<TextChange>& changes = {}, bool json_number = false) {
    const Typed source(from), target(to);
    TextSet set;
    set.type = &source.type();
    set.changes = changes;
    set.json_number = json_number;
    Prover prover;
    const Fit fit = prover.fits(set, target.type());
    if (fit.answer != Fit::Answer::refuted) return fit.answer == Fit::Answer::proved ? "yes" : "?";
    BOOST_TEST(!formats::why_invalid(source.type(), fit.witness));
    BOOST_TEST(changed(changes, fit.witness) == fit.becomes);
    BOOST_TEST(formats::why_invalid(target.type(), fit.becomes).value_or("") == fit.why);
    // libxml2's word on it: the source's document is valid, the target's is not.
    for (const bool valid : {true, false}) {
        const auto& schema = valid ? *source.schema : *target.schema;
        formats::Document document;
        const std::string xml = "<r>" + (valid ? fit.witness : fit.becomes) + "</r>";
        if (xml.find_first_of("&\r") == std::string::npos && fit.becomes.find('<') == std::string::npos)
            BOOST_TEST(formats::make_decoder(schema)->decode(xml, "sample", document).problems.empty() == valid, xml);
    }
    return mapping::shown_text(fit.witness);
}

std::string of(const std::string& base, const std::string& facets = "") { return restricted(base, facets); }

TextChange change(Kind kind, const std::string& text = "", std::uint32_t from = 1, std::uint32_t length = 0) {
    TextChange made;
    made.kind = kind;
    made.text = text;
    made.from = from;
    made.length = length;
    return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values_fit)

BOOST_AUTO_TEST_CASE(numbers) {
    BOOST_TEST(said(of("integer"), of("decimal")) == "yes");
    BOOST_TEST(said(of("decimal"), of("integer")) == "'0.'");
    BOOST_TEST(said(of("decimal", "fractionDigits=0"), of("decimal", "fractionDigits=2")) == "yes");
    BOOST_TEST(said(of("int"), of("long")) == "yes");
    BOOST_TEST(said(of("byte"), of("decimal", "minInclusive=-128.0 maxExclusive=127.5")) == "yes");
    BOOST_TEST(said(of("byte"), of("decimal", "minInclusive=-127.5")) == "'-128'");
    BOOST_TEST(said(of("positiveInteger"), of("integer", "minExclusive=0")) == "yes");
    BOOST_TEST(said(of("nonNegativeInteger"), of("positiveInteger")) == "'0'");
    BOOST_TEST(said(of("integer", "minInclusive=0 maxInclusive=99"), of("integer", "totalDigits=2")) == "yes");
    BOOST_TEST(said(of("integer", "minInclusive=0 maxInclusive=100"), of("integer", "totalDigits=2")) == "'100'");
    BOOST_TEST(said(of("integer", "totalDigits=2"), of("integer", "minInclusive=-99 maxInclusive=99")) == "yes");
    BOOST_TEST(said(of("decimal", "totalDigits=5 fractionDigits=2"), of("decimal", "maxExclusive=100000")) == "yes");
    BOOST_TEST(said(of("decimal", "totalDigits=5 fractionDigits=2"), of("decimal", "maxInclusive=1000")) == "'9999'");
    BOOST_TEST(said(of("boolean"), of("string", "enumeration=true enumeration=false")) == "'0'");
    BOOST_TEST(said(of("boolean"), of("token", "pattern=true|false|[01]")) == "yes");
    BOOST_TEST(said(of("integer", "enumeration=1 enumeration=2"), of("integer", "minInclusive=1 maxInclusive=2")) == "yes");
    BOOST_TEST(said(of("integer", "enumeration=1 enumeration=2"), of("string", "enumeration=1 enumeration=2")) == "'01'");
    BOOST_TEST(said(of("integer", "pattern=[12]"), of("integer", "enumeration=1 enumeration=2 enumeration=3")) == "yes");
}

BOOST_AUTO_TEST_CASE(dates_and_times) {
    BOOST_TEST(said(of("date"), of("dateTime")).size() > 2u);
    BOOST_TEST(said(of("date"), of("string", "maxLength=10")).size() > 10u);
    BOOST_TEST(said(of("date", "pattern=.{10}"), of("string", "maxLength=10")) == "yes");
    BOOST_TEST(said(of("date", "minInclusive=1900-01-01"), of("date", "minInclusive=1899-12-31")) == "yes");
    BOOST_TEST(said(of("date"), of("date", "minInclusive=1900-01-01")) == "'0001-01-01'");
    BOOST_TEST(said(of("date", "minInclusive=1900-01-01"), of("date", "minExclusive=1900-01-01")) == "'1900-01-01'");
    BOOST_TEST(said(of("dateTime"), of("dateTime", "maxInclusive=2100-01-01T00:00:00")) == "'9999-12-31T23:59:59'");
    BOOST_TEST(said(of("string", "pattern=20[0-9]{2}-0[1-6]-[012][0-8]"), of("date")) == "'2000-01-00'");
    BOOST_TEST(said(of("string", "pattern=20[0-9]{2}-0[1-6]-[12][0-8]"), of("date")) == "yes");
}

BOOST_AUTO_TEST_CASE(texts_and_their_space) {
    BOOST_TEST(said(of("string", "maxLength=20"), of("string", "maxLength=35")) == "yes");
    BOOST_TEST(said(of("string", "maxLength=3"), of("string", "maxLength=2")) == "'aaa'");
    BOOST_TEST(said(of("string"), of("string", "minLength=1")) == "yes");
    BOOST_TEST(said(of("string"), of("token", "minLength=1")) == "' '");
    BOOST_TEST(said(of("token"), of("string", "minLength=1")) == "yes");
    BOOST_TEST(said(of("string"), of("string", "minLength=2")) == "'a'");
    BOOST_TEST(said(of("hexBinary", "maxLength=2"), of("string", "maxLength=4")) == "yes");
    BOOST_TEST(said(of("hexBinary", "maxLength=2"), of("string", "maxLength=3")) == "'aaaa'");
    BOOST_TEST(said(of("string", "enumeration=M enumeration=F"), of("string", "length=1")) == "yes");
    BOOST_TEST(said(of("string", "enumeration=M enumeration=NK"), of("string", "length=1")) == "'NK'");
    BOOST_TEST(said(of("string", "length=1"), of("string", "enumeration=M enumeration=F")) == "'a'");
    BOOST_TEST(said(of("language"), of("NMTOKEN")) == "yes");
    BOOST_TEST(said(of("string"), of("anyURI")) == "?");
    BOOST_TEST(said(of("anyURI", "maxLength=9"), of("anyURI", "maxLength=10")) == "yes");
}

BOOST_AUTO_TEST_CASE(patterns) {
    BOOST_TEST(said(of("string", "pattern=[A-Z]{2}[0-9]{2}"), of("string", "maxLength=4")) == "yes");
    BOOST_TEST(said(of("string", "pattern=[A-Z]{2}[0-9]{2,3}"), of("string", "maxLength=4")) == "'AA000'");
    BOOST_TEST(said(of("string", "pattern=[A-Z]{2}"), of("string", "pattern=[A-Z]+")) == "yes");
    BOOST_TEST(said(of("string", "pattern=[A-Z]+"), of("string", "pattern=[A-Z]{2}")) == "'A'");
    BOOST_TEST(said(of("string", "pattern=[A-Z]+ maxLength=2 minLength=2"), of("string", "pattern=[A-Z]{2}")) == "yes");
    BOOST_TEST(said(of("string", "pattern=\\d+"), of("string", "pattern=[0-9]+")).size() > 2u);
    BOOST_TEST(said(of("string", "pattern=[0-9]+"), of("string", "pattern=\\d+")) == "yes");
    BOOST_TEST(said(of("string", "pattern=ab|cd pattern=ef"), of("string", "enumeration=ab enumeration=cd enumeration=ef enumeration=gh")) == "yes");
    BOOST_TEST(said(of("string", "pattern=[0-9]{1,3}"), of("integer", "maxInclusive=999 minInclusive=0")) == "yes");
    BOOST_TEST(said(of("string", "pattern=[0-9]{1,3}"), of("integer", "maxInclusive=998")) == "'999'");
    BOOST_TEST(said(of("string", "pattern=([0-9]{2}){2}"), of("string", "maxLength=4")) == "?");  // a count within a count
}

BOOST_AUTO_TEST_CASE(lists_and_unions) {
    const std::string numbers = "<xs:simpleType><xs:list itemType='xs:byte'/></xs:simpleType>";
    const std::string three = "<xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType='xs:short'/></xs:simpleType><xs:maxLength value='3'/></xs:restriction></xs:simpleType>";
    const std::string either = "<xs:simpleType><xs:union memberTypes='xs:byte xs:boolean'/></xs:simpleType>";
    BOOST_TEST(said(numbers, "<xs:simpleType><xs:list itemType='xs:int'/></xs:simpleType>") == "yes");
    BOOST_TEST(said(of("byte"), numbers) == "yes");
    BOOST_TEST(said(numbers, of("byte")) == "'0 0'");
    BOOST_TEST(said(three, numbers) == "'128'");
    BOOST_TEST(said(numbers, three) == "'0 0 0 0'");
    BOOST_TEST(said(of("boolean"), either) == "yes");
    BOOST_TEST(said(either, of("boolean")) == "'2'");
    BOOST_TEST(said(either, of("string", "pattern=[+\\-]?[0-9]+|true|false")) == "yes");
}

BOOST_AUTO_TEST_CASE(steps) {
    const std::string text = of("string"), short_text = of("string", "maxLength=5");
    BOOST_TEST(said(text, short_text, {change(Kind::substring, "", 1, 5)}) == "yes");
    BOOST_TEST(said(text, short_text, {change(Kind::substring, "", 3, 6)}) == "'aaaaaaaa'");
    const auto three = of("string", "length=3"), number = of("string", "pattern=[0-9]{1,2}"), padded = of("string", "pattern=0[0-9]{2}"), behind = of("string", "pattern=[0-9]{1,2}x{1,2}");
    for (const Kind each : {Kind::pad_left, Kind::pad_right}) {
        BOOST_TEST(said(number, three, {change(each, "0", 1, 3)}) == "yes");
        BOOST_TEST(said(number, three, {change(each, "0", 1, 2)}) != "yes");
        BOOST_TEST(said(number, three, {change(each, "0", 1, 4)}) != "yes");
    }
    BOOST_TEST(said(number, padded, {change(Kind::pad_left, "0", 1, 3)}) == "yes");
    BOOST_TEST(said(number, padded, {change(Kind::pad_right, "0", 1, 3)}) != "yes");
    BOOST_TEST(said(number, behind, {change(Kind::pad_right, "x", 1, 3)}) == "yes");
    BOOST_TEST(said(number, behind, {change(Kind::pad_left, "x", 1, 3)}) != "yes");
    BOOST_TEST(said(of("string", "pattern=[0-9]{1,4}"), of("string", "pattern=[0-9]{3,4}"), {change(Kind::pad_left, "0", 1, 3)}) == "yes");
    BOOST_TEST(said(of("string", "maxLength=3"), short_text, {change(Kind::prepend, "ab")}) == "yes");
    BOOST_TEST(said(of("string", "maxLength=3"), short_text, {change(Kind::append, "abc")}) == "'aaa'");
    BOOST_TEST(said(of("string", "pattern=[a-z]+"), of("string", "pattern=[A-Z]+"), {change(Kind::upper)}) == "yes");
    BOOST_TEST(said(of("string", "pattern=[a-z]+"), of("string", "pattern=[a-z]+"), {change(Kind::upper)}) == "'a'");
    BOOST_TEST(said(of("string", "pattern=[0-9/]+"), of("string", "pattern=[0-9]+"), {change(Kind::remove, "/")}) == "yes");
    BOOST_TEST(said(of("string", "pattern=[0-9/\\s]+"), of("string", "pattern=[0-9]+"), {change(Kind::remove, "/")}) == "' '");
    BOOST_TEST(said(text, of("token", "minLength=1"), {change(Kind::trim)}) == "yes");
    BOOST_TEST(said(of("string", "pattern=\\s*[a-z]\\s*"), of("string", "length=1"), {change(Kind::trim)}) == "yes");
    BOOST_TEST(said(of("integer", "pattern=[0-9]{2}"), of("string", "pattern=T[0-9]{2}Z"), {change(Kind::append, "Z"), change(Kind::prepend, "T")}) == "yes");
    BOOST_TEST(said(of("date"), of("gYear"), {change(Kind::substring, "", 1, 4)}).size() > 2u);
    BOOST_TEST(said(of("date", "pattern=[12].*"), of("gYear"), {change(Kind::substring, "", 1, 4)}) == "yes");
}

BOOST_AUTO_TEST_CASE(numbers_of_json) {
    const std::string four = of("string", "maxLength=4"), score = of("decimal", "minInclusive=1");
    BOOST_TEST(said(of("integer", "minInclusive=0 maxInclusive=9999"), four) == "'00000'");
    BOOST_TEST(said(of("integer", "minInclusive=0 maxInclusive=9999"), four, {}, true) == "yes");
    BOOST_TEST(said(of("integer", "minInclusive=0"), four, {}, true) == "'10000'");
    BOOST_TEST(said(of("integer", "minInclusive=-9999 maxInclusive=9999"), four, {}, true) == "'-1000'");
    BOOST_TEST(said(score, of("string", "pattern=[1-9].*[0-9]|[1-9]")) == "'01'");
    BOOST_TEST(said(score, of("string", "pattern=[1-9].*[0-9]|[1-9]"), {}, true) == "yes");
}

BOOST_AUTO_TEST_CASE(forms) {
    Prover prover;
    TextSet dates;
    dates.form = mapping::date_form("yyyy-MM-dd");
    const Typed date(of("date")), year(of("date", "minInclusive=1900-01-01"));
    BOOST_TEST((prover.fits(dates, date.type()).answer == Fit::Answer::proved));
    BOOST_TEST((prover.fits(dates, mapping::date_form("dd/MM/yyyy")).answer == Fit::Answer::refuted));
    TextSet received;
    received.form = mapping::form_of_given("received_at");
    const Typed instant(of("dateTime"));
    BOOST_TEST((prover.fits(received, instant.type()).answer == Fit::Answer::proved));
    BOOST_TEST((prover.fits(received, date.type()).answer == Fit::Answer::refuted));
    TextSet name;
    name.form = mapping::form_of_pieces({{"[A-Z]", true}, {"[a-z]{1,3}", false}, {"x", true}}, " ");
    const Typed seven(of("string", "maxLength=7")), six(of("string", "maxLength=6"));
    BOOST_TEST((prover.fits(name, seven.type()).answer == Fit::Answer::proved));
    BOOST_TEST(prover.fits(name, six.type()).witness == "A aaa x");
    TextSet joined;
    joined.form = mapping::form_of_join("[a-c]", ", ", 3);
    BOOST_TEST((prover.fits(joined, seven.type()).answer == Fit::Answer::proved));
    BOOST_TEST(prover.fits(joined, six.type()).witness == "a, a, a");
}

BOOST_AUTO_TEST_SUITE_END()
