// Sockets as owned descriptors. Private to the room: nothing outside hub/net includes it.
#pragma once

#include <chrono>
#include <utility>

#include "hub/net/address.hpp"

namespace hub::net {

class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();

    int get() const { return fd_; }
    /// Gives the descriptor away; the caller closes it.
    int release() { return std::exchange(fd_, -1); }

private:
    int fd_ = -1;
};

/// A listening, non-blocking socket. A Unix socket has mode 0600 and replaces a dead one at the same path.
Result<Descriptor> listen_on(const Address& address);
/// The port that the system chose; 0 for Unix sockets.
std::uint16_t port_of(int listening);

/// A connected, non-blocking socket with Nagle's delay off. Waits at most `timeout`.
Result<Descriptor> connect_to(const Address& address, std::chrono::milliseconds timeout);

/// Waits until `fd` can be read (or written); false when `timeout` passed first.
bool wait_ready(int fd, bool for_write, std::chrono::milliseconds timeout);

/// Takes one waiting connection, non-blocking and without delay; -1 with errno when there is none.
/// `peer` becomes the numeric address without its port, empty for Unix sockets.
int accept_from(int listening, std::string& peer);

}  // namespace hub::net
