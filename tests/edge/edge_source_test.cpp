// A source in its own process is a source like any other, and its end is an error with a remedy.
#include <boost/test/unit_test.hpp>
#include <fcntl.h>

#include <set>

#include "tests/edge/edge_rig.hpp"

using namespace hub;

BOOST_FIXTURE_TEST_SUITE(edge_source, EdgeRig)

BOOST_AUTO_TEST_CASE(records_come_through_unchanged_and_their_settlements_go_back) {
    const auto source = edge::edge_source(launch(), assignment("count", 3), seams());
    BOOST_REQUIRE(source->open());
    const auto records = gather(*source, 3);
    BOOST_REQUIRE(records);
    BOOST_TEST((*records)[0].sender == "pupil");
    BOOST_TEST((*records)[1].message_id == "m2");
    BOOST_TEST((*records)[1].exchange == "exchange");
    BOOST_TEST((*records)[2].body == "bbbbbbbbbb");
    BOOST_REQUIRE(source->settle({{(*records)[1].token, Outcome::parked, "receipt2", {}, {Problem{}}}}));
    BOOST_TEST(log(1) == "t2 2 receipt2 1\n");
    BOOST_REQUIRE(source->settle({{(*records)[0].token, Outcome::accepted, "receipt1", {}, {}}}));
    BOOST_TEST(log(2) == "t2 2 receipt2 1\nt1 0 receipt1 0\n");
}

BOOST_AUTO_TEST_CASE(a_slow_record_does_not_hold_up_the_others) {
    const auto source = edge::edge_source(launch(), assignment("count", 500), seams());
    BOOST_REQUIRE(source->open());
    std::set<std::string> tokens;
    const auto first = gather(*source, 1);
    BOOST_REQUIRE(first);
    std::size_t seen = first->size();
    while (seen < 500) {  // the first record stays unsettled all the while
        const auto more = source->next({});
        BOOST_REQUIRE(more);
        seen += more->size();
        for (const Incoming& each : *more) {
            tokens.insert(each.token);
            BOOST_REQUIRE(source->settle({{each.token, Outcome::accepted, "r", {}, {}}}));
        }
    }
    BOOST_TEST(tokens.size() == 500 - first->size());
    const std::string settled = log(static_cast<int>(tokens.size()));
    BOOST_TEST(static_cast<std::size_t>(std::count(settled.begin(), settled.end(), '\n')) == tokens.size());
}

BOOST_AUTO_TEST_CASE(what_was_settled_before_the_end_is_still_told) {
    auto source = edge::edge_source(launch(), assignment("count", 40), seams());
    BOOST_REQUIRE(source->open());
    const auto records = gather(*source, 40);
    BOOST_REQUIRE(records);
    std::vector<Settlement> all;
    for (const Incoming& each : *records) all.push_back({each.token, Outcome::accepted, "r", {}, {}});
    BOOST_REQUIRE(source->settle(all));
    source.reset();
    const std::string settled = log(40);
    BOOST_TEST(std::count(settled.begin(), settled.end(), '\n') == 40);
}

BOOST_AUTO_TEST_CASE(no_more_than_unsettled_max_records_wait_for_their_fate) {
    auto small = launch();
    small.limits.unsettled_max = 10;
    const auto source = edge::edge_source(small, assignment("count", 25), seams());
    BOOST_REQUIRE(source->open());
    const auto first = gather(*source, 10);
    BOOST_REQUIRE(first);
    BOOST_TEST(first->size() == 10u);
    std::stop_source stop;
    const auto stopping = scheduler.start("stop", [&](std::stop_token) {
        scheduler.wait(std::chrono::milliseconds(300), {});
        stop.request_stop();
    });
    const auto none = source->next(stop.get_token());
    BOOST_REQUIRE(none);
    BOOST_TEST(none->empty());
    std::vector<Settlement> all;
    for (const Incoming& each : *first) all.push_back({each.token, Outcome::accepted, "r", {}, {}});
    BOOST_REQUIRE(source->settle(all));
    const auto more = gather(*source, 10);
    BOOST_TEST(static_cast<bool>(more));
}

BOOST_AUTO_TEST_CASE(a_source_that_does_not_open_says_why) {
    const auto source = edge::edge_source(launch(), assignment("no_open"), seams());
    const Status opened = source->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().what == "the pupil will not open");
    BOOST_TEST((opened.error().remedy == Remedy::stop));
}

