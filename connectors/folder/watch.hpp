// Waits until something may have come into a folder: told by inotify where that works, and by the clock in any case.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>

namespace connectors::folder {

class Watch {
public:
    Watch() = default;
    /// Without inotify (its instances are limited, network file systems have none) only the pause is left.
    explicit Watch(const std::string& folder);
    Watch(Watch&& other) noexcept;
    Watch& operator=(Watch&& other) noexcept;
    ~Watch();

    /// Returns when a file has come or was finished, after `pause`, or soon after `stop` is requested.
    void wait(std::chrono::milliseconds pause, const std::stop_token& stop);

private:
    int told_ = -1;   // inotify
    int ended_ = -1;  // an event that a stop callback raises
};

}  // namespace connectors::folder
