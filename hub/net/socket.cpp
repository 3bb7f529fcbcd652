// See socket.hpp.
#include "hub/net/socket.hpp"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace hub::net {
namespace {

constexpr int backlog = 512;
constexpr int addresses_max = 4;  // of one name; each may take the whole time-out

Error failed(const char* what, const Address& address, int number) {
    return {Remedy::reconnect, std::string(what) + ": " + std::strerror(number), to_text(address), "", "TG-N002"};
}

sockaddr_un unix_address(const std::string& path) {
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    std::copy_n(path.begin(), std::min(path.size(), sizeof where.sun_path - 1), where.sun_path);
    return where;
}

using Found = std::unique_ptr<addrinfo, decltype(&freeaddrinfo)>;

Result<Found> look_up(const Address& address, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const int wrong = getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list);
    if (wrong != 0) {
        return Error{Remedy::reconnect, std::string("the host is not found: ") + gai_strerror(wrong), to_text(address), "",
                     "TG-N003"};
    }
    return Found(list, &freeaddrinfo);
}

void set_option(int fd, int level, int option) {
    const int on = 1;
    setsockopt(fd, level, option, &on, sizeof on);  // without it the connection is slower, not wrong
}

/// A socket file that nobody listens on is what a killed process leaves behind.
void remove_dead_socket(const sockaddr_un& where) {
    struct stat info {};
    if (lstat(where.sun_path, &info) != 0 || !S_ISSOCK(info.st_mode)) return;
    const Descriptor probe(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (connect(probe.get(), reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0 && errno == ECONNREFUSED)
        unlink(where.sun_path);
}

Result<Descriptor> listen_unix(const Address& address) {
    const sockaddr_un where = unix_address(address.unix_path);
    remove_dead_socket(where);
    Descriptor fd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0) return failed("no socket", address, errno);
    // On Linux bind() takes the mode of the socket itself: nobody else can connect in between.
    fchmod(fd.get(), S_IRUSR | S_IWUSR);
    if (bind(fd.get(), reinterpret_cast<const sockaddr*>(&where), sizeof where) != 0) return failed("cannot bind", address, errno);
    if (chmod(where.sun_path, S_IRUSR | S_IWUSR) != 0) return failed("cannot set the mode", address, errno);
    if (listen(fd.get(), backlog) != 0) return failed("cannot listen", address, errno);
    return fd;
}

Status finish_connect(int fd, const Address& address, std::chrono::milliseconds timeout) {
    if (!wait_ready(fd, true, timeout)) return failed("the peer does not answer", address, ETIMEDOUT);
    int wrong = 0;
    socklen_t size = sizeof wrong;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &wrong, &size);
    if (wrong != 0) return failed("cannot connect", address, wrong);
    return Done{};
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    if (this != &other) {
        if (fd_ >= 0) close(fd_);
        fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
}

Descriptor::~Descriptor() {
    if (fd_ >= 0) close(fd_);
}

Result<Descriptor> listen_on(const Address& address) {
    if (!address.unix_path.empty()) return listen_unix(address);
    auto found = look_up(address, AI_PASSIVE);
    if (!found) return found.error();
    const addrinfo& first = **found;
    Descriptor fd(socket(first.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (fd.get() < 0) return failed("no socket", address, errno);
    set_option(fd.get(), SOL_SOCKET, SO_REUSEADDR);
    if (bind(fd.get(), first.ai_addr, first.ai_addrlen) != 0) return failed("cannot bind", address, errno);
    if (listen(fd.get(), backlog) != 0) return failed("cannot listen", address, errno);
    return fd;
}

std::uint16_t port_of(int listening) {
    sockaddr_storage where{};
    socklen_t size = sizeof where;
    if (getsockname(listening, reinterpret_cast<sockaddr*>(&where), &size) != 0) return 0;
    if (where.ss_family == AF_INET) return ntohs(reinterpret_cast<const sockaddr_in&>(where).sin_port);
    if (where.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6&>(where).sin6_port);
    return 0;
}

Result<Descriptor> connect_to(const Address& address, std::chrono::milliseconds timeout) {
    auto found = look_up(address, 0);
    if (!found) return found.error();
    Error last = failed("cannot connect", address, EADDRNOTAVAIL);
    int tried = 0;
    for (const addrinfo* each = found->get(); each != nullptr && tried < addresses_max; each = each->ai_next, ++tried) {
        Descriptor fd(socket(each->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (fd.get() < 0) return failed("no socket", address, errno);
        set_option(fd.get(), IPPROTO_TCP, TCP_NODELAY);
        set_option(fd.get(), SOL_SOCKET, SO_KEEPALIVE);
        if (connect(fd.get(), each->ai_addr, each->ai_addrlen) == 0) return fd;
        if (errno != EINPROGRESS) {
            last = failed("cannot connect", address, errno);
            continue;
        }
        const Status connected = finish_connect(fd.get(), address, timeout);
        if (connected) return fd;
        last = connected.error();
    }
    return last;
}

bool wait_ready(int fd, bool for_write, std::chrono::milliseconds timeout) {
    const auto patience = static_cast<int>(std::clamp<std::int64_t>(timeout.count(), 0, 1 << 30));
    for (;;) {
        pollfd one{fd, static_cast<short>(for_write ? POLLOUT : POLLIN), 0};
        const int ready = poll(&one, 1, patience);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

int accept_from(int listening, std::string& peer) {
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int fd = accept4(listening, reinterpret_cast<sockaddr*>(&from), &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    peer.clear();
    if (fd < 0 || from.ss_family == AF_UNIX) return fd;
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* raw = from.ss_family == AF_INET ? static_cast<const void*>(&reinterpret_cast<sockaddr_in&>(from).sin_addr)
                                                : &reinterpret_cast<sockaddr_in6&>(from).sin6_addr;
    if (inet_ntop(from.ss_family, raw, text.data(), text.size()) != nullptr) peer = text.data();
    set_option(fd, IPPROTO_TCP, TCP_NODELAY);
    return fd;
}

}  // namespace hub::net
