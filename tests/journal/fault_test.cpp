// A disk that fails or is full: nothing is acknowledged that is not durable, and nothing durable is lost.
#include "tests/journal/journal_fixture.hpp"

#include <filesystem>

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/journal/faulty_vfs.hpp"

using namespace hub;
using core::Table;
using journal::Mode;

namespace {

struct FaultyFixture : test::JournalFixture {
    FaultyFixture() { options.vfs = test::faulty_vfs(); }
    ~FaultyFixture() { test::faults().heal(); }
};

/// In a process of its own with a tmpfs of 8 MiB that nobody else sees. The number of the check that failed, 0 for none,
/// 77 where this machine allows no mounts.
int run_on_a_small_disk(const std::string& folder) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("small", folder.c_str(), "tmpfs", 0, "size=8m") != 0)
        return 77;
    cli::SystemRandom random;
    journal::OpenSslDigester digester;
    journal::FileKeyStore keys(test::site_key_of(1), random);
    journal::StoreOptions options;
    options.volatile_allowed = true;
    options.reserve_bytes = 1 << 20;
    auto opened = journal::open_sqlite_store(folder + "/journal.db", digester, keys, Mode::writer, options);
    if (!opened) return 1;
    auto& store = **opened;
    if (store.space_low()) return 2;
    Status last = Done{};
    while (last) last = test::JournalFixture::append(store, test::commit_of(store.next_seq(), std::string(100'000, 'x')));
    const std::uint64_t before = store.next_seq();
    if (last.error().code != "disk_full" || last.error().remedy != Remedy::retry) return 3;
    if (!store.space_low() || std::filesystem::exists(folder + "/journal.db.reserve")) return 4;
    // The room of the reserve is there for what is under way.
    if (!test::JournalFixture::append(store, test::commit_of(before, std::string(1'000, 'y')))) return 5;
    if (!store.space_low() || test::JournalFixture::payloads(store).size() != before) return 6;
    if (::mount("small", folder.c_str(), "tmpfs", MS_REMOUNT, "size=64m") != 0) return 7;
    if (store.space_low() || !std::filesystem::exists(folder + "/journal.db.reserve")) return 8;
    if (!test::JournalFixture::append(store, test::commit_of(before + 1, std::string(100'000, 'z')))) return 9;
    return 0;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(faults, FaultyFixture)

BOOST_AUTO_TEST_CASE(every_commit_is_synced) {
    const auto store = open();
    const int before = test::faults().syncs;
    BOOST_REQUIRE(append(*store, test::commit_of(1, "x")));
    BOOST_TEST(test::faults().syncs > before);
}

BOOST_AUTO_TEST_CASE(after_a_failed_sync_nothing_is_acknowledged_any_more) {
    auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "durable")));
    test::faults().sync_fails = true;
    const Status failed = append(*store, test::commit_of(2, "doubtful"));
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().remedy == Remedy::stop));
    BOOST_TEST(!failed.error().cure.empty());
    BOOST_TEST(store->next_seq() == 2U);
    test::faults().heal();
    const Status after = append(*store, test::commit_of(2, "next"));
    BOOST_REQUIRE(!after);
    BOOST_TEST((after.error().remedy == Remedy::stop));
    BOOST_TEST(!store->entries(1, [](const core::StoredEntry&) { return true; }));
    BOOST_TEST(!store->destroy_key(1));
    store.reset();
    store = open();
    BOOST_TEST(payloads(*store).front() == "durable");
    BOOST_TEST(bool(append(*store, test::commit_of(store->next_seq(), "goes on"))));
}

BOOST_AUTO_TEST_CASE(a_sync_that_fails_while_the_log_is_moved_stops_the_store_too) {
    options.checkpoint_frames = 1;
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "x")));
    test::faults().sync_fails = true;
    BOOST_TEST((append(*store, test::commit_of(2, "y")).error().remedy == Remedy::stop));
    test::faults().heal();
    BOOST_TEST(!append(*store, test::commit_of(3, "z")));
}

BOOST_AUTO_TEST_CASE(a_full_disk_writes_nothing_and_is_tried_again) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "first", {{Table::person, "p", "one"}})));
    test::faults().disk_full = true;
    const Status full = append(*store, test::commit_of(2, "second", {{Table::person, "p", "two"}}));
    BOOST_REQUIRE(!full);
    BOOST_TEST((full.error().remedy == Remedy::retry));
    BOOST_TEST(full.error().code == "disk_full");
    BOOST_TEST(!full.error().cure.empty());
    BOOST_TEST(store->next_seq() == 2U);
    BOOST_TEST(store->get(Table::person, "p").value_or("none") == "one");
    test::faults().heal();
    BOOST_REQUIRE(append(*store, test::commit_of(2, "second", {{Table::person, "p", "two"}})));
    BOOST_TEST((payloads(*store) == std::vector<std::string>{"first", "second"}));
    BOOST_TEST(store->get(Table::person, "p").value_or("none") == "two");
}

BOOST_AUTO_TEST_CASE(a_failed_read_is_never_taken_for_an_absent_row) {
    BOOST_REQUIRE(append(*open(), test::commit_of(1, "x", {{Table::person, "p", "one"}})));
    const auto store = open();
    test::faults().read_fails = true;
    BOOST_TEST(!store->get(Table::person, "p"));
    test::faults().heal();
    BOOST_TEST(store->failure().has_value());
    BOOST_TEST(!append(*store, test::commit_of(2, "worked out from a row that was not read")));
}

BOOST_AUTO_TEST_CASE(on_a_really_full_disk_the_reserve_lets_what_is_under_way_finish) {
    const pid_t child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) ::_exit(run_on_a_small_disk(folder.path()));
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) BOOST_TEST_MESSAGE("skipped: this user may not mount a small file system");
    else BOOST_TEST(WEXITSTATUS(status) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
