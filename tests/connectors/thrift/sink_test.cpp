// The thrift sink and partners that answer, refuse, break, stall or are somebody else.
#include "tests/connectors/thrift/thrift_world.hpp"

using namespace thrift_test;
using support::ThriftPartner;

namespace {

wire::Receipt receipt_of(wire::Outcome::type outcome, const std::string& code = "") {
    wire::Receipt receipt;
    receipt.outcome = outcome;
    receipt.receipt = "their-1";
    if (code.empty()) return receipt;
    wire::Problem problem;
    problem.code = code;
    problem.what = "no such\ncase";
    receipt.problems.push_back(problem);
    return receipt;
}

hub::Outgoing record() {
    hub::Outgoing outgoing;
    outgoing.key.digest.fill(7);
    outgoing.record_type = "court_result";
    outgoing.body = "<update/>";
    return outgoing;
}

struct Sending : World {
    std::unique_ptr<ThriftPartner> partner{};
    std::unique_ptr<hub::Sink> sink{};

    void serve(ThriftPartner::Rule rule) { partner = std::make_unique<ThriftPartner>(port, wish(), std::move(rule)); }

    hub::Status open_sink(std::initializer_list<std::pair<std::string, std::string>> more = {}) {
        auto texts = settings_for("address", "127.0.0.1:" + std::to_string(port));
        texts = support::with(support::with(texts, "answer_timeout_ms", "500"), "connect_timeout_ms", "2000");
        for (const auto& [name, value] : more) texts = support::with(texts, name, value);
        auto made = connectors::thrift::connector().make_sink(texts, world.context("police", folder.path()));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        sink = std::move(*made);
        return sink->open();
    }

