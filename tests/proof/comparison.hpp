// Whether two documents of one schema say the same.
#pragma once

#include <string>

#include "hub/formats/tree.hpp"

namespace proof {

/// Empty when they do; otherwise the first difference: "/referral/need: 'a' and 'b'". White space that a type's own rule takes
/// away and other ways of writing one value are no differences, nor is the order of attributes, of JSON's members and of the
/// parts of xs:all.
std::string difference(const hub::formats::Document& a, const hub::formats::Document& b);

/// The document as lines "/path = value", for messages.
std::string written_out(const hub::formats::Document& document);

}  // namespace proof
