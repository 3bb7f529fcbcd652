// Drop folders: a source that takes files from one, a sink that puts files into one.
#pragma once

#include "hub/api/connector.hpp"

namespace connectors::folder {

hub::Connector connector();

}  // namespace connectors::folder
