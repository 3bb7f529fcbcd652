// Which facts an expression reads, since when they hold, and when they were told.
#include "expression_world.hpp"

using namespace expression_world;

BOOST_AUTO_TEST_CASE(the_current_fact_is_the_latest_that_has_begun) {
    World in;
    in.fact("release.crd", "2026-10-01", "2026-01-10", "2026-01-03");
    in.fact("release.crd", "2026-12-01", "2026-06-01", "2026-01-04");
    in.fact("release.crd", "2027-01-01", "2026-06-01T12:00:00Z", "2026-01-05");
    BOOST_TEST(in.text("release.crd", "2026-01-09T23:59:59Z") == "unknown");
    BOOST_TEST(in.text("release.crd", "2026-01-10") == "2026-10-01");
    BOOST_TEST(in.text("release.crd", "2026-05-31T22:59:59.999999Z") == "2026-10-01");
    BOOST_TEST(in.text("release.crd", "2026-05-31T23:00:00Z") == "2026-12-01");  // 1 June begins in London
    BOOST_TEST(in.text("release.crd", "2026-06-01T11:59:59.999999Z") == "2026-12-01");
    BOOST_TEST(in.text("release.crd", "2026-06-01T12:00:00Z") == "2027-01-01");
    BOOST_TEST(in.text("since(release.crd)", "2026-05-31T23:00:00Z") == "2026-06-01");
    BOOST_TEST(in.text("since(release.crd)", "2026-07-01") == "2026-06-01T12:00:00Z");
    BOOST_TEST(in.text("since(release.ard)") == "unknown");
}

