// throughgate replay: rebuilds every projection from the journal and compares it with what the store keeps.
#include <unistd.h>

#include <iostream>
#include <sstream>

#include "hub/cli/commands.hpp"
#include "hub/cli/old_plans.hpp"
#include "hub/routes/replay.hpp"

namespace hub::cli {
namespace {

/// One line for each row, as hub/journal's dump writes them: two dumps are equal exactly when the projections are.
std::string dump_of(const routes::Rebuilt& rebuilt) {
    std::ostringstream text;
    for (const core::Table table : core::all_tables)
        rebuilt.each(table, [&](std::string_view key, std::string_view value) {
            text << core::name_of(table) << ' ' << to_hex(key) << ' ' << to_hex(value) << '\n';
        });
    return text.str();
}

}  // namespace

int replay(World& world, const ReplayRequest& request) {
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::snapshot, open)) return exit_problems;
    routes::Rebuilt rebuilt;
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    const auto report = routes::replay({.journal = *open.store, .clock = world.clock, .scheduler = world.scheduler, .digester = world.digester, .keys = *open.keys,
                                        .compile_plan = [&](const PlanDigest& digest, std::string_view bundle) { return compile_old_plan(world, digest, bundle); },
                                        .workers = request.workers,
                                        .progress = [&](std::uint64_t entries) { if (terminal) std::cerr << "\r" << entries << " entries" << std::flush; }},
                                       rebuilt);
    if (terminal) std::cerr << "\r";
    if (!report) return fail(world, report.error());
    const auto difference = routes::first_difference(*open.store, rebuilt);
    if (!difference) return fail(world, difference.error());
    const bool same = report->differences == 0 && !*difference;
    Report out;
    out.facts = {{"entries", std::to_string(report->entries)}, {"records", std::to_string(report->records)}, {"plans", std::to_string(report->plans)},
                 {"erased", std::to_string(report->erased)}, {"rows", std::to_string(rebuilt.rows())},
                 {"digest", to_hex(routes::digest_of(rebuilt, world.digester))}, {"verdict", same ? "identical" : "differs"}};
    if (report->differences > 0)
        out.problems.push_back({"entry " + std::to_string(report->first_seq), 0, 0, "TG-R001", report->first_difference, std::to_string(report->differences) + " entries differ"});
    if (*difference) out.problems.push_back({"projections", 0, 0, "TG-R002", routes::to_text(**difference), ""});
    if (!request.dump.empty())
        if (const Status written = world.disk.write(request.dump, dump_of(rebuilt)); !written) return fail(world, written.error());
    print(out, world.format, std::cout);
    return same ? exit_good : exit_problems;
}

}  // namespace hub::cli
