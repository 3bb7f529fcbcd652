// Whether values of one type are always values of another.
//
// A first, sound subset test: "no" only means "not shown", and the plan then checks each value. A full type system
// (regular languages, bounds by value) takes its place here.
#pragma once

#include "hub/formats/schema.hpp"

namespace hub::mapping {

/// Whether each non-empty value of `from` is a value of `to`.
bool fits(const formats::SimpleType& from, const formats::SimpleType& to);

/// Whether an element or attribute of this declaration may be there without text.
bool may_be_empty(const formats::Declaration& declaration);

/// Whether any text at all is a value.
bool takes_any_text(const formats::SimpleType& type);

/// The same number without what XML Schema allows before it and JSON does not: a plus sign and leading zeros ("001", "+5"). What
/// would need more than cutting is returned as it is.
std::string_view json_number(std::string_view text);

/// Whether JSON can carry the text in this shape; true for shapes other than number and boolean.
bool has_shape(formats::JsonShape shape, std::string_view text);

}  // namespace hub::mapping