BOOST_AUTO_TEST_CASE(bad_settings_are_told_by_the_process) {
    auto wrong = assignment("count");
    wrong.settings.push_back({"colour", "red", "site.xml", 7});
    const Status opened = edge::edge_source(launch(), wrong, seams())->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().what.find("colour") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_unknown_connector_is_told_by_the_process) {
    auto wrong = assignment("count");
    wrong.connector = "telex";
    const Status opened = edge::edge_source(launch(), wrong, seams())->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().what.find("telex") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_program_that_cannot_start_is_an_error_not_a_wait) {
    const Status opened = edge::edge_source(launch({"/no/such/program"}), assignment("count"), seams())->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST(opened.error().what.find("could not be started") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_error_of_the_source_keeps_its_remedy_and_its_words) {
    const auto source = edge::edge_source(launch(), assignment("fails", 0), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST((records.error().remedy == Remedy::retry));
    BOOST_TEST(records.error().what == "the pupil is tired");
    BOOST_TEST(records.error().cure == "wake it");
}

BOOST_AUTO_TEST_CASE(a_crash_asks_to_reconnect_and_a_new_process_serves_again) {
    const auto source = edge::edge_source(launch(), assignment("crash", 1), seams());
    BOOST_REQUIRE(source->open());
    std::string old_token;
    auto records = source->next({});
    if (records) {
        old_token = records->front().token;
        records = source->next({});
    }
    BOOST_REQUIRE(!records);
    BOOST_TEST((records.error().remedy == Remedy::reconnect));
    BOOST_TEST(records.error().what.find("signal 6") != std::string::npos);
    BOOST_TEST(records.error().where == "lesson");

    BOOST_REQUIRE(source->open());
    BOOST_TEST(static_cast<bool>(source->settle({{old_token, Outcome::accepted, "late", {}, {}}})));
    BOOST_TEST(log(0).find("late") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(memory_has_a_limit_and_its_breach_ends_only_the_process) {
    auto small = launch();
    small.limits.memory_bytes_max = 128LL << 20;
    const auto source = edge::edge_source(small, assignment("hog"), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST((records.error().remedy == Remedy::reconnect));
    BOOST_TEST(records.error().what.find("memory_bytes_max") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_edge_over_the_memory_limit_of_its_site_is_restarted_and_nothing_is_lost) {
    auto small = launch();
    BOOST_REQUIRE(settings::read({{"memory_bytes_max", std::to_string(160 << 20), "", 0}}, {}, small.limits).empty());
    constexpr std::size_t records = 12;
    const auto source = edge::edge_source(small, assignment("hoard", records), seams());
    std::set<std::string> settled;
    int breaches = 0;
    for (bool open = false; settled.size() < records && breaches < 50;) {
        if (!open) BOOST_REQUIRE(source->open());
        const auto batch = source->next({});
        open = !!batch;
        if (!batch) {
            BOOST_TEST(batch.error().what.find("memory_bytes_max") != std::string::npos, batch.error().what);
            BOOST_TEST((batch.error().remedy == Remedy::reconnect));
            ++breaches;
            continue;
        }
        for (const Incoming& each : *batch) {
            BOOST_REQUIRE(source->settle({{each.token, Outcome::accepted, "receipt", {}, {}}}));
            settled.insert(each.message_id);
        }
    }
    BOOST_TEST(settled.size() == records);
    BOOST_TEST(breaches > 0);
}

BOOST_AUTO_TEST_CASE(cpu_time_has_a_limit_and_its_breach_ends_only_the_process) {
    auto small = launch();
    small.limits.cpu_seconds_max = 1;
    const auto source = edge::edge_source(small, assignment("spin"), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST((records.error().remedy == Remedy::reconnect));
    BOOST_TEST(records.error().what.find("cpu_seconds_max") != std::string::npos, records.error().what);
}

BOOST_AUTO_TEST_CASE(a_source_that_hangs_is_ended) {
    auto impatient = launch();
    impatient.limits.silence_ms_max = 2'000;
    const auto source = edge::edge_source(impatient, assignment("hang", 0), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST((records.error().remedy == Remedy::reconnect));
    BOOST_TEST(records.error().what.find("did not return") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_record_above_the_limit_is_refused_and_the_rest_go_on) {
    auto small = launch();
    small.limits.record_bytes_max = 100;
    const auto source = edge::edge_source(small, assignment("count", 1, 101), seams());
    BOOST_REQUIRE(source->open());
    BOOST_TEST(log(1) == "t1 3  1\n");
}

BOOST_AUTO_TEST_CASE(records_of_the_longest_length_come_one_by_one) {
    auto small = launch();
    small.limits.record_bytes_max = 1 << 20;
    const auto source = edge::edge_source(small, assignment("count", 5, 1 << 20), seams());
    BOOST_REQUIRE(source->open());
    const auto records = gather(*source, 5);
    BOOST_REQUIRE(records);
    BOOST_TEST(records->back().body.size() == 1u << 20);
}

BOOST_AUTO_TEST_CASE(two_records_with_one_token_end_the_process) {
    const auto source = edge::edge_source(launch(), assignment("twins", 2), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(!records);
    BOOST_TEST(records.error().what.find("token") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_process_is_confined) {
    const int held = ::open("/dev/null", O_RDONLY);
    BOOST_REQUIRE(::dup2(held, 9) == 9);
    const auto source = edge::edge_source(launch(), assignment("inspect"), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    ::close(9);
    ::close(held);
    BOOST_REQUIRE(records);
    BOOST_TEST(records->front().body == "environment=empty no_new_privs=1 core=0 files=512 memory=268435456 inherited=no");
}

BOOST_AUTO_TEST_CASE(an_edge_starts_no_programs_looks_into_no_process_and_changes_no_mount) {
    const auto source = edge::edge_source(launch(), assignment("trespass"), seams());
    BOOST_REQUIRE(source->open());
    const auto records = source->next({});
    BOOST_REQUIRE(records);
    BOOST_TEST(records->front().body == "exec=denied fork=denied trace=denied namespace=denied mount=denied thread=let");
}

BOOST_AUTO_TEST_CASE(next_returns_when_it_is_asked_to) {
    const auto source = edge::edge_source(launch(), assignment("count", 0), seams());
    BOOST_REQUIRE(source->open());
    std::stop_source stop;
    stop.request_stop();
    const auto records = source->next(stop.get_token());
    BOOST_REQUIRE(records);
    BOOST_TEST(records->empty());
}

BOOST_AUTO_TEST_SUITE_END()
