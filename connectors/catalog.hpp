// The connectors that this build knows. Read by main and by tests/conformance only.
#pragma once

#include <vector>

#include "hub/api/connector.hpp"

namespace connectors {

std::vector<hub::Connector> catalog();

}  // namespace connectors
