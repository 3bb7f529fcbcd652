// The balance sheet: what it adds up, and what it notices.
#include <boost/test/unit_test.hpp>

#include "hub/core/keys.hpp"
#include "tests/core/desk.hpp"

using namespace desk;

namespace {

Residue::Move opened(const ItemRef& ref) {
    Residue::Move move;
    move.item = ref;
    move.from = move.to = ItemState::ready;
    move.opened = true;
    move.source = "s";
    move.route = "r";
    return move;
}
Residue::Move closed(const ItemRef& ref) {
    Residue::Move move = opened(ref);
    move.opened = false;
    move.to = ItemState::closed;
    move.disposition = Disposition::delivered;
    return move;
}
Residue with(std::vector<Residue::Move> moves) { return {{}, {}, std::move(moves)}; }

bool tells(const Problems& problems, const std::string& what) {
    for (const Problem& problem : problems)
        if (problem.what.find(what) != std::string::npos) return true;
    return false;
}

/// Puts a row into a store behind the step's back, or takes one out.
void tamper(Desk& desk, Table table, const std::string& key, std::optional<std::string> value) {
    Commit commit;
    commit.entry.seq = desk.store.next_seq();
    commit.entry.header.kind = EntryKind::plan;
    commit.delta.residue = encode(Residue{});
    commit.delta.changes.push_back({table, key, std::move(value)});
    BOOST_REQUIRE(desk.store.append(std::span(&commit, 1)));
}

}  // namespace

BOOST_AUTO_TEST_CASE(opened_is_open_plus_closed_per_day_source_and_route) {
    Accounts accounts;
    accounts.add(1, with({opened({1, 0, 0}), opened({1, 0, 1})}));
    accounts.add(2, with({closed({1, 0, 0})}));
    const auto& balance = accounts.by_day_source_route().at(CountKey{0, "s", "r"});
    BOOST_TEST(balance.opened == 2u);
    BOOST_TEST(balance.open == 1u);
    BOOST_TEST(balance.closed[static_cast<std::size_t>(Disposition::delivered)] == 1u);
    BOOST_TEST(balance.balances());
    BOOST_TEST(accounts.total().opened == 2u);
    BOOST_TEST(accounts.entries() == 2u);
}

BOOST_AUTO_TEST_CASE(items_that_close_twice_or_were_never_opened_contradict_the_journal) {
    const support::MemoryStore empty;
    Accounts accounts;
    accounts.add(1, with({opened({1, 0, 0})}));
    accounts.add(2, with({closed({1, 0, 0})}));
    accounts.add(3, with({closed({1, 0, 0})}));
    accounts.add(4, with({closed({9, 0, 0})}));
    accounts.add(5, with({opened({1, 0, 0})}));
    const Problems problems = accounts.problems(empty);
    BOOST_TEST(tells(problems, "item 1.0.0 moves after it was closed"));
    BOOST_TEST(tells(problems, "item 9.0.0 moves without having been opened"));
    BOOST_TEST(tells(problems, "item 1.0.0 is opened a second time"));
}

BOOST_FIXTURE_TEST_CASE(rows_that_do_not_follow_from_the_journal_are_noticed, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_REQUIRE(audit().empty());
    const Item good = item({1, 0, 0});
    Item wrong = good;
    wrong.state = ItemState::parked;
    tamper(*this, Table::item, key_of(good.ref), encode(wrong));
    BOOST_TEST(tells(audit(), "state differs"));
    tamper(*this, Table::item, key_of(good.ref), std::nullopt);
    BOOST_TEST(tells(audit(), "1 rows expected, 0 found"));
    tamper(*this, Table::item, key_of(good.ref), encode(good));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(counts_and_people_that_differ_are_noticed, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    const Item good = item({1, 0, 0});
    const std::string count_key = key_of(CountKey{day_of(good.opened_at), good.source, good.route});
    tamper(*this, Table::count, count_key, encode(Count{2, {}}));
    BOOST_TEST(tells(audit(), "count differs"));
    tamper(*this, Table::count, count_key, encode(Count{1, {}}));
    Person someone = person(good.person);
    someone.items_opened = 5;
    tamper(*this, Table::person, std::string(someone.id.bytes()), encode(someone));
    BOOST_TEST(tells(audit(), "totals differ"));
}

BOOST_FIXTURE_TEST_CASE(an_open_item_that_is_not_queued_once_is_noticed, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    const Due due_row = due("to_police").front();
    tamper(*this, Table::due, due_key("to_police", 99, due_row.item), encode(due_row));
    BOOST_TEST(tells(audit(), "queued twice"));
    tamper(*this, Table::due, due_key("to_police", 99, due_row.item), std::nullopt);
    tamper(*this, Table::due, due_key("to_police", due_row.position, due_row.item), std::nullopt);
    BOOST_TEST(tells(audit(), "not queued"));
}

BOOST_AUTO_TEST_CASE(no_more_than_problems_max_findings_are_listed) {
    const support::MemoryStore empty;
    Accounts accounts;
    for (std::uint64_t seq = 1; seq <= 2 * Accounts::problems_max; ++seq) accounts.add(seq, with({closed({seq, 0, 0})}));
    BOOST_TEST(accounts.problems(empty).size() == Accounts::problems_max);
}
