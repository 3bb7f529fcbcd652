// Brzozowski's derivatives. Alternatives are sorted and without repetition, sequences lean to the right: then an
// expression has finitely many derivatives.
#include "hub/formats/expressions.hpp"

#include <algorithm>
#include <tuple>

namespace hub::formats {

Expressions::Expressions(LibraryReading& library) : library_(library) {
    make({Kind::nothing, 0, 0, 0, {}}, false);
    make({Kind::empty, 0, 0, 0, {}}, true);
}

Expressions::Id Expressions::make(Key key, bool takes_empty) {
    const auto known = known_.find(key);
    if (known != known_.end()) return known->second;
    if (full()) return nothing;
    const auto id = static_cast<Id>(nodes_.size());
    known_.emplace(key, id);
    nodes_.push_back({std::move(key), takes_empty, {}});
    return id;
}

Expressions::Id Expressions::characters(const CharacterSet& set) {
    if (set.ranges().empty()) return nothing;
    const auto [at, fresh] = known_sets_.try_emplace(set, static_cast<std::uint32_t>(sets_.size()));
    if (fresh) sets_.push_back(set);
    return make({Kind::characters, at->second, 0, 0, {}}, false);
}

Expressions::Id Expressions::then(Id first, Id second) {
    if (first == nothing || second == nothing) return nothing;
    if (first == empty) return second;
    if (second == empty) return first;
    if (nodes_[first].key.kind == Kind::then) {
        const Id a = nodes_[first].key.a, b = nodes_[first].key.b;
        return then(a, then(b, second));
    }
    return make({Kind::then, first, second, 0, {}}, takes_empty(first) && takes_empty(second));
}

Expressions::Id Expressions::either(std::vector<Id> parts) {
    std::vector<Id> flat;
    for (const Id each : parts) {
        if (nodes_[each].key.kind != Kind::either) flat.push_back(each);
        else flat.insert(flat.end(), nodes_[each].key.parts.begin(), nodes_[each].key.parts.end());
    }
    std::sort(flat.begin(), flat.end());
    flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
    if (!flat.empty() && flat.front() == nothing) flat.erase(flat.begin());
    if (flat.empty()) return nothing;
    if (flat.size() == 1) return flat.front();
    const bool takes = std::any_of(flat.begin(), flat.end(), [&](Id each) { return takes_empty(each); });
    return make({Kind::either, 0, 0, 0, std::move(flat)}, takes);
}

Expressions::Id Expressions::repeat(Id part, std::uint32_t min, std::uint32_t max) {
    if (max == 0 || part == empty) return empty;
    if (part == nothing) return min == 0 ? empty : nothing;
    if (min == 1 && max == 1) return part;
    if (takes_empty(part)) min = 0;  // the same texts, and fewer different expressions
    const bool star = nodes_[part].key.kind == Kind::repeat && nodes_[part].key.b == 0 && nodes_[part].key.c == endless;
    if (star) return part;
    return make({Kind::repeat, part, min, max, {}}, min == 0);
}

Expressions::Id Expressions::after(Id expression, char32_t character) {
    for (const auto& [known, result] : nodes_[expression].after)
        if (known == character) return result;
    const Id result = derive(expression, character);
    nodes_[expression].after.emplace_back(character, result);
    return result;
}

Expressions::Id Expressions::derive(Id expression, char32_t character) {
    const Key key = nodes_[expression].key;  // a copy: nodes move when more are made
    switch (key.kind) {
        case Kind::nothing:
        case Kind::empty: return nothing;
        case Kind::characters: return sets_[key.a].has(character) ? empty : nothing;
        case Kind::then: {
            const Id first = then(after(key.a, character), key.b);
            return takes_empty(key.a) ? either({first, after(key.b, character)}) : first;
        }
        case Kind::either: {
            std::vector<Id> parts;
            for (const Id each : key.parts) parts.push_back(after(each, character));
            return either(std::move(parts));
        }
        case Kind::repeat: break;
    }
    const std::uint32_t min = key.b == 0 ? 0 : key.b - 1, max = key.c == endless ? endless : key.c - 1;
    return then(after(key.a, character), repeat(key.a, min, max));
}

}  // namespace hub::formats
