// Edits of a mapping: which there are, that they change what they say, and what excuses them.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "hub/mapping/mutations.hpp"
#include "tests/mapping/bench.hpp"

using namespace hub::mapping;

namespace {

/// Mutations of rules between two small schemas, and what comes of a document with one of them.
struct Trial {
    Trial(const std::string& from, const std::string& to, const std::string& rules) : bench(from, to), schemas(bench.texts) {
        bench.table("sex", "<code from='M' to='male'/><code from='F' to='female'/>");
        mutations = Mutations::of("m/x/mapping.xml",
                                  "<mapping xmlns=\"urn:throughgate:mapping:1\"><about>x</about><from schema=\"from.xsd\" format=\"xml\"/>"
                                  "<to schema=\"to.xsd\" format=\"xml\"/>\n" + rules + "</mapping>", schemas, bench.tables);
        BOOST_REQUIRE(mutations);
    }
    const Edit& edit(const std::string& what) const {
        const auto& edits = mutations->edits();
        const auto found = std::find_if(edits.begin(), edits.end(), [&](const Edit& each) { return each.what == what; });
        BOOST_REQUIRE_MESSAGE(found != edits.end(), what);
        return *found;
    }
    /// "refused" when the checker does not let the edit pass.
    std::string result(const std::string& what, const std::string& document) {
        const auto mapping = mutations->make(edit(what));
        return mapping ? run(*mapping, document) : "refused";
    }
    std::string run(const Mapping& mapping, const std::string& document) {
        std::vector<hub::formats::Document> out;
        const auto rejections = mapping.apply(bench::document(mapping.from(), document), {}, out);
        return rejections.empty() ? bench::text(out.at(0)) : rejections[0].code;
    }

