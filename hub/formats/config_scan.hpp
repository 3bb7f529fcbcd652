// The byte guard of configuration files and, in the same pass, where each start tag stands: libxml2's tree knows
// neither columns nor the first line of a tag. Private to hub/formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/codec.hpp"

namespace hub::formats {

struct TagPosition {
    int line = 0, column = 0;
};

/// Positions of all start tags in document order; empty when the bytes are refused (a problem TG-F20x says why).
std::vector<TagPosition> scan_config(const std::string& path, std::string_view bytes, const Limits& limits, Problems& problems);

}  // namespace hub::formats
