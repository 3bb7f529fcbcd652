// The settings of every connection (one alone writes and checkpoints), and what SQLite's codes mean to the hub.
#include "hub/journal/sqlite.hpp"

#include <cerrno>
#include <cstring>

namespace hub::journal {
namespace {

/// No file is opened and no statement is run that is not this room's own.
void limit(sqlite3* database) {
    sqlite3_limit(database, SQLITE_LIMIT_LENGTH, Connection::row_bytes_max);
    sqlite3_limit(database, SQLITE_LIMIT_SQL_LENGTH, Connection::statement_bytes_max);
    sqlite3_limit(database, SQLITE_LIMIT_VARIABLE_NUMBER, 16);
    sqlite3_limit(database, SQLITE_LIMIT_COLUMN, 32);
    sqlite3_limit(database, SQLITE_LIMIT_EXPR_DEPTH, 32);
    sqlite3_limit(database, SQLITE_LIMIT_COMPOUND_SELECT, 8);
    sqlite3_limit(database, SQLITE_LIMIT_TRIGGER_DEPTH, 4);
    sqlite3_limit(database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(database, SQLITE_LIMIT_WORKER_THREADS, 0);
}

bool configure(sqlite3* database) {
    const auto set = [database](int option, int value) { return sqlite3_db_config(database, option, value, nullptr) == SQLITE_OK; };
    return set(SQLITE_DBCONFIG_DEFENSIVE, 1) && set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0) && set(SQLITE_DBCONFIG_DQS_DML, 0) &&
           set(SQLITE_DBCONFIG_DQS_DDL, 0) && set(SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0) && set(SQLITE_DBCONFIG_ENABLE_VIEW, 0);
}

// wal_autocheckpoint is off for the writer too: SQLite ignores a failed sync in an automatic checkpoint, so the writer
// checkpoints by its own call and looks at the answer.
constexpr const char* settings_of_all =
    "PRAGMA mmap_size=0; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA secure_delete=ON;"
    "PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=0; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384;";
constexpr const char* settings_of_writer = "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864;";
constexpr const char* settings_of_reader = "PRAGMA query_only=ON;";

bool is_full(int code, int number) {
    if (code == SQLITE_FULL) return true;
    const bool sync = code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
    return (code & 0xff) == SQLITE_IOERR && !sync && (number == ENOSPC || number == EDQUOT);
}

}  // namespace

Error error_of(sqlite3* database, int code, const std::string& doing) {
    const int number = database != nullptr ? sqlite3_system_errno(database) : 0;
    if (is_full(code, number))
        return {Remedy::retry, "the disk is full: " + doing + " wrote nothing", "", "make room on the disk of the data folder", "disk_full"};
    const int kind = code & 0xff;
    if (kind == SQLITE_BUSY || kind == SQLITE_LOCKED)
        return {Remedy::retry, "the store is locked by another program: " + doing + " did nothing", "",
                "end the program that holds the store's file open", "store_busy"};
    Error error{Remedy::stop, "the store failed while " + doing + ": " + sqlite3_errstr(code), "",
                "look at the disk and the system's log, then start the hub again: it recovers from the journal", "store_failed"};
    if (number != 0) error.what += std::string(" (") + std::strerror(number) + ")";
    if (kind == SQLITE_NOTADB || kind == SQLITE_CORRUPT) {
        error.code = "store_damaged";
        error.cure = "restore the data folder from a good copy";
    }
    return error;
}

Result<Connection> Connection::open(const std::string& path, Access access, const std::string& vfs) {
    const int flags = (access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_EXRESCODE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    Connection connection;
    connection.handle_.reset(handle);
    if (code != SQLITE_OK) return error_of(handle, code, "opening it");
    limit(handle);
    sqlite3_busy_timeout(handle, busy_ms_max);
    if (!configure(handle)) return error_of(handle, SQLITE_MISUSE, "setting it up");
    if (access == Access::read) sqlite3_db_config(handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    for (const char* sql : {settings_of_all, access == Access::write ? settings_of_writer : settings_of_reader})
        if (Status done = connection.run(sql); !done) return done.error();
    return connection;
}

Status Connection::run(const char* sql) {
    const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return error_of(handle(), code, "running a statement");
    return Done{};
}

Result<Statement> Connection::prepare(const std::string& sql) {
    Statement statement;
    sqlite3_stmt* handle_of_statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &handle_of_statement, nullptr);
    statement.handle_.reset(handle_of_statement);
    if (code != SQLITE_OK) return error_of(handle(), code, "preparing a statement");
    return statement;
}

Status Connection::finish(Statement& statement, const std::string& doing) {
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW) code = statement.step();
    statement.reset();
    if (code != SQLITE_DONE) return error_of(handle(), code, doing);
    return Done{};
}

}  // namespace hub::journal
