// A place records come from. Implement this to connect a new sender.
#pragma once

#include <stop_token>
#include <vector>

#include "hub/api/record.hpp"

namespace hub {

/// The hub calls a source from one thread only, in the order open, (next | settle)*, destroy. A source therefore
/// needs no locks of its own towards the hub and no retry loop: it reports, the hub decides.
class Source {
public:
    virtual ~Source() = default;

    /// Connects or listens. Called again, after a pause the hub chooses, whenever a call asks to reconnect.
    virtual Status open() = 0;

    /// Waits for messages and returns those at hand, at most `batch_max`. Returns, possibly with none, soon after
    /// `stop` is requested: the hub does so not only to end but whenever it has something to settle, so waiting
    /// must be interruptible (std::condition_variable_any takes a stop token).
    virtual Result<std::vector<Incoming>> next(std::stop_token stop) = 0;

    /// Reports the fate of messages, each exactly once, after the hub has made that fate durable. Order is free.
    virtual Status settle(const std::vector<Settlement>& settlements) = 0;

    static constexpr std::size_t batch_max = 64;
};

}  // namespace hub
