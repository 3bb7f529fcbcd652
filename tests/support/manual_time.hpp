// Time that only a test moves, and threads that wait on it. Threads are real; nothing here depends on how fast they run.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "hub/api/seams.hpp"

namespace support {

class ManualTime : public hub::Clock, public hub::Scheduler {
public:
    hub::Instant now() const override { return {start_microseconds + steady().count() / 1'000}; }
    std::chrono::nanoseconds steady() const override {
        const std::lock_guard lock(mutex_);
        return time_;
    }
    void advance(std::chrono::nanoseconds by) {
        {
            const std::lock_guard lock(mutex_);
            time_ += by;
        }
        moved_.notify_all();
    }

    std::jthread start(std::string, std::function<void(std::stop_token)> task) override { return std::jthread(std::move(task)); }
    void wait(std::chrono::nanoseconds pause, std::stop_token stop) override {
        std::unique_lock lock(mutex_);
        const auto until = time_ + pause;
        moved_.wait(lock, stop, [&] { return time_ >= until; });
    }

private:
    static constexpr std::int64_t start_microseconds = 1'772'436'000'000'000;  // 2026-03-02T07:20:00Z
    mutable std::mutex mutex_{};
    std::condition_variable_any moved_{};
    std::chrono::nanoseconds time_ = std::chrono::seconds(1);
};

/// The machine's time and threads.
class RealTime : public hub::Clock, public hub::Scheduler {
public:
    hub::Instant now() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
    }
    std::chrono::nanoseconds steady() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
    std::jthread start(std::string, std::function<void(std::stop_token)> task) override { return std::jthread(std::move(task)); }
    void wait(std::chrono::nanoseconds pause, std::stop_token stop) override {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any nobody;
        nobody.wait_for(lock, stop, pause, [] { return false; });
    }
};

}  // namespace support
