// throughgate bench: what a record costs in each room and from end to end, beside the bare limits of the same machine in the same
// run, and how that stands to the targets. Absolute figures drift; the ratios decide.
#include <filesystem>
#include <iostream>
#include <thread>

#include "hub/cli/bench_parts.hpp"
#include "hub/cli/exchange_run.hpp"

namespace hub::cli {
namespace {

using measure::Context;

struct Target {
    std::string what{}, least{}, goal{}, measured{}, verdict{};
};

std::string verdict(double value, double least, double goal, bool smaller_is_better) {
    const bool met = smaller_is_better ? value <= least : value >= least;
    const bool reached = smaller_is_better ? value <= goal : value >= goal;
    return reached ? "goal reached" : met ? "met" : "NOT MET";
}

/// Seconds below 0 mean that the measurement itself failed.
std::string start_verdict(double seconds, double least, double goal) {
    return seconds <= 0 ? "NOT MEASURED: it did not come to that" : verdict(seconds, least, goal, true);
}

std::vector<Target> clock_targets(const Context& c) {
    constexpr std::size_t million = 1'000'000, at_once = 100'000;
    const std::string none = "NOT MEASURED: it did not come to that", few = "not measured here: --clocks 1000000 measures it";
    const bool measured = c.open_clocks > 0, all = c.open_clocks >= million;
    return {{"memory per open clock, all in", "128 bytes", "64 bytes", measure::number(c.clock_bytes) + " bytes", all ? verdict(c.clock_bytes, 128, 64, true) : measured ? few : none},
            {"memory of a hub with a million open clocks", "256 MB", "160 MB", measure::number(c.clocks_mib * 1.048576) + " MB with " + std::to_string(c.open_clocks),
             all ? verdict(c.clocks_mib * 1.048576, 256, 160, true) : few},
            {"a tick that fires nothing", "10 us", "1 us", measure::number(c.idle_tick_s * 1e6) + " us", c.idle_tick_s > 0 ? verdict(c.idle_tick_s * 1e6, 10, 1, true) : none},
            {"100,000 clocks due in one second, journalled", "5 s", "1 s", measure::number(c.due_s) + " s with " + std::to_string(c.due_clocks),
             c.due_clocks >= at_once ? verdict(c.due_s, 5, 1, true) : few}};
}

std::vector<Target> measured_targets(const Context& c) {
    std::vector<Target> targets;
    const double ack = c.ack_one_s / c.fsync_s;
    targets.push_back({"acknowledgement p50, one sender, over a bare 2 KB append + fdatasync", "5 x", "3 x", measure::times(ack),
                       verdict(ack, 5, 3, true) + (ack > 5 ? ": bound by two HTTP hops and thread wake-ups around one sync" : "")});
    const double log = c.store_rows_64 / c.bare_rows_64;
    targets.push_back({"our store alone over a bare log, groups of 64", "0.5 x", "0.9 x", measure::times(log),
                       verdict(log, 0.5, 0.9, false) + (log < 0.5 ? ": bound by CPU, the B-tree inserts of entry and projection rows" : "")});
    const double sizes = c.rate_10k / c.rate_2k;
    targets.push_back({"10 KB rate over 2 KB rate", "0.4 x", "0.55 x", measure::times(sizes),
                       verdict(sizes, 0.4, 0.55, false) + (sizes < 0.4 ? ": bound by libxml2's validation, which grows with the record" : "")});
    const double mapping = c.field_ns * 30 / 1e3;
    targets.push_back({"mapping of 30 fields", "5 us", "2 us", measure::number(mapping) + " us", verdict(mapping, 5, 2, true) + (mapping > 5 ? ": bound by text copied into the new tree and by checks of values" : "")});
    const double replay = c.replay_rate / c.live_rate;
    targets.push_back({"replay over live rate, same cores", "3 x", "10 x", measure::times(replay),
                       verdict(replay, 3, 10, false) + (replay < 3 ? ": bound by decoding and validating each record again" : "")});
    targets.push_back({"start to the first record", "1 s", "0.3 s", measure::number(c.start_s) + " s", start_verdict(c.start_s, 1, 0.3)});
    constexpr std::size_t million = 1'000'000;
    const std::string pending = c.pending >= million ? "a million" : std::to_string(c.pending);
    targets.push_back({"restart with a million pending", "10 s", "3 s", measure::number(c.restart_s) + " s with " + pending,
                       c.pending >= million ? start_verdict(c.restart_s, 10, 3) : "not measured here: --pending 1000000 measures it, and takes minutes to fill"});
    for (Target& target : clock_targets(c)) targets.push_back(std::move(target));
    return targets;
}

std::vector<Target> other_targets() {
    const std::string other = "not measured here: needs the other product on the same machine", later = "not measured here: comes with a later part";
    return {{"Mirth at its best, records/s", "15 x", "25 x", "", other},
            {"the reference pipeline", "0.8 x", "1.3 x", "", other},
            {"Node-RED, durable and validating", "6 x", "11 x", "", other},
            {"Mirth: acknowledgement p50; end-to-end p50; CPU; memory", "1/5; 1/20; 1/10; 1/5", "1/10; 1/100; 1/25; 1/15", "", other},
            {"RabbitMQ quorum against intake without mapping", "0.7 x", "1.2 x", "", other},
            {"check of the reference site", "3 s", "1 s", "", "not measured here: `time throughgate check deploy/reference` is the whole of it"},
            {"two PostgreSQL nodes over one", "1.5 x", "1.8 x", "", later}};
}

Table rows_table(const Context& context) {
    Table table{"measured", {"what", "record", "value", "unit", "beside"}, {}};
    for (const measure::Row& row : context.rows) table.rows.push_back({row.what, row.size, row.value, row.unit, row.beside});
    return table;
}

Table targets_table(const Context& context, bool all) {
    Table table{"targets", {"against", "least", "goal", "measured", "verdict"}, {}};
    for (const auto& targets : {all ? measured_targets(context) : clock_targets(context), all ? other_targets() : std::vector<Target>{}})
        for (const Target& target : targets) table.rows.push_back({target.what, target.least, target.goal, target.measured, target.verdict});
    return table;
}

}  // namespace

int bench(World& world, const BenchRequest& request) {
    site::Loaded site;
    if (!load_site(world, request.site, site)) return exit_problems;
    for (const char* name : {"court_result_in", "court_result_to_police"})
        if (site.plan->exchanges.count(name) == 0)
            return fail(world, {.what = std::string("the site has no exchange ") + name, .cure = "give the demonstration's site, or one with these exchanges"});
    if (site.plan->routes.count("court_result_police") == 0)
        return fail(world, {.what = "the site has no route court_result_police", .cure = "give the demonstration's site, or one with this route"});
    Problems problems;
    const auto rules = request.rules.empty() ? nullptr : site::load_rules(request.rules, world.disk, world.digester, problems);
    if (!request.rules.empty() && !rules) return fail(world, {.what = "the rules of " + request.rules + " do not compile", .cure = "throughgate check " + request.rules});
    const Result<std::string> sample = world.disk.read(request.site + "/samples/court_result_fine.xml", input_bytes_max);
    if (!sample) return fail(world, sample.error());
    std::filesystem::create_directories(request.folder);
    Context context{world, site.plan, request.folder, request.seconds, request.site, request.pending};
    const measure::Messages small(*sample, 2'048), large(*sample, 10'240);
    measure::bare(context);
    measure::clocks(context, site.mappings_folder, request.clocks, rules.get());  // before the others, which leave memory behind
    if (request.only.empty()) {
        measure::rooms(context, small, large);
        measure::end_to_end(context, small, large);
        measure::starts(context, small);
    }
    Report report;
    report.facts = {{"record_sizes", std::to_string(small.bytes()) + " and " + std::to_string(large.bytes()) + " bytes"},
                    {"cores", std::to_string(std::thread::hardware_concurrency())},
                    {"note", "medians; senders, hub and receiver share this process; figures drift with the machine, the ratios of one run decide"}};
    report.tables = {rows_table(context), targets_table(context, request.only.empty())};
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
