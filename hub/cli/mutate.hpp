// What the examples of an exchange would not notice: every rule is changed in turn, and the examples are run again.
#pragma once

#include <string>

#include "hub/cli/world.hpp"

namespace hub::cli {

/// Of all exchanges of the site, or of one; TG-X010 for each change that no example notices, TG-M044 for each excuse that excuses
/// nothing. Counts go into a table of the report. Shows its progress on a terminal.
void mutate(World& world, const site::Loaded& site, const std::string& only, Report& report);

}  // namespace hub::cli
