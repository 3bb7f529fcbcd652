// What a Mapping and a Condition hold.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/plan.hpp"

namespace hub::mapping {

struct Mapping::Impl {
    std::string name{};
    std::shared_ptr<const formats::Schema> from{}, to{};
    bool strict = false;
    Plan plan{};
    std::set<formats::DeclId> reads{};
    std::vector<CodeUse> code_uses{};
    std::map<formats::DeclId, std::string> drops{};
    Counts counts{};
    std::string explanation{};
};

struct Condition::Impl {
    Plan plan{};  ///< tests only; none: it always holds
    std::set<formats::DeclId> reads{};
    std::vector<CodeUse> code_uses{};
};

}  // namespace hub::mapping
