// Lets time pass in the journal: looks at intervals for held items whose time has come, and submits one tick that names them.
// One thread, "ticks", runs run(). A look that finds nothing leaves no trace.
#pragma once

#include <algorithm>
#include <stop_token>

#include "hub/routes/held.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/parts.hpp"

namespace hub::routes {

class Ticks {
public:
    Ticks(const Parts& parts, const HeldBook& held, Inbox& inbox) : parts_(parts), held_(held), inbox_(inbox) {}

    void run(std::stop_token stop) {
        while (!stop.stop_requested()) {
            look();
            parts_.scheduler.wait(std::chrono::milliseconds(parts_.tuning.tick_ms), stop);
        }
    }

private:
    void look() {
        const std::size_t items_max = std::min(parts_.tuning.tick_items_max, core::Tick::expired_max);
        core::Tick tick{held_.due(parts_.clock.now(), items_max)};
        if (!tick.expired.empty()) inbox_.put_tick(core::encode(tick));
    }

    const Parts& parts_;
    const HeldBook& held_;
    Inbox& inbox_;
};

}  // namespace hub::routes
