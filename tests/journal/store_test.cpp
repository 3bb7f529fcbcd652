// What is appended is read back, in order, by the writer and by others; what is erased is not.
#include "tests/journal/journal_fixture.hpp"

#include <thread>

using namespace hub;
using namespace hub::journal;
using core::Change;
using core::Table;
using test::Rows;

BOOST_FIXTURE_TEST_SUITE(store, test::JournalFixture)

BOOST_AUTO_TEST_CASE(an_empty_journal_begins_at_one) {
    const auto store = open();
    BOOST_TEST(store->next_seq() == 1U);
    BOOST_TEST(payloads(*store).empty());
    BOOST_TEST(!store->get(Table::item, "nothing"));
    BOOST_TEST(!store->space_low());
}

BOOST_AUTO_TEST_CASE(entries_come_back_as_they_were_written) {
    const auto store = open();
    const core::Commit group[] = {test::commit_of(1, "first"), test::commit_of(2, ""), test::commit_of(3, std::string(9'000, 'p'))};
    BOOST_REQUIRE(store->append(group));
    BOOST_TEST(store->next_seq() == 4U);
    std::uint64_t seq = 0;
    const Status done = store->entries(1, [&](const core::StoredEntry& stored) {
        const core::Commit& written = group[seq];
        BOOST_TEST(stored.entry.seq == ++seq);
        BOOST_TEST(stored.entry.payload == written.entry.payload);
        BOOST_TEST(stored.residue == written.delta.residue);
        BOOST_TEST(core::encode(stored.entry.header) == core::encode(written.entry.header));
        BOOST_TEST(!stored.entry.erased);
        BOOST_TEST((stored.leaf != Digest{}));
        return true;
    });
    BOOST_TEST(bool(done));
    BOOST_TEST(seq == 3U);
    BOOST_TEST((payloads(*store, 3) == std::vector{std::string(9'000, 'p')}));
}

BOOST_AUTO_TEST_CASE(reading_entries_goes_on_over_batches_and_stops_when_told) {
    const auto store = open();
    std::vector<core::Commit> group;
    for (std::uint64_t seq = 1; seq <= 600; ++seq) group.push_back(test::commit_of(seq, std::to_string(seq)));
    BOOST_REQUIRE(store->append(group));
    BOOST_TEST(payloads(*store).size() == 600U);
    std::size_t seen = 0;
    BOOST_REQUIRE(store->entries(100, [&](const core::StoredEntry&) { return ++seen < 300; }));
    BOOST_TEST(seen == 300U);
}

BOOST_AUTO_TEST_CASE(the_journal_survives_being_closed) {
    BOOST_REQUIRE(append(*open(), test::commit_of(1, "first", {{Table::person, "p", "person"}})));
    const auto store = open();
    BOOST_TEST(store->next_seq() == 2U);
    BOOST_TEST((payloads(*store) == std::vector<std::string>{"first"}));
    BOOST_TEST(store->get(Table::person, "p").value_or("none") == "person");
}

BOOST_AUTO_TEST_CASE(every_table_puts_replaces_and_removes_rows) {
    const auto store = open();
    std::uint64_t seq = 1;
    for (const Table table : core::all_tables) {
        BOOST_REQUIRE(append(*store, test::commit_of(seq++, "", {{table, "key", "old"}, {table, "other", ""}})));
        BOOST_REQUIRE(append(*store, test::commit_of(seq++, "", {{table, "key", "new"}})));
        BOOST_TEST(store->get(table, "key").value_or("none") == "new");
        BOOST_TEST(store->get(table, "other").value_or("none") == "");
        BOOST_TEST((scan(*store, table) == Rows{{"key", "new"}, {"other", ""}}));
        BOOST_REQUIRE(append(*store, test::commit_of(seq++, "", {{table, "key", std::nullopt}})));
        BOOST_TEST(!store->get(table, "key"));
        BOOST_TEST((scan(*store, table) == Rows{{"other", ""}}));
    }
}

BOOST_AUTO_TEST_CASE(of_several_changes_of_a_row_in_one_group_the_last_counts) {
    const core::Commit group[] = {
        test::commit_of(1, "", {{Table::item, "b", "first"}, {Table::item, "a", "kept"}, {Table::due, "gone", "once"}, {Table::letter, "back", "old"}}),
        test::commit_of(2, "", {{Table::item, "b", "second"}, {Table::due, "gone", std::nullopt}, {Table::letter, "back", std::nullopt}}),
        test::commit_of(3, "", {{Table::item, "b", "third"}, {Table::due, "b", "another table"}, {Table::letter, "back", "new"}})};
    BOOST_REQUIRE(open()->append(group));
    const auto store = open();  // nothing of it stands in a cache
    BOOST_TEST(store->get(Table::item, "a").value_or("none") == "kept");
    BOOST_TEST(store->get(Table::item, "b").value_or("none") == "third");
    BOOST_TEST(store->get(Table::due, "gone").value_or("none") == "none");
    BOOST_TEST(store->get(Table::due, "b").value_or("none") == "another table");
    BOOST_TEST(store->get(Table::letter, "back").value_or("none") == "new");
}

BOOST_AUTO_TEST_CASE(a_scan_is_in_byte_order_within_its_prefix) {
    const auto store = open();
    const std::string high("\xff", 1);
    BOOST_REQUIRE(append(*store, test::commit_of(1, "", {{Table::due, "b2", "4"}, {Table::due, "a", "1"}, {Table::due, "b", "2"},
                                                         {Table::due, "b1", "3"}, {Table::due, high, "6"}, {Table::due, high + "x", "7"},
                                                         {Table::due, "c", "5"}, {Table::due, std::string("\0", 1), "0"}})));
    const auto values = [&](std::string_view prefix, std::string_view from) {
        std::string all;
        for (const auto& [key, value] : scan(*store, Table::due, prefix, from)) all += value;
        return all;
    };
    BOOST_TEST(values("", "") == "01234567");
    BOOST_TEST(values("b", "") == "234");
    BOOST_TEST(values("b", "b1") == "34");
    BOOST_TEST(values("", "b2") == "4567");
    BOOST_TEST(values(high, "") == "67");
    BOOST_TEST(values("b", "c") == "");
    BOOST_TEST(values("zz", "") == "");
}

BOOST_AUTO_TEST_CASE(a_visitor_may_read_the_same_table_and_may_stop) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "", {{Table::due, "a", "1"}, {Table::due, "b", "2"}, {Table::due, "c", "3"}})));
    for (const Mode mode : {Mode::reader, Mode::snapshot}) {
        const auto reader = open(mode);
        std::size_t outer = 0, inner = 0;
        BOOST_REQUIRE(reader->scan(Table::due, "", "", [&](std::string_view, std::string_view) {
            inner += scan(*reader, Table::due).size();
            BOOST_TEST(reader->get(Table::due, "b").value_or("none") == "2");
            return ++outer < 2;
        }));
        BOOST_TEST(outer == 2U);
        BOOST_TEST(inner == 6U);
    }
}

BOOST_AUTO_TEST_CASE(a_reader_sees_commits_and_a_snapshot_does_not_move) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "first", {{Table::person, "p", "one"}})));
    const auto reader = open(Mode::reader), snapshot = open(Mode::snapshot);
    BOOST_TEST(snapshot->next_seq() == 2U);
    BOOST_TEST(reader->get(Table::person, "p").value_or("none") == "one");
    BOOST_REQUIRE(append(*store, test::commit_of(2, "second", {{Table::person, "p", "two"}})));
    BOOST_TEST(reader->get(Table::person, "p").value_or("none") == "two");
    BOOST_TEST(reader->next_seq() == 3U);
    BOOST_TEST(payloads(*reader).size() == 2U);
    BOOST_TEST(snapshot->get(Table::person, "p").value_or("none") == "one");
    BOOST_TEST(snapshot->next_seq() == 2U);
    BOOST_TEST(payloads(*snapshot).size() == 1U);
}

