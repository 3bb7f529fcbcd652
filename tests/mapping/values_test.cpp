// Code tables, run-time checks, rejections, tests and limits.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "hub/mapping/limits.hpp"
#include "hub/mapping/local_time.hpp"
#include "tests/mapping/bench.hpp"

using bench::Bench;

namespace {

const std::string sex_rows = "<code from='M' to='one'/><code from='F' to='two'/>";

struct Coded : Bench {
    Coded(const std::string& source, const std::string& target, const std::string& rows, const std::string& attributes) : Bench(source, target) {
        table("t", rows);
        compile("<field from='a' to='v'><code table='t' " + attributes + "/></field>");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(a_code_table)

BOOST_AUTO_TEST_CASE(translates_each_value_of_an_enumeration) {
    Coded bench("r(a:E?)", "t(v:K?)", sex_rows, "");
    BOOST_TEST(bench.run("r(a=F)") == "t(v=two)");
    BOOST_TEST(bench.mapping->counts().tables == 1u);
    BOOST_TEST(bench.mapping->counts().checked == 0u);
}

BOOST_AUTO_TEST_CASE(must_cover_the_enumeration_or_say_what_else_happens) {
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", "<code from='M' to='one'/>", "").codes() == "TG-M020 TG-M015");
    BOOST_TEST(Coded("r(a)", "t(v:K)", sex_rows, "").codes() == "TG-M020 TG-M015");
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", "<code from='M' to='one'/>", "default='two'").run("r(a=F)") == "t(v=two)");
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", "<code from='M' to='one'/>", "reject='no_code'").run("r(a=F)") == "no_code@2");
    BOOST_TEST(Coded("r(a:E)", "t(v)", "<code from='M' to='one'/>", "keep='yes'").run("r(a=F)") == "t(v=F)");
}

BOOST_AUTO_TEST_CASE(must_land_in_the_targets_values) {
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", "<code from='M' to='one'/><code from='F' to='three'/>", "").codes() == "TG-M021");
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", "<code from='M' to='one'/>", "default='three'").codes() == "TG-M021");
    BOOST_TEST(Coded("r(a)", "t(v:K)", sex_rows, "keep='yes'").codes() == "TG-M023");
}

BOOST_AUTO_TEST_CASE(must_exist) { BOOST_TEST(::bench::codes_of("r(a:E)", "t(v:K?)", "<field from='a' to='v'><code table='nowhere'/></field>") == "TG-M019"); }

BOOST_AUTO_TEST_CASE(holds_by_the_day_on_which_the_record_was_received) {
    Coded bench("r(a?)", "t(v?)", "<code from='x' to='old' valid-to='2026-03-01'/><code from='x' to='new' valid-from='2026-03-02'/><code from='y' to='z' valid-from='2026-03-03'/>", "reject='no'");
    BOOST_TEST(bench.run("r(a=x)") == "t(v=new)");
    BOOST_TEST(bench.run("r(a=y)") == "no@2");
    bench.given.received_at = "2026-03-01T23:59:59.999999Z";
    BOOST_TEST(bench.run("r(a=x)") == "t(v=old)");
}

BOOST_AUTO_TEST_CASE(covers_a_value_only_if_its_dated_rows_leave_no_day_out) {
    const std::string old = "<code from='F' to='two'/><code from='M' to='one' valid-to='2024-02-28'/>";
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", old + "<code from='M' to='two' valid-from='2024-02-29'/>", "").codes().empty());
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", old + "<code from='M' to='two' valid-from='2024-03-01'/>", "").codes() == "TG-M020 TG-M015");
    BOOST_TEST(Coded("r(a:E)", "t(v:K)", old, "").codes() == "TG-M020 TG-M015");
}

BOOST_AUTO_TEST_CASE(is_refused_with_two_rows_for_one_day_or_dates_that_are_none) {
    Bench bench("r(a)", "t(v)");
    bench.table("a", "<code from='x' to='1'/><code from='x' to='2' valid-from='2026-01-01'/>");
    bench.table("b", "<code from='x' to='1' valid-from='2026-01-02' valid-to='2026-01-01'/>");
    bench.table("c", "<code from='x' to='1' valid-from='2026-01-01Z'/>");
    bench.table("d", "<code from='x'/>");
    BOOST_TEST(bench.codes() == "TG-M031 TG-M032 TG-M032 TG-F205");
    BOOST_TEST(bench.tables.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_value)

BOOST_AUTO_TEST_CASE(is_checked_when_the_schemas_do_not_imply_that_it_fits) {
    Bench bench("r(a:S? b?)", "t(v? w:date?)");
    bench.compile("<field from='a' to='v'/><field from='b' to='w'/>");
    BOOST_TEST(bench.codes() == "TG-M033 TG-M033");
    bench.problems.clear();
    bench.compile("<field from='a' to='v'/><field from='b' to='w'/>", "unproved='reject'");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    BOOST_TEST(bench.mapping->counts().checked == 2u);
    BOOST_TEST(bench.run("r(a=short b=2026-01-31)") == "t(v=short w=2026-01-31)");
    BOOST_TEST(bench.run("r(a='more than twenty characters' b=2026-02-31)") == "value_not_valid@2 value_not_valid@3");
    BOOST_TEST(bench.rejections[1].what.find("/r/b ") == 0u);
    BOOST_TEST(bench.rejections[1].what.find("2026-02-31") == std::string::npos);
    BOOST_TEST(bench.rejections[1].what.find("mappings/test/mapping.xml:5") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(becomes_what_json_writes_for_a_number_or_boolean) {
    Bench bench("r(n? b?)", "t(v?)");
    bench.json_target(R"({"type":"object","additionalProperties":false,"properties":{"n":{"type":"number"},"b":{"type":"boolean"}}})");
    bench.compile("<field from='n' to='n'/><field from='b' to='b'/>", "unproved='reject'");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    const auto written = [&](const std::string& notation) {
        const std::string whole = bench.run(notation);
        return bench.out.empty() ? whole : whole.substr(whole.find('(') + 1, whole.size() - whole.find('(') - 2);
    };
    BOOST_TEST(written("r(n=001 b=1)") == "n=1 b=true");
    BOOST_TEST(written("r(n=-007.50 b=0)") == "n=-7.50 b=false");
    BOOST_TEST(written("r(n='+.5' b=true)") == "n=0.5 b=true");
    BOOST_TEST(written("r(n=5. b=false)") == "n=5 b=false");
    BOOST_TEST(written("r(n=1e5x)") == "value_not_valid@2");
    BOOST_TEST(written("r(n=INF b=yes)") == "value_not_valid@2 value_not_valid@3");
}

BOOST_AUTO_TEST_CASE(of_an_array_is_what_json_writes_there_too) {
    Bench bench("r(a:E)", "t(v?)");
    bench.json_target(R"({"type":"object","additionalProperties":false,"properties":{"v":{"type":"array","maxItems":1,"items":{"type":"boolean"}}}})");
    bench.compile("<const to='v' value='1'/><drop from='a' reason='x'/>");
    BOOST_TEST(bench.codes() == "TG-M022");
}

BOOST_AUTO_TEST_CASE(is_a_local_time_or_an_instant_to_the_digit) {
    using namespace hub::mapping;
    for (const char* each : {"2026-02-28T00:00:00", "2024-02-29T23:59:59.1", "0001-01-01T00:00:00.000000001"}) BOOST_TEST(is_local_time(each), each);
    for (const char* each : {"2026-02-29T00:00:00", "2026-02-28T24:00:00", "2026-02-28T23:60:00", "2026-02-28T23:59:60", "2026-02-28t00:00:00", "2026-02-28T00:00:00.", "2026-02-28T00:00:00Z",
                             "2026-02-28T00:00", "0000-01-01T00:00:00", "12026-02-28T00:00:00", ""})
        BOOST_TEST(!is_local_time(each), each);
    for (const char* each : {"2026-02-28T00:00:00Z", "2026-02-28T00:00:00.5+14:00", "2026-02-28T00:00:00-13:59"}) BOOST_TEST(is_instant(each), each);
    for (const char* each : {"2026-02-28T00:00:00z", "2026-02-28T00:00:00+14:01", "2026-02-28T00:00:00+1:00", "2026-02-28T00:00:00+01:60", "2026-02-28T00:00:00", "2026-02-29T00:00:00Z", "2026-02-28T00:00:00ZZ"})
        BOOST_TEST(!is_instant(each), each);
}

BOOST_AUTO_TEST_CASE(without_an_offset_becomes_an_instant_by_the_clocks_of_a_table) {
    Bench bench("r(a:S? b:S?)", "t(v? w?)");
    bench.json_target(R"({"type":"object","additionalProperties":false,"properties":{"v":{"type":"string","format":"date-time"},"w":{"type":"string","format":"date-time"}}})");
    bench.table("clocks", "<code from='2026-01-01T00:00:00' to='Z'/><code from='2026-03-29T01:00:00' to=''/>"
                          "<code from='2026-03-29T02:00:00' to='+01:00'/><code from='2026-10-25T02:00:00' to='Z'/>");
    bench.compile("<field from='a' to='v'><zone table='clocks'/></field><field from='b' to='w'><zone table='clocks'/><require reject='no_time'/></field>");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    const auto written = [&](const std::string& value) {
        const std::string whole = bench.run("r(a='" + value + "' b='2026-02-01T00:00:00Z')");
        return bench.out.empty() ? whole : whole.substr(whole.find("v=") + 2, whole.find(" w=") - whole.find("v=") - 2);
    };
    BOOST_TEST(written("2026-02-01T09:30:00") == "2026-02-01T09:30:00Z");
    BOOST_TEST(written("2026-02-01T09:30:00.123456789") == "2026-02-01T09:30:00.123456789Z");
    BOOST_TEST(written("2026-02-01T09:30:00+05:00") == "2026-02-01T09:30:00+05:00");
    BOOST_TEST(written("2026-03-29T00:59:59.999") == "2026-03-29T00:59:59.999Z");
    BOOST_TEST(written("2026-03-29T01:00:00") == "date_not_valid@2");
    BOOST_TEST(written("2026-03-29T01:59:59.9") == "date_not_valid@2");
    BOOST_TEST(written("2026-03-29T02:00:00") == "2026-03-29T02:00:00+01:00");
    BOOST_TEST(written("2026-10-25T01:30:00") == "2026-10-25T01:30:00+01:00");
    BOOST_TEST(written("2026-10-25T02:00:00") == "2026-10-25T02:00:00Z");
    for (const char* wrong : {"2025-12-31T23:59:59", "2026-02-30T00:00:00", "2026-02-01", "2026-02-01 09:30:00", "soon"})
        BOOST_TEST(written(wrong) == "date_not_valid@2", wrong);
    BOOST_TEST(bench.run("r(b=soon)") == "no_time@2");
}

BOOST_AUTO_TEST_CASE(is_shown_as_local_clocks_did) {
    Bench bench("r(a:S?)", "t(v:S?)");
    bench.table("clocks", "<code from='2026-01-01T00:00:00' to='Z'/><code from='2026-03-29T01:00:00' to=''/>"
                          "<code from='2026-03-29T02:00:00' to='+01:00'/><code from='2026-10-25T02:00:00' to='Z'/><code from='2027-01-01T00:00:00' to=''/>");
    bench.compile("<field from='a' to='v'><local table='clocks' to='yyyyMMddHHmmss'/></field>");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    const auto written = [&](const std::string& value) {
        const std::string whole = bench.run("r(a='" + value + "')");
        return bench.out.empty() ? whole : whole.substr(whole.find("v=") + 2, whole.size() - whole.find("v=") - 3);
    };
    BOOST_TEST(written("2026-02-01T09:30:00Z") == "20260201093000");
    BOOST_TEST(written("2026-02-01T09:30:00.987654321+05:30") == "20260201040000");
    BOOST_TEST(written("2026-03-29T00:59:59Z") == "20260329005959");
    BOOST_TEST(written("2026-03-29T01:00:00Z") == "20260329020000");
    BOOST_TEST(written("2026-07-01T22:00:00-03:00") == "20260702020000");
    BOOST_TEST(written("2026-10-25T00:30:00Z") == "20261025013000");
    BOOST_TEST(written("2026-10-25T01:30:00Z") == "20261025013000");
    BOOST_TEST(written("2026-10-25T02:00:00Z") == "20261025020000");
    BOOST_TEST(written("2026-12-31T23:59:59Z") == "20261231235959");
    for (const char* wrong : {"2025-12-31T23:59:59Z", "2027-01-01T00:00:00Z", "2026-02-01T09:30:00", "soon"})
        BOOST_TEST(written(wrong) == "date_not_valid@2", wrong);
    BOOST_TEST(::bench::codes_of("r(a)", "t(v:S?)", "<field from='a' to='v'><local table='none-such'/></field>") == "TG-M019");
}

BOOST_AUTO_TEST_CASE(rejects_by_the_code_that_requires_it) {
    Bench bench("r(a?)", "t(v:E)");
    bench.compile("<field from='a' to='v'><require reject='no_sex'/></field>");
    BOOST_TEST(bench.run("r(a=M)") == "t(v=M)");
    BOOST_TEST(bench.run("r(a=X)") == "no_sex@2");
    BOOST_TEST(bench.run("r=''") == "no_sex@1");
}

BOOST_AUTO_TEST_CASE(that_the_schema_lets_be_empty_is_rejected_where_it_is_needed) {
    Bench bench("r(a:S)", "t(v:S)");
    bench.compile("<field from='a' to='v'/>");
    BOOST_TEST(bench.codes() == "TG-M036");
    bench.problems.clear();
    bench.compile("<field from='a' to='v'/>", "unproved='reject'");
    BOOST_TEST(bench.run("r(a=x)") == "t(v=x)");
    BOOST_TEST(bench.run("r(a='')") == "value_absent@1");
    bench.compile("<field from='a' to='v'><trim/><require reject='nothing_said'/></field>");
    BOOST_TEST(bench.run("r(a='  ')") == "nothing_said@2");
}

BOOST_AUTO_TEST_CASE(that_several_rules_write_is_counted_where_the_number_is_limited) {
    Bench bench("r(a* b*)", "t(v{3})");
    bench.compile("<field from='a' to='v'/><field from='b' to='v'/>");
    BOOST_TEST(bench.codes() == "TG-M035");
    bench.problems.clear();
    bench.compile("<field from='a' to='v'/><field from='b' to='v'/><check reject='too_many'/>");
    BOOST_TEST(bench.run("r(a=1 a=2 b=3)") == "t(v=1 v=2 v=3)");
    BOOST_TEST(bench.run("r(a=1 a=2 b=3 b=4)") == "too_many@0");
    bench.compile("<field from='a' to='v'/><field from='b' to='v'/>", "unproved='reject'");
    BOOST_TEST(bench.run("r(a=1 a=2 b=3 b=4)") == "output_not_valid@0");
}

BOOST_AUTO_TEST_CASE(is_counted_once_for_all_branches_of_a_choice) {
    Bench bench("r(a? item{3}(k v))", "t(v{3})");
    const std::string branches = "<choose><when test=\"k = 'x'\"><field from='v' to='v'/></when><otherwise><const to='v' value='none'/></otherwise></choose>";
    bench.compile("<drop from='a' reason='x'/><each from='item'>" + branches + "</each>");
    BOOST_REQUIRE_MESSAGE(bench.mapping, bench.first());
    BOOST_TEST(bench.run("r(item(k=x v=1) item(k=y v=2) item(k=x v=3))") == "t(v=1 v=none v=3)");
    bench.compile("<field from='a' to='v'/><each from='item'>" + branches + "</each>");
    BOOST_TEST(bench.codes() == "TG-M035");
    bench.problems.clear();
    bench.compile("<choose><when test='a'><field from='a' to='v'/></when><otherwise><each from='item'><field from='v' to='v'/></each></otherwise></choose><drop from='item/k' reason='x'/>");
    BOOST_TEST(bench.codes().empty());
    const std::string three = "<choose><when test='a'><field from='a' to='v'/><field from='a' to='v'/><field from='a' to='v'/></when>";
    bench.compile(three + "<otherwise><each from='item'><field from='v' to='v'/></each></otherwise></choose><drop from='item/k' reason='x'/>");
    BOOST_TEST(bench.codes().empty());
    bench.compile(three + "</choose><field from='item/v' to='v'><first/></field><drop from='item/k' reason='x'/>");
    BOOST_TEST(bench.codes() == "TG-M035");
}

BOOST_AUTO_TEST_CASE(excludes_its_alternative_at_run_time_where_the_schemas_cannot_show_it) {
    Bench bench("r(a? b?)", "t([x|y])");
    bench.compile("<field from='a' to='x'/><field from='b' to='y'/>");
    BOOST_TEST(bench.codes() == "TG-M035 TG-M035");
    bench.problems.clear();
    bench.compile("<field from='a' to='x'/><field from='b' to='y'/><check reject='not_one'/>");
    BOOST_TEST(bench.run("r(b=1)") == "t(y=1)");
    BOOST_TEST(bench.run("r(a=1 b=1)") == "not_one@0");
    BOOST_TEST(bench.run("r=''") == "not_one@0");
    bench.compile("<field from='a' to='x'/><field from='b' to='y'/>", "unproved='reject'");
    BOOST_TEST(bench.run("r=''") == "output_not_valid@0");
    bench.compile("<choose><when test='a'><field from='a' to='x'/></when><otherwise><const to='y' value='1'/><drop from='b' reason='x'/></otherwise></choose>", "unproved='reject'");
    BOOST_TEST(bench.codes() == "TG-M038");
    bench.problems.clear();
    bench.compile("<choose><when test='a'><field from='a' to='x'/></when><otherwise><const to='y' value='1'/></otherwise></choose><drop from='b' reason='x'/><check reject='not_one'/>");
    BOOST_TEST(bench.codes() == "TG-M037");
}

BOOST_AUTO_TEST_CASE(meets_a_reject_rule_with_its_code_and_place) {
    Bench bench("r(item*(a?))", "t(v*)");
    bench.compile("<each from='item'><choose><when test=\"a = 'bad'\"><reject code='bad_item' reason='not wanted'/></when></choose><field from='a' to='v'/></each>");
    BOOST_TEST(bench.run("r(item(a=1) item(a=bad))") == "bad_item@4");
    BOOST_TEST(bench.rejections[0].what == "/r/item: not wanted (mappings/test/mapping.xml:5)");
}

BOOST_AUTO_TEST_CASE(never_changes_with_the_thread_that_asks_for_it) {
    Bench bench("r(item*(n))", "t(v*)");
    bench.compile("<each from='item' to='v'><field from='n' to='.'><upper/></field></each>");
    const auto source = bench::document(bench.mapping->from(), "r(item(n=a) item(n=b))");
    std::vector<std::string> seen(4);
    std::vector<std::jthread> threads;
    for (auto& each : seen)
        threads.emplace_back([&each, &bench, &source] {
            std::vector<hub::formats::Document> out;
            for (int i = 0; i < 200; ++i) {
                if (!bench.mapping->apply(source, {}, out).empty()) return;
                each = bench::text(out.at(0));
            }
        });
    threads.clear();
    for (const auto& each : seen) BOOST_TEST(each == "t(v=A v=B)");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_condition)

namespace {

struct Asked : Bench {
    Asked() : Bench("r(@id? a? b? sex:E? many* g?(x))", "t(v?)") {
        table("codes", "<code from='1' to='x'/><code from='2' to='x' valid-from='2026-04-01'/>");
        hub::mapping::SchemaLibrary library(texts);
        schema = library.get("from.xsd", "r", hub::formats::Format::xml, problems);
    }
    std::string ask(const std::string& test, const std::string& notation, std::string_view day = {}) {
        hub::Problems found;
        const auto condition = hub::mapping::compile_condition(test, *schema, tables, {"site.xml", 7, 3, "", "", ""}, found);
        if (!condition) return found.front().code + "@" + std::to_string(found.front().line);
        return condition->holds(bench::document(*schema, notation), day) ? "yes" : "no";
    }
    std::shared_ptr<const hub::formats::Schema> schema{};
};

}  // namespace

BOOST_AUTO_TEST_CASE(tests_presence_and_values) {
    Asked asked;
    BOOST_TEST(asked.ask("", "r=''") == "yes");
    BOOST_TEST(asked.ask("a", "r(a=1)") == "yes");
    BOOST_TEST(asked.ask("a", "r(a='')") == "no");
    BOOST_TEST(asked.ask("g", "r(g(x=1))") == "yes");
    BOOST_TEST(asked.ask("/r/g/x", "r(g(x=1))") == "yes");
    BOOST_TEST(asked.ask("@id = '7'", "r(@id=7)") == "yes");
    BOOST_TEST(asked.ask("a = '1'", "r(a=2)") == "no");
    BOOST_TEST(asked.ask("a != '1'", "r(a=2)") == "yes");
    BOOST_TEST(asked.ask("a != '1'", "r=''") == "no");
    BOOST_TEST(asked.ask("many = 'x'", "r(many=y many=x)") == "yes");
    BOOST_TEST(asked.ask("many[1] = 'x'", "r(many=y many=x)") == "no");
    BOOST_TEST(asked.ask("a in ('1', \"2\")", "r(a=2)") == "yes");
}

BOOST_AUTO_TEST_CASE(combines_tests) {
    Asked asked;
    BOOST_TEST(asked.ask("a and b or sex = 'M'", "r(sex=M)") == "yes");
    BOOST_TEST(asked.ask("a and (b or sex = 'M')", "r(sex=M)") == "no");
    BOOST_TEST(asked.ask("not(a) and not(b)", "r(sex=M)") == "yes");
    BOOST_TEST(asked.ask("not(a and b)", "r(a=1 b=1)") == "no");
}

BOOST_AUTO_TEST_CASE(asks_a_code_table_as_of_a_day) {
    Asked asked;
    BOOST_TEST(asked.ask("a in codes('codes')", "r(a=1)") == "yes");
    BOOST_TEST(asked.ask("a in codes('codes')", "r(a=3)") == "no");
    BOOST_TEST(asked.ask("a in codes('codes')", "r(a=2)") == "no");
    BOOST_TEST(asked.ask("a in codes('codes')", "r(a=2)", "2026-03-31T00:00:00Z") == "no");
    BOOST_TEST(asked.ask("a in codes('codes')", "r(a=2)", "2026-04-01T00:00:00Z") == "yes");
    BOOST_TEST(asked.ask("a in codes('code')", "r(a=2)") == "TG-M019@7");
}

BOOST_AUTO_TEST_CASE(is_refused_when_it_names_what_does_not_exist) {
    Asked asked;
    BOOST_TEST(asked.ask("aa", "r=''") == "TG-M003@7");
    BOOST_TEST(asked.ask("sex = 'X'", "r=''") == "TG-M013@7");
    BOOST_TEST(asked.ask("a or", "r=''") == "TG-M014@7");
}

BOOST_AUTO_TEST_CASE(names_fields_for_others_by_path) {
    Asked asked;
    hub::Problems problems;
    const hub::Problem place{"facts.xml", 3, 1, "", "", ""};
    BOOST_TEST(asked.schema->path_of(hub::mapping::resolve_path("g/x", *asked.schema, place, problems)) == "/r/g/x");
    BOOST_TEST(asked.schema->path_of(hub::mapping::resolve_path("/r/@id", *asked.schema, place, problems)) == "/r/@id");
    BOOST_TEST(problems.empty());
    BOOST_TEST(hub::mapping::resolve_path("g/y", *asked.schema, place, problems) == hub::formats::no_decl);
    BOOST_TEST(hub::mapping::resolve_path("many[1]", *asked.schema, place, problems) == hub::formats::no_decl);
    BOOST_TEST(problems.size() == 2u);
    BOOST_TEST(problems[0].file == "facts.xml");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_limit)

BOOST_AUTO_TEST_CASE(of_the_language_is_a_problem_that_names_it) {
    using namespace hub::mapping;
    const auto first = [](const std::string& rules) {
        Bench bench("r(a)", "t(v?)");
        bench.compile(rules);
        return bench.problems.empty() ? std::string() : bench.problems.front().code + " " + bench.problems.front().what;
    };
    std::string many, open, close, path = "a", test = "a";
    for (std::size_t i = 0; i <= rules_max; ++i) many += "<drop from='a' reason='x'/>\n";
    for (std::size_t i = 0; i <= nesting_max; ++i) open += "<choose><when test='a'>", close += "</when></choose>";
    for (std::size_t i = 0; i < path_steps_max; ++i) path += "/a";
    for (std::size_t i = 0; i < test_terms_max; ++i) test += " or a";
    BOOST_TEST(first(many).find("TG-M001 rules_max = 5000") == 0u);
    BOOST_TEST(first(open + close).find("TG-M001 nesting_max = 24") == 0u);
    BOOST_TEST(first("<field from='" + path + "' to='v'/>").find("path_steps_max = 32") != std::string::npos);
    BOOST_TEST(first("<choose><when test='" + test + "'/></choose>").find("test_terms_max = 200") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_a_code_table_is_a_problem_that_names_it) {
    Bench bench("r(a)", "t(v?)");
    std::string rows;
    for (std::size_t i = 0; i <= hub::mapping::code_rows_max; ++i) rows += "<code from='" + std::to_string(i) + "' to='x'/>";
    bench.table("large", rows);
    BOOST_TEST(bench.first().find("code_rows_max = 50000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(of_the_outputs_of_one_record_rejects_it) {
    Bench bench("r(a*)", "t(v)");
    bench.compile("<field from='.' to='v'/>", "split='a'");
    std::string notation = "r(";
    for (std::size_t i = 0; i < hub::mapping::outputs_max; ++i) notation += "a=1 ";
    bench.run(notation + ")");
    BOOST_TEST(bench.rejections.empty());
    BOOST_TEST(bench.out.size() == hub::mapping::outputs_max);
    BOOST_TEST(bench.run(notation + "a=1)").find("too_many_outputs@") == 0u);
}

BOOST_AUTO_TEST_CASE(of_an_outputs_size_rejects_the_record) {
    Bench bench("r(a:S* b:S?)", "t(v:S*)");
    bench.compile("<field from='a' to='v'/><each from='a' to='v'><field from='/r/b' to='.'/></each>");
    const std::string large(hub::mapping::output_bytes_max / 2, 'x');
    BOOST_TEST(bench.run("r(a=1 a=2 b='" + large + "')").substr(0, 2) == "ou");
    BOOST_TEST(bench.rejections.at(0).code == "output_too_large");
    BOOST_TEST(bench.rejections.at(0).what.find("output_bytes_max") == 0u);
    std::string nodes = "r(";
    for (std::size_t i = 0; i < hub::mapping::output_nodes_max / 2; ++i) nodes += "a=1 ";
    BOOST_TEST(bench.run(nodes + ")").find("output_too_large@") == 0u);
    BOOST_TEST(bench.rejections.at(0).what.find("output_nodes_max") == 0u);
}

BOOST_AUTO_TEST_CASE(of_rejections_stops_listing_them) {
    Bench bench("r(a*)", "t(v:E*)");
    bench.compile("<field from='a' to='v'><require reject='no'/></field>");
    std::string notation = "r(";
    for (std::size_t i = 0; i < hub::mapping::rejections_max + 9; ++i) notation += "a=1 ";
    bench.run(notation + ")");
    BOOST_TEST(bench.rejections.size() == hub::mapping::rejections_max);
}

BOOST_AUTO_TEST_SUITE_END()
