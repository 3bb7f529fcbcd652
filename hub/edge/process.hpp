// One child process with limits.
//
// It starts with an empty environment, no descriptor but standard error, no core dumps, no way to new privileges, and
// dies with the thread that started it (the kernel ties the parent-death signal to the thread, not to the process).
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hub/api/seams.hpp"
#include "hub/edge/edge.hpp"

namespace hub::edge {

/// How an edge process ends by itself.
enum ExitStatus : int {
    exit_good = 0,
    exit_no_hub = 3,
    exit_memory = 4,  ///< memory_bytes_max was reached
    exit_hangs = 5,   ///< the connector did not return from a call
    exit_not_confined = 6,
    exit_not_started = 127,
};

class Process {
public:
    static Result<std::unique_ptr<Process>> start(const std::vector<std::string>& command, const Limits& limits,
                                                  Scheduler& scheduler);
    Process(pid_t pid, Scheduler& scheduler) : pid_(pid), scheduler_(scheduler) {}
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process();

    pid_t pid() const { return pid_; }
    /// Lets it end by itself for `patience`, then kills it. Says how it ended, in words for an operator.
    std::string end(std::chrono::milliseconds patience);
    bool has_ended();

private:
    const pid_t pid_;
    Scheduler& scheduler_;
    bool reaped_ = false;
    int status_ = 0;
};

}  // namespace hub::edge
