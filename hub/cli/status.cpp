// throughgate status: items, routes, parked and held at a glance, from the projections.
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/core/items.hpp"
#include "hub/core/keys.hpp"
#include "hub/routes/control.hpp"

namespace hub::cli {
namespace {

struct RouteLine {
    std::uint64_t opened = 0, delivered = 0, refused = 0, other = 0, ready = 0, leased = 0, held = 0, parked = 0;
};

using Routes = std::map<std::string, RouteLine>;

Status add_counts(const core::Store& store, Routes& routes) {
    return store.scan(core::Table::count, "", "", [&](std::string_view key, std::string_view value) {
        const auto place = core::decode_count_key(key);
        const auto count = core::decode_count(value);
        if (!place || !count) return true;
        RouteLine& line = routes[place->route];
        line.opened += count->opened;
        for (std::size_t i = 1; i < std::size(count->closed); ++i) {
            const auto how = static_cast<core::Disposition>(i);
            (how == core::Disposition::delivered ? line.delivered : how == core::Disposition::refused ? line.refused : line.other) += count->closed[i];
        }
        return true;
    });
}

void add_open(const core::Item& item, Routes& routes) {
    RouteLine& line = routes[item.route];
    if (item.state == core::ItemState::ready) ++line.ready;
    if (item.state == core::ItemState::leased) ++line.leased;
    if (item.state == core::ItemState::held) ++line.held;
    if (item.state == core::ItemState::parked) ++line.parked;
}

std::vector<std::string> item_row(const core::Item& item, const core::Plan& plan) {
    const auto route = plan.routes.find(item.route);
    const std::string exchange = route == plan.routes.end() ? "" : route->second.exchange->name;
    const std::string how = item.state == core::ItemState::closed ? std::string(core::name_of(item.disposition)) : std::string(core::name_of(item.state));
    return {core::to_text(item.ref), item.record_type, item.source, item.route, item.recipient, exchange, how, item.reason, item.evidence};
}

/// Every open item has its row in `due`; its place in the item table is read for the rest.
Status visit_open(const core::Store& store, const std::function<void(const core::Item&)>& visit) {
    return store.scan(core::Table::due, "", "", [&](std::string_view, std::string_view value) {
        const auto due = core::decode_due(value);
        if (!due) return true;
        const auto row = store.get(core::Table::item, core::key_of(due->item));
        if (!row) return true;
        if (const auto item = core::decode_item(*row)) visit(*item);
        return true;
    });
}

Table route_table(const Routes& routes) {
    Table table{"routes", {"route", "opened", "delivered", "refused", "closed otherwise", "ready", "leased", "held", "parked"}, {}};
    for (const auto& [name, line] : routes)
        table.rows.push_back({name, std::to_string(line.opened), std::to_string(line.delivered), std::to_string(line.refused), std::to_string(line.other),
                              std::to_string(line.ready), std::to_string(line.leased), std::to_string(line.held), std::to_string(line.parked)});
    return table;
}

Table unknown_table(const core::Store& store) {
    Table table{"fields_withheld_because_their_schema_does_not_have_them", {"exchange", "path", "times"}, {}};
    const Status done = store.scan(core::Table::unknown, "", "", [&](std::string_view key, std::string_view value) {
        const auto place = core::decode_unknown_key(key);
        const auto times = core::decode_number(value);
        if (place && times) table.rows.push_back({place->first, place->second, std::to_string(*times)});
        return true;
    });
    if (!done) table.rows.push_back({"", done.error().what, ""});
    return table;
}

/// What sources did not take in is known to the running hub alone: it is not journalled.
void add_refusals(World& world, const site::Loaded& site, Report& report) {
    const auto refusals = routes::ask_refusals(world.net, world.clock, site.control_socket);
    if (!refusals && refusals.error().code == routes::no_hub)
        report.facts.push_back({"hub", "not running; what it refuses at the door is counted only while it runs"});
    else
        report.facts.push_back({"hub", refusals ? "running" : refusals.error().what});
    if (!refusals) return;
    Table table{"not_taken_in_since_the_hub_started", {"source", "told", "code", "reason", "times"}, {}};
    for (const routes::Refusal& each : *refusals)
        table.rows.push_back({each.source, each.told == Outcome::busy ? "busy" : "refused", each.code, each.reason, std::to_string(each.times)});
    report.tables.push_back(std::move(table));
}

}  // namespace

int status(World& world, const StatusRequest& request) {
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::snapshot, open)) return exit_problems;
    if (request.clocks) return status_clocks(world, open, request.filter);
    Report report;
    report.facts = {{"site", open.site.plan->site_name}, {"entries", std::to_string(open.store->next_seq() - 1)}};
    Routes routes;
    Table waiting{"held_and_parked", {"item", "record", "source", "route", "to", "exchange", "state", "reason", "evidence"}, {}};
    Status read = add_counts(*open.store, routes);
    if (read)
        read = visit_open(*open.store, [&](const core::Item& item) {
            add_open(item, routes);
            if (item.state == core::ItemState::held || item.state == core::ItemState::parked) waiting.rows.push_back(item_row(item, *open.site.plan));
        });
    if (!read) return fail(world, read.error());
    report.tables = {route_table(routes), waiting, unknown_table(*open.store)};
    add_refusals(world, open.site, report);
    if (request.items) {
        Table all{"items", waiting.columns, {}};
        read = open.store->scan(core::Table::item, "", "", [&](std::string_view, std::string_view value) {
            if (const auto item = core::decode_item(value)) all.rows.push_back(item_row(*item, *open.site.plan));
            return true;
        });
        if (!read) return fail(world, read.error());
        report.tables.push_back(std::move(all));
    }
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
