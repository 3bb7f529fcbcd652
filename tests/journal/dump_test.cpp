// The dump is the same text for the same rows, however they came about.
#include "tests/journal/journal_fixture.hpp"

#include <sstream>

#include "hub/journal/dump.hpp"

using namespace hub;
using core::Table;

BOOST_FIXTURE_TEST_SUITE(dumps, test::JournalFixture)

BOOST_AUTO_TEST_CASE(a_dump_has_one_line_a_row_in_table_and_key_order_with_content_opened) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "", {{Table::letter, "l", "body"}, {Table::item, "\x02", "b"}, {Table::item, "\x01", ""}})));
    std::ostringstream text;
    BOOST_REQUIRE(journal::dump(*store, text));
    BOOST_TEST(text.str() == "item 01 \nitem 02 62\nletter 6c 626f6479\n");
}

BOOST_AUTO_TEST_CASE(two_ways_to_the_same_rows_give_the_same_digest_and_another_row_another) {
    const auto one = open();
    path = folder / "second.db";
    const auto two = open();
    BOOST_REQUIRE(append(*one, test::commit_of(1, "", {{Table::person, "a", "1"}, {Table::person, "b", "2"}})));
    BOOST_REQUIRE(append(*two, test::commit_of(1, "", {{Table::person, "b", "9"}, {Table::item, "gone", "x"}})));
    BOOST_REQUIRE(append(*two, test::commit_of(2, "", {{Table::person, "b", "2"}, {Table::person, "a", "1"}, {Table::item, "gone", std::nullopt}})));
    BOOST_TEST((*journal::digest_of_dump(*one, digester) == *journal::digest_of_dump(*two, digester)));
    BOOST_REQUIRE(append(*two, test::commit_of(3, "", {{Table::count, "c", "1"}})));
    BOOST_TEST((*journal::digest_of_dump(*one, digester) != *journal::digest_of_dump(*two, digester)));
}

BOOST_AUTO_TEST_SUITE_END()
