// See engine.hpp.
#include "hub/routes/engine.hpp"

#include "hub/routes/backoff.hpp"
#include "hub/routes/committer.hpp"
#include "hub/routes/crew.hpp"
#include "hub/routes/intake.hpp"
#include "hub/routes/notices.hpp"
#include "hub/routes/sender.hpp"
#include "hub/routes/ticks.hpp"

namespace hub::routes {
namespace {

constexpr std::uint32_t leave_ms = 200;  ///< for threads that were told to leave at once

using Routes = std::map<std::string, std::shared_ptr<Handover>, std::less<>>;

/// One for each route; those to the same recipient share its lanes.
Routes make_handovers(const Parts& parts, Inbox& inbox, Alarm& alarm, Watch& watch) {
    std::map<std::string, std::vector<bool>> parked_blocks;
    for (const auto& [name, route] : parts.plan->routes) parked_blocks[route.recipient].push_back(route.parked_blocks);
    std::map<std::string, std::shared_ptr<Partner>> partners;
    for (const auto& [recipient, blocks] : parked_blocks) partners[recipient] = std::make_shared<Partner>(blocks);
    Routes routes;
    for (const auto& [name, route] : parts.plan->routes) {
        routes[name] = std::make_shared<Handover>(parts, route, partners.at(route.recipient), inbox, alarm, watch);
    }
    return routes;
}

/// The journal says which plan is in force: an entry for the plan, unless the last entry was made under it already.
Status enter_plan(const Parts& parts) {
    const std::uint64_t seq = parts.store.next_seq();
    if (seq > 1) {
        const auto last = read_entry(parts.store, seq - 1);
        if (!last) return last.error();
        if (last->entry.header.plan == parts.plan->digest) return Done{};
    }
    core::Entry entry;
    entry.seq = seq;
    entry.header.kind = core::EntryKind::plan;
    entry.header.instant = parts.clock.now();
    entry.header.plan = parts.plan->digest;
    entry.header.source = parts.plan->site_name;
    entry.header.raw_digest = parts.digester.sha256(parts.plan->bundle);
    entry.header.nonce = random_number(parts.random);
    entry.payload = parts.plan->bundle;
    core::Stepped stepped = core::step(parts.store, entry, nullptr, parts.plan, {parts.digester, parts.keys});
    const core::Commit commit{std::move(entry), std::move(stepped.delta)};
    return parts.store.append({&commit, 1});
}

}  // namespace

/// Destroyed in the reverse order: the crews first.
struct Engine::Running {
    explicit Running(const Parts& parts)
        : inbox(parts.plan->sources.size() + 1), alarm(parts.clock, parts.scheduler),
          outbox(make_handovers(parts, inbox, alarm, watch)), workers(parts, inbox), ticks(parts, outbox.held(), inbox),
          committer(parts, inbox, outbox, alarm, watch, [this] { halt(); }), sources(parts.clock, parts.scheduler),
          senders(parts.clock, parts.scheduler), preparers(parts.clock, parts.scheduler), others(parts.clock, parts.scheduler),
          writers(parts.clock, parts.scheduler) {}

    void abandon() {
        for (const auto& intake : intakes) intake->abandon();
        for (const auto& [name, route] : outbox.routes()) route->abandon();
    }
    /// On the committer's thread, when the journal failed.
    void halt() {
        abandon();
        for (Crew* crew : {&sources, &senders, &preparers, &others}) crew->request_stop();
    }

