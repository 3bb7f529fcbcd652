// Values at run time: where they come from, the steps, and the check against the target's type.
//
// A value is a view: into the source document while no step has changed it, else into one of two buffers, each step
// reading one and writing the other.
#include <algorithm>
#include <array>

#include "hub/mapping/local_time.hpp"
#include "hub/mapping/run.hpp"
#include "hub/mapping/text_steps.hpp"
#include "hub/mapping/types.hpp"

namespace hub::mapping {

using formats::no_node;
using formats::NodeId;
using Reduce = PlanValue::Reduce;
using Source = PlanValue::Source;

namespace {

std::string_view given_text(const Given& given, std::uint8_t index) {
    const std::array<std::string_view, 6> texts{given.record_id, given.delivery_key, given.received_at, given.sender, given.recipient, given.message_id};
    return texts[index];
}

bool may_reject(PlanStep::Kind kind) {
    return kind == PlanStep::Kind::code || kind == PlanStep::Kind::date || kind == PlanStep::Kind::zone || kind == PlanStep::Kind::local ||
           kind == PlanStep::Kind::extract;
}

}  // namespace

std::string& Values::spare(std::string_view text) {
    const bool first_in_use = text.data() >= buffers_[0].data() && text.data() <= buffers_[0].data() + buffers_[0].size();
    std::string& buffer = buffers_[first_in_use ? 1 : 0];
    buffer.clear();
    return buffer;
}

void Values::reject(std::uint32_t code, formats::DeclId about, std::uint32_t line_of_rule, std::string_view what) {
    rejected_ = true;
    if (rejections_.size() >= rejections_max) return;
    const auto& plan = reading_.plan;
    std::string text = about == formats::no_decl ? "a value of the hub's own" : reading_.source.schema().path_of(about);
    text += " ";
    text += what;
    text += " (" + plan.file + ":" + std::to_string(line_of_rule) + ")";
    rejections_.push_back({plan.texts[code], std::move(text), static_cast<int>(line_)});
}

void Values::absent(const PlanValue& value) {
    if (value.absent == none || rejected_) return;
    if (line_ == 0 && value.path != none) line_ = frame_line(value);
    reject(value.absent, value.about, value.line, "has no value");
}

// --- steps

bool Values::code(const PlanStep& step, const PlanValue& value, std::string_view& text) {
    const auto* row = reading_.plan.tables[step.table]->find(text, reading_.day);
    if (row != nullptr) {
        if (reading_.told != nullptr) reading_.told->rows.emplace_back(step.table, row);
        text = row->to;
    } else if (step.reject != none) {
        reject(step.reject, value.about, value.line, "is not in the code table '" + reading_.plan.table_names[step.table] + "' on the day");
        return false;
    } else if (!step.keep) {
        text = reading_.plan.texts[step.text];
    }
    return true;
}

bool Values::write(const DateParts& parts, const PlanStep& step, std::string_view& text) {
    std::string& into = spare(text);
    write_date(parts, reading_.plan.texts[step.other], into);
    text = into;
    return true;
}

bool Values::date(const PlanStep& step, const PlanValue& value, std::string_view& text) {
    const DateParts parts = read_date(text, reading_.plan.texts[step.text]);
    if (!parts.valid) {
        reject(step.reject, value.about, value.line, "is not a date of the form '" + reading_.plan.texts[step.text] + "'");
        return false;
    }
    return write(parts, step, text);
}

bool Values::local(const PlanStep& step, const PlanValue& value, std::string_view& text) {
    const DateParts parts = is_instant(text) ? reading_.plan.clocks[step.table]->at(text) : DateParts{};
    if (!parts.valid) {
        reject(step.reject, value.about, value.line, "is not an instant on the clocks of '" + reading_.plan.table_names[step.table] + "'");
        return false;
    }
    return write(parts, step, text);
}

bool Values::zone(const PlanStep& step, const PlanValue& value, std::string_view& text) {
    if (is_instant(text)) return true;
    const auto* row = is_local_time(text) ? reading_.plan.tables[step.table]->last_up_to(text) : nullptr;
    if (row == nullptr || row->to.empty()) {
        reject(step.reject, value.about, value.line, "is not a date and time on the clocks of '" + reading_.plan.table_names[step.table] + "'");
        return false;
    }
    std::string& into = spare(text);
    into.append(text).append(row->to);
    text = into;
    return true;
}

bool Values::extract(const PlanStep& step, const PlanValue& value, std::string_view& text) {
    const Extract& pattern = *reading_.plan.extracts[step.table];
    if (const auto found = pattern.found(text)) {
        text = *found;
    } else if (step.reject != none) {
        reject(step.reject, value.about, value.line, "is not of the form \"" + pattern.pattern() + "\"");
        return false;
    } else {
        text = step.text == none ? std::string_view() : std::string_view(reading_.plan.texts[step.text]);
    }
    return true;
}

void Values::change(const PlanStep& step, std::string_view& text) {
    if (step.kind == PlanStep::Kind::trim) text = trimmed(text);
    else if (step.kind == PlanStep::Kind::substring) text = characters(text, step.from, step.length);
    else {
        std::string& into = spare(text);
        const std::string_view other = step.text == none ? std::string_view() : reading_.plan.texts[step.text];
        if (step.kind == PlanStep::Kind::prepend) into.append(other).append(text);
        else if (step.kind == PlanStep::Kind::append) into.append(text).append(other);
        else if (step.kind == PlanStep::Kind::remove) append_without(text, other, into);
        else if (step.kind == PlanStep::Kind::pad) append_padded(text, other, step.length, step.in_front, into);
        else append_in_case(text, step.kind == PlanStep::Kind::upper, into);
        text = into;
    }
}

bool Values::run_steps(Range steps, const PlanValue& value, std::string_view& text) {
    for (std::uint32_t i = steps.begin; i < steps.end; ++i) {
        const PlanStep& step = reading_.plan.steps[i];
        if (step.kind == PlanStep::Kind::default_value) {
            if (text.empty()) text = reading_.plan.texts[step.text];
        } else if (text.empty()) {
            continue;
        } else if (may_reject(step.kind)) {
            const bool done = step.kind == PlanStep::Kind::code   ? code(step, value, text)
                              : step.kind == PlanStep::Kind::date ? date(step, value, text)
                              : step.kind == PlanStep::Kind::zone ? zone(step, value, text)
                              : step.kind == PlanStep::Kind::extract ? extract(step, value, text)
                                                                     : local(step, value, text);
            if (done) continue;
            text = {};
            return false;
        } else {
            change(step, text);
        }
    }
    return true;
}

// --- sources

std::string_view Values::joined(const PlanValue& value) {
    joined_.clear();
    bool any = false;
    Matches matches = reading_.matches(value.path);
    for (NodeId node = matches.next(); node != no_node; node = matches.next()) {
        std::string_view text = reading_.source.text(node);
        line_ = reading_.source[node].line;
        if (!run_steps(value.each_steps, value, text)) return {};
        if (text.empty()) continue;
        if (any) joined_ += reading_.plan.texts[value.separator];
        joined_ += text;
        any = true;
    }
    return joined_;
}

std::string_view Values::from_path(const PlanValue& value) {
    if (value.reduce == Reduce::join) return joined(value);
    if (value.reduce == Reduce::single) {
        const NodeId node = reading_.first(value.path);
        if (node == no_node) return {};
        line_ = reading_.source[node].line;
        return reading_.source.text(node);
    }
    std::string_view found;
    Matches matches = reading_.matches(value.path);
    for (NodeId node = matches.next(); node != no_node; node = matches.next()) {
        std::string_view text = reading_.source.text(node);
        line_ = reading_.source[node].line;
        if (!run_steps(value.each_steps, value, text)) return {};
        if (text.empty()) continue;
        found = text;
        if (value.reduce != Reduce::last) break;
        if (value.each_steps.empty()) continue;
        joined_.assign(text);  // a later one may reuse the buffer
        found = joined_;
    }
    return found;
}

std::string_view Values::from_pieces(const PlanValue& value) {
    std::string whole = std::move(pieces_);  // pieces are values themselves and must not find it
    whole.clear();
    bool sourced = false, only_constants = true, any = false;
    for (std::uint32_t i = value.pieces.begin; i < value.pieces.end && !rejected_; ++i) {
        const PlanValue& piece = reading_.plan.values[i];
        std::string_view text = raw(piece);
        if (!rejected_ && run_steps(piece.steps, piece, text) && text.empty()) absent(piece);
        only_constants = only_constants && piece.source == Source::constant;
        sourced = sourced || (piece.source != Source::constant && !text.empty());
        if (text.empty()) continue;
        if (any) whole += reading_.plan.texts[value.text];
        whole += text;
        any = true;
    }
    pieces_ = std::move(whole);
    return sourced || only_constants ? std::string_view(pieces_) : std::string_view();
}

std::string_view Values::raw(const PlanValue& value) {
    switch (value.source) {
        case Source::path: return from_path(value);
        case Source::constant: return reading_.plan.texts[value.text];
        case Source::given: return given_text(given_, value.given);
        case Source::pieces: break;
    }
    return from_pieces(value);
}

std::string_view Values::checked(const PlanValue& value, std::string_view text) {
    if (text.empty()) return text;
    if (value.shape == formats::JsonShape::number || value.shape == formats::JsonShape::boolean) text = as_json(value.shape, text, shaped_);
    if (value.check == nullptr) return text;
    if (!formats::why_invalid(*value.check, text) && has_shape(value.shape, text)) return text;
    reject(value.invalid, value.about, value.line, "is not valid where it is to go");
    return {};
}

std::string_view Values::one(const PlanValue& value) {
    rejected_ = false;
    line_ = 0;
    std::string_view text = raw(value);
    if (rejected_ || !run_steps(value.steps, value, text)) return {};
    if (text.empty()) absent(value);
    return checked(value, text);
}

std::string_view Values::of_node(const PlanValue& value, NodeId node) {
    rejected_ = false;
    std::string_view text;
    if (node != no_node) text = reading_.source.text(node);
    line_ = node != no_node ? reading_.source[node].line : 0U;
    return run_steps(value.steps, value, text) ? checked(value, text) : std::string_view();
}

/// Where to look when the value itself is not there: its context.
std::uint32_t Values::frame_line(const PlanValue& value) const {
    const NodeId frame = reading_.frames[reading_.plan.paths[value.path].frame];
    return frame == no_node ? 0U : static_cast<std::uint32_t>(reading_.source[frame].line);
}

}  // namespace hub::mapping
