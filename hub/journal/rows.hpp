// Private to hub/journal: reading projection rows by any connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/api/seams.hpp"
#include "hub/core/store.hpp"
#include "hub/journal/sqlite.hpp"

namespace hub::journal {

/// "key, value" and, for content, the wrapped key.
std::string columns_of(core::Table table);

/// A content row's plain value; an error stops the store, because a row that does not open is damage.
Result<std::string> open_row(const KeyStore& keys, core::Table table, std::string_view key, std::string_view value,
                             std::string_view wrapped);

/// `statement` is the connection's for this table, prepared when first used.
Result<std::optional<std::string>> get_row(Connection& connection, Statement& statement, core::Table table, std::string_view key,
                                           const KeyStore& keys);

}  // namespace hub::journal
