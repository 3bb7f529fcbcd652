// How a store is opened for writing, and closed.
#include "hub/journal/key_check.hpp"
#include "hub/journal/migrate.hpp"
#include "hub/journal/writer.hpp"

namespace hub::journal {
namespace {

int count_frames(void* frames, sqlite3*, const char*, int in_log) {
    *static_cast<int*>(frames) = in_log;
    return SQLITE_OK;
}

}  // namespace

Writer::Writer(Place place, WriterLock lock, const Digester& digester, KeyStore& keys, Health& health)
    : place_(std::move(place)), lock_(std::move(lock)), digester_(digester), keys_(keys), health_(health),
      reserve_(place_.path + ".reserve", place_.reserve_bytes) {}

/// A store that failed leaves its log as it stands: the next start reads it.
Writer::~Writer() {
    if (!health_.good() && connection_.handle() != nullptr)
        sqlite3_db_config(connection_.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

Result<std::unique_ptr<Writer>> Writer::open(Place place, const Digester& digester, KeyStore& keys, Health& health) {
    if (Status made = make_place(place.path, place.volatile_allowed); !made) return made.error();
    Result<WriterLock> lock = WriterLock::take(place.path + ".lock");
    if (!lock) return lock.error();
    std::unique_ptr<Writer> writer(new Writer(std::move(place), std::move(*lock), digester, keys, health));
    if (Status started = writer->start(); !started) {
        Error error = started.error();
        if (error.where.empty()) error.where = writer->place_.path;
        return error;
    }
    return writer;
}

Status Writer::start() {
    Result<Connection> connection = Connection::open(place_.path, Access::write, place_.vfs);
    if (!connection) return connection.error();
    connection_ = std::move(*connection);
    if (Status done = migrate(connection_, built_in_migrations(), digester_); !done) return done;
    if (Status done = check_key(connection_, keys_, &keys_); !done) return done;
    // If the run before ended on a failed sync, the log may be whole in memory only. Writing it into the database and
    // starting it afresh makes it durable before anything new is put behind it.
    if (Status done = checkpoint(SQLITE_CHECKPOINT_TRUNCATE); !done) {
        Error error = done.error();
        if (error.code == "store_busy") error.cure = "end the programs that read this store, then start again";
        return error;
    }
    Result<Statement> last = connection_.prepare("SELECT coalesce(max(seq), 0) FROM entry");
    if (!last) return last.error();
    if (const int code = last->step(); code != SQLITE_ROW) return error_of(connection_.handle(), code, "reading the last entry");
    next_seq_ = static_cast<std::uint64_t>(last->number(0)) + 1;
    sqlite3_wal_hook(connection_.handle(), count_frames, &log_frames_);
    reserve_.make();
    return prepare();
}

Status Writer::prepare() {
    const auto make = [this](Statement& into, const std::string& sql) -> Status {
        Result<Statement> made = connection_.prepare(sql);
        if (!made) return made.error();
        into = std::move(*made);
        return Done{};
    };
    if (Status done = make(statements_.entry, "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"); !done) return done;
    if (Status done = make(statements_.data_key, "INSERT INTO data_key VALUES (?1, ?2)"); !done) return done;
    if (Status done = make(statements_.destroy, "DELETE FROM data_key WHERE seq = ?1"); !done) return done;
    for (const core::Table table : core::all_tables) {
        const std::string values = core::is_content(table) ? " VALUES (?1, ?2, ?3)" : " VALUES (?1, ?2)";
        if (Status done = make(statements_.put[slot(table)], "INSERT OR REPLACE INTO " + table_name(table) + values); !done) return done;
        if (Status done = make(statements_.drop[slot(table)], "DELETE FROM " + table_name(table) + " WHERE key = ?1"); !done) return done;
    }
    return Done{};
}

}  // namespace hub::journal
