// The http source as a partner meets it.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <thread>

#include "connectors/http/http.hpp"
#include "hub/net/http_client.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"
#include "tests/support/scripted_server.hpp"

using hub::net::HttpClient;
using hub::net::HttpRequest;
using hub::net::HttpResponse;

namespace {

const hub::Instant accepted_at = *hub::parse_instant("2026-03-02T07:14:09Z");

/// A plain source on loopback, and a hub that settles everything as a test says.
struct Plain {
    support::ConnectorWorld world{};
    hub::Connector connector = connectors::http::connector();
    std::uint16_t port = support::free_port();
    hub::SettingTexts settings = support::settings_of(
        {{"listen", "127.0.0.1:" + std::to_string(port)}, {"transport", "plain_loopback"}, {"identity", "court"}, {"body_bytes_max", "2048"}});
    std::unique_ptr<hub::Source> source{};
    std::vector<hub::Incoming> seen{};

    void open() {
        auto made = connector.make_source(settings, world.context("courts"));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        source = std::move(*made);
        const auto opened = source->open();
        BOOST_REQUIRE_MESSAGE(!!opened, (opened ? "" : hub::to_text(opened.error())));
    }

    std::unique_ptr<HttpClient> client() const {
        return std::move(*HttpClient::make(*hub::net::parse_url("http://127.0.0.1:" + std::to_string(port) + "/records"), nullptr, {}, world.clock));
    }

