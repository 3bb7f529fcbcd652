// throughgate whatif: the journal's history through a changed site, in memory; which clocks and items would not be the same.
#include <unistd.h>

#include <iostream>
#include <map>

#include "hub/cli/clock_text.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/old_plans.hpp"
#include "hub/routes/what_if.hpp"

namespace hub::cli {
namespace {

using core::ClockRow;

constexpr std::size_t whatif_details_max = 1'000;  ///< rows of each table of details; totals count everything

std::string text_of(const std::optional<deadlines::Point>& point) { return point ? deadlines::to_text(*point) : std::string(); }

/// "2" or "-2"; nothing where no number of days says it.
std::string days_of(const routes::ClockChange& change, routes::ClockChanges kind) {
    return kind == routes::ClockChanges::moved && change.days ? std::to_string(*change.days) : std::string();
}

/// Rows up to a limit; how many more there were.
struct Details {
    Table table{};
    std::size_t left_out = 0;
    void add(std::vector<std::string> cells) {
        if (table.rows.size() < whatif_details_max) table.rows.push_back(std::move(cells));
        else ++left_out;
    }
};

class Ledger {
public:
    Ledger(const WhatifRequest& request, std::optional<PersonId> person) : request_(request), person_(person) {}

    void add(const routes::ClockChange& change) {
        const ClockRow& row = change.would ? *change.would : *change.was;
        if ((person_ && change.person != *person_) || !row.rule.starts_with(request_.rule)) return;
        ++clocks_;
        std::string kinds;
        for (const routes::ClockChanges kind : change.changes) {
            ++clock_totals_[{std::string(routes::name_of(kind)), days_of(change, kind), row.rule, row.owner, change.party}];
            kinds.append(kinds.empty() ? "" : ", ").append(routes::name_of(kind));
        }
        const auto both = [&](auto&& say) { return std::pair{change.was ? say(*change.was) : std::string(), change.would ? say(*change.would) : std::string()}; };
        const auto due = both([](const ClockRow& each) { return text_of(each.due); });
        const auto state = both([](const ClockRow& each) { return std::string(deadlines::name_of(each.state)); });
        const auto responsibility = both([](const ClockRow& each) { return each.responsibility; });
        const auto owner = both([](const ClockRow& each) { return each.owner; });
        clock_details_.add({to_text(change.person), row.rule, row.matter_kind, row.matter, row.occurrence, kinds, days_of(change, routes::ClockChanges::moved),
                            due.first, due.second, state.first, state.second, owner.first, owner.second, responsibility.first, responsibility.second, change.party});
    }

    void add(const routes::ItemChange& change) {
        if (!request_.rule.empty() || (person_ && change.item.person != *person_)) return;
        ++items_;
        const bool from = change.item.recipient.empty();  // input that waits for a person: what counts is who sent it
        const std::string party = from ? change.item.sender : change.item.recipient;
        const std::string what = change.would.empty()      ? "no longer " + std::string(change.was)
                                 : change.was != "goes"    ? std::string(change.would)
                                                           : std::string(change.would) + " instead of going";
        ++item_totals_[{party, change.item.route, what}];
        item_details_.add({to_text(change.item.ref), party, change.item.route, change.item.record_type, std::string(change.was), std::string(change.would),
                           change.item.reason, change.item.person.is_zero() ? std::string() : to_text(change.item.person)});
    }

