// What another version of a schema does to a site: which exchanges, routes, facts and agreements it breaks, narrows or widens, and
// what each party should be told.
#pragma once

#include <string>

#include "hub/cli/world.hpp"

namespace hub::cli {

/// `path` is one schema document, or a folder with several laid out as in the schemas folder. With `notices`, writes a text for each
/// party concerned there. TG-X020 and the compiler's own problems for what breaks; TG-X021 for a file that replaces nothing.
void against(World& world, const site::Loaded& site, const std::string& path, const std::string& notices, Report& report);

}  // namespace hub::cli
