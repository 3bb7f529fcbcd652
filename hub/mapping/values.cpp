// Sources of values and their fit to the target. The steps between are in steps.cpp.
#include "hub/mapping/values.hpp"

#include <algorithm>
#include <array>

#include "hub/mapping/types.hpp"

namespace hub::mapping {

using formats::DeclId;
using formats::SimpleType;
using Source = PlanValue::Source;
using Reduce = PlanValue::Reduce;

std::optional<Flow> ValueCompiler::start(const PathText& text, const std::vector<Frame>& frames, Place at) {
    const auto path = all_.source_paths.source(text, frames, at);
    if (!path) return std::nullopt;
    all_.reads.add(*path, at);
    const auto& declaration = all_.source[path->decl];
    if (declaration.type == nullptr) {
        all_.report.add(at, "TG-M007", describe(all_.source, path->decl) + " has no value of its own", "name a value below it");
        return std::nullopt;
    }
    Flow flow;
    flow.type = declaration.type;
    flow.shape = declaration.json;
    flow.closed = !declaration.type->enumeration.empty();
    for (const auto& each : declaration.type->enumeration)
        if (!each.empty()) flow.values.push_back(each);
    flow.cases = {facts_.with_text(*path)};
    flow.values_max = path->occurs.max;
    flow.from = short_path(all_.source, path->decl);
    flow.plan.source = Source::path;
    flow.plan.path = all_.builder.path(all_.source, *path);
    flow.plan.about = path->decl;
    return flow;
}

std::optional<Flow> ValueCompiler::field(const PathText& path, const std::vector<StepRule>& steps,
                                         const std::vector<Frame>& frames, Place at) {
    auto flow = start(path, frames, at);
    return flow && this->steps(*flow, steps) ? std::move(flow) : std::nullopt;
}

std::optional<Flow> ValueCompiler::constant(const std::string& value, Place at) {
    if (value.empty()) {
        all_.report.add(at, "TG-M022", "an empty constant is no value", "remove the rule, or give a value");
        return std::nullopt;
    }
    Flow flow;
    flow.closed = true;
    flow.values = {value};
    flow.origin = Flow::Origin::constant;
    flow.from = "'" + value + "'";
    flow.plan.source = Source::constant;
    flow.plan.text = all_.builder.text(value);
    return flow;
}

std::optional<Flow> ValueCompiler::given(const Rule& rule) {
    static constexpr std::array<std::string_view, 6> names{"record_id", "delivery_key", "received_at", "sender", "recipient", "message_id"};
    static const SimpleType instant = [] {
        SimpleType type;
        type.base = formats::Lexical::date_time;
        return type;
    }();
    Flow flow;
    flow.from = "the hub's " + rule.value;
    flow.plan.source = Source::given;
    flow.plan.given = static_cast<std::uint8_t>(std::find(names.begin(), names.end(), rule.value) - names.begin());
    if (rule.value == "received_at") flow.type = &instant;
    // The others are there on every way; these depend on the direction and the sender.
    if (rule.value == "delivery_key" || rule.value == "recipient" || rule.value == "message_id")
        flow.cases = {{all_.logic.soft_atom("given " + rule.value)}};
    reduced_ = false;
    return steps(flow, rule.steps) ? std::optional(std::move(flow)) : std::nullopt;
}

std::optional<Flow> ValueCompiler::piece(const PieceRule& piece, const std::vector<Frame>& frames) {
    auto flow = piece.from ? start(*piece.from, frames, piece.at) : constant(piece.value, piece.at);
    if (!flow || !steps(*flow, piece.steps)) return std::nullopt;
    if (flow->values_max > 1) {
        all_.report.add(piece.at, "TG-M008", flow->from + " may occur several times in one piece", "add <first/>, <last/> or <join/>");
        return std::nullopt;
    }
    flow->plan.line = static_cast<std::uint32_t>(piece.at.line);
    for (const StepRule& each : piece.steps) {
        if (each.kind != StepRule::Kind::require) continue;
        flow->plan.absent = all_.builder.text(each.text);
        flow->cases = {{}};
    }
    return flow;
}

std::optional<Flow> ValueCompiler::text(const Rule& rule, const std::vector<Frame>& frames) {
    Flow whole;
    std::vector<Flow> pieces;
    for (const PieceRule& each : rule.pieces)
        if (auto flow = piece(each, frames)) pieces.push_back(std::move(*flow));
    if (pieces.size() != rule.pieces.size()) return std::nullopt;
    std::vector<Case> cases;
    whole.plan.source = Source::pieces;
    whole.plan.text = all_.builder.text(rule.value);
    whole.plan.pieces.begin = static_cast<std::uint32_t>(all_.plan.values.size());
    for (Flow& each : pieces) {
        all_.plan.values.push_back(each.plan);
        whole.from += (whole.from.empty() ? "" : " + ") + each.from;
        if (each.plan.source == Source::constant) continue;
        if (whole.plan.about == formats::no_decl) whole.plan.about = each.plan.about;
        cases.insert(cases.end(), each.cases.begin(), each.cases.end());
    }
    whole.plan.pieces.end = static_cast<std::uint32_t>(all_.plan.values.size());
    if (whole.plan.about != formats::no_decl) whole.cases = std::move(cases);
    reduced_ = false;
    return steps(whole, rule.steps) ? std::optional(std::move(whole)) : std::nullopt;
}

void ValueCompiler::check(Flow& flow, DeclId target, bool required, Place at) {
    const auto& declaration = all_.target[target];
    const SimpleType& type = *declaration.type;
    const bool one_value = !declaration.fixed.empty();
    for (const auto& each : flow.values) {
        auto why = formats::why_invalid(type, each);
        if (!why && one_value && each != declaration.fixed) why = "is not its fixed value '" + declaration.fixed + "'";
        if (!why && !has_shape(declaration.json, each)) why = "is not what JSON writes there";
        const bool code = flow.origin == Flow::Origin::code, constant = flow.origin == Flow::Origin::constant || !flow.closed;
        if (!why || (required && !constant)) continue;
        all_.report.add(at, code ? "TG-M021" : constant ? "TG-M022" : "TG-M027",
                        "'" + each + "' (from " + flow.from + ") is not a value of " + describe(all_.target, target) + ": it " + *why,
                        code ? "correct the table's `to`, or use another table" : constant ? "write a value that the target allows" : "add <code table=/> or <require reject=/>");
    }
    if (!flow.closed && one_value)
        all_.report.add(at, "TG-M022", describe(all_.target, target) + " has the fixed value '" + declaration.fixed + "'", "write it with <const>");
    if (!flow.closed && !type.enumeration.empty() && !required)
        all_.report.add(at, "TG-M023", describe(all_.target, target) + " allows listed values only, and " + flow.from + " may be any text",
                        "add <code table=/> or <require reject=/>");
}

std::uint32_t ValueCompiler::finish(Flow& flow, DeclId target, const std::vector<StepRule>& steps, Place at) {
    const auto& declaration = all_.target[target];
    const auto require = std::find_if(steps.begin(), steps.end(), [](const StepRule& each) { return each.kind == StepRule::Kind::require; });
    const bool required = require != steps.end();
    check(flow, target, required, at);
    const SimpleType& type = *declaration.type;
    const bool shaped = declaration.json == formats::JsonShape::number || declaration.json == formats::JsonShape::boolean;
    const bool fitting = flow.closed ? !required : takes_any_text(type) || (flow.type != nullptr && fits(*flow.type, type));
    if (!fitting || (shaped && !flow.closed && flow.shape != declaration.json)) {
        flow.plan.check = &type;
        flow.plan.shape = declaration.json;
        ++all_.counts.checked;
    }
    flow.plan.invalid = all_.builder.text(required ? require->text : "value_not_valid");
    if (required) flow.plan.absent = flow.plan.invalid;
    if (required) flow.cases = {{}};
    if (flow.values_max > 1) flow.plan.reduce = Reduce::every;
    flow.plan.line = static_cast<std::uint32_t>(at.line);
    all_.plan.values.push_back(flow.plan);
    return static_cast<std::uint32_t>(all_.plan.values.size() - 1);
}

}  // namespace hub::mapping
