// CLI11 is heavy to compile: it stands in this file alone.
#include "hub/cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <exception>
#include <functional>
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/formats/codec.hpp"

namespace hub::cli {
namespace {

/// The command chosen by the parse; run afterwards, so that parsing has no effects.
using Chosen = std::function<int(World&)>;

CLI::App* command(CLI::App& app, const std::string& name, const std::string& help) {
    return app.add_subcommand(name, help);
}

template <class Request>
void on(CLI::App* sub, Chosen& chosen, std::shared_ptr<Request> request, int (*run)(World&, const Request&)) {
    sub->callback([&chosen, request, run] { chosen = [request, run](World& world) { return run(world, *request); }; });
}

void add_reading(CLI::App& app, Chosen& chosen) {
    auto check_request = std::make_shared<CheckRequest>();
    CLI::App* sub = command(app, "check", "Everything that can be known before running: schemas, mappings, agreements, examples");
    sub->add_option("SITE", check_request->site, "The site's folder")->required();
    sub->add_flag("--explain", check_request->explain, "Also list what every exchange writes from what");
    CLI::Option* mutate = sub->add_flag("--mutate", check_request->mutate, "Change every rule in turn, run the examples, and list what none of them notices");
    sub->add_option("--exchange", check_request->only, "Mutate this exchange only")->needs(mutate);
    CLI::Option* other = sub->add_option("--against", check_request->against, "Another version of a schema, or a folder of them: what it breaks, narrows and widens");
    sub->add_option("--notices", check_request->notices, "Write what each party concerned should be told into this folder")->needs(other);
    sub->add_flag("--verbose", check_request->verbose, "Also every exchange, every route, and every dropped field with its reason");
    sub->add_flag("--write-examples", check_request->write_examples, "Write what the exchanges make of their examples, for a person to read and keep");
    on(sub, chosen, check_request, check);

    auto map_request = std::make_shared<MapRequest>();
    sub = command(app, "map", "One document through one exchange, to standard output");
    sub->add_option("SITE", map_request->site, "The site's folder")->required();
    sub->add_option("EXCHANGE", map_request->exchange, "The exchange's name")->required();
    sub->add_option("FILE", map_request->file, "The document; - for standard input")->capture_default_str();
    sub->add_flag("--pretty", map_request->pretty, "Indented output");
    sub->add_option("--field", map_request->field, "Instead: where this field of the output came from, value by value");
    on(sub, chosen, map_request, map);

    auto clocks_request = std::make_shared<ClocksRequest>();
    sub = command(app, "clocks", "The site's rules over a facts file: due dates with derivations");
    sub->add_option("SITE", clocks_request->site, "The site's folder")->required();
    sub->add_option("--facts", clocks_request->facts, "The facts file, as schemas/site/history.xsd and the README show it; - for standard input. `throughgate manual facts SITE` lists the facts")->required();
    CLI::Option* walk = sub->add_flag("--timeline", clocks_request->timeline, "Instead: what changed when, from the first thing told to the last, each moment with what was known then");
    sub->add_option("--from", clocks_request->from, "Of a timeline: no change before it is printed")->needs(walk);
    sub->add_option("--until", clocks_request->until, "Of a timeline: its end; without it --as-of, else the last thing told")->needs(walk);
    sub->add_option("--as-of", clocks_request->as_of, "The asked time: an instant, or a date for the end of that London day; without it, now");
    sub->add_option("--known-at", clocks_request->known_at, "Only what was known by then; without it, everything that the file says")->excludes(walk);
    sub->add_option("--rule", clocks_request->rules, "Only this rule; repeat it");
    sub->add_flag("--gates", clocks_request->gates, "Instead: each gate whose record these facts could bring, and which parts it would find missing")->excludes(walk);
    sub->add_option("--given", clocks_request->given, "A number or date that the site leaves open, as RULE:NAME=VALUE; repeat it");
    on(sub, chosen, clocks_request, clocks);

    auto status_request = std::make_shared<StatusRequest>();
    sub = command(app, "status", "Items, routes, parked and held at a glance");
    sub->add_option("SITE", status_request->site, "The site's folder")->required();
    sub->add_flag("--items", status_request->items, "List every item: what went to whom by which exchange");
    CLI::Option* clocks_of = sub->add_flag("--clocks", status_request->clocks, "Clocks instead: what is open, overdue or near, totals and measures");
    sub->add_option("--owner", status_request->filter.owner, "Clocks of this role")->needs(clocks_of);
    sub->add_option("--rule", status_request->filter.rule, "Clocks of this rule, or of those that begin so: omic, housing.reply")->needs(clocks_of);
    sub->add_option("--region", status_request->filter.region, "Clocks of people in this region")->needs(clocks_of);
    sub->add_option("--state", status_request->filter.state, "Clocks in this state instead of the open ones: running, paused, met, late, breached, told_late, void, undetermined")->needs(clocks_of);
    sub->add_option("--due-within", status_request->filter.due_within, "Clocks that are overdue or due within so many days")->needs(clocks_of);
    on(sub, chosen, status_request, status);

    auto trace_request = std::make_shared<TraceRequest>();
    sub = command(app, "trace", "Everything that happened to a record or a person, and why");
    sub->add_option("SITE", trace_request->site, "The site's folder")->required();
    sub->add_option("SUBJECT", trace_request->subject, "Receipt, record id, person id, item (1042.0.2), or an identifier as CRN:X123456")->required();
    sub->add_option("--field", trace_request->field, "Of a record or item: where this field came from, value by value");
    on(sub, chosen, trace_request, trace);

    auto account_request = std::make_shared<AccountRequest>();
    sub = command(app, "account", "The balance sheet, recomputed from the journal");
    sub->add_option("SITE", account_request->site, "The site's folder")->required();
    on(sub, chosen, account_request, account);

    auto replay_request = std::make_shared<ReplayRequest>();
    sub = command(app, "replay", "Rebuild the projections from the journal and compare");
    sub->add_option("SITE", replay_request->site, "The site's folder")->required();
    sub->add_option("--workers", replay_request->workers, "Threads that prepare records")->check(CLI::Range(1, 64))->capture_default_str();
    sub->add_option("--dump", replay_request->dump, "Write the rebuilt projections' dump to this file");
    on(sub, chosen, replay_request, replay);
}

void add_whatif(CLI::App& app, Chosen& chosen) {
    auto request = std::make_shared<WhatifRequest>();
    CLI::App* sub = command(app, "whatif", "History through a changed site, in memory: which clocks would appear, vanish, move or breach, and what would go or be held");
    sub->add_option("SITE", request->site, "The folder of the site that has the journal")->required();
    sub->add_option("CANDIDATE", request->candidate, "The folder of the changed site; its data folder is not looked at")->required();
    sub->add_option("--as-of", request->as_of, "The asked time: an instant, or a date for the end of that London day; without it, now");
    sub->add_option("--person", request->person, "Only this person, by the id that status and trace print");
    sub->add_option("--rule", request->rule, "Only clocks of this rule, or of those that begin so: omic, housing.reply");
    sub->add_option("--workers", request->workers, "Threads that prepare records")->check(CLI::Range(1, 64))->capture_default_str();
    on(sub, chosen, request, whatif);
}

void add_running(CLI::App& app, Chosen& chosen) {
    auto serve_request = std::make_shared<ServeRequest>();
    CLI::App* sub = command(app, "serve", "Run the hub until SIGTERM or SIGINT");
    sub->add_option("SITE", serve_request->site, "The site's folder")->required();
    sub->add_option("--drain-ms", serve_request->drain_ms, "Bound for finishing what is under way when told to stop")->capture_default_str();
    sub->add_option("--workers", serve_request->workers, "Threads that prepare records")->check(CLI::Range(1, 64))->capture_default_str();
    on(sub, chosen, serve_request, serve);

    auto send_request = std::make_shared<SendRequest>();
    sub = command(app, "send", "Hand one document to a receiver through a connector, as a partner's system would");
    sub->add_option("CONNECTOR", send_request->connector, "The connector's name")->required();
    sub->add_option("FILE", send_request->file, "The document; - for standard input")->capture_default_str();
    sub->add_option("--set", send_request->settings, "A setting of the connector's sink, as name=value; repeat it");
    sub->add_option("--key", send_request->key, "Idempotency key, 64 hexadecimal digits; without it, the document's SHA-256");
    on(sub, chosen, send_request, send);

    auto bench_request = std::make_shared<BenchRequest>();
    sub = command(app, "bench", "The performance suite, beside the machine's bare limits of the same run");
    sub->add_option("SITE", bench_request->site, "The site whose exchanges and samples are used")->required();
    sub->add_option("--folder", bench_request->folder, "Where its journals are written; removed afterwards")->required();
    sub->add_option("--seconds", bench_request->seconds, "For each measurement")->check(CLI::Range(0.1, 600.0))->capture_default_str();
    sub->add_option("--pending", bench_request->pending, "Items that the measured restart finds")->check(CLI::Range(1, 1'000'000))->capture_default_str();
    sub->add_option("--clocks", bench_request->clocks, "Open clocks in the measured store")->check(CLI::Range(1'000, 10'000'000))->capture_default_str();
    sub->add_option("--rules", bench_request->rules, "A site whose rules are evaluated on their own, as deploy/reference");
    sub->add_option("--only", bench_request->only, "One part of the suite alone")->check(CLI::IsMember({"clocks"}));
    on(sub, chosen, bench_request, bench);

    auto manual_request = std::make_shared<ManualRequest>();
    sub = command(app, "manual", "The settings of every connector; `manual codes`: what a check can say; `manual facts SITE`: facts and rules");
    sub->add_option("FOLDER", manual_request->folder, "The connectors folder whose READMEs carry the tables: compare them; or the word codes, or facts");
    sub->add_option("SUBJECT", manual_request->subject, "Of codes: one code, as TG-M014, or the folder that keeps their pages: compare them. Of facts: the site");
    sub->add_option("FILE", manual_request->file, "Of facts: the file that keeps the page: compare it");
    sub->add_flag("--write", manual_request->write, "Renew the tables or pages in the folder or file");
    on(sub, chosen, manual_request, manual);

    auto edge_request = std::make_shared<EdgeRequest>();
    sub = command(app, "edge", "Run one connector for a hub; started by the hub itself");
    sub->group("");
    sub->add_option("SOCKET", edge_request->socket, "The hub's socket")->required();
    on(sub, chosen, edge_request, edge);
}

void add_acts(CLI::App& app, Chosen& chosen) {
    const std::pair<const char*, const char*> verbs[] = {
        {"hold", "Keep an item from leaving until it is released"},
        {"release", "Let a held item go on; with --consent, record the consent that it waited for"},
        {"retry", "Try a parked item again: prepare a parked input anew, or send parked bytes again"},
        {"reroute", "Close an item and owe its record to another route instead"},
        {"withdraw", "Close an item unsent"},
        {"resolve", "Say whom a record is about, or that a parked input was dealt with"}};
    for (const auto& [verb, help] : verbs) {
        auto request = std::make_shared<ActRequest>();
        request->verb = verb;
        CLI::App* sub = command(app, verb, help);
        sub->add_option("SITE", request->site, "The site's folder")->required();
        sub->add_option("ITEM", request->item, "The item, as status prints it: 1042.0.2")->required();
        sub->add_option("--who", request->who, "Who does this")->required();
        sub->add_option("--why", request->why, "Why; kept with the item")->required();
        if (request->verb == "release") sub->add_option("--consent", request->consent, "KIND: EVIDENCE of a consent that was given");
        if (request->verb == "reroute") sub->add_option("--route", request->route, "The route that takes over")->required();
        if (request->verb == "resolve") sub->add_option("--person", request->person, "Person id; 'new' makes one");
        on(sub, chosen, request, act);
    }
}

}  // namespace

int run(int argc, char** argv, Product product) {
    std::signal(SIGPIPE, SIG_IGN);  // a peer that goes away is an error of one call, not the end of the process
    CLI::App app{"Throughgate: a data-integration hub for the justice system", "throughgate"};
    app.require_subcommand(1);
    World world;
    const std::map<std::string, ReportFormat> formats{{"text", ReportFormat::text}, {"json", ReportFormat::json}, {"csv", ReportFormat::csv}};
    app.add_option("--format", world.format, "How reports are printed: text, json, or the tables as csv")->transform(CLI::CheckedTransformer(formats));
    app.fallthrough();
    Chosen chosen;
    add_reading(app, chosen);
    add_whatif(app, chosen);
    add_running(app, chosen);
    add_acts(app, chosen);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? exit_good : exit_problems;
    }
    formats::initialise();
    world.catalogue = std::move(product.catalogue);
    world.check_manuals = std::move(product.check_manuals);
    world.program = program_path();
    try {
        return chosen(world);
    } catch (const std::exception& error) {
        std::cerr << "internal fault: " << error.what() << "\n";
        return exit_fault;
    }
}

}  // namespace hub::cli
