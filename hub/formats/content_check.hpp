// Whether an element's children, in their order, are what its content model allows. Private to this room.
//
// XML Schema requires that each child can be told apart by looking at it alone, so one pass without going back is
// exact: a valid sequence gives no finding, an invalid one at least one. After a finding it goes on, to report the rest.
#pragma once

#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/schema.hpp"
#include "hub/formats/tree.hpp"

namespace hub::formats {

struct ContentFinding {
    enum class Kind { missing, not_allowed, too_many, out_of_order, none_of } kind = Kind::missing;
    NodeId node = no_node;           ///< where: the child, or its parent when something is missing
    std::vector<DeclId> wanted{};    ///< what is missing, or what belongs in this place
};

/// Appends what is wrong with `parent`'s element children.
void check_content(const Document& document, NodeId parent, std::vector<ContentFinding>& into);

}  // namespace hub::formats
