// The XSDs of this room's configuration files, compiled in: what a site brings cannot change what is checked.
// The texts are schemas/site/*.xsd, put here by CMake.
#pragma once

#include <string>

namespace hub::mapping {

const std::string& mapping_xsd();
const std::string& codes_xsd();

}  // namespace hub::mapping
