// An engine on a store in memory, between scripted partners.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <random>

#include "hub/core/accounts.hpp"
#include "hub/routes/engine.hpp"
#include "tests/routes/small_site.hpp"
#include "tests/support/fake_keys.hpp"
#include "tests/support/manual_time.hpp"
#include "tests/support/memory_store.hpp"
#include "tests/support/scripted.hpp"

namespace routes_test {

class RecordedEvents : public hub::routes::Events {
public:
    void say(hub::routes::Level level, std::string_view what, std::initializer_list<hub::routes::Field>) override {
        const std::lock_guard lock(mutex_);
        ++counts_[level];
        texts_ += std::string(what) + "\n";
    }
    std::size_t count(hub::routes::Level level) const {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(level);
        return found == counts_.end() ? 0 : found->second;
    }
    std::string texts() const {
        const std::lock_guard lock(mutex_);
        return texts_;
    }

private:
    mutable std::mutex mutex_{};
    std::map<hub::routes::Level, std::size_t> counts_{};
    std::string texts_{};
};

class SeededRandom : public hub::Random {
public:
    explicit SeededRandom(unsigned seed) : engine_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override {
        const std::lock_guard lock(mutex_);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(engine_() & 0xff);
    }
    unsigned below(unsigned limit) {
        const std::lock_guard lock(mutex_);
        return static_cast<unsigned>(engine_() % limit);
    }

private:
    std::mutex mutex_{};
    std::mt19937 engine_;
};

/// What stands between the engine and the memory: a test may look at each group, or make its append fail.
class WatchedStore : public hub::core::Store {
public:
    enum class Fate { write, no_space, lose, write_and_lose };  ///< lose: fails for good; write_and_lose: after it was written
    using Judge = std::function<Fate(std::span<const hub::core::Commit>)>;

    explicit WatchedStore(support::MemoryStore& below) : below_(below) {}
    void judge(Judge judge) {
        const std::lock_guard lock(mutex_);
        judge_ = std::move(judge);
    }
    std::optional<std::string> get(hub::core::Table table, std::string_view key) const override { return below_.get(table, key); }
    std::uint64_t next_seq() const override { return below_.next_seq(); }
    hub::Status append(std::span<const hub::core::Commit> group) override;
    hub::Status scan(hub::core::Table table, std::string_view prefix, std::string_view from,
                     const std::function<bool(std::string_view, std::string_view)>& visit) const override {
        return below_.scan(table, prefix, from, visit);
    }
    hub::Status entries(std::uint64_t seq, const std::function<bool(const hub::core::StoredEntry&)>& visit) const override {
        return below_.entries(seq, visit);
    }

private:
    support::MemoryStore& below_;
    std::mutex mutex_{};
    Judge judge_{};
};

struct Rig {
    explicit Rig(std::vector<RouteWish> routes = {{"police"}});

    void start() { start_on(time, time); }
    void start_on(hub::Clock& clock, hub::Scheduler& scheduler);
    void stop() { engine->stop(std::chrono::seconds(20)); }
    /// The hub dies and comes back on the same journal.
    void restart();

    void send(int person, const std::string& text, const std::string& id = "", const std::string& consent = "");
    /// Waits until so many items are closed as delivered.
    bool await_delivered(std::size_t count) { return await([&] { return delivered() >= count; }); }
    bool await(const std::function<bool()>& met);
    std::size_t delivered() const { return items(hub::core::Disposition::delivered); }
    std::size_t items(hub::core::Disposition disposition) const;
    std::vector<hub::core::Item> all_items() const;
    std::vector<hub::core::Item> open_items() const;
    std::size_t entries(hub::core::EntryKind kind) const;
    /// Recomputed from the journal alone; the problems found, as text.
    std::string account() const;
    std::vector<std::string> texts(const std::string& recipient) const;

    support::RealTime time{};
    support::FakeDigester digester{};
    support::FakeKeyStore keys{};
    SeededRandom random{7};
    RecordedEvents events{};
    support::MemoryStore memory{};
    WatchedStore store{memory};
    hub::core::PlanPtr plan;
    hub::routes::Tuning tuning{};
    support::SenderScript court{};
    std::map<std::string, support::ReceiverScript> receivers{};
    std::atomic<bool> low{false};  ///< what the store says about its space
    std::unique_ptr<hub::routes::Engine> engine{};

private:
    int sent_ = 0;
};

}  // namespace routes_test
