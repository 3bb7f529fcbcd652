// See alarm.hpp.
#include "hub/routes/alarm.hpp"

#include <algorithm>

namespace hub::routes {
namespace {
constexpr std::chrono::nanoseconds idle_pause = std::chrono::hours(1);  ///< nothing is set: set() ends the wait
}

std::size_t Alarm::add(std::function<void()> ring) {
    const std::lock_guard lock(mutex_);
    bells_.push_back({std::move(ring), never});
    return bells_.size() - 1;
}

void Alarm::set(std::size_t bell, Time time) {
    std::stop_source wake{std::nostopstate};
    {
        const std::lock_guard lock(mutex_);
        if (bells_[bell].time <= time) return;
        bells_[bell].time = time;
        wake = wake_;
    }
    wake.request_stop();
}

std::vector<std::size_t> Alarm::take_due(Time& pause, std::stop_source& wake) {
    const std::lock_guard lock(mutex_);
    wake = wake_ = std::stop_source{};
    const Time now = clock_.steady();
    std::vector<std::size_t> due;
    pause = idle_pause;
    for (std::size_t i = 0; i < bells_.size(); ++i) {
        if (bells_[i].time == never) continue;
        if (bells_[i].time <= now) {
            bells_[i].time = never;
            due.push_back(i);
        } else {
            pause = std::min(pause, bells_[i].time - now);
        }
    }
    return due;
}

void Alarm::run(std::stop_token stop) {
    while (!stop.stop_requested()) {
        Time pause{};
        std::stop_source wake{std::nostopstate};
        const std::vector<std::size_t> due = take_due(pause, wake);
        for (const std::size_t bell : due) bells_[bell].ring();
        if (!due.empty()) continue;
        const std::stop_callback end(stop, [&wake] { wake.request_stop(); });
        scheduler_.wait(pause, wake.get_token());
    }
}

}  // namespace hub::routes
