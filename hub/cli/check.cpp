// throughgate check: everything that can be known before running.
#include <iostream>
#include <set>

#include "hub/cli/against.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/examples.hpp"
#include "hub/cli/mutate.hpp"
#include "hub/mapping/codes.hpp"

namespace hub::cli {
namespace {

using Counts = mapping::Mapping::Counts;

/// A fact as "what: 212".
void say(Report& report, const std::string& what, std::size_t number) { report.facts.push_back({what, std::to_string(number)}); }

void describe_exchanges(const core::Plan& plan, const std::map<std::string, ExampleCount>& examples, Report& report) {
    Table table{"exchanges", {"exchange", "direction", "record", "fields", "mapped", "dropped", "proved", "checked", "handled", "constants", "examples"}, {}};
    Table dropped{"dropped", {"exchange", "field", "reason"}, {}};
    for (const auto& [name, exchange] : plan.exchanges) {
        const Counts counts = exchange.mapping->counts();
        std::vector<std::string> row{name, exchange.inward ? "in" : "out", exchange.record_type};
        for (const std::size_t each : {counts.mapped + counts.dropped, counts.mapped, counts.dropped, counts.proved, counts.checked, counts.handled, counts.constants, examples.at(name).run})
            row.push_back(std::to_string(each));
        table.rows.push_back(std::move(row));
        for (const auto& [decl, reason] : exchange.mapping->drops()) dropped.rows.push_back({name, exchange.mapping->from().path_of(decl), reason});
    }
    report.tables.push_back(std::move(table));
    report.tables.push_back(std::move(dropped));
}

void describe_routes(const core::Plan& plan, Report& report) {
    Table table{"routes", {"route", "record", "to", "exchange", "agreement", "clause", "sink"}, {}};
    for (const auto& [name, route] : plan.routes)
        table.rows.push_back({name, route.record_type, route.recipient, route.exchange->name, route.agreement->name, route.clause->id, route.sink});
    report.tables.push_back(std::move(table));
}

void summarise(const core::Plan& plan, Report& report) {
    Counts all;
    std::set<std::string> reasons;
    for (const auto& [name, exchange] : plan.exchanges) {
        const Counts counts = exchange.mapping->counts();
        all.mapped += counts.mapped;
        all.dropped += counts.dropped;
        all.constants += counts.constants;
        all.proved += counts.proved;
        all.checked += counts.checked;
        all.handled += counts.handled;
        for (const auto& [decl, reason] : exchange.mapping->drops()) reasons.insert(reason);
    }
    say(report, "exchanges", plan.exchanges.size());
    say(report, "routes", plan.routes.size());
    report.facts.push_back({"fields", std::to_string(all.mapped + all.dropped) + " read or dropped: " + std::to_string(all.mapped) + " mapped, " +
                                          std::to_string(all.dropped) + " dropped for " + std::to_string(reasons.size()) + " stated reasons"});
    say(report, "values proved to fit", all.proved);
    say(report, "values checked at run time", all.checked);
    say(report, "values handled by a rule", all.handled);
    say(report, "constants", all.constants);
}

/// Rows of code tables that no exchange and no route of the site can use. Tables are shared between sites, so these are notes.
void note_unused_rows(const core::Plan& plan, const std::string& mappings_folder, Report& report) {
    std::map<std::string, mapping::CodeUse> uses;
    const auto add = [&](const std::vector<mapping::CodeUse>& more) {
        for (const mapping::CodeUse& each : more) {
            mapping::CodeUse& use = uses[each.table];
            use.any = use.any || each.any;
            use.values.insert(each.values.begin(), each.values.end());
        }
    };
    for (const auto& [name, exchange] : plan.exchanges) add(exchange.mapping->code_uses());
    for (const auto& [name, route] : plan.routes) add(route.when->code_uses());
    const auto bundle = site::decode_bundle(plan.bundle);
    if (!bundle) return;
    for (const auto& [name, use] : uses) {
        const auto text = bundle->find("mappings/codes/" + name + ".xml");
        if (use.any || text == bundle->end()) continue;
        Problems ignored;  // the site has compiled
        const auto table = mapping::read_code_table(mappings_folder + "/codes/" + name + ".xml", text->second, ignored);
        if (!table) continue;
        for (const mapping::CodeTable::Row& row : table->rows())
            if (use.values.count(row.from) == 0)
                report.notes.push_back({table->path(), row.line, row.column, "TG-M043", "no exchange and no route of this site can have '" + row.from + "' here",
                                        "correct the row, or leave it when another site needs it"});
    }
}

/// Rules whose source gives no number or day, and for which the site has said none.
void describe_waiting(const core::Plan& plan, bool verbose, Report& report) {
    if (!plan.rules) return;
    Table table{"rules that wait", {"rule", "version", "for", "what it is"}, {}};
    for (const deadlines::Rule& rule : plan.rules->rules)
        for (const deadlines::Version& version : rule.versions)
            for (const std::string& name : version.unset) {
                const auto& settings = version.named.settings;
                const auto setting = std::find_if(settings.begin(), settings.end(), [&](const deadlines::Setting& each) { return each.name == name; });
                table.rows.push_back({rule.name, version.name, name, setting == settings.end() ? "" : setting->about});
            }
    report.facts.push_back({"rules", std::to_string(plan.rules->rules.size())});
    report.facts.push_back({"versions that wait for a number or a day of the site", std::to_string(table.rows.size())});
    if (verbose) report.tables.push_back(std::move(table));
}

}  // namespace

int check(World& world, const CheckRequest& request) {
    site::Loaded site;
    if (!load_site(world, request.site, site)) return exit_problems;
    Report report;
    report.facts = {{"site", site.plan->site_name}, {"plan", to_text(site.plan->digest)}};
    std::map<std::string, ExampleCount> examples;
    ExampleCount total;
    for (const auto& [name, exchange] : site.plan->exchanges) {
        const ExampleCount count = run_examples(world, exchange, site.mappings_folder + "/" + name + "/examples", request.write_examples, report.problems);
        examples[name] = count;
        total.run += count.run;
        total.failed += count.failed;
        if (request.explain) report.facts.push_back({"explain " + name, exchange.mapping->explain()});
    }
    if (request.verbose) {
        describe_exchanges(*site.plan, examples, report);
        describe_routes(*site.plan, report);
    }
    if (!request.only.empty() && site.plan->exchanges.count(request.only) == 0)
        return fail(world, {.what = "the site has no exchange '" + request.only + "'", .cure = "name one of the site's <exchange> elements", .code = "no_exchange"});
    if (request.mutate) mutate(world, site, request.only, report);
    if (!request.against.empty()) against(world, site, request.against, request.notices, report);
    note_unused_rows(*site.plan, site.mappings_folder, report);
    summarise(*site.plan, report);
    describe_waiting(*site.plan, request.verbose, report);
    report.facts.push_back({"examples", std::to_string(total.run) + " run, " + std::to_string(total.failed) + " differ"});
    report.facts.push_back({"problems", std::to_string(report.problems.size())});
    print(report, world.format, std::cout);
    return report.problems.empty() ? exit_good : exit_problems;
}

}  // namespace hub::cli
