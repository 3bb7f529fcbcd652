// The engine's threads, so that they can be started, asked to stop and waited for, within a bound, together.
//
// A thread that does not end in time (a connector that never returns) is let go: what it uses must then be its own or outlive
// the process; see Sender and Intake.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/api/seams.hpp"

namespace hub::routes {

class Crew {
public:
    Crew(Clock& clock, Scheduler& scheduler) : clock_(clock), scheduler_(scheduler) {}

    void start(std::string name, std::function<void(std::stop_token)> task);
    /// Any thread, also one of the crew.
    void request_stop();
    /// Waits until all have ended, however long it takes.
    void join();
    /// Waits until all have ended or `deadline` (steady) has come; returns the names of those that have not.
    std::vector<std::string> join_until(std::chrono::nanoseconds deadline);
    /// Lets go of whoever has not ended.
    void let_go();

private:
    /// Shared with the thread, which may outlive the crew.
    struct Ends {
        std::mutex mutex{};
        std::vector<bool> ended{};   // guarded by mutex
        std::stop_source changed{};  // guarded by mutex; stopped when another one ends
    };
    std::vector<std::string> running(std::stop_token& changed);

    Clock& clock_;
    Scheduler& scheduler_;
    const std::shared_ptr<Ends> ends_ = std::make_shared<Ends>();
    std::mutex mutex_{};  ///< guards what is below; never held while waiting for a thread
    std::vector<std::string> names_{};
    std::vector<std::jthread> threads_{};
};

}  // namespace hub::routes
