// A client that writes bytes to a socket and reads what comes back: for peers that do not keep to any protocol.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>

namespace support {

/// How long a test waits before it gives up on something that should have happened.
constexpr int patience_ms = 20'000;

class RawPeer {
public:
    explicit RawPeer(std::uint16_t port) : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in where{};
        where.sin_family = AF_INET;
        where.sin_port = htons(port);
        where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
    }
    ~RawPeer() { close(fd_); }
    RawPeer(const RawPeer&) = delete;
    RawPeer& operator=(const RawPeer&) = delete;

    bool connected() const { return connected_; }
    void say(const std::string& bytes) const { [[maybe_unused]] const auto sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    void say_no_more() const { shutdown(fd_, SHUT_WR); }

    /// Everything until the other side closes; what has come so far when it does not within the patience.
    std::string hear_all() const {
        while (hear_some()) {}
        return heard_;
    }
    /// Everything until `ending` has come; what has come so far when the stream ends first.
    std::string hear_until(const std::string& ending) const {
        while (heard_.find(ending) == std::string::npos && hear_some()) {}
        return heard_;
    }
    /// What has come so far, without waiting.
    const std::string& hear_now() const {
        pollfd one{fd_, POLLIN, 0};
        while (!closed_ && poll(&one, 1, 0) > 0 && hear_some()) {}
        return heard_;
    }
    /// True when the other side has closed the stream and everything before was read.
    bool closed() const { return closed_; }

private:
    bool hear_some() const {
        pollfd one{fd_, POLLIN, 0};
        if (poll(&one, 1, patience_ms) <= 0) return false;
        std::array<char, 4096> bytes{};
        const ssize_t got = recv(fd_, bytes.data(), bytes.size(), 0);
        if (got <= 0) {
            closed_ = true;
            return false;
        }
        heard_.append(bytes.data(), static_cast<std::size_t>(got));
        return true;
    }

    int fd_;
    bool connected_ = false;
    mutable bool closed_ = false;
    mutable std::string heard_{};
};

}  // namespace support
