// A connector that talks to itself: its sink hands records to its source through a queue in memory.
//
// Copy this folder to begin a connector; README.md says how. It does nothing useful, and everything the contract asks.
#pragma once

#include "hub/api/connector.hpp"

namespace connectors::template_ {

hub::Connector connector();

}  // namespace connectors::template_
