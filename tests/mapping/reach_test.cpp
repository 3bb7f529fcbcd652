// Branches and rules that can never do anything, and the documents that show what goes wrong.
#include <boost/test/unit_test.hpp>

#include "hub/mapping/unchecked.hpp"
#include "hub/mapping/witness.hpp"
#include "tests/mapping/bench.hpp"

using bench::Bench;
using bench::codes_of;

namespace {

std::string branches(const std::string& schema, const std::string& inside) {
    return codes_of(schema, "t(v? w?)", "<choose>" + inside + "</choose>");
}

std::string when(const std::string& test) { return "<when test=\"" + test + "\"><const to='v' value='x'/></when>"; }

/// Whether the witness is a valid source document, and what is made of it is refused by the target's schema.
bool really_fails(Bench& bench, const std::string& rules, const hub::Problem& problem) {
    using namespace hub;
    mapping::SchemaLibrary schemas(bench.texts);
    const auto mapping = mapping::compile_unchecked("m/x/mapping.xml",
                                                    "<mapping xmlns=\"urn:throughgate:mapping:1\"><about>x</about><from schema=\"from.xsd\" format=\"xml\"/>"
                                                    "<to schema=\"to.xsd\" format=\"xml\"/>" + rules + "</mapping>", schemas, bench.tables, {});
    BOOST_REQUIRE(mapping);
    formats::Document source(&mapping->from());
    BOOST_REQUIRE(formats::make_decoder(mapping->from())->decode(problem.witness, "witness", source).problems.empty());
    std::vector<formats::Document> out;
    const auto rejections = mapping->apply(source, bench.given, out);
    return rejections.empty() && out.size() == 1 && !formats::validate(out[0], "output").empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(what_is_known)

BOOST_AUTO_TEST_CASE(a_filter_says_what_is_there_below) {
    const std::string both = "<field from='f' to='f'/><field from='g' to='g'/>";
    BOOST_TEST(codes_of("r(n*(f? g?))", "t(x*(f g?))", "<each from='n' to='x'>" + both + "</each>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(f? g?))", "t(x*(f g?))", "<each from='n[f]' to='x'>" + both + "</each>").empty());
    BOOST_TEST(codes_of("r(n*(f? g?))", "t(x*(f g?))", "<each from='n[g]' to='x'>" + both + "</each>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(f? g?))", "t(x?(f g?))", "<within from='n[f][last()]' to='x'>" + both + "</within>").empty());
    BOOST_TEST(codes_of("r(n?(f? g?))", "t(x?(f g?))", "<field from='n[f]/f' to='x/f'/><field from='n[f]/g' to='x/g'/>").empty());
    BOOST_TEST(codes_of("r(n?(f? g?))", "t(x?(f g?))", "<field from='n[f]/f' to='x/f'/><field from='n/g' to='x/g'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(@k? f?))", "t(v)", "<choose><when test='n'><field from='n[f][1]/f' to='v'/></when><otherwise><const to='v' value='x'/></otherwise></choose><drop from='n/@k' reason='x'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(@k? f?))", "t(v)", "<choose><when test='n[f]'><field from='n[f]/f' to='v'><first/></field></when><otherwise><const to='v' value='x'/></otherwise></choose><drop from='n/@k' reason='x'/>").empty());
    BOOST_TEST(codes_of("r(a*)", "t(v)", "<choose><when test='a'><field from='a[1]' to='v'/></when><otherwise><const to='v' value='x'/></otherwise></choose>").empty());
    BOOST_TEST(codes_of("r(a*)", "t(v)", "<choose><when test='a'><field from='a[2]' to='v'/></when><otherwise><const to='v' value='x'/></otherwise></choose>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(@k? f?))", "t(v)", "<choose><when test='n[f][1]'><field from='n[f][1]/f' to='v'/></when><otherwise><const to='v' value='x'/></otherwise></choose><drop from='n/@k' reason='x'/>").empty());
}

BOOST_AUTO_TEST_CASE(a_filter_says_so_of_longer_paths_and_of_texts) {
    BOOST_TEST(codes_of("r(n*(a*(b?) c?))", "t(x*(f))", "<each from='n[a/b]' to='x'><field from='a/b' to='f'><first/></field></each><drop from='n/c' reason='x'/>").empty());
    BOOST_TEST(codes_of("r(n*(a*(b?) c?))", "t(x*(f))", "<each from='n[a/b]' to='x'><field from='a[1]/b' to='f'/></each><drop from='n/c' reason='x'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(n*(f:S? g?))", "t(x*(f g?))", "<each from='n[f]' to='x'><field from='g' to='g'/><field from='f' to='f'><truncate length='20' reason='x'/></field></each>") == "TG-M036");
    BOOST_TEST(codes_of("r(n*(f:S? g?))", "t(x*(f g?))", "<each from=\"n[f='x']\" to='x'><field from='g' to='g'/><field from='f' to='f'><truncate length='20' reason='x'/></field></each>") == "");
    BOOST_TEST(codes_of("r(n*([f|g]))", "t(x*(g?))", "<each from='n[f]' to='x'><field from='g' to='g'/></each>") == "TG-M041");
}

BOOST_AUTO_TEST_CASE(a_test_by_codes_says_that_the_table_has_the_value) {
    const auto codes = [](const std::string& source, const std::string& test, const std::string& rule) {
        Bench bench(source, "t(v:K?)");
        bench.table("k", "<code from='a' to='one'/><code from='b' to='two' valid-from='2026-01-01'/>");
        bench.table("l", "<code from='a' to='one'/>");
        bench.compile("<choose><when test=\"" + test + "\">" + rule + "</when></choose><drop from='b' reason='x'/>");
        return bench.codes();
    };
    const std::string field = "<field from='a' to='v'><code table='k'/></field>";
    BOOST_TEST(codes("r(a b)", "a", field) == "TG-M020");
    BOOST_TEST(codes("r(a b)", "a in codes('k')", field).empty());
    BOOST_TEST(codes("r(a b)", "b and a in codes('k')", field) == "TG-M017");
    BOOST_TEST(codes("r(a b)", "a in codes('l')", field) == "TG-M020");
    BOOST_TEST(codes("r(a b)", "not(a in codes('k'))", field) == "TG-M020");
    BOOST_TEST(codes("r(a b)", "a in codes('k')", "<field from='a' to='v'><upper/><code table='k'/></field>") == "TG-M020");
    BOOST_TEST(codes("r(a* b)", "a in codes('k')", "<field from='a' to='v'><first/><code table='k'/></field>") == "TG-M020");
    BOOST_TEST(codes("r(a* b)", "a[1] in codes('k')", "<field from='a[1]' to='v'><code table='k'/></field>").empty());
    BOOST_TEST(codes("r(a b)", "a in codes('k')", "<text to='v'><piece from='a'><code table='k'/></piece></text>").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_branch_is_never_taken_when)

BOOST_AUTO_TEST_CASE(an_earlier_test_holds_whenever_it_does) {
    BOOST_TEST(branches("r(a?)", when("a") + when("a = 'x'")) == "TG-M040");
    BOOST_TEST(branches("r(a?)", when("a in ('x', 'y')") + when("a = 'x'")) == "TG-M040");
    BOOST_TEST(branches("r(a? b?)", when("a") + when("b and a = 'x'")) == "TG-M040");
    BOOST_TEST(branches("r(a? b?)", when("a or b") + when("b")) == "TG-M040");
    BOOST_TEST(branches("r(a? b?)", when("not(a = 'x') or b") + when("not(a)") ) == "TG-M040");
    BOOST_TEST(branches("r(a? b?)", when("a = 'x'") + when("a") + when("b")).empty());
    BOOST_TEST(branches("r(a? b?)", when("a and b") + when("a") + when("b")).empty());
}

BOOST_AUTO_TEST_CASE(earlier_tests_take_all_its_values) {
    BOOST_TEST(branches("r(a?)", when("a = 'x'") + when("a = 'y'") + when("a in ('y', 'x')")) == "TG-M040");
    BOOST_TEST(branches("r(a?)", when("a = 'x'") + when("a in ('y', 'x')")).empty());
}

BOOST_AUTO_TEST_CASE(an_earlier_test_holds_for_every_document) {
    Bench bench("r(a b?)", "t(v?)");
    bench.compile("<choose>" + when("a") + "\n" + when("b") + "</choose>");
    BOOST_TEST(bench.codes() == "TG-M040");
    BOOST_TEST(bench.problems[0].line == 6);
    BOOST_REQUIRE(bench.problems[0].related.size() == 1u);
    BOOST_TEST(bench.problems[0].related[0].line == 5);
    BOOST_TEST(branches("r(a:S b?)", when("a") + when("b")).empty());  // a may be empty
}

BOOST_AUTO_TEST_CASE(it_asks_for_two_values_at_once) {
    BOOST_TEST(branches("r(a?)", when("a = 'x' and a = 'y'")) == "TG-M040");
    BOOST_TEST(branches("r(a*)", when("a = 'x' and a = 'y'")).empty());
    BOOST_TEST(branches("r(a?)", when("a = 'x' and a in ('x', 'y')")).empty());
}

BOOST_AUTO_TEST_CASE(what_it_asks_for_cannot_be_there) {
    BOOST_TEST(branches("r([a|b])", "<when test='a'><choose>" + when("b") + "</choose></when>") == "TG-M040");
    BOOST_TEST(branches("r(a?)", when("a and not(a)")) == "TG-M040");
    BOOST_TEST(branches("r([a|b])", when("a") + when("b")).empty());
}

BOOST_AUTO_TEST_CASE(not_when_it_is_the_last_resort) {
    BOOST_TEST(branches("r(a)", when("a") + "<otherwise><const to='v' value='y'/></otherwise>").empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_rule_or_test)

BOOST_AUTO_TEST_CASE(never_applies_when_its_source_is_another_alternative) {
    Bench bench("r([a|b])", "t(v? w?)");
    bench.compile("<choose><when test='a'><field from='a' to='v'/>\n<field from='b' to='w'/></when></choose>");
    BOOST_TEST(bench.codes() == "TG-M041");
    BOOST_TEST(bench.problems[0].line == 6);
    BOOST_TEST(bench.problems[0].related.at(0).label == "source schema");
    BOOST_TEST(bench.problems[0].related.at(0).file == "from.xsd");
}

BOOST_AUTO_TEST_CASE(never_runs_when_its_context_is_another_alternative) {
    BOOST_TEST(codes_of("r([a|g*(b)])", "t(v? w*)", "<choose><when test='a'><each from='g' to='w'><field from='b' to='.'/></each></when></choose>") == "TG-M041");
    BOOST_TEST(codes_of("r([a|g(b)])", "t(v? w?)", "<choose><when test='a'><within from='g'><field from='b' to='w'/></within></when></choose>") == "TG-M041");
    BOOST_TEST(codes_of("r([a|g(b)])", "t(v? w?)", "<choose><when test='a'><field from='a' to='v'/></when><otherwise><within from='g'><field from='b' to='w'/></within></otherwise></choose>").empty());
}

BOOST_AUTO_TEST_CASE(of_a_route_never_holds_or_names_a_value_twice) {
    Bench bench("r(a? b*)", "t(v?)");
    bench.compile("<field from='a' to='v'/><drop from='b' reason='x'/>");
    const auto condition = [&](const std::string& test) {
        hub::Problems problems;
        hub::mapping::compile_condition(test, bench.mapping->from(), {}, {"site.xml", 3, 4, {}, {}, {}, {}, {}}, problems);
        return problems.empty() ? std::string() : hub::to_text(problems[0]).substr(0, 21);
    };
    BOOST_TEST(condition("a = 'x' and a = 'y'") == "site.xml:3:4: TG-M040");
    BOOST_TEST(condition("a in ('x', 'x')") == "site.xml:3:4: TG-M042");
    BOOST_TEST(condition("b = 'x' and b = 'y'") == "");
}

BOOST_AUTO_TEST_CASE(names_no_value_twice) { BOOST_TEST(branches("r(a?)", when("a in ('x', 'y', 'x')")) == "TG-M042"); }

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_witness)

BOOST_AUTO_TEST_CASE(of_an_unfilled_target_is_a_valid_document_that_fails) {
    const std::pair<const char*, const char*> wrong[] = {
        {"r(a? b)", "<field from='a' to='v'/><drop from='b' reason='x'/>"},
        {"r([a|b|c])", "<field from='a' to='v'/><field from='b' to='v'/><drop from='c' reason='x'/>"},
        {"r(g?(a b?))", "<field from='g/b' to='v'/><drop from='g/a' reason='x'/>"},
        {"r(a? b)", "<choose><when test=\"a = 'q'\"><field from='b' to='v'/></when><otherwise><field from='a' to='v'/></otherwise></choose>"}};
    for (const auto& [schema, rules] : wrong) {
        Bench bench(schema, "t(v w?)");
        bench.compile(rules);
        BOOST_TEST(bench.codes() == "TG-M015", rules);
        BOOST_TEST(really_fails(bench, rules, bench.problems.at(0)), rules << "\n" << bench.problems.at(0).witness);
        BOOST_TEST(bench.problems[0].related.at(0).label == "target schema");
    }
}

BOOST_AUTO_TEST_CASE(of_several_values_for_one_has_them_twice) {
    const std::pair<const char*, const char*> wrong[] = {
        {"r(a* b?)", "<field from='a' to='v'/><drop from='b' reason='x'/>"},
        {"r(i*(a b?))", "<each from='i'><field from='a' to='v'/></each><drop from='i/b' reason='x'/>"},
        {"r(a b)", "<field from='a' to='v'/><field from='b' to='v'/>"},
        {"r(a? b?)", "<field from='a' to='v'/><field from='b' to='v'/>"}};
    for (const auto& [schema, rules] : wrong) {
        Bench bench(schema, "t(v?)");
        bench.compile(rules);
        BOOST_REQUIRE(bench.problems.size() == 1u);
        BOOST_TEST(really_fails(bench, rules, bench.problems[0]), rules << "\n" << bench.problems[0].code << bench.problems[0].witness);
    }
}

BOOST_AUTO_TEST_CASE(of_two_alternatives_has_both_sources) {
    const std::string rules = "<field from='a' to='x'/><field from='b' to='y'/>";
    Bench bench("r(a b)", "t([x|y])");
    bench.compile(rules);
    BOOST_TEST(bench.codes() == "TG-M011");
    BOOST_TEST(really_fails(bench, rules, bench.problems.at(0)));
}

BOOST_AUTO_TEST_CASE(makes_the_context_that_the_target_is_required_in) {
    const std::string rules = "<within from='g' to='p'><field from='b' to='v'/></within><drop from='g/a' reason='x'/>";
    Bench bench("r(g?(a b?))", "t(p?(v))");
    bench.compile(rules);
    BOOST_TEST(bench.codes() == "TG-M015");
    BOOST_TEST(really_fails(bench, rules, bench.problems.at(0)));
}

BOOST_AUTO_TEST_CASE(of_a_lost_field_has_the_field) {
    Bench bench("r(a g?(b? c))", "t(v?)");
    bench.compile("<field from='a' to='v'/><drop from='g/c' reason='x'/>");
    BOOST_TEST(bench.codes() == "TG-M016");
    BOOST_TEST(bench.problems[0].witness.find("<b>") != std::string::npos);
    BOOST_TEST(bench.problems[0].related.at(0).line > 0);
}

BOOST_AUTO_TEST_CASE(has_values_of_their_types_or_is_not_shown) {
    hub::formats::SimpleType type;
    type.length_min = type.length_max = 33;
    BOOST_TEST(hub::mapping::sample_of(type).value_or("").size() == 33u);
    type.length_min = 34;
    BOOST_TEST(!hub::mapping::sample_of(type).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_may_be_looked_up_in_a_table)

BOOST_AUTO_TEST_CASE(is_listed_where_the_source_lists_its_values_and_any_text_otherwise) {
    Bench bench("r(a:E b? c:K)", "t(v w? x?)");
    bench.table("sex", "<code from='M' to='male'/><code from='F' to='female'/>");
    bench.compile("<field from='a' to='v'><code table='sex'/></field><field from='b' to='w'><code table='sex' keep='yes'/></field>"
                  "<choose><when test=\"c in codes('sex')\"><const to='x' value='1'/></when></choose>");
    BOOST_TEST(bench.first() == "");
    const auto& uses = bench.mapping->code_uses();
    BOOST_REQUIRE(uses.size() == 3u);
    BOOST_TEST((!uses[0].any && uses[0].values == std::set<std::string>{"F", "M"}));
    BOOST_TEST(uses[1].any);
    BOOST_TEST((!uses[2].any && uses[2].values == std::set<std::string>{"one", "two"}));
}

BOOST_AUTO_TEST_CASE(is_any_text_behind_another_step) {
    Bench bench("r(a:E)", "t(v)");
    bench.table("sex", "<code from='m' to='male'/>");
    bench.compile("<field from='a' to='v'><lower/><code table='sex' keep='yes'/></field>");
    BOOST_REQUIRE(bench.mapping);
    BOOST_TEST(bench.mapping->code_uses().at(0).any);
}

BOOST_AUTO_TEST_SUITE_END()
