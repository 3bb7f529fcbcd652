// The same document in other words: what a sender may write that our own encoders never would.
#pragma once

#include <string>

#include "hub/formats/tree.hpp"
#include "tests/support/chance.hpp"

namespace proof {

/// XML with white space, comments, character references, CDATA and either quote; JSON with members in any order, white space
/// and escapes; CSV with columns in any order, all cells quoted. HL7 as our encoder writes it.
std::string spelled_freely(const hub::formats::Document& document, support::Chance& chance);

}  // namespace proof
