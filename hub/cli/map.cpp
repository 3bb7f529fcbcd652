// throughgate map: one document through one exchange, to standard output.
#include <iostream>
#include <iterator>

#include "hub/cli/commands.hpp"
#include "hub/cli/exchange_run.hpp"
#include "hub/cli/fields.hpp"

namespace hub::cli {
namespace {

/// The values of the field, and the rules that may write it, whether or not this document makes them.
int map_field(World& world, const site::Loaded& site, const mapping::Mapping& mapping, const std::string& bytes, const MapRequest& request) {
    Report report;
    const formats::DeclId field = find_field(mapping, request.field, report.problems);
    formats::Document source(&mapping.from());
    formats::Decoded decoded = formats::make_decoder(mapping.from())->decode(bytes, request.file, source);
    report.problems.insert(report.problems.end(), decoded.problems.begin(), decoded.problems.end());
    if (report.problems.empty()) add_origins("value", mapping::values_of(mapping, field, source, example_given()), site.mappings_folder, world.format, report);
    if (field != formats::no_decl) add_origins("rule", mapping::origins_of(mapping, field), site.mappings_folder, world.format, report);
    print(report, world.format, std::cout);
    return report.problems.empty() ? exit_good : exit_problems;
}

}  // namespace

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
    if (!request.field.empty()) return map_field(world, site, *found->second.mapping, *bytes, request);
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
