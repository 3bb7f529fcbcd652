// Private to hub/journal: the writing half of a store. One connection, one thread; it alone writes and checkpoints.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <thread>

#include "hub/api/seams.hpp"
#include "hub/core/store.hpp"
#include "hub/journal/files.hpp"
#include "hub/journal/health.hpp"
#include "hub/journal/sealing.hpp"
#include "hub/journal/sqlite.hpp"

namespace hub::journal {

class Writer {
public:
    struct Place {
        std::string path{};
        std::string vfs{};
        bool volatile_allowed = false;
        std::uint64_t reserve_bytes = 0;
        int checkpoint_frames = 0;
    };
    /// Takes the lock, makes or migrates the store, checks the key, and empties the log of the run before.
    static Result<std::unique_ptr<Writer>> open(Place place, const Digester& digester, KeyStore& keys, Health& health);

    ~Writer();
    Status append(std::span<const core::Commit> group);
    Status destroy_key(std::uint64_t seq);
    std::uint64_t next_seq() const { return next_seq_.load(std::memory_order_acquire); }
    bool space_low();
    /// A row by the writing connection, whose pages stay warm over its own commits, as those of a reading one do not. Only for
    /// the thread that appends, between its appends: `served` is false for any other.
    Result<std::optional<std::string>> get(core::Table table, std::string_view key, bool& served);

private:
    struct Statements {
        Statement entry{}, data_key{}, destroy{};
        std::array<Statement, table_slots> get{}, put{}, drop{};
    };
    Writer(Place place, WriterLock lock, const Digester& digester, KeyStore& keys, Health& health);
    Status start();
    Status prepare();
    Status transaction(std::span<const core::Commit> group);
    Status write_group(std::span<const core::Commit> group);
    Status write_entry(const core::Commit& commit);
    Status write_change(const core::Change& change);
    Status checkpoint(int mode);
    Error failed(Error error);

    const Place place_;
    const WriterLock lock_;
    const Digester& digester_;
    KeyStore& keys_;
    Health& health_;
    Reserve reserve_;
    Connection connection_{};
    Statements statements_{};
    std::atomic<std::uint64_t> next_seq_{1};
    std::mutex busy_{};  ///< held while the connection is in use
    std::atomic<std::thread::id> appender_{};
    int log_frames_ = 0;  ///< in the write-ahead log, as SQLite reports them after each commit
};

}  // namespace hub::journal
