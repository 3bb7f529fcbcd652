// The zeromq connector's rig: plain libzmq sockets on the other side.
#include <sys/stat.h>

#include <array>
#include <atomic>
#include <fstream>
#include <map>
#include <mutex>
#include <thread>
#include <zmq.hpp>
#include <zmq_addon.hpp>

#include "tests/conformance/rig.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace conformance {
namespace {

using Frames = std::vector<std::string>;

struct Keys {
    std::string open, secret;
    static Keys make() {
        std::array<char, 41> open{}, secret{};
        zmq_curve_keypair(open.data(), secret.data());
        return {open.data(), secret.data()};
    }
};

void write_secret(const std::string& path, const Keys& keys) {
    std::ofstream(path) << keys.secret;
    ::chmod(path.c_str(), 0600);
}

void use(zmq::socket_t& socket, const Keys& own) {
    socket.set(zmq::sockopt::linger, 0);
    socket.set(zmq::sockopt::curve_publickey, own.open);
    socket.set(zmq::sockopt::curve_secretkey, own.secret);
}

void say(zmq::socket_t& socket, const Frames& frames) {
    for (std::size_t i = 0; i < frames.size(); ++i)
        socket.send(zmq::buffer(frames[i]), i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none);
}

Frames hear(zmq::socket_t& socket, int wait_ms) {
    socket.set(zmq::sockopt::rcvtimeo, wait_ms);
    std::vector<zmq::message_t> parts;
    if (!zmq::recv_multipart(socket, std::back_inserter(parts))) return {};
    Frames frames;
    for (const auto& part : parts) frames.push_back(part.to_string());
    return frames;
}

class Client : public SourceRig {
public:
    Client() { write_secret(folder_ / "ours.key", ours_); }
    hub::SettingTexts settings() const override {
        return support::settings_of({{"listen", "127.0.0.1:" + std::to_string(port_)}, {"secret_key_file", folder_ / "ours.key"}, {"clients", "partner " + theirs_.open}});
    }
    /// A connection for each message, made when the source is there: what is said into one that is just breaking is lost, and
    /// this sender does not say it again.
    void send(const std::string& message_id, const std::string& body) override {
        zmq::socket_t& socket = sockets_[message_id] = zmq::socket_t(context_, zmq::socket_type::dealer);
        use(socket, theirs_);
        socket.set(zmq::sockopt::curve_serverkey, ours_.open);
        socket.connect("tcp://127.0.0.1:" + std::to_string(port_));
        say(socket, {"TG1", message_id, "", body});
    }
    Told told(const std::string& message_id) override {
        for (Frames frames = hear(sockets_.at(message_id), 10); frames.size() >= 4; frames = hear(sockets_.at(message_id), 10))
            told_[frames[1]] = frames[2] == "accepted" || frames[2] == "duplicate" ? Told::good : Told::bad;
        return told_[message_id];
    }
    /// ZeroMQ delivers whole messages or none: a peer that goes away or is silent is seen on the socket below.
    bool go_wrong(Fault fault) override {
        silent_.push_back(std::make_unique<support::RawPeer>(port_));
        silent_.back()->say(std::string("\xff\0\0\0\0\0\0\0\x01\x7f\3", 11));
        if (fault == Fault::cuts) silent_.pop_back();
        return fault != Fault::absent;
    }

private:
    support::TemporaryFolder folder_;
    const Keys ours_ = Keys::make(), theirs_ = Keys::make();
    const std::uint16_t port_ = support::free_port();
    zmq::context_t context_;
    std::map<std::string, zmq::socket_t> sockets_;
    std::map<std::string, Told> told_;
    std::vector<std::unique_ptr<support::RawPeer>> silent_;
};

class Partner : public SinkRig {
public:
    Partner() {
        write_secret(folder_ / "ours.key", ours_);
        become({});
    }
    ~Partner() override { stop(); }
    hub::SettingTexts settings(const Waits& waits) const override {
        return support::settings_of({{"address", "127.0.0.1:" + std::to_string(port_)}, {"secret_key_file", folder_ / "ours.key"}, {"server_key", theirs_.open},
                                     {"connect_timeout_ms", Waits::text(waits.connect)}, {"answer_timeout_ms", Waits::text(waits.answer)}});
    }
    bool become(std::optional<Fault> fault) override {
        fault_ = fault;
        if (fault == Fault::absent) stop();
        else if (!thread_.joinable()) thread_ = std::jthread([this](std::stop_token stop) { serve(stop); });
        return true;
    }
    std::vector<Received> received() override {
        const std::lock_guard lock(mutex_);
        return received_;
    }

private:
    void stop() { thread_ = {}; }
    void serve(std::stop_token stop) {
        zmq::context_t context;
        zmq::socket_t socket(context, zmq::socket_type::router);
        use(socket, theirs_);
        socket.set(zmq::sockopt::curve_server, true);
        socket.bind("tcp://127.0.0.1:" + std::to_string(port_));
        while (!stop.stop_requested()) {
            const Frames frames = hear(socket, 20);
            if (frames.size() < 5 || fault_.load()) continue;
            {
                const std::lock_guard lock(mutex_);
                received_.push_back({frames[2], frames[4]});
            }
            say(socket, {frames[0], "TG1", frames[2], "accepted", "r-" + frames[2].substr(0, 8), ""});
        }
    }

    support::TemporaryFolder folder_;
    const Keys ours_ = Keys::make(), theirs_ = Keys::make();
    const std::uint16_t port_ = support::free_port();
    std::atomic<std::optional<Fault>> fault_{};
    std::mutex mutex_;  ///< guards received_
    std::vector<Received> received_;
    std::jthread thread_;
};

}  // namespace

Rig zeromq_rig() {
    return {"zeromq", [](support::ConnectorWorld&) -> std::unique_ptr<SourceRig> { return std::make_unique<Client>(); },
            [](support::ConnectorWorld&) -> std::unique_ptr<SinkRig> { return std::make_unique<Partner>(); }};
}

}  // namespace conformance
