#include "hub/edge/frame.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

namespace hub::edge {
namespace {

Error broken(const std::string& what) { return {Remedy::reconnect, what, "", "", "TG-E002"}; }

}  // namespace

Frames::~Frames() { ::close(socket_); }

void Frames::shut() { ::shutdown(socket_, SHUT_RDWR); }

/// False when the moment came first.
bool Frames::ready(short events, std::optional<Moment> until) const {
    for (;;) {
        int wait_ms = -1;
        if (until) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - clock_.steady());
            wait_ms = left.count() > 0 ? static_cast<int>(left.count()) : 0;
        }
        pollfd one{socket_, events, 0};
        const int count = ::poll(&one, 1, wait_ms);
        if (count > 0) return true;
        if (count == 0) return false;
        if (errno != EINTR) return true;  // the read or write that follows reports it
    }
}

/// How many of `size` bytes were read before the peer closed.
Result<std::size_t> Frames::read_some(char* into, std::size_t size, Moment until) const {
    std::size_t have = 0;
    while (have < size) {
        if (!ready(POLLIN, until)) return broken("a frame did not arrive in time");
        const ssize_t count = ::recv(socket_, into + have, size - have, MSG_DONTWAIT);
        if (count > 0) have += static_cast<std::size_t>(count);
        else if (count == 0 || errno == ECONNRESET) return have;
        else if (errno != EAGAIN && errno != EINTR) return broken("the socket cannot be read");
    }
    return have;
}

Result<std::optional<std::string>> Frames::read() {
    ready(POLLIN, std::nullopt);
    const Moment until = clock_.steady() + patience_;
    std::array<unsigned char, 4> head{};
    const auto began = read_some(reinterpret_cast<char*>(head.data()), head.size(), until);
    if (!began) return began.error();
    if (*began == 0) return std::optional<std::string>{};
    if (*began < head.size()) return broken("the peer closed inside a frame");

    const std::size_t size = (std::size_t{head[0]} << 24) | (std::size_t{head[1]} << 16) | (std::size_t{head[2]} << 8) | head[3];
    if (size > bytes_max_) return broken("a frame is longer than " + std::to_string(bytes_max_) + " bytes");
    std::string body(size, '\0');
    const auto whole = read_some(body.data(), size, until);
    if (!whole) return whole.error();
    if (*whole < size) return broken("the peer closed inside a frame");
    return std::optional<std::string>(std::move(body));
}

Status Frames::write(std::string_view bytes) {
    const Moment until = clock_.steady() + patience_;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    std::string whole{static_cast<char>(size >> 24), static_cast<char>(size >> 16), static_cast<char>(size >> 8), static_cast<char>(size)};
    whole += bytes;
    for (std::size_t sent = 0; sent < whole.size();) {
        if (!ready(POLLOUT, until)) return broken("the peer did not take a frame in time");
        const ssize_t count = ::send(socket_, whole.data() + sent, whole.size() - sent, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count > 0) sent += static_cast<std::size_t>(count);
        else if (errno != EAGAIN && errno != EINTR) return broken("the peer has closed");
    }
    return Done{};
}

}  // namespace hub::edge
