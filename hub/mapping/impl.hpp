// What a Mapping and a Condition hold.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "hub/mapping/mapping.hpp"
#include "hub/mapping/plan.hpp"

namespace hub::mapping {

/// A rule that writes a value: what provenance asks for.
struct RuleOrigin {
    std::uint32_t value = 0;  ///< index into the plan's values
    formats::DeclId decl = 0; ///< of the target
    Place at{};
};

struct MappingParts {
    std::string name{};
    std::shared_ptr<const formats::Schema> from{}, to{};
    bool strict = false;
    Plan plan{};
    std::set<formats::DeclId> reads{};
    std::vector<CodeUse> code_uses{};
    std::map<formats::DeclId, std::string> drops{};
    Mapping::Counts counts{};
    std::string explanation{};
    std::vector<RuleOrigin> origins{};
};
struct Mapping::Impl : MappingParts {};

/// For this room alone.
const MappingParts& parts_of(const Mapping& mapping);

struct Condition::Impl {
    Plan plan{};  ///< tests only; none: it always holds
    std::set<formats::DeclId> reads{};
    std::vector<CodeUse> code_uses{};
};

}  // namespace hub::mapping
