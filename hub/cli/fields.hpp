// Where values come from, as `map --field` and `trace --field` print it.
#pragma once

#include <string>

#include "hub/cli/world.hpp"
#include "hub/mapping/provenance.hpp"

namespace hub::cli {

/// Adds origins to a report: in JSON as one table, in text as a small table for each. `mappings_folder` is where the mapping files
/// really are.
void add_origins(const std::string& name, const std::vector<mapping::Origin>& origins, const std::string& mappings_folder, ReportFormat format, Report& report);

/// The target field that a path names, "person/name/family" or from the root; no_decl with a problem.
formats::DeclId find_field(const mapping::Mapping& mapping, const std::string& path, Problems& problems);

/// For trace: the field of a record's canonical form, or of an item's output with the canonical fields that it came from, out of the
/// journal's payload mapped again.
int trace_field(World& world, const std::string& site, const std::string& subject, const std::string& path);

}  // namespace hub::cli
