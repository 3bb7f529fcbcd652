// What does not compile, and by which code: one failing case for each check.
#include <boost/test/unit_test.hpp>

#include "tests/mapping/bench.hpp"

using bench::Bench;
using bench::codes_of;

BOOST_AUTO_TEST_SUITE(a_mapping_does_not_compile_when)

BOOST_AUTO_TEST_CASE(it_is_not_what_its_xsd_says) {
    BOOST_TEST(codes_of("r(a)", "t(v)", "<feld from='a' to='v'/>") == "TG-F205");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'><code table='x' keep='no'/></field>").find("TG-F205") == 0u);
    BOOST_TEST(codes_of("r(a)", "t(v)", "<each to='v'><const to='.' value='x'/></each>") == "TG-F205");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<given name='clock' to='v'/>").find("TG-F205") == 0u);
}

BOOST_AUTO_TEST_CASE(a_path_is_not_understood) {
    for (const std::string path : {"a/", "a//b", "a[0]", "a[b=c]", "a[x", "../a", "a b", "@a/b", "/", "a[b='x'"})
        BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from=\"" + path + "\" to='v'/>") == "TG-M002", path);
}

BOOST_AUTO_TEST_CASE(a_source_path_does_not_exist) {
    Bench bench("r(plea)", "t(v)");
    bench.compile("<field from='ple' to='v'/>\n<drop from='plea' reason='x'/>");
    BOOST_TEST(bench.codes() == "TG-M003 TG-M015");
    BOOST_TEST(bench.problems[0].line == 5);
    BOOST_TEST(bench.problems[0].column == 1);
    BOOST_TEST(bench.problems[0].what == "'ple' does not exist below /r (from.xsd:6)");
    BOOST_TEST(bench.problems[0].cure == "write 'plea'");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='/t/a' to='v'/>").find("TG-M003") == 0u);
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='@a' to='v'/>").find("TG-M003") == 0u);
}

BOOST_AUTO_TEST_CASE(a_target_path_does_not_exist) {
    Bench bench("r(a)", "t(verdict?)");
    bench.compile("<field from='a' to='verdikt'/>");
    BOOST_TEST(bench.codes() == "TG-M004");
    BOOST_TEST(bench.problems[0].cure == "write 'verdict'");
}

BOOST_AUTO_TEST_CASE(a_prefix_is_not_declared) {
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='q:a' to='v'/>").find("TG-M005") == 0u);
    BOOST_TEST(codes_of("r(a)", "t(v)", "<namespace prefix='q' uri='urn:q'/><field from='q:a' to='v'/>").find("TG-M003") == 0u);
}

BOOST_AUTO_TEST_CASE(a_target_or_dropped_path_has_predicates_or_starts_at_the_root) {
    BOOST_TEST(codes_of("r(a)", "t(v*)", "<field from='a' to='v[1]'/>") == "TG-M006");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from='a' to='/t/v'/>") == "TG-M006");
    BOOST_TEST(codes_of("r(a*)", "t(v*)", "<field from='a' to='v'/><drop from='a[2]' reason='x'/>") == "TG-M006");
}

BOOST_AUTO_TEST_CASE(a_value_is_asked_of_or_given_to_something_without_one) {
    BOOST_TEST(codes_of("r(g(a))", "t(v?)", "<field from='g' to='v'/><drop from='g' reason='x'/>") == "TG-M007");
    BOOST_TEST(codes_of("r(a)", "t(p?(q?))", "<field from='a' to='p'/>") == "TG-M007");
    BOOST_TEST(codes_of("r(g(a))", "t(v?)", "<choose><when test=\"g = 'x'\"/></choose><field from='g/a' to='v'/>") == "TG-M007");
}

BOOST_AUTO_TEST_CASE(several_values_go_where_one_fits) {
    BOOST_TEST(codes_of("r(a*)", "t(v?)", "<field from='a' to='v'/>") == "TG-M008");
    BOOST_TEST(codes_of("r(a*)", "t(v?)", "<text to='v'><piece from='a'/></text>") == "TG-M008");
    BOOST_TEST(codes_of("r(a*)", "t(v?)", "<each from='a' to='v'><field from='.' to='.'/></each>") == "TG-M008");
    BOOST_TEST(codes_of("r(i*(a))", "t(v?)", "<each from='i'><field from='a' to='v'/></each>") == "TG-M008");
    BOOST_TEST(codes_of("r(a*)", "t(v*)", "<field from='a' to='v'/>").empty());
}

