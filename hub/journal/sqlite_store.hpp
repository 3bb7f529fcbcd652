// The store of hub/core/store.hpp on SQLite: one file that holds the journal and its projections, in WAL mode with a sync
// for each group. Payloads, persons and letters are sealed at rest.
//
// Opening the file for writing makes or migrates it. One process writes; any number may read beside it.
// Deliberately elsewhere: what the rows mean (hub/core), when groups are made and who is told (hub/routes).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hub/api/seams.hpp"
#include "hub/core/store.hpp"

namespace hub::journal {

enum class Mode {
    writer,    ///< alone may append
    reader,    ///< sees each commit soon after it is made
    snapshot,  ///< sees the store as it stood at the first read, for reports that must agree with themselves
};

struct StoreOptions {
    std::size_t cache_bytes_max = std::size_t{64} << 20;    ///< recently used rows, opened
    std::uint64_t reserve_bytes = std::uint64_t{4} << 20;   ///< room kept back for what is under way when the disk is full
    int checkpoint_frames = 4'000;  ///< pages in the log from which on it is moved into the database
    bool volatile_allowed = false;  ///< also on a file system that forgets: for tests
    std::string vfs{};              ///< SQLite's file layer by name, for tests and simulation; empty: its own
};

class SqliteStore final : public core::Store {
public:
    ~SqliteStore() override;

    std::optional<std::string> get(core::Table table, std::string_view key) const override;
    Status append(std::span<const core::Commit> group) override;
    std::uint64_t next_seq() const override;
    Status scan(core::Table table, std::string_view prefix, std::string_view from,
                const std::function<bool(std::string_view key, std::string_view value)>& visit) const override;
    Status entries(std::uint64_t seq, const std::function<bool(const core::StoredEntry&)>& visit) const override;

    /// Erases an entry's payload, in this store and in every copy of it whose data keys come from here. The writer's thread
    /// only. Doing it twice is the same as once; "store_busy": the key is gone but a long read keeps its trace in the log.
    Status destroy_key(std::uint64_t seq);

    /// True from the first full disk until there is room for the reserve again: take no new records in, let what is
    /// under way finish. Each call looks whether there is room. Any thread.
    bool space_low() const;

    /// Why the store refuses everything; empty while it does not. get() cannot say it: a failed get() answers "no row" and
    /// stops the store, so that nothing worked out from that answer can be appended.
    std::optional<Error> failure() const;

private:
    friend Result<std::unique_ptr<SqliteStore>> open_sqlite_store(const std::string&, const Digester&, KeyStore&, Mode, const StoreOptions&);
    struct Impl;
    explicit SqliteStore(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// `path` is the database file; its folder must be there. The references must outlive the store.
Result<std::unique_ptr<SqliteStore>> open_sqlite_store(const std::string& path, const Digester& digester, KeyStore& keys, Mode mode,
                                                       const StoreOptions& options = {});

}  // namespace hub::journal
