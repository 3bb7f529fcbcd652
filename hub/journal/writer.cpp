// Appending and erasing. Opening and closing a store stand in writer_start.cpp.
//
// Before changing anything here: an error that may have come from a sync must end in Health, a full disk must not, and
// nothing may be acknowledged between COMMIT being asked for and its answer.
#include "hub/journal/writer.hpp"

#include <algorithm>
#include <stdexcept>
#include <tuple>
#include <vector>

#include "hub/journal/rows.hpp"

namespace hub::journal {
namespace {

/// A row must leave SQLite room for the other columns.
constexpr std::size_t value_bytes_max = static_cast<std::size_t>(Connection::row_bytes_max) / 2;

Status small_enough(const core::Commit& commit) {
    const auto refused = [&](const char* what) {
        return Error{Remedy::reject, std::string(what) + " has more than the " + std::to_string(value_bytes_max) + " bytes that a row may hold",
                     "entry " + std::to_string(commit.entry.seq), "", "entry_too_large"};
    };
    if (commit.entry.payload.size() > value_bytes_max) return refused("its payload");
    if (commit.delta.residue.size() > value_bytes_max) return refused("its residue");
    for (const core::Change& change : commit.delta.changes)
        if (change.value && change.value->size() > value_bytes_max) return refused("a projection row");
    return Done{};
}

/// The rows that a group leaves behind: of several changes of one row the last. In key order, as the tables are, so that
/// neighbours are written while their page is at hand.
std::vector<const core::Change*> last_changes(std::span<const core::Commit> group) {
    std::vector<const core::Change*> changes;
    for (const core::Commit& commit : group)
        for (const core::Change& change : commit.delta.changes) changes.push_back(&change);
    const auto place = [](const core::Change* change) { return std::tie(change->table, change->key); };
    std::stable_sort(changes.begin(), changes.end(), [&](const auto* a, const auto* b) { return place(a) < place(b); });
    const auto earlier = std::unique(changes.rbegin(), changes.rend(), [&](const auto* a, const auto* b) { return place(a) == place(b); });
    changes.erase(changes.begin(), earlier.base());
    return changes;
}

}  // namespace

/// A full disk gives the reserve back, so that the next, smaller things fit; everything with `stop` ends the store.
Error Writer::failed(Error error) {
    if (error.code == "disk_full") reserve_.give_back();
    return health_.note(std::move(error));
}

Status Writer::write_entry(const core::Commit& commit) {
    const core::Entry& entry = commit.entry;
    const std::string header = core::encode(entry.header);
    const Sealed sealed = keys_.seal(entry.payload, entry_context(entry.seq, header));
    const EntryId id = core::id_of(entry.header, digester_);
    const Digest leaf = core::leaf_hash(entry.seq, header, sealed.ciphertext, commit.delta.residue, digester_);
    const auto seq = static_cast<std::int64_t>(entry.seq);
    statements_.entry.bind(1, seq).bind(2, static_cast<std::int64_t>(entry.header.kind)).bind(3, entry.header.instant.microseconds)
        .bind(4, entry.header.plan.bytes()).bind(5, id.bytes()).bind(6, std::string_view(header))
        .bind(7, std::string_view(sealed.ciphertext)).bind(8, std::string_view(commit.delta.residue)).bind(9, as_bytes(leaf));
    if (Status done = connection_.finish(statements_.entry, "appending an entry"); !done) return done;
    statements_.data_key.bind(1, seq).bind(2, std::string_view(sealed.wrapped_key));
    return connection_.finish(statements_.data_key, "keeping an entry's key");
}

Status Writer::write_change(const core::Change& change) {
    const std::size_t at = slot(change.table);
    if (!change.value) {
        statements_.drop[at].bind(1, std::string_view(change.key));
        return connection_.finish(statements_.drop[at], "removing a row");
    }
    Statement& put = statements_.put[at];
    put.bind(1, std::string_view(change.key));
    if (!core::is_content(change.table)) {
        put.bind(2, std::string_view(*change.value));
        return connection_.finish(put, "writing a row");
    }
    const Sealed sealed = keys_.seal(*change.value, row_context(change.table, change.key));
    put.bind(2, std::string_view(sealed.ciphertext)).bind(3, std::string_view(sealed.wrapped_key));
    return connection_.finish(put, "writing a row");
}

Status Writer::write_group(std::span<const core::Commit> group) {
    for (const core::Commit& commit : group)
        if (Status done = write_entry(commit); !done) return done;
    for (const core::Change* change : last_changes(group))
        if (Status done = write_change(*change); !done) return done;
    return Done{};
}

Status Writer::transaction(std::span<const core::Commit> group) {
    if (Status begun = connection_.run("BEGIN IMMEDIATE"); !begun) return begun;
    Status done = write_group(group);
    if (done) done = connection_.run("COMMIT");
    if (done) return done;
    // SQLite has rolled back by itself after some errors; after the others it must, or the connection is of no more use.
    if (sqlite3_get_autocommit(connection_.handle()) == 0)
        if (const Status rolled_back = connection_.run("ROLLBACK"); !rolled_back) {
            Error error = rolled_back.error();
            error.remedy = Remedy::stop;
            return error;
        }
    return done;
}

Status Writer::append(std::span<const core::Commit> group) {
    if (!health_.good()) return health_.why();
    const std::lock_guard lock(busy_);
    appender_ = std::this_thread::get_id();
    std::uint64_t next = next_seq();
    for (const core::Commit& commit : group) {
        if (commit.entry.seq != next++) throw std::logic_error("a group's entries must be numbered from next_seq() on");
        if (Status fits = small_enough(commit); !fits) return fits;
    }
    if (Status done = transaction(group); !done) return failed(done.error());
    next_seq_.store(next, std::memory_order_release);
    if (log_frames_ < place_.checkpoint_frames) return Done{};
    const Status moved = checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    // The group is durable in the log: when the database has no room to grow, the log keeps it and the next call tries again.
    if (!moved && failed(moved.error()).remedy == Remedy::stop) return moved;
    return Done{};
}

Status Writer::checkpoint(int mode) {
    const int code = sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(connection_.handle(), code, "moving the log into the database");
    return Done{};
}

Status Writer::destroy_key(std::uint64_t seq) {
    if (!health_.good()) return health_.why();
    const std::lock_guard lock(busy_);
    statements_.destroy.bind(1, static_cast<std::int64_t>(seq));
    if (Status done = connection_.finish(statements_.destroy, "destroying a data key"); !done) return failed(done.error());
    // The key's bytes may still stand in the log: only an emptied log has forgotten them.
    if (Status done = checkpoint(SQLITE_CHECKPOINT_TRUNCATE); !done) {
        Error error = failed(done.error());
        if (error.code == "store_busy") error.cure = "end what reads the store for long, then erase again";
        return error;
    }
    return Done{};
}

Result<std::optional<std::string>> Writer::get(core::Table table, std::string_view key, bool& served) {
    const bool own = appender_.load() == std::this_thread::get_id();
    const std::unique_lock lock = own ? std::unique_lock(busy_, std::try_to_lock) : std::unique_lock<std::mutex>();
    served = lock.owns_lock();
    if (!served) return std::optional<std::string>{};
    if (!health_.good()) return health_.why();
    Result<std::optional<std::string>> value = get_row(connection_, statements_.get[slot(table)], table, key, keys_);
    if (!value) return health_.note(value.error());
    return value;
}

bool Writer::space_low() { return !reserve_.make(); }

}  // namespace hub::journal
