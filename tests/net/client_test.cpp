// The client: reuse, stale connections, and what is said when the outcome is or is not known.
#include <boost/test/unit_test.hpp>

#include "hub/net/http_client.hpp"
#include "tests/net/echo_server.hpp"
#include "tests/support/scripted_server.hpp"

using namespace std::chrono_literals;
using namespace hub::net;

namespace {

std::unique_ptr<HttpClient> client_of(std::uint16_t port, const hub::Clock& clock, const HttpClientLimits& limits = {}) {
    auto made = HttpClient::make(*parse_url("http://127.0.0.1:" + std::to_string(port) + "/r"), nullptr, limits, clock);
    BOOST_REQUIRE(!!made);
    return std::move(*made);
}

const HttpRequest request{"POST", "/r", {{"Idempotency-Key", "k"}}, "hello", {}};

hub::Error error_for(const std::string& answer, bool then_closes = true) {
    const support::MovableClock clock;
    const support::ScriptedServer server(answer, then_closes);
    HttpClientLimits limits;
    limits.answer_timeout = 300ms;
    limits.response_bytes_max = 1'000;
    const auto result = client_of(server.port(), clock, limits)->exchange(request);
    BOOST_REQUIRE_MESSAGE(!result, "an answer was taken: " + answer.substr(0, 60));
    return result.error();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(client)

BOOST_AUTO_TEST_CASE(one_connection_is_used_again) {
    HttpServerLimits limits;
    limits.connections_max = 1;
    EchoServer echo(limits);
    const auto client = client_of(echo.port(), echo.clock);
    for (int i = 0; i < 3; ++i) {
        const auto answer = client->exchange(request);
        BOOST_REQUIRE(!!answer);
        BOOST_TEST(answer->status == 200);
        BOOST_TEST(answer->body == "/r|hello");
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_the_server_has_closed_is_replaced_before_sending) {
    EchoServer echo;
    const support::MovableClock clock;
    const auto client = client_of(echo.port(), clock);
    BOOST_TEST(!!client->exchange(request));
    for (int i = 0; i < 10; ++i) {
        echo.clock.add(31s);  // the server's idle time passes, the client's does not
        std::this_thread::sleep_for(30ms);
    }
    const auto answer = client->exchange(request);
    BOOST_REQUIRE_MESSAGE(!!answer, (answer ? "" : hub::to_text(answer.error())));
    BOOST_TEST(echo.requests == 2);
}

BOOST_AUTO_TEST_CASE(nobody_listening_is_a_reason_to_reconnect_and_the_outcome_is_known) {
    std::uint16_t port = 0;
    {
        const support::ScriptedServer gone("");
        port = gone.port();
    }
    const support::MovableClock clock;
    const auto result = client_of(port, clock)->exchange(request);
    BOOST_REQUIRE(!result);
    BOOST_TEST((result.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(!result.error().outcome_unknown);
    BOOST_TEST(result.error().where == "127.0.0.1:" + std::to_string(port));
}

BOOST_AUTO_TEST_CASE(no_answer_leaves_the_outcome_unknown) {
    const hub::Error stalled = error_for("", false);
    BOOST_TEST(stalled.outcome_unknown);
    BOOST_TEST(stalled.what == "the server did not answer in time");
    const hub::Error closed = error_for("");
    BOOST_TEST(closed.outcome_unknown);
    BOOST_TEST((closed.remedy == hub::Remedy::reconnect));
    BOOST_TEST(error_for("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf").outcome_unknown);
    BOOST_TEST(error_for("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", false).outcome_unknown);
}

BOOST_AUTO_TEST_CASE(answers_that_are_not_plainly_one_thing_are_not_believed) {
    for (const std::string answer :
         {"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "SSH-2.0-OpenSSH\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"})
        BOOST_TEST(error_for(answer).outcome_unknown, answer);
}

BOOST_AUTO_TEST_CASE(an_answer_over_its_limit_is_not_taken) {
    BOOST_TEST(error_for("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n" + std::string(1'001, 'a')).outcome_unknown);
    BOOST_TEST(error_for("HTTP/1.1 200 OK\r\n\r\n" + std::string(1'001, 'a')).outcome_unknown);
    BOOST_TEST(error_for("HTTP/1.1 200 OK\r\nX: " + std::string(9'000, 'a')).outcome_unknown);
    std::string interim;
    for (int i = 0; i < 10; ++i) interim += "HTTP/1.1 102 Processing\r\n\r\n";
    BOOST_TEST(error_for(interim + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").outcome_unknown);
}

BOOST_AUTO_TEST_CASE(interim_answers_and_bodies_ended_by_closing_are_understood) {
    const support::MovableClock clock;
    const support::ScriptedServer server("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nReceipt: r1\r\n\r\nto the end");
    const auto answer = client_of(server.port(), clock)->exchange(request);
    BOOST_REQUIRE(!!answer);
    BOOST_TEST(answer->status == 202);
    BOOST_TEST(answer->body == "to the end");
    BOOST_TEST(header_value(answer->headers, "receipt") == "r1");
}

BOOST_AUTO_TEST_CASE(plain_connections_leave_the_machine_never) {
    const support::MovableClock clock;
    BOOST_TEST(!HttpClient::make(*parse_url("http://police.example/r"), nullptr, {}, clock));
    BOOST_TEST(!HttpClient::make(*parse_url("http://10.0.0.1/r"), nullptr, {}, clock));
    BOOST_TEST(!HttpClient::make(*parse_url("https://127.0.0.1/r"), nullptr, {}, clock));
}

BOOST_AUTO_TEST_SUITE_END()