BOOST_AUTO_TEST_CASE(a_context_is_used_wrongly) {
    BOOST_TEST(codes_of("r(i*(a))", "t(v*)", "<within from='i' to='v'><field from='a' to='.'/></within><drop from='i' reason='x'/>") == "TG-M009");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<within><field from='a' to='v'/></within><drop from='a' reason='x'/>") == "TG-M009");
    BOOST_TEST(codes_of("r(a)", "t(v?(@b?))", "<within to='v/@b'/><drop from='a' reason='x'/>") == "TG-M009");
}

BOOST_AUTO_TEST_CASE(a_single_target_is_written_twice) {
    Bench bench("r(a? b?)", "t(v?)");
    bench.compile("<field from='a' to='v'/>\n<field from='b' to='v'/>");
    BOOST_TEST(bench.codes() == "TG-M010");
    BOOST_TEST(bench.problems[0].line == 6);
    BOOST_TEST(bench.problems[0].what.find("line 5") != std::string::npos);
    BOOST_TEST(codes_of("r(g?(a))", "t(p?(q))", "<each from='g' to='p'><field from='a' to='q'/></each><const to='p/q' value='x'/>") == "TG-M010");
    BOOST_TEST(codes_of("r(a?)", "t(v)", "<choose><when test='a'><field from='a' to='v'/></when><otherwise><const to='v' value='x'/></otherwise></choose>").empty());
}

BOOST_AUTO_TEST_CASE(two_alternatives_of_the_target_are_always_filled) {
    BOOST_TEST(codes_of("r(a b)", "t([x|y])", "<field from='a' to='x'/><field from='b' to='y'/>") == "TG-M011");
}

BOOST_AUTO_TEST_CASE(a_context_can_never_exist) {
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from='a[2]' to='v'/><drop from='a' reason='x'/>") == "TG-M012");
    BOOST_TEST(codes_of("r(i*(@kind:K n))", "t(v*)", "<each from=\"i[@kind='three']\" to='v'><field from='n' to='.'/></each><drop from='i' reason='x'/>") == "TG-M012");
}

