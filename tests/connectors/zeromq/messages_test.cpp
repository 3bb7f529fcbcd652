// Frames to submissions and answers, without a socket; and the checks of the settings.
#include <boost/test/unit_test.hpp>

#include "connectors/zeromq/keys.hpp"
#include "connectors/zeromq/messages.hpp"
#include "connectors/zeromq/zeromq.hpp"

using namespace connectors::zeromq;

namespace {
const std::string a_key = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
}

BOOST_AUTO_TEST_SUITE(zeromq_messages)

BOOST_AUTO_TEST_CASE(a_submission_has_four_frames_with_or_without_a_delimiter) {
    const auto plain = read_submission({"TG1", "m1", "court_result_in", "body"});
    BOOST_TEST(plain.refusal == "");
    BOOST_TEST(plain.message_id == "m1");
    BOOST_TEST(plain.exchange == "court_result_in");
    BOOST_TEST(plain.body == "body");
    const auto delimited = read_submission({"", "TG1", "m1", "", "body"});
    BOOST_TEST(delimited.refusal == "");
    BOOST_TEST(delimited.delimited);
}

BOOST_AUTO_TEST_CASE(what_is_no_submission_is_refused_with_a_reason) {
    for (const Frames& frames : {Frames{}, Frames{""}, Frames{"TG2", "m", "e", "b"}, Frames{"TG1"}, Frames{"TG1", "m", "e"},
                                 Frames{"TG1", "m", "e", "b", "x"}, Frames{"TG1", "m", "e", ""}, Frames{"GET / HTTP/1.1"}})
        BOOST_TEST(read_submission(frames).refusal != "");
}

BOOST_AUTO_TEST_CASE(each_frame_has_a_longest_length) {
    const std::string id(message_id_bytes_max, 'i'), exchange(exchange_bytes_max, 'e');
    BOOST_TEST(read_submission({"TG1", id, exchange, "b"}).refusal == "");
    BOOST_TEST(read_submission({"TG1", id + "i", exchange, "b"}).refusal.find("message_id") != std::string::npos);
    BOOST_TEST(read_submission({"TG1", id, exchange + "e", "b"}).refusal.find("exchange") != std::string::npos);
    BOOST_TEST(read_submission(Frames(parts_max + 1, "x")).refusal.find("16 frames") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_answer_repeats_the_message_id_and_the_delimiter) {
    const auto to = read_submission({"", "TG1", "m1", "e", "b"});
    const hub::Settlement settlement{"t", hub::Outcome::parked, "r1", {}, {{"in.xml", 3, 0, "TG-F001", "no such field", ""}}};
    const Frames frames = answer(to, settlement);
    BOOST_TEST((frames == Frames{"", "TG1", "m1", "parked", "r1", "in.xml:3: TG-F001: no such field"}));
    const auto read = read_answer(frames, "m1");
    BOOST_REQUIRE(read);
    BOOST_TEST((read->outcome == hub::Outcome::parked));
    BOOST_TEST(!read_answer(frames, "m2"));
}

BOOST_AUTO_TEST_CASE(problems_have_a_longest_length) {
    const hub::Settlement settlement{"t", hub::Outcome::parked, "r", {}, hub::Problems(10'000, {"f", 1, 0, "c", "what", ""})};
    BOOST_TEST(answer(read_submission({"TG1", "m", "e", "b"}), settlement).back().size() == problems_bytes_max);
}

BOOST_AUTO_TEST_CASE(an_outcome_that_is_no_word_of_ours_is_not_guessed) {
    const auto read = read_answer({"TG1", "m", "maybe", "r", ""}, "m");
    BOOST_REQUIRE(read);
    BOOST_TEST(!read->outcome);
}

BOOST_AUTO_TEST_CASE(clients_are_names_with_keys_and_neither_stands_twice) {
    BOOST_TEST(static_cast<bool>(read_clients({"court " + a_key})));
    BOOST_TEST(!read_clients({}));
    BOOST_TEST(!read_clients({"court"}));
    BOOST_TEST(!read_clients({"court " + a_key.substr(1)}));
    BOOST_TEST(!read_clients({"court " + a_key, "prison " + a_key}));
}

BOOST_AUTO_TEST_CASE(a_wrong_key_is_never_quoted) {
    const std::string wrong = a_key.substr(0, 39) + "\"";
    const auto keys = key_pair(wrong);
    BOOST_REQUIRE(!keys);
    BOOST_TEST(hub::to_text(keys.error()).find(wrong) == std::string::npos);
}

BOOST_AUTO_TEST_CASE(settings_that_do_not_fit_together_are_named_with_their_line) {
    const auto problems = connector().check_sink({{"address", "127.0.0.1:5", "site.xml", 4}, {"secret_key_file", "k", "site.xml", 5},
                                                  {"server_key", "short", "site.xml", 6}}, {"", "", "site.xml", 3});
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].line == 6);
    const auto no_clients = connector().check_sink({{"pattern", "pub", "site.xml", 7}, {"address", "127.0.0.1:5", "site.xml", 4},
                                                    {"secret_key_file", "k", "site.xml", 5}}, {"", "", "site.xml", 3});
    BOOST_REQUIRE(no_clients.size() == 1u);
    BOOST_TEST(no_clients[0].line == 3);
    BOOST_TEST(connector().check_source({{"listen", "everywhere", "site.xml", 2}, {"secret_key_file", "k", "", 0},
                                         {"clients", "c " + a_key, "", 0}}, {}).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
