// How an answer came about, in words.
#include "expression_world.hpp"

using namespace expression_world;

namespace {

std::vector<std::string> told(World& in, std::string_view text, std::string_view as_of = "2026-11-24") {
    Derivation derivation;
    Asking asking = in.ask(at(as_of));
    asking.derivation = &derivation;
    in.read(text).evaluate(asking);
    std::vector<std::string> out;
    for (const DerivationStep& each : derivation) out.push_back(std::string(name_of(each.kind)) + ": " + each.text);
    return out;
}

void says(World& in, std::string_view text, const std::vector<std::string>& wanted) {
    const std::vector<std::string> steps = told(in, text);
    BOOST_CHECK_EQUAL_COLLECTIONS(steps.begin(), steps.end(), wanted.begin(), wanted.end());
}

World world() {
    World in;
    in.fact("release.crd", "2026-10-01", "2026-01-03", "2026-01-03T10:00:00Z", "r12");
    in.fact("release.category", "open", "2026-01-03", "2026-02-01");
    in.fact("release.left", "2026-07-01T12:30:00Z", "2026-01-03", "2026-02-01", "r13");
    return in;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_fact_is_told_with_its_record_and_when_it_was_said) {
    World in = world();
    says(in, "release.crd", {"fact: release.crd is Thursday 1 October 2026 (record r12, told 3 January 2026)"});
    says(in, "release.category", {"fact: release.category is 'open' (told 1 February 2026)"});
    says(in, "release.left", {"fact: release.left is Wednesday 1 July 2026 at 13:30 (record r13, told 1 February 2026)"});
    says(in, "release.ard", {"missing: release.ard is not known"});
    Derivation derivation;
    Asking asking = in.ask(at("2026-11-24"));
    asking.derivation = &derivation;
    in.read("release.crd").evaluate(asking);
    BOOST_TEST(derivation[0].source == "r12");
    BOOST_TEST((derivation[0].recorded_at == at("2026-01-03T10:00:00Z")));
}

BOOST_AUTO_TEST_CASE(lengths_of_time_are_told_step_by_step) {
    World in = world();
    says(in, "release.crd - 8 months - 14 days",
         {"fact: release.crd is Thursday 1 October 2026 (record r12, told 3 January 2026)", "offset: release.crd less 8 months is Sunday 1 February 2026",
          "offset: release.crd - 8 months less 14 days is Sunday 18 January 2026"});
}

BOOST_AUTO_TEST_CASE(each_working_day_is_told_as_counted_or_not) {
    World in;
    in.fact("release.crd", "2026-08-28", "2026-01-03", "2026-01-03", "r1");
    says(in, "release.crd + 2 working days",
         {"fact: release.crd is Friday 28 August 2026 (record r1, told 3 January 2026)", "skipped: Saturday 29 August 2026 is not counted: Saturday",
          "skipped: Sunday 30 August 2026 is not counted: Sunday", "skipped: Monday 31 August 2026 is not counted: Summer bank holiday", "counted: Tuesday 1 September 2026 is counted",
          "counted: Wednesday 2 September 2026 is counted", "offset: release.crd plus 2 working days is Wednesday 2 September 2026"});
    const std::vector<std::string> back = told(in, "release.crd - 1 working day");
    BOOST_REQUIRE_EQUAL(back.size(), 3u);
    BOOST_TEST(back[1] == "counted: Thursday 27 August 2026 is counted");
    const std::vector<std::string> far = told(in, "release.crd + 900 working days");
    BOOST_TEST(far.size() < 410u);
    BOOST_TEST(far[far.size() - 2].find("note: and so on to ") == 0u, far[far.size() - 2]);
    says(in, "working_day_on_or_after(2026-12-26)",
         {"skipped: Saturday 26 December 2026 is not counted: Saturday", "skipped: Sunday 27 December 2026 is not counted: Sunday",
          "skipped: Monday 28 December 2026 is not counted: Boxing Day (substitute day)", "value: working_day_on_or_after(2026-12-26) is Tuesday 29 December 2026"});
}

BOOST_AUTO_TEST_CASE(a_test_tells_both_sides) {
    World in = world();
    says(in, "release.crd after today",
         {"fact: release.crd is Thursday 1 October 2026 (record r12, told 3 January 2026)",
          "test: 'release.crd after today' does not hold: the left is Thursday 1 October 2026, the right is Tuesday 24 November 2026"});
    says(in, "release.ard after today",
         {"missing: release.ard is not known", "test: 'release.ard after today' cannot be told: the left is not known, the right is Tuesday 24 November 2026"});
    says(in, "release.category in ('closed', 'open')",
         {"fact: release.category is 'open' (told 1 February 2026)", "test: 'release.category in ('closed', 'open')' holds: it is 'open'"});
    says(in, "known(release.ard)", {"missing: release.ard is not known", "test: 'known(release.ard)' does not hold: it is not known"});
}

BOOST_AUTO_TEST_CASE(what_a_test_did_not_look_at_is_not_told) {
    World in = world();
    for (const char* text : {"release.category = 'closed' and release.crd after today", "release.category = 'open' or release.crd after today"}) {
        const std::vector<std::string> steps = told(in, text);
        BOOST_TEST(steps.size() == 2u, text);
        BOOST_TEST(steps.back().find("test: 'release.category") == 0u);
    }
}

BOOST_AUTO_TEST_CASE(named_values_and_settings_are_told) {
    World in = world();
    in.named.settings.push_back({"reply_days", "", "days", false, 10'000'000, {}});
    in.named.settings.push_back({"unset_days", "", "days", false, {}, {}});
    in.let("handover", "release.crd - 1 month");
    says(in, "handover = handover",
         {"fact: release.crd is Thursday 1 October 2026 (record r12, told 3 January 2026)", "offset: release.crd less 1 month is Tuesday 1 September 2026",
          "value: handover is Tuesday 1 September 2026", "test: 'handover = handover' holds: the left is Tuesday 1 September 2026, the right is Tuesday 1 September 2026"});
    BOOST_TEST(told(in, "reply_days at least 3 and known(release.crd)")[0] == "note: reply_days is 10, as the site has set it");
    BOOST_TEST(told(in, "release.crd + unset_days days")[0] == "missing: unset_days is not set by the site");
}

BOOST_AUTO_TEST_CASE(events_are_told_one_by_one) {
    World in;
    in.fact("release.contact", "face", "2026-03-01", "2026-03-02", "c1");
    in.fact("release.contact", "phone", "2026-03-10", "2026-03-11", "c2");
    says(in, "count(release.contact from 2026-02-01)",
         {"fact: count counts release.contact on Sunday 1 March 2026 (record c1, told 2 March 2026)", "fact: count counts release.contact on Tuesday 10 March 2026 (record c2, told 11 March 2026)",
          "value: count(release.contact from 2026-02-01) is 2"});
    says(in, "first(release.contact)", {"fact: first(release.contact) is Sunday 1 March 2026 (record c1, told 2 March 2026)"});
    says(in, "nth(3, release.contact)", {"missing: nth(3, release.contact) is not known: there is no such event"});
}

BOOST_AUTO_TEST_CASE(trouble_is_told_where_it_was_met) {
    World in = world();
    in.calendar = nullptr;
    const std::vector<std::string> steps = told(in, "release.crd + 1 working day");
    BOOST_REQUIRE_EQUAL(steps.size(), 2u);
    BOOST_TEST(steps[1].find("note: working days are counted here") == 0u);
}

BOOST_AUTO_TEST_CASE(a_derivation_changes_no_answer) {
    World in = world();
    in.let("handover", "release.crd - 1 month");
    for (const char* text : {"handover before today", "release.left before now - 1 month", "count(release.contact to now) = 0", "latest(handover, today)", "release.crd + 3 working days"}) {
        const Expression read = in.read(text);
        Derivation derivation;
        Asking plain = in.ask(at("2026-07-01")), telling = in.ask(at("2026-07-01"));
        telling.derivation = &derivation;
        const Value a = read.evaluate(plain), b = read.evaluate(telling);
        BOOST_TEST((a.known == b.known && a.point == b.point && a.yes == b.yes && plain.next == telling.next && plain.told == telling.told), text);
        BOOST_TEST(!derivation.empty());
    }
}
