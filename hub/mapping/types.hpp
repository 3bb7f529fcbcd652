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

/// The value as JSON writes it: "+5", "-007", "5." and ".5" become 5, -7, 5 and 0.5; 1 and 0 become true and false. What has no
/// such form is returned as it is. `scratch` may hold the result.
std::string_view as_json(formats::JsonShape shape, std::string_view text, std::string& scratch);

/// Whether JSON can carry the text in this shape; true for shapes other than number and boolean.
bool has_shape(formats::JsonShape shape, std::string_view text);

}  // namespace hub::mapping
