// How long a hub takes until it works: from an empty folder to the first record, and from a journal with much pending to the first
// delivery. Loading the program itself is not in it; compiling the site, opening the journal and starting all threads is.
#include <condition_variable>
#include <filesystem>
#include <mutex>

#include "hub/cli/bench_parts.hpp"
#include "hub/routes/engine.hpp"

namespace hub::cli::measure {
namespace {

constexpr std::chrono::minutes longest{30};  ///< of one wait

/// What the ends of a measured hub share with the measurement.
struct Feed {
    const Messages& messages;
    std::uint64_t limit = 0;              ///< messages that its source yields
    bool receiver_is_there = true;
    std::atomic<std::uint64_t> acknowledged{0}, delivered{0}, not_accepted{0};
    std::string why_not{};                ///< of the first that was not; read once the hub has stopped
};

class FeedSource final : public Source {
public:
    explicit FeedSource(Feed& feed) : feed_(feed) {}
    Status open() override { return Done{}; }
    Result<std::vector<Incoming>> next(std::stop_token stop) override {
        std::vector<Incoming> batch;
        while (yielded_ < feed_.limit && batch.size() < batch_max) {
            const std::string number = std::to_string(++yielded_);
            batch.push_back({number, "loopback", number, "", feed_.messages.make(yielded_)});
        }
        if (batch.empty()) {
            std::mutex mutex;
            std::unique_lock lock(mutex);
            std::condition_variable_any never;
            never.wait(lock, stop, [] { return false; });
        }
        return batch;
    }
    Status settle(const std::vector<Settlement>& settlements) override {
        for (const Settlement& each : settlements) {
            if (each.outcome == Outcome::accepted) {
                ++feed_.acknowledged;
            } else if (feed_.not_accepted++ == 0 && !each.problems.empty()) {
                feed_.why_not = to_text(each.problems.front());
            }
        }
        return Done{};
    }

private:
    Feed& feed_;
    std::uint64_t yielded_ = 0;
};

class FeedSink final : public Sink {
public:
    explicit FeedSink(Feed& feed) : feed_(feed) {}
    Status open() override {
        if (feed_.receiver_is_there) return Done{};
        return Error{.remedy = Remedy::reconnect, .what = "the receiver is away"};
    }
    Result<Handed> send(const Outgoing&) override {
        ++feed_.delivered;
        return Handed{"bench"};
    }
    Repeats repeats() const override { return Repeats::key; }

private:
    Feed& feed_;
};

/// False at once when a message is not accepted: what it waits for would never come.
bool await(const World& world, const Feed& feed, const std::atomic<std::uint64_t>& count, std::uint64_t least) {
    ThreadScheduler pauses;
    const auto deadline = world.clock.steady() + longest;
    while (count < least && feed.not_accepted == 0 && world.clock.steady() < deadline) pauses.wait(std::chrono::microseconds(200), {});
    return count >= least;
}

/// Starts a hub as `serve` does, from the site's folder to running threads, waits for `count` to reach `least`, and stops it.
/// Seconds from the beginning to that moment; below 0 when something failed.
double seconds_until(Context& context, const std::string& path, bool fresh, Feed& feed, const std::atomic<std::uint64_t>& count, std::uint64_t least) {
    World& world = context.world;
    const auto began = world.clock.steady();
    site::Loaded site;
    Journal journal;
    if (!load_site(world, context.site, site) || !open_journal(context, path, fresh, journal)) return -1;
    Quiet quiet;
    routes::Engine engine({.store = *journal.store, .plan = shortened(site.plan, {}, {}), .clock = world.clock, .random = world.random,
                           .scheduler = world.scheduler, .digester = world.digester, .keys = *journal.keys,
                           .make_source = [&](const core::SourceEnd&) { return Result<std::unique_ptr<Source>>(std::make_unique<FeedSource>(feed)); },
                           .make_sink = [&](const core::SinkEnd&) { return Result<std::unique_ptr<Sink>>(std::make_unique<FeedSink>(feed)); },
                           .events = quiet});
    if (!engine.start()) return -1;
    const bool reached = await(world, feed, count, least);
    const double seconds = std::chrono::duration<double>(world.clock.steady() - began).count();
    engine.stop(std::chrono::seconds(10));
    return reached ? seconds : -1;
}

}  // namespace

void starts(Context& context, const Messages& messages) {
    const std::string path = context.folder + "/start";
    std::filesystem::remove_all(path);
    Feed one{.messages = messages, .limit = 1};
    context.start_s = seconds_until(context, path, true, one, one.acknowledged, 1);
    std::filesystem::remove_all(path);
    const auto beside = [](const Feed& feed, std::string measured) { return feed.not_accepted == 0 ? measured : "not measured: a message was not accepted: " + feed.why_not; };
    context.rows.push_back({"start to the first record acknowledged", "2 KB", number(context.start_s), "s", beside(one, "site compiled, journal made, all threads started")});

    Feed away{.messages = messages, .limit = context.pending, .receiver_is_there = false};
    Feed back{.messages = messages};
    if (seconds_until(context, path, true, away, away.acknowledged, context.pending) > 0)
        context.restart_s = seconds_until(context, path, false, back, back.delivered, 1);
    context.rows.push_back({"restart with " + std::to_string(context.pending) + " pending to the first delivery", "2 KB", number(context.restart_s), "s",
                            beside(away, std::to_string(away.acknowledged.load()) + " acknowledged before, none delivered")});
    std::filesystem::remove_all(path);
}

}  // namespace hub::cli::measure
