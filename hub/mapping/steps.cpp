// The steps of a value, compiled: what each does to what is known about the value.
#include <algorithm>
#include <set>

#include "hub/mapping/forms.hpp"
#include "hub/mapping/local_time.hpp"
#include "hub/mapping/text_steps.hpp"
#include "hub/mapping/values.hpp"

namespace hub::mapping {

using Kind = StepRule::Kind;
using Missing = StepRule::Missing;
using Reduce = PlanValue::Reduce;

namespace {

PlanStep::Kind plan_kind(Kind kind) {
    switch (kind) {
        case Kind::code: return PlanStep::Kind::code;
        case Kind::date: return PlanStep::Kind::date;
        case Kind::substring: case Kind::truncate: return PlanStep::Kind::substring;
        case Kind::upper: return PlanStep::Kind::upper;
        case Kind::lower: return PlanStep::Kind::lower;
        case Kind::remove: return PlanStep::Kind::remove;
        case Kind::prepend: return PlanStep::Kind::prepend;
        case Kind::append: return PlanStep::Kind::append;
        case Kind::default_value: return PlanStep::Kind::default_value;
        case Kind::zone: return PlanStep::Kind::zone;
        case Kind::local: return PlanStep::Kind::local;
        case Kind::extract: return PlanStep::Kind::extract;
        case Kind::pad: return PlanStep::Kind::pad;
        case Kind::trim: case Kind::first: case Kind::last: case Kind::join: case Kind::require: case Kind::check: break;
    }
    return PlanStep::Kind::trim;
}

/// From here on a value is a text of this form, whatever it came from.
void becomes(Flow& flow, std::string form) {
    flow.texts = {};
    flow.texts.form = std::move(form);
    flow.closed = false;
    flow.values.clear();
    flow.shape = formats::JsonShape::string;
}

TextChange::Kind change_kind(const StepRule& step) {
    switch (step.kind) {
        case Kind::pad: return step.in_front ? TextChange::Kind::pad_left : TextChange::Kind::pad_right;
        case Kind::upper: return TextChange::Kind::upper;
        case Kind::lower: return TextChange::Kind::lower;
        case Kind::remove: return TextChange::Kind::remove;
        case Kind::prepend: return TextChange::Kind::prepend;
        case Kind::append: return TextChange::Kind::append;
        case Kind::substring: case Kind::truncate: return TextChange::Kind::substring;
        default: return TextChange::Kind::trim;
    }
}

/// The texts that the table has a row for on every day, as a form; empty when there are too many to ask about.
std::string form_of_covered(const CodeTable& table) {
    constexpr std::size_t rows_asked_about_max = 1'000;
    std::vector<std::string> covered;
    if (table.rows().size() > rows_asked_about_max) return {};
    for (const auto& row : table.rows())
        if (!row.from.empty() && table.covers(row.from)) covered.push_back(row.from);
    return form_of(covered);
}

}  // namespace

std::string why_no_picture(std::string_view picture, std::string& parts) {
    static constexpr std::string_view letters = "yMdHms";
    for (std::size_t at = 0; at < picture.size();) {
        const char letter = picture[at];
        std::size_t run = 1;
        while (at + run < picture.size() && picture[at + run] == letter) ++run;
        if (std::string_view("YDhSaG").find(letter) != std::string_view::npos)
            return std::string("'") + letter + "' is not a part of dates: the parts are yyyy MM dd HH mm ss";
        if (letters.find(letter) != std::string_view::npos) {
            if (run != (letter == 'y' ? 4U : 2U)) return "'" + std::string(run, letter) + "' is not a part of dates: the parts are yyyy MM dd HH mm ss";
            if (parts.find(letter) != std::string::npos) return "'" + std::string(run, letter) + "' stands twice";
            parts += letter;
        }
        at += run;
    }
    return parts.empty() ? "it has none of yyyy MM dd HH mm ss" : "";
}

void ValueCompiler::may_become_empty(Flow& flow, const StepRule& step) {
    const Atom kept = all_.logic.soft_atom("kept " + std::to_string(step.at.line) + ":" + std::to_string(step.at.column));
    for (Case& each : flow.cases) each = both(each, {kept});
}

void ValueCompiler::images(Flow& flow, const StepRule& step, const CodeTable& table) {
    std::set<std::string> images;
    const bool all_known = flow.closed && step.missing == Missing::keep;
    if (flow.closed) {
        for (const auto& each : flow.values) {
            for (const auto& row : table.rows())
                if (row.from == each) images.insert(row.to);
            if (all_known && !table.covers(each)) images.insert(each);
        }
    } else {
        for (const auto& row : table.rows()) images.insert(row.to);
    }
    if (step.missing == Missing::replace) images.insert(step.other);
    if (step.missing == Missing::keep && !flow.closed) {
        TextChange keep;
        keep.kind = TextChange::Kind::keep;
        keep.table = &table;
        flow.texts.changes.push_back(std::move(keep));
        flow.shape = formats::JsonShape::string;
    } else {
        flow.closed = true;
    }
    flow.values.assign(images.begin(), images.end());
    flow.origin = Flow::Origin::code;
    if (images.count("") == 0) return;
    flow.values.erase(flow.values.begin());
    may_become_empty(flow, step);
}

/// What the value may be that the table does not have on every day, as messages list it; empty: nothing.
std::string ValueCompiler::uncovered(const Flow& flow, const StepRule& step, const CodeTable& table, std::string& witness) const {
    const Case tested = flow.path ? facts_.in_codes(*flow.path, step.text) : Case{};
    if (!tested.empty() && includes(*flow.known, tested)) return {};
    std::string listed;
    const std::string covered = flow.closed ? "" : form_of_covered(table);
    const Fit fit = covered.empty() ? Fit{} : all_.prover.fits(flow.texts, covered);
    if (!flow.closed && fit.answer != Fit::Answer::proved) listed = fit.answer == Fit::Answer::refuted ? shown_text(fit.becomes) : "other texts";
    witness = fit.witness;
    for (const auto& each : flow.values)
        if (!table.covers(each)) listed += (listed.empty() ? "" : ", ") + shown_text(each);
    return listed;
}

bool ValueCompiler::code(Flow& flow, const StepRule& step, PlanStep& plan) {
    plan.table = all_.builder.table(step.text, all_.codes, all_.report, step.at);
    if (plan.table == none) return false;
    const CodeTable& table = *all_.plan.tables[plan.table];
    std::string witness;
    const std::string missing = uncovered(flow, step, table, witness);
    if (step.missing == Missing::unstated && !missing.empty()) {
        all_.report.add(step.at, "TG-M020", "the code table '" + step.text + "' (" + table.path() + ") does not have, on every day, what " +
                        flow.from + " may be: " + missing, "add rows, or say what is to happen: default, reject or keep", shown(flow, formats::no_decl, witness));
        return false;
    }
    images(flow, step, table);
    flow.from += " by codes '" + step.text + "'";
    plan.keep = step.missing == Missing::keep;
    if (step.missing == Missing::replace) plan.text = all_.builder.text(step.other);
    else if (!plan.keep) plan.reject = all_.builder.text(step.missing == Missing::reject ? step.reject : "code_not_in_table");
    ++all_.counts.tables;
    return true;
}

bool ValueCompiler::date(Flow& flow, const StepRule& step, PlanStep& plan) {
    std::string from, to;
    std::string why = why_no_picture(step.text, from);
    if (why.empty()) why = why_no_picture(step.other, to);
    if (why.empty() && std::any_of(to.begin(), to.end(), [&](char each) { return from.find(each) == std::string::npos; }))
        why = "'" + step.other + "' asks for parts that '" + step.text + "' does not have";
    if (!why.empty()) {
        all_.report.add(step.at, "TG-M024", "the pictures of a date are not understood: " + why, "write them like yyyy-MM-dd or dd/MM/yyyy HH:mm");
        return false;
    }
    date_fits(flow, step);
    plan.text = all_.builder.text(step.text);
    plan.other = all_.builder.text(step.other);
    plan.reject = all_.builder.text(handled_ ? handler_ : "date_not_valid");
    return true;
}

bool ValueCompiler::offsets(const StepRule& step, PlanStep& plan) {
    plan.table = all_.builder.table(step.text, all_.codes, all_.report, step.at);
    if (plan.table == none) return false;
    const CodeTable& table = *all_.plan.tables[plan.table];
    for (const auto& row : table.rows()) {
        if (row.undated() && is_local_time(row.from) && (row.to.empty() || is_offset(row.to))) continue;
        all_.report.add(step.at, "TG-M060", "the table '" + step.text + "' (" + table.path() + ":" + std::to_string(row.line) + ") does not say from which local time on which offset holds",
                        "write rows without dates like from=\"2026-03-29T02:00:00\" to=\"+01:00\", or to=\"Z\", or to=\"\" where there is no such time");
        return false;
    }
    plan.reject = all_.builder.text(handled_ ? handler_ : "date_not_valid");
    return true;
}

/// What the step cannot read it rejects, what it can gets this form.
void ValueCompiler::timed(Flow& flow, bool sure, std::string form) {
    if (!sure) ++(handled_ ? all_.counts.handled : all_.counts.checked);
    becomes(flow, std::move(form));
}

bool ValueCompiler::zone(Flow& flow, const StepRule& step, PlanStep& plan) {
    if (!offsets(step, plan)) return false;
    // An hour that the clocks skip is in no table, so nothing without an offset is sure to be read.
    timed(flow, !flow.closed && all_.prover.fits(flow.texts, instant_form()).answer == Fit::Answer::proved, instant_form());
    return true;
}

bool ValueCompiler::local(Flow& flow, const StepRule& step, PlanStep& plan) {
    if (!offsets(step, plan)) return false;
    std::string parts;
    if (const std::string why = why_no_picture(step.other, parts); !why.empty()) {
        all_.report.add(step.at, "TG-M024", "the picture of a date is not understood: " + why, "write it like yyyy-MM-dd or dd/MM/yyyy HH:mm");
        return false;
    }
    all_.plan.clocks.resize(all_.plan.tables.size());
    auto& clocks = all_.plan.clocks[plan.table];
    if (!clocks) clocks = std::make_shared<const Clocks>(*all_.plan.tables[plan.table]);
    // A table begins and ends some day: no instant is sure to stand in it.
    timed(flow, false, date_form(step.other));
    plan.other = all_.builder.text(step.other);
    return true;
}

/// What is no date of the first picture is rejected; what is one gets the second's form.
void ValueCompiler::date_fits(Flow& flow, const StepRule& step) {
    const auto is_date = [&](const std::string& text) { return read_date(text, step.text).valid; };
    const auto bad = std::find_if_not(flow.values.begin(), flow.values.end(), is_date);
    Fit fit;
    if (!flow.closed) fit = all_.prover.fits(flow.texts, date_form(step.text));
    if (bad != flow.values.end()) fit = {Fit::Answer::refuted, *bad, *bad, ""};
    else if (flow.closed) fit.answer = Fit::Answer::proved;
    if (fit.answer != Fit::Answer::proved) ++(handled_ ? all_.counts.handled : all_.counts.checked);
    if (fit.answer == Fit::Answer::refuted && !handled_ && all_.program.rejects_unproved) ++all_.unproved;
    else if (fit.answer == Fit::Answer::refuted && !handled_)
        all_.report.add(step.at, "TG-M034", flow.from + " may be " + shown_text(fit.becomes) + ", which is no date of the form '" + step.text + "'",
                        "add <check reject=/>: a record with such a value is then rejected; or give the source a type that says its form", shown(flow, formats::no_decl, fit.witness));
    if (!flow.closed) return becomes(flow, date_form(step.other));
    std::vector<std::string> dates;
    for (const auto& each : flow.values)
        if (is_date(each)) write_date(read_date(each, step.text), step.other, dates.emplace_back());
    flow.values = std::move(dates);
}

/// What the value may be is always of the pattern's form, or it is said what happens; otherwise there is a problem.
void ValueCompiler::extracts_all(Flow& flow, const StepRule& step, const Extract& pattern) {
    if (step.missing != Missing::unstated) return;
    Fit fit{Fit::Answer::proved, {}, {}, {}};
    if (!flow.closed) fit = all_.prover.fits(flow.texts, pattern.pattern());
    if (!flow.closed && fit.answer == Fit::Answer::proved) fit = all_.prover.fits(flow.texts, "[\\s\\S]{0," + std::to_string(extract_characters_max) + "}");
    for (const auto& each : flow.values)
        if (!pattern.found(each)) fit = {Fit::Answer::refuted, each, each, ""};
    if (fit.answer == Fit::Answer::proved) return;
    ++(handled_ ? all_.counts.handled : all_.counts.checked);
    if (handled_ || fit.answer == Fit::Answer::undecided) return;
    if (all_.program.rejects_unproved && ++all_.unproved > 0) return;
    all_.report.add(step.at, "TG-M048", flow.from + " may be " + shown_text(fit.becomes) + ", which is not of the form \"" + step.text + "\"",
                    "say what is to happen then: default, reject or absent; or add <check reject=/>; or give the source a type that says its form", shown(flow, formats::no_decl, fit.witness));
}

bool ValueCompiler::extract(Flow& flow, const StepRule& step, PlanStep& plan) {
    std::string why;
    const auto pattern = Extract::of(step.text, all_.prover, why);
    if (!pattern) {
        all_.report.add(step.at, "TG-M047", "the pattern \"" + step.text + "\" is not understood: " + why, "write one like \"No ([0-9]+) of .*\"");
        return false;
    }
    if (step.missing == Missing::replace && step.other.empty()) return all_.report.add(step.at, "TG-M022", "an empty default is no value", "write absent=\"yes\", or give a value"), false;
    extracts_all(flow, step, *pattern);
    std::vector<std::string> values;
    for (const auto& each : flow.values)
        if (const auto found = pattern->found(each); found && !found->empty()) values.emplace_back(*found);
    if (!flow.closed) becomes(flow, pattern->group());
    flow.values = std::move(values);
    flow.shape = formats::JsonShape::string;
    if (step.missing == Missing::replace) flow.values.push_back(step.other);
    if (step.missing == Missing::absent || pattern->may_be_nothing()) may_become_empty(flow, step);
    if (step.missing == Missing::replace) plan.text = all_.builder.text(step.other);
    else if (step.missing != Missing::absent) plan.reject = all_.builder.text(step.missing == Missing::reject ? step.reject : handled_ ? handler_ : "value_not_valid");
    plan.table = static_cast<std::uint32_t>(all_.plan.extracts.size());
    all_.plan.extracts.push_back(pattern);
    return true;
}

/// A step that looks at nothing but the text.
void ValueCompiler::change(Flow& flow, const StepRule& step) {
    TextChange change;
    change.kind = change_kind(step);
    change.text = step.text;
    change.from = step.from;
    change.length = step.length;
    std::vector<std::string> values;
    for (const auto& each : flow.values)
        if (std::string result = changed({change}, each); !result.empty()) values.push_back(std::move(result));
    flow.values = std::move(values);
    flow.shape = formats::JsonShape::string;
    flow.texts.changes.push_back(std::move(change));
    if (step.kind == Kind::trim || step.kind == Kind::remove || (step.kind == Kind::substring && step.from > 1)) may_become_empty(flow, step);
}

bool ValueCompiler::reduce(Flow& flow, const StepRule& step) {
    if (reduced_) {
        all_.report.add(step.at, "TG-M025", "several values become one only once", "keep one of first, last and join");
        return false;
    }
    reduced_ = true;
    flow.plan.reduce = step.kind == Kind::first ? Reduce::first : step.kind == Kind::last ? Reduce::last : Reduce::join;
    if (step.kind == Kind::join) {
        flow.plan.separator = all_.builder.text(step.text);
        if (flow.values_max > 1) becomes(flow, form_of_join(form(flow), step.text, flow.values_max));
    }
    flow.values_max = 1;
    flow.plan.each_steps = flow.plan.steps;
    flow.plan.steps.begin = flow.plan.steps.end;
    return true;
}

bool ValueCompiler::step(Flow& flow, const StepRule& step) {
    if (is_handler(step)) return true;  // looked at by finish()
    if (step.kind == Kind::first || step.kind == Kind::last || step.kind == Kind::join) return reduce(flow, step);
    PlanStep plan;
    plan.kind = plan_kind(step.kind);
    plan.from = step.from;
    plan.length = step.length;
    plan.in_front = step.in_front;
    if (step.kind == Kind::extract && !extract(flow, step, plan)) return false;
    if (step.kind == Kind::code && !code(flow, step, plan)) return false;
    if (step.kind == Kind::date && !date(flow, step, plan)) return false;
    if (step.kind == Kind::zone && !zone(flow, step, plan)) return false;
    if (step.kind == Kind::local && !local(flow, step, plan)) return false;
    if (step.kind == Kind::remove || step.kind == Kind::prepend || step.kind == Kind::append || step.kind == Kind::default_value || step.kind == Kind::pad)
        plan.text = all_.builder.text(step.text);
    if (step.kind == Kind::default_value) {
        if (step.text.empty()) return all_.report.add(step.at, "TG-M022", "an empty default is no value", "give a value"), false;
        flow.values.push_back(step.text);
        flow.cases = {{}};
        flow.from += " or '" + step.text + "'";
    } else if (step.kind != Kind::code && step.kind != Kind::date && step.kind != Kind::zone && step.kind != Kind::local && step.kind != Kind::extract) {
        change(flow, step);
    }
    flow.path.reset();
    all_.plan.steps.push_back(plan);
    flow.plan.steps.end = static_cast<std::uint32_t>(all_.plan.steps.size());
    return true;
}

bool ValueCompiler::steps(Flow& flow, const std::vector<StepRule>& steps) {
    if (std::count_if(steps.begin(), steps.end(), is_handler) > 1) {
        all_.report.add(steps.back().at, "TG-M025", "a value is required or checked only once", "keep one <require> or <check>");
        return false;
    }
    reduced_ = false;
    const auto handler = std::find_if(steps.begin(), steps.end(), is_handler);
    handled_ = handler != steps.end();
    handler_ = handled_ ? handler->text : std::string();
    flow.plan.steps.begin = flow.plan.steps.end = static_cast<std::uint32_t>(all_.plan.steps.size());
    return std::all_of(steps.begin(), steps.end(), [&](const StepRule& each) { return step(flow, each); });
}

}  // namespace hub::mapping
