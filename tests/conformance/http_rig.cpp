// The http peers: raw sockets on the one side, a server that can be told to misbehave on the other. The bytes are plain
// and on loopback; TLS has tests of its own (tests/net).
#include <poll.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

#include "tests/conformance/rig.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace conformance {
namespace {

class Poster : public SourceRig {
public:
    hub::SettingTexts settings() const override {
        return support::settings_of({{"listen", "127.0.0.1:" + std::to_string(port_)}, {"transport", "plain_loopback"}, {"identity", "exam"}});
    }

    void send(const std::string& message_id, const std::string& body) override {
        auto& peer = peers_[message_id] = std::make_unique<support::RawPeer>(port_);
        peer->say("POST /records HTTP/1.1\r\nHost: hub\r\nContent-Type: text/csv\r\nIdempotency-Key: \"" + message_id +
                  "\"\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    }

    Told told(const std::string& message_id) override {
        const std::string& heard = peers_.at(message_id)->hear_now();
        if (heard.find("\r\n\r\n") == heard.npos) return Told::nothing;
        return heard.compare(0, 10, "HTTP/1.1 2") == 0 ? Told::good : Told::bad;
    }

    bool go_wrong(Fault fault) override {
        auto peer = std::make_unique<support::RawPeer>(port_);
        peer->say("POST /records HTTP/1.1\r\nHost: hub\r\nContent-Type: text/csv\r\nContent-Length: 100\r\n\r\nhalf");
        if (fault == Fault::stalls) stalled_.push_back(std::move(peer));
        return true;
    }

private:
    const std::uint16_t port_ = support::free_port();
    std::map<std::string, std::unique_ptr<support::RawPeer>> peers_;
    std::vector<std::unique_ptr<support::RawPeer>> stalled_;
};

class Partner : public SinkRig {
public:
    Partner() {
        support::write_file(folder_ / "authorization", "Bearer exam-5b1c9e\n");
        std::filesystem::permissions(folder_ / "authorization", std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        listen();
    }
    ~Partner() override { thread_ = {}; }

    hub::SettingTexts settings(const Waits& waits) const override {
        return support::settings_of({{"url", "http://127.0.0.1:" + std::to_string(port_) + "/records"},
                                     {"transport", "plain_loopback"},
                                     {"authorization_file", folder_ / "authorization"},
                                     {"connect_timeout_ms", Waits::text(waits.connect)},
                                     {"answer_timeout_ms", Waits::text(waits.answer)}});
    }

    bool become(std::optional<Fault> fault) override {
        thread_ = {};  // with its connections
        fault_ = fault;
        if (fault != Fault::absent) listen();
        return true;
    }

    std::vector<Received> received() override {
        const std::lock_guard held(lock_);
        return received_;
    }

private:
    support::TemporaryFolder folder_;
    void listen() {
        auto listening = hub::net::listen_on({"127.0.0.1", port_, {}});
        if (!listening) throw std::runtime_error(hub::to_text(listening.error()));
        thread_ = std::jthread([this, socket = std::move(*listening)](const std::stop_token& stop) { run(stop, socket.get()); });
    }

    void run(const std::stop_token& stop, int listening) {
        std::vector<std::pair<hub::net::Descriptor, std::string>> connections;
        while (!stop.stop_requested()) {
            std::string peer;
            if (hub::net::wait_ready(listening, false, std::chrono::milliseconds(2)))
                connections.emplace_back(hub::net::Descriptor(hub::net::accept_from(listening, peer)), "");
            std::erase_if(connections, [this](auto& each) { return !serve(each.first.get(), each.second); });
        }
    }

    /// False when the connection is to be closed.
    bool serve(int socket, std::string& heard) {
        std::array<char, 4096> bytes;
        const ssize_t got = recv(socket, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got == 0) return false;
        if (got > 0) heard.append(bytes.data(), static_cast<std::size_t>(got));
        const std::size_t end = heard.find("\r\n\r\n");
        if (end == heard.npos) return true;
        const std::size_t length = std::stoul(heard.substr(heard.find("Content-Length: ") + 16));
        if (heard.size() < end + 4 + length) return true;
        if (fault_ == Fault::cuts) return false;
        if (fault_ == Fault::stalls) return true;
        {
            const std::lock_guard held(lock_);
            received_.push_back({heard.substr(heard.find("Idempotency-Key: \"") + 18, 64), heard.substr(end + 4, length)});
        }
        heard.clear();
        constexpr std::string_view answer = "HTTP/1.1 202 Accepted\r\nReceipt: exam\r\nContent-Length: 0\r\n\r\n";
        return ::send(socket, answer.data(), answer.size(), MSG_NOSIGNAL) > 0;
    }

    const std::uint16_t port_ = support::free_port();
    std::optional<Fault> fault_{};  // changed only while no thread runs
    std::mutex lock_;
    std::vector<Received> received_;  // guarded by lock_
    std::jthread thread_;             // last: it uses everything above
};

}  // namespace

Rig http_rig() {
    return {"http", [](auto&) { return std::make_unique<Poster>(); }, [](auto&) { return std::make_unique<Partner>(); }};
}

}  // namespace conformance
