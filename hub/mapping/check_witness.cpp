// From what is known when rules apply to documents for which it holds.
#include "hub/mapping/check_witness.hpp"

#include "hub/mapping/witness.hpp"

namespace hub::mapping {

std::string document_of(const Compilation& all, const Case& holds) {
    const auto wish = wish_of(all.logic, holds, {});
    return wish ? witness_document(all.source, *wish) : std::string();
}

std::string document_of_both(const Compilation& all, const std::vector<Case>& one, const std::vector<Case>& other) {
    for (const Case& a : one)
        for (const Case& b : other)
            if (const Case holds = both(a, b); !all.logic.impossible(holds)) return document_of(all, holds);
    return {};
}

std::string document_of_two(const Compilation& all, const Case& holds, std::uint32_t loop, std::uint32_t home, formats::DeclId about) {
    auto wish = wish_of(all.logic, holds, {});
    if (!wish) return {};
    const auto twice = [&](formats::DeclId decl) {
        if (const formats::DeclId repeats = repeating(all.source, decl); repeats != formats::no_decl) wish->twice.insert(repeats);
    };
    for (; loop != home; loop = all.outline.loops[loop].parent) twice(all.plan.paths[all.outline.loops[loop].path].decl);
    if (about != formats::no_decl) twice(about);
    return witness_document(all.source, *wish);
}

std::string document_without(const Compilation& all, const std::vector<Case>& made, const std::vector<Case>& options) {
    for (const Case& each : made)
        if (const auto gap = all.logic.gap(each, all.logic.hard(options))) {
            const auto wish = wish_of(all.logic, *gap, options);
            return wish ? witness_document(all.source, *wish) : std::string();
        }
    return {};
}

}  // namespace hub::mapping
