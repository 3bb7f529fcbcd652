// Constraints of the target schema about several values: keys, references, identifiers.
//
// They are shown to hold where a mapping writes one value at most, or each with a constant of its own; otherwise a rule has to
// say what is to happen, and they are looked at as the record is mapped. What no run-time check can mend is refused.
#include <algorithm>
#include <optional>

#include "hub/mapping/check_witness.hpp"

namespace hub::mapping {

namespace {

using formats::Constraint;
using formats::DeclId;
using formats::DeclKind;
using Kind = Constraint::Kind;
using Selected = Constraint::Selected;

/// A node that the mapping writes: an element, or a leaf by one writer.
struct Thing {
    const Element* element = nullptr;  ///< null for a leaf
    const Writer* writer = nullptr;    ///< null for the home itself
    const Selected* selected = nullptr;

    const std::vector<Case>& cases() const { return element != nullptr ? element->made : writer->cases; }
    std::uint32_t loop() const { return element != nullptr ? element->loop : writer->loop; }
    Place at() const { return element != nullptr ? element->at : writer->at; }
};
using Things = std::vector<Thing>;

class ConstraintCheck {
public:
    ConstraintCheck(Compilation& all, Element& home, const Constraint& constraint) : all_(all), home_(home), constraint_(constraint) {}

    void run() {
        if (!constraint_.exact) return refuse(home_.at, describe(all_.target, home_.decl) + " has a constraint with a path that is not understood");
        Things things;
        for (const Selected& each : constraint_.selected) {
            const std::size_t before = things.size();
            find(home_, nullptr, each.element, things);
            for (std::size_t i = before; i < things.size(); ++i) things[i].selected = &each;
        }
        if (constraint_.kind == Kind::key)
            for (const Thing& each : things)
                if (!has_its_key(each)) return;
        things.erase(std::remove_if(things.begin(), things.end(), [&](const Thing& each) { return !qualified(each); }), things.end());
        for (const Thing& each : things)
            if (!fields_are_single(each)) return;
        const bool refers = constraint_.kind == Kind::keyref || constraint_.kind == Kind::reference;
        if (constraint_.kind == Kind::entity && !things.empty()) return refuse(things.front().at(), describe(all_.target, things.front().selected->fields[0][0]) + " would name an entity that no document declares");
        if (refers && !things.empty()) return unsure(things.front(), "may refer to a value that is not there", {});
        if (!refers) different(things);
    }

private:
    /// What the mapping writes of a declaration at or below an element.
    void find(const Element& from, const Writer* by, DeclId decl, Things& into) const {
        if (from.made.empty() && &from != &home_) return;
        if (from.decl == decl) return into.push_back({&from, by, nullptr});
        for (const Writer& each : from.writers) {
            if (each.kind == Writer::Kind::element) find(*each.element, &each, decl, into);
            else if (each.kind == Writer::Kind::leaf && each.decl == decl) into.push_back({nullptr, &each, nullptr});
        }
    }
    Things written(const Thing& in, const std::vector<DeclId>& field) const {
        Things things;
        for (const DeclId each : field) {
            if (in.element != nullptr) find(*in.element, in.writer, each, things);
            else if (each == in.writer->decl) things.push_back(in);
        }
        return things;
    }
    std::uint32_t number(const Thing& thing, const Element* home) const {
        if (thing.element == home) return 1;
        const std::uint32_t values = thing.element != nullptr ? 1 : thing.writer->values_max;
        return (Occurs{1, values} * all_.outline.repeats(thing.loop(), home->loop)).max;
    }
    /// Two of them that may both be there; the same twice where it may be there several times.
    Things two(const Things& things, const Element* home) const {
        for (std::size_t i = 0; i < things.size(); ++i) {
            if (number(things[i], home) > 1) return {things[i], things[i]};
            for (std::size_t j = i + 1; j < things.size(); ++j)
                if (!apart(things[i], things[j]) && !all_.logic.exclusive(things[i].cases(), things[j].cases())) return {things[i], things[j]};
        }
        return {};
    }

    /// An attribute that is there unsaid, with the value that the schema gives it.
    bool defaulted(const Thing& in, DeclId field) const {
        const auto& declaration = all_.target[field];
        if (declaration.kind != DeclKind::attribute || (declaration.default_value.empty() && declaration.fixed.empty()) || in.element == nullptr) return false;
        Things parents;
        find(*in.element, in.writer, declaration.parent, parents);
        return !parents.empty();
    }
    bool qualified(const Thing& thing) const {
        return std::all_of(thing.selected->fields.begin(), thing.selected->fields.end(), [&](const auto& field) {
            return !written(thing, field).empty() || std::any_of(field.begin(), field.end(), [&](DeclId each) { return defaulted(thing, each); });
        });
    }

    bool fields_are_single(const Thing& thing) {
        for (const auto& field : thing.selected->fields) {
            const Things things = written(thing, field);
            const auto group = std::find_if(field.begin(), field.end(), [&](DeclId each) { return all_.target[each].type == nullptr && !written(thing, {each}).empty(); });
            if (group != field.end()) return refuse(thing.at(), describe(all_.target, *group) + " would be the field of a key, and takes no value"), false;
            const Things several = thing.element == nullptr ? Things{} : two(things, thing.element);
            const bool identifiers = constraint_.kind >= Kind::id && all_.target[field.front()].type->list_item != nullptr;
            if (several.empty() && !(identifiers && constraint_.kind == Kind::id)) continue;
            unsure(thing, !several.empty() ? "may have its field " + short_path(all_.target, field.front()) + " several times" : "may have the same value twice",
                   several.empty() ? std::string() : document_of_two(all_, several.front().cases().front(), several.front().loop(), thing.loop(), about(several.front())));
            return false;
        }
        return true;
    }
    DeclId about(const Thing& thing) const { return thing.element != nullptr ? formats::no_decl : all_.plan.values[thing.writer->index].about; }

