// throughgate map: one document through one exchange, to standard output.
#include <iostream>
#include <iterator>

#include "hub/cli/commands.hpp"
#include "hub/cli/exchange_run.hpp"

namespace hub::cli {

int map(World& world, const MapRequest& request) {
    site::Loaded site;
    if (!load_site(world, request.site, site)) return exit_problems;
    const auto found = site.plan->exchanges.find(request.exchange);
    if (found == site.plan->exchanges.end())
        return fail(world, {.what = "the site has no exchange '" + request.exchange + "'",
                            .cure = "name one of the site's <exchange> elements",
                            .code = "no_exchange"});
    const Result<std::string> bytes = read_input(world, request.file);
    if (!bytes) return fail(world, bytes.error());
    const ExchangeRun run = run_exchange(found->second, *bytes, request.file, example_given(), request.pretty);
    for (const auto& [path, times] : run.unknown_paths)
        std::cerr << "withheld: " << path << " is not in the schema (" << times << " times)\n";
    if (!run.problems.empty()) {
        Report report;
        report.problems = run.problems;
        print(report, world.format, std::cerr);
        return exit_problems;
    }
    for (const std::string& output : run.outputs) {
        std::cout << output;
        if (output.empty() || output.back() != '\n') std::cout << "\n";
    }
    return exit_good;
}

}  // namespace hub::cli
