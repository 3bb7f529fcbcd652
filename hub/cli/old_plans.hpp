// Plans that the journal keeps, compiled again.
#pragma once

#include <string_view>

#include "hub/cli/world.hpp"

namespace hub::cli {

/// Out of a plan entry's bundle. An error when it does not compile any more, or to another digest.
Result<core::PlanPtr> compile_old_plan(const World& world, const PlanDigest& digest, std::string_view bytes);

}  // namespace hub::cli
