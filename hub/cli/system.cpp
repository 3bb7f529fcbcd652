// Clock, chance, threads and Unix sockets; the disk is system_disk.cpp.
#include "hub/cli/system.hpp"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>

#include <pthread.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace hub::cli {

Instant SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
}

std::chrono::nanoseconds SystemClock::steady() const { return std::chrono::steady_clock::now().time_since_epoch(); }

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
    while (!bytes.empty()) {
        const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
        if (got < 0 && errno != EINTR) std::terminate();  // keys made without chance would be worse than no hub
        if (got > 0) bytes = bytes.subspan(static_cast<std::size_t>(got));
    }
}

std::jthread ThreadScheduler::start(std::string name, std::function<void(std::stop_token)> task) {
    constexpr std::size_t name_max = 15;  // what the kernel keeps of a thread's name
    if (name.size() > name_max) name.resize(name_max);
    return std::jthread([name = std::move(name), task = std::move(task)](std::stop_token stop) {
        ::pthread_setname_np(::pthread_self(), name.c_str());
        task(stop);
    });
}

void ThreadScheduler::wait(std::chrono::nanoseconds pause, std::stop_token stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    woken.wait_for(lock, stop, pause, [] { return false; });
}

namespace {

Error socket_error(const std::string& path, const std::string& what, int number) {
    return {Remedy::reconnect, what + ": " + std::strerror(number), path, "", "socket"};
}

Result<sockaddr_un> address_of(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        return Error{Remedy::stop, "the path of a Unix socket must have 1 to " + std::to_string(sizeof address.sun_path - 1) + " bytes",
                     path, "choose a shorter folder for it", "socket_path"};
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

/// A socket file that nobody listens on any more is left over from a process that died.
bool is_left_over(const std::string& path, const sockaddr_un& address) {
    struct stat found{};
    if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return false;
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (probe < 0) return false;
    const bool refused = ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 && errno == ECONNREFUSED;
    ::close(probe);
    return refused;
}

}  // namespace

Result<int> UnixNet::listen_unix(const std::string& path) {
    const Result<sockaddr_un> address = address_of(path);
    if (!address) return address.error();
    if (is_left_over(path, *address)) ::unlink(path.c_str());
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return socket_error(path, "cannot make a socket", errno);
    // The mode is set on the unbound socket, so that the file never exists with a wider one.
    if (::fchmod(descriptor, 0600) != 0 || ::bind(descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0 ||
        ::chmod(path.c_str(), 0600) != 0 || ::listen(descriptor, backlog_max) != 0) {
        const int number = errno;
        ::close(descriptor);
        Error error = socket_error(path, "cannot listen", number);
        if (number == EADDRINUSE) {
            error.remedy = Remedy::stop;
            error.cure = "another process listens there, or the path is a file: end it or choose another path";
        }
        return error;
    }
    return descriptor;
}

Result<int> UnixNet::connect_unix(const std::string& path) {
    const Result<sockaddr_un> address = address_of(path);
    if (!address) return address.error();
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return socket_error(path, "cannot make a socket", errno);
    if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) != 0) {
        const int number = errno;
        ::close(descriptor);
        return socket_error(path, "cannot connect", number);
    }
    return descriptor;
}

}  // namespace hub::cli
