// Private to hub/journal: the reading half of a store. Read-only connections, lent to one call at a time; a call made from
// inside another's visitor gets another connection. A pinned reader has one connection that stays at one moment.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "hub/api/seams.hpp"
#include "hub/core/store.hpp"
#include "hub/journal/health.hpp"
#include "hub/journal/sealing.hpp"
#include "hub/journal/sqlite.hpp"

namespace hub::journal {

/// A connection with its statements, each prepared when first wanted.
struct ReadSession {
    Connection connection{};
    std::array<Statement, table_slots> gets{}, scans{};
    Statement entries{}, last_seq{};
};

class Readers {
public:
    struct Place {
        std::string path{};
        std::string vfs{};
        bool pinned = false;  ///< every read sees the store as it stood at the first
    };
    Readers(Place place, const Digester& digester, const KeyStore& keys, Health& health)
        : place_(std::move(place)), digester_(digester), keys_(keys), health_(health) {}

    using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;
    using EntryVisitor = std::function<bool(const core::StoredEntry&)>;
    Result<std::optional<std::string>> get(core::Table table, std::string_view key);
    Status scan(core::Table table, std::string_view prefix, std::string_view from, const RowVisitor& visit);
    Status entries(std::uint64_t seq, const EntryVisitor& visit);
    Result<std::uint64_t> last_seq();

    static constexpr std::size_t kept_max = 16;       ///< idle connections that are kept for the next call
    static constexpr std::int64_t entries_batch = 256;  ///< read in one transaction, so that a long read does not hold the log

private:
    class Lease;
    Result<Lease> lend();
    Result<std::unique_ptr<ReadSession>> make_session();
    Error failed(ReadSession& session, int code, const std::string& doing);
    Status read_scan(ReadSession& session, Statement& rows, core::Table table, std::string_view prefix, std::string_view from,
                     const RowVisitor& visit);
    Result<core::StoredEntry> entry_of(const Statement& row, std::uint64_t expected) const;
    Result<std::optional<std::uint64_t>> read_entries(std::uint64_t seq, const EntryVisitor& visit);

    const Place place_;
    const Digester& digester_;
    const KeyStore& keys_;
    Health& health_;
    std::recursive_mutex pin_{};  ///< a pinned connection serves one thread at a time
    std::mutex mutex_{};
    std::vector<std::unique_ptr<ReadSession>> idle_{};
};

}  // namespace hub::journal
