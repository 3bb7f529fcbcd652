// Whether a field of a document matters to what a mapping makes of it.
#pragma once

#include <string>

#include "hub/mapping/mapping.hpp"

namespace proof {

/// All outputs as their receivers get them, or the codes of the rejection: two equal texts are two equal outcomes.
std::string outcome(const hub::mapping::Mapping& mapping, const hub::formats::Document& document, const hub::mapping::Given& given);

/// The document with another text in one node.
hub::formats::Document with_text(const hub::formats::Document& document, hub::formats::NodeId node, const std::string& text);

/// The document without one node and what is below it.
hub::formats::Document without_node(const hub::formats::Document& document, hub::formats::NodeId node);

/// Whether the declaration, or one above it, is dropped.
bool is_dropped(const hub::mapping::Mapping& mapping, hub::formats::DeclId decl);

}  // namespace proof
