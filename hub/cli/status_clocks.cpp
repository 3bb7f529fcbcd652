// throughgate status --clocks: open clocks, overdue handovers, unanswered referrals, what will breach, and the measures; from the projections.
#include <algorithm>
#include <iostream>
#include <map>

#include "hub/cli/commands.hpp"
#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"
#include "hub/core/store.hpp"
#include "hub/deadlines/expression_syntax.hpp"

namespace hub::cli {
namespace {

using core::ClockRow;
using deadlines::ClockState;
using deadlines::Day;

const std::string region_kind = "probation.region";

bool is_listed(ClockState state) {
    return state == ClockState::running || state == ClockState::paused || state == ClockState::breached || state == ClockState::told_late ||
           state == ClockState::undetermined;
}

/// The person's region as it was last said; empty when nobody said.
std::string region_of(const core::Person& person) {
    const core::StoredFact* latest = nullptr;
    for (const core::StoredFact& each : person.facts)
        if (each.fact.kind == region_kind && !each.superseded() && (!latest || latest->fact.valid_from <= each.fact.valid_from)) latest = &each;
    return latest ? latest->fact.value : std::string();
}

std::string text_of(const std::optional<deadlines::Point>& point) { return point ? deadlines::to_text(*point) : std::string(); }

/// Counts of one measure's cases.
struct Share {
    std::size_t yes = 0, no = 0, unknown = 0, out = 0;
    void add(const std::string& counts) { ++(counts == "yes" ? yes : counts == "no" ? no : counts == "out" ? out : unknown); }
};

class Board {
public:
    Board(const core::Plan& plan, const ClocksFilter& filter, Day today) : plan_(plan), filter_(filter), today_(today) {}

    void add(const core::Person& person, const core::ClockSheet& sheet) {
        const std::string region = region_of(person);
        if (!filter_.region.empty() && region != filter_.region) return;
        for (const ClockRow& row : sheet.clocks) add(person, region, row);
    }

    /// `all`: with totals by rule, owner and region (of clocks that are due soon: the forecast on present facts), and the measures.
    Report report(bool all) const {
        Report report;
        report.facts = {{"site", plan_.site_name}, {"today", deadlines::to_text(today_)}, {"clocks", std::to_string(rows_.size())}};
        Table clocks{"clocks", {"due", "state", "rule", "version", "owner", "party", "region", "person", "matter kind", "matter", "occurrence", "start",
                                "responsibility", "reason", "late known", "days left", "trouble"}, {}};
        for (const auto& [due, cells] : rows_) clocks.rows.push_back(cells);
        report.tables.push_back(std::move(clocks));
        if (!all) return report;
        Table totals{"totals", {"rule", "owner", "region", "state", "clocks"}, {}};
        for (const auto& [key, count] : totals_) totals.rows.push_back({key[0], key[1], key[2], key[3], std::to_string(count)});
        report.tables.push_back(std::move(totals));
        if (!filter_.narrow()) report.tables.push_back(measures());
        return report;
    }

private:
    void add(const core::Person& person, const std::string& region, const ClockRow& row) {
        if (const deadlines::Rule* rule = plan_.rules->find(row.rule); rule && rule->kind == deadlines::RuleKind::measure) {
            if (row.due && row.due->day <= today_) shares_[row.rule].add(row.counts);
            return;
        }
        const std::string state(deadlines::name_of(row.state));
        const bool wanted_state = filter_.state.empty() ? is_listed(row.state) : filter_.state == state;
        if (!wanted_state || (!filter_.rule.empty() && !row.rule.starts_with(filter_.rule)) || (!filter_.owner.empty() && row.owner != filter_.owner)) return;
        if (filter_.due_within && (!row.due || row.due->day.number - today_.number > *filter_.due_within)) return;
        ++totals_[{row.rule, row.owner, region, state}];
        const std::string left = row.due ? std::to_string(row.due->day.number - today_.number) : std::string();
        rows_.emplace(row.due ? row.due->day : Day{INT32_MAX},
                      std::vector<std::string>{text_of(row.due), state, row.rule, row.version, row.owner, party_of(row.owner), region, to_text(person.id), row.matter_kind,
                                               row.matter, row.occurrence, text_of(row.start), row.responsibility, row.reason, row.late_known ? "yes" : "no", left, row.trouble});
    }

