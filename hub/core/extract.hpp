// What the step needs to know about a canonical record, taken out of its document: identifiers, facts, consents, routes.
#pragma once

#include "hub/core/prepare.hpp"

namespace hub::core {

Child make_child(const formats::Document& record, const RecordType& type, const Header& header, const Plan& plan);

/// Nearest node of a declaration, seen from a node: below it, or on the way up and down again. no_node when absent.
formats::NodeId find_near(const formats::Document& document, formats::NodeId from, formats::DeclId wanted);

}  // namespace hub::core
