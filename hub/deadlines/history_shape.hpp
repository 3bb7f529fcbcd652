// The XSD of facts files, compiled in: what a site brings cannot change what is checked.
// The text is schemas/site/history.xsd, put here by CMake.
#pragma once

#include <string>

namespace hub::deadlines {

const std::string& history_xsd();

}  // namespace hub::deadlines