    std::string party_of(const std::string& role) const {
        for (const deadlines::Role& each : plan_.rules->roles)
            if (each.name == role) return each.party;
        return {};
    }

    /// Unknown stands apart: it is in no share.
    Table measures() const {
        Table table{"measures", {"measure", "yes", "no", "unknown", "out of scope", "share", "target", "met"}, {}};
        for (const auto& [name, share] : shares_) {
            const std::size_t known = share.yes + share.no;
            const int target = plan_.rules->find(name)->target_percent;
            const std::string per_cent = known == 0 ? "" : std::to_string(100 * share.yes / known) + " %";
            const std::string met = known == 0 || target == 0 ? "" : 100 * share.yes >= static_cast<std::size_t>(target) * known ? "yes" : "no";
            table.rows.push_back({name, std::to_string(share.yes), std::to_string(share.no), std::to_string(share.unknown), std::to_string(share.out), per_cent,
                                  target == 0 ? "" : std::to_string(target) + " %", met});
        }
        return table;
    }

    const core::Plan& plan_;
    const ClocksFilter& filter_;
    const Day today_;
    std::multimap<Day, std::vector<std::string>> rows_{};
    std::map<std::array<std::string, 4>, std::size_t> totals_{};
    std::map<std::string, Share> shares_{};
};

/// A misspelt name would tell somebody that nothing is overdue.
Problems unknown_names(const deadlines::RuleBook& book, const ClocksFilter& filter) {
    Problems problems;
    std::vector<std::string> states, roles;
    for (int state = static_cast<int>(ClockState::running); state <= static_cast<int>(ClockState::undetermined); ++state)
        if (static_cast<ClockState>(state) != ClockState::superseded) states.emplace_back(deadlines::name_of(static_cast<ClockState>(state)));
    for (const deadlines::Role& role : book.roles) roles.push_back(role.name);
    const auto complain = [&](const char* option, const std::string& name, const char* what, const std::string& cure) {
        problems.push_back({option, 0, 0, "no_such_name", std::string("there is no ") + what + " '" + name + "'", cure});
    };
    const auto begins = [&](const deadlines::Rule& rule) { return rule.name.starts_with(filter.rule); };
    if (std::none_of(book.rules.begin(), book.rules.end(), begins))
        complain("--rule", filter.rule, "rule that is called or begins", "`throughgate manual facts SITE` lists the rules");
    if (!filter.owner.empty() && std::find(roles.begin(), roles.end(), filter.owner) == roles.end()) complain("--owner", filter.owner, "role", deadlines::nearest_cure(filter.owner, roles));
    if (!filter.state.empty() && std::find(states.begin(), states.end(), filter.state) == states.end()) complain("--state", filter.state, "state", deadlines::nearest_cure(filter.state, states));
    return problems;
}

}  // namespace

bool ClocksFilter::narrow() const { return !owner.empty() || !rule.empty() || !state.empty() || due_within.has_value(); }

int status_clocks(World& world, const OpenSite& open, const ClocksFilter& filter) {
    if (!open.site.plan->rules)
        return fail(world, {.what = "the site has no rules, so it runs no clocks", .cure = "name a file of rules: <rules file=/>", .code = "no_rules"});
    Report wrong{.problems = unknown_names(*open.site.plan->rules, filter)};
    if (!wrong.problems.empty()) {
        print(wrong, world.format, std::cerr);
        return exit_problems;
    }
    const auto today = open.site.plan->rules->almanac.zone->wall(world.clock.now());
    if (!today) return fail(world, {.what = "the site's zone does not cover today", .cure = "renew its table", .code = "TG-D031"});
    Board board(*open.site.plan, filter, today->day);
    const Status read = open.store->scan(core::Table::clock, "", "", [&](std::string_view key, std::string_view value) {
        const auto row = open.store->get(core::Table::person, key);
        const auto person = row ? core::decode_person(*row) : Result<core::Person>(Error{});
        const auto sheet = core::decode_sheet(value);
        if (person && sheet) board.add(*person, *sheet);
        return true;
    });
    if (!read) return fail(world, read.error());
    print(board.report(world.format != ReportFormat::csv), world.format, std::cout);  // a spreadsheet takes one table
    return exit_good;
}

}  // namespace hub::cli
