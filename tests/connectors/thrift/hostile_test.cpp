// The thrift source among peers that lie about lengths, stall, or may not come in.
#include <fstream>

#include "tests/connectors/thrift/thrift_world.hpp"

using namespace thrift_test;

namespace {

/// The most memory that this process has used at a time.
long peak_kilobytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmHWM:", 0) == 0) return std::stol(line.substr(6));
    return 0;
}

std::string number(std::uint32_t value) { return support::framed(std::string{}).replace(0, 4, {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8), static_cast<char>(value)}); }

/// A call of submit up to where its argument's fields begin.
std::string call_head() { return std::string("\x80\x01\0\x01", 4) + number(6) + "submit" + number(0) + std::string("\x0c\0\x01", 3); }

struct Hostile : World {
    void cut_off(const std::string& bytes) const {
        const auto peer = client();
        peer->say(bytes);
        BOOST_TEST(peer->hears_the_end());
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(thrift_hostile, Hostile)

BOOST_AUTO_TEST_CASE(length_bombs_are_cut_off_in_bounded_memory_and_the_server_goes_on) {
    open();
    support::AnsweringHub hub(*source);
    BOOST_TEST(serves());
    const long before = peak_kilobytes();
    cut_off(number(256u << 20));
    cut_off(number(0xffffffffu));
    cut_off(support::framed(call_head() + std::string("\x0b\0\x03", 3) + number(0x7fffffff) + "x"));       // a body of 2 GB
    cut_off(support::framed(call_head() + std::string("\x0b\0\x03", 3) + number(0x80000000u) + "x"));      // a negative length
    cut_off(support::framed(std::string("\x80\x01\0\x01", 4) + number(0x7fffffff) + "x"));                 // a name of 2 GB
    cut_off(support::framed(call_head() + std::string("\x0f\0\x63\x0b", 4) + number(0x7fffffff)));         // an unknown list of 2^31
    cut_off(support::framed(call_head() + std::string("\x0d\0\x63\x0c\x0c", 5) + number(0x7fffffff)));     // an unknown map of 2^31
    BOOST_TEST(peak_kilobytes() - before < 64 * 1024);
    BOOST_TEST(serves());
    BOOST_TEST(hub.taken(2).size() == 2u);  // the honest ones only
}

BOOST_AUTO_TEST_CASE(nesting_bombs_in_unknown_fields_are_cut_off) {
    open();
    support::AnsweringHub hub(*source);
    std::string structs = call_head(), lists = call_head() + std::string("\x0f\0\x63", 3);
    for (int i = 0; i < 100'000; ++i) structs += std::string("\x0c\0\x63", 3);
    for (int i = 0; i < 100'000; ++i) lists += "\x0f" + number(1);
    cut_off(support::framed(structs));
    cut_off(support::framed(lists));
    BOOST_TEST(serves());
}

BOOST_AUTO_TEST_CASE(an_unknown_field_is_passed_over_and_an_unknown_function_is_answered) {
    open();
    support::AnsweringHub hub(*source);
    const auto peer = client();
    peer->say(support::framed(call_head() + std::string("\x08\0\x63", 3) + number(7) + std::string("\x0b\0\x03", 3) + number(1) + "b" + std::string(2, '\0')));
    const auto frame = peer->hear_frame();
    BOOST_REQUIRE(frame);
    BOOST_TEST(support::submit_answer(*frame).outcome == wire::Outcome::accepted);
    peer->say(support::framed(std::string("\x80\x01\0\x01", 4) + number(4) + "boom" + number(0) + std::string(1, '\0')));
    BOOST_TEST(!!peer->hear_frame());
    BOOST_TEST(!peer->closed());
}

BOOST_AUTO_TEST_CASE(bytes_of_another_protocol_are_cut_off) {
    open();
    support::AnsweringHub hub(*source);
    cut_off("GET / HTTP/1.1\r\n\r\n");                        // as a frame's length: over the limit
    cut_off(support::framed(number(6) + "submit\x01"));       // the old, unversioned header
    cut_off(support::framed(std::string("\x82\x21\0\x06submit", 10)));  // the compact protocol
    const support::RawPeer plain(port);
    plain.say(support::submit_call(support::submission_of("k", "b")));  // without TLS
    plain.hear_all();
    BOOST_TEST(plain.closed());
    BOOST_TEST(serves());
}

BOOST_AUTO_TEST_CASE(a_client_without_a_certificate_or_with_a_strangers_never_submits) {
    open();
    support::AnsweringHub hub(*source);
    const support::TestAuthority stranger(folder.path(), "stranger");
    for (const auto& own : {support::CertificateFiles{}, stranger.issue({.name = "court", .dns = {"northvale.court.example"}}),
                            authority.issue({.name = "late", .begins_s = -7'200, .ends_s = -3'600}),
                            authority.issue({.name = "serveronly", .purpose = "serverAuth"})}) {
        const auto peer = support::TlsPeer::connect(port, {own, authority.file()});
        peer->say(support::submit_call(support::submission_of("k", "b")));
        BOOST_TEST(!peer->hear_frame());
        BOOST_TEST(peer->closed());
    }
    BOOST_TEST(serves());
    BOOST_TEST(hub.taken(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(half_handshakes_that_fill_the_server_are_swept_and_it_serves_again) {
    open({{"connections_max", "4"}, {"idle_timeout_ms", "600000"}});
    support::AnsweringHub hub(*source);
    std::vector<std::unique_ptr<support::RawPeer>> halves;
    for (int i = 0; i < 40; ++i) {
        halves.push_back(std::make_unique<support::RawPeer>(port));
        halves.back()->say(std::string("\x16\x03\x01\x02\0\x01", 6));  // the head of a ClientHello
    }
    for (std::size_t i = 4; i < halves.size(); ++i) BOOST_TEST((halves[i]->hear_all().empty() && halves[i]->closed()));  // no room
    BOOST_TEST(!serves());
    world.clock.add(std::chrono::minutes(11));
    for (std::size_t i = 0; i < 4; ++i) {
        halves[i]->hear_all();
        BOOST_TEST(halves[i]->closed());
    }
    BOOST_TEST(serves());
}

BOOST_AUTO_TEST_CASE(a_client_that_stalls_in_a_call_is_swept_and_one_whose_call_the_hub_still_has_is_not) {
    open({{"idle_timeout_ms", "600000"}});
    const auto stalled = client(), waiting = client();
    stalled->say(support::submit_call(support::submission_of("k", "b")).substr(0, 30));
    waiting->say(support::submit_call(support::submission_of("waits", "b")));
    const auto taken = source->next({});
    BOOST_REQUIRE((!!taken && taken->size() == 1));
    world.clock.add(std::chrono::minutes(11));
    BOOST_TEST(stalled->hears_the_end());
    BOOST_TEST(!!source->settle({support::AnsweringHub::accept(taken->front())}));
    const auto frame = waiting->hear_frame();
    BOOST_REQUIRE(frame);
    BOOST_TEST(support::submit_answer(*frame).outcome == wire::Outcome::accepted);
}

BOOST_AUTO_TEST_CASE(a_client_that_leaves_while_its_call_waits_harms_nobody) {
    open();
    for (int i = 0; i < 8; ++i) client()->say(support::submit_call(support::submission_of("gone-" + std::to_string(i), "b")));
    support::AnsweringHub hub(*source);
    BOOST_TEST(hub.taken(8).size() >= 8u);
    BOOST_TEST(serves());
}

BOOST_AUTO_TEST_CASE(a_call_in_many_small_pieces_comes_whole) {
    open();
    support::AnsweringHub hub(*source);
    const auto peer = client();
    for (const char c : support::submit_call(support::submission_of("key-1", "slowly"))) peer->say(std::string(1, c));
    const auto frame = peer->hear_frame();
    BOOST_REQUIRE(frame);
    BOOST_TEST(support::submit_answer(*frame).outcome == wire::Outcome::accepted);
    BOOST_TEST(hub.taken(1)[0].body == "slowly");
}

BOOST_AUTO_TEST_SUITE_END()
