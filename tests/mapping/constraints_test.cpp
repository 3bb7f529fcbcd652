// Keys, references and identifiers of a target: what is shown to hold, what a rule has to settle, what is refused.
#include <boost/test/unit_test.hpp>

#include "tests/mapping/bench.hpp"

using bench::Bench;

namespace {

const std::string lines = "<xs:element name='line' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence><xs:element name='n' type='xs:token' minOccurs='0' nillable='NIL'/>"
                          "<xs:element name='m' type='xs:token' minOccurs='0' maxOccurs='2'/></xs:sequence><xs:attribute name='k' type='xs:token'/><xs:attribute name='d' type='xs:token' default='same'/></xs:complexType></xs:element>"
                          "<xs:element name='ref' type='xs:token' minOccurs='0'/>";

/// A target t of lines under these constraints, written by the rules from the source.
Bench compiled(const std::string& source, const std::string& constraints, const std::string& rules, const std::string& attributes = "", const std::string& nillable = "false") {
    Bench bench(source, "t(x?)");
    std::string content = lines;
    content.replace(content.find("NIL"), 3, nillable);
    bench.texts["to.xsd"] = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:element name='t'><xs:complexType><xs:sequence>" + content + "</xs:sequence></xs:complexType>" + constraints + "</xs:element></xs:schema>";
    bench.compile(rules, attributes);
    return bench;
}

const std::string unique_n = "<xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='n'/></xs:unique>";
const std::string key_n = "<xs:key name='k'><xs:selector xpath='.//line'/><xs:field xpath='n'/></xs:key>";

std::string codes(const std::string& source, const std::string& constraints, const std::string& rules, const std::string& attributes = "", const std::string& nillable = "false") {
    return compiled(source, constraints, rules, attributes, nillable).codes();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(constraints_of_a_target)

BOOST_AUTO_TEST_CASE(that_two_values_may_break_are_a_problem_with_both_places) {
    Bench bench = compiled("r(a*)", unique_n, "<each from='a' to='line'><field from='.' to='n'/></each>");
    BOOST_TEST(bench.codes() == "TG-M045");
    BOOST_TEST(bench.problems[0].line == 5);
    BOOST_TEST(bench.problems[0].what == "/t/line (to.xsd:1) may be written with the same value as another: xs:unique 'u' (to.xsd:1)");
    BOOST_TEST(bench.problems[0].related.size() == 2u);
    BOOST_TEST(bench.problems[0].witness.find("</a>\n  <a>") != std::string::npos, bench.problems[0].witness);
    BOOST_TEST(codes("r(a*)", unique_n, "<each from='a' to='line'><const to='n' value='1'/></each>") == "TG-M045");
    BOOST_TEST(codes("r(a b)", unique_n, "<within to='line'><field from='a' to='n'/></within><within to='line'><field from='b' to='n'/></within>") == "TG-M045");
}

BOOST_AUTO_TEST_CASE(hold_where_one_is_written_at_most_or_the_field_never_is) {
    BOOST_TEST(codes("r(a)", unique_n, "<within to='line'><field from='a' to='n'/></within>").empty());
    BOOST_TEST(codes("r(a*)", unique_n, "<each from='a[1]' to='line'><field from='.' to='n'/></each>").empty());
    BOOST_TEST(codes("r(a*)", unique_n, "<each from='a' to='line'><field from='.' to='m'/></each>").empty());
    BOOST_TEST(codes("r(a? b?)", unique_n,
                     "<choose><when test='a'><within to='line'><field from='a' to='n'/></within></when><otherwise><within to='line'><field from='b' to='n'/></within></otherwise></choose>")
                   .empty());
}

BOOST_AUTO_TEST_CASE(hold_where_each_has_a_constant_of_its_own) {
    const auto two = [](const std::string& one, const std::string& other) {
        return "<within to='line'><const to='n' value='" + one + "'/><field from='a' to='m'/></within><within to='line'><const to='n' value='" + other + "'/></within>";
    };
    BOOST_TEST(codes("r(a)", unique_n, two("1", "2")).empty());
    BOOST_TEST(codes("r(a)", unique_n, two("1", "1")) == "TG-M045");
    BOOST_TEST(codes("r(a)", unique_n, two("1", " 1")) == "TG-M045", "spaces may go");
}

BOOST_AUTO_TEST_CASE(of_a_key_want_its_fields) {
    BOOST_TEST(codes("r(a)", key_n, "<within to='line'><field from='a' to='n'/></within>").empty());
    BOOST_TEST(codes("r(a b?)", key_n, "<within to='line'><field from='a' to='m'/><field from='b' to='n'/></within>") == "TG-M045");
    BOOST_TEST(codes("r(a b?)", key_n, "<within to='line'><field from='a' to='m'/><field from='b' to='n'><default value='x'/></field></within>").empty());
    BOOST_TEST(codes("r(a)", key_n, "<within to='line'><field from='a' to='m'/></within>") == "TG-M045");
    BOOST_TEST(codes("r(a)", key_n, "<within to='line'><field from='a' to='n'/></within>", "", "true") == "TG-M046");
}

BOOST_AUTO_TEST_CASE(want_a_field_once) {
    const std::string unique_m = "<xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='m'/></xs:unique>";
    BOOST_TEST(codes("r(a b)", unique_m, "<within to='line'><field from='a' to='m'/><field from='b' to='m'/></within>") == "TG-M045");
    BOOST_TEST(codes("r(a)", unique_m, "<within to='line'><field from='a' to='m'/></within>").empty());
    BOOST_TEST(codes("r(a b)", "<xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='n|@k'/></xs:unique>", "<within to='line'><field from='a' to='n'/><field from='b' to='@k'/></within>") == "TG-M045");
}

BOOST_AUTO_TEST_CASE(want_a_field_that_takes_a_value) {
    const std::string whole = "<xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='.'/></xs:unique>";
    BOOST_TEST(codes("r(a)", whole, "<within to='line'><field from='a' to='m'/></within>") == "TG-M046");
    BOOST_TEST(codes("r(a)", whole, "<field from='a' to='ref'/>").empty());
}

BOOST_AUTO_TEST_CASE(that_refer_are_not_shown) {
    const std::string refer = key_n + "<xs:keyref name='f' refer='k'><xs:selector xpath='.'/><xs:field xpath='ref'/></xs:keyref>";
    BOOST_TEST(codes("r(a b?)", refer, "<within to='line'><field from='a' to='n'/></within><field from='b' to='ref'/>") == "TG-M045");
    BOOST_TEST(codes("r(a)", refer, "<within to='line'><field from='a' to='n'/></within>").empty());
}

BOOST_AUTO_TEST_CASE(are_looked_at_as_a_record_is_mapped_where_a_rule_says_what_happens) {
    Bench bench = compiled("r(a*)", unique_n, "<each from='a' to='line'><field from='.' to='n'/></each><check reject='twice'/>");
    BOOST_TEST(bench.codes() == "");
    BOOST_TEST(bench.run("r(a=1 a=2)") == "t(line(n=1) line(n=2))");
    BOOST_TEST(bench.run("r(a=1 a=1)") == "twice@0");
    BOOST_TEST(codes("r(a)", unique_n, "<within to='line'><field from='a' to='n'/></within><check reject='twice'/>") == "TG-M037");
    Bench rejecting = compiled("r(a*)", unique_n, "<each from='a' to='line'><field from='.' to='n'/></each>", "unproved='reject'");
    BOOST_TEST(rejecting.codes() == "");
    BOOST_TEST(rejecting.run("r(a=1 a=1)") == "output_not_valid@0");
}

BOOST_AUTO_TEST_CASE(look_at_the_values_that_the_schema_gives) {
    const std::string unique_d = "<xs:unique name='u'><xs:selector xpath='line'/><xs:field xpath='@d'/></xs:unique>", rules = "<each from='a' to='line'><field from='.' to='n'/></each>";
    BOOST_TEST(codes("r(a*)", unique_d, rules) == "TG-M045");
    Bench bench = compiled("r(a*)", unique_d, rules + "<check reject='twice'/>");
    BOOST_TEST(bench.codes() == "");
    BOOST_TEST(bench.run("r(a=1)") == "t(line(n=1))");
    BOOST_TEST(bench.run("r(a=1 a=2)") == "twice@0");
}

BOOST_AUTO_TEST_SUITE_END()
