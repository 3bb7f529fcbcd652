// The examples of an exchange: documentation for agencies and a test for us.
//
// mappings/<exchange>/examples/<name>.in.<ext> is a document. Beside it stands what must come of it: <name>.out.<ext> (or
// <name>.out.1.<ext>, <name>.out.2.<ext> ... where the exchange splits), or <name>.refused with the codes of the problems, one
// a line.
#pragma once

#include <string>

#include "hub/cli/world.hpp"
#include "hub/core/plan.hpp"

namespace hub::cli {

struct ExampleCount {
    std::size_t run = 0, failed = 0;
};

/// Runs every example below `folder`; what differs is appended to `problems`. With `write` it (re)writes what must come instead.
ExampleCount run_examples(World& world, const core::Exchange& exchange, const std::string& folder, bool write, Problems& problems);

}  // namespace hub::cli
