// Facet by facet where that is enough; else a search through the two as machines.
#include "hub/mapping/types.hpp"

#include <algorithm>
#include <functional>

#include "hub/mapping/forms.hpp"

namespace hub::mapping {

namespace {

using formats::JsonShape;
using formats::Lexical;
using formats::SimpleType;

template <class T>
bool at_most(const std::optional<T>& from, const std::optional<T>& to) {
    return !to || (from && *from <= *to);
}

bool same_or_free(const std::optional<std::string>& from, const std::optional<std::string>& to) { return !to || from == to; }

bool base_fits(Lexical from, Lexical to) {
    const bool octets = from == Lexical::hex || from == Lexical::base64;  // their lengths are not in characters
    return from == to || (to == Lexical::string && !octets) || (from == Lexical::integer && to == Lexical::decimal);
}

bool lengths_fit(const SimpleType& from, const SimpleType& to) {
    // Collapsing space may shorten a value, even to nothing.
    if (to.length_min && to.whitespace > from.whitespace) return false;
    return at_most(from.length_max, to.length_max) && (!to.length_min || *to.length_min <= std::max(from.length_min.value_or(0), 1U));
}

bool is_simple(const SimpleType& type) { return type.list_item == nullptr && type.members.empty(); }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

bool is_json_number(std::string_view text) {
    if (!text.empty() && text[0] == '-') text.remove_prefix(1);
    const auto exponent = text.find_first_of("eE");
    if (exponent != std::string_view::npos) {
        std::string_view digits = text.substr(exponent + 1);
        if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) digits.remove_prefix(1);
        if (!all_digits(digits)) return false;
        text = text.substr(0, exponent);
    }
    const auto point = text.find('.');
    if (point != std::string_view::npos && !all_digits(text.substr(point + 1))) return false;
    const std::string_view whole = text.substr(0, point);
    return all_digits(whole) && (whole.size() == 1 || whole[0] != '0');
}

/// What facets alone show; "no" only means "not shown".
bool fits_by_facets(const SimpleType& from, const SimpleType& to) {
    if (&from == &to) return true;
    if (!is_simple(from) || !is_simple(to)) return false;
    if (!to.patterns.empty() && from.whitespace != to.whitespace) return false;
    if (!from.enumeration.empty() && from.base == Lexical::string)
        return std::all_of(from.enumeration.begin(), from.enumeration.end(),
                           [&](const std::string& each) { return each.empty() || !formats::why_invalid(to, each); });
    if (!to.enumeration.empty() || !base_fits(from.base, to.base)) return false;
    const bool patterns = std::all_of(to.patterns.begin(), to.patterns.end(), [&](const auto& each) {
        return std::find(from.patterns.begin(), from.patterns.end(), each) != from.patterns.end();
    });
    return patterns && lengths_fit(from, to) && at_most(from.total_digits, to.total_digits) &&
           at_most(from.fraction_digits, to.fraction_digits) && same_or_free(from.min_inclusive, to.min_inclusive) &&
           same_or_free(from.max_inclusive, to.max_inclusive) && same_or_free(from.min_exclusive, to.min_exclusive) &&
           same_or_free(from.max_exclusive, to.max_exclusive) && (to.optional_zone || !from.optional_zone) &&
           (to.format.empty() || to.format == from.format);
}

/// Texts at the edges of bounds, which no search would come across.
std::vector<std::string> edges(const SimpleType* from, const SimpleType& to) {
    std::vector<std::string> texts{"0001-01-01", "9999-12-31", "0001-01-01T00:00:00", "9999-12-31T23:59:59", "00:00:00", "23:59:59", "0001", "9999", "0001-01", "9999-12", "-1E300", "1E300", "NaN"};
    for (const SimpleType* type : {from, &to}) {
        if (type == nullptr) continue;
        for (const auto& bound : {type->min_inclusive, type->max_inclusive, type->min_exclusive, type->max_exclusive})
            if (bound) texts.push_back(*bound);
        texts.insert(texts.end(), type->enumeration.begin(), type->enumeration.end());
    }
    return texts;
}

bool has_bounds(const SimpleType& type) { return type.min_inclusive || type.max_inclusive || type.min_exclusive || type.max_exclusive; }

/// Texts one behind the other, so that no two lists look alike.
struct Listed {
    std::string text{};
    Listed& operator<<(const std::string& each) {
        text += std::to_string(each.size()) + ":" + each;
        return *this;
    }
    Listed& operator<<(std::size_t number) { return *this << std::to_string(number); }
    template <class T>
    Listed& operator<<(const std::optional<T>& each) {
        return each ? *this << *each : *this << std::string("-");
    }
    Listed& operator<<(const std::vector<std::string>& all) {
        *this << all.size();
        for (const auto& each : all) *this << each;
        return *this;
    }
};

}  // namespace

std::size_t Prover::number_of(const SimpleType& type) {
    if (const auto known = numbers_.find(&type); known != numbers_.end()) return known->second;
    Listed says;
    says << static_cast<std::size_t>(type.base) << static_cast<std::size_t>(type.whitespace) << type.length_min << type.length_max << type.total_digits
         << type.fraction_digits << type.min_inclusive << type.max_inclusive << type.min_exclusive << type.max_exclusive << type.enumeration
         << static_cast<std::size_t>(type.optional_zone) << type.format << type.patterns.size();
    for (const auto& each : type.patterns) says << each;
    says << (type.list_item != nullptr ? number_of(*type.list_item) + 1 : 0) << type.members.size();
    for (const SimpleType* each : type.members) says << number_of(*each);
    const std::size_t number = facets_.try_emplace(says.text, facets_.size()).first->second;
    numbers_.emplace(&type, number);
    return number;
}

