// The run-time check of an element's children where the compiler could not show that they fit: numbers and choices.
// Their order is right already.
#pragma once

#include "hub/formats/schema.hpp"

namespace hub::mapping {

/// A child that is missing, too often there, or excluded by another; no_decl when the content holds.
formats::DeclId wrong_content(const formats::Document& document, formats::NodeId element);

}  // namespace hub::mapping
