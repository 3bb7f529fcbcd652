// Private to hub/mapping: which edits a program has.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "hub/mapping/mutations.hpp"
#include "hub/mapping/syntax.hpp"

namespace hub::mapping {

inline constexpr std::string_view shifted_mark = "#shifted";  ///< a table's name with it: each row gives the next row's value

struct Edits {
    std::vector<Edit> edits{};
    std::vector<Excuse> excuses{};
    std::set<std::string> tables{};  ///< that a shifted copy is needed of
};

/// `listed`: the values that the target's types list, each with the others of its type.
Edits edits_of(const Program& program, const std::map<std::string, std::set<std::string>>& listed);

}  // namespace hub::mapping
