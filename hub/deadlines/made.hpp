// The records that a clock asks the hub to make now (law 9: generated, never decided). Pure; any thread.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hub/deadlines/evaluate.hpp"

namespace hub::deadlines {

struct Made {
    std::size_t index = 0;            ///< into Version::generated
    std::string record{};
    /// Path and value in the rule's order; what is not known is left out. A path that comes again begins a new occurrence.
    std::vector<std::pair<std::string, std::string>> values{};
};

/// Of an open clock that has begun: each record whose test holds. Whether it was made before is for the caller to know.
std::vector<Made> made_by(const RuleBook& book, const History& history, const Question& question, const Clock& clock);

}  // namespace hub::deadlines
