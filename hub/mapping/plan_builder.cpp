// Interning, and tests from terms to flat prefix order.
#include "hub/mapping/plan_builder.hpp"

#include "hub/mapping/code_uses.hpp"

#include <algorithm>

namespace hub::mapping {

using formats::DeclId;
using formats::no_decl;

std::set<DeclId> Reads::steering(const formats::Schema& schema) const {
    std::set<DeclId> steering, above;
    for (const auto& [decl, place] : places) {
        if (schema[decl].type == nullptr) continue;
        steering.insert(decl);
        for (DeclId up = schema[decl].parent; up != no_decl; up = schema[up].parent) above.insert(up);
    }
    for (const auto& [decl, place] : places)
        if (schema[decl].type == nullptr && above.count(decl) == 0) steering.insert(decl);
    return steering;
}

std::uint32_t PlanBuilder::text(std::string_view text) {
    const auto known = texts_.find(text);
    if (known != texts_.end()) return known->second;
    const auto index = static_cast<std::uint32_t>(plan_.texts.size());
    plan_.texts.emplace_back(text);
    texts_.emplace(text, index);
    return index;
}

Range PlanBuilder::filters(const Hop& hop) {
    Range range{static_cast<std::uint32_t>(plan_.filters.size()), 0};
    for (const Filter& each : hop.filters) {
        Range path{static_cast<std::uint32_t>(plan_.filter_path.size()), 0};
        plan_.filter_path.insert(plan_.filter_path.end(), each.path.begin(), each.path.end());
        path.end = static_cast<std::uint32_t>(plan_.filter_path.size());
        plan_.filters.push_back({path, each.value ? text(*each.value) : none});
    }
    range.end = static_cast<std::uint32_t>(plan_.filters.size());
    return range;
}

std::uint32_t PlanBuilder::path(const formats::Schema& schema, const SourcePath& path) {
    PlanPath plan;
    plan.frame = path.frame.id;
    plan.up = path.up;
    plan.decl = path.decl;
    plan.skip_empty = schema[path.decl].type != nullptr && schema[path.decl].children.empty();
    plan.single = path.occurs.max <= 1;
    plan.hops.begin = static_cast<std::uint32_t>(plan_.hops.size());
    for (const Hop& each : path.hops) plan_.hops.push_back({each.decl, filters(each), each.pick, each.position});
    plan.hops.end = static_cast<std::uint32_t>(plan_.hops.size());
    plan_.paths.push_back(plan);
    return static_cast<std::uint32_t>(plan_.paths.size() - 1);
}

std::uint32_t PlanBuilder::table(const std::string& name, const CodeTables& codes, const Report& report, Place at) {
    const auto found = codes.find(name);
    if (found == codes.end()) {
        std::vector<std::string> names;
        for (const auto& each : codes) names.push_back(each.first);
        report.add(at, "TG-M019", "there is no code table '" + name + "'", suggest(name, names));
        return none;
    }
    const auto& known = plan_.table_names;
    const auto at_name = std::find(known.begin(), known.end(), name);
    if (at_name != known.end()) return static_cast<std::uint32_t>(at_name - known.begin());
    plan_.table_names.push_back(name);
    plan_.tables.push_back(found->second);
    return static_cast<std::uint32_t>(plan_.tables.size() - 1);
}

std::uint32_t PlanBuilder::block(std::uint32_t parent) {
    plan_.parents.push_back(parent);
    return static_cast<std::uint32_t>(plan_.parents.size() - 1);
}

void TestCompiler::compare(const TestTerm& term, const SourcePath& path, PlanTest& into, Place at) {
    const auto* type = schema_[path.decl].type;
    if (type == nullptr) {
        report_.add(at, "TG-M007", describe(schema_, path.decl) + " has no value to compare", "test only whether it is there, or name a value below it");
        return;
    }
    into.values.begin = static_cast<std::uint32_t>(plan_.value_texts.size());
    for (const auto& each : term.values) {
        plan_.value_texts.push_back(builder_.text(each));
        if (const auto why = formats::why_invalid(*type, each))
            report_.add(at, "TG-M013", "'" + each + "' is never the value of " + describe(schema_, path.decl) + ": it " + *why,
                        type->enumeration.empty() ? "compare with a value that the schema allows" : suggest(each, type->enumeration),
                        {{source_place(schema_, path.decl)}, {}});
    }
    into.values.end = static_cast<std::uint32_t>(plan_.value_texts.size());
    if (term.kind != TestTerm::Kind::in_codes) return;
    into.table = builder_.table(term.table, codes_, report_, at);
    add_code_use(term.table, path, schema_, code_uses_);
}

void TestCompiler::add(const TestTerm& term, const std::vector<Frame>& frames, Place at) {
    const auto index = plan_.tests.size();
    plan_.tests.push_back({static_cast<PlanTest::Kind>(term.kind), 0, none, {}, none});
    for (const auto& each : term.parts) add(each, frames, at);
    if (term.parts.empty()) {
        if (const auto path = paths_.source(term.path, frames, at)) {
            reads_.add(*path, at);
            PlanTest& plan = plan_.tests[index];
            plan.path = builder_.path(schema_, *path);
            if (term.kind != TestTerm::Kind::present) compare(term, *path, plan, at);
        }
    }
    plan_.tests[index].end = static_cast<std::uint32_t>(plan_.tests.size());
}

}  // namespace hub::mapping