    Watch watch{};
    Inbox inbox;
    Alarm alarm;
    Outbox outbox;
    Workers workers;
    Ticks ticks;
    std::vector<std::shared_ptr<Intake>> intakes{};  ///< shared with their threads, which may be stuck in a source
    std::vector<std::unique_ptr<Sender>> idle_senders{};
    Committer committer;
    Crew sources, senders, preparers, others, writers;
    std::atomic<bool> started{false};
};

Engine::Engine(Parts parts) : parts_(std::move(parts)), running_(std::make_unique<Running>(parts_)) {}

Engine::~Engine() { stop(std::chrono::milliseconds(parts_.tuning.drain_ms)); }

Status Engine::start() {
    Running& run = *running_;
    for (const auto& [name, end] : parts_.plan->sources) {
        auto source = parts_.make_source(end);
        if (!source) return source.error();
        const std::size_t number = run.intakes.size();
        run.intakes.push_back(std::make_shared<Intake>(parts_, end, std::move(*source), number, run.workers, run.watch));
    }
    if (parts_.plan->rules) {
        const std::size_t number = run.intakes.size();
        run.intakes.push_back(std::make_shared<Intake>(parts_, notice_end(*parts_.plan), std::make_unique<NoticeSource>(parts_), number, run.workers, run.watch));
    }
    for (const auto& [name, route] : run.outbox.routes()) {
        const core::SinkEnd& end = parts_.plan->sinks.at(route->route().sink);
        for (std::uint32_t i = 0; i < route->route().parallel_max; ++i) {
            auto sink = parts_.make_sink(end);
            if (!sink) return sink.error();
            run.idle_senders.push_back(std::make_unique<Sender>(route, std::move(*sink), parts_));
        }
    }
    if (const Status entered = enter_plan(parts_); !entered) return entered;
    if (const Status loaded = run.outbox.load(parts_.store); !loaded) return loaded;
    if (const Status loaded = run.ticks.load(); !loaded) return loaded;
    launch();
    return Done{};
}

void Engine::launch() {
    Running& run = *running_;
    run.started = true;
    if (run.outbox.stranded() > 0) {
        parts_.events.say(Level::warning, "Open items belong to routes that the plan does not have; they stay open.",
                          {{"items", std::to_string(run.outbox.stranded())}});
    }
    run.writers.start("committer", [&run](std::stop_token stop) { run.committer.run(stop); });
    run.others.start("alarm", [&run](std::stop_token stop) { run.alarm.run(stop); });
    run.others.start("ticks", [&run](std::stop_token stop) { run.ticks.run(stop); });
    for (std::size_t i = 0; i < parts_.tuning.workers; ++i) {
        run.preparers.start("worker:" + std::to_string(i), [&run](std::stop_token stop) { run.workers.run(stop); });
    }
    std::size_t number = 0;
    for (std::unique_ptr<Sender>& idle : run.idle_senders) {
        std::shared_ptr<Sender> sender = std::move(idle);  // a std::function must be copyable; the thread alone keeps it
        const std::string name = "sender:" + sender->name() + ":" + std::to_string(number++);
        run.senders.start(name, [sender = std::move(sender)](std::stop_token) { sender->run(); });
    }
    run.idle_senders.clear();
    for (const std::shared_ptr<Intake>& intake : run.intakes) {
        run.sources.start("source:" + intake->name(), [intake](std::stop_token stop) { intake->run(stop); });
    }
    parts_.events.say(Level::info, "The hub runs.", {{"plan", to_text(parts_.plan->digest)}});
}

void Engine::stop(std::chrono::nanoseconds drain_max) {
    Running& run = *running_;
    if (!run.started) return;
    run.started = false;
    const auto deadline = parts_.clock.steady() + drain_max;
    for (const auto& [name, route] : run.outbox.routes()) route->drain();
    run.sources.request_stop();
    std::vector<std::string> late = run.sources.join_until(deadline);
    for (std::string& name : run.senders.join_until(deadline)) late.push_back(std::move(name));
    run.abandon();
    const auto soon = parts_.clock.steady() + std::chrono::milliseconds(late.empty() ? 0 : leave_ms);
    run.sources.join_until(soon);
    run.senders.join_until(soon);
    run.sources.let_go();
    run.senders.let_go();
    for (Crew* crew : {&run.sources, &run.senders, &run.preparers, &run.writers, &run.others}) {
        crew->request_stop();
        crew->join();
    }
    for (const ActWish& wish : run.inbox.close()) wish.answer->set_value(not_done("TG-R012", "the hub has stopped"));
    for (const std::string& name : late) {
        parts_.events.say(Level::warning, "Did not end in time; what it had is in the journal or with its sender.", {{"thread", name}});
    }
    parts_.events.say(Level::info, "The hub has stopped.", {});
}

core::Stepped Engine::act(const core::Act& act) {
    auto answer = std::make_shared<std::promise<core::Stepped>>();
    std::future<core::Stepped> answered = answer->get_future();
    if (!running_->started || !running_->inbox.put(ActWish{act, std::move(answer)})) {
        return not_done("TG-R012", "the hub does not run");
    }
    return answered.get();
}

bool Engine::failed() const { return running_->committer.failed(); }
bool Engine::disk_full() const { return running_->committer.disk_full(); }
const Watch& Engine::watch() const { return running_->watch; }

std::vector<RouteState> Engine::routes() const {
    std::vector<RouteState> states;
    for (const auto& [name, route] : running_->outbox.routes()) states.push_back(route->state());
    return states;
}

}  // namespace hub::routes
