// Lets time pass in the journal: looks at intervals for held items and clocks whose time has come, and submits ticks that name them.
// One thread, "ticks", runs run(). A look that finds nothing costs one seek in the table of timers and leaves no trace.
#pragma once

#include <stop_token>
#include <vector>

#include "hub/routes/held.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/parts.hpp"

namespace hub::routes {

class Ticks {
public:
    Ticks(const Parts& parts, const HeldBook& held, Inbox& inbox) : parts_(parts), held_(held), inbox_(inbox) {}

    void run(std::stop_token stop);

    /// People whose clocks were last worked out under another plan: each is looked at once. Called before run().
    Status load();

private:
    bool look();
    void add_timers(core::Tick& tick, Instant now) const;

    const Parts& parts_;
    const HeldBook& held_;
    Inbox& inbox_;
    std::vector<PersonId> stale_{};  ///< from load(), last first
};

}  // namespace hub::routes
