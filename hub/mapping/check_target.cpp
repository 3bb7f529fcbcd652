// The target side: required things are filled, single ones once, and alternatives exclude one another.
//
// What can be shown costs nothing at run time. What is certainly wrong is a problem. What lies between (several
// optional sources into a limited target, a choice whose branches cannot be told apart) has its element's content checked
// as it is made.
#include <algorithm>
#include <set>

#include "hub/mapping/compilation.hpp"
#include "hub/mapping/types.hpp"
#include "hub/mapping/witness.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using formats::DeclKind;
using formats::Particle;
using Group = formats::Particle::Kind;
using Kind = Writer::Kind;

enum class Filled { always, unless_empty, sometimes, never };

class ElementCheck {
public:
    ElementCheck(Compilation& all, Element& element) : all_(all), element_(element), declaration_(all.target[element.decl]) {}

    void run() {
        element_.made = made();
        if (element_.made.empty()) return;  // nothing is ever written into it
        if (declaration_.type != nullptr && !default_holds()) require(element_.decl, true);
        for (const DeclId each : declaration_.children)
            if (all_.target[each].kind == DeclKind::attribute && all_.target[each].occurs_min > 0) require(each, false);
        const Particle& content = all_.target.content(element_.decl);
        if (content.kind == Group::element || !content.parts.empty()) particle(content, true);
        else required_children();
        occurrences();
    }

private:
    std::vector<Case> made() const {
        if (element_.own && element_.eager) return {element_.eager_case};
        std::vector<Case> cases;
        for (const Writer& each : element_.writers) {
            const auto& more = each.kind == Kind::element ? each.element->made : each.cases;
            cases.insert(cases.end(), more.begin(), more.end());
        }
        return Logic::weakest(cases);
    }
    bool default_holds() const {
        return !declaration_.fixed.empty() || !declaration_.default_value.empty() || !formats::why_invalid(*declaration_.type, "");
    }

    static const std::vector<Case>& cases_of(const Writer& writer) {
        return writer.kind == Kind::element ? writer.element->made : writer.cases;
    }
    bool writes(const Writer& writer, DeclId decl, bool own_text) const {
        return writer.kind != Kind::reject && writer.kind != Kind::make && writer.decl == decl && (writer.kind == Kind::own_text) == own_text;
    }
    std::vector<Case> options(DeclId decl, bool own_text) const {
        std::vector<Case> cases;
        for (const Writer& each : element_.writers)
            if (writes(each, decl, own_text)) cases.insert(cases.end(), cases_of(each).begin(), cases_of(each).end());
        return cases;
    }
    bool written(const Particle& part) const {
        if (part.kind == Group::element) return !options(part.element, false).empty();
        return std::any_of(part.parts.begin(), part.parts.end(), [&](const Particle& each) { return written(each); });
    }

    Filled filled(const std::vector<Case>& options) const {
        if (options.empty()) return Filled::never;
        const auto by = [&](const std::vector<Case>& cases) {
            return std::all_of(element_.made.begin(), element_.made.end(), [&](const Case& each) { return all_.logic.covers(each, cases); });
        };
        if (by(options)) return Filled::always;
        return by(all_.logic.hard(options)) ? Filled::unless_empty : Filled::sometimes;
    }

    Place place(DeclId decl) const {
        for (const Writer& each : element_.writers)
            if (each.decl == decl && each.at.line > 0) return each.at;
        return element_.at.line > 0 ? element_.at : all_.program.to.at;
    }

    /// A source document for which the element is made and none of the options holds.
    Shown unfilled(DeclId decl, const std::vector<Case>& options) const {
        Shown shown{{target_place(all_.target, decl)}, {}};
        for (const Case& each : element_.made)
            if (const auto gap = all_.logic.gap(each, all_.logic.hard(options))) {
                if (const auto wish = wish_of(all_.logic, *gap, options)) shown.witness = witness_document(all_.source, *wish);
                break;
            }
        return shown;
    }

