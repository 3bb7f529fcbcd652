// One row by its key, opened.
#include "hub/journal/rows.hpp"

#include "hub/journal/sealing.hpp"

namespace hub::journal {

std::string columns_of(core::Table table) { return core::is_content(table) ? "key, value, wrapped" : "key, value"; }

Result<std::string> open_row(const KeyStore& keys, core::Table table, std::string_view key, std::string_view value,
                             std::string_view wrapped) {
    Result<std::string> plain = keys.open({std::string(wrapped), std::string(value)}, row_context(table, key));
    if (plain) return plain;
    Error error = plain.error();
    error.remedy = Remedy::stop;
    error.where = "table " + std::string(core::name_of(table));
    return error;
}

Result<std::optional<std::string>> get_row(Connection& connection, Statement& statement, core::Table table, std::string_view key,
                                           const KeyStore& keys) {
    if (!statement) {
        Result<Statement> made = connection.prepare("SELECT " + columns_of(table) + " FROM " + table_name(table) + " WHERE key = ?1");
        if (!made) return made.error();
        statement = std::move(*made);
    }
    const Using row(statement);
    statement.bind(1, key);
    const int code = statement.step();
    if (code == SQLITE_DONE) return std::optional<std::string>{};
    if (code != SQLITE_ROW) return error_of(connection.handle(), code, "reading a row");
    if (!core::is_content(table)) return std::optional(std::string(statement.blob(1)));
    Result<std::string> plain = open_row(keys, table, key, statement.blob(1), statement.blob(2));
    if (!plain) return plain.error();
    return std::optional(std::move(*plain));
}

}  // namespace hub::journal
