// What every test of the store needs: a folder, keys, and commits in a few words.
#pragma once

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hub/cli/system.hpp"
#include "hub/journal/keys.hpp"
#include "hub/journal/sqlite_store.hpp"
#include "tests/support/temporary_folder.hpp"

namespace hub::test {

inline journal::SiteKey site_key_of(std::uint8_t byte) {
    journal::SiteKey key;
    key.wrapping.fill(byte);
    key.index.fill(static_cast<std::uint8_t>(byte + 1));
    return key;
}

inline core::Commit commit_of(std::uint64_t seq, std::string payload, std::vector<core::Change> changes = {}) {
    core::Commit commit;
    commit.entry.seq = seq;
    commit.entry.header.kind = core::EntryKind::record;
    commit.entry.header.instant = {1'700'000'000'000'000 + static_cast<std::int64_t>(seq)};
    commit.entry.header.source = "court_folder";
    commit.entry.header.nonce = seq * 7;
    commit.entry.payload = std::move(payload);
    commit.delta.changes = std::move(changes);
    commit.delta.residue = "residue-" + std::to_string(seq);
    return commit;
}

using StorePtr = std::unique_ptr<journal::SqliteStore>;
using Rows = std::vector<std::pair<std::string, std::string>>;

struct JournalFixture {
    support::TemporaryFolder folder{};
    cli::SystemRandom random{};
    cli::SystemDisk disk{};
    journal::OpenSslDigester digester{};
    journal::FileKeyStore keys{site_key_of(1), random};
    journal::StoreOptions options{};
    std::string path = folder / "journal.db";

    JournalFixture() {
        options.volatile_allowed = true;  // the machine's folder for temporary files may be in memory
        options.reserve_bytes = 4'096;
    }
    Result<StorePtr> try_open(journal::Mode mode = journal::Mode::writer) {
        return journal::open_sqlite_store(path, digester, keys, mode, options);
    }
    StorePtr open(journal::Mode mode = journal::Mode::writer) {
        Result<StorePtr> store = try_open(mode);
        BOOST_REQUIRE_MESSAGE(store, (store ? "" : to_text(store.error())));
        return std::move(*store);
    }
    static Status append(core::Store& store, core::Commit commit) { return store.append(std::span(&commit, 1)); }

    static Rows scan(const core::Store& store, core::Table table, std::string_view prefix = {}, std::string_view from = {}) {
        Rows rows;
        const Status done = store.scan(table, prefix, from, [&](std::string_view key, std::string_view value) {
            rows.emplace_back(key, value);
            return true;
        });
        BOOST_REQUIRE(done);
        return rows;
    }
    /// All payloads, "(erased)" for an erased one.
    static std::vector<std::string> payloads(const core::Store& store, std::uint64_t from = 1) {
        std::vector<std::string> found;
        const Status done = store.entries(from, [&](const core::StoredEntry& stored) {
            found.push_back(stored.entry.erased ? "(erased)" : stored.entry.payload);
            return true;
        });
        BOOST_REQUIRE_MESSAGE(done, (done ? "" : to_text(done.error())));
        return found;
    }
};

}  // namespace hub::test
