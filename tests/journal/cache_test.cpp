// The cache: bounded, in step with commits, and never older than the disk.
#include <boost/test/unit_test.hpp>

#include "hub/journal/cache.hpp"

using namespace hub;
using core::Table;
using journal::RowCache;

namespace {

core::Commit change(Table table, std::string key, std::optional<std::string> value) {
    core::Commit commit;
    commit.delta.changes.push_back({table, std::move(key), std::move(value)});
    return commit;
}

void commit(RowCache& cache, core::Commit group) { cache.commit(std::span(&group, 1)); }

std::optional<std::string> find(RowCache& cache, Table table, std::string_view key) {
    std::uint64_t generation = 0;
    return cache.find(table, key, generation);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(cache)

BOOST_AUTO_TEST_CASE(a_commit_is_seen_at_once_and_a_removal_too) {
    RowCache cache(10'000);
    commit(cache, change(Table::person, "p", "one"));
    commit(cache, change(Table::item, "p", "item"));
    BOOST_TEST(find(cache, Table::person, "p").value_or("none") == "one");
    commit(cache, change(Table::person, "p", "two"));
    BOOST_TEST(find(cache, Table::person, "p").value_or("none") == "two");
    commit(cache, change(Table::person, "p", std::nullopt));
    BOOST_TEST(!find(cache, Table::person, "p"));
    BOOST_TEST(find(cache, Table::item, "p").value_or("none") == "item");
}

BOOST_AUTO_TEST_CASE(a_row_read_before_a_commit_does_not_cover_the_new_one) {
    RowCache cache(10'000);
    std::uint64_t generation = 0;
    BOOST_TEST(!cache.find(Table::person, "p", generation));
    commit(cache, change(Table::person, "p", std::nullopt));
    cache.fill(Table::person, "p", "old", generation);
    BOOST_TEST(!find(cache, Table::person, "p"));
    BOOST_TEST(!cache.find(Table::person, "p", generation));
    cache.fill(Table::person, "p", "now", generation);
    BOOST_TEST(find(cache, Table::person, "p").value_or("none") == "now");
}

BOOST_AUTO_TEST_CASE(the_bound_on_bytes_holds_and_the_least_recently_used_goes_first) {
    RowCache cache(2'000);
    for (char name = 'a'; name < 'h'; ++name) {
        commit(cache, change(Table::person, std::string(1, name), std::string(300, name)));
        BOOST_TEST(find(cache, Table::person, "a").has_value());
        BOOST_TEST(cache.bytes() <= 2'000U);
    }
    BOOST_TEST(!find(cache, Table::person, "b"));
    BOOST_TEST(find(cache, Table::person, "g").has_value());
    commit(cache, change(Table::person, "z", std::string(3'000, 'z')));
    BOOST_TEST(!find(cache, Table::person, "z"));
    BOOST_TEST(cache.bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(rows_that_steps_do_not_come_back_to_are_not_kept) {
    RowCache cache(10'000);
    commit(cache, change(Table::due, "d", "row"));
    commit(cache, change(Table::letter, "l", "row"));
    BOOST_TEST(cache.bytes() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
