// The DEALER sink against a partner's ROUTER that answers well, badly, late or never; and the hints.
#include "tests/connectors/zeromq/zeromq_rig.hpp"

using namespace hub;
using namespace zeromq_test;

namespace {

Outgoing parcel() {
    Outgoing outgoing;
    outgoing.key.digest[0] = 7;
    outgoing.record_type = "court_result";
    outgoing.body = "<a/>";
    return outgoing;
}

/// Answers one submission with `outcome`, as a partner that keeps to the protocol.
std::jthread answer_once(Peer& partner, std::string outcome, std::string problems = "") {
    return std::jthread([&partner, outcome = std::move(outcome), problems = std::move(problems)] {
        const Frames heard = partner.hear();
        if (heard.size() == 5) partner.say({heard[0], "TG1", heard[2], outcome, "their receipt", problems});
    });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(zeromq_sink, Rig)

BOOST_AUTO_TEST_CASE(a_record_goes_out_under_its_delivery_key_and_the_receipt_comes_back) {
    const auto their_end = partner();
    const auto ours_end = dealer({{"exchange", "police_update", "", 0}});
    BOOST_REQUIRE(ours_end->open());
    Frames heard;
    const std::jthread answering([&] {
        heard = their_end->hear();
        their_end->say({heard.at(0), "TG1", heard.at(2), "accepted", "their receipt", ""});
    });
    const auto handed = ours_end->send(parcel());
    BOOST_REQUIRE(handed);
    BOOST_TEST(handed->evidence == "their receipt");
    BOOST_TEST((Frames(heard.begin() + 1, heard.end()) == Frames{"TG1", to_text(parcel().key), "police_update", "<a/>"}));
    BOOST_TEST((ours_end->repeats() == Repeats::key));
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_a_delivery_and_a_busy_partner_is_tried_again) {
    const auto their_end = partner();
    const auto ours_end = dealer();
    BOOST_REQUIRE(ours_end->open());
    {
        const auto answering = answer_once(*their_end, "busy");
        const auto busy = ours_end->send(parcel());
        BOOST_REQUIRE(!busy);
        BOOST_TEST((busy.error().remedy == Remedy::retry));
        BOOST_TEST(!busy.error().outcome_unknown);
    }
    const auto answering = answer_once(*their_end, "duplicate");
    BOOST_TEST(static_cast<bool>(ours_end->send(parcel())));
}

BOOST_AUTO_TEST_CASE(a_refusal_rejects_the_record_with_the_partners_words_on_one_line) {
    const auto their_end = partner();
    const auto ours_end = dealer();
    BOOST_REQUIRE(ours_end->open());
    const auto answering = answer_once(*their_end, "refused", "line 3:\nno such code" + std::string(10'000, '!'));
    const auto refused = ours_end->send(parcel());
    BOOST_REQUIRE(!refused);
    BOOST_TEST((refused.error().remedy == Remedy::reject));
    BOOST_TEST(refused.error().what.find("line 3: no such code") != std::string::npos);
    BOOST_TEST(refused.error().what.size() < 400u);
}

BOOST_AUTO_TEST_CASE(a_record_that_the_partner_parks_is_rejected) {
    const auto their_end = partner();
    const auto ours_end = dealer();
    BOOST_REQUIRE(ours_end->open());
    const auto answering = answer_once(*their_end, "parked", "no such code");
    const auto parked = ours_end->send(parcel());
    BOOST_REQUIRE(!parked);
    BOOST_TEST((parked.error().remedy == Remedy::reject));
    BOOST_TEST(!parked.error().outcome_unknown);
}

BOOST_AUTO_TEST_CASE(a_partner_that_lies_leaves_the_outcome_unknown) {
    const auto their_end = partner();
    const auto ours_end = dealer();
    BOOST_REQUIRE(ours_end->open());
    const auto answering = answer_once(*their_end, "perhaps");
    const auto unknown = ours_end->send(parcel());
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(unknown.error().outcome_unknown);
    BOOST_TEST((unknown.error().remedy == Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(no_answer_leaves_the_outcome_unknown_and_the_next_send_asks_to_open) {
    const auto their_end = partner();
    const auto ours_end = dealer({{"answer_timeout_ms", "200", "", 0}});
    BOOST_REQUIRE(ours_end->open());
    const auto unknown = ours_end->send(parcel());
    BOOST_REQUIRE(!unknown);
    BOOST_TEST(unknown.error().outcome_unknown);
    const auto closed = ours_end->send(parcel());
    BOOST_REQUIRE(!closed);
    BOOST_TEST((closed.error().remedy == Remedy::reconnect));
    BOOST_TEST(!closed.error().outcome_unknown);
    BOOST_REQUIRE(ours_end->open());
    BOOST_REQUIRE(!their_end->hear().empty());  // the one that was not answered
    const auto answering = answer_once(*their_end, "accepted");
    BOOST_TEST(static_cast<bool>(ours_end->send(parcel())));
}

BOOST_AUTO_TEST_CASE(answers_to_other_messages_are_not_taken_for_ours) {
    const auto their_end = partner();
    const auto ours_end = dealer();
    BOOST_REQUIRE(ours_end->open());
    const std::jthread answering([&] {
        const Frames heard = their_end->hear();
        their_end->say({heard.at(0), "TG1", "another", "refused", "", ""});
        their_end->say({heard.at(0), "nonsense"});
        their_end->say({heard.at(0), "TG1", heard.at(2), "accepted", "r", ""});
    });
    BOOST_TEST(static_cast<bool>(ours_end->send(parcel())));
}

BOOST_AUTO_TEST_CASE(a_partner_that_is_not_there_or_has_another_key_is_unreachable) {
    const auto nobody = dealer({{"connect_timeout_ms", "200", "", 0}});
    const Status absent = nobody->open();
    BOOST_REQUIRE(!absent);
    BOOST_TEST((absent.error().remedy == Remedy::reconnect));
    const auto impostor = std::make_unique<Peer>(zmq::socket_type::router, Keys::make());
    impostor->socket().set(zmq::sockopt::curve_server, true);
    impostor->socket().bind("tcp://" + address);
    const Status wrong = nobody->open();
    BOOST_REQUIRE(!wrong);
    BOOST_TEST((wrong.error().remedy == Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(a_record_above_the_limit_is_rejected_unsent) {
    const auto their_end = partner();
    const auto ours_end = dealer({{"body_bytes_max", "1024", "", 0}});
    BOOST_REQUIRE(ours_end->open());
    Outgoing big = parcel();
    big.body.assign(1'025, 'b');
    const auto rejected = ours_end->send(big);
    BOOST_REQUIRE(!rejected);
    BOOST_TEST((rejected.error().remedy == Remedy::reject));
}

BOOST_AUTO_TEST_CASE(our_sink_and_our_source_understand_each_other) {
    const auto from = source({{"clients", "us " + ours.public_key, "", 0}});
    BOOST_REQUIRE(from->open());
    const support::AnsweringHub hub(*from);
    const auto to = sink({{"server_key", ours.public_key, "", 0}});
    BOOST_REQUIRE(to->open());
    const auto handed = to->send(parcel());
    BOOST_REQUIRE(handed);
    BOOST_TEST(handed->evidence == "receipt-" + to_text(parcel().key));
}

BOOST_AUTO_TEST_CASE(a_hint_names_the_type_and_the_key_and_nothing_of_the_record) {
    const auto hints = sink({{"pattern", "pub", "", 0}, {"clients", "prison " + theirs.public_key, "", 0}});
    BOOST_REQUIRE(hints->open());
    const auto known = client(theirs, zmq::socket_type::sub);
    const auto stranger = client(Keys::make(), zmq::socket_type::sub);
    for (Peer* each : {known.get(), stranger.get()}) each->socket().set(zmq::sockopt::subscribe, "");
    Outgoing secret = parcel();
    secret.body = "SECRET";
    Frames heard;
    for (int round = 0; round < 200 && heard.empty(); ++round) {  // until the subscription has arrived
        BOOST_REQUIRE(hints->send(secret));
        heard = known->hear(50);
    }
    BOOST_TEST((heard == Frames{"court_result", "TG1", to_text(secret.key)}));
    BOOST_TEST(stranger->hear(300).empty());
}

BOOST_AUTO_TEST_SUITE_END()
