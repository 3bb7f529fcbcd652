// The text of a .reason file: why a file lies in refused/, for the person who put it into the folder. Pure.
#pragma once

#include <string>

#include "hub/api/record.hpp"

namespace connectors::folder {

constexpr std::size_t problems_max = 100;  ///< of one .reason file

std::string reason_text(const hub::Settlement& settlement, const std::string& file, hub::Instant now);

}  // namespace connectors::folder
