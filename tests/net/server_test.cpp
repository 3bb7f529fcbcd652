// The server: keep-alive, answers from other threads, limits, slow peers.
#include <boost/test/unit_test.hpp>

#include <sys/stat.h>
#include <sys/un.h>

#include <thread>

#include "tests/net/echo_server.hpp"
#include "tests/support/raw_peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace std::chrono_literals;
using hub::net::HttpServerLimits;
using support::RawPeer;

namespace {

std::string post(const std::string& body, const std::string& target = "/r") {
    return "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

void wait_until(const std::function<bool()>& what) {
    for (int i = 0; i < support::patience_ms && !what(); ++i) std::this_thread::sleep_for(1ms);
}

/// Moves the clock again and again until the peer hears something: the server must have read the bytes first.
std::string hear_after(const EchoServer& echo, support::MovableClock& clock, const RawPeer& peer, std::chrono::seconds step) {
    std::jthread mover([&](std::stop_token stop) {
        while (!stop.stop_requested()) {
            std::this_thread::sleep_for(150ms);
            clock.add(step);
        }
    });
    const std::string heard = peer.hear_all();
    BOOST_TEST(echo.requests == 0);
    return heard;
}

/// What a killed process leaves behind: a socket's file that nobody listens on.
void leave_dead_socket(const std::string& path) {
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    path.copy(where.sun_path, sizeof where.sun_path - 1);
    const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
    BOOST_REQUIRE(bind(dead, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
    ::close(dead);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_AUTO_TEST_CASE(one_connection_carries_many_requests) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    for (int i = 0; i < 5; ++i) {
        peer.say(post("body" + std::to_string(i)));
        BOOST_TEST(peer.hear_until("/r|body" + std::to_string(i)).find("HTTP/1.1 200 OK\r\nDate: ") == 0u);
    }
    BOOST_TEST(echo.requests == 5);
}

BOOST_AUTO_TEST_CASE(requests_sent_together_are_answered_in_their_order) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say(post("1") + post("2") + "GET /3 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string heard = peer.hear_all();
    const auto first = heard.find("/r|1"), second = heard.find("/r|2"), third = heard.find("/3|");
    BOOST_TEST(first < second);
    BOOST_TEST(second < third);
    BOOST_TEST(third != heard.npos);
    BOOST_TEST(peer.closed());
}

BOOST_AUTO_TEST_CASE(a_body_in_chunks_is_put_together) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("POST /r HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (const char* piece : {"5\r\nhel", "lo\r", "\n1\r\n!\r\n0\r\n", "\r\n"}) {
        std::this_thread::sleep_for(5ms);
        peer.say(piece);
    }
    BOOST_TEST(peer.hear_until("/r|hello!").find("/r|hello!") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_client_that_asks_first_is_told_to_go_on) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("POST /r HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    BOOST_TEST(peer.hear_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    peer.say("hello");
    BOOST_TEST(peer.hear_until("/r|hello").find("/r|hello") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_answer_to_head_has_no_body) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("HEAD /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    const std::string heard = peer.hear_all();
    BOOST_TEST(heard.find("Content-Length: 6\r\n\r\n") == heard.size() - 21);
}

BOOST_AUTO_TEST_CASE(the_answer_may_come_later_from_another_thread) {
    HttpServerLimits limits;
    limits.threads = 2;
    EchoServer echo(limits);
    echo.answers = false;
    const RawPeer one(echo.port()), two(echo.port());
    one.say(post("1"));
    wait_until([&] { return echo.requests == 1; });
    const auto first = echo.last_ticket.load();
    two.say(post("2"));
    wait_until([&] { return echo.requests == 2; });
    std::thread([&] { echo.server->answer({{echo.last_ticket, {202, {}, "second"}}, {first, {202, {}, "first"}}, {first, {500, {}, "twice"}}}); }).join();
    BOOST_TEST(one.hear_until("first").find("HTTP/1.1 202 Accepted") == 0u);
    BOOST_TEST(two.hear_until("second").find("HTTP/1.1 202 Accepted") == 0u);
}

BOOST_AUTO_TEST_CASE(an_answer_whose_connection_is_gone_is_dropped) {
    EchoServer echo;
    echo.answers = false;
    {
        const RawPeer peer(echo.port());
        peer.say(post("1"));
        wait_until([&] { return echo.requests == 1; });
    }
    echo.server->answer({{echo.last_ticket, {202, {}, "late"}}, {4711, {202, {}, "nobody's"}}});
    echo.answers = true;
    const RawPeer peer(echo.port());
    peer.say(post("2"));
    BOOST_TEST(peer.hear_until("/r|2").find("/r|2") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_body_of_the_limit_passes_and_one_byte_more_is_refused) {
    HttpServerLimits limits;
    limits.body_bytes_max = 100'000;
    EchoServer echo(limits);
    {
        const RawPeer peer(echo.port());
        peer.say(post(std::string(100'000, 'a')));
        BOOST_TEST(peer.hear_until(std::string(100'000, 'a')).find("HTTP/1.1 200") == 0u);
    }
    const RawPeer peer(echo.port());
    peer.say(post(std::string(100'001, 'a')));
    BOOST_TEST(peer.hear_all().find("HTTP/1.1 413 ") == 0u);
    const RawPeer chunked(echo.port());
    chunked.say("POST /r HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n186a1\r\naaa");
    BOOST_TEST(chunked.hear_all().find("HTTP/1.1 413 ") == 0u);
    BOOST_TEST(echo.requests == 1);
}

BOOST_AUTO_TEST_CASE(a_head_over_its_limit_is_refused) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'a') + "\r\n\r\n");
    BOOST_TEST(peer.hear_all().find("HTTP/1.1 431 ") == 0u);
    const RawPeer endless(echo.port());
    endless.say("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'a'));
    BOOST_TEST(endless.hear_all().find("HTTP/1.1 431 ") == 0u);
}

BOOST_AUTO_TEST_CASE(an_endless_chunk_head_is_refused) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("POST /r HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;" + std::string(40'000, 'a'));
    BOOST_TEST(peer.hear_all().find("HTTP/1.1 400 ") == 0u);
}

BOOST_AUTO_TEST_CASE(connections_over_the_limit_are_closed_at_once) {
    HttpServerLimits limits;
    limits.connections_per_peer_max = 2;
    EchoServer echo(limits);
    const RawPeer one(echo.port());
    one.say(post("1"));
    one.hear_until("/r|1");
    {
        const RawPeer two(echo.port());
        two.say(post("2"));
        two.hear_until("/r|2");
        const RawPeer three(echo.port());
        BOOST_TEST(three.hear_all() == "");
        BOOST_TEST(three.closed());
    }
    // The place of a connection that ended is free again, soon.
    std::string heard;
    for (int i = 0; i < 1'000 && heard.empty(); ++i) {
        const RawPeer four(echo.port());
        four.say(post("4"));
        heard = four.hear_until("/r|4");
    }
    BOOST_TEST(heard.find("/r|4") != heard.npos);
}

BOOST_AUTO_TEST_CASE(a_head_that_trickles_is_cut_off) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("GET / HTTP/1.1\r\nHos");
    BOOST_TEST(hear_after(echo, echo.clock, peer, 2s).find("HTTP/1.1 408 ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_body_that_trickles_is_cut_off) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    peer.say("POST /r HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    BOOST_TEST(hear_after(echo, echo.clock, peer, 2s).find("HTTP/1.1 408 ") == 0u);
}

BOOST_AUTO_TEST_CASE(a_silent_connection_is_closed_without_a_word) {
    EchoServer echo;
    const RawPeer peer(echo.port());
    BOOST_TEST(hear_after(echo, echo.clock, peer, 10s) == "");
    BOOST_TEST(peer.closed());
}

BOOST_AUTO_TEST_CASE(a_request_nobody_answers_is_told_to_come_again) {
    EchoServer echo;
    echo.answers = false;
    const RawPeer peer(echo.port());
    peer.say(post("1"));
    wait_until([&] { return echo.requests == 1; });
    echo.clock.add(61s);
    const std::string heard = peer.hear_all();
    BOOST_TEST(heard.find("HTTP/1.1 503 ") == 0u);
    BOOST_TEST(heard.find("Retry-After: 1\r\n") != heard.npos);
    echo.server->answer({{echo.last_ticket, {202, {}, "late"}}});
    echo.answers = true;
    const RawPeer next(echo.port());
    next.say(post("2"));
    BOOST_TEST(next.hear_until("/r|2").find("/r|2") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sender_that_does_not_read_loses_its_connection) {
    HttpServerLimits limits;
    limits.body_bytes_max = 8 * 1024 * 1024;
    EchoServer echo(limits);
    const RawPeer peer(echo.port());
    const std::string large(8 * 1024 * 1024, 'a');
    peer.say(post(large));
    wait_until([&] { return echo.requests == 1; });
    for (int i = 0; i < 15; ++i) {  // whenever sending begins, its time passes
        std::this_thread::sleep_for(50ms);
        echo.clock.add(11s);
    }
    BOOST_TEST(peer.hear_all().size() < large.size());
    BOOST_TEST(peer.closed());
}

BOOST_AUTO_TEST_CASE(without_tls_only_loopback_is_served) {
    EchoServer echo({}, nullptr, "0.0.0.0:0");
    BOOST_TEST(echo.server == nullptr);
    BOOST_TEST(echo.failure.find("loopback") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_unix_socket_belongs_to_its_owner_and_replaces_a_dead_one) {
    const support::TemporaryFolder folder;
    const std::string path = folder / "http.sock";
    leave_dead_socket(path);
    EchoServer echo({}, nullptr, "unix:" + path);
    BOOST_REQUIRE(echo.server != nullptr);
    struct stat info {};
    BOOST_TEST(stat(path.c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777) == 0600u);
    EchoServer second({}, nullptr, "unix:" + path);
    BOOST_TEST(second.server == nullptr);  // the first one lives
}

BOOST_AUTO_TEST_CASE(a_server_can_be_ended_while_requests_wait) {
    const auto peer = [] {
        EchoServer echo;
        echo.answers = false;
        auto one = std::make_unique<RawPeer>(echo.port());
        one->say(post("1"));
        wait_until([&] { return echo.requests == 1; });
        return one;
    }();
    BOOST_TEST(peer->hear_all() == "");
    BOOST_TEST(peer->closed());
}

BOOST_AUTO_TEST_SUITE_END()
