// throughgate serve: runs the hub until it is told to stop, or until its journal can no longer be made durable.
#include <csignal>
#include <iostream>
#include <mutex>

#include "hub/cli/commands.hpp"
#include "hub/edge/edge.hpp"
#include "hub/routes/control.hpp"
#include "hub/routes/engine.hpp"

namespace hub::cli {
namespace {

volatile std::sig_atomic_t told_to_stop = 0;
void on_signal(int) { told_to_stop = 1; }

/// One JSON object a line on standard error; control characters escaped, so that no value can make a line of its own.
class LogEvents final : public routes::Events {
public:
    explicit LogEvents(const Clock& clock) : clock_(clock) {}
    void say(routes::Level level, std::string_view what, std::initializer_list<routes::Field> fields) override {
        static constexpr const char* names[] = {"info", "warning", "error"};
        std::string line = "{\"at\":\"" + to_text(clock_.now()) + "\",\"level\":\"" + names[static_cast<int>(level)] + "\",\"what\":" + json_text(what);
        for (const routes::Field& field : fields) line += "," + json_text(field.name) + ":" + json_text(field.value);
        const std::lock_guard lock(mutex_);
        std::cerr << line << "}\n" << std::flush;
    }

private:
    const Clock& clock_;
    std::mutex mutex_;  ///< guards standard error
};

/// The catalogue entry for an end of the site, behind an edge where the plan says so.
class Ends {
public:
    Ends(World& world, const OpenSite& open) : world_(world), open_(open) {}

    Result<std::unique_ptr<Source>> source(const core::SourceEnd& end) const {
        const Result<Connector> connector = entry(end);
        if (!connector) return connector.error();
        return connector->make_source(end.settings, context(end));
    }
    Result<std::unique_ptr<Sink>> sink(const core::SinkEnd& end) const {
        const Result<Connector> connector = entry(end);
        if (!connector) return connector.error();
        return connector->make_sink(end.settings, context(end));
    }

private:
    Result<Connector> entry(const core::End& end) const {
        const Connector* connector = find_connector(world_, end.connector);
        if (connector == nullptr) return Error{.remedy = Remedy::stop, .what = "this build has no connector '" + end.connector + "'"};
        if (end.place == Place::hub) return *connector;
        edge::Launch launch{.command = {world_.program, "edge"}, .run_folder = open_.site.run_folder};
        settings::read(end.limits, {end.name, "", end.file, end.line}, launch.limits);  // the plan's check has found nothing wrong
        return edge::behind_edge(*connector, launch, {world_.clock, world_.random, world_.disk, world_.net, world_.scheduler});
    }
    ConnectorContext context(const core::End& end) const {
        return {world_.clock, world_.random, world_.disk, end.name, open_.site.folder};
    }

    World& world_;
    const OpenSite& open_;
};

}  // namespace

int serve(World& world, const ServeRequest& request) {
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::writer, open)) return exit_problems;
    struct sigaction action {};
    action.sa_handler = on_signal;
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);

    LogEvents events(world.clock);
    const Ends ends(world, open);
    routes::Engine engine({.store = *open.store, .plan = open.site.plan, .clock = world.clock, .random = world.random,
                           .scheduler = world.scheduler, .digester = world.digester, .keys = *open.keys,
                           .make_source = [&](const core::SourceEnd& end) { return ends.source(end); },
                           .make_sink = [&](const core::SinkEnd& end) { return ends.sink(end); },
                           .events = events, .tuning = {.workers = request.workers}, .space_low = [&] { return open.store->space_low(); }});
    if (const Status started = engine.start(); !started) return fail(world, started.error());
    routes::Control control(world.net, world.clock, open.site.control_socket, [&](const core::Act& act) { return engine.act(act); },
                            [&] { return engine.watch().at_the_door.all(); });
    if (const Status listening = control.listen(); !listening) return fail(world, listening.error());
    std::jthread control_thread = world.scheduler.start("control", [&](std::stop_token stop) { control.run(stop); });
    events.say(routes::Level::info, "serving", {{"site", open.site.plan->site_name}, {"plan", to_text(open.site.plan->digest)}});

    const std::stop_source never;
    while (told_to_stop == 0 && !engine.failed()) world.scheduler.wait(std::chrono::milliseconds(50), never.get_token());
    control_thread = {};
    engine.stop(std::chrono::milliseconds(request.drain_ms));
    if (engine.failed()) events.say(routes::Level::error, "stopped because the journal cannot be made durable; start again to recover", {});
    return engine.failed() ? exit_not_durable : exit_good;
}

}  // namespace hub::cli