    bench::Bench bench;
    SchemaLibrary schemas;
    std::unique_ptr<Mutations> mutations{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(an_edit)

BOOST_AUTO_TEST_CASE(changes_a_value_a_step_or_a_table) {
    Trial trial("r(a b:E)", "t(v:S w? x:K y?)", "<field from='a' to='v'><upper/><prepend value='n'/></field>\n<field from='b' to='w'><code table='sex'/></field>\n<const to='x' value='one'/>");
    BOOST_TEST(trial.run(trial.mutations->original(), "r(a=q b=M)") == "t(v=nQ w=male x=one)");
    BOOST_TEST(trial.result("remove <upper>", "r(a=q b=M)") == "t(v=nq w=male x=one)");
    BOOST_TEST(trial.result("lower, not upper case", "r(a=Q b=M)") == "t(v=nq w=male x=one)");
    BOOST_TEST(trial.result("another text", "r(a=q b=M)") == "t(v=n1Q w=male x=one)");
    BOOST_TEST(trial.result("every row of 'sex' gives another row's value", "r(a=q b=M)") == "t(v=nQ w=female x=one)");
    BOOST_TEST(trial.result("write another value than 'one'", "r(a=q b=M)") == "t(v=nQ w=male x=two)");
    BOOST_TEST(trial.result("drop the rule", "r(a=q b=M)") == "refused");
    BOOST_TEST(trial.edit("remove <upper>").line == 2);
}

BOOST_AUTO_TEST_CASE(changes_what_is_taken_out_of_a_text_and_what_it_is_filled_up_with) {
    Trial trial("r(a)", "t(v)", "<field from='a' to='v'><extract pattern='([0-9]{1,9}) .*' default='none'/><pad length='3' with='0'/></field>");
    BOOST_TEST(trial.run(trial.mutations->original(), "r(a='7 x')") == "t(v=007)");
    BOOST_TEST(trial.result("remove <extract>", "r(a='7 x')") == "t(v='7 x')");
    BOOST_TEST(trial.result("another default of <extract>", "r(a=x)") == "t(v=nonex)");
    BOOST_TEST(trial.result("one character more", "r(a='7 x')") == "t(v=0007)");
    BOOST_TEST(trial.result("on the other side", "r(a='7 x')") == "t(v=700)");
    BOOST_TEST(trial.result("with another character", "r(a='7 x')") == "t(v=117)");
    Trial rejecting("r(a)", "t(v)", "<field from='a' to='v'><extract pattern='([0-9]{1,9}) .*' reject='no'/></field>");
    BOOST_TEST(rejecting.result("reject with another code", "r(a=x)") == "no_other");
}

BOOST_AUTO_TEST_CASE(changes_a_test_a_branch_or_the_sources_of_two_fields) {
    Trial trial("r(a b c?)", "t(v w x?)",
                "<field from='a' to='v'/><field from='b' to='w'/><choose><when test=\"c in ('1', '2')\"><const to='x' value='y'/></when></choose>");
    BOOST_TEST(trial.run(trial.mutations->original(), "r(a=1 b=2 c=2)") == "t(v=1 w=2 x=y)");
    BOOST_TEST(trial.result("exchange the sources 'a' and 'b'", "r(a=1 b=2)") == "t(v=2 w=1)");
    BOOST_TEST(trial.result("negate the test", "r(a=1 b=2)") == "t(v=1 w=2 x=y)");
    BOOST_TEST(trial.result("without '2'", "r(a=1 b=2 c=2)") == "t(v=1 w=2)");
}

BOOST_AUTO_TEST_CASE(changes_a_rejection_or_a_predicate) {
    Trial trial("r(a* b?)", "t(v?)", "<field from='a[1]' to='v'/><choose><when test='b'><reject code='no' reason='x'/></when></choose>");
    BOOST_TEST(trial.result("reject with another code", "r(b=1)") == "no_other");
    BOOST_TEST(trial.result("take the next one", "r(a=1 a=2)") == "t(v=2)");
}

BOOST_AUTO_TEST_CASE(changes_the_code_of_a_check_inside_of_a_rule) {
    Trial trial("r(a* b*)", "t(u?(v{3}))", "<within to='u'><check reject='too_many'/><field from='a' to='v'/><field from='b' to='v'/></within>");
    BOOST_TEST(trial.run(trial.mutations->original(), "r(a=1 a=2 b=3 b=4)") == "too_many");
    BOOST_TEST(trial.result("reject with another code", "r(a=1 a=2 b=3 b=4)") == "too_many_other");
    BOOST_TEST(trial.result("drop the rule", "r(a=1 a=2 b=3 b=4)") == "refused");
}

BOOST_AUTO_TEST_CASE(of_every_rule_is_there_and_none_of_a_drop) {
    Trial trial("r(a i*(k))", "t(v?)", "<field from='a' to='v'/><drop from='i' reason='x'/>");
    BOOST_TEST(trial.mutations->edits().size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(an_excuse)

BOOST_AUTO_TEST_CASE(is_of_one_kind_and_of_the_rule_that_follows) {
    Trial trial("r(a b)", "t(v w)", "<unnoticed edit='step' reason='the court writes capitals only'/>\n<field from='a' to='v'><upper/></field><field from='b' to='w'><upper/></field>");
    std::size_t excused = 0;
    for (const Edit& each : trial.mutations->edits()) {
        if (each.excuse.empty()) continue;
        ++excused;
        BOOST_TEST(each.kind == "step");
        BOOST_TEST(each.line == 3);
        BOOST_TEST(each.excuse == "the court writes capitals only");
    }
    BOOST_TEST(excused == 2u);
    BOOST_REQUIRE(trial.mutations->excuses().size() == 1u);
    BOOST_TEST(trial.mutations->excuses()[0].edits.size() == 2u);
}

BOOST_AUTO_TEST_CASE(needs_a_rule) {
    BOOST_TEST(bench::codes_of("r(a)", "t(v)", "<field from='a' to='v'/><unnoticed edit='step' reason='x'/>") == "TG-M044");
    BOOST_TEST(bench::codes_of("r(a)", "t(v)", "<unnoticed edit='steps' reason='x'/><field from='a' to='v'/>").find("TG-F205") == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