    void require(DeclId decl, bool own_text) {
        const std::vector<Case> cases = options(decl, own_text);
        const Filled state = filled(cases);
        if (state == Filled::always) return;
        if (state == Filled::unless_empty) return reject_empty(decl, own_text);
        std::string what = describe(all_.target, decl) + (own_text ? " needs a value" : " is required");
        if (element_.parent != nullptr) what += " whenever " + all_.target.path_of(element_.decl) + " is made";
        all_.report.add(place(decl), "TG-M015", what + (state == Filled::never ? ", and nothing fills it" : ", and not every case fills it"),
                        state == Filled::never ? "add a rule for it" : "add <default value=/> or <require reject=/>, or fill it in every branch of a <choose> with <otherwise>",
                        unfilled(decl, cases));
    }

    /// The source is there but may have no text: that record is rejected rather than sent incomplete.
    void reject_empty(DeclId decl, bool own_text) {
        const auto code = all_.builder.text("value_absent");
        for (Writer& each : element_.writers) {
            if (!writes(each, decl, own_text)) continue;
            if (each.kind == Kind::element) element_.checked = true;
            else if (all_.plan.values[each.index].absent == none) all_.plan.values[each.index].absent = code;
        }
    }

    void particle(const Particle& part, bool required) {
        required = required && part.occurs_min > 0;
        switch (part.kind) {
            case Group::element:
                if (!required) return;
                require(part.element, false);
                if (part.occurs_min > 1) element_.checked = true;
                return;
            case Group::choice: return choice(part, required);
            case Group::sequence: case Group::all: return sequence(part, required);
        }
    }

    void sequence(const Particle& part, bool required) {
        if (part.occurs_max > 1) repeated(part);
        if (!required && !written(part)) return;
        if (required) {
            for (const Particle& each : part.parts) particle(each, true);
            return;
        }
        // An optional group is there as a whole or not at all.
        for (const Particle& each : part.parts) {
            const bool needed = each.occurs_min > 0;
            if (needed && !written(each) && each.kind == Group::element) require(each.element, false);
            particle(each, false);
            element_.checked = element_.checked || needed;
        }
    }

    void choice(const Particle& part, bool required) {
        std::vector<const Particle*> used;
        std::vector<std::vector<Case>> cases;
        std::vector<Case> any;
        for (const Particle& each : part.parts) {
            if (!written(each)) continue;
            used.push_back(&each);
            collect(each, cases.emplace_back());
            any.insert(any.end(), cases.back().begin(), cases.back().end());
            particle(each, false);
        }
        if (required && used.empty()) return nothing_chosen(part);
        if (required && filled(any) != Filled::always) element_.checked = true;
        if (part.occurs_max > 1) return;  // any order and number will do
        for (std::size_t i = 0; i < used.size(); ++i)
            for (std::size_t j = i + 1; j < used.size(); ++j) {
                if (all_.logic.exclusive(cases[i], cases[j])) continue;
                if (filled(cases[i]) == Filled::always && filled(cases[j]) == Filled::always) both_chosen(*used[i], *used[j]);
                element_.checked = true;
            }
    }
    void collect(const Particle& part, std::vector<Case>& into) const {
        if (part.kind == Group::element) {
            const auto more = options(part.element, false);
            into.insert(into.end(), more.begin(), more.end());
        }
        for (const Particle& each : part.parts) collect(each, into);
    }
    static DeclId first_of(const Particle& part) {
        return part.kind == Group::element || part.parts.empty() ? part.element : first_of(part.parts.front());
    }
    void nothing_chosen(const Particle& part) {
        if (std::any_of(part.parts.begin(), part.parts.end(), [](const Particle& each) { return each.occurs_min == 0; })) return;
        std::string names;
        for (const Particle& each : part.parts) names += (names.empty() ? "" : ", ") + all_.target[first_of(each)].name;
        all_.report.add(place(element_.decl), "TG-M015", "one of " + names + " is required in " + describe(all_.target, element_.decl) + ", and nothing fills one", "add a rule for one of them", unfilled(element_.decl, {}));
    }
    void both_chosen(const Particle& one, const Particle& other) {
        all_.report.add(place(first_of(other)), "TG-M011", describe(all_.target, first_of(one)) + " and " + describe(all_.target, first_of(other)) + " are alternatives, and both are always filled",
                        "remove one, or tell them apart with <choose>", {{target_place(all_.target, first_of(one)), target_place(all_.target, first_of(other))}, document_of(element_.made.front())});
    }
    /// A source document in which the case holds; empty when none is found.
    std::string document_of(const Case& holds) const {
        const auto wish = wish_of(all_.logic, holds, {});
        return wish ? witness_document(all_.source, *wish) : std::string();
    }
    std::string document_of_both(const std::vector<Case>& one, const std::vector<Case>& other) const {
        for (const Case& a : one)
            for (const Case& b : other)
                if (const Case holds = both(a, b); !all_.logic.impossible(holds)) return document_of(holds);
        return {};
    }
    /// One in which the loops that the writer stands in run twice.
    std::string document_of_loops(const Writer& writer) const {
        if (writer.kind == Kind::element || writer.cases.empty()) return {};
        auto wish = wish_of(all_.logic, writer.cases.front(), {});
        if (!wish) return {};
        for (std::uint32_t loop = writer.loop; loop != element_.loop; loop = all_.outline.loops[loop].parent)
            if (const DeclId repeats = repeating(all_.source, all_.plan.paths[all_.outline.loops[loop].path].decl); repeats != formats::no_decl) wish->twice.insert(repeats);
        return witness_document(all_.source, *wish);
    }

