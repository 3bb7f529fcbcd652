// A route without a clause of a live agreement between its parties does not compile (laws 7 and 16).
#include "tests/site/small_site.hpp"

using namespace hub;
using tests::line_of;

BOOST_FIXTURE_TEST_SUITE(site_agreements, tests::SmallSite)

BOOST_AUTO_TEST_CASE(an_agreement_without_a_clause_for_the_record_lets_nothing_go) {
    edit(agreement, "record=\"note\"", "record=\"other\"");
    BOOST_TEST(problem("TG-S021").line == line_of(*this, site, "<route"));
}

BOOST_AUTO_TEST_CASE(a_clause_shares_fields_that_the_record_has) {
    edit(agreement, "<share path=\"topic\"/>", "<share path=\"topic\"/><share path=\"topics\"/>");
    const Problem& found = problem("TG-A008");
    BOOST_TEST(found.line == line_of(*this, agreement, "<clause"));
    BOOST_TEST(found.column > 0);
    BOOST_TEST(found.cure == "write 'topic'");
}

BOOST_AUTO_TEST_CASE(an_agreement_that_is_not_live_lets_nothing_go) {
    for (const char* state : {"draft", "suspended", "lapsed", "revoked"}) {
        tests::SmallSite fresh;
        fresh.edit(agreement, "state=\"live\"", std::string("state=\"") + state + "\"");
        BOOST_TEST(fresh.problem("TG-S022").line == line_of(fresh, site, "<route"));
    }
}

BOOST_AUTO_TEST_CASE(an_agreement_holds_from_its_first_day_and_not_on_its_last) {
    const auto loads_at = [this](const char* instant) {
        now = *parse_instant(instant);
        return load().has_value();
    };
    BOOST_TEST(!loads_at("2025-12-31T23:59:59.999999Z"));
    BOOST_TEST(count("TG-S022") == 1U);
    BOOST_TEST(problems[0].file == agreement);
    BOOST_TEST(loads_at("2026-01-01T00:00:00Z"));
    BOOST_TEST(loads_at("2026-12-31T23:59:59Z"));
    BOOST_TEST(!loads_at("2027-01-01T00:00:00Z"));
}

BOOST_AUTO_TEST_CASE(the_recipient_must_be_in_the_agreement) {
    edit(agreement, "<party name=\"library\"", "<party name=\"hub\"");
    BOOST_TEST(problem("TG-S023").what.find("library") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(somebody_who_sends_the_record_must_be_in_the_agreement) {
    edit(site, "<party name=\"clerk\"", "<party name=\"stranger\" title=\"S\" kind=\"x\" regime=\"law_enforcement\"/><party name=\"clerk\"");
    edit(agreement, "<party name=\"clerk\"", "<party name=\"stranger\"");
    problem("TG-S025");
}

BOOST_AUTO_TEST_CASE(a_crossing_of_regimes_needs_a_gateway) {
    edit(site, "kind=\"library\" regime=\"law_enforcement\"", "kind=\"library\" regime=\"uk_gdpr\"");
    BOOST_TEST(problem("TG-S024").cure.find("<gateway>") != std::string::npos);
    edit(agreement, "Public task</basis>", "Public task</basis><gateway citation=\"An Act, section 2\">Disclosure to a library</gateway>");
    BOOST_TEST(load().has_value());
}

BOOST_AUTO_TEST_CASE(a_consent_needs_a_record_type_that_can_carry_it) {
    edit(canonical, "name=\"consent\"", "name=\"agreed\"");
    edit(note_out, "from=\"consent\"", "from=\"agreed\"");
    problem("TG-S026");
}

BOOST_AUTO_TEST_CASE(a_need_is_a_path_of_the_record) {
    edit(agreement, "<needs path=\"topic\"/>", "<needs path=\"topics\"/>");
    BOOST_TEST(!load());
    BOOST_REQUIRE(problems.size() == 1U);
    BOOST_TEST(problems[0].file == agreement);
}

BOOST_AUTO_TEST_CASE(a_field_that_the_exchange_reads_and_the_clause_does_not_share_stops_the_route) {
    edit(agreement, "<share path=\"topic\"/>", "");
    BOOST_TEST(!load());
    BOOST_REQUIRE(problems.size() == 1U);
    BOOST_TEST(problems[0].code.substr(0, 4) == "TG-A");
    BOOST_TEST(problems[0].what.find("topic") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_condition_is_checked_against_the_record_type) {
    edit(site, "when=\"topic in", "when=\"topics in");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == site);
    BOOST_TEST(problems[0].line == line_of(*this, site, "<route"));
}

BOOST_AUTO_TEST_CASE(a_code_table_that_is_not_there_is_said) {
    disk.files.erase("/lib/mappings/codes/wanted.xml");
    disk.files.erase("/lib/mappings/codes/subjects.xml");
    BOOST_TEST(!load());
    BOOST_TEST(problems.size() == 2U);
    for (const Problem& problem : problems) BOOST_TEST(problem.what.find("table") != std::string::npos, to_text(problem));
}

BOOST_AUTO_TEST_CASE(the_first_pause_is_not_longer_than_the_longest) {
    edit(site, "attempts-max=\"3\"", "attempts-max=\"3\" pause-first-ms=\"5000\" pause-most-ms=\"4999\"");
    problem("TG-S027");
    edit(site, "pause-most-ms=\"4999\"", "pause-most-ms=\"5000\"");
    BOOST_TEST(load().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
