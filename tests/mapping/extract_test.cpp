// The part of a text that a pattern's group stands for: which it is, what is known of it, and what is to be said.
#include <boost/test/unit_test.hpp>

#include "hub/mapping/extract.hpp"
#include "hub/mapping/provenance.hpp"
#include "hub/mapping/types.hpp"
#include "tests/mapping/bench.hpp"

using bench::Bench;
using bench::codes_of;

namespace {

/// The part in quotes; "none" for a text of another form; or why there is no such pattern.
std::string part(const std::string& pattern, const std::string& text) {
    hub::mapping::Prover prover;
    std::string why;
    const auto extract = hub::mapping::Extract::of(pattern, prover, why);
    if (!extract) return why;
    const auto found = extract->found(text);
    return found ? "'" + std::string(*found) + "'" : "none";
}

std::string extract(const std::string& pattern, const std::string& more = "") { return "<extract pattern=\"" + pattern + "\" " + more + "/>"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(an_extract)

BOOST_AUTO_TEST_CASE(takes_the_part_that_the_group_stands_for) {
    BOOST_TEST(part("([0-9]+) offences.*", "15 offences admitted") == "'15'");
    BOOST_TEST(part("([0-9]+) offences.*", "some offences") == "none");
    BOOST_TEST(part("No ([A-Z]+)", "No AB") == "'AB'");
    BOOST_TEST(part("No ([A-Z]+)", "see No AB") == "none");
    BOOST_TEST(part("[\\s\\S]{2}((ab|c)+)", "xxabcab") == "'abcab'");
    BOOST_TEST(part("a\\(b([^()]*)\\)", "a(bcd)") == "'cd'");
    BOOST_TEST(part("(\xC3\xA9.)x", "\xC3\xA9\xC3\xA8x") == "'\xC3\xA9\xC3\xA8'");
    BOOST_TEST(part("a(b?)c", "ac") == "''");
}

BOOST_AUTO_TEST_CASE(begins_early_and_is_long) {
    BOOST_TEST(part(".*([0-9]+).*", "a12b345") == "'12'");
    BOOST_TEST(part("[a-z]*([a-z]+)x", "abcx") == "'abc'");
    BOOST_TEST(part("(a*)a", "aaa") == "'aa'");
    BOOST_TEST(part(".*[^0-9]([0-9]{1,3}) other", "a 1 of 12 other") == "'12'");
}

BOOST_AUTO_TEST_CASE(has_one_group) {
    BOOST_TEST(part("[0-9]+", "1") == "it has no group in parentheses");
    BOOST_TEST(part("(a)(b)", "ab") == "it has several groups beside one another");
    BOOST_TEST(part("(a)+", "a") == "the group may not be repeated");
    BOOST_TEST(part("(a)|b", "a") == "'|' may only stand inside the group");
    BOOST_TEST(part("([z-a])", "a") == "it is no regular expression of XML Schema, or is too complicated");
    BOOST_TEST(part("([(])", "(") == "'('");
}

BOOST_AUTO_TEST_CASE(looks_at_texts_of_bounded_length) {
    const std::string many(hub::mapping::extract_characters_max, '7');
    BOOST_TEST(part("([0-9]+)", many) == "'" + many + "'");
    BOOST_TEST(part("([0-9]+)", many + "7") == "none");
    BOOST_TEST(part(".*([0-9]+).*x", many) == "none");
}

BOOST_AUTO_TEST_CASE(compiles_where_all_texts_have_the_form_or_it_is_said_what_happens) {
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,9}) .*") + "</field>") == "TG-M048");
    BOOST_TEST(codes_of("r(a:date)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{4})-.*") + "</field>") == "TG-M048");  // years may have more digits
    BOOST_TEST(codes_of("r(a:E)", "t(v)", "<field from='a' to='v'>" + extract("([A-Z])") + "</field>").empty());
    BOOST_TEST(codes_of("r(a:E)", "t(v)", "<field from='a' to='v'>" + extract("([A-F])") + "</field>") == "TG-M048");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("(.?)[\\s\\S]*") + "</field>") == "TG-M036");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([\\s\\S])[\\s\\S]*") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "absent='yes'") + "</field>") == "TG-M036");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "absent='yes'") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "default='0'") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "reject='no_number'") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*") + "<check reject='no_number'/></field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "reject='x' absent='yes'") + "</field>") == "TG-M025");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("[0-9]") + "</field>") == "TG-M047 TG-M015");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'>" + extract("(a)", "default=''") + "</field>") == "TG-M022 TG-M015");
}

BOOST_AUTO_TEST_CASE(gives_a_text_of_the_groups_form) {
    BOOST_TEST(codes_of("r(a)", "t(v:int)", "<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "reject='x'") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v:int)", "<field from='a' to='v'>" + extract("([0-9a]{1,3}) .*", "reject='x'") + "</field>") == "TG-M033");
    BOOST_TEST(codes_of("r(a)", "t(v:K)", "<field from='a' to='v'>" + extract("(one|two) .*", "reject='x'") + "</field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v:K)", "<field from='a' to='v'>" + extract("(one|two) .*", "default='three'") + "</field>") == "TG-M022");
    BOOST_TEST(codes_of("r(a)", "t(v:K)", "<field from='a' to='v'>" + extract("(on|tw) .*", "reject='x'") + "<append value='e'/></field>") == "TG-M023");
}

BOOST_AUTO_TEST_CASE(does_what_is_said) {
    const auto run = [](const std::string& more, const std::string& text) {
        Bench bench("r(a)", "t(v?)");
        bench.compile("<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", more) + "<pad length='4' with='0'/></field>");
        return bench.run("r(a='" + text + "')");
    };
    BOOST_TEST(run("absent='yes'", "15 x") == "t(v=0015)");
    BOOST_TEST(run("absent='yes'", "x") == "t=''");
    BOOST_TEST(run("default='7'", "x") == "t(v=0007)");
    BOOST_TEST(run("reject='no_number'", "x") == "no_number@2");
}

BOOST_AUTO_TEST_CASE(is_told_where_a_value_comes_from) {
    Bench bench("r(a)", "t(v?)");
    bench.compile("<field from='a' to='v'>" + extract("([0-9]{1,3}) .*", "absent='yes'") + "<pad length='4' with='0' side='right'/></field>");
    BOOST_REQUIRE(bench.mapping);
    const auto values = hub::mapping::values_of(*bench.mapping, 1, bench::document(bench.mapping->from(), "r(a='15 x')"), bench.given);
    BOOST_REQUIRE(values.size() == 1u);
    BOOST_TEST(values[0].value == "1500");
    BOOST_TEST(values[0].expression == "extract '([0-9]{1,3}) .*', pad with '0' to 4 characters behind");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_pad)

BOOST_AUTO_TEST_CASE(makes_texts_long_enough) {
    BOOST_TEST(codes_of("r(a:E)", "t(v:K?)", "<field from='a' to='v'><pad length='2' with='0'/></field>") == "TG-M027 TG-M027");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'><pad length='20' with='0'/></field>").empty());
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'><pad length='21' with='0'/></field>") == "TG-M033");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'><pad length='65' with='0'/></field>") == "TG-M001");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'><pad length='2' with='00'/></field>").find("TG-F205") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
