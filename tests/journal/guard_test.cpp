// What a store refuses: a second writer, a wrong key, a foreign or altered file, a place that forgets. And what it keeps
// from the disk.
#include "tests/journal/journal_fixture.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "hub/journal/migrate.hpp"
#include "hub/journal/sqlite.hpp"

using namespace hub;
using namespace hub::journal;
using core::Table;

namespace {

/// Changes the file behind the store's back. SQLite's answer.
int tamper(const std::string& path, const char* sql) {
    sqlite3* database = nullptr;
    sqlite3_open(path.c_str(), &database);
    const int code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    sqlite3_close(database);
    return code;
}

std::string bytes_of_all_files(const std::string& folder) {
    std::string all;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        std::ifstream in(file.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

std::int64_t pragma(Connection& connection, const std::string& name) {
    Result<Statement> row = connection.prepare("PRAGMA " + name);
    BOOST_REQUIRE(row);
    BOOST_REQUIRE(row->step() == SQLITE_ROW);
    return row->number(0);
}

constexpr std::string_view later_sql = "CREATE TABLE later (x INTEGER) STRICT";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(guard, test::JournalFixture)

BOOST_AUTO_TEST_CASE(a_second_writer_is_refused_and_told_whom_to_stop) {
    auto first = open();
    const auto second = try_open();
    BOOST_REQUIRE(!second);
    BOOST_TEST(second.error().code == "store_in_use");
    BOOST_TEST((second.error().remedy == Remedy::stop));
    BOOST_TEST(second.error().what.find(std::to_string(::getpid())) != std::string::npos);
    BOOST_TEST(!second.error().cure.empty());
    first.reset();
    BOOST_TEST(bool(try_open()));
}

BOOST_AUTO_TEST_CASE(another_site_key_is_refused_before_anything_is_read) {
    open();
    FileKeyStore other(test::site_key_of(9), random);
    for (const Mode mode : {Mode::writer, Mode::reader, Mode::snapshot}) {
        const auto store = open_sqlite_store(path, digester, other, mode, options);
        BOOST_REQUIRE(!store);
        BOOST_TEST(store.error().code == "wrong_site_key");
        BOOST_TEST(store.error().where == path);
    }
}

BOOST_AUTO_TEST_CASE(a_key_file_with_only_the_index_key_changed_is_refused_too) {
    open();
    SiteKey changed = test::site_key_of(1);
    changed.index.fill(77);
    FileKeyStore other(std::move(changed), random);
    const auto store = open_sqlite_store(path, digester, other, Mode::writer, options);
    BOOST_REQUIRE(!store);
    BOOST_TEST(store.error().code == "wrong_site_key");
}

BOOST_AUTO_TEST_CASE(no_content_stands_on_the_disk_in_the_clear) {
    auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "canary-payload", {{Table::person, "p", "canary-person"}, {Table::letter, "l", "canary-letter"},
                                                                       {Table::item, "i", "visible-item"}})));
    for (int round = 0; round < 2; ++round) {  // with the log, and after it has been moved into the database
        const std::string bytes = bytes_of_all_files(folder.path());
        BOOST_TEST(bytes.find("visible-item") != std::string::npos);
        BOOST_TEST(bytes.find("canary-") == std::string::npos);
        store.reset();
    }
}

BOOST_AUTO_TEST_CASE(the_stores_files_are_private) {
    const auto store = open();
    BOOST_REQUIRE(append(*store, test::commit_of(1, "x")));
    for (const auto& file : std::filesystem::directory_iterator(folder.path())) {
        struct stat found{};
        BOOST_REQUIRE(::stat(file.path().c_str(), &found) == 0);
        BOOST_TEST((found.st_mode & 077) == 0U, file.path().filename());
    }
}

BOOST_AUTO_TEST_CASE(an_entry_that_was_altered_behind_the_store_is_found) {
    const core::Commit group[] = {test::commit_of(1, "one"), test::commit_of(2, "two"), test::commit_of(3, "three")};
    BOOST_REQUIRE(open()->append(group));
    BOOST_TEST(tamper(path, "UPDATE entry SET residue = x'00' WHERE seq = 2") != SQLITE_OK);
    BOOST_TEST(tamper(path, "DELETE FROM entry WHERE seq = 2") != SQLITE_OK);
    BOOST_REQUIRE(tamper(path, "DROP TRIGGER entry_never_changes; UPDATE entry SET residue = x'00' WHERE seq = 2") == SQLITE_OK);
    const auto store = open();
    std::size_t seen = 0;
    const Status done = store->entries(1, [&](const core::StoredEntry&) { ++seen; return true; });
    BOOST_REQUIRE(!done);
    BOOST_TEST(done.error().code == "journal_altered");
    BOOST_TEST(done.error().where == "entry 2");
    BOOST_TEST(seen == 1U);
    BOOST_TEST(!append(*store, test::commit_of(4, "four")));
    BOOST_TEST(store->failure().has_value());
}

