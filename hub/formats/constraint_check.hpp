// Whether a document keeps its schema's constraints: xs:unique, xs:key, xs:keyref, and what xs:ID, xs:IDREF and xs:ENTITY ask of
// the document as a whole (which libxml2 does not look at while it reads). Private to this room.
#pragma once

#include <vector>

#include "hub/formats/schema.hpp"
#include "hub/formats/tree.hpp"

namespace hub::formats {

struct ConstraintFinding {
    const Constraint* constraint = nullptr;
    NodeId node = no_node;     ///< the selected element that breaks it
    const char* why = nullptr; ///< "has the same values as another": a sentence's end
};

/// Appends what is wrong. Values are compared as their types have it: 1.0 and 1 are one decimal.
void check_constraints(const Document& document, std::vector<ConstraintFinding>& into);
/// The same for the constraints of this one element.
void check_constraints(const Document& document, NodeId element, std::vector<ConstraintFinding>& into);

}  // namespace hub::formats