BOOST_AUTO_TEST_CASE(a_test_can_never_hold) {
    Bench bench("r(sex:E)", "t(v?)");
    bench.compile("<choose><when test=\"sex in ('M', 'X')\"><const to='v' value='x'/></when></choose>");
    BOOST_TEST(bench.codes() == "TG-M013");
    BOOST_TEST(bench.problems[0].what.find("'X'") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_test_is_not_understood) {
    for (const std::string test : {"", "a =", "a = x", "not a", "a and", "(a", "a in 'x'", "a in codes(x)", "a == 'x'", "a b", "a)"})
        BOOST_TEST(codes_of("r(a)", "t(v?)", "<choose><when test=\"" + test + "\"/></choose><field from='a' to='v'/>") == "TG-M014", test);
}

BOOST_AUTO_TEST_CASE(a_required_target_is_not_always_filled) {
    Bench bench("r(a?)", "t(v)");
    bench.compile("<field from='a' to='v'/>");
    BOOST_TEST(bench.codes() == "TG-M015");
    BOOST_TEST(bench.problems[0].line == 5);
    BOOST_TEST(bench.problems[0].what.find("/t/v (to.xsd:6) is required") == 0u);
    BOOST_TEST(codes_of("r(a)", "t(v w)", "<field from='a' to='v'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(a)", "t(@n v)", "<field from='a' to='v'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(a?)", "t(v:T(@n))", "<const to='v/@n' value='x'/><field from='a' to='v'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(a b?)", "t(p?(x y))", "<field from='a' to='p/x'/><field from='b' to='p/y'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(a)", "t([x|y])", "<drop from='a' reason='x'/>") == "TG-M015");
    BOOST_TEST(codes_of("r(a?)", "t(v)", "<field from='a' to='v'><default value='x'/></field>").empty());
    BOOST_TEST(codes_of("r(a?)", "t(v)", "<field from='a' to='v'><require reject='no_a'/></field>").empty());
    BOOST_TEST(codes_of("r(a? b?)", "t(p?(x y?))", "<field from='a' to='p/x'/><drop from='b' reason='x'/>").empty());
}

BOOST_AUTO_TEST_CASE(a_choice_does_not_fill_a_required_target_on_every_branch) {
    const auto branches = [](const std::string& inside) { return codes_of("r(a? b)", "t(v)", "<choose>" + inside + "</choose><drop from='b' reason='x'/>"); };
    BOOST_TEST(branches("<when test='a'><field from='a' to='v'/></when>") == "TG-M015");
    BOOST_TEST(branches("<when test=\"a = 'x'\"><const to='v' value='1'/></when><otherwise><field from='a' to='v'/></otherwise>") == "TG-M015");
    BOOST_TEST(branches("<when test='a'><field from='a' to='v'/></when><otherwise><const to='v' value='1'/></otherwise>").empty());
    BOOST_TEST(branches("<when test=\"a = 'x'\"><field from='a' to='v'/></when><otherwise><reject code='no' reason='x'/></otherwise>").empty());
}

BOOST_AUTO_TEST_CASE(a_source_field_is_neither_mapped_nor_dropped) {
    Bench bench("r(a b? g?(x y))", "t(v)");
    bench.compile("<field from='a' to='v'/>");
    BOOST_TEST(bench.codes() == "TG-M016 TG-M016");
    BOOST_TEST(bench.problems[0].what == "/r/b (from.xsd:7) is neither mapped nor dropped");
    BOOST_TEST(bench.problems[1].what == "/r/g (from.xsd:8), with all below it, is neither mapped nor dropped");
    BOOST_TEST(bench.problems[1].cure == "map it, or <drop from=\"/r/g\" reason=\"...\"/>");
    BOOST_TEST(codes_of("r(a b?)", "t(v)", "<field from='a' to='v'/><choose><when test='b'/></choose>").empty());
    const std::string filtered = "r(i*(a?(@k? c?) v:K))";
    const auto with = [&](const std::string& filter) {
        return codes_of(filtered, "t(v:K*)", "<field from=\"i" + filter + "/v\" to='v'/><drop from='i/a' reason='x'/>");
    };
    BOOST_TEST(with("[a/@k='x']") == "TG-M017");  // what a filter reads is not dropped
    BOOST_TEST(codes_of("r(i*(a?(@k?) v:K))", "t(v:K*)", "<field from=\"i[a/@k='x']/v\" to='v'/>") == "");
    BOOST_TEST(with("[a][v='one'][2]").empty());
    BOOST_TEST(with("[a/b='x']") == "TG-M003 TG-M016");
    BOOST_TEST(with("[a='x']") == "TG-M012 TG-M016");
    BOOST_TEST(with("[v='three']") == "TG-M012 TG-M016");
    for (const char* wrong : {"[2][v='one']", "[@k/a='x']", "[a/='x']", "[]", "[v='one'", "[v=one]", "[a][a][a][a][a]"}) BOOST_TEST(with(wrong) == "TG-M002", wrong);
    BOOST_TEST(codes_of("r(i*(@k v))", "t(v*)", "<each from=\"i[@k='x']\" to='v'><field from='v' to='.'/></each>").empty());
}

BOOST_AUTO_TEST_CASE(a_dropped_field_is_used) {
    BOOST_TEST(codes_of("r(g(a b))", "t(v)", "<field from='g/a' to='v'/><drop from='g' reason='x'/>") == "TG-M017");
    BOOST_TEST(codes_of("r(a)", "t(v)", "<field from='a' to='v'/><drop from='a' reason='x'/>") == "TG-M017");
}

BOOST_AUTO_TEST_CASE(a_field_is_dropped_twice) {
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<drop from='a' reason='x'/><drop from='a' reason='y'/>") == "TG-M018");
    BOOST_TEST(codes_of("r(g(a))", "t(v?)", "<drop from='g/a' reason='x'/><drop from='g' reason='y'/>") == "TG-M018");
}

BOOST_AUTO_TEST_CASE(a_constant_or_default_does_not_fit_its_target) {
    BOOST_TEST(codes_of("r(a?)", "t(v:date?)", "<const to='v' value='soon'/><drop from='a' reason='x'/>") == "TG-M022");
    BOOST_TEST(codes_of("r(a:date?)", "t(v:date?)", "<field from='a' to='v'><default value='soon'/></field>") == "TG-M022");
    BOOST_TEST(codes_of("r(a:int?)", "t(v:int)", "<field from='a' to='v'><require reject='x'/><default value='odd'/></field>") == "TG-M022");
    BOOST_TEST(codes_of("r(a?)", "t(v?)", "<const to='v' value=''/><drop from='a' reason='x'/>") == "TG-M022");
}

BOOST_AUTO_TEST_CASE(any_text_goes_into_a_listed_target) {
    BOOST_TEST(codes_of("r(a)", "t(v:E)", "<field from='a' to='v'/>") == "TG-M023");
    BOOST_TEST(codes_of("r(a)", "t(v:E)", "<field from='a' to='v'><require reject='bad'/></field>").empty());
    BOOST_TEST(codes_of("r(a:E)", "t(v:E)", "<field from='a' to='v'/>").empty());
}

BOOST_AUTO_TEST_CASE(listed_values_do_not_fit_their_target) {
    BOOST_TEST(codes_of("r(a:E)", "t(v:K)", "<field from='a' to='v'/>") == "TG-M027 TG-M027");
    BOOST_TEST(codes_of("r(a:E)", "t(v:date?)", "<field from='a' to='v'/>") == "TG-M027 TG-M027");
}

BOOST_AUTO_TEST_CASE(a_picture_of_dates_is_wrong) {
    for (const std::string picture : {"from='yy-MM-dd'", "from='YYYY-MM-dd'", "to='HH:mm'", "from='yyyy-MM-dd-dd'", "from='none'"})
        BOOST_TEST(codes_of("r(a)", "t(v:S?)", "<field from='a' to='v'><date " + picture + "/></field>") == "TG-M024", picture);
}

BOOST_AUTO_TEST_CASE(a_table_of_offsets_is_none) {
    for (const std::string row : {"from='soon' to='Z'", "from='2026-01-01T00:00:00Z' to='Z'", "from='2026-01-01T00:00:00' to='GMT'",
                                  "from='2026-01-01T00:00:00' to='Z' valid-from='2026-01-01'"}) {
        Bench bench("r(a)", "t(v:S?)");
        bench.table("clocks", "<code " + row + "/>");
        bench.compile("<field from='a' to='v'><zone table='clocks'/></field>");
        BOOST_TEST(bench.codes() == "TG-M060", row);
    }
}

BOOST_AUTO_TEST_CASE(steps_contradict_one_another) {
    BOOST_TEST(codes_of("r(a*)", "t(v?)", "<field from='a' to='v'><first/><last/></field>") == "TG-M025");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from='a' to='v'><require reject='x'/><require reject='y'/></field>") == "TG-M025");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<field from='a' to='v'><code table='x' keep='yes' reject='no'/></field>") == "TG-M025");
}

