// The operators' socket: acts reach the hub, and nobody who misbehaves there keeps it busy.
#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "hub/core/bytes.hpp"
#include "hub/routes/control.hpp"
#include "tests/routes/rig.hpp"
#include "tests/support/connector_world.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hub;
using namespace hub::routes;
using namespace routes_test;

namespace {

class UnixSockets : public Net {
public:
    Result<int> listen_unix(const std::string& path) override {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un address = address_of(path);
        if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 || ::listen(socket, 8) != 0) {
            ::close(socket);
            return Error{Remedy::stop, "somebody listens there", path};
        }
        return socket;
    }
    Result<int> connect_unix(const std::string& path) override {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un address = address_of(path);
        if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return socket;
        ::close(socket);
        return Error{Remedy::retry, "nobody listens there", path};
    }

private:
    static sockaddr_un address_of(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), std::min(path.size(), sizeof address.sun_path - 1));
        return address;
    }
};

struct Socket {
    explicit Socket(Control::Perform perform, Control::Count count = [] { return std::vector<Refusal>(); })
        : control(net, clock, folder / "control", std::move(perform), std::move(count)) {
        BOOST_REQUIRE(control.listen());
        thread = std::jthread([this](std::stop_token stop) { control.run(stop); });
    }
    /// Sends raw bytes and returns what comes back until the hub hangs up.
    std::string raw(const std::string& bytes, std::chrono::nanoseconds later = {}) {
        const auto socket = net.connect_unix(folder / "control");
        BOOST_REQUIRE(socket);
        BOOST_TEST(::send(*socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size()));
        if (later.count() > 0) {
            support::RealTime().wait(std::chrono::milliseconds(20), {});
            clock.add(later);
        }
        std::string answer;
        char chunk[512];
        for (ssize_t got = 1; (got = ::recv(*socket, chunk, sizeof chunk, 0)) > 0;) answer.append(chunk, static_cast<std::size_t>(got));
        ::close(*socket);
        return answer;
    }
    Result<ControlReply> ask(const core::Act& act) { return ask_hub(net, clock, folder / "control", act); }

    support::TemporaryFolder folder{};
    UnixSockets net{};
    support::MovableClock clock{};
    Control control;
    std::jthread thread{};
};

core::Act hold() { return {core::Act::Verb::hold, {7, 1, 2}, "an operator", "a reason", "", "", {}}; }

