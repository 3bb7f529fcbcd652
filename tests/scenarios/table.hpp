// Golden tables: what stands in tests/scenarios/<area>/<rule>.txt, as rows of facts and what must come of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/deadlines/facts.hpp"

namespace scenarios {

struct Cell {
    std::string heading{}, text{};
};

struct Row {
    std::string file{};
    int line = 0;
    std::string name{};            ///< the first column
    std::string rule{}, gate{};
    std::string as_of{}, known_at{};
    std::vector<std::pair<std::string, std::string>> given{};  ///< settings of the rule
    std::vector<Cell> facts{}, expected{};
};

/// Problems name file and line.
std::vector<Row> read_tables(const std::string& file, const std::string& text, hub::Problems& problems);

/// The facts of a row; a heading "kind#2" is a second matter of that kind's matter.
std::vector<hub::deadlines::GivenFact> facts_of(const Row& row, const hub::deadlines::FactKinds& kinds, const hub::deadlines::Zone& zone, hub::Problems& problems);

}  // namespace scenarios
