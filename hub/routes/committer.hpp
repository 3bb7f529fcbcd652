// The one thread, "committer", that steps and appends: takes whatever waits in the inbox, makes a round of it, writes it, and
// then lets everybody know. Without artificial delay: under load, rounds grow by themselves.
//
// A full disk makes it answer senders "busy" and keep outcomes and leases until they can be written. Any other failed append
// ends the engine: nothing is acknowledged any more, and the journal decides at the next start what happened.
#pragma once

#include <atomic>
#include <functional>
#include <stop_token>

#include "hub/routes/alarm.hpp"
#include "hub/routes/inbox.hpp"
#include "hub/routes/outbox.hpp"
#include "hub/routes/parts.hpp"
#include "hub/routes/round.hpp"
#include "hub/routes/watch.hpp"

namespace hub::routes {

class Committer {
public:
    /// `halt` is called once, on the committer's thread, when the engine must end.
    Committer(const Parts& parts, Inbox& inbox, Outbox& outbox, Alarm& alarm, Watch& watch, std::function<void()> halt);

    /// The committer's thread. Returns after stop, when the inbox is empty, or after a failed append.
    void run(std::stop_token stop);
    /// Any thread.
    bool failed() const { return failed_; }
    bool disk_full() const { return full_; }

private:
    enum class Written { yes, no_space, broken };
    void keep(Batch& batch);
    void commit(std::vector<Taken> records);
    Written write(std::vector<Taken> records, const std::vector<ActWish>& acts);
    bool space_low(bool records_wait) const;
    void refuse_input(const Error& error);
    void refuse_all(const Error& error);
    void take_again();
    void answer_busy(std::vector<Taken>& records);
    void end(const Error& error, const std::vector<ActWish>& acts);

    // Constant after construction.
    const Parts& parts_;
    Inbox& inbox_;
    Outbox& outbox_;
    Alarm& alarm_;
    Watch& watch_;
    const std::function<void()> halt_;
    std::size_t bell_ = 0;

    std::atomic<bool> failed_{false}, full_{false};

    // Used only on the committer's thread.
    core::Workbench bench_{};
    Batch kept_{};  ///< no records
    std::uint32_t full_failures_ = 0;
    std::chrono::nanoseconds no_input_until_{0}, nothing_until_{0};
    Error last_error_{};
};

}  // namespace hub::routes
