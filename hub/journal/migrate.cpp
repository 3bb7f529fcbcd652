// Which numbered files a store has seen stands in schema_migrations, each with the SHA-256 of its text.
#include "hub/journal/migrate.hpp"

#include <string>
#include <vector>

namespace hub::journal {
namespace {

constexpr const char* make_ledger =
    "CREATE TABLE IF NOT EXISTS schema_migrations"
    " (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum BLOB NOT NULL) STRICT";

Error refused(std::string code, std::string what, std::string cure) {
    return {Remedy::stop, std::move(what), "", std::move(cure), std::move(code)};
}

/// A database with tables but without a ledger belongs to something else.
Status not_foreign(Connection& connection) {
    Result<Statement> count = connection.prepare(
        "SELECT (SELECT count(*) FROM sqlite_schema), (SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migrations')");
    if (!count) return count.error();
    if (const int code = count->step(); code != SQLITE_ROW) return error_of(connection.handle(), code, "looking at its tables");
    if (count->number(0) > 0 && count->number(1) == 0)
        return refused("store_foreign", "this database is not a journal: it has tables that the hub did not make", "choose another data folder");
    return Done{};
}

/// How many of the migrations have been applied.
Result<std::size_t> applied(Connection& connection, std::span<const Migration> migrations, const Digester& digester) {
    Result<Statement> rows = connection.prepare("SELECT version, checksum FROM schema_migrations ORDER BY version");
    if (!rows) return rows.error();
    std::size_t count = 0;
    int code = SQLITE_ROW;
    for (; (code = rows->step()) == SQLITE_ROW; ++count) {
        if (count == migrations.size())
            return refused("store_newer", "this store was written by a newer program: it has schema " + std::to_string(rows->number(0)) +
                           ", this one knows up to " + std::to_string(migrations.size()), "start the newer program");
        const Migration& known = migrations[count];
        if (rows->number(0) != known.version || rows->blob(1) != as_bytes(digester.sha256(known.sql)))
            return refused("store_other", "schema " + std::to_string(rows->number(0)) + " of this store is not " + std::string(known.name) +
                           " of this program", "start the program that made this store");
    }
    if (code != SQLITE_DONE) return error_of(connection.handle(), code, "reading its schema's versions");
    return count;
}

Status apply(Connection& connection, const Migration& migration, const Digester& digester) {
    if (Status done = connection.run(std::string(migration.sql).c_str()); !done) return done;
    Result<Statement> row = connection.prepare("INSERT INTO schema_migrations VALUES (?1, CAST(?2 AS TEXT), ?3)");
    if (!row) return row.error();
    const Digest checksum = digester.sha256(migration.sql);
    row->bind(1, std::int64_t{migration.version}).bind(2, migration.name).bind(3, as_bytes(checksum));
    return connection.finish(*row, "noting a schema's version");
}

Status apply_missing(Connection& connection, std::span<const Migration> migrations, const Digester& digester) {
    if (Status done = not_foreign(connection); !done) return done;
    if (Status done = connection.run(make_ledger); !done) return done;
    const Result<std::size_t> count = applied(connection, migrations, digester);
    if (!count) return count.error();
    for (const Migration& migration : migrations.subspan(*count))
        if (Status done = apply(connection, migration, digester); !done) return done;
    return Done{};
}

}  // namespace

Status migrate(Connection& connection, std::span<const Migration> migrations, const Digester& digester) {
    if (Status begun = connection.run("BEGIN IMMEDIATE"); !begun) return begun;
    Status done = apply_missing(connection, migrations, digester);
    if (done) done = connection.run("COMMIT");
    if (!done) (void)connection.run("ROLLBACK");
    return done;
}

Status check_migrated(Connection& connection, std::span<const Migration> migrations, const Digester& digester) {
    if (Status done = not_foreign(connection); !done) return done;
    const Error older = refused("store_older", "this store has not been brought to this program's schema", "start the hub on it once");
    Result<Statement> ledger = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'");
    if (!ledger) return ledger.error();
    if (ledger->step() != SQLITE_ROW) return older;
    const Result<std::size_t> count = applied(connection, migrations, digester);
    if (!count) return count.error();
    if (*count < migrations.size()) return older;
    return Done{};
}

}  // namespace hub::journal
