// Facts stated as such, through the exchange and under the plan of the national site: who may state what, and what is told of the rest.
#include <boost/test/unit_test.hpp>

#include "hub/core/prepare.hpp"
#include "tests/scenarios/reference_plan.hpp"

using namespace hub;

namespace {

std::shared_ptr<const core::Prepared> stated(const std::string& matters, const std::string& sender = "probation") {
    static core::Workbench bench;
    core::Header header;
    header.source = "fact_statements";
    header.sender = sender;
    header.exchange = "fact_statement_in";
    header.message_id = "m1";
    header.instant = *parse_instant("2026-11-25T09:00:00Z");
    const std::string bytes = R"({"version": 1, "person": {"identifiers": [{"type": "CRN", "value": "X901102"}]}, "matters": [)" + matters + "]}";
    return core::prepare(header, bytes, scenarios::reference_plan(), bench);
}

std::string codes(const core::Prepared& prepared) {
    std::string text;
    for (const Problem& problem : prepared.problems) {
        text += problem.code + " ";
        BOOST_TEST(!problem.cure.empty());
    }
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stated_facts)

BOOST_AUTO_TEST_CASE(what_a_party_may_state_becomes_facts_of_its_matters) {
    const auto prepared = stated(R"({"kind": "requirement", "reference": "R1", "facts": [{"kind": "unpaid_work.completed", "value": "2026-10-30", "validFrom": "2026-10-30"}]},
                                    {"kind": "person", "reference": "of no use", "facts": [{"kind": "person.care_leaver", "value": "yes"}]})");
    BOOST_TEST(codes(*prepared) == "");
    BOOST_REQUIRE(prepared->children.size() == 1u);
    std::string facts;
    for (const core::Fact& fact : prepared->children[0].facts) facts += fact.matter + "/" + fact.matter_id + " " + fact.kind + "=" + fact.value + " from " + fact.valid_from + "\n";
    BOOST_TEST(facts == "requirement/R1 unpaid_work.completed=2026-10-30 from 2026-10-30\nperson/ person.care_leaver=yes from 2026-11-25T09:00:00.000000Z\n");
    BOOST_TEST(prepared->children[0].taken_back.empty());
}

BOOST_AUTO_TEST_CASE(what_is_taken_back_is_no_fact) {
    const auto prepared = stated(R"({"kind": "requirement", "reference": "R1", "facts": [{"kind": "unpaid_work.completed", "retracted": "yes"}]})");
    BOOST_TEST(codes(*prepared) == "");
    BOOST_REQUIRE(prepared->children.size() == 1u);
    BOOST_TEST(prepared->children[0].facts.empty());
    BOOST_REQUIRE(prepared->children[0].taken_back.size() == 1u);
    BOOST_TEST(prepared->children[0].taken_back[0].kind == "unpaid_work.completed");
    BOOST_TEST(prepared->children[0].taken_back[0].value == "");
    BOOST_TEST(prepared->children[0].taken_back[0].valid_from == "");
}

BOOST_AUTO_TEST_CASE(nobody_states_what_the_site_does_not_let_them) {
    const std::string facts = R"({"kind": "release", "reference": "B1", "facts": [{"kind": "release.crd", "value": "2027-01-01"}]})";
    BOOST_TEST(codes(*stated(facts)) == "TG-K042 ");
    BOOST_TEST(codes(*stated(R"({"kind": "person", "facts": [{"kind": "person.care_leaver", "value": "yes"}]})", "police")) == "TG-K042 ");
    BOOST_TEST(stated(facts)->children.empty());
}

BOOST_AUTO_TEST_CASE(every_fault_is_told_at_once_and_none_quotes_a_value) {
    const auto prepared = stated(R"({"kind": "requirement", "reference": "R1", "facts": [{"kind": "unpaid_work.complete", "value": "2026-10-30"}, {"kind": "unpaid_work.completed", "value": "secret"},
                                     {"kind": "person.care_leaver", "value": "yes"}, {"kind": "unpaid_work.end_overview", "value": "2026-02-30"}, {"kind": "unpaid_work.travel_exception"}]})");
    BOOST_TEST(codes(*prepared) == "TG-K041 TG-K043 TG-K043 TG-K043 TG-K043 ");
    BOOST_TEST(prepared->children.empty());
    for (const Problem& problem : prepared->problems) BOOST_TEST(problem.what.find("secret") == std::string::npos);
    BOOST_TEST(prepared->problems[0].cure == "did you mean 'unpaid_work.completed'?");
}

BOOST_AUTO_TEST_SUITE_END()
