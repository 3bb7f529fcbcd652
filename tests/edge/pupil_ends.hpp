// The connector that edge_pupil knows. Its one setting, `behaviour`, says what it does well or badly.
#pragma once

#include "hub/api/connector.hpp"

namespace pupil {

hub::Connector connector();

}  // namespace pupil
