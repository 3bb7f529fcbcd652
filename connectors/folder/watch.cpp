// See watch.hpp.
#include "connectors/folder/watch.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <utility>

namespace connectors::folder {

Watch::Watch(const std::string& folder)
    : told_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)), ended_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (told_ >= 0) inotify_add_watch(told_, folder.c_str(), IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO);
}

Watch::Watch(Watch&& other) noexcept : told_(std::exchange(other.told_, -1)), ended_(std::exchange(other.ended_, -1)) {}

Watch& Watch::operator=(Watch&& other) noexcept {
    std::swap(told_, other.told_);
    std::swap(ended_, other.ended_);
    return *this;
}

Watch::~Watch() {
    if (told_ >= 0) close(told_);
    if (ended_ >= 0) close(ended_);
}

void Watch::wait(std::chrono::milliseconds pause, const std::stop_token& stop) {
    const std::stop_callback wake(stop, [this] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto raised = write(ended_, &one, sizeof one);
    });
    std::array<pollfd, 2> both = {{{ended_, POLLIN, 0}, {told_, POLLIN, 0}}};
    poll(both.data(), both.size(), static_cast<int>(pause.count()));
    std::array<char, 4096> unread;  // what exactly happened does not matter: the folder is read again
    while (read(told_, unread.data(), unread.size()) > 0) {}
    [[maybe_unused]] const auto lowered = read(ended_, unread.data(), sizeof(std::uint64_t));
}

}  // namespace connectors::folder
