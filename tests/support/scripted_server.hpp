// A server that reads what comes first and then says what it was told to say, whatever that is.
#pragma once

#include <array>
#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/net/socket.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/raw_peer.hpp"

namespace support {

class ScriptedServer {
public:
    /// Without `then_closes` connections stay open, silent, until the server is destroyed.
    explicit ScriptedServer(std::string answer, bool then_closes = true)
        : answer_(std::move(answer)), then_closes_(then_closes),
          listening_(std::move(*hub::net::listen_on({"127.0.0.1", 0, {}}))), thread_([this](std::stop_token stop) { run(stop); }) {}

    std::uint16_t port() const { return hub::net::port_of(listening_.get()); }
    int connections() const { return connections_; }
    /// What the last connection said first.
    std::string heard() const {
        const std::lock_guard held(lock_);
        return heard_;
    }

private:
    void run(const std::stop_token& stop) {
        std::vector<hub::net::Descriptor> open;
        while (!stop.stop_requested()) {
            if (!hub::net::wait_ready(listening_.get(), false, std::chrono::milliseconds(10))) continue;
            std::string peer;
            hub::net::Descriptor socket(hub::net::accept_from(listening_.get(), peer));
            ++connections_;
            converse(socket.get());
            if (!then_closes_) open.push_back(std::move(socket));
        }
    }

    void converse(int socket) {
        std::array<char, 65'536> bytes;
        if (!hub::net::wait_ready(socket, false, std::chrono::milliseconds(patience_ms))) return;
        const ssize_t got = recv(socket, bytes.data(), bytes.size(), 0);
        if (got > 0) {
            const std::lock_guard held(lock_);
            heard_.assign(bytes.data(), static_cast<std::size_t>(got));
        }
        [[maybe_unused]] const auto sent = send(socket, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    }

    const std::string answer_;
    const bool then_closes_;
    std::atomic<int> connections_ = 0;
    mutable std::mutex lock_;
    std::string heard_;  // guarded by lock_
    hub::net::Descriptor listening_;
    std::jthread thread_;  // last: it uses everything above
};

}  // namespace support
