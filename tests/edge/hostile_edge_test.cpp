// A process that breaks the rules is ended, the hub stays whole, and the reason is an error with a remedy.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/edge/edge_rig.hpp"

using namespace hub;

namespace {

/// Opens an edge that is up to mischief; the error says how that ended.
Error outcome_of(EdgeRig& rig, const std::string& mischief, int start_ms_max = 10'000) {
    auto launch = rig.launch({EDGE_PUPIL, mischief});
    launch.limits.record_bytes_max = 1 << 20;
    launch.limits.start_ms_max = start_ms_max;
    launch.limits.stop_ms_max = 100;
    const Status opened = edge::edge_source(launch, rig.assignment("count"), rig.seams())->open();
    BOOST_REQUIRE(!opened);
    return opened.error();
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hostile_edge, EdgeRig)

BOOST_DATA_TEST_CASE_F(EdgeRig, a_breach_ends_the_process_at_once,
                       boost::unit_test::data::make({"length_bomb", "string_bomb", "list_bomb", "depth_bomb", "nonsense", "no_hello",
                                                     "wrong_role", "many_connections"}),
                       mischief) {
    const Error error = outcome_of(*this, mischief);
    BOOST_TEST((error.remedy == Remedy::reconnect));
    BOOST_TEST(error.where == "lesson");
    BOOST_TEST(error.what.find("start_ms_max") == std::string::npos, error.what);
}

BOOST_DATA_TEST_CASE_F(EdgeRig, a_process_that_never_says_open_is_ended_in_time,
                       boost::unit_test::data::make({"half_a_frame", "silent_after_hello", "nothing"}), mischief) {
    const Error error = outcome_of(*this, mischief, 300);
    BOOST_TEST((error.remedy == Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(a_process_that_falls_silent_is_ended) {
    auto quiet = launch({EDGE_PUPIL, "says_open_then_silent"});
    quiet.limits.silence_ms_max = 500;
    quiet.limits.stop_ms_max = 100;
    const auto source = edge::edge_source(quiet, assignment("count"), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST(records.error().what.find("silent") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_stranger_on_the_socket_is_turned_away) {
    const auto source = edge::edge_source(launch(), assignment("count", 1), seams());
    BOOST_REQUIRE(source->open());
    std::string path;
    for (const auto& each : std::filesystem::directory_iterator(folder))
        if (each.path().extension() == ".sock") path = each.path().string();
    const auto stranger = net.connect_unix(path);  // this test's process is not the one the hub started
    BOOST_REQUIRE(stranger);
    char byte = 0;
    BOOST_TEST(::read(*stranger, &byte, 1) <= 0);
    ::close(*stranger);
    BOOST_TEST(static_cast<bool>(gather(*source, 1)));
}

BOOST_AUTO_TEST_SUITE_END()
