// What the tree under test ships: its schemas, code tables and every exchange, found by looking into the folders.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/mapping/mapping.hpp"

namespace proof {

struct Exchange {
    std::string name{};
    std::string text{};  ///< of its mapping.xml
    std::shared_ptr<const hub::mapping::Mapping> mapping{};
    std::vector<hub::formats::Document> examples{};  ///< the valid ones of examples/*.in.*
    std::set<std::string> rejects{};                 ///< codes that its mapping declares

    const hub::formats::Schema& from() const { return mapping->from(); }
    const hub::formats::Schema& to() const { return mapping->to(); }
    /// Towards the hub; otherwise away from it.
    bool inward() const { return to().path().rfind("canonical/", 0) == 0; }
};

struct Shipped {
    hub::formats::SchemaTexts schemas{};
    hub::mapping::CodeTables codes{};
    std::vector<Exchange> exchanges{};
    std::vector<std::string> days{};  ///< around which rows of a code table begin and end, and some others; sorted
};

/// Read once. The test fails, with every problem, where something does not compile.
const Shipped& shipped();

}  // namespace proof
