// Thrift frames on a connected socket: four bytes of length, then that many bytes. Nothing here trusts the peer.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "hub/api/seams.hpp"

namespace hub::edge {

/// Owns the socket. read and write belong to one thread; shut may be called from any.
class Frames {
public:
    Frames(int socket, std::size_t bytes_max, std::chrono::milliseconds patience, const Clock& clock)
        : socket_(socket), bytes_max_(bytes_max), patience_(patience), clock_(clock) {}
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;
    ~Frames();

    /// Waits as long as it takes for a frame to begin, and the patience for the rest of it. Empty: the peer closed, or
    /// the socket was shut. A length above bytes_max is an error before a byte of it is read.
    Result<std::optional<std::string>> read();
    Status write(std::string_view bytes);
    /// Wakes a reader or writer, now and for ever.
    void shut();

private:
    using Moment = std::chrono::nanoseconds;
    bool ready(short events, std::optional<Moment> until) const;
    Result<std::size_t> read_some(char* into, std::size_t size, Moment until) const;

    const int socket_;
    const std::size_t bytes_max_;
    const std::chrono::milliseconds patience_;
    const Clock& clock_;
};

}  // namespace hub::edge
