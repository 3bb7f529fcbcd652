// The ROUTER source against DEALER and REQ sockets.
#include "tests/connectors/zeromq/zeromq_rig.hpp"

using namespace hub;
using namespace zeromq_test;

BOOST_FIXTURE_TEST_SUITE(zeromq_source, Rig)

BOOST_AUTO_TEST_CASE(a_record_is_answered_after_it_is_settled_and_not_before) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    const auto peer = client(theirs);
    peer->say({"TG1", "m1", "court_result_in", "<result/>"});
    const auto batch = open->next({});
    BOOST_REQUIRE(batch);
    BOOST_REQUIRE(batch->size() == 1u);
    BOOST_TEST((*batch)[0].sender == "northvale_court");
    BOOST_TEST((*batch)[0].message_id == "m1");
    BOOST_TEST((*batch)[0].exchange == "court_result_in");
    BOOST_TEST((*batch)[0].body == "<result/>");
    BOOST_TEST(peer->hear(200).empty());
    BOOST_REQUIRE(open->settle({{(*batch)[0].token, Outcome::accepted, "r1", {}, {}}}));
    BOOST_TEST((peer->hear() == Frames{"TG1", "m1", "accepted", "r1", ""}));
}

BOOST_AUTO_TEST_CASE(a_req_socket_is_served_too) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    const support::AnsweringHub hub(*open);
    const auto peer = client(theirs, zmq::socket_type::req);
    for (const char* id : {"a", "b"}) {
        peer->say({"TG1", id, "", "body"});
        BOOST_TEST((peer->hear() == Frames{"TG1", id, "accepted", std::string("receipt-") + id, ""}));
    }
}

BOOST_AUTO_TEST_CASE(each_outcome_has_its_word) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    const support::AnsweringHub hub(*open, [](const Incoming& each) {
        return Settlement{each.token, static_cast<Outcome>(std::stoi(each.message_id)), "", {}, {}};
    });
    const auto peer = client(theirs);
    const char* words[] = {"accepted", "duplicate", "parked", "refused", "busy"};
    for (int outcome = 0; outcome < 5; ++outcome) {
        peer->say({"TG1", std::to_string(outcome), "", "body"});
        BOOST_TEST(peer->hear().at(2) == words[outcome]);
    }
}

BOOST_AUTO_TEST_CASE(answers_find_the_peer_that_asked_in_any_order) {
    const auto open = source({{"clients", "prison " + ours.public_key, "", 0}});
    BOOST_REQUIRE(open->open());
    const auto court = client(theirs), prison = client(ours);
    court->say({"TG1", "from_court", "", "body"});
    prison->say({"TG1", "from_prison", "", "body"});
    std::vector<Incoming> both;
    while (both.size() < 2) {
        const auto batch = open->next({});
        BOOST_REQUIRE(batch);
        both.insert(both.end(), batch->begin(), batch->end());
    }
    for (auto each = both.rbegin(); each != both.rend(); ++each) {
        BOOST_TEST(each->sender == (each->message_id == "from_court" ? "northvale_court" : "prison"));
        BOOST_REQUIRE(open->settle({{each->token, Outcome::accepted, each->sender, {}, {}}}));
    }
    BOOST_TEST((court->hear() == Frames{"TG1", "from_court", "accepted", "northvale_court", ""}));
    BOOST_TEST((prison->hear() == Frames{"TG1", "from_prison", "accepted", "prison", ""}));
}

BOOST_AUTO_TEST_CASE(an_answer_to_a_peer_that_left_is_dropped_and_its_resend_is_answered) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    auto peer = client(theirs);
    peer->say({"TG1", "m1", "", "body"});
    const auto first = open->next({});
    BOOST_REQUIRE(first);
    peer = client(theirs);
    peer->say({"TG1", "m1", "", "body"});
    const auto second = open->next({});
    BOOST_REQUIRE(second);
    BOOST_REQUIRE(open->settle({{first->at(0).token, Outcome::accepted, "r", {}, {}}}));
    BOOST_REQUIRE(open->settle({{second->at(0).token, Outcome::duplicate, "r", {}, {}}}));
    BOOST_TEST((peer->hear() == Frames{"TG1", "m1", "duplicate", "r", ""}));
}

