// The plan of the national site, as a test uses it: compiled once.
#pragma once

#include "hub/core/plan.hpp"

namespace scenarios {

hub::core::PlanPtr reference_plan();

}  // namespace scenarios