    /// Output is in the schema's order, each element's occurrences together: a group that repeats cannot be kept apart.
    void repeated(const Particle& part) {
        std::size_t used = 0;
        DeclId several = formats::no_decl;
        for (const Particle& each : part.parts) {
            if (!written(each)) continue;
            ++used;
            if (each.kind == Group::element && total(each.element) > 1) several = each.element;
        }
        if (used > 1 && several != formats::no_decl)
            all_.report.add(place(several), "TG-M026", describe(all_.target, several) + " repeats together with its neighbours, which the output's order cannot keep", "write one such group only");
    }

    void required_children() {
        for (const DeclId each : declaration_.children)
            if (all_.target[each].kind == DeclKind::element && all_.target[each].occurs_min > 0) require(each, false);
    }

    std::uint32_t number(const Writer& writer) const {
        return (Occurs{1, writer.values_max} * Occurs{1, all_.outline.repeats(writer.loop, element_.loop)}).max;
    }
    std::uint32_t total(DeclId decl) const {
        std::uint64_t sum = 0;
        for (const Writer& each : element_.writers)
            if (writes(each, decl, false)) sum += number(each);
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, formats::unbounded));
    }

    void occurrences() {
        std::set<DeclId> seen;
        for (const Writer& each : element_.writers) {
            if (each.kind == Kind::reject || each.kind == Kind::make) continue;
            const bool own_text = each.kind == Kind::own_text;
            if (own_text || all_.target[each.decl].occurs_max == 1) single(each, own_text);
            else if (seen.insert(each.decl).second && all_.target[each.decl].occurs_max != formats::unbounded &&
                     total(each.decl) > all_.target[each.decl].occurs_max)
                element_.checked = true;
        }
    }
    void single(const Writer& writer, bool own_text) {
        if (number(writer) > 1)
            return all_.report.add(writer.at, "TG-M008", describe(all_.target, writer.decl) + " occurs once, and this may write several", "use <first/>, <last/> or <join/>, or <within> with one node",
                                   {{target_place(all_.target, writer.decl)}, document_of_loops(writer)});
        for (const Writer& other : element_.writers) {
            if (&other == &writer) return;
            if (!writes(other, writer.decl, own_text) || all_.logic.exclusive(cases_of(other), cases_of(writer))) continue;
            return all_.report.add(writer.at, "TG-M010", describe(all_.target, writer.decl) + " occurs once and is already written in line " + std::to_string(other.at.line),
                                   "remove one rule, or tell them apart with <choose>",
                                   {{target_place(all_.target, writer.decl), {"written here too", all_.report.file, other.at.line, other.at.column}},
                                    own_text ? std::string() : document_of_both(cases_of(other), cases_of(writer))});
        }
    }

    Compilation& all_;
    Element& element_;
    const formats::Declaration& declaration_;
};

}  // namespace

void check_target(Compilation& compilation) {
    // Elements come after their parents: from the back, children are known when their parent is looked at.
    auto& elements = compilation.outline.elements;
    for (auto element = elements.rbegin(); element != elements.rend(); ++element) ElementCheck(compilation, *element).run();
}

}  // namespace hub::mapping
