// What has brought other hubs down: peers without a key, silent peers, floods without an end.
#include <fcntl.h>

#include <boost/test/data/test_case.hpp>
#include <deque>

#include "hub/edge/edge.hpp"
#include "tests/connectors/zeromq/raw_curve.hpp"
#include "tests/connectors/zeromq/zeromq_rig.hpp"

using namespace hub;
using namespace zeromq_test;

namespace {

/// Far more than the edge may hold: without its limit the flood would go on.
constexpr int long_parts_max = 8'000, short_parts_max = 20'000'000;
constexpr int long_part_bytes = 500'000, short_part_bytes = 20;

struct TrapRig : Rig {
    std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(zeromq_traps, TrapRig)

BOOST_AUTO_TEST_CASE(an_unknown_key_gets_no_message_in) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    const auto stranger = client(Keys::make());
    for (int each = 0; each < 10; ++each) stranger->socket().send(zmq::str_buffer("TG1"), zmq::send_flags::dontwait);
    const auto honest = client(theirs);
    honest->say({"TG1", "m1", "", "body"});
    BOOST_TEST(honest->hear().at(2) == "accepted");
    BOOST_TEST(stranger->hear(300).empty());
    BOOST_TEST(hub.taken(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_peer_without_curve_gets_no_message_in) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    support::AnsweringHub hub(*open);
    zmq::context_t context;
    zmq::socket_t plain(context, zmq::socket_type::dealer);
    plain.set(zmq::sockopt::linger, 0);
    plain.set(zmq::sockopt::rcvtimeo, 300);
    plain.connect("tcp://" + address);
    plain.send(zmq::str_buffer("TG1"), zmq::send_flags::dontwait);
    zmq::message_t nothing;
    BOOST_TEST(!plain.recv(nothing));
    const auto honest = client(theirs);
    honest->say({"TG1", "m1", "", "body"});
    BOOST_TEST(honest->hear().at(2) == "accepted");
    BOOST_TEST(hub.taken(1).size() == 1u);
}

BOOST_AUTO_TEST_CASE(three_hundred_silent_connections_are_dropped_and_an_honest_client_is_served) {
    const auto open = source({{"handshake_timeout_ms", "500", "", 0}});
    BOOST_REQUIRE(open->open());
    const support::AnsweringHub hub(*open);
    std::deque<support::RawPeer> silent;
    for (int each = 0; each < 300; ++each) silent.emplace_back(port());
    const auto honest = client(theirs);
    honest->say({"TG1", "m1", "", "body"});
    BOOST_TEST(honest->hear().at(2) == "accepted");
    int dropped = 0;
    for (const support::RawPeer& each : silent) {
        each.hear_all();
        dropped += each.closed();
    }
    BOOST_TEST(dropped == 300);
}

BOOST_AUTO_TEST_CASE(garbage_and_length_bombs_close_their_own_connection_only) {
    const auto open = source();
    BOOST_REQUIRE(open->open());
    const support::AnsweringHub hub(*open);
    using namespace std::string_literals;
    const std::string greeting = "\xff\0\0\0\0\0\0\0\1\x7f\3\1CURVE"s + std::string(15, '\0') + "\0"s + std::string(31, '\0');
    for (const std::string& attack : {"GET / HTTP/1.1\r\n\r\n"s, greeting + "\6\x7f\xff\xff\xff\xff\xff\xff\xff"s, greeting + "\4\xff"s + std::string(255, 'A')}) {
        const support::RawPeer peer(port());
        peer.say(attack);
        peer.hear_all();
        BOOST_TEST(peer.closed());
    }
    const auto honest = client(theirs);
    honest->say({"TG1", "m1", "", "body"});
    BOOST_TEST(honest->hear().at(2) == "accepted");
}

// libzmq notices a lack of memory for a long part and cuts that peer off; for a short one it aborts. Both are survived.
BOOST_DATA_TEST_CASE_F(TrapRig, an_endless_message_is_survived, boost::unit_test::data::make({long_part_bytes, short_part_bytes}), part_bytes) {
    edge::Launch launch;
    launch.command = {ZEROMQ_EDGE};
    launch.run_folder = folder.path();
    launch.limits.memory_bytes_max = 128LL << 20;
    const auto entry = edge::behind_edge(connectors::zeromq::connector(), launch, {clock, random, disk, net, scheduler});
    auto made = entry.make_source(source_settings(), context());
    BOOST_REQUIRE(made);
    BOOST_REQUIRE((*made)->open());
    support::AnsweringHub hub(**made);
    {
        const auto honest = client(theirs);
        honest->say({"TG1", "before", "", "body"});
        BOOST_TEST(honest->hear().at(2) == "accepted");
    }
    RawCurve endless(port(), ours.public_key, theirs.public_key, theirs.secret_key);
    BOOST_REQUIRE(endless.up());
    const std::string part(static_cast<std::size_t>(part_bytes), 'x');
    const bool is_short = part_bytes == short_part_bytes;
    const int together = is_short ? 1'000 : 1, parts_max = is_short ? short_parts_max : long_parts_max;
    int parts = 0;
    while (parts < parts_max && endless.say_with_more_to_come(part, together)) parts += together;
    BOOST_TEST_MESSAGE(parts << " parts before the end");
    BOOST_TEST(parts < parts_max);
    if (is_short) {
        const auto errors = hub.errors(1);
        BOOST_REQUIRE(!errors.empty());
        BOOST_TEST((errors[0].remedy == Remedy::reconnect));
        BOOST_TEST_MESSAGE(to_text(errors[0]));
    }
    const auto honest = client(theirs);
    honest->say({"TG1", "after", "", "body"});
    BOOST_TEST(honest->hear().at(2) == "accepted");
    BOOST_TEST(hub.taken(2).size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