core::Stepped done(const core::Act& act) {
    core::Stepped stepped;
    stepped.receipt = core::to_text(act.item) + " " + act.who + " " + act.why;
    stepped.problems.push_back({"", 0, 0, "TG-X", "what", "cure"});
    return stepped;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(operators_socket)

BOOST_AUTO_TEST_CASE(an_act_reaches_the_hub_and_its_answer_comes_back) {
    Socket socket(done);
    const auto reply = socket.ask(hold());
    BOOST_REQUIRE(reply);
    BOOST_TEST((reply->outcome == Outcome::accepted));
    BOOST_TEST(reply->journalled);
    BOOST_TEST(reply->receipt == "7.1.2 an operator a reason");
    BOOST_REQUIRE(reply->problems.size() == 1u);
    BOOST_TEST(reply->problems[0].cure == "cure");
    BOOST_TEST(socket.ask(hold()).operator bool());
}

BOOST_AUTO_TEST_CASE(an_act_on_a_running_hub_is_journalled) {
    Rig rig;
    rig.receivers.at("police").fail_open({Remedy::reconnect, "down"}, 1'000'000);
    rig.start();
    rig.send(1, "x");
    BOOST_REQUIRE(rig.court.await_settled(1));
    Socket socket([&](const core::Act& act) { return rig.engine->act(act); });
    core::Act act = hold();
    act.item = rig.open_items()[0].ref;
    BOOST_TEST(socket.ask(act)->journalled);
    BOOST_TEST((rig.open_items()[0].state == core::ItemState::held));
    const auto again = socket.ask(act);
    BOOST_TEST(!again->journalled);
    BOOST_TEST((again->outcome == Outcome::refused));
}

BOOST_AUTO_TEST_CASE(what_was_refused_at_the_door_can_be_asked_for_by_source_and_reason) {
    Rig rig;
    rig.start();
    rig.court.send({"a", "stranger", "m1", "", slip(1, "x")});
    rig.court.send({"b", "court-certificate", "m2", "no_such_exchange", slip(1, "x")});
    rig.court.send({"c", "stranger", "m3", "", slip(1, "x")});
    BOOST_REQUIRE(rig.court.await_settled(3));
    Socket socket(done, [&] { return rig.engine->watch().at_the_door.all(); });
    const auto refusals = ask_refusals(socket.net, socket.clock, socket.folder / "control");
    BOOST_REQUIRE(refusals);
    std::string said;
    for (const Refusal& each : *refusals) {
        BOOST_TEST((each.told == Outcome::refused));
        BOOST_TEST(!each.reason.empty());
        said += each.source + " " + each.code + " " + std::to_string(each.times) + "\n";
    }
    BOOST_TEST(said == rig.engine->watch().at_the_door.all().front().source + " TG-R001 2\n" + refusals->back().source + " TG-R002 1\n");
    BOOST_TEST(socket.ask(hold()).operator bool());  // and acts go on
}

BOOST_AUTO_TEST_CASE(what_is_no_act_is_answered_as_such) {
    Socket socket(done);
    const auto reply = decode_control_reply(std::string_view(socket.raw(core::Writer().text("gibberish").take())).substr(4));
    BOOST_REQUIRE(reply);
    BOOST_TEST((reply->outcome == Outcome::refused));
    BOOST_TEST(reply->problems.at(0).code == "TG-R040");
}

BOOST_AUTO_TEST_CASE(a_request_longer_than_control_bytes_max_is_hung_up_on) {
    Socket socket(done);
    BOOST_TEST(socket.raw(core::Writer().u32(control_bytes_max + 1).take()) == "");
    BOOST_TEST(socket.raw("\xff\xff\xff\xff") == "");
    BOOST_TEST(socket.ask(hold()).operator bool());
}

BOOST_AUTO_TEST_CASE(a_caller_who_says_nothing_is_hung_up_on_in_time) {
    Socket socket(done);
    const auto silent = socket.net.connect_unix(socket.folder / "control");
    BOOST_REQUIRE(silent);
    support::RealTime().wait(std::chrono::milliseconds(20), {});
    std::jthread hurry([&](std::stop_token stop) {
        while (!stop.stop_requested()) {
            socket.clock.add(std::chrono::milliseconds(control_timeout_ms));
            support::RealTime().wait(std::chrono::milliseconds(5), stop);
        }
    });
    char byte = 0;
    BOOST_TEST(::recv(*silent, &byte, 1, 0) == 0);
    ::close(*silent);
}

BOOST_AUTO_TEST_CASE(asking_where_no_hub_listens_is_an_error_and_no_hang) {
    support::TemporaryFolder folder;
    support::MovableClock clock;
    UnixSockets net;
    const auto reply = ask_hub(net, clock, folder / "control", hold());
    BOOST_REQUIRE(!reply);
    BOOST_TEST(reply.error().code == no_hub);
}

BOOST_AUTO_TEST_CASE(the_socket_goes_with_the_hub_and_a_caller_in_mid_sentence_does_not_hold_it_up) {
    auto socket = std::make_unique<Socket>(done);
    const auto half = socket->net.connect_unix(socket->folder / "control");
    BOOST_REQUIRE(half);
    BOOST_TEST(::send(*half, "\0\0", 2, MSG_NOSIGNAL) == 2);
    socket->thread.request_stop();
    socket->thread.join();
    ::close(*half);
    socket.reset();
}

BOOST_AUTO_TEST_SUITE_END()
