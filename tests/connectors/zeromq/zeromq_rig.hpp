// What the tests of the zeromq connector share: keys made for the test, ends with settings, and plain libzmq peers.
#pragma once

#include <sys/stat.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <zmq.hpp>
#include <zmq_addon.hpp>

#include "connectors/zeromq/zeromq.hpp"
#include "hub/cli/system.hpp"
#include "tests/support/answering_hub.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace zeromq_test {

struct Keys {
    std::string public_key, secret_key;
    static Keys make() {
        std::array<char, 41> open{}, secret{};
        zmq_curve_keypair(open.data(), secret.data());
        return {open.data(), secret.data()};
    }
};

using Frames = std::vector<std::string>;

/// A libzmq socket with keys, for the side that is not ours.
class Peer {
public:
    Peer(zmq::socket_type type, const Keys& own) : socket_(context_, type) {
        socket_.set(zmq::sockopt::linger, 0);
        socket_.set(zmq::sockopt::curve_publickey, own.public_key);
        socket_.set(zmq::sockopt::curve_secretkey, own.secret_key);
    }
    zmq::socket_t& socket() { return socket_; }

    void say(const Frames& frames) {
        for (std::size_t part = 0; part < frames.size(); ++part)
            socket_.send(zmq::buffer(frames[part]), part + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
    }
    /// Empty when nothing came in time.
    Frames hear(int wait_ms = support::patience_ms) {
        socket_.set(zmq::sockopt::rcvtimeo, wait_ms);
        std::vector<zmq::message_t> parts;
        if (!zmq::recv_multipart(socket_, std::back_inserter(parts))) return {};
        Frames frames;
        for (const auto& each : parts) frames.push_back(each.to_string());
        return frames;
    }

private:
    zmq::context_t context_;
    zmq::socket_t socket_;
};

struct Rig {
    hub::cli::SystemClock clock;
    hub::cli::SystemRandom random;
    hub::cli::SystemDisk disk;
    hub::cli::UnixNet net;
    hub::cli::ThreadScheduler scheduler;
    support::TemporaryFolder folder;
    Keys ours = Keys::make(), theirs = Keys::make();
    std::string address = "127.0.0.1:" + std::to_string(support::free_port());

    Rig() {
        write_secret("ours.key", ours);
        write_secret("theirs.key", theirs);
    }

    void write_secret(const std::string& name, const Keys& keys) const {
        support::write_file(folder / name, keys.secret_key + "\n");
        ::chmod((folder / name).c_str(), 0600);
    }

    hub::ConnectorContext context() { return {clock, random, disk, "wire", folder.path()}; }

    hub::SettingTexts source_settings(const hub::SettingTexts& more = {}) const {
        hub::SettingTexts all{{"listen", address, "", 0}, {"secret_key_file", "ours.key", "", 0},
                              {"clients", "northvale_court " + theirs.public_key, "", 0}};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    std::unique_ptr<hub::Source> source(const hub::SettingTexts& more = {}) {
        auto made = connectors::zeromq::connector().make_source(source_settings(more), context());
        BOOST_REQUIRE(made);
        return std::move(*made);
    }

    std::unique_ptr<hub::Sink> sink(const hub::SettingTexts& more) {
        hub::SettingTexts all{{"address", address, "", 0}, {"secret_key_file", "ours.key", "", 0}};
        all.insert(all.end(), more.begin(), more.end());
        auto made = connectors::zeromq::connector().make_sink(all, context());
        BOOST_REQUIRE(made);
        return std::move(*made);
    }
    std::unique_ptr<hub::Sink> dealer(const hub::SettingTexts& more = {}) {
        hub::SettingTexts all{{"server_key", theirs.public_key, "", 0}};
        all.insert(all.end(), more.begin(), more.end());
        return sink(all);
    }

    /// A client of our source.
    std::unique_ptr<Peer> client(const Keys& keys, zmq::socket_type type = zmq::socket_type::dealer) const {
        auto peer = std::make_unique<Peer>(type, keys);
        peer->socket().set(zmq::sockopt::curve_serverkey, ours.public_key);
        peer->socket().connect("tcp://" + address);
        return peer;
    }
    /// A partner for our sink.
    std::unique_ptr<Peer> partner() const {
        auto peer = std::make_unique<Peer>(zmq::socket_type::router, theirs);
        peer->socket().set(zmq::sockopt::curve_server, true);
        peer->socket().bind("tcp://" + address);
        return peer;
    }
};

}  // namespace zeromq_test