BOOST_AUTO_TEST_CASE(a_missing_entry_is_found) {
    const core::Commit group[] = {test::commit_of(1, "one"), test::commit_of(2, "two"), test::commit_of(3, "three")};
    BOOST_REQUIRE(open()->append(group));
    BOOST_REQUIRE(tamper(path, "DROP TRIGGER entry_never_goes; DELETE FROM entry WHERE seq = 2") == SQLITE_OK);
    const Status done = open()->entries(1, [](const core::StoredEntry&) { return true; });
    BOOST_REQUIRE(!done);
    BOOST_TEST(done.error().what.find("gap") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_sealed_row_moved_to_another_key_stops_the_store) {
    BOOST_REQUIRE(append(*open(), test::commit_of(1, "", {{Table::person, "p", "person"}})));
    BOOST_REQUIRE(tamper(path, "UPDATE projection_person SET key = x'71'") == SQLITE_OK);
    const auto store = open();
    BOOST_TEST(!store->get(Table::person, "q"));
    BOOST_REQUIRE(store->failure());
    BOOST_TEST(store->failure()->what.find("refuses everything") != std::string::npos);
    BOOST_TEST(!append(*store, test::commit_of(2, "x")));
}

BOOST_AUTO_TEST_CASE(files_that_are_no_journal_are_refused) {
    std::ofstream(path) << std::string(8'192, 'x');
    BOOST_TEST(try_open().error().code == "store_damaged");
    std::filesystem::remove(path);
    BOOST_REQUIRE(tamper(path, "CREATE TABLE theirs (x)") == SQLITE_OK);
    BOOST_TEST(try_open().error().code == "store_foreign");
}

BOOST_AUTO_TEST_CASE(a_reader_of_a_store_that_was_never_started_is_told_so) {
    BOOST_TEST(bool(!try_open(Mode::reader)));
    BOOST_REQUIRE(tamper(path, "PRAGMA journal_mode=WAL") == SQLITE_OK);
    BOOST_TEST(try_open(Mode::reader).error().code == "store_older");
}

BOOST_AUTO_TEST_CASE(a_store_of_a_newer_program_is_refused_and_left_alone) {
    open();
    std::vector<Migration> longer(built_in_migrations().begin(), built_in_migrations().end());
    longer.push_back({static_cast<int>(longer.size()) + 1, "later", later_sql});
    {
        Result<Connection> connection = Connection::open(path, Access::write, "");
        BOOST_REQUIRE(connection);
        BOOST_TEST(check_migrated(*connection, longer, digester).error().code == "store_older");
        BOOST_REQUIRE(migrate(*connection, longer, digester));
        BOOST_REQUIRE(migrate(*connection, longer, digester));
    }
    BOOST_TEST(try_open().error().code == "store_newer");
    BOOST_TEST(try_open(Mode::reader).error().code == "store_newer");
}

BOOST_AUTO_TEST_CASE(a_store_whose_applied_schema_differs_is_refused) {
    open();
    BOOST_REQUIRE(tamper(path, "UPDATE schema_migrations SET checksum = x'00' WHERE version = 1") == SQLITE_OK);
    BOOST_TEST(try_open().error().code == "store_other");
}

BOOST_AUTO_TEST_CASE(a_migration_that_fails_leaves_nothing_behind) {
    Result<Connection> connection = Connection::open(path, Access::write, "");
    BOOST_REQUIRE(connection);
    const Migration broken[] = {{1, "good", "CREATE TABLE good (x INTEGER) STRICT"}, {2, "bad", "CREATE TABLE bad (x NOTATYPE) STRICT"}};
    BOOST_TEST(!migrate(*connection, broken, digester));
    BOOST_TEST(pragma(*connection, "schema_version") == 0);
}

BOOST_AUTO_TEST_CASE(a_file_system_that_forgets_is_refused) {
    struct statfs found{};
    if (::statfs("/dev/shm", &found) != 0 || found.f_type != 0x01021994) {
        BOOST_TEST_MESSAGE("skipped: this machine has no tmpfs at /dev/shm");
        return;
    }
    const auto store = open_sqlite_store("/dev/shm/throughgate-refused.db", digester, keys, Mode::writer, {});
    BOOST_REQUIRE(!store);
    BOOST_TEST(store.error().code == "store_place");
    BOOST_TEST(!std::filesystem::exists("/dev/shm/throughgate-refused.db"));
}

BOOST_AUTO_TEST_CASE(every_connection_has_the_settings_that_durability_rests_on) {
    open();
    for (const Access access : {Access::write, Access::read}) {
        Result<Connection> connection = Connection::open(path, access, "");
        BOOST_REQUIRE(connection);
        BOOST_TEST(pragma(*connection, "synchronous") == 2);
        BOOST_TEST(pragma(*connection, "wal_autocheckpoint") == 0);
        BOOST_TEST(pragma(*connection, "mmap_size") == 0);
        BOOST_TEST(pragma(*connection, "trusted_schema") == 0);
        BOOST_TEST(pragma(*connection, "cell_size_check") == 1);
        BOOST_TEST(pragma(*connection, "secure_delete") == 1);
        BOOST_TEST(pragma(*connection, "temp_store") == 2);
        BOOST_TEST(pragma(*connection, "busy_timeout") == Connection::busy_ms_max);
        BOOST_TEST(pragma(*connection, "query_only") == (access == Access::read ? 1 : 0));
        Result<Statement> mode = connection->prepare("PRAGMA journal_mode");
        BOOST_REQUIRE(mode->step() == SQLITE_ROW);
        BOOST_TEST(mode->blob(0) == "wal");
    }
}

BOOST_AUTO_TEST_SUITE_END()