BOOST_AUTO_TEST_CASE(readers_write_nothing) {
    const auto store = open();
    const auto reader = open(Mode::reader);
    const Status appended = append(*reader, test::commit_of(1, "first"));
    BOOST_REQUIRE(!appended);
    BOOST_TEST(appended.error().code == "read_only");
    BOOST_TEST(reader->destroy_key(1).error().code == "read_only");
}

BOOST_AUTO_TEST_CASE(an_entry_whose_key_is_destroyed_is_erased_but_accounted_for) {
    auto store = open();
    const core::Commit group[] = {test::commit_of(1, "stays"), test::commit_of(2, "goes")};
    BOOST_REQUIRE(store->append(group));
    BOOST_REQUIRE(store->destroy_key(2));
    BOOST_REQUIRE(store->destroy_key(2));
    BOOST_TEST((payloads(*store) == std::vector<std::string>{"stays", "(erased)"}));
    store.reset();
    store = open();
    std::string residue;
    BOOST_REQUIRE(store->entries(2, [&](const core::StoredEntry& stored) { residue = stored.residue; return true; }));
    BOOST_TEST(residue == "residue-2");
}

BOOST_AUTO_TEST_CASE(a_wrongly_numbered_group_is_a_broken_program) {
    const auto store = open();
    BOOST_CHECK_THROW((void)append(*store, test::commit_of(2, "")), std::logic_error);
    BOOST_TEST(store->next_seq() == 1U);
}

BOOST_AUTO_TEST_CASE(a_group_with_an_oversized_value_is_refused_whole) {
    const auto store = open();
    std::vector<core::Commit> group{test::commit_of(1, "small"), test::commit_of(2, std::string((64 << 20) + 1, 'x'))};
    const Status refused = store->append(group);
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "entry_too_large");
    BOOST_TEST((refused.error().remedy == Remedy::reject));
    BOOST_TEST(store->next_seq() == 1U);
    BOOST_TEST(bool(append(*store, test::commit_of(1, "small"))));
}

BOOST_AUTO_TEST_CASE(many_threads_read_while_one_appends_and_never_see_a_row_go_back) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "", {{Table::person, "p", "1"}, {Table::due, "p", "1"}})));
    std::vector<std::jthread> readers;
    std::atomic<int> wrong{0};
    for (int i = 0; i < 3; ++i)
        readers.emplace_back([&](std::stop_token stop) {
            unsigned long long last = 0;
            while (!stop.stop_requested()) {
                const unsigned long long now = std::stoull(store->get(Table::person, "p").value_or("0"));
                int rows = 0;  // counted without the test's own macros, which one thread alone may use
                const Status done = store->scan(Table::due, "", "", [&](std::string_view, std::string_view) { return ++rows > 0; });
                if (now < last || rows != 1 || !done) ++wrong;
                last = now;
            }
        });
    for (std::uint64_t seq = 2; seq <= 200; ++seq)
        BOOST_REQUIRE(append(*store, test::commit_of(seq, "", {{Table::person, "p", std::to_string(seq)}, {Table::due, "p", "1"}})));
    readers.clear();
    BOOST_TEST(wrong == 0);
    BOOST_TEST(store->get(Table::person, "p").value_or("none") == "200");
}

BOOST_AUTO_TEST_SUITE_END()
