// The store's projections in one canonical order, for comparing a store with its replay.
#pragma once

#include <iosfwd>

#include "hub/api/seams.hpp"
#include "hub/core/store.hpp"

namespace hub::journal {

/// One line for each row of every projection, in table and key order: table, key, value, the last two in hexadecimal, content
/// opened. Of a store that is written to at the same time, open a snapshot.
Status dump(const core::Store& store, std::ostream& into);

/// Equal for two stores exactly when their dumps are.
Result<Digest> digest_of_dump(const core::Store& store, const Digester& digester);

}  // namespace hub::journal
