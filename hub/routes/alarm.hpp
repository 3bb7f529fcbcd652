// Calls back at set times. One thread, "alarm", runs run(); all waiting of the room for a later moment ends here, so that
// the other threads only wait for each other.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <stop_token>
#include <vector>

#include "hub/api/seams.hpp"

namespace hub::routes {

class Alarm {
public:
    using Time = std::chrono::nanoseconds;  ///< Clock::steady

    Alarm(Clock& clock, Scheduler& scheduler) : clock_(clock), scheduler_(scheduler) {}

    /// Before run() starts. `ring` is called on the alarm's thread, without its lock. Returns the bell's number.
    std::size_t add(std::function<void()> ring);
    /// Rings once at `time` or soon after; an earlier time that is already set stays. Any thread.
    void set(std::size_t bell, Time time);

    void run(std::stop_token stop);

private:
    static constexpr Time never = Time::max();
    struct Bell {
        std::function<void()> ring{};
        Time time = never;
    };
    std::vector<std::size_t> take_due(Time& pause, std::stop_source& wake);

    // Constant after construction.
    Clock& clock_;
    Scheduler& scheduler_;

    // Guarded by mutex_.
    std::mutex mutex_{};
    std::vector<Bell> bells_{};
    std::stop_source wake_{};  ///< ends the present wait
};

}  // namespace hub::routes
