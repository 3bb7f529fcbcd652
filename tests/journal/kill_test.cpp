// kill -9 at any moment loses nothing that was acknowledged.
#include "tests/journal/journal_fixture.hpp"

#include <chrono>
#include <csignal>
#include <thread>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace hub;
using core::Table;

namespace {

constexpr int kills = 20;
constexpr std::uint64_t entries_per_life_max = 20'000;

/// Appends groups and tells the pipe after each, until it is killed.
[[noreturn]] void append_and_tell(test::JournalFixture& fixture, int pipe, int life) {
    auto store = fixture.try_open();
    if (!store) ::_exit(1);
    for (std::uint64_t done = 0; done < entries_per_life_max;) {
        std::vector<core::Commit> group;
        const std::uint64_t first = (*store)->next_seq();
        for (std::uint64_t i = 0; i <= (first + static_cast<std::uint64_t>(life)) % 8; ++i)
            group.push_back(test::commit_of(first + i, "payload " + std::to_string(first + i),
                                            {{Table::item, std::to_string(first + i), "item"}, {Table::person, "p", std::to_string(first + i)}}));
        if (!(*store)->append(group)) ::_exit(2);
        const std::uint64_t last = first + group.size() - 1;
        if (::write(pipe, &last, sizeof last) != sizeof last) ::_exit(3);
        done += group.size();
    }
    ::_exit(0);
}

/// The last seq that the child told before it was killed.
std::uint64_t live_and_die(test::JournalFixture& fixture, int life) {
    int ends[2];
    BOOST_REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) append_and_tell(fixture, ends[1], life);
    ::close(ends[1]);
    std::uint64_t last = 0, told = 0;
    BOOST_REQUIRE(::read(ends[0], &told, sizeof told) == sizeof told);
    std::uint8_t chance = 0;
    fixture.random.fill({&chance, 1});
    std::this_thread::sleep_for(std::chrono::microseconds(chance * 100));
    ::kill(child, SIGKILL);
    do last = std::max(last, told);
    while (::read(ends[0], &told, sizeof told) == sizeof told);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    return last;
}

std::string integrity(const std::string& path) {
    sqlite3* database = nullptr;
    sqlite3_stmt* row = nullptr;
    std::string answer = "no answer";
    if (sqlite3_open(path.c_str(), &database) == SQLITE_OK &&
        sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &row, nullptr) == SQLITE_OK && sqlite3_step(row) == SQLITE_ROW)
        answer = reinterpret_cast<const char*>(sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(database);
    return answer;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(killed, test::JournalFixture)

BOOST_AUTO_TEST_CASE(everything_told_before_a_kill_is_there_afterwards) {
    options.checkpoint_frames = 50;  // so that some kills fall into moving the log
    for (int life = 0; life < kills; ++life) {
        const std::uint64_t told = live_and_die(*this, life);
        {
            const auto reader = open(journal::Mode::reader);  // a report beside a killed hub
            BOOST_TEST(reader->next_seq() > told);
        }
        const auto store = open();
        BOOST_TEST(store->next_seq() > told);
        BOOST_TEST(payloads(*store).size() == store->next_seq() - 1);
        BOOST_TEST(scan(*store, Table::item).size() == store->next_seq() - 1);
        BOOST_TEST(store->get(Table::person, "p").value_or("none") == std::to_string(store->next_seq() - 1));
    }
    BOOST_TEST(integrity(path) == "ok");
}

BOOST_AUTO_TEST_SUITE_END()
