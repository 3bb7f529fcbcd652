// The wrong mappings, tests/proof/wrong/*.xml, and the wrong code tables in wrong/tables, with the codes that must be reported
// marked in the lines where they must be.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "hub/mapping/mapping.hpp"

namespace proof {

/// A line and a code.
using Marks = std::multiset<std::pair<int, std::string>>;

struct Wrong {
    std::string path{};  ///< "wrong/two_rules_fill_one_field.xml"
    std::string text{};
    Marks marks{};       ///< of its comments <!-- TG-M010 TG-M015 -->
};

struct Corpus {
    hub::formats::SchemaTexts schemas{};
    hub::mapping::CodeTables codes{};
    std::vector<Wrong> mappings{}, tables{};
};

const Corpus& corpus();

/// What was found about the file itself, as marks.
Marks marks_of(const hub::Problems& problems, const std::string& path);
std::string written_out(const Marks& marks);

}  // namespace proof
