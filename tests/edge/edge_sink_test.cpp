// A sink in its own process, and what is known about a record when that process ends.
#include <boost/test/unit_test.hpp>

#include "tests/edge/edge_rig.hpp"

using namespace hub;

namespace {

Outgoing parcel(std::uint8_t first = 1) {
    Outgoing outgoing;
    outgoing.key.digest[0] = first;
    outgoing.route = "to_police";
    outgoing.recipient = "police";
    outgoing.record_type = "court_result";
    outgoing.media_type = "application/xml";
    outgoing.body = "<a/>";
    outgoing.attempt = 2;
    return outgoing;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(edge_sink, EdgeRig)

BOOST_AUTO_TEST_CASE(a_record_arrives_whole_and_its_evidence_comes_back) {
    const auto sink = edge::edge_sink(launch(), assignment("hand"), seams());
    BOOST_REQUIRE(sink->open());
    for (int round = 0; round < 3; ++round) {
        const auto handed = sink->send(parcel());
        BOOST_REQUIRE(handed);
        BOOST_TEST(handed->evidence == "court_result/to_police/police/application/xml/4/2/" + to_text(parcel().key));
    }
}

BOOST_AUTO_TEST_CASE(its_stand_on_repeats_is_the_connectors_own_once_it_is_open) {
    const auto sink = edge::edge_sink(launch(), assignment("hand"), seams());
    BOOST_TEST((sink->repeats() == Repeats::none));
    BOOST_REQUIRE(sink->open());
    BOOST_TEST((sink->repeats() == Repeats::query));
}

BOOST_AUTO_TEST_CASE(a_question_is_passed_on_and_answered_either_way) {
    const auto sink = edge::edge_sink(launch(), assignment("hand"), seams());
    BOOST_REQUIRE(sink->open());
    const auto has = sink->ask(parcel(1).key);
    BOOST_REQUIRE(has);
    BOOST_REQUIRE(has->has_value());
    BOOST_TEST((*has)->evidence == "remembered");
    const auto has_not = sink->ask(parcel(0).key);
    BOOST_REQUIRE(has_not);
    BOOST_TEST(!has_not->has_value());
}

BOOST_AUTO_TEST_CASE(an_error_of_the_sink_comes_back_and_the_process_goes_on) {
    const auto sink = edge::edge_sink(launch(), assignment("busy"), seams());
    BOOST_REQUIRE(sink->open());
    for (int round = 0; round < 2; ++round) {
        const auto handed = sink->send(parcel());
        BOOST_REQUIRE(!handed);
        BOOST_TEST(handed.error().what == "the pupil is busy");
        BOOST_TEST(!handed.error().outcome_unknown);
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_stays_unknown) {
    const auto sink = edge::edge_sink(launch(), assignment("cut"), seams());
    BOOST_REQUIRE(sink->open());
    const auto handed = sink->send(parcel());
    BOOST_REQUIRE(!handed);
    BOOST_TEST((handed.error().remedy == Remedy::reconnect));
    BOOST_TEST(handed.error().outcome_unknown);
    BOOST_REQUIRE(sink->open());
}

BOOST_AUTO_TEST_CASE(a_crash_while_sending_leaves_the_outcome_unknown) {
    const auto sink = edge::edge_sink(launch(), assignment("crash"), seams());
    BOOST_REQUIRE(sink->open());
    const auto handed = sink->send(parcel());
    BOOST_REQUIRE(!handed);
    BOOST_TEST((handed.error().remedy == Remedy::reconnect));
    BOOST_TEST(handed.error().outcome_unknown);
    const auto again = sink->send(parcel());
    BOOST_REQUIRE(!again);
    BOOST_TEST(!again.error().outcome_unknown);
}

BOOST_AUTO_TEST_CASE(a_sink_that_does_not_answer_is_ended_and_the_outcome_is_unknown) {
    auto impatient = launch();
    impatient.limits.answer_ms_max = 500;
    impatient.limits.stop_ms_max = 100;
    const auto sink = edge::edge_sink(impatient, assignment("sleep"), seams());
    BOOST_REQUIRE(sink->open());
    const auto handed = sink->send(parcel());
    BOOST_REQUIRE(!handed);
    BOOST_TEST(handed.error().what.find("answer_ms_max") != std::string::npos);
    BOOST_TEST(handed.error().outcome_unknown);
}

BOOST_AUTO_TEST_CASE(a_record_above_the_limit_is_rejected_without_being_handed_over) {
    auto small = launch();
    small.limits.record_bytes_max = 3;
    const auto sink = edge::edge_sink(small, assignment("hand"), seams());
    BOOST_REQUIRE(sink->open());
    const auto handed = sink->send(parcel());
    BOOST_REQUIRE(!handed);
    BOOST_TEST((handed.error().remedy == Remedy::reject));
    BOOST_TEST(!handed.error().outcome_unknown);
}

BOOST_AUTO_TEST_SUITE_END()
