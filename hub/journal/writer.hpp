// Private to hub/journal: the writing half of a store. One connection, one thread; it alone writes and checkpoints.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <span>
#include <string>

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

private:
    struct Statements {
        Statement entry{}, data_key{}, destroy{};
        std::array<Statement, table_slots> put{}, drop{};
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
    int log_frames_ = 0;  ///< in the write-ahead log, as SQLite reports them after each commit
};

}  // namespace hub::journal
