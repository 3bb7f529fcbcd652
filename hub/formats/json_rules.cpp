// Writes and reads back what JSON arrays need to say in a content model; see json_rules.hpp for why.
#include "hub/formats/json_rules.hpp"

namespace hub::formats {
namespace {

/// The particle that array_particle() made, or null: `items` is not an array made by us.
const Particle* find(const Particle& in, DeclId items) {
    for (const Particle& part : in.parts) {
        const bool made_by_us = part.kind == Particle::Kind::sequence && part.parts.size() == 1 &&
                                part.parts.front().kind == Particle::Kind::element;
        if (made_by_us && part.parts.front().element == items) return &part;
        if (const Particle* found = find(part, items)) return found;
    }
    return nullptr;
}

bool nullable(const Particle& in, DeclId items) {
    for (const Particle& part : in.parts) {
        if (part.kind == Particle::Kind::choice && part.parts.size() == 2 && part.parts.back().parts.empty() &&
            part.parts.back().kind == Particle::Kind::sequence && find(part, items) == &part.parts.front())
            return true;
        if (nullable(part, items)) return true;
    }
    return false;
}

}  // namespace

Particle array_particle(DeclId items, const ArrayRules& rules) {
    Particle item;
    item.kind = Particle::Kind::element;
    item.element = items;
    item.occurs_min = rules.items_min;
    item.occurs_max = rules.items_max;
    Particle array;
    array.occurs_min = rules.required ? 1 : 0;
    array.parts = {item};
    if (!rules.nullable) return array;
    Particle either;
    either.kind = Particle::Kind::choice;
    either.parts = {array, Particle{}};
    return either;
}

ArrayRules array_rules(const Schema& schema, DeclId items) {
    const DeclId object = schema[items].parent;
    const Particle* array = object == no_decl ? nullptr : find(schema.content(object), items);
    if (array == nullptr) return {schema[items].occurs_min, schema[items].occurs_max, schema[items].occurs_min > 0, false};
    return {array->parts.front().occurs_min, array->parts.front().occurs_max, array->occurs_min > 0,
            nullable(schema.content(object), items)};
}

JsonShape value_shape(const Declaration& declaration) {
    if (declaration.type == nullptr) return JsonShape::object;
    if (declaration.json != JsonShape::array_item) return declaration.json;
    switch (declaration.type->base) {
        case Lexical::boolean: return JsonShape::boolean;
        case Lexical::decimal:
        case Lexical::integer:
        case Lexical::floating: return JsonShape::number;
        default: return JsonShape::string;
    }
}

}  // namespace hub::formats