BOOST_AUTO_TEST_CASE(the_next_beginning_of_a_fact_is_noted) {
    World in;
    in.fact("release.crd", "2026-10-01", "2026-01-10");
    in.fact("release.crd", "2026-12-01", "2026-06-01");
    in.fact("release.crd", "2027-01-01", "2026-06-01T12:00:00Z");
    BOOST_TEST(in.next("release.crd", "2026-01-09") == "2026-01-10T00:00:00.000000Z");
    BOOST_TEST(in.next("release.crd", "2026-01-10") == "2026-05-31T23:00:00.000000Z");
    BOOST_TEST(in.next("release.crd", "2026-05-31T23:00:00Z") == "2026-06-01T12:00:00.000000Z");
    BOOST_TEST(in.next("release.crd", "2026-06-01T12:00:00Z") == "never");
    BOOST_TEST(in.next("since(release.crd)", "2026-01-10") == "2026-05-31T23:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(a_fact_is_read_in_its_own_matter_of_the_person_or_in_the_latest_of_another_kind) {
    World in;
    in.fact("release.crd", "2026-10-01", "2026-01-01", "2020-01-01", "", "r");
    in.fact("release.crd", "2029-10-01", "2026-02-01", "2020-01-01", "", "other");
    in.fact("person.born", "1990-05-01", "1990-05-01");
    in.fact("sentence.start", "2024-01-01", "2024-01-01", "2024-01-02", "", "s1");
    in.fact("sentence.start", "2025-01-01", "2025-01-01", "2025-01-02", "", "s2");
    in.fact("sentence.start", "2027-01-01", "2027-01-01", "2025-01-03", "", "s3");
    BOOST_TEST(in.text("release.crd") == "2026-10-01");
    BOOST_TEST(in.text("person.born") == "1990-05-01");
    BOOST_TEST(in.text("sentence.start") == "2025-01-01");
    BOOST_TEST(in.next("sentence.start", "2026-11-24") == "2027-01-01T00:00:00.000000Z");
    BOOST_TEST(in.text("sentence.start", "2027-01-01") == "2027-01-01");
    in.matter = "sentence";
    in.matter_id = "s1";
    BOOST_TEST(in.text("sentence.start") == "2024-01-01");
    BOOST_TEST(in.text("release.crd") == "2029-10-01");
    in.matter = "person";
    in.matter_id = "";
    BOOST_TEST(in.text("sentence.start") == "2025-01-01");
}

BOOST_AUTO_TEST_CASE(the_least_and_the_greatest_of_several_matters_current_dates) {
    World in;
    BOOST_TEST(in.text("latest_of(sentence.start)") == "unknown");
    in.fact("sentence.start", "2030-01-01", "2025-01-01", "2025-01-02", "", "s1");
    in.fact("sentence.start", "2026-01-01", "2025-06-01", "2025-06-02", "", "s1");  // no longer the first's
    in.fact("sentence.start", "2027-01-01", "2025-01-01", "2025-01-02", "", "s2");
    in.fact("sentence.start", "2029-01-01", "2027-06-01", "2025-01-02", "", "s3");  // not yet
    BOOST_TEST(in.text("latest_of(sentence.start)") == "2027-01-01");
    BOOST_TEST(in.text("earliest_of(sentence.start)") == "2026-01-01");
    BOOST_TEST(in.next("latest_of(sentence.start)", "2026-11-24") == "2027-05-31T23:00:00.000000Z");
    BOOST_TEST(in.text("latest_of(sentence.start)", "2027-06-01") == "2029-01-01");
    in.matter = "sentence";
    in.matter_id = "s1";
    BOOST_TEST(in.text("latest_of(sentence.start)") == "2027-01-01");  // also seen from one of them
}

BOOST_AUTO_TEST_CASE(what_nobody_dated_has_no_point_in_time) {
    World in;
    in.fact("release.recall", "yes", "");
    in.given.back().recorded_at = from_the_beginning;
    BOOST_TEST(in.text("release.recall") == "yes");
    BOOST_TEST(in.text("since(release.recall)") == "unknown");
    BOOST_TEST(in.text("first(release.recall)") == "unknown");
    BOOST_TEST(in.text("count(release.recall)") == "1");
    in.fact("release.recall", "no", "2026-02-01");
    BOOST_TEST(in.text("since(release.recall)") == "2026-02-01");
    BOOST_TEST(in.text("last(release.recall)") == "2026-02-01");
}

BOOST_AUTO_TEST_CASE(matters_of_one_day_are_told_apart_by_when_they_were_recorded_and_their_names) {
    World in;
    in.fact("sentence.length", "1", "2025-01-01", "2025-01-02", "", "b");
    in.fact("sentence.length", "2", "2025-01-01", "2025-01-03", "", "a");
    BOOST_TEST(in.text("sentence.length") == "2");
    in.fact("sentence.length", "3", "2025-01-01", "2025-01-03", "", "c");  // a higher seq
    BOOST_TEST(in.text("sentence.length") == "3");
    in.given[1].seq = in.given[2].seq;
    std::swap(in.given[0], in.given[2]);
    in.history.reset();
    BOOST_TEST(in.text("sentence.length") == "3");
}

BOOST_AUTO_TEST_CASE(told_is_when_the_value_was_first_said) {
    World in;
    in.fact("release.crd", "2026-10-01", "2026-01-10", "2026-01-20T10:00:00Z");
    in.fact("release.crd", "2026-11-01", "2026-02-10", "2026-02-20T10:00:00Z");
    in.fact("release.crd", "2026-11-01", "2026-03-10", "2026-03-20T10:00:00Z");
    in.fact("release.crd", "2026-11-01", "2026-04-10", "2026-02-21T10:00:00Z");
    in.fact("release.ard", "2026-11-05", "2026-03-01", "2026-03-05T10:00:00Z");
    const auto told = [&](const char* text) {
        Asking asking = in.ask(at("2026-11-24"));
        in.read(text).evaluate(asking);
        return asking.told ? hub::to_text(*asking.told) : std::string("nobody");
    };
    BOOST_TEST(told("release.crd") == "2026-02-20T10:00:00.000000Z");
    BOOST_TEST(told("earliest(release.crd, release.ard)") == "2026-03-05T10:00:00.000000Z");
    BOOST_TEST(told("release.ped") == "nobody");
    BOOST_TEST(told("today") == "nobody");
    BOOST_TEST(in.text("told(release.crd)") == "2026-02-20T10:00:00Z");
    BOOST_TEST(in.text("told(release.crd)", "2026-02-01") == "2026-01-20T10:00:00Z");
    BOOST_TEST(in.text("told(release.ped)") == "unknown");
}

namespace {

World with_contacts() {
    World in;
    in.fact("release.contact", "face", "2026-03-01T10:00:00Z", "2026-03-02", "c1");
    in.fact("release.contact", "missed", "2026-03-10", "2026-03-11", "c2");
    in.fact("release.contact", "phone", "2026-03-20", "2026-03-21", "c3");
    in.fact("release.contact", "face", "2026-04-01T22:59:00Z", "2026-04-02", "c4");
    in.fact("release.contact", "face", "2027-01-01", "2026-04-03", "c5");
    in.fact("release.contact", "face", "2026-03-05", "2026-03-06", "x1", "another");
    in.fact("visit.held", "2026-05-03T10:00:00Z", "2026-05-04", "2026-05-05", "v1", "a");
    in.fact("visit.held", "2026-05-01T10:00:00Z", "2026-05-09", "2026-05-09", "v2", "b");
    return in;
}

}  // namespace

BOOST_AUTO_TEST_CASE(events_are_counted_in_their_window) {
    World in = with_contacts();
    for (const auto& [text, number] : std::map<std::string, std::string>{
             {"count(release.contact)", "5"}, {"count(release.contact in ('face'))", "3"}, {"count(release.contact in ('face', 'phone'))", "4"},
             {"count(release.contact from 2026-03-10)", "4"}, {"count(release.contact from 2026-03-10 to 2026-03-20)", "2"}, {"count(release.contact to 2026-03-01)", "1"},
             {"count(release.contact from 2026-03-01 to 2026-04-01)", "4"}, {"count(release.contact in ('face') from 2026-03-01 + 1 month to 2026-04-01)", "1"},
             {"count(release.contact to release.crd)", "0"}, {"count(release.contact from release.crd)", "0"}, {"count(release.prison)", "0"}, {"count(visit.held)", "2"},
             {"count(visit.held to 2026-05-02)", "1"}})
        BOOST_TEST(in.text(text) == number, text << " is " << in.text(text));
}

BOOST_AUTO_TEST_CASE(events_are_in_the_order_of_their_points) {
    World in = with_contacts();
    BOOST_TEST(in.text("first(release.contact)") == "2026-03-01T10:00:00Z");
    BOOST_TEST(in.text("last(release.contact)") == "2027-01-01");
    BOOST_TEST(in.text("last(release.contact in ('face') to today)") == "2026-04-01T22:59:00Z");
    BOOST_TEST(in.text("nth(2, release.contact)") == "2026-03-10");
    BOOST_TEST(in.text("nth(3, release.contact in ('face'))") == "2027-01-01");
    BOOST_TEST(in.text("nth(6, release.contact)") == "unknown");
    BOOST_TEST(in.text("nth(17, release.contact)") == "unknown");
    BOOST_TEST(in.text("first(release.prison)") == "unknown");
    BOOST_TEST(in.text("first(release.contact from release.crd)") == "unknown");
    BOOST_TEST(in.text("first(visit.held)") == "2026-05-01T10:00:00Z");
    BOOST_TEST(in.text("last(visit.held)") == "2026-05-03T10:00:00Z");
    BOOST_TEST(in.text("nth(2, visit.held)") == "2026-05-03T10:00:00Z");
}

BOOST_AUTO_TEST_CASE(the_nth_event_is_the_same_however_many_there_are) {
    World in;
    std::vector<std::string> days;
    for (int i = 0; i < 40; ++i) {
        const std::string day = to_text(add_days(reading::day("2026-01-01"), (i * 17) % 40));
        in.fact("release.contact", "face", day, "2020-01-01");
        days.push_back(day);
    }
    std::sort(days.begin(), days.end());
    for (int i = 1; i <= 40; ++i) BOOST_TEST(in.text("nth(" + std::to_string(i) + ", release.contact)") == days[static_cast<std::size_t>(i) - 1]);
    BOOST_TEST(in.text("nth(41, release.contact)") == "unknown");
}

BOOST_AUTO_TEST_CASE(an_event_was_told_when_it_was_recorded) {
    World in = with_contacts();
    const auto told = [&](const char* text) {
        Asking asking = in.ask(at("2026-11-24"));
        in.read(text).evaluate(asking);
        return asking.told ? hub::to_text(*asking.told) : std::string("nobody");
    };
    BOOST_TEST(told("first(release.contact)") == "2026-03-02T00:00:00.000000Z");
    BOOST_TEST(told("count(release.contact to 2026-03-10)") == "2026-03-11T00:00:00.000000Z");
    BOOST_TEST(told("count(release.prison)") == "nobody");
}
