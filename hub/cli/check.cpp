// throughgate check: everything that can be known before running.
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/cli/examples.hpp"

namespace hub::cli {
namespace {

void describe_exchanges(const core::Plan& plan, bool explain, Report& report) {
    Table table{"exchanges", {"exchange", "direction", "record", "mapped", "dropped", "constants", "checked"}, {}};
    for (const auto& [name, exchange] : plan.exchanges) {
        const mapping::Mapping::Counts counts = exchange.mapping->counts();
        table.rows.push_back({name, exchange.inward ? "in" : "out", exchange.record_type, std::to_string(counts.mapped),
                              std::to_string(counts.dropped), std::to_string(counts.constants), std::to_string(counts.checked)});
        if (explain) report.facts.push_back({"explain " + name, exchange.mapping->explain()});
    }
    report.tables.push_back(std::move(table));
}

void describe_routes(const core::Plan& plan, Report& report) {
    Table table{"routes", {"route", "record", "to", "exchange", "agreement", "clause", "sink"}, {}};
    for (const auto& [name, route] : plan.routes)
        table.rows.push_back({name, route.record_type, route.recipient, route.exchange->name, route.agreement->name, route.clause->id, route.sink});
    report.tables.push_back(std::move(table));
}

}  // namespace

int check(World& world, const CheckRequest& request) {
    site::Loaded site;
    if (!load_site(world, request.site, site)) return exit_problems;
    Report report;
    report.facts = {{"site", site.plan->site_name}, {"plan", to_text(site.plan->digest)}};
    describe_exchanges(*site.plan, request.explain, report);
    describe_routes(*site.plan, report);
    ExampleCount total;
    for (const auto& [name, exchange] : site.plan->exchanges) {
        const ExampleCount count = run_examples(world, exchange, site.mappings_folder + "/" + name + "/examples", request.write_examples, report.problems);
        total.run += count.run;
        total.failed += count.failed;
    }
    report.facts.push_back({"examples", std::to_string(total.run) + " run, " + std::to_string(total.failed) + " differ"});
    report.facts.push_back({"problems", std::to_string(report.problems.size())});
    print(report, world.format, std::cout);
    return report.problems.empty() ? exit_good : exit_problems;
}

}  // namespace hub::cli
