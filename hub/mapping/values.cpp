// Sources of values and their fit to the target. The steps between are in steps.cpp.
#include "hub/mapping/values.hpp"

#include <algorithm>
#include <array>

#include "hub/formats/json_rules.hpp"
#include "hub/mapping/forms.hpp"

namespace hub::mapping {

using formats::DeclId;
using formats::JsonShape;
using Source = PlanValue::Source;
using Reduce = PlanValue::Reduce;

std::optional<Flow> ValueCompiler::start(const PathText& text, Standpoint from, Place at) {
    const auto path = all_.source_paths.source(text, from.frames, at);
    if (!path) return std::nullopt;
    all_.reads.add(*path, at);
    const auto& declaration = all_.source[path->decl];
    if (declaration.type == nullptr) {
        all_.report.add(at, "TG-M007", describe(all_.source, path->decl) + " has no value of its own", "name a value below it");
        return std::nullopt;
    }
    Flow flow;
    flow.texts.type = declaration.type;
    flow.shape = formats::value_shape(declaration);
    flow.texts.json_number = flow.shape == JsonShape::number;
    // Elsewhere than in text one value has several forms: 1.0 and 1.
    flow.closed = declaration.type->base == formats::Lexical::string && declaration.type->list_item == nullptr && !declaration.type->enumeration.empty();
    if (flow.closed)
        for (const auto& each : declaration.type->enumeration)
            if (!each.empty()) flow.values.push_back(each);
    flow.cases = {facts_.with_text(*path)};
    flow.values_min = path->occurs.min;
    flow.values_max = path->occurs.max;
    flow.from = short_path(all_.source, path->decl);
    flow.plan.source = Source::path;
    flow.plan.path = all_.builder.path(all_.source, *path);
    flow.plan.about = path->decl;
    flow.path = path;
    flow.known = &from.known;
    return flow;
}

std::optional<Flow> ValueCompiler::field(const PathText& path, const std::vector<StepRule>& steps,
                                         Standpoint from, Place at) {
    auto flow = start(path, from, at);
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
    Flow flow;
    flow.from = "the hub's " + rule.value;
    flow.plan.source = Source::given;
    flow.plan.given = static_cast<std::uint8_t>(std::find(names.begin(), names.end(), rule.value) - names.begin());
    flow.texts.form = form_of_given(rule.value);
    // What belongs to a delivery is there on the way out only; a message id depends on the sender.
    const bool outward = all_.program.from.schema.starts_with("canonical/");
    if (rule.value == "message_id" || (!outward && (rule.value == "delivery_key" || rule.value == "recipient")))
        flow.cases = {{all_.logic.soft_atom("given " + rule.value)}};
    reduced_ = false;
    return steps(flow, rule.steps) ? std::optional(std::move(flow)) : std::nullopt;
}

std::optional<Flow> ValueCompiler::piece(const PieceRule& piece, Standpoint from) {
    auto flow = piece.from ? start(*piece.from, from, piece.at) : constant(piece.value, piece.at);
    if (!flow || !steps(*flow, piece.steps)) return std::nullopt;
    if (flow->values_max > 1) {
        all_.report.add(piece.at, "TG-M008", flow->from + " may occur several times in one piece", "add <first/>, <last/> or <join/>");
        return std::nullopt;
    }
    flow->plan.line = static_cast<std::uint32_t>(piece.at.line);
    for (const StepRule& each : piece.steps) {
        if (!is_handler(each)) continue;
        flow->plan.invalid = all_.builder.text(each.text);
        if (each.kind == StepRule::Kind::check) continue;
        flow->plan.absent = flow->plan.invalid;
        flow->cases = {{}};
    }
    return flow;
}

std::optional<Flow> ValueCompiler::text(const Rule& rule, Standpoint from) {
    Flow whole;
    std::vector<Flow> pieces;
    for (const PieceRule& each : rule.pieces)
        if (auto flow = piece(each, from)) pieces.push_back(std::move(*flow));
    if (pieces.size() != rule.pieces.size()) return std::nullopt;
    std::vector<Case> cases;
    std::vector<PieceForm> forms;
    whole.plan.source = Source::pieces;
    whole.plan.text = all_.builder.text(rule.value);
    whole.plan.pieces.begin = static_cast<std::uint32_t>(all_.plan.values.size());
    for (Flow& each : pieces) {
        all_.plan.values.push_back(each.plan);
        forms.push_back({form(each), each.cases != std::vector<Case>{{}}});
        whole.from += (whole.from.empty() ? "" : " + ") + each.from;
        if (each.plan.source == Source::constant) continue;
        if (whole.plan.about == formats::no_decl) whole.plan.about = each.plan.about;
        cases.insert(cases.end(), each.cases.begin(), each.cases.end());
    }
    whole.plan.pieces.end = static_cast<std::uint32_t>(all_.plan.values.size());
    if (whole.plan.about != formats::no_decl) whole.cases = std::move(cases);
    whole.texts.form = form_of_pieces(forms, rule.value);
    reduced_ = false;
    return steps(whole, rule.steps) ? std::optional(std::move(whole)) : std::nullopt;
}

std::string ValueCompiler::form(const Flow& flow) const {
    constexpr std::size_t values_listed_max = 100;
    if (flow.values.size() > values_listed_max) return any_form;
    std::string form = form_of(flow.values);
    if (!flow.closed) form += (form.empty() ? "" : "|") + all_.prover.form(flow.texts);
    return form.empty() ? any_form : form;
}

Shown ValueCompiler::shown(const Flow& flow, DeclId target, std::string witness) const {
    Shown shown;
    if (flow.plan.about != formats::no_decl) shown.related.push_back(source_place(all_.source, flow.plan.about));
    if (target != formats::no_decl) shown.related.push_back(target_place(all_.target, target));
    shown.witness = std::move(witness);
    return shown;
}

/// The values that are known one by one.
void ValueCompiler::check(Flow& flow, DeclId target, Place at) {
    const auto& declaration = all_.target[target];
    const bool one_value = !declaration.fixed.empty();
    bool good = true;
    for (const auto& each : flow.values) {
        auto why = formats::why_invalid(*declaration.type, each);
        if (!why && one_value && each != declaration.fixed) why = "is not its fixed value '" + declaration.fixed + "'";
        if (!why && !has_shape(formats::value_shape(declaration), each)) why = "is not what JSON writes there";
        good = good && !why;
        const bool code = flow.origin == Flow::Origin::code, constant = flow.origin == Flow::Origin::constant || !flow.closed;
        if (!why || (handled_ && !constant)) continue;
        all_.report.add(at, code ? "TG-M021" : constant ? "TG-M022" : "TG-M027",
                        shown_text(each) + " (from " + flow.from + ") is not a value of " + describe(all_.target, target) + ": it " + *why,
                        code ? "correct the table's `to`, or use another table" : constant ? "write a value that the target allows" : "add <code table=/> or <check reject=/>",
                        shown(flow, target, each));
    }
    if (!flow.closed) return;
    if (!good) flow.plan.check = declaration.type;
    ++(good ? all_.counts.proved : all_.counts.handled);
}

/// All others.
void ValueCompiler::check_texts(Flow& flow, DeclId target, Place at) {
    const auto& declaration = all_.target[target];
    if (!declaration.fixed.empty())
        return all_.report.add(at, "TG-M022", describe(all_.target, target) + " has the fixed value '" + declaration.fixed + "'", "write it with <const>", shown(flow, target, {}));
    const Fit fit = all_.prover.fits(flow.texts, *declaration.type);
    if (fit.answer == Fit::Answer::proved) {
        ++all_.counts.proved;
        return;
    }
    flow.plan.check = declaration.type;
    ++(handled_ ? all_.counts.handled : all_.counts.checked);
    if (handled_ || fit.answer == Fit::Answer::undecided) return;
    if (all_.program.rejects_unproved && ++all_.unproved > 0) return;
    if (!declaration.type->enumeration.empty())
        return all_.report.add(at, "TG-M023", describe(all_.target, target) + " allows listed values only, and " + flow.from + " may be " + shown_text(fit.witness),
                               "add <code table=/>, or <check reject=/> or <require reject=/>", shown(flow, target, fit.witness));
    const std::string changed = fit.becomes == fit.witness ? "" : ", of which the steps make " + shown_text(fit.becomes);
    const auto length_max = declaration.type->length_max;
    const bool longer = length_max && declaration.type->list_item == nullptr && formats::characters_of(fit.becomes).size() > *length_max;
    all_.report.add(at, "TG-M033", flow.from + " may be " + shown_text(fit.witness) + changed + ": no value of " + describe(all_.target, target) + ", as it " + fit.why,
                    longer ? "add <truncate length=\"" + std::to_string(*length_max) + "\" reason=/>, or <check reject=/>, or widen the target's type"
                           : "add <check reject=/> or <require reject=/>, or a step that makes it fit, or widen the target's type", shown(flow, target, fit.witness));
}

std::uint32_t ValueCompiler::finish(Flow& flow, DeclId target, const std::vector<StepRule>& steps, Place at) {
    const auto& declaration = all_.target[target];
    const auto handler = std::find_if(steps.begin(), steps.end(), is_handler);
    handled_ = handler != steps.end();
    const bool required = handled_ && handler->kind == StepRule::Kind::require;
    check(flow, target, at);
    if (!flow.closed) check_texts(flow, target, at);
    const JsonShape shape = formats::value_shape(declaration);
    if (!flow.closed && flow.shape != shape) flow.plan.shape = shape;
    flow.plan.invalid = all_.builder.text(handled_ ? handler->text : "value_not_valid");
    if (required) flow.plan.absent = flow.plan.invalid;
    if (required) flow.cases = {{}};
    if (flow.values_max > 1) flow.plan.reduce = Reduce::every;
    flow.plan.line = static_cast<std::uint32_t>(at.line);
    all_.plan.values.push_back(flow.plan);
    return static_cast<std::uint32_t>(all_.plan.values.size() - 1);
}

}  // namespace hub::mapping
