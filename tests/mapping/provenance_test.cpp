// Where a value comes from.
#include <boost/test/unit_test.hpp>

#include "hub/mapping/provenance.hpp"
#include "tests/mapping/bench.hpp"

using namespace hub::mapping;

namespace {

struct Traced {
    Traced(const std::string& from, const std::string& to, const std::string& rules, const std::string& attributes = "") : bench(from, to) {
        bench.table("sex", "<code from='M' to='male'/>\n<code from='F' to='female'/>");
        bench.compile(rules, attributes);
        BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    }
    hub::formats::DeclId field(const std::string& path) {
        hub::Problems problems;
        return resolve_path(path, bench.mapping->to(), {}, problems);
    }
    std::vector<Origin> values(const std::string& path, const std::string& document) {
        return values_of(*bench.mapping, field(path), bench::document(bench.mapping->from(), document), bench.given);
    }
    bench::Bench bench;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(where_a_value_comes_from)

BOOST_AUTO_TEST_CASE(is_its_rule_its_source_its_steps_and_its_code_row) {
    Traced traced("r(a:E b)", "t(v w:S)", "<field from='a' to='v'><code table='sex'/></field>\n<field from='b' to='w'><trim/><prepend value='n'/></field>", "unproved='reject'");
    const auto values = traced.values("v", "r(a=F b=x)");
    BOOST_REQUIRE(values.size() == 1u);
    BOOST_TEST(values[0].value == "female");
    BOOST_TEST(values[0].target == "/t/v");
    BOOST_TEST(values[0].source == "/r/a");
    BOOST_TEST(values[0].line == 5);
    BOOST_TEST(values[0].column == 1);
    BOOST_TEST(values[0].source_line == 2);
    BOOST_TEST(values[0].expression == "code 'sex'");
    BOOST_REQUIRE(values[0].code_rows.size() == 1u);
    BOOST_TEST(values[0].code_rows[0].find("'F' -> 'female'") != std::string::npos);
    BOOST_TEST(values[0].source_schema.file == "from.xsd");
    BOOST_TEST(values[0].target_schema.file == "to.xsd");
    BOOST_TEST(values[0].target_schema.line > 0);
    const auto others = traced.values("w", "r(a=F b=x)");
    BOOST_REQUIRE(others.size() == 1u);
    BOOST_TEST(others[0].value == "nx");
    BOOST_TEST(others[0].expression == "trim, prepend 'n'");
    BOOST_TEST(others[0].code_rows.empty());
}

BOOST_AUTO_TEST_CASE(is_the_branch_that_was_taken) {
    Traced traced("r(a?)", "t(v)", "<choose><when test='a'><field from='a' to='v'/></when>\n<otherwise><const to='v' value='none'/></otherwise></choose>");
    BOOST_TEST(traced.values("v", "r(a=x)").at(0).line == 5);
    BOOST_TEST(traced.values("v", "r()").at(0).line == 6);
    BOOST_TEST(traced.values("v", "r()").at(0).source == "'none'");
    BOOST_TEST(origins_of(*traced.bench.mapping, traced.field("v")).size() == 2u);
}

BOOST_AUTO_TEST_CASE(is_told_for_each_value_of_each_document) {
    Traced traced("r(i+(a*))", "t(v*)", "<field from='a' to='v'/>", "split='i'");
    const auto values = traced.values("v", "r(i(a=1 a=2) i(a=3))");
    BOOST_REQUIRE(values.size() == 3u);
    BOOST_TEST(values[1].value == "2");
    BOOST_TEST(values[1].output == 0u);
    BOOST_TEST(values[2].value == "3");
    BOOST_TEST(values[2].output == 1u);
}

BOOST_AUTO_TEST_CASE(is_told_of_everything_below_a_branch) {
    Traced traced("r(a b)", "t(p(v w:S))", "<field from='a' to='p/v'/><text to='p/w'><piece value='No. '/><piece from='b'><upper/></piece></text>");
    const auto values = traced.values("p", "r(a=1 b=x)");
    BOOST_REQUIRE(values.size() == 2u);
    BOOST_TEST(values[1].value == "No. X");
    BOOST_TEST(values[1].source == "'No. ' + /r/b [upper]");
}

BOOST_AUTO_TEST_CASE(is_nothing_when_the_record_is_rejected) {
    Traced traced("r(a?)", "t(v)", "<field from='a' to='v'><require reject='no_a'/></field>");
    BOOST_TEST(traced.values("v", "r()").empty());
}

BOOST_AUTO_TEST_SUITE_END()
