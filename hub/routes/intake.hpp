// Takes messages from one source and tells it what became of them, after that is durable.
//
// One thread, "source:<name>", runs run() and is the only one that calls the source. The committer hands settlements over from
// its own thread; waiting calls of the source are interrupted for them. A stuck source is abandoned, so the thread shares
// the intake. Not here: preparing (workers.hpp), the order of messages in the journal (inbox.hpp).
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/api/source.hpp"
#include "hub/core/plan.hpp"
#include "hub/routes/parts.hpp"
#include "hub/routes/watch.hpp"
#include "hub/routes/workers.hpp"

namespace hub::routes {

class Intake {
public:
    Intake(const Parts& parts, const core::SourceEnd& end, std::unique_ptr<Source> source, std::size_t number, Workers& workers,
           Watch& watch);

    const std::string& name() const { return end_.name; }

    /// The source's thread. Returns after stop, when everything that was taken is settled, or after abandon().
    void run(std::stop_token stop);

    /// Any thread: fates that are durable. `bytes` is what the messages held.
    void settle(std::vector<Settlement> settlements, std::size_t bytes);
    /// Any thread: nothing that is still in flight will be settled.
    void abandon();

private:
    std::stop_token arm();
    void wake();
    void wait(std::chrono::nanoseconds pause, const std::stop_token& interrupted);
    bool hand_back();
    bool full();
    bool finished();
    bool given_back();
    void open();
    void receive(std::stop_token interrupted);
    void admit(Incoming incoming, bool alone);
    Taken taken(Incoming incoming);
    std::optional<Problem> why_refused(const Incoming& incoming) const;
    bool room_for(std::size_t bytes);
    void answer(Incoming& incoming, Outcome outcome, Problem why);
    void failed(const Error& error);

    // Constant after construction.
    const core::SourceEnd end_;
    const std::size_t number_;
    const PlanDigest plan_;
    const Tuning tuning_;
    Clock& clock_;
    Random& random_;
    Scheduler& scheduler_;
    Events& events_;
    Workers& workers_;
    Watch& watch_;

    // Used only on the source's thread.
    std::unique_ptr<Source> source_;
    bool opened_ = false, given_up_ = false, refused_before_ = false;
    std::uint32_t failures_ = 0;
    std::chrono::nanoseconds paused_until_{0};
    std::uint64_t order_ = 0;
    std::unique_ptr<core::Workbench> bench_{};  ///< for messages that come alone: they need no other thread

    // Guarded by mutex_.
    std::mutex mutex_{};
    std::stop_source wake_{};
    std::vector<Settlement> settled_{};
    std::size_t records_in_flight_ = 0, bytes_in_flight_ = 0;
    bool abandoned_ = false;
};

}  // namespace hub::routes