/// Names a question for the memory.
std::string Prover::key_of(const TextSet& from, const SimpleType* to, const std::string& form) {
    const auto type = [&](const SimpleType* each) { return each == nullptr ? std::string("-") : std::to_string(number_of(*each)); };
    Listed key;
    key << type(from.type) << static_cast<std::size_t>(from.json_number) << from.form << type(to) << form;
    for (const auto& each : from.changes)
        key << static_cast<std::size_t>(each.kind) << each.from << each.length << static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(each.table)) << each.text;
    return key.text;
}

bool takes_any_text(const SimpleType& type) {
    return is_simple(type) && type.base == Lexical::string && !type.length_max && type.length_min.value_or(0) <= 1 &&
           (!type.length_min || type.whitespace == formats::Whitespace::preserve) && type.patterns.empty() &&
           type.enumeration.empty() && type.format.empty();
}

Fit Prover::searched(const TextSet& from, const SimpleType* to, const std::string& form) {
    Fit fit;
    formats::MachineMaker maker(library_);
    const bool comparable = from.type != nullptr && from.changes.empty() && to != nullptr;
    const auto side = from.json_number ? formats::Side::json_number : formats::Side::source;
    const auto source = from.type != nullptr ? maker.of(*from.type, side) : maker.of(from.form.empty() ? "[\\s\\S]*" : from.form);
    auto goal = to != nullptr ? maker.of(*to, formats::Side::target, comparable ? from.type : nullptr) : maker.of(form);
    const auto target = after(from.changes, std::move(goal), maker);
    const std::function<bool(const std::string&)> confirm = [&](const std::string& text) {
        if (text.empty() || (from.type != nullptr && formats::why_invalid(*from.type, text))) return false;
        if (from.json_number && !is_json_number(text)) return false;
        const std::string result = changed(from.changes, text);
        if (result.empty()) return false;
        const auto why = to != nullptr ? formats::why_invalid(*to, result) : std::optional<std::string>("");
        if (why) fit = {Fit::Answer::refuted, text, result, *why};
        return why.has_value();
    };
    if (to != nullptr && from.form.empty() && has_bounds(*to)) {
        const auto texts = edges(from.type, *to);
        if (std::any_of(texts.begin(), texts.end(), confirm)) return fit;
    }
    std::size_t left = std::min(question_steps_max, steps_max - steps_);
    const std::size_t before = left;
    const formats::Search found = formats::search(*source, *target, confirm, left);
    steps_ += before - left;
    if (found.answer == formats::Search::Answer::none && !maker.full()) fit.answer = Fit::Answer::proved;
    return fit;
}

Fit Prover::fits(const TextSet& from, const SimpleType& to) {
    if (takes_any_text(to)) return {Fit::Answer::proved, {}, {}, {}};
    if (from.type != nullptr && from.changes.empty() && fits_by_facets(*from.type, to)) return {Fit::Answer::proved, {}, {}, {}};
    const auto [at, fresh] = known_.try_emplace(key_of(from, &to, {}));
    if (fresh) at->second = searched(from, &to, {});
    return at->second;
}

Fit Prover::fits(const TextSet& from, const std::string& form) {
    const auto [at, fresh] = known_.try_emplace(key_of(from, nullptr, form));
    if (fresh) at->second = searched(from, nullptr, form);
    return at->second;
}

std::optional<formats::Automaton> Prover::automaton(const std::string& form) {
    formats::MachineMaker maker(library_);
    const auto machine = maker.of(form);
    auto made = formats::Automaton::of(*machine);
    return maker.full() ? std::nullopt : std::move(made);
}

std::string Prover::form(const TextSet& of) {
    if (of.changes.empty() && of.type != nullptr) return formats::MachineMaker(library_).form_of(*of.type);
    if (of.changes.empty() && !of.form.empty()) return of.form;
    if (of.changes.empty() || of.changes.back().kind == TextChange::Kind::keep) return any_form;
    const TextChange& last = of.changes.back();
    TextSet before = of;
    before.changes.pop_back();
    if (last.kind == TextChange::Kind::prepend) return form_of({last.text}) + "(" + form(before) + ")";
    if (last.kind == TextChange::Kind::append) return "(" + form(before) + ")" + form_of({last.text});
    if (last.kind == TextChange::Kind::pad_left || last.kind == TextChange::Kind::pad_right) return "[\\s\\S]{" + std::to_string(last.length) + ",}";
    if (last.kind == TextChange::Kind::substring && last.length > 0) return "[\\s\\S]{1," + std::to_string(last.length) + "}";
    return any_form;
}

bool may_be_empty(const formats::Declaration& declaration) {
    return declaration.nillable || (declaration.type != nullptr && !formats::why_invalid(*declaration.type, ""));
}

std::string_view as_json(JsonShape shape, std::string_view text, std::string& scratch) {
    if (shape == JsonShape::boolean) return text == "1" ? "true" : text == "0" ? "false" : text;
    if (shape != JsonShape::number || is_json_number(text)) return text;
    std::string_view digits = text;
    const bool negative = !digits.empty() && digits[0] == '-';
    if (!digits.empty() && (negative || digits[0] == '+')) digits.remove_prefix(1);
    while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
    if (digits.size() > 1 && digits.back() == '.') digits.remove_suffix(1);
    scratch = negative ? "-" : "";
    if (!digits.empty() && digits[0] == '.') scratch += '0';
    scratch += digits;
    return is_json_number(scratch) ? std::string_view(scratch) : text;
}

bool has_shape(JsonShape shape, std::string_view text) {
    if (shape == JsonShape::number) return is_json_number(text);
    if (shape == JsonShape::boolean) return text == "true" || text == "false";
    return true;
}

}  // namespace hub::mapping