BOOST_AUTO_TEST_CASE(a_schema_cannot_be_read) {
    Bench bench("r(a)", "t(v)");
    bench.texts.erase("to.xsd");
    bench.compile("<field from='a' to='v'/>");
    BOOST_TEST(bench.codes().find("TG-M028") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_piece_has_both_or_neither_source) {
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<text to='v'><piece/></text>") == "TG-M030");
    BOOST_TEST(codes_of("r(a)", "t(v?)", "<text to='v'><piece from='a' value='x'/></text>") == "TG-M030");
}

BOOST_AUTO_TEST_CASE(it_has_several_faults_and_all_are_told_at_once) {
    Bench bench("r(a b sex:E)", "t(v w)");
    bench.compile("<field from='x' to='v'/><field from='a' to='y'/><drop from='b' reason='x'/>");
    BOOST_TEST(bench.codes() == "TG-M003 TG-M004 TG-M016 TG-M015 TG-M015");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(what_a_schema_says_about_choices)

BOOST_AUTO_TEST_CASE(shows_that_the_other_branch_is_there_when_one_is_not) {
    BOOST_TEST(codes_of("r([a|b])", "t(v)", "<choose><when test='a'><field from='a' to='v'/></when><otherwise><field from='b' to='v'/></otherwise></choose>").empty());
    BOOST_TEST(codes_of("r([a|b|c])", "t(v)", "<choose><when test='a'><field from='a' to='v'/></when><otherwise><field from='b' to='v'/></otherwise></choose><drop from='c' reason='x'/>") == "TG-M015");
}

BOOST_AUTO_TEST_CASE(lets_alternatives_fill_one_target_without_a_choose) {
    BOOST_TEST(codes_of("r([a|b])", "t(v)", "<field from='a' to='v'/><field from='b' to='v'/>").empty());
    BOOST_TEST(codes_of("r([a|b])", "t([x|y])", "<field from='a' to='x'/><field from='b' to='y'/>").empty());
    BOOST_TEST(codes_of("r(g?([a|b]))", "t(p?(v))", "<within from='g' to='p'><field from='a' to='v'/><field from='b' to='v'/></within>").empty());
}

BOOST_AUTO_TEST_SUITE_END()