    void report(Report& into) const {
        into.facts.insert(into.facts.end(), {{"clocks_changed", std::to_string(clocks_)}, {"items_changed", std::to_string(items_)},
                                             {"details_left_out", std::to_string(clock_details_.left_out + item_details_.left_out)}});
        Table clocks{"clock_totals", {"change", "days", "rule", "owner", "party", "clocks"}, {}};
        for (const auto& [key, count] : clock_totals_) clocks.rows.push_back({key[0], key[1], key[2], key[3], key[4], std::to_string(count)});
        Table items{"item_totals", {"party", "route", "change", "items"}, {}};
        for (const auto& [key, count] : item_totals_) items.rows.push_back({key[0], key[1], key[2], std::to_string(count)});
        into.tables.insert(into.tables.end(), {std::move(clocks), std::move(items), clock_details_.table, item_details_.table});
    }

private:
    const WhatifRequest& request_;
    const std::optional<PersonId> person_;
    std::size_t clocks_ = 0, items_ = 0;
    std::map<std::array<std::string, 5>, std::size_t> clock_totals_{};
    std::map<std::array<std::string, 3>, std::size_t> item_totals_{};
    Details clock_details_{{"clocks", {"person", "rule", "matter kind", "matter", "period from", "change", "days", "due was", "due would be", "state was", "state would be",
                                       "owner was", "owner would be", "responsibility was", "responsibility would be", "party"}, {}}};
    Details item_details_{{"items", {"item", "party", "route", "record", "was", "would be", "reason", "person"}, {}}};
};

/// The candidate's configuration alone; an agreement that has ended is a change like any other.
core::PlanPtr load_candidate(const World& world, const std::string& folder) {
    Report report;
    const auto loaded = site::load(folder, world.disk, world.digester, connector_checks(world), std::nullopt, report.problems);
    if (loaded) return loaded->plan;
    print(report, world.format, std::cerr);
    return nullptr;
}

Result<Instant> as_of(const World& world, const WhatifRequest& request, const core::Plan& plan, const core::Plan& candidate) {
    if (request.as_of.empty()) return world.clock.now();
    const auto& rules = plan.rules ? plan.rules : candidate.rules;
    if (!rules) return Error{.what = "neither site has rules, so neither has a zone to read --as-of in", .cure = "leave --as-of out", .code = "no_rules"};
    return asked_time(request.as_of, *rules->almanac.zone, "--as-of");
}

routes::ReplayParts parts_of(World& world, const OpenSite& open, std::size_t workers) {
    const bool terminal = ::isatty(STDERR_FILENO) != 0;
    const std::uint64_t all = 2 * (open.store->next_seq() - 1);  // once as it was, once as it would be
    return {.journal = *open.store, .clock = world.clock, .scheduler = world.scheduler, .digester = world.digester, .keys = *open.keys,
            .compile_plan = [&world](const PlanDigest& digest, std::string_view bundle) { return compile_old_plan(world, digest, bundle); },
            .workers = workers,
            .progress = [terminal, all, done = std::uint64_t{0}, last = std::uint64_t{0}](std::uint64_t entries) mutable {
                done += entries > last ? entries - last : entries;
                last = entries;
                if (terminal) std::cerr << "\r" << done << " of " << all << " entries" << std::flush;
            }};
}

}  // namespace

int whatif(World& world, const WhatifRequest& request) {
    const auto id = digest_from_hex(request.person);
    if (!request.person.empty() && !id)
        return fail(world, {.what = "'" + request.person + "' is no person id", .cure = "take the id as status --clocks and trace print it: 64 hexadecimal digits", .code = "bad_subject"});
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::snapshot, open)) return exit_problems;
    const core::PlanPtr candidate = load_candidate(world, request.candidate);
    if (!candidate) return exit_problems;
    const auto has_rule = [&](const core::Plan& plan) {
        return plan.rules && std::any_of(plan.rules->rules.begin(), plan.rules->rules.end(), [&](const deadlines::Rule& rule) { return rule.name.starts_with(request.rule); });
    };
    if (!request.rule.empty() && !has_rule(*open.site.plan) && !has_rule(*candidate))
        return fail(world, {.what = "neither site has a rule that is called or begins '" + request.rule + "'", .cure = "`throughgate manual facts SITE` lists the rules", .code = "no_such_name"});
    const Result<Instant> at = as_of(world, request, *open.site.plan, *candidate);
    if (!at) return fail(world, at.error());
    Ledger ledger(request, request.person.empty() ? std::nullopt : std::optional<PersonId>(PersonId{*id}));
    const auto found = routes::what_if(parts_of(world, open, request.workers), candidate, *at,
                                       {[&](const routes::ClockChange& change) { ledger.add(change); }, [&](const routes::ItemChange& change) { ledger.add(change); }});
    if (::isatty(STDERR_FILENO) != 0) std::cerr << "\r\033[K";
    if (!found) return fail(world, found.error());
    Report report;
    report.facts = {{"site", open.site.plan->site_name}, {"as_of", to_text(*at)}, {"entries", std::to_string(found->was.entries)},
                    {"erased", std::to_string(found->was.erased)}, {"entries_left_out", std::to_string(found->would.left_out)}};
    ledger.report(report);
    if (found->was.differences > 0)
        report.notes.push_back({"", 0, 0, "TG-R001", found->was.first_difference, "what was is not wholly what the journal says: run throughgate replay"});
    if (found->was.last_plan->digest != open.site.plan->digest)
        report.notes.push_back({request.site, 0, 0, "older_plan", "the site's files have changed since the hub last ran", "what was is by the files that the hub last ran with"});
    print(report, world.format, std::cout);
    return exit_good;
}

}  // namespace hub::cli