    /// The error of sending one record to a partner with this rule.
    hub::Error error_with(ThriftPartner::Rule rule) {
        sink.reset();
        partner.reset();
        serve(std::move(rule));
        BOOST_REQUIRE(!!open_sink());
        const auto sent = sink->send(record());
        BOOST_REQUIRE(!sent);
        return sent.error();
    }
};

hub::Error refused_by(Sending& sending, wire::Remedy::type remedy) {
    return sending.error_with([remedy](const auto&) -> wire::Receipt {
        wire::Refusal refusal;
        refusal.remedy = remedy;
        refusal.reason = "not today";
        refusal.code = "their_code";
        throw refusal;
    });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(thrift_sink, Sending)

BOOST_AUTO_TEST_CASE(a_record_goes_under_its_delivery_key_and_the_partners_name_for_its_format) {
    serve([](const auto&) { return receipt_of(wire::Outcome::accepted); });
    BOOST_REQUIRE(!!open_sink({{"exchange", "police_update"}}));
    const auto handed = sink->send(record());
    BOOST_REQUIRE_MESSAGE(!!handed, (handed ? "" : hub::to_text(handed.error())));
    BOOST_TEST(handed->evidence == "their-1");
    const auto taken = partner->taken();
    BOOST_REQUIRE(taken.size() == 1u);
    BOOST_TEST(taken[0].message_id == hub::to_text(record().key));
    BOOST_TEST(taken[0].exchange == "police_update");
    BOOST_TEST(taken[0].body == "<update/>");
    BOOST_REQUIRE(!!open_sink());
    BOOST_TEST(!!sink->send(record()));
    BOOST_TEST(partner->taken().back().exchange == "court_result");
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_delivered) {
    serve([](const auto&) { return receipt_of(wire::Outcome::duplicate); });
    BOOST_REQUIRE(!!open_sink());
    BOOST_TEST(!!sink->send(record()));
}

BOOST_AUTO_TEST_CASE(a_partner_that_refuses_or_parks_rejects_the_record) {
    const auto refused = error_with([](const auto&) { return receipt_of(wire::Outcome::refused, "no_case"); });
    BOOST_TEST((refused.remedy == hub::Remedy::reject));
    BOOST_TEST(refused.code == "no_case");
    BOOST_TEST(refused.what.find("no such case") != std::string::npos);
    BOOST_TEST(!refused.outcome_unknown);
    const auto parked = error_with([](const auto&) { return receipt_of(wire::Outcome::parked); });
    BOOST_TEST((parked.remedy == hub::Remedy::reject));
    BOOST_TEST(parked.code == "partner_parked");
}

BOOST_AUTO_TEST_CASE(a_busy_partner_is_tried_again_on_the_same_connection) {
    auto busy = std::make_shared<std::atomic<bool>>(true);
    serve([busy](const auto&) { return receipt_of(*busy ? wire::Outcome::busy : wire::Outcome::accepted); });
    BOOST_REQUIRE(!!open_sink());
    const auto sent = sink->send(record());
    BOOST_REQUIRE(!sent);
    BOOST_TEST((sent.error().remedy == hub::Remedy::retry));
    BOOST_TEST(!sent.error().outcome_unknown);
    *busy = false;
    BOOST_TEST(!!sink->send(record()));
}

BOOST_AUTO_TEST_CASE(a_refusal_is_what_its_remedy_says) {
    const auto rejected = refused_by(*this, wire::Remedy::reject);
    BOOST_TEST((rejected.remedy == hub::Remedy::reject));
    BOOST_TEST(rejected.code == "their_code");
    BOOST_TEST(!rejected.outcome_unknown);
    BOOST_TEST((refused_by(*this, wire::Remedy::try_again).remedy == hub::Remedy::retry));
    BOOST_TEST((refused_by(*this, wire::Remedy::reconnect).remedy == hub::Remedy::reconnect));
    BOOST_TEST((refused_by(*this, wire::Remedy::stop).remedy == hub::Remedy::stop));
    BOOST_TEST((refused_by(*this, static_cast<wire::Remedy::type>(7)).remedy == hub::Remedy::stop));
}

BOOST_AUTO_TEST_CASE(a_service_that_breaks_or_answers_outside_the_enumeration_leaves_the_outcome_unknown) {
    const auto broken = error_with([](const auto&) -> wire::Receipt { throw std::runtime_error("their bug"); });
    BOOST_TEST(broken.outcome_unknown);
    BOOST_TEST(broken.what.find("their bug") == std::string::npos);
    BOOST_TEST(error_with([](const auto&) { return receipt_of(static_cast<wire::Outcome::type>(7)); }).outcome_unknown);
}

BOOST_AUTO_TEST_CASE(an_answer_over_the_limit_is_no_answer) {
    const auto error = error_with([](const auto&) {
        auto receipt = receipt_of(wire::Outcome::accepted);
        receipt.receipt = std::string(300 * 1024, 'r');
        return receipt;
    });
    BOOST_TEST(error.outcome_unknown);
    BOOST_TEST((error.remedy == hub::Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(silence_after_the_call_left_is_an_unknown_outcome) {
    for (const auto manner : {ThriftPartner::Manner::stalls, ThriftPartner::Manner::cuts}) {
        sink.reset();
        partner.reset();
        serve([](const auto&) { return receipt_of(wire::Outcome::accepted); });
        BOOST_REQUIRE(!!open_sink());
        partner->become(manner);
        const auto sent = sink->send(record());
        BOOST_REQUIRE(!sent);
        BOOST_TEST(sent.error().outcome_unknown);
        BOOST_TEST((sent.error().remedy == hub::Remedy::reconnect));
        BOOST_TEST((sink->send(record()).error().remedy == hub::Remedy::reconnect));  // until it is opened again
    }
}

BOOST_AUTO_TEST_CASE(a_server_that_is_somebody_else_gets_no_record) {
    theirs = authority.issue({.name = "other", .dns = {"other.example"}, .ip = "127.0.0.2"});
    serve([](const auto&) { return receipt_of(wire::Outcome::accepted); });
    const auto opened = open_sink();
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(opened.error().what.find("IP address mismatch") != std::string::npos, opened.error().what);
    BOOST_TEST(!open_sink({{"address", "localhost:" + std::to_string(port)}}));
    BOOST_TEST(!sink->send(record()));
    BOOST_TEST(partner->taken().empty());
}

BOOST_AUTO_TEST_CASE(a_server_may_be_named_by_its_dns_name) {
    theirs = authority.issue({.name = "local", .dns = {"localhost"}});
    serve([](const auto&) { return receipt_of(wire::Outcome::accepted); });
    BOOST_REQUIRE(!!open_sink({{"address", "localhost:" + std::to_string(port)}}));
    BOOST_TEST(!!sink->send(record()));
}

BOOST_AUTO_TEST_CASE(a_server_of_another_authority_gets_no_record) {
    const support::TestAuthority stranger(folder.path(), "stranger");
    partner = std::make_unique<ThriftPartner>(port, support::TlsWish{stranger.issue({.name = "hub", .ip = "127.0.0.1"}), authority.file()},
                                              [](const auto&) { return receipt_of(wire::Outcome::accepted); });
    BOOST_TEST(!open_sink());
}

BOOST_AUTO_TEST_CASE(a_partner_that_does_not_shake_hands_holds_nobody_up) {
    const support::ScriptedServer silent("", false);
    const auto opened = open_sink({{"address", "127.0.0.1:" + std::to_string(silent.port())}, {"connect_timeout_ms", "200"}});
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().remedy == hub::Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(one_hubs_sink_delivers_to_anothers_source) {
    open();
    support::AnsweringHub hub(*source);
    BOOST_REQUIRE(!!open_sink({{"certificate_file", "authority-court.pem"}, {"key_file", "authority-court.key"}, {"exchange", "court_result_in"}}));
    const auto handed = sink->send(record());
    BOOST_REQUIRE_MESSAGE(!!handed, (handed ? "" : hub::to_text(handed.error())));
    BOOST_TEST(handed->evidence == "receipt-" + hub::to_text(record().key));
    BOOST_TEST(hub.taken(1)[0].sender == "northvale.court.example");
}

BOOST_AUTO_TEST_CASE(the_stand_on_repeats_is_the_sites) {
    serve([](const auto&) { return receipt_of(wire::Outcome::accepted); });
    BOOST_REQUIRE(!!open_sink());
    BOOST_TEST((sink->repeats() == hub::Repeats::key));
    BOOST_REQUIRE(!!open_sink({{"repeats", "none"}}));
    BOOST_TEST((sink->repeats() == hub::Repeats::none));
}

BOOST_AUTO_TEST_SUITE_END()
