// Carries a source's records to the hub and the hub's settlements to the source.
//
// Two threads: this one alone calls the source; the collector waits for settlements and asks next() to return when some
// have come, and once a second anyway, so that a source that hangs is noticed.
#include <thrift/Thrift.h>
#include <unistd.h>
#include <wire/ConnectorHost.h>

#include <atomic>
#include <mutex>
#include <utility>

#include "hub/edge/child.hpp"
#include "hub/edge/process.hpp"
#include "hub/edge/values.hpp"

namespace hub::edge {
namespace {

/// What the collector has for the source's thread.
class Basket {
public:
    /// Everything collected so far, and the token that the next settlement will stop.
    std::pair<std::vector<Settlement>, std::stop_token> empty() {
        const std::lock_guard held(lock_);
        ++rounds_;
        stop_ = std::stop_source();
        if (over_) stop_.request_stop();
        return {std::exchange(settlements_, {}), stop_.get_token()};
    }

    void add(std::vector<Settlement> settlements) {
        const std::lock_guard held(lock_);
        for (Settlement& each : settlements) settlements_.push_back(std::move(each));
        stop_.request_stop();
    }

    void finish() {
        const std::lock_guard held(lock_);
        over_ = true;
        stop_.request_stop();
    }

    bool over() const { return over_; }
    std::uint64_t rounds() const { return rounds_; }

private:
    std::mutex lock_;
    // Guarded by lock_.
    std::vector<Settlement> settlements_;
    std::stop_source stop_;
    // Written under lock_, read anywhere.
    std::atomic<bool> over_ = false;
    std::atomic<std::uint64_t> rounds_ = 0;
};

/// Runs on the collector's thread until the hub closes.
void collect(Basket& basket, HubLine& line, const Clock& clock) {
    const auto silence_max = Milliseconds(line.configuration().silence_ms_max);
    std::uint64_t round = basket.rounds();
    auto moved = clock.steady();
    try {
        while (!basket.over()) {
            std::vector<wire::Settlement> from;
            line.hub().await_settlements(from, line.configuration().wait_ms_max);
            std::vector<Settlement> settlements;
            for (wire::Settlement& each : from) settlements.push_back(from_wire(std::move(each)));
            basket.add(std::move(settlements));
            if (std::exchange(round, basket.rounds()) != basket.rounds()) moved = clock.steady();
            if (clock.steady() - moved > silence_max) ::_exit(exit_hangs);  // destructors would wait for the one that hangs
        }
    } catch (const apache::thrift::TException&) {  // the hub has closed
    }
    basket.finish();
}

/// The longest run of records from `first` that fits one offer.
std::vector<wire::Incoming> part_of(std::vector<Incoming>& batch, std::size_t first, const wire::Configuration& limits) {
    std::vector<wire::Incoming> part;
    std::size_t bytes = 0;
    for (std::size_t each = first; each < batch.size() && part.size() < static_cast<std::size_t>(limits.batch_max); ++each) {
        bytes += batch[each].body.size();
        if (!part.empty() && bytes > static_cast<std::size_t>(limits.record_bytes_max)) break;
        part.push_back(to_wire(std::move(batch[each])));
    }
    return part;
}

/// A record too long for the hub is settled here and now; it would end this process otherwise.
std::vector<Settlement> sort_out_long_ones(std::vector<Incoming>& batch, std::size_t bytes_max) {
    std::vector<Settlement> refused;
    std::erase_if(batch, [&](const Incoming& each) {
        if (each.body.size() <= bytes_max) return false;
        const std::string what = "the record is longer than " + std::to_string(bytes_max) + " bytes";
        refused.push_back({each.token, Outcome::refused, "", {}, {{"", 0, 0, "TG-E009", what, "send it in smaller parts"}}});
        return true;
    });
    return refused;
}

Status offer_all(std::vector<Incoming> batch, Source& source, HubLine& line, Basket& basket) {
    const wire::Configuration& limits = line.configuration();
    const auto refused = sort_out_long_ones(batch, static_cast<std::size_t>(limits.record_bytes_max));
    if (!refused.empty())
        if (const Status settled = source.settle(refused); !settled) return settled;
    for (std::size_t first = 0; first < batch.size();) {
        const std::vector<wire::Incoming> part = part_of(batch, first, limits);
        while (!line.hub().offer(part)) {
            if (basket.over()) return Done{};
            const auto settlements = basket.empty().first;
            if (settlements.empty()) continue;
            if (const Status settled = source.settle(settlements); !settled) return settled;
        }
        first += part.size();
    }
    return Done{};
}

Status carry(Source& source, HubLine& line, Basket& basket) {
    for (;;) {
        auto [settlements, stop] = basket.empty();
        if (!settlements.empty())
            if (const Status settled = source.settle(settlements); !settled) return settled;
        if (basket.over()) return Done{};
        auto batch = source.next(stop);
        if (!batch) return batch.error();
        if (batch->empty()) continue;
        if (const Status offered = offer_all(std::move(*batch), source, line, basket); !offered) return offered;
    }
}

}  // namespace

void run_source(Source& source, HubLine& main, HubLine& collecting, const Seams& seams) {
    if (!collecting.is_up()) return;
    Basket basket;
    const std::jthread collector =
        seams.scheduler.start("edge collector", [&](std::stop_token) { collect(basket, collecting, seams.clock); });
    Status carried = Done{};
    try {
        carried = carry(source, main, basket);
        if (!carried) main.hub().fail(to_wire(carried.error()));
    } catch (const apache::thrift::TException&) {  // the hub has closed
    }
    basket.finish();
}

}  // namespace hub::edge
