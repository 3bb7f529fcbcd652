// The running hub: sources, workers, the committer, handovers and ticks, put together for one plan.
//
// Threads: "source:<name>" one for each source, "worker:<n>", "committer", "sender:<route>:<n>", "alarm", "ticks". start(), stop()
// and the destructor belong to one caller's thread; act(), watch() and failed() to any.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <vector>

#include "hub/core/step.hpp"
#include "hub/routes/parts.hpp"
#include "hub/routes/watch.hpp"

namespace hub::routes {

class Engine {
public:
    explicit Engine(Parts parts);
    /// Stops, within the drain bound of the tuning, if nobody has.
    ~Engine();

    /// Makes every end, takes over what the journal holds, and runs. An error means that nothing runs.
    Status start();

    /// Takes in nothing new, finishes and settles what was taken, lets sends under way end, and leaves, all within `drain_max`.
    /// What is unfinished then stays in the journal; threads stuck in a connector are let go, and their ends with them.
    void stop(std::chrono::nanoseconds drain_max);

    /// Journals an operator's act and returns what it did, once that is durable; `busy` while that is impossible.
    core::Stepped act(const core::Act& act);

    /// The journal failed: nothing is acknowledged any more; stop() and start a new process.
    bool failed() const;
    bool disk_full() const;

    const Watch& watch() const;
    std::vector<RouteState> routes() const;

private:
    void launch();
    struct Running;
    const Parts parts_;
    std::unique_ptr<Running> running_;
};

}  // namespace hub::routes
