// The thrift source with honest clients.
#include <future>
#include <thread>

#include "tests/connectors/thrift/thrift_world.hpp"

using namespace thrift_test;

namespace {

hub::Settlement settled(const hub::Incoming& incoming, hub::Outcome outcome) {
    const bool kept = outcome != hub::Outcome::refused && outcome != hub::Outcome::busy;
    hub::Problems problems;
    if (outcome == hub::Outcome::parked || outcome == hub::Outcome::refused) problems.push_back({"", 3, 7, "TG-F001", "the element 'Offence' is missing", "add it"});
    return {incoming.token, outcome, kept ? "abc123" : "", {1'000'000}, std::move(problems)};
}

/// The message id says what becomes of a message.
hub::Settlement by_message_id(const hub::Incoming& incoming) {
    const std::pair<const char*, hub::Outcome> words[] = {{"accepted", hub::Outcome::accepted}, {"duplicate", hub::Outcome::duplicate},
                                                          {"parked", hub::Outcome::parked}, {"refused", hub::Outcome::refused}};
    for (const auto& [word, outcome] : words)
        if (incoming.message_id == word) return settled(incoming, outcome);
    return settled(incoming, hub::Outcome::busy);
}

wire::Status ask_status(support::TlsPeer& peer, const std::string& receipt, const std::string& message_id) {
    wire::StatusQuery query;
    query.receipt = receipt;
    query.message_id = message_id;
    const support::ThriftBytes call;
    wire::HubClient(call.protocol()).send_status(query);
    peer.say(support::framed(call.text()));
    const auto frame = peer.hear_frame();
    BOOST_REQUIRE(frame);
    wire::Status status;
    wire::HubClient(support::ThriftBytes(*frame).protocol()).recv_status(status);
    return status;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(thrift_source, World)

BOOST_AUTO_TEST_CASE(a_submission_comes_with_its_sender_its_id_its_exchange_and_its_bytes) {
    open();
    support::AnsweringHub hub(*source);
    const std::string body("<r>\0\xff\r\n</r>", 11);
    ask(support::submission_of("key-1", body));
    const auto taken = hub.taken(1);
    BOOST_REQUIRE(taken.size() == 1u);
    BOOST_TEST(taken[0].sender == "northvale.court.example");
    BOOST_TEST(taken[0].message_id == "key-1");
    BOOST_TEST(taken[0].exchange == "court_result_in");
    BOOST_TEST(taken[0].body == body);
}

BOOST_AUTO_TEST_CASE(each_outcome_is_told_as_it_is) {
    open();
    support::AnsweringHub hub(*source, by_message_id);
    const auto peer = client();
    const auto accepted = ask(*peer, support::submission_of("accepted", "b"));
    BOOST_TEST(accepted.outcome == wire::Outcome::accepted);
    BOOST_TEST(accepted.receipt == "abc123");
    BOOST_TEST(accepted.accepted_at == 1'000'000);
    const auto duplicate = ask(*peer, support::submission_of("duplicate", "b"));
    BOOST_TEST(duplicate.outcome == wire::Outcome::duplicate);
    BOOST_TEST(duplicate.receipt == "abc123");
    const auto parked = ask(*peer, support::submission_of("parked", "b"));
    BOOST_TEST(parked.outcome == wire::Outcome::parked);
    BOOST_REQUIRE(parked.problems.size() == 1u);
    BOOST_TEST(parked.problems[0].line == 3);
    BOOST_TEST(parked.problems[0].what == "the element 'Offence' is missing");
    BOOST_TEST(parked.problems[0].cure == "add it");
    const auto refused = ask(*peer, support::submission_of("refused", "b"));
    BOOST_TEST(refused.outcome == wire::Outcome::refused);
    BOOST_TEST(refused.problems.size() == 1u);
    BOOST_TEST(refused.receipt == "");
    BOOST_TEST(ask(*peer, support::submission_of("other", "b")).outcome == wire::Outcome::busy);
}

BOOST_AUTO_TEST_CASE(a_large_body_comes_whole_and_the_limit_lets_the_last_good_value_pass) {
    open({{"body_bytes_max", "300000"}});
    support::AnsweringHub hub(*source);
    const auto peer = client();
    BOOST_TEST(ask(*peer, support::submission_of("k", std::string(300'000, 'a'))).outcome == wire::Outcome::accepted);
    BOOST_CHECK_EXCEPTION(ask(*peer, support::submission_of("k", std::string(300'001, 'a'))), wire::Refusal, [](const wire::Refusal& refusal) {
        return refusal.remedy == wire::Remedy::reject && refusal.code == "TG-T004" && refusal.reason.find("300000") != std::string::npos;
    });
    BOOST_TEST(hub.taken(1)[0].body.size() == 300'000u);
}

BOOST_AUTO_TEST_CASE(what_is_no_submission_is_refused_and_the_connection_goes_on) {
    open();
    support::AnsweringHub hub(*source);
    const auto peer = client();
    BOOST_CHECK_THROW(ask(*peer, support::submission_of("k", "")), wire::Refusal);
    BOOST_CHECK_THROW(ask(*peer, support::submission_of("two words", "b")), wire::Refusal);
    BOOST_CHECK_THROW(ask(*peer, support::submission_of(std::string(256, 'k'), "b")), wire::Refusal);
    BOOST_CHECK_THROW(ask(*peer, support::submission_of("k", "b", "../x")), wire::Refusal);
    BOOST_CHECK_THROW(ask(*peer, support::submission_of("k", "b", std::string(65, 'a'))), wire::Refusal);
    BOOST_TEST(ask(*peer, support::submission_of(std::string(255, 'k'), "b", std::string(64, 'a'))).outcome == wire::Outcome::accepted);
    BOOST_TEST(ask(*peer, support::submission_of("", "b", "")).outcome == wire::Outcome::accepted);
    BOOST_TEST(hub.taken(2).size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_certificate_without_alternative_names_is_known_by_its_common_name_and_one_that_names_nobody_is_refused) {
    open();
    support::AnsweringHub hub(*source);
    const auto plain = support::TlsPeer::connect(port, {authority.issue({.name = "southvale"}), authority.file()});
    ask(*plain, support::submission_of("k", "b"));
    BOOST_TEST(hub.taken(1)[0].sender == "southvale");
    const auto nobody = support::TlsPeer::connect(port, {authority.issue({.name = "no name"}), authority.file()});
    BOOST_CHECK_EXCEPTION(ask(*nobody, support::submission_of("k", "b")), wire::Refusal,
                          [](const wire::Refusal& refusal) { return refusal.remedy == wire::Remedy::stop && refusal.code == "TG-T005"; });
}

BOOST_AUTO_TEST_CASE(a_hub_that_does_not_settle_in_time_is_busy_and_its_late_word_reaches_nobody) {
    open({{"answer_timeout_ms", "100"}});
    const auto peer = client();
    peer->say(support::submit_call(support::submission_of("slow", "b")));
    const auto taken = source->next({});
    BOOST_REQUIRE((!!taken && taken->size() == 1));
    BOOST_TEST(support::submit_answer(*peer->hear_frame()).outcome == wire::Outcome::busy);
    BOOST_TEST(!!source->settle({settled(taken->front(), hub::Outcome::accepted)}));
    const auto status = ask_status(*peer, "", "slow");  // but it can be asked for
    BOOST_TEST(status.known);
    BOOST_TEST(status.receipt.receipt == "abc123");
}

BOOST_AUTO_TEST_CASE(beyond_in_flight_max_senders_are_told_busy_until_there_is_room) {
    open({{"in_flight_max", "2"}});
    const auto first = client(), second = client(), third = client();
    first->say(support::submit_call(support::submission_of("one", "b")));
    second->say(support::submit_call(support::submission_of("two", "b")));
    std::vector<hub::Incoming> taken;
    while (taken.size() < 2) {
        const auto next = source->next({});
        BOOST_REQUIRE(!!next);
        taken.insert(taken.end(), next->begin(), next->end());
    }
    BOOST_TEST(ask(*third, support::submission_of("three", "b")).outcome == wire::Outcome::busy);
    BOOST_TEST(!!source->settle({settled(taken[0], hub::Outcome::accepted), settled(taken[1], hub::Outcome::accepted)}));
    BOOST_TEST(support::submit_answer(*first->hear_frame()).outcome == wire::Outcome::accepted);
    BOOST_TEST(support::submit_answer(*second->hear_frame()).outcome == wire::Outcome::accepted);
    support::AnsweringHub hub(*source);
    BOOST_TEST(ask(*third, support::submission_of("three", "b")).outcome == wire::Outcome::accepted);
}

BOOST_AUTO_TEST_CASE(status_is_told_to_the_sender_of_the_message_only) {
    open();
    support::AnsweringHub hub(*source);
    const auto peer = client();
    const std::string receipt = ask(*peer, support::submission_of("key-1", "b")).receipt;
    BOOST_TEST(ask_status(*peer, receipt, "").known);
    BOOST_TEST(ask_status(*peer, "", "key-1").receipt.receipt == receipt);
    BOOST_TEST(!ask_status(*peer, "", "key-2").known);
    BOOST_TEST(!ask_status(*peer, "", "").known);
    const auto other = support::TlsPeer::connect(port, {authority.issue({.name = "southvale"}), authority.file()});
    BOOST_TEST(!ask_status(*other, receipt, "key-1").known);
}

BOOST_AUTO_TEST_CASE(an_acknowledgement_is_not_promised) {
    open();
    const auto peer = client();
    const support::ThriftBytes call;
    wire::HubClient(call.protocol()).send_acknowledge({});
    peer->say(support::framed(call.text()));
    const auto frame = peer->hear_frame();
    BOOST_REQUIRE(frame);
    wire::Receipt receipt;
    BOOST_CHECK_THROW(wire::HubClient(support::ThriftBytes(*frame).protocol()).recv_acknowledge(receipt), wire::Refusal);
}

BOOST_AUTO_TEST_CASE(it_ends_when_another_thread_than_the_one_that_opened_it_drops_it) {
    std::thread([&] { open(); }).join();
    auto ended = std::async(std::launch::async, [&] { source.reset(); });
    BOOST_REQUIRE((ended.wait_for(std::chrono::milliseconds(support::patience_ms)) == std::future_status::ready));
}

BOOST_AUTO_TEST_CASE(next_wakes_at_once_when_it_is_asked_to_stop) {
    open();
    std::stop_source stop;
    auto next = std::async(std::launch::async, [&] { return source->next(stop.get_token()); });
    stop.request_stop();
    BOOST_REQUIRE((next.wait_for(std::chrono::milliseconds(support::patience_ms)) == std::future_status::ready));
    const auto none = next.get();
    BOOST_TEST((!!none && none->empty()));
}

BOOST_AUTO_TEST_CASE(tls_1_2_is_spoken_only_where_the_site_says_so) {
    open();
    auto old = wish();
    old.version_max = TLS1_2_VERSION;
    BOOST_TEST(!support::TlsPeer::connect(port, old)->shaken());
    source.reset();
    open({{"tls_minimum", "1.2"}});
    BOOST_TEST(support::TlsPeer::connect(port, old)->shaken());
    BOOST_TEST(client()->version() == TLS1_3_VERSION);
}

BOOST_AUTO_TEST_CASE(files_and_addresses_that_do_not_do_are_named) {
    const auto fault = [&](const std::string& setting, const std::string& value) {
        const auto made = connectors::thrift::connector().make_source(
            support::with(settings_for("listen", "127.0.0.1:" + std::to_string(port)), setting, value), world.context("courts", folder.path()));
        BOOST_REQUIRE(!!made);
        const auto opened = (*made)->open();
        BOOST_REQUIRE(!opened);
        return opened.error();
    };
    BOOST_TEST(fault("certificate_file", "nowhere.pem").where == folder / "nowhere.pem");
    BOOST_TEST((fault("key_file", "authority-court.key").remedy == hub::Remedy::stop));
    const auto taken = hub::net::listen_on({"127.0.0.1", 0, {}});
    BOOST_TEST((fault("listen", "127.0.0.1:" + std::to_string(hub::net::port_of(taken->get()))).remedy == hub::Remedy::reconnect));
    const auto problems = connectors::thrift::connector().check_source(support::settings_of({{"listen", "unix:/run/x"}}), support::element_place);
    BOOST_TEST(problems.size() == 4u);  // three files too
}

BOOST_AUTO_TEST_SUITE_END()
