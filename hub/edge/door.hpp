// The Unix socket of one edge: lets in the one process that is expected, and gives each connection a thread.
//
// Owns the listening socket, one thread that accepts and at most connections_max that talk; all end with it.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "hub/edge/frame.hpp"
#include "hub/edge/host.hpp"

namespace hub::edge {

class Door {
public:
    using Converse = std::function<std::unique_ptr<Conversation>()>;
    using Lost = std::function<void(const Error&)>;

    /// `listening` becomes the door's. `lost` is called, from any thread, when a connection that had said hello ends.
    Door(int listening, std::string path, pid_t expected, const Limits& limits, const Seams& seams, Converse converse, Lost lost);
    Door(const Door&) = delete;
    Door& operator=(const Door&) = delete;
    ~Door();

private:
    void accept_all(std::stop_token stop);
    void admit(int socket);
    void talk(Frames& frames);

    // Constant after construction.
    const int listening_;
    const std::string path_;
    const pid_t expected_;
    const Limits limits_;
    const Seams seams_;
    const Converse converse_;
    const Lost lost_;

    // Used by the accepting thread, and by the destructor after that has ended.
    std::vector<std::unique_ptr<Frames>> connections_;
    std::vector<std::jthread> talkers_;
    std::jthread accepting_;
};

}  // namespace hub::edge
