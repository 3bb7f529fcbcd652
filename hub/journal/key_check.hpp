// Private to hub/journal: a store knows the site key it was made with, so that a wrong one is refused before any use.
#pragma once

#include "hub/api/seams.hpp"
#include "hub/journal/sqlite.hpp"

namespace hub::journal {

/// "wrong_site_key" when it is another; with `keep`, a store that has none yet takes this one for its own.
Status check_key(Connection& connection, const KeyStore& keys, KeyStore* keep);

}  // namespace hub::journal
