// The demonstration site's plan, compiled from the tree under test, with every connector taken on trust.
#pragma once

#include <string>

#include "hub/core/plan.hpp"

namespace tests {

/// Compiled once; fails the test with every problem when it does not compile.
const hub::core::Plan& shipped_plan();

std::string source_path(const std::string& relative);

}  // namespace tests
