// What JSON makes of a declaration. But for value_shape(), which mappings ask for too, private to hub/formats.
//
// JSON tells apart three things that the schema model does not: an array of at most one item from a single value, a
// required empty array from an absent one, and null in place of an array. The first is JsonShape::array_item; the other
// two stand in the content model, where json_schema_reader.cpp writes array_particle() for each array.
#pragma once

#include <cstdint>

#include "hub/formats/schema.hpp"

namespace hub::formats {

struct ArrayRules {
    std::uint32_t items_min = 0, items_max = unbounded;
    bool required = false;  ///< the member must be there, be it empty
    bool nullable = false;  ///< null may stand for it; read as no items
};

/// sequence(required ? 1 : 0) { items }, or a choice of that and nothing when null may stand for the array.
Particle array_particle(DeclId items, const ArrayRules& rules);
/// Reads array_particle() back out of the content model of the object that holds the array.
ArrayRules array_rules(const Schema& schema, DeclId items);

inline bool is_json_array(const Declaration& declaration) {
    return declaration.occurs_max != 1 || declaration.json == JsonShape::array_item;
}
/// What one value (one item, for an array) looks like.
JsonShape value_shape(const Declaration& declaration);

}  // namespace hub::formats
