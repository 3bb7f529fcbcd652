// The http sink against partners of every kind.
#include <boost/test/unit_test.hpp>

#include "connectors/http/http.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

hub::Outgoing outgoing() {
    hub::Outgoing record;
    record.key.digest.fill(0xab);
    record.record_type = "police_update";
    record.media_type = "application/xml";
    record.body = "<update/>";
    return record;
}

struct World {
    support::ConnectorWorld world{};
    hub::Connector connector = connectors::http::connector();
    support::TemporaryFolder folder{};

    World() { secret("Bearer canary-5e7a\n"); }
    void secret(const std::string& text) const {
        support::write_file(folder / "authorization", text);
        std::filesystem::permissions(folder / "authorization", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    }

    hub::SettingTexts settings(std::uint16_t port) const {
        return support::settings_of({{"url", "http://127.0.0.1:" + std::to_string(port) + "/updates"},
                                     {"transport", "plain_loopback"},
                                     {"answer_timeout_ms", "300"},
                                     {"authorization_file", folder / "authorization"}});
    }

    std::unique_ptr<hub::Sink> sink(const hub::SettingTexts& texts) const {
        auto made = connector.make_sink(texts, const_cast<support::ConnectorWorld&>(world).context("police"));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        BOOST_REQUIRE(!!(*made)->open());
        return std::move(*made);
    }

    hub::Result<hub::Handed> send_to(const std::string& answer, bool then_closes = true, const std::string& name = "", const std::string& value = "") {
        const support::ScriptedServer server(answer, then_closes);
        auto texts = settings(server.port());
        if (!name.empty()) texts = support::with(texts, name, value);
        auto result = sink(texts)->send(outgoing());
        heard = server.heard();
        return result;
    }

    hub::Error error_for(const std::string& status_line, const std::string& headers = "") {
        const auto result = send_to("HTTP/1.1 " + status_line + "\r\n" + headers + "Content-Length: 0\r\n\r\n");
        BOOST_REQUIRE_MESSAGE(!result, status_line);
        BOOST_TEST(to_text(result.error()).find("canary") == std::string::npos);
        return result.error();
    }

    std::string heard{};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(http_sink, World)

BOOST_AUTO_TEST_CASE(a_record_is_one_post_with_its_delivery_key) {
    const auto handed = send_to("HTTP/1.1 202 Accepted\r\nReceipt: r-77\r\nContent-Length: 0\r\n\r\n");
    BOOST_REQUIRE(!!handed);
    BOOST_TEST(handed->evidence == "r-77");
    BOOST_TEST(heard.find("POST /updates HTTP/1.1\r\nHost: 127.0.0.1:") == 0u);
    std::string key;
    for (int i = 0; i < 32; ++i) key += "ab";
    BOOST_TEST(heard.find("\r\nIdempotency-Key: \"" + key + "\"\r\n") != std::string::npos);
    BOOST_TEST(heard.find("\r\nContent-Type: application/xml\r\n") != std::string::npos);
    BOOST_TEST(heard.find("\r\nRecord-Type: police_update\r\n") != std::string::npos);
    BOOST_TEST(heard.find("\r\nAuthorization: Bearer canary-5e7a\r\n") != std::string::npos);
    BOOST_TEST(heard.find("\r\n\r\n<update/>") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_a_receipt_the_answers_hash_is_the_evidence) {
    const auto handed = send_to("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc");
    BOOST_REQUIRE(!!handed);
    BOOST_TEST(handed->evidence == "http 200 sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const auto named = send_to("HTTP/1.1 201 Created\r\nX-Ref: a\x01" "b\r\nContent-Length: 0\r\n\r\n", true, "receipt_header", "X-Ref");
    BOOST_TEST(!named);  // a control character in a header is no proper answer
}

BOOST_AUTO_TEST_CASE(each_status_has_its_remedy) {
    const auto remedy = [&](const char* line) { return error_for(line).remedy; };
    BOOST_TEST((remedy("400 Bad Request") == hub::Remedy::reject));
    BOOST_TEST((remedy("404 Not Found") == hub::Remedy::reject));
    BOOST_TEST((remedy("409 Conflict") == hub::Remedy::reject));
    BOOST_TEST((remedy("422 Unprocessable") == hub::Remedy::reject));
    BOOST_TEST((remedy("408 Request Timeout") == hub::Remedy::retry));
    BOOST_TEST((remedy("425 Too Early") == hub::Remedy::retry));
    BOOST_TEST((remedy("429 Too Many Requests") == hub::Remedy::retry));
    BOOST_TEST((remedy("503 Service Unavailable") == hub::Remedy::retry));
    BOOST_TEST((remedy("401 Unauthorized") == hub::Remedy::stop));
    BOOST_TEST((remedy("302 Found") == hub::Remedy::stop));
    BOOST_TEST(error_for("422 Unprocessable").code == "http_422");
}

BOOST_AUTO_TEST_CASE(a_server_that_failed_half_way_leaves_the_outcome_unknown) {
    BOOST_TEST(error_for("500 Internal Server Error").outcome_unknown);
    BOOST_TEST(error_for("502 Bad Gateway").outcome_unknown);
    BOOST_TEST(error_for("504 Gateway Timeout").outcome_unknown);
    BOOST_TEST(!error_for("503 Service Unavailable").outcome_unknown);
    BOOST_TEST(!error_for("501 Not Implemented").outcome_unknown);
}

BOOST_AUTO_TEST_CASE(the_wait_that_a_partner_asks_for_is_told) {
    const auto error = error_for("503 Service Unavailable", "Retry-After: 120\r\n");
    BOOST_TEST(error.what == "the partner answers 503 Service Unavailable and asks to wait (Retry-After: 120)");
    BOOST_TEST(error.where.find("/updates") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(conflict_may_mean_delivered_before) {
    BOOST_TEST(!!send_to("HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n", true, "conflict", "delivered"));
}

BOOST_AUTO_TEST_CASE(silence_after_the_bytes_have_left_is_an_unknown_outcome) {
    const auto stalled = send_to("", false);
    BOOST_TEST((!stalled && stalled.error().outcome_unknown));
    const auto cut = send_to("");
    BOOST_TEST((!cut && cut.error().outcome_unknown && cut.error().remedy == hub::Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(nobody_there_means_reconnect) {
    const std::uint16_t port = support::free_port();
    auto made = connector.make_sink(settings(port), world.context("police"));
    BOOST_REQUIRE(!!made);
    const auto opened = (*made)->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().remedy == hub::Remedy::reconnect));
}

BOOST_AUTO_TEST_CASE(the_stand_on_repeats_is_the_partners) {
    const support::ScriptedServer server("");
    BOOST_TEST((sink(settings(server.port()))->repeats() == hub::Repeats::key));
    BOOST_TEST((sink(support::with(settings(server.port()), "repeats", "none"))->repeats() == hub::Repeats::none));
}

BOOST_AUTO_TEST_CASE(settings_that_do_not_go_together_are_named_and_secrets_are_not_quoted) {
    const auto problems_of = [&](const hub::SettingTexts& texts) { return connector.check_sink(texts, support::element_place); };
    BOOST_TEST(problems_of(settings(80)).empty());
    BOOST_TEST(problems_of(support::with(settings(80), "url", "https://127.0.0.1/")).size() == 1u);
    BOOST_TEST(problems_of(support::with(settings(80), "url", "http://police.example/")).size() == 1u);
    BOOST_TEST(problems_of(support::with(settings(80), "url", "police")).size() == 1u);
    BOOST_TEST(problems_of(support::settings_of({{"url", "https://police.example/"}})).size() == 3u);
    secret("canary-5e7a\r\nX: y");
    auto made = connector.make_sink(settings(80), world.context("police"));
    BOOST_REQUIRE(!!made);
    const auto opened = (*made)->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().remedy == hub::Remedy::stop));
    BOOST_TEST(to_text(opened.error()).find("canary") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
