// Reading agreements: what the file says, and every way in which it can contradict itself.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <sstream>

#include "hub/agreements/agreement.hpp"

using namespace hub;
using namespace hub::agreements;

namespace {

std::string xsd() {
    std::ifstream file(HUB_SOURCE_DIR "/schemas/site/agreement.xsd");
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Parts {
    std::string state = "live", from = "2026-04-01", to = "2027-04-01";
    std::string parties = "<party name='probation' role='controller'/>\n<party name='health' role='joint_controller'/>\n";
    std::string gateway = "<gateway citation='s. 36'>Recorded</gateway>\n";
    std::string clauses = "<clause id='c1' record='referral'>\n<consent kind='health_referral'/>\n<needs path='need'/>\n"
                          "<share path='person/name' below='all'/>\n<share path='need'/>\n</clause>\n";
};

std::string file(const Parts& parts = {}) {
    return "<agreement xmlns='urn:throughgate:agreement:1' name='p_h' regime='uk_gdpr' state='" + parts.state + "' valid-from='" + parts.from +
           "' valid-to='" + parts.to + "' review-by='2027-01-01'>\n<title>Referrals</title>\n" + parts.parties +
           "<purpose>Care</purpose>\n<basis citation='article 6'>Task</basis>\n" + parts.gateway + parts.clauses + "</agreement>\n";
}

std::shared_ptr<const Agreement> read_it(const std::string& text, Problems& problems) {
    const std::string shape = xsd();
    return read("agreements/p_h.xml", text, problems, &shape);
}

std::string codes(const Parts& parts) {
    Problems problems;
    const auto agreement = read_it(file(parts), problems);
    std::string text;
    for (const Problem& problem : problems) {
        BOOST_TEST(problem.file == "agreements/p_h.xml");
        BOOST_TEST(problem.line > 0);
        BOOST_TEST((problem.code.starts_with("TG-F") || !problem.cure.empty()));  // the XSD validator knows no cures
        text += (text.empty() ? "" : " ") + problem.code;
    }
    BOOST_TEST((agreement == nullptr) == !problems.empty());
    return text;
}

Instant at(const char* text) { return *parse_instant(text); }

}  // namespace

BOOST_AUTO_TEST_CASE(an_agreement_says_who_what_why_and_until_when) {
    Problems problems;
    const auto agreement = read_it(file(), problems);
    BOOST_REQUIRE(agreement);
    BOOST_TEST(problems.empty());
    BOOST_TEST(agreement->name == "p_h");
    BOOST_TEST(agreement->title == "Referrals");
    BOOST_TEST((agreement->parties == std::vector<std::string>{"probation", "health"}));
    BOOST_TEST((agreement->regime == Regime::uk_gdpr && agreement->state == State::live));
    BOOST_TEST(agreement->gateway == "Recorded (s. 36)");
    BOOST_TEST(agreement->citation == "article 6");
    const Clause& clause = agreement->clauses.at(0);
    BOOST_TEST(clause.record_type == "referral");
    BOOST_TEST((clause.consents == std::vector<std::string>{"health_referral"}));
    BOOST_TEST((clause.needs == std::vector<std::string>{"need"}));
    BOOST_TEST((clause.paths == std::set<std::string>{"need", "person/name"}));
    BOOST_TEST((clause.trees == std::set<std::string>{"person/name"}));
    BOOST_TEST(clause.line == 8);
}

BOOST_AUTO_TEST_CASE(an_agreement_without_a_gateway_has_none_recorded) {
    Problems problems;
    Parts parts;
    parts.gateway = "";
    BOOST_TEST(read_it(file(parts), problems)->gateway.empty());
}

BOOST_AUTO_TEST_CASE(an_agreement_is_in_force_from_its_first_day_until_the_day_it_no_longer_holds) {
    Problems problems;
    const auto agreement = read_it(file(), problems);
    BOOST_TEST(!in_force(*agreement, at("2026-03-31T23:59:59.999999Z")));
    BOOST_TEST(in_force(*agreement, at("2026-04-01T00:00:00Z")));
    BOOST_TEST(in_force(*agreement, at("2027-03-31T23:59:59.999999Z")));
    BOOST_TEST(!in_force(*agreement, at("2027-04-01T00:00:00Z")));
}

BOOST_AUTO_TEST_CASE(only_a_live_agreement_is_in_force) {
    for (const char* state : {"draft", "suspended", "lapsed", "revoked"}) {
        Problems problems;
        Parts parts;
        parts.state = state;
        const auto agreement = read_it(file(parts), problems);
        BOOST_TEST(name_of(agreement->state) == state);
        BOOST_TEST(!in_force(*agreement, at("2026-06-01T00:00:00Z")), state);
    }
}

BOOST_AUTO_TEST_CASE(contradictions_are_found_with_line_and_cure) {
    Parts parts;
    parts.to = parts.from;
    BOOST_TEST(codes(parts) == "TG-A002");
    parts = {};
    parts.parties += "<party name='health' role='controller'/>\n";
    BOOST_TEST(codes(parts) == "TG-A003");
    const std::string one = "<clause id='c1' record='referral'><share path='need'/></clause>\n";
    parts = {};
    parts.clauses = one + "<clause id='c1' record='court_result'><share path='need'/></clause>\n";
    BOOST_TEST(codes(parts) == "TG-A004");
    parts.clauses = one + "<clause id='c2' record='referral'><share path='need'/></clause>\n";
    BOOST_TEST(codes(parts) == "TG-A004");
    parts.clauses = "<clause id='c1' record='referral'><share path='need'/><share path='need'/></clause>\n";
    BOOST_TEST(codes(parts) == "TG-A006");
    for (const char* path : {"/person", "person/", "person//name", "offence[1]"}) {
        parts.clauses = "<clause id='c1' record='referral'><share path='" + std::string(path) + "'/></clause>\n";
        BOOST_TEST(codes(parts) == "TG-A007", path);
    }
}

BOOST_AUTO_TEST_CASE(every_contradiction_is_reported_in_one_reading) {
    Parts parts;
    parts.to = "2025-01-01";
    parts.parties += "<party name='health' role='controller'/>\n";
    parts.clauses += "<clause id='c1' record='referral'><share path='/x'/></clause>\n";
    BOOST_TEST(codes(parts) == "TG-A002 TG-A003 TG-A004 TG-A007");
}

BOOST_AUTO_TEST_CASE(what_the_xsd_does_not_allow_is_refused) {
    Parts parts;
    parts.state = "signed";
    BOOST_TEST(codes(parts).starts_with("TG-F2"));
    parts = {};
    parts.clauses = "";
    BOOST_TEST(codes(parts).starts_with("TG-F2"));
}

BOOST_AUTO_TEST_CASE(without_the_xsd_wrong_words_and_dates_are_found_all_the_same) {
    Parts parts;
    parts.state = "signed";
    parts.from = "2026-13-01";
    parts.clauses = "";
    Problems problems;
    BOOST_TEST(!read("a.xml", file(parts), problems));
    BOOST_REQUIRE(problems.size() == 3u);
    BOOST_TEST(problems[0].code == "TG-A001");
    BOOST_TEST(problems[1].code == "TG-A001");
    BOOST_TEST(problems[2].code == "TG-A005");
    problems.clear();
    BOOST_TEST(!read("a.xml", "<site/>", problems));
    BOOST_TEST(problems.front().code == "TG-A001");
}