BOOST_AUTO_TEST_CASE(a_peer_that_names_itself_is_refused) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    const auto peer = std::make_unique<Peer>(zmq::socket_type::dealer, theirs);
    peer->socket().set(zmq::sockopt::routing_id, "court");
    peer->socket().set(zmq::sockopt::curve_serverkey, ours.public_key);
    peer->socket().connect("tcp://" + address);
    peer->say({"TG1", "m1", "", "body"});
    const Frames answer = peer->hear();
    BOOST_TEST(answer.at(2) == "refused");
    BOOST_TEST(answer.at(4).find("ZMQ_ROUTING_ID") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_submission_is_refused_at_the_door) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    const auto peer = client(theirs);
    peer->say({"TG0", "m1", "", "body"});
    BOOST_TEST(peer->hear().at(2) == "refused");
    peer->say(Frames(100, "TG1"));
    BOOST_TEST(peer->hear().at(2) == "refused");
    peer->say({"TG1", "m2", "", "body"});
    BOOST_TEST(peer->hear().at(2) == "accepted");
    BOOST_TEST(hub.taken(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_frame_above_the_limit_cuts_the_peer_off_and_no_other) {
    const auto open = source({{"body_bytes_max", "2000", "", 0}});
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    const auto honest = client(theirs), greedy = client(theirs);
    greedy->say({"TG1", "big", "", std::string(2'001, 'b')});
    BOOST_TEST(greedy->hear().at(2) == "refused");
    greedy->say({"TG1", "bigger", "", std::string(3'000, 'b')});
    honest->say({"TG1", "m1", "", std::string(2'000, 'b')});
    BOOST_TEST(honest->hear().at(2) == "accepted");
    BOOST_TEST(greedy->hear(300).empty());
    BOOST_TEST(hub.taken(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(no_more_than_in_flight_max_wait_for_their_fate) {
    const auto open = source({{"in_flight_max", "3", "", 0}});
    BOOST_REQUIRE(open->open());
    const auto peer = client(theirs);
    for (int each = 0; each < 5; ++each) peer->say({"TG1", std::to_string(each), "", "body"});
    std::vector<Incoming> first;
    while (first.size() < 3) {
        const auto batch = open->next({});
        BOOST_REQUIRE(batch);
        first.insert(first.end(), batch->begin(), batch->end());
    }
    BOOST_TEST(first.size() == 3u);
    std::stop_source stop;
    const auto stopping = scheduler.start("stop", [&](std::stop_token) {
        scheduler.wait(std::chrono::milliseconds(200), {});
        stop.request_stop();
    });
    const auto none = open->next(stop.get_token());
    BOOST_REQUIRE(none);
    BOOST_TEST(none->empty());
    BOOST_REQUIRE(open->settle({{first[0].token, Outcome::accepted, "", {}, {}}}));
    const auto next = open->next({});
    BOOST_REQUIRE(next);
    BOOST_TEST(next->size() == 1u);
}

BOOST_AUTO_TEST_CASE(next_returns_when_it_is_asked_to_before_or_while_it_waits) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    std::stop_source stop;
    stop.request_stop();
    BOOST_TEST(open->next(stop.get_token())->empty());
    std::stop_source later;
    const auto stopping = scheduler.start("stop", [&](std::stop_token) { later.request_stop(); });
    BOOST_TEST(open->next(later.get_token())->empty());
}

BOOST_AUTO_TEST_CASE(a_port_that_is_taken_says_so_and_opens_later) {
    auto first = source();
    BOOST_REQUIRE(first->open());
    const auto second = source();
    const Status taken = second->open();
    BOOST_REQUIRE(!taken);
    BOOST_TEST((taken.error().remedy == Remedy::reconnect));
    BOOST_TEST(taken.error().cure != "");
    first.reset();
    BOOST_TEST(static_cast<bool>(second->open()));
}

BOOST_AUTO_TEST_CASE(a_secret_key_that_others_can_read_or_that_is_none_stops_the_source) {
    ::chmod((folder / "ours.key").c_str(), 0644);
    const Status open_to_all = source()->open();
    BOOST_REQUIRE(!open_to_all);
    support::write_file(folder / "ours.key", "not a key");
    ::chmod((folder / "ours.key").c_str(), 0600);
    const Status no_key = source()->open();
    BOOST_REQUIRE(!no_key);
    BOOST_TEST((no_key.error().remedy == Remedy::stop));
    BOOST_TEST(hub::to_text(no_key.error()).find("not a key") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(debians_python_client_is_answered) {
    if (!support::python_has("zmq", "python3-zmq")) return;
    const auto open = source();
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    support::write_file(folder / "body", "<result/>");
    for (const char* socket : {"dealer", "req"}) {
        const auto ran = support::run_program({support::debian_python, std::string(HUB_SOURCE_DIR) + "/tests/clients/zeromq_client.py",
                                               "tcp://" + address, ours.public_key, folder / "theirs.key", "m1", "court_result_in",
                                               folder / "body", socket});
        BOOST_TEST(ran.status == 0);
        BOOST_TEST(ran.output == "version TG1\nmessage_id m1\noutcome accepted\nreceipt receipt-m1\nproblems \n");
    }
    BOOST_TEST(hub.taken(2).at(1).body == "<result/>");
}

BOOST_AUTO_TEST_SUITE_END()
