// How rows and entries are read back: opened, checked against their leaf, in order and without a gap.
#include "hub/journal/readers.hpp"

#include <algorithm>

#include "hub/journal/rows.hpp"

namespace hub::journal {
namespace {

/// The first key after all keys with the prefix; empty when there is none.
std::string after(std::string_view prefix) {
    std::string end(prefix);
    while (!end.empty() && static_cast<unsigned char>(end.back()) == 0xff) end.pop_back();
    if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
    return end;
}

Error altered(std::uint64_t seq, const std::string& what) {
    return {Remedy::stop, what, "entry " + std::to_string(seq), "restore the data folder from a good copy", "journal_altered"};
}

/// A statement taken out of its slot for as long as its rows are visited: the visitor may need the same one again.
class Taken {
public:
    explicit Taken(Statement& slot) : slot_(slot), statement_(std::move(slot)) {}
    ~Taken() {
        statement_.reset();
        slot_ = std::move(statement_);
    }
    Taken(const Taken&) = delete;
    Taken& operator=(const Taken&) = delete;
    Status prepare(Connection& connection, const std::string& sql) {
        if (statement_) return Done{};
        Result<Statement> made = connection.prepare(sql);
        if (!made) return made.error();
        statement_ = std::move(*made);
        return Done{};
    }
    Statement& operator*() { return statement_; }
    Statement* operator->() { return &statement_; }

private:
    Statement& slot_;
    Statement statement_;
};

}  // namespace

/// Gives the session back when it goes.
class Readers::Lease {
public:
    Lease(Readers& readers, std::unique_ptr<ReadSession> session, std::unique_lock<std::recursive_mutex> pin)
        : readers_(&readers), session_(std::move(session)), at_(session_.get()), pin_(std::move(pin)) {}
    Lease(Readers& readers, ReadSession& pinned, std::unique_lock<std::recursive_mutex> pin)
        : readers_(&readers), at_(&pinned), pin_(std::move(pin)) {}
    Lease(Lease&&) = default;
    ~Lease() {
        if (!session_) return;
        const std::lock_guard lock(readers_->mutex_);
        if (readers_->idle_.size() < kept_max) readers_->idle_.push_back(std::move(session_));
    }
    ReadSession& operator*() { return *at_; }
    ReadSession* operator->() { return at_; }

private:
    Readers* readers_;
    std::unique_ptr<ReadSession> session_{};
    ReadSession* at_;
    std::unique_lock<std::recursive_mutex> pin_;
};

Result<std::unique_ptr<ReadSession>> Readers::make_session() {
    Result<Connection> connection = Connection::open(place_.path, Access::read, place_.vfs);
    if (!connection) return health_.note(connection.error());
    auto session = std::make_unique<ReadSession>();
    session->connection = std::move(*connection);
    if (place_.pinned)
        if (Status begun = session->connection.run("BEGIN"); !begun) return health_.note(begun.error());
    return session;
}

Result<Readers::Lease> Readers::lend() {
    if (!health_.good()) return health_.why();
    if (place_.pinned) {
        std::unique_lock pin(pin_);
        if (idle_.empty()) {
            Result<std::unique_ptr<ReadSession>> made = make_session();
            if (!made) return made.error();
            idle_.push_back(std::move(*made));
        }
        return Lease(*this, *idle_.front(), std::move(pin));
    }
    {
        const std::lock_guard lock(mutex_);
        if (!idle_.empty()) {
            std::unique_ptr<ReadSession> session = std::move(idle_.back());
            idle_.pop_back();
            return Lease(*this, std::move(session), {});
        }
    }
    Result<std::unique_ptr<ReadSession>> made = make_session();
    if (!made) return made.error();
    return Lease(*this, std::move(*made), {});
}

Error Readers::failed(ReadSession& session, int code, const std::string& doing) {
    return health_.note(error_of(session.connection.handle(), code, doing));
}

Result<std::optional<std::string>> Readers::get(core::Table table, std::string_view key) {
    Result<Lease> lease = lend();
    if (!lease) return lease.error();
    ReadSession& session = **lease;
    Result<std::optional<std::string>> value = get_row(session.connection, session.gets[slot(table)], table, key, keys_);
    if (!value) return health_.note(value.error());
    return value;
}

Status Readers::read_scan(ReadSession& session, Statement& rows, core::Table table, std::string_view prefix, std::string_view from,
                          const RowVisitor& visit) {
    const std::string end = after(prefix);
    rows.bind(1, std::max(prefix, from)).bind(2, std::string_view(end)).bind(3, std::int64_t{end.empty() ? 0 : 1});
    for (;;) {
        const int code = rows.step();
        if (code == SQLITE_DONE) return Done{};
        if (code != SQLITE_ROW) return failed(session, code, "reading rows");
        if (!core::is_content(table)) {
            if (!visit(rows.blob(0), rows.blob(1))) return Done{};
            continue;
        }
        Result<std::string> plain = open_row(keys_, table, rows.blob(0), rows.blob(1), rows.blob(2));
        if (!plain) return health_.note(plain.error());
        if (!visit(rows.blob(0), *plain)) return Done{};
    }
}

Status Readers::scan(core::Table table, std::string_view prefix, std::string_view from, const RowVisitor& visit) {
    Result<Lease> lease = lend();
    if (!lease) return lease.error();
    ReadSession& session = **lease;
    Taken rows(session.scans[slot(table)]);
    // Two bounds on the primary key; the second is switched off for a prefix that has no end.
    const Status prepared = rows.prepare(session.connection, "SELECT " + columns_of(table) + " FROM " + table_name(table) +
                                         " WHERE key >= ?1 AND (?3 = 0 OR key < ?2) ORDER BY key");
    if (!prepared) return health_.note(prepared.error());
    return read_scan(session, *rows, table, prefix, from, visit);
}

Result<core::StoredEntry> Readers::entry_of(const Statement& row, std::uint64_t expected) const {
    const auto seq = static_cast<std::uint64_t>(row.number(0));
    if (seq != expected) return altered(expected, "the journal has a gap: this entry is missing");
    const std::string_view header = row.blob(1), ciphertext = row.blob(2), residue = row.blob(3);
    if (row.blob(4) != as_bytes(core::leaf_hash(seq, header, ciphertext, residue, digester_)))
        return altered(seq, "this entry is not what was written: its leaf hash differs");
    Result<core::Header> decoded = core::decode_header(header);
    if (!decoded) return altered(seq, "this entry's header cannot be read: " + decoded.error().what);
    core::StoredEntry stored{{seq, std::move(*decoded), {}, row.is_null(5)}, std::string(residue), {}};
    std::copy_n(row.blob(4).begin(), stored.leaf.size(), reinterpret_cast<char*>(stored.leaf.data()));
    if (stored.entry.erased) return stored;
    Result<std::string> plain = keys_.open({std::string(row.blob(5)), std::string(ciphertext)}, entry_context(seq, header));
    if (!plain) return altered(seq, plain.error().what);
    stored.entry.payload = std::move(*plain);
    return stored;
}

/// One batch. The seq to go on from; empty when there is no more or the visitor has had enough.
Result<std::optional<std::uint64_t>> Readers::read_entries(std::uint64_t seq, const EntryVisitor& visit) {
    Result<Lease> lease = lend();
    if (!lease) return lease.error();
    ReadSession& session = **lease;
    Taken rows(session.entries);
    const Status prepared = rows.prepare(session.connection,
        "SELECT e.seq, e.header, e.ciphertext, e.residue, e.leaf, k.wrapped FROM entry e LEFT JOIN data_key k ON k.seq = e.seq"
        " WHERE e.seq >= ?1 ORDER BY e.seq LIMIT ?2");
    if (!prepared) return health_.note(prepared.error());
    rows->bind(1, static_cast<std::int64_t>(seq)).bind(2, entries_batch);
    for (;; ++seq) {
        const int code = rows->step();
        if (code == SQLITE_DONE) break;
        if (code != SQLITE_ROW) return failed(session, code, "reading entries");
        Result<core::StoredEntry> stored = entry_of(*rows, seq);
        if (!stored) return health_.note(stored.error());
        if (!visit(*stored)) return std::optional<std::uint64_t>{};
    }
    return std::optional(seq);
}

Status Readers::entries(std::uint64_t seq, const EntryVisitor& visit) {
    seq = std::max<std::uint64_t>(seq, 1);
    for (;;) {
        const Result<std::optional<std::uint64_t>> next = read_entries(seq, visit);
        if (!next) return next.error();
        if (!*next || **next == seq) return Done{};
        seq = **next;
    }
}

Result<std::uint64_t> Readers::last_seq() {
    Result<Lease> lease = lend();
    if (!lease) return lease.error();
    ReadSession& session = **lease;
    Taken row(session.last_seq);
    if (Status done = row.prepare(session.connection, "SELECT coalesce(max(seq), 0) FROM entry"); !done) return health_.note(done.error());
    if (const int code = row->step(); code != SQLITE_ROW) return failed(session, code, "reading the last entry");
    return static_cast<std::uint64_t>(row->number(0));
}

}  // namespace hub::journal
