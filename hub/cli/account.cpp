// throughgate account: the balance sheet, recomputed from the journal's residues and compared with the projections.
#include <iostream>

#include "hub/cli/commands.hpp"
#include "hub/core/accounts.hpp"

namespace hub::cli {
namespace {

using core::Accounts;
using core::Disposition;

constexpr Disposition columns[] = {Disposition::delivered, Disposition::refused,  Disposition::filtered, Disposition::superseded,
                                   Disposition::expired,   Disposition::withdrawn, Disposition::no_route, Disposition::resolved};

std::vector<std::string> row_of(std::vector<std::string> head, const Accounts::Balance& balance) {
    head.push_back(std::to_string(balance.opened));
    for (const Disposition disposition : columns) head.push_back(std::to_string(balance.closed[static_cast<std::size_t>(disposition)]));
    head.push_back(std::to_string(balance.open));
    head.push_back(balance.balances() ? "yes" : "NO");
    return head;
}

Table sheet(const std::string& name, std::vector<std::string> head) {
    head.push_back("opened");
    for (const Disposition disposition : columns) head.emplace_back(core::name_of(disposition));
    head.push_back("open");
    head.push_back("balances");
    return {name, std::move(head), {}};
}

}  // namespace

int account(World& world, const AccountRequest& request) {
    OpenSite open;
    if (!open_site(world, request.site, journal::Mode::snapshot, open)) return exit_problems;
    Accounts accounts;
    Report report;
    const Status read = open.store->entries(1, [&](const core::StoredEntry& stored) {
        const auto residue = core::decode_residue(stored.residue);
        if (residue)
            accounts.add(stored.entry.seq, *residue);
        else
            report.problems.push_back({"entry " + std::to_string(stored.entry.seq), 0, 0, "TG-B002", "its residue cannot be read", "restore the journal from a copy"});
        return true;
    });
    if (!read) return fail(world, read.error());
    const Problems found = accounts.problems(*open.store);
    report.problems.insert(report.problems.end(), found.begin(), found.end());
    const Accounts::Balance total = accounts.total();
    report.facts = {{"entries", std::to_string(accounts.entries())},
                    {"records", std::to_string(accounts.records())},
                    {"items_opened", std::to_string(total.opened)},
                    {"items_closed", std::to_string(total.opened - total.open)},
                    {"items_open", std::to_string(total.open)},
                    {"people", std::to_string(accounts.by_person().size())},
                    {"verdict", report.problems.empty() && total.balances() ? "balances" : "does not balance"}};
    Table table = sheet("balance", {"day", "source", "route"});
    for (const auto& [key, balance] : accounts.by_day_source_route())
        table.rows.push_back(row_of({core::day_text(key.day), key.source, key.route}, balance));
    table.rows.push_back(row_of({"total", "", ""}, total));
    report.tables.push_back(std::move(table));
    print(report, world.format, std::cout);
    return report.problems.empty() && total.balances() ? exit_good : exit_problems;
}

}  // namespace hub::cli
