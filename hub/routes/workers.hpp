// Prepares messages: digest, decode, validate, map, and render for the routes that want them. Pure work, on several threads,
// "worker:<n>", each with a workbench of its own. Its queue is bounded by what the intakes may have in flight.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>

#include "hub/core/prepare.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/parts.hpp"

namespace hub::routes {

class Workers {
public:
    Workers(const Parts& parts, Inbox& inbox);

    /// Any thread.
    void put(Taken message);
    /// Any thread: prepares in the caller's own thread.
    void prepare_here(Taken message, core::Workbench& bench);

    /// A worker's thread. Returns after stop, when nothing is left to prepare.
    void run(std::stop_token stop);

private:
    void render_all(Taken& message);

    // Constant after construction.
    const core::PlanPtr plan_;
    const Digester& digester_;
    Inbox& inbox_;
    const std::size_t check_every_;
    std::atomic<std::size_t> rendered_{0};

    // Guarded by mutex_.
    std::mutex mutex_{};
    std::condition_variable_any arrived_{};
    std::deque<Taken> messages_{};
};

}  // namespace hub::routes
