#include "hub/edge/door.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace hub::edge {
namespace {

constexpr Milliseconds frame_ms_max(10'000);  ///< for the rest of a frame, once it has begun

pid_t peer_of(int socket) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : -1;
}

}  // namespace

Door::Door(int listening, std::string path, pid_t expected, const Limits& limits, const Seams& seams, Converse converse, Lost lost)
    : listening_(listening), path_(std::move(path)), expected_(expected), limits_(limits), seams_(seams),
      converse_(std::move(converse)), lost_(std::move(lost)) {
    accepting_ = seams_.scheduler.start("edge door", [this](std::stop_token stop) { accept_all(std::move(stop)); });
}

Door::~Door() {
    accepting_ = {};  // asks, and waits: nobody adds connections any more
    for (const auto& each : connections_) each->shut();
    talkers_.clear();
    ::close(listening_);
    ::unlink(path_.c_str());
}

void Door::accept_all(std::stop_token stop) {
    const int wake = ::eventfd(0, EFD_CLOEXEC);
    const std::stop_callback waking(stop, [wake] { ::eventfd_write(wake, 1); });
    while (!stop.stop_requested()) {
        std::array<pollfd, 2> both{pollfd{listening_, POLLIN, 0}, pollfd{wake, POLLIN, 0}};
        if (::poll(both.data(), both.size(), -1) <= 0 || both[0].revents == 0) continue;
        const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0) seams_.scheduler.wait(Milliseconds(50), stop);  // out of descriptors: no busy loop
        else if (peer_of(socket) != expected_) ::close(socket);
        else admit(socket);
    }
    ::close(wake);
}

void Door::admit(int socket) {
    auto frames = std::make_unique<Frames>(socket, static_cast<std::size_t>(frame_bytes_max(limits_)), frame_ms_max, seams_.clock);
    if (connections_.size() >= static_cast<std::size_t>(limits_.connections_max)) {
        lost_({Remedy::reconnect, "it opened more connections than connections_max", "", "", "TG-E003"});
        return;
    }
    Frames& connection = *frames;
    connections_.push_back(std::move(frames));
    talkers_.push_back(seams_.scheduler.start("edge connection", [this, &connection](std::stop_token) { talk(connection); }));
}

void Door::talk(Frames& frames) {
    const auto conversation = converse_();
    for (;;) {
        auto call = frames.read();
        if (!call) return lost_(call.error());
        if (!*call) break;
        const auto answer = conversation->answer(std::move(**call));
        if (!answer) return lost_(answer.error());
        if (const Status written = frames.write(*answer); !written) return lost_(written.error());
    }
    if (conversation->greeted()) lost_({Remedy::reconnect, "it ended", "", "", "TG-E006"});
}

}  // namespace hub::edge
