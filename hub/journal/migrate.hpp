// Private to hub/journal: brings a store's tables to the shape this program knows (schemas/store/*.sql, built in).
#pragma once

#include <span>
#include <string_view>

#include "hub/api/seams.hpp"
#include "hub/journal/sqlite.hpp"

namespace hub::journal {

struct Migration {
    int version = 0;
    std::string_view name{};
    std::string_view sql{};
};

/// The files of schemas/store, in order. Made by CMake into built_in_migrations.cpp.
std::span<const Migration> built_in_migrations();

/// Applies what is missing, all in one transaction. Refused: a store of a newer program ("store_newer"), a store whose
/// applied files are not these ("store_other"), a database that is no store at all ("store_foreign").
Status migrate(Connection& connection, std::span<const Migration> migrations, const Digester& digester);

/// The same checks without writing; what is missing is refused ("store_older").
Status check_migrated(Connection& connection, std::span<const Migration> migrations, const Digester& digester);

}  // namespace hub::journal