    bool has_its_key(const Thing& thing) {
        for (const auto& field : thing.selected->fields) {
            const auto nillable = std::find_if(field.begin(), field.end(), [&](DeclId each) { return all_.target[each].nillable; });
            if (nillable != field.end()) return refuse(thing.at(), describe(all_.target, *nillable) + " is the field of a key and nillable, which no document may have"), false;
            if (std::any_of(field.begin(), field.end(), [&](DeclId each) { return always(thing, each); })) continue;
            std::vector<Case> options;
            for (const Thing& each : written(thing, field)) options.insert(options.end(), each.cases().begin(), each.cases().end());
            unsure(thing, "needs " + (field.empty() ? std::string("a field that the schema does not have") : short_path(all_.target, field.front())) + " always, and may be without it",
                   document_without(all_, thing.cases(), options));
            return false;
        }
        return true;
    }
    bool always(const Thing& in, DeclId field) const {
        if (in.element == nullptr) return field == in.writer->decl;
        return always_below(*in.element, field);
    }
    /// Required by the schema all the way (then check_target sees to it), or written in every case.
    bool always_below(const Element& element, DeclId field) const {
        if (field == element.decl) return true;
        bool required = true;
        DeclId child = field;
        for (DeclId each = field; each != element.decl; each = all_.target[each].parent) {
            const auto& declaration = all_.target[each];
            const bool assumed = each == field && declaration.kind == DeclKind::attribute && (!declaration.default_value.empty() || !declaration.fixed.empty());
            required = required && (declaration.occurs_min > 0 || assumed);
            child = each;
        }
        if (required) return true;
        std::vector<Case> options;
        for (const Writer& each : element.writers) {
            if (each.decl != child || (each.kind != Writer::Kind::leaf && each.kind != Writer::Kind::element)) continue;
            if (each.kind == Writer::Kind::element && !always_below(*each.element, field)) return false;
            const auto& cases = each.kind == Writer::Kind::element ? each.element->made : each.cases;
            options.insert(options.end(), cases.begin(), cases.end());
        }
        return std::all_of(element.made.begin(), element.made.end(), [&](const Case& made) { return all_.logic.covers(made, options); });
    }

    /// The constant that a field always has when it is there.
    std::optional<std::string> constant(const Thing& thing, const std::vector<DeclId>& field) const {
        const Things things = written(thing, field);
        if (things.size() != 1) return std::nullopt;
        const Writer* writer = things.front().writer;
        if (things.front().element != nullptr) {
            writer = nullptr;
            for (const Writer& each : things.front().element->writers) {
                if (each.kind != Writer::Kind::own_text) continue;
                if (writer != nullptr) return std::nullopt;
                writer = &each;
            }
        }
        if (writer == nullptr) return std::nullopt;
        const PlanValue& value = all_.plan.values[writer->index];
        const bool plain = value.source == PlanValue::Source::constant && value.steps.empty() && all_.target[writer->decl].type->base == formats::Lexical::string;
        const std::string text = plain ? all_.plan.texts[value.text] : std::string();
        if (!plain || text.find_first_of(" \t\r\n") != std::string::npos) return std::nullopt;  // spaces may go
        return text;
    }
    bool apart(const Thing& one, const Thing& other) const {
        if (one.selected == nullptr || other.selected == nullptr) return false;
        for (std::size_t i = 0; i < one.selected->fields.size(); ++i) {
            const auto a = constant(one, one.selected->fields[i]), b = constant(other, other.selected->fields[i]);
            if (a && b && *a != *b) return true;
        }
        return false;
    }
    void different(const Things& things) {
        const Things found = two(things, &home_);
        if (found.empty()) return;
        const Thing &one = found.front(), &other = found.back();
        const bool same = one.element == other.element && one.writer == other.writer;
        const std::string witness = same ? document_of_two(all_, one.cases().front(), one.loop(), home_.loop, about(one)) : document_of_both(all_, one.cases(), other.cases());
        unsure(other, "may be written with the same value as another", witness);
    }

    Place place(Place at) const { return at.line > 0 ? at : all_.program.to.at; }
    std::vector<Related> related(DeclId decl) const { return {target_place(all_.target, decl), {constraint_.name, constraint_.file, constraint_.line, 0}}; }
    std::string of_constraint() const { return ": " + constraint_.name + " (" + constraint_.file + ":" + std::to_string(constraint_.line) + ")"; }

    void refuse(Place at, const std::string& what) {
        all_.report.add(place(at), "TG-M046", what + of_constraint(), "leave it out, or take the constraint out of the schema when the receiver agrees", {related(home_.decl), {}});
    }
    /// A rule has to say what is to happen.
    void unsure(const Thing& thing, const std::string& what, std::string witness) {
        home_.checked = true;
        if (home_.check != none) return;
        if (all_.program.rejects_unproved && ++all_.unproved > 0) {
            home_.check = all_.builder.text("output_not_valid");
            return;
        }
        all_.report.add(place(thing.at()), "TG-M045", describe(all_.target, thing.selected->element) + " " + what + of_constraint(),
                        "write one at most, or each with a constant of its own, or add <check reject=/> for " + describe(all_.target, home_.decl),
                        {related(thing.selected->element), std::move(witness)});
    }

    Compilation& all_;
    Element& home_;
    const Constraint& constraint_;
};

}  // namespace

void check_constraints(Compilation& compilation, Element& element) {
    for (const Constraint& each : compilation.target.constraints())
        if (each.scope == element.decl) ConstraintCheck(compilation, element, each).run();
}

}  // namespace hub::mapping
