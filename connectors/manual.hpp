// Keeps the settings tables of the connectors' READMEs equal to the declarations in code.
//
// A table stands between the lines "<!-- source settings -->" (or "<!-- sink settings -->") and "<!-- end -->";
// everything else of a README is written by hand and left alone.
#pragma once

#include <string>

#include "hub/api/connector.hpp"

namespace connectors {

/// The README's text with its tables renewed; an error when a table's place is missing.
hub::Result<std::string> renew_manual(const std::string& readme, const hub::Connector& connector);

/// Renews <connectors_folder>/<name>/README.md for every entry. With `write` false it only reports stale files.
hub::Problems check_manuals(const std::vector<hub::Connector>& entries, const std::string& connectors_folder, bool write);

}  // namespace connectors
