// Private to hub/journal: SQLite's objects as owned values, its codes sorted by remedy, and a connection with every
// setting that the store relies on. Blobs are bound without a copy: they must outlive the step.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "hub/api/error.hpp"

namespace hub::journal {

/// retry for a full disk ("disk_full") and a locked file ("store_busy"); stop for everything else.
Error error_of(sqlite3* database, int code, const std::string& doing);

class Statement {
public:
    Statement() = default;
    explicit operator bool() const { return handle_ != nullptr; }

    Statement& bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_.get(), index, value); return *this; }
    Statement& bind(int index, std::string_view bytes) {
        // A null pointer would bind NULL; an empty blob is a value.
        sqlite3_bind_blob64(handle_.get(), index, bytes.empty() ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
        return *this;
    }
    /// SQLITE_ROW, SQLITE_DONE or an error's extended code.
    int step() { return sqlite3_step(handle_.get()); }
    void reset() { sqlite3_reset(handle_.get()); }
    std::int64_t number(int column) const { return sqlite3_column_int64(handle_.get(), column); }
    bool is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
    /// Valid until the next step or reset.
    std::string_view blob(int column) const {
        const void* bytes = sqlite3_column_blob(handle_.get(), column);
        return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
    }

private:
    friend class Connection;
    struct Close {
        void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
    };
    std::unique_ptr<sqlite3_stmt, Close> handle_{};
};

/// Resets a statement at the end of its use, so that it holds no read transaction open.
class Using {
public:
    explicit Using(Statement& statement) : statement_(statement) {}
    ~Using() { statement_.reset(); }
    Using(const Using&) = delete;
    Using& operator=(const Using&) = delete;

private:
    Statement& statement_;
};

enum class Access { write, read };

class Connection {
public:
    Connection() = default;
    /// `vfs` names SQLite's file layer; empty: its own.
    static Result<Connection> open(const std::string& path, Access access, const std::string& vfs);

    /// For statements without values, written in this room.
    Status run(const char* sql);
    /// A statement of this room; that it does not compile is a broken program, or a file that is not ours.
    Result<Statement> prepare(const std::string& sql);
    /// Runs to the end; rows, if any, are not looked at.
    Status finish(Statement& statement, const std::string& doing);
    sqlite3* handle() const { return handle_.get(); }

    static constexpr int row_bytes_max = 128 << 20;
    static constexpr int statement_bytes_max = 64 << 10;
    static constexpr int busy_ms_max = 5'000;

private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_{};
};

}  // namespace hub::journal
