// Stands in for the hub behind one source: takes what comes and settles it by a rule, on a thread of its own.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "hub/api/source.hpp"

namespace support {

class AnsweringHub {
public:
    using Rule = std::function<hub::Settlement(const hub::Incoming&)>;

    /// Everything is accepted, with the message id as receipt.
    static hub::Settlement accept(const hub::Incoming& incoming) {
        return {incoming.token, hub::Outcome::accepted, "receipt-" + incoming.message_id, hub::Instant{1}, {}};
    }

    /// The source is open. Opens it again when it asks for that.
    explicit AnsweringHub(hub::Source& source, Rule rule = accept)
        : source_(source), rule_(std::move(rule)), thread_([this](std::stop_token stop) { run(stop); }) {}

    /// Waits until `count` records have come, at most `patience`; what came so far.
    std::vector<hub::Incoming> taken(std::size_t count, std::chrono::seconds patience = std::chrono::seconds(20)) {
        std::unique_lock held(lock_);
        changed_.wait_for(held, patience, [&] { return taken_.size() >= count; });
        return taken_;
    }
    /// The errors that the source gave, in order.
    std::vector<hub::Error> errors(std::size_t count, std::chrono::seconds patience = std::chrono::seconds(20)) {
        std::unique_lock held(lock_);
        changed_.wait_for(held, patience, [&] { return errors_.size() >= count; });
        return errors_;
    }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            auto batch = source_.next(stop);
            if (!batch) {
                note(batch.error());
                while (!stop.stop_requested() && !source_.open()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
                continue;
            }
            std::vector<hub::Settlement> settlements;
            for (const hub::Incoming& each : *batch) settlements.push_back(rule_(each));
            {
                const std::lock_guard held(lock_);
                taken_.insert(taken_.end(), batch->begin(), batch->end());
                changed_.notify_all();
            }
            if (!settlements.empty())
                if (const auto settled = source_.settle(settlements); !settled) note(settled.error());
        }
    }

    void note(const hub::Error& error) {
        const std::lock_guard held(lock_);
        errors_.push_back(error);
        changed_.notify_all();
    }

    hub::Source& source_;
    const Rule rule_;
    std::mutex lock_;
    std::condition_variable changed_;
    // Guarded by lock_.
    std::vector<hub::Incoming> taken_;
    std::vector<hub::Error> errors_;
    std::jthread thread_;  // last: it uses everything above
};

}  // namespace support
