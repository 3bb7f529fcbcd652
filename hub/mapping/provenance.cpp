// Rules and values in words.
#include "hub/mapping/provenance.hpp"

#include <algorithm>
#include <array>

#include "hub/mapping/impl.hpp"
#include "hub/mapping/report.hpp"
#include "hub/mapping/run.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using Source = PlanValue::Source;
using Reduce = PlanValue::Reduce;

std::string quoted(const std::string& text) { return "'" + text + "'"; }

std::string step_text(const Plan& plan, const PlanStep& step) {
    using Kind = PlanStep::Kind;
    static constexpr std::array<std::string_view, 14> names{"code",   "date",    "substring", "trim", "upper", "lower",   "remove",
                                                             "prepend", "append", "default",   "zone", "local", "extract", "pad"};
    std::string text(names[static_cast<std::size_t>(step.kind)]);
    if (step.kind == Kind::local) return text + " " + quoted(plan.table_names[step.table]) + " to " + plan.texts[step.other];
    if (step.kind == Kind::code || step.kind == Kind::zone) return text + " " + quoted(plan.table_names[step.table]);
    if (step.kind == Kind::substring) return text + " from " + std::to_string(step.from) + (step.length > 0 ? ", " + std::to_string(step.length) + " characters" : "");
    if (step.kind == Kind::extract) return text + " " + quoted(plan.extracts[step.table]->pattern());
    if (step.kind == Kind::pad) return text + " with " + quoted(plan.texts[step.text]) + " to " + std::to_string(step.length) + " characters " + (step.in_front ? "in front" : "behind");
    if (step.kind == Kind::date) return text + " " + plan.texts[step.text] + " to " + plan.texts[step.other];
    return step.text == none ? text : text + " " + quoted(plan.texts[step.text]);
}

std::string filter_text(const Plan& plan, const formats::Schema& schema, const PlanFilter& filter) {
    std::string text;
    for (std::uint32_t i = filter.path.begin; i < filter.path.end; ++i) {
        const auto& declaration = schema[plan.filter_path[i]];
        text += (text.empty() ? "" : "/") + std::string(declaration.kind == formats::DeclKind::attribute ? "@" : "") + declaration.name;
    }
    return "[" + text + (filter.value == none ? std::string() : "=" + quoted(plan.texts[filter.value])) + "]";
}

/// One path as rules write it, with its predicates.
std::string path_text(const Plan& plan, const formats::Schema& schema, const PlanPath& path) {
    std::string text = schema.path_of(path.decl), picks;
    for (std::uint32_t i = path.hops.begin; i < path.hops.end; ++i) {
        const PlanHop& hop = plan.hops[i];
        if (hop.pick == Pick::all && hop.filters.empty()) continue;
        picks += (picks.empty() ? " (" : ", ") + schema[hop.decl].name;
        for (std::uint32_t k = hop.filters.begin; k < hop.filters.end; ++k) picks += filter_text(plan, schema, plan.filters[k]);
        if (hop.pick == Pick::position) picks += "[" + std::to_string(hop.position) + "]";
        if (hop.pick == Pick::last) picks += "[last()]";
    }
    return picks.empty() ? text : text + picks + ")";
}

class Words {
public:
    explicit Words(const MappingParts& parts) : parts_(parts), plan_(parts.plan) {}

    std::string source(const PlanValue& value) const {
        static constexpr std::array<std::string_view, 6> givens{"record_id", "delivery_key", "received_at", "sender", "recipient", "message_id"};
        switch (value.source) {
            case Source::path: return path_text(plan_, *parts_.from, plan_.paths[value.path]);
            case Source::constant: return quoted(plan_.texts[value.text]);
            case Source::given: return "the hub's " + std::string(givens[value.given]);
            case Source::pieces: break;
        }
        std::string text;
        for (std::uint32_t i = value.pieces.begin; i < value.pieces.end; ++i) {
            const PlanValue& piece = plan_.values[i];
            const std::string steps = expression(piece);
            text += (text.empty() ? "" : " + ") + source(piece) + (steps.empty() ? "" : " [" + steps + "]");
        }
        return text;
    }
    std::string expression(const PlanValue& value) const {
        std::string text;
        const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
        for (std::uint32_t i = value.each_steps.begin; i < value.each_steps.end; ++i) add(step_text(plan_, plan_.steps[i]));
        if (value.reduce == Reduce::first) add("first");
        if (value.reduce == Reduce::last) add("last");
        if (value.reduce == Reduce::join) add("join with " + quoted(plan_.texts[value.separator]));
        for (std::uint32_t i = value.steps.begin; i < value.steps.end; ++i) add(step_text(plan_, plan_.steps[i]));
        return text;
    }
    Origin origin(const RuleOrigin& rule) const {
        const PlanValue& value = plan_.values[rule.value];
        Origin origin;
        origin.target = parts_.to->path_of(rule.decl);
        origin.target_schema = target_place(*parts_.to, rule.decl);
        origin.file = plan_.file;
        origin.line = rule.at.line;
        origin.column = rule.at.column;
        origin.source = source(value);
        if (value.about != formats::no_decl) origin.source_schema = source_place(*parts_.from, value.about);
        origin.expression = expression(value);
        return origin;
    }
    bool below(DeclId decl, DeclId above) const {
        while (decl != formats::no_decl && decl != above) decl = (*parts_.to)[decl].parent;
        return decl == above;
    }

private:
    const MappingParts& parts_;
    const Plan& plan_;
};

}  // namespace

std::vector<Origin> origins_of(const Mapping& mapping, DeclId target) {
    const MappingParts& parts = parts_of(mapping);
    const Words words(parts);
    std::vector<Origin> origins;
    for (const RuleOrigin& each : parts.origins)
        if (words.below(each.decl, target)) origins.push_back(words.origin(each));
    return origins;
}

std::vector<Origin> values_of(const Mapping& mapping, DeclId target, const formats::Document& source, const Given& given) {
    const MappingParts& parts = parts_of(mapping);
    const Words words(parts);
    std::vector<Rejection> rejections;
    std::vector<formats::Document> out;
    Told told;
    Run run(parts.plan, *parts.to, source, given, rejections);
    run.tell(told);
    run.all(out);
    std::vector<Origin> values;
    if (!rejections.empty()) return values;
    for (Told::Value& each : told.values) {
        const auto rule = std::find_if(parts.origins.begin(), parts.origins.end(), [&](const RuleOrigin& one) { return one.value == each.value; });
        if (rule == parts.origins.end() || !words.below(rule->decl, target)) continue;
        Origin& origin = values.emplace_back(words.origin(*rule));
        origin.value = std::move(each.text);
        origin.output = each.output;
        origin.source_line = static_cast<int>(each.source_line);
        for (const auto& [table, row] : each.rows)
            origin.code_rows.push_back(parts.plan.tables[table]->path() + ":" + std::to_string(row->line) + ": " + quoted(row->from) + " -> " + quoted(row->to));
    }
    return values;
}

}  // namespace hub::mapping