    /// Sends while a hub settles whatever comes with `settlement`.
    HttpResponse ask(const HttpRequest& request, hub::Settlement settlement = {}) {
        if (!source) open();
        std::jthread hub([&](std::stop_token stop) {
            while (!stop.stop_requested()) {
                const auto messages = source->next(stop);
                if (!messages) return;
                for (const hub::Incoming& each : *messages) {
                    seen.push_back(each);
                    settlement.token = each.token;
                    [[maybe_unused]] const auto told = source->settle({settlement});
                }
            }
        });
        const auto answer = client()->exchange(request);
        BOOST_REQUIRE_MESSAGE(!!answer, (answer ? "" : hub::to_text(answer.error())));
        return *answer;
    }
};

HttpRequest post(const std::string& target = "/records", const std::string& type = "application/xml", const std::string& key = "key-1") {
    HttpRequest request{"POST", target, {{"Content-Type", type}}, "<result/>", {}};
    if (!key.empty()) request.headers.push_back({"Idempotency-Key", key});
    return request;
}

hub::Settlement settled(hub::Outcome outcome, hub::Problems problems = {}) {
    return {"", outcome, outcome == hub::Outcome::refused || outcome == hub::Outcome::busy ? "" : "abc123", accepted_at, std::move(problems)};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_source, Plain)

BOOST_AUTO_TEST_CASE(an_accepted_message_is_answered_with_its_receipt) {
    const auto answer = ask(post("/records/court_result_in", "application/xml; charset=UTF-8", "\"key-1\""), settled(hub::Outcome::accepted));
    BOOST_TEST(answer.status == 202);
    BOOST_TEST(answer.body == "{\"receipt\":\"abc123\",\"accepted_at\":\"2026-03-02T07:14:09.000000Z\",\"outcome\":\"accepted\"}\n");
    BOOST_TEST(header_value(answer.headers, "Receipt") == "abc123");
    BOOST_TEST(header_value(answer.headers, "Content-Type") == "application/json");
    BOOST_REQUIRE(seen.size() == 1u);
    BOOST_TEST(seen[0].sender == "court");
    BOOST_TEST(seen[0].message_id == "key-1");
    BOOST_TEST(seen[0].exchange == "court_result_in");
    BOOST_TEST(seen[0].body == "<result/>");
}

BOOST_AUTO_TEST_CASE(a_duplicate_is_answered_with_200_and_the_same_receipt) {
    const auto answer = ask(post(), settled(hub::Outcome::duplicate));
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.body.find("\"receipt\":\"abc123\"") != std::string::npos);
    BOOST_TEST(answer.body.find("\"outcome\":\"duplicate\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_parked_message_is_answered_with_every_problem) {
    const auto answer = ask(post(), settled(hub::Outcome::parked, {{"", 12, 5, "TG-F001", "the element 'Offence' is missing", "add it"},
                                                                    {"", 0, 0, "TG-F002", "a \"second\" one", ""}}));
    BOOST_TEST(answer.status == 422);
    BOOST_TEST(header_value(answer.headers, "Content-Type") == "application/problem+json");
    BOOST_TEST(answer.body == "{\"type\":\"urn:throughgate:problem:invalid\",\"title\":\"The message is kept, but a person must look at it\","
                              "\"status\":422,\"detail\":\"the element 'Offence' is missing\",\"receipt\":\"abc123\",\"errors\":["
                              "{\"code\":\"TG-F001\",\"line\":12,\"column\":5,\"detail\":\"the element 'Offence' is missing\",\"cure\":\"add it\"},"
                              "{\"code\":\"TG-F002\",\"detail\":\"a \\\"second\\\" one\"}]}\n");
}

BOOST_AUTO_TEST_CASE(errors_beyond_the_limit_are_counted) {
    const auto answer = ask(post(), settled(hub::Outcome::parked, hub::Problems(105, {"", 1, 1, "TG-F001", "wrong", ""})));
    BOOST_TEST(answer.body.find("\"further_errors\":5}") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(outcomes_have_their_status) {
    const auto status = [&](hub::Outcome outcome, const char* code) { return ask(post(), settled(outcome, {{"", 0, 0, code, "why", "cure"}})).status; };
    BOOST_TEST(status(hub::Outcome::parked, "conflict") == 409);
    BOOST_TEST(status(hub::Outcome::refused, "TG-R001") == 403);
    BOOST_TEST(status(hub::Outcome::refused, "TG-R002") == 404);
    BOOST_TEST(status(hub::Outcome::refused, "TG-R003") == 413);
    BOOST_TEST(status(hub::Outcome::refused, "TG-R004") == 400);
    const auto busy = ask(post(), settled(hub::Outcome::busy));
    BOOST_TEST(busy.status == 503);
    BOOST_TEST(header_value(busy.headers, "Retry-After") == "1");
}

BOOST_AUTO_TEST_CASE(requests_that_are_no_messages_are_refused_at_the_door) {
    BOOST_TEST(ask(post("/other")).status == 404);
    BOOST_TEST(ask(post("/records/")).status == 404);
    BOOST_TEST(ask(post("/records/../x")).status == 404);
    BOOST_TEST(ask(post("/records/" + std::string(65, 'a'))).status == 404);
    BOOST_TEST(ask(post("/recordsx")).status == 404);
    BOOST_TEST(ask(post("/records", "image/png")).status == 415);
    BOOST_TEST(ask(post("/records", "")).status == 415);
    BOOST_TEST(ask(post("/records", "text/csv; charset=utf-16")).status == 415);
    BOOST_TEST(ask(post("/records", "text/csv", "two words")).status == 400);
    BOOST_TEST(ask(post("/records", "text/csv", "\"\"")).status == 400);
    BOOST_TEST(ask(post("/records", "text/csv", std::string(256, 'k'))).status == 400);
    HttpRequest request = post();
    request.body.clear();
    BOOST_TEST(ask(request).status == 400);
    request = post();
    request.headers.push_back({"Content-Encoding", "gzip"});
    BOOST_TEST(ask(request).status == 415);
    request = post();
    request.method = "PUT";
    const auto answer = ask(request);
    BOOST_TEST(answer.status == 405);
    BOOST_TEST(header_value(answer.headers, "Allow") == "POST");
    BOOST_TEST(seen.empty());
}

BOOST_AUTO_TEST_CASE(limits_let_the_last_good_value_pass) {
    BOOST_TEST(ask(post("/records/" + std::string(64, 'a'), "text/csv", std::string(255, 'k')), settled(hub::Outcome::accepted)).status == 202);
    HttpRequest request = post();
    request.body = std::string(2'048, 'a');
    BOOST_TEST(ask(request, settled(hub::Outcome::accepted)).status == 202);
    request.body += 'a';
    BOOST_TEST(ask(request, settled(hub::Outcome::accepted)).status == 413);
}

BOOST_AUTO_TEST_CASE(a_site_may_demand_a_key_and_name_its_media_types) {
    settings = support::with(support::with(settings, "idempotency_key", "required"), "media_type", "text/vnd.court");
    BOOST_TEST(ask(post("/records", "text/vnd.court", "")).status == 400);
    BOOST_TEST(ask(post("/records", "text/csv")).status == 415);
    BOOST_TEST(ask(post("/records", "text/vnd.court"), settled(hub::Outcome::accepted)).status == 202);
}

BOOST_AUTO_TEST_CASE(an_answer_for_a_server_that_was_opened_anew_reaches_nobody) {
    open();
    const support::RawPeer old_peer(port);
    old_peer.say("POST /records HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\r\n1");
    const auto old_messages = source->next({});
    BOOST_REQUIRE((!!old_messages && old_messages->size() == 1));
    BOOST_REQUIRE(!!source->open());
    BOOST_TEST(old_peer.hear_all() == "");  // cut: it will send again
    const support::RawPeer peer(port);
    peer.say("POST /records HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\r\n2");
    const auto messages = source->next({});
    BOOST_REQUIRE((!!messages && messages->size() == 1));
    auto late = settled(hub::Outcome::refused), right = settled(hub::Outcome::accepted);
    late.token = old_messages->front().token;
    right.token = messages->front().token;
    BOOST_TEST(!!source->settle({late}));
    BOOST_TEST(!!source->settle({right}));
    BOOST_TEST(peer.hear_until("\n").find("HTTP/1.1 202 ") == 0u);
}

BOOST_AUTO_TEST_CASE(many_messages_come_in_batches_of_the_contracts_size) {
    settings = support::with(settings, "connections_per_peer_max", "256");
    open();
    std::vector<std::unique_ptr<support::RawPeer>> peers;
    for (std::size_t i = 0; i < hub::Source::batch_max + 6; ++i) {
        peers.push_back(std::make_unique<support::RawPeer>(port));
        peers.back()->say("POST /records HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 1\r\n\r\n1");
    }
    std::size_t taken = 0;
    while (taken < peers.size()) {
        const auto messages = source->next({});
        BOOST_REQUIRE(!!messages);
        BOOST_TEST(messages->size() <= hub::Source::batch_max);
        taken += messages->size();
    }
    BOOST_TEST(taken == peers.size());
}

BOOST_AUTO_TEST_CASE(under_tls_the_certificate_names_the_sender) {
    const support::TemporaryFolder folder;
    const support::TestAuthority authority(folder.path(), "authority");
    const auto own = authority.issue({.name = "hub", .ip = "127.0.0.1"});
    settings = support::settings_of({{"listen", "127.0.0.1:" + std::to_string(port)},
                                     {"certificate_file", "authority-hub.pem"},
                                     {"key_file", "authority-hub.key"},
                                     {"authority_file", "authority.pem"}});
    source = std::move(*connector.make_source(settings, world.context("courts", folder.path())));
    BOOST_REQUIRE(!!source->open());
    const auto court = authority.issue({.name = "court", .dns = {"northvale.court.example"}});
    const auto tls = hub::net::TlsContext::load({court.certificate, court.key, authority.file(), {}, false}, hub::net::TlsRole::client, world.clock);
    BOOST_REQUIRE(!!tls);
    const auto client = std::move(*HttpClient::make(*hub::net::parse_url("https://127.0.0.1:" + std::to_string(port) + "/records"), *tls, {}, world.clock));
    std::string sender;
    std::jthread hub([&] {
        const auto messages = source->next({});
        sender = messages->front().sender;
        auto fate = settled(hub::Outcome::accepted);
        fate.token = messages->front().token;
        [[maybe_unused]] const auto told = source->settle({fate});
    });
    const auto answer = client->exchange(post());
    hub.join();
    BOOST_REQUIRE_MESSAGE(!!answer, (answer ? "" : hub::to_text(answer.error())));
    BOOST_TEST(answer->status == 202);
    BOOST_TEST(sender == "northvale.court.example");
    const auto nameless = authority.issue({.name = "no name"});
    const auto other_tls = hub::net::TlsContext::load({nameless.certificate, nameless.key, authority.file(), {}, false}, hub::net::TlsRole::client, world.clock);
    const auto other = std::move(*HttpClient::make(*hub::net::parse_url("https://127.0.0.1:" + std::to_string(port) + "/records"), *other_tls, {}, world.clock));
    BOOST_TEST(other->exchange(post())->status == 403);
}

BOOST_AUTO_TEST_CASE(the_sample_works) {
    const std::string sample = std::string(HUB_SOURCE_DIR) + "/connectors/http/sample.xml";
    const support::TemporaryFolder site;
    std::filesystem::create_directory(site / "tls");
    const support::TestAuthority authority(site / "tls", "authority");
    const auto own = authority.issue({.name = "hub", .dns = {"northvale.court.example"}, .ip = "127.0.0.1"});
    std::filesystem::rename(own.certificate, site / "tls/hub.pem");
    std::filesystem::rename(own.key, site / "tls/hub.key");
    settings = support::with(support::sample_settings(sample, "source"), "listen", "127.0.0.1:" + std::to_string(port));
    source = std::move(*connector.make_source(settings, world.context("courts", site.path())));
    BOOST_REQUIRE(!!source->open());
    std::jthread hub([&] {
        const auto messages = source->next({});
        auto fate = settled(hub::Outcome::accepted);
        fate.token = messages->front().token;
        [[maybe_unused]] const auto told = source->settle({fate});
    });
    const auto sink = std::move(*connector.make_sink(
        support::with(support::sample_settings(sample, "sink"), "url", "https://127.0.0.1:" + std::to_string(port) + "/records"),
        world.context("police", site.path())));
    BOOST_REQUIRE(!!sink->open());
    hub::Outgoing record;
    record.media_type = "application/xml";
    record.body = "<update/>";
    const auto handed = sink->send(record);
    BOOST_REQUIRE_MESSAGE(!!handed, (handed ? "" : hub::to_text(handed.error())));
    BOOST_TEST(handed->evidence == "abc123");  // one hub's receipt is the other's evidence
}

BOOST_AUTO_TEST_CASE(settings_that_do_not_go_together_are_all_named) {
    const auto codes = [&](const hub::SettingTexts& texts) { return connector.check_source(texts, support::element_place).size(); };
    BOOST_TEST(codes(settings) == 0u);
    BOOST_TEST(codes(support::settings_of({{"listen", "127.0.0.1:0"}})) == 3u);  // three files
    const auto problems = connector.check_source(support::settings_of({{"listen", "0.0.0.0:80"}, {"transport", "plain_loopback"}}), support::element_place);
    BOOST_REQUIRE(problems.size() == 2u);
    BOOST_TEST(problems[0].line == 10);
    BOOST_TEST(problems[0].what.find("loopback") != std::string::npos);
    BOOST_TEST(problems[1].line == 9);
    BOOST_TEST(codes(support::with(settings, "listen", "nowhere")) == 1u);
    BOOST_TEST(codes(support::with(settings, "transport", "plain")) >= 1u);
}

BOOST_AUTO_TEST_SUITE_END()
