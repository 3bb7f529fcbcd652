// Steps to declarations, with their occurrence and with problems for those that do not, or can never, exist.
#include <algorithm>

#include "hub/mapping/paths.hpp"

namespace hub::mapping {

using formats::DeclId;
using formats::DeclKind;
using formats::no_decl;

Occurs Occurs::operator*(Occurs other) const {
    const auto times = [](std::uint32_t a, std::uint32_t b) {
        const std::uint64_t product = std::uint64_t{a} * b;
        return product >= formats::unbounded ? formats::unbounded : static_cast<std::uint32_t>(product);
    };
    return {times(min, other.min), times(max, other.max)};
}

std::string SourcePath::key(std::size_t count) const {
    std::string key = frame.key;
    for (std::size_t i = 0; i < count; ++i) {
        const Hop& hop = hops[i];
        key += "/" + std::to_string(hop.decl);
        for (const Filter& filter : hop.filters) {
            key += "[";
            for (const DeclId each : filter.path) key += "/" + std::to_string(each);
            key += (filter.value ? "=" + *filter.value : std::string()) + "]";
        }
        if (hop.pick == Pick::position) key += "[" + std::to_string(hop.position) + "]";
        if (hop.pick == Pick::last) key += "[last]";
    }
    return key;
}

void PathResolver::missing(DeclId parent, bool attribute, const std::string& name, Place at) const {
    std::vector<std::string> names;
    for (const DeclId each : schema_[parent].children)
        if ((schema_[each].kind == DeclKind::attribute) == attribute) names.push_back(schema_[each].name);
    report_.add(at, missing_code_, "'" + std::string(attribute ? "@" : "") + name + "' does not exist below " + describe(schema_, parent),
                suggest(name, names));
}

std::optional<DeclId> PathResolver::child(DeclId parent, bool attribute, const std::string& prefix, const std::string& name,
                                          Place at) const {
    const auto known = prefixes_.find(prefix);
    if (!prefix.empty() && known == prefixes_.end()) {
        report_.add(at, "TG-M005", "the prefix '" + prefix + "' is not declared",
                    "add <namespace prefix=\"" + prefix + "\" uri=\"...\"/>");
        return std::nullopt;
    }
    std::vector<DeclId> found;
    for (const DeclId each : schema_[parent].children) {
        const auto& declaration = schema_[each];
        if (declaration.name == name && (declaration.kind == DeclKind::attribute) == attribute &&
            (prefix.empty() || declaration.ns == known->second))
            found.push_back(each);
    }
    if (found.empty()) missing(parent, attribute, name, at);
    if (found.size() > 1)
        report_.add(at, "TG-M005", "'" + name + "' exists in several namespaces: " + describe(schema_, found[0]) + " and " + describe(schema_, found[1]),
                    "put a prefix in front of the name and declare it with <namespace>");
    return found.size() == 1 ? std::optional(found[0]) : std::nullopt;
}

std::optional<Filter> PathResolver::filter(DeclId decl, const FilterText& text, Place at) const {
    Filter filter{{}, text.value};
    for (const StepName& each : text.path) {
        const auto next = child(filter.path.empty() ? decl : filter.path.back(), each.attribute, each.prefix, each.name, at);
        if (!next) return std::nullopt;
        filter.path.push_back(*next);
    }
    if (!filter.value) return filter;
    const DeclId last = filter.path.back();
    const auto* type = schema_[last].type;
    const auto why = type == nullptr ? std::optional<std::string>("it has no value") : formats::why_invalid(*type, *filter.value);
    if (!why) return filter;
    report_.add(at, "TG-M012", "'" + *filter.value + "' is never the value of " + describe(schema_, last) + ": " + *why,
                "compare with a value that the schema allows", {{source_place(schema_, last)}, {}});
    return std::nullopt;
}

std::optional<Hop> PathResolver::hop(DeclId parent, const PathStep& step, Place at) const {
    const auto decl = child(parent, step.attribute, step.prefix, step.name, at);
    if (!decl) return std::nullopt;
    Hop hop;
    hop.decl = *decl;
    hop.pick = step.pick;
    hop.position = step.position;
    for (const FilterText& each : step.filters) {
        auto filter = this->filter(*decl, each, at);
        if (!filter) return std::nullopt;
        hop.filters.push_back(std::move(*filter));
    }
    if (hop.pick == Pick::position && hop.position > schema_[*decl].occurs_max) {
        report_.add(at, "TG-M012", "there is never a number " + std::to_string(hop.position) + " of " + describe(schema_, *decl),
                    "it occurs at most " + std::to_string(schema_[*decl].occurs_max) + " times");
        return std::nullopt;
    }
    const std::uint32_t least = schema_[*decl].occurs_min;
    hop.optional = least == 0 || !hop.filters.empty() || (hop.pick == Pick::position && hop.position > least);
    return hop;
}

std::uint32_t PathResolver::levels_above(DeclId decl, DeclId ancestor) const {
    std::uint32_t levels = 0;
    while (decl != ancestor && decl != formats::no_decl) {
        decl = schema_[decl].parent;
        ++levels;
    }
    return decl == ancestor ? levels : 0;
}

void PathResolver::choose_frame(SourcePath& path, const std::vector<Frame>& frames) const {
    auto& hops = path.hops;
    const auto first_fixed = [&] { return std::find_if(hops.begin(), hops.end(), [](const Hop& each) { return !each.plain(); }); };
    const auto fixed = first_fixed();
    path.frame = frames.front();
    for (auto frame = frames.rbegin(); frame != frames.rend(); ++frame) {
        const auto on_way = std::find_if(hops.begin(), fixed, [&](const Hop& each) { return each.decl == frame->decl; });
        if (on_way == fixed) continue;
        path.frame = *frame;
        hops.erase(hops.begin(), on_way + 1);
        break;
    }
    choose_ancestor(path, frames, static_cast<std::size_t>(first_fixed() - hops.begin()));
}

/// A context that was reached through a repeated element belongs to one of them: a defendant to one case. From inside, a path
/// through that element means this one. Elements that occur once are reached from the outer frame, which is the same node.
void PathResolver::choose_ancestor(SourcePath& path, const std::vector<Frame>& frames, std::size_t hops_max) const {
    for (std::size_t i = hops_max; i-- > 0;) {
        const DeclId ancestor = path.hops[i].decl;
        const bool repeated = std::any_of(path.hops.begin(), path.hops.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                          [&](const Hop& each) { return schema_[each.decl].occurs_max > 1; });
        if (!repeated) return;
        for (const Frame& frame : frames) {
            const std::uint32_t levels = levels_above(frame.decl, ancestor);
            if (levels == 0) continue;
            path.frame = {frame.id, ancestor, frame.key + "^" + std::to_string(levels)};
            path.up = levels;
            path.hops.erase(path.hops.begin(), path.hops.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            return;
        }
    }
}

std::optional<SourcePath> PathResolver::source(const PathText& path, const std::vector<Frame>& frames, Place at) const {
    SourcePath resolved;
    resolved.frame = frames.back();
    resolved.decl = path.absolute ? schema_.root() : frames.back().decl;
    if (path.absolute &&
        (path.steps[0].attribute || path.steps[0].name != schema_[0].name || !path.steps[0].plain())) {
        report_.add(at, missing_code_, "a path that starts with '/' begins at " + describe(schema_, schema_.root()),
                    "start with /" + schema_[0].name);
        return std::nullopt;
    }
    for (std::size_t i = path.absolute ? 1 : 0; i < path.steps.size(); ++i) {
        auto next = hop(resolved.decl, path.steps[i], at);
        if (!next) return std::nullopt;
        resolved.decl = next->decl;
        resolved.hops.push_back(std::move(*next));
    }
    if (path.absolute) choose_frame(resolved, frames);
    for (const Hop& each : resolved.hops) {
        const auto& declaration = schema_[each.decl];
        const bool single = each.pick == Pick::position || each.pick == Pick::last;
        resolved.occurs = resolved.occurs * Occurs{each.optional ? 0 : single ? 1 : declaration.occurs_min,
                                                   single ? 1 : declaration.occurs_max};
    }
    return resolved;
}

std::optional<std::vector<DeclId>> PathResolver::target(const PathText& path, DeclId context, Place at) const {
    std::vector<DeclId> decls;
    if (path.absolute) {
        report_.add(at, "TG-M006", "a target path cannot start with '/'", "write it from the target context down");
        return std::nullopt;
    }
    for (const PathStep& step : path.steps) {
        if (!step.plain()) {
            report_.add(at, "TG-M006", "a target path cannot have predicates", "make one element with <each> or <within>");
            return std::nullopt;
        }
        const auto decl = child(context, step.attribute, step.prefix, step.name, at);
        if (!decl) return std::nullopt;
        decls.push_back(context = *decl);
    }
    return decls;
}

}  // namespace hub::mapping
