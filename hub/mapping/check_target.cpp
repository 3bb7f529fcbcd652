// The target side: required things are filled, single ones once, and alternatives exclude one another.
//
// What can be shown costs nothing at run time. What cannot is a problem, unless a <check> rule says what is to happen: then
// the element's content is checked as it is made.
#include <algorithm>
#include <iterator>
#include <set>

#include "hub/mapping/check_witness.hpp"
#include "hub/mapping/types.hpp"

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
        check_constraints(all_, element_);
        if (element_.check == none) return;
        if (element_.check_at.line == 0) ++all_.counts.checked;  // only the mapping as a whole says so
        else if (element_.checked) ++all_.counts.handled;
        else all_.report.add(element_.check_at, "TG-M037", "the content of " + describe(all_.target, element_.decl) + " always fits: there is nothing to check", "remove the <check>",
                             {{target_place(all_.target, element_.decl)}, {}});
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

    /// With a source document for which the element is made and none of the options holds.
    Shown unfilled(DeclId decl, const std::vector<Case>& options) const {
        return {{target_place(all_.target, decl)}, document_without(all_, element_.made, options)};
    }

    void require(DeclId decl, bool own_text) {
        const std::vector<Case> cases = options(decl, own_text);
        const Filled state = filled(cases);
        if (state == Filled::always) return;
        if (state == Filled::unless_empty) return may_be_empty(decl, own_text);
        std::string what = describe(all_.target, decl) + (own_text ? " needs a value" : " is required");
        if (element_.parent != nullptr) what += " whenever " + all_.target.path_of(element_.decl) + " is made";
        all_.report.add(place(decl), "TG-M015", what + (state == Filled::never ? ", and nothing fills it" : ", and not every case fills it"),
                        state == Filled::never ? "add a rule for it" : "add <default value=/> or <require reject=/>, or fill it in every branch of a <choose> with <otherwise>",
                        unfilled(decl, cases));
    }

    /// The source is there but may have no text, which counts as absent.
    void may_be_empty(DeclId decl, bool own_text) {
        const bool content = !own_text && all_.target[decl].kind == DeclKind::element;
        if (content && element_.check != none) {
            element_.checked = true;
            return;
        }
        if (all_.program.rejects_unproved) return reject_empty(decl, own_text);
        std::string sources;
        for (const Writer& each : element_.writers)
            if (writes(each, decl, own_text) && !each.from.empty()) sources += (sources.empty() ? "" : ", ") + each.from;
        all_.report.add(place(decl), "TG-M036", describe(all_.target, decl) + " is required, and " + (sources.empty() ? "what fills it" : sources) + " may be there without text",
                        "add <default value=/> or <require reject=/>, or give the source a type that has a text", {{target_place(all_.target, decl)}, {}});
    }

    void reject_empty(DeclId decl, bool own_text) {
        const auto code = all_.builder.text("value_absent");
        ++all_.unproved;
        for (Writer& each : element_.writers) {
            if (!writes(each, decl, own_text)) continue;
            if (each.kind == Kind::element) check_unproved();
            else if (all_.plan.values[each.index].absent == none) all_.plan.values[each.index].absent = code;
        }
    }
    void check_unproved() {
        element_.checked = true;
        if (element_.check == none) element_.check = all_.builder.text("output_not_valid");
    }

    /// What cannot be shown about the content needs a rule that says what is to happen.
    void unsure(DeclId decl, const std::string& what, std::vector<Case> options = {}) {
        element_.checked = true;
        if (element_.check != none) return;
        if (all_.program.rejects_unproved && ++all_.unproved > 0) return check_unproved();
        all_.report.add(place(decl), "TG-M035", describe(all_.target, decl) + " " + what, "tell the cases apart with <choose>, or add <check reject=/> for " + describe(all_.target, element_.decl),
                        options.empty() ? Shown{{target_place(all_.target, decl)}, {}} : unfilled(decl, options));
    }

    void particle(const Particle& part, bool required) {
        required = required && part.occurs_min > 0;
        switch (part.kind) {
            case Group::element:
                if (required) require(part.element, false);
                if (part.occurs_min > 1 && written(part)) at_least(part, required);
                return;
            case Group::choice: return choice(part, required);
            case Group::sequence: case Group::all: return sequence(part, required);
        }
    }

    /// An element in two places of a sequence: all its occurrences would stand in the first.
    void apart(const Particle& part) {
        std::set<DeclId> seen, reported;
        for (const Particle& each : part.parts) {
            std::set<DeclId> here;
            elements_of(each, here);
            for (const DeclId decl : here)
                if (!seen.insert(decl).second && total(decl) > 1 && reported.insert(decl).second)
                    all_.report.add(place(decl), "TG-M026", describe(all_.target, decl) + " stands in two places of a sequence, which the output's order cannot keep apart", "write it once only",
                                    {{target_place(all_.target, decl)}, {}});
        }
    }
    static void elements_of(const Particle& part, std::set<DeclId>& into) {
        if (part.kind == Group::element) into.insert(part.element);
        for (const Particle& each : part.parts) elements_of(each, into);
    }

    void sequence(const Particle& part, bool required) {
        if (part.kind == Group::sequence) apart(part);
        if (part.occurs_max > 1) repeated(part);
        if (!required && !written(part)) return;
        if (required) {
            for (const Particle& each : part.parts) particle(each, true);
            return;
        }
        // An optional group is there as a whole or not at all.
        std::vector<Case> any;
        collect(part, any);
        for (const Particle& each : part.parts) {
            const bool needed = each.occurs_min > 0 && !may_be_nothing(each);
            if (needed && !written(each) && each.kind == Group::element) require(each.element, false);
            particle(each, false);
            std::vector<Case> own;
            collect(each, own);
            if (needed && !own.empty() && !covered(any, own)) unsure(first_of(each), "may be missing where the elements that it goes together with are there");
        }
    }
    bool covered(const std::vector<Case>& given, const std::vector<Case>& options) const {
        return std::all_of(given.begin(), given.end(), [&](const Case& one) {
            return std::all_of(element_.made.begin(), element_.made.end(), [&](const Case& made) { return all_.logic.covers(both(made, one), options); });
        });
    }
    static bool may_be_nothing(const Particle& part) {
        if (part.occurs_min == 0) return true;
        if (part.kind == Group::element) return false;
        if (part.kind == Group::choice) return part.parts.empty() || std::any_of(part.parts.begin(), part.parts.end(), may_be_nothing);
        return std::all_of(part.parts.begin(), part.parts.end(), may_be_nothing);
    }

    /// Several are required at least.
    void at_least(const Particle& part, bool required) {
        std::uint64_t sum = 0;
        for (const Writer& each : element_.writers) {
            if (!writes(each, part.element, false)) continue;
            const bool always = filled(cases_of(each)) == Filled::always;
            if (always || !required) sum += (Occurs{each.values_min, each.values_max} * all_.outline.repeats(each.loop, element_.loop)).min;
        }
        if (sum < part.occurs_min) unsure(part.element, "may occur less than " + std::to_string(part.occurs_min) + " times");
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
        const bool one_at_least = required && !may_be_nothing(part);
        if (one_at_least && filled(any) != Filled::always) unsure(first_of(*used.front()), "or another of its alternatives may not be there, and one is required", any);
        if (part.occurs_max > 1) return at_most(part);
        for (std::size_t i = 0; i < used.size(); ++i)
            for (std::size_t j = i + 1; j < used.size(); ++j) {
                if (all_.logic.exclusive(cases[i], cases[j])) continue;
                if (filled(cases[i]) == Filled::always && filled(cases[j]) == Filled::always) both_chosen(*used[i], *used[j]);
                else unsure(first_of(*used[j]), "may be there together with its alternative " + describe(all_.target, first_of(*used[i])));
            }
    }
    /// Alternatives that may alternate: their number counts, and their order does when the output puts each one's together.
    void at_most(const Particle& choice) {
        std::uint64_t sum = 0;
        for (const Particle& each : choice.parts) sum += each.kind == Group::element ? total(each.element) : 0;
        if (choice.occurs_max != formats::unbounded && sum > choice.occurs_max)
            unsure(first_of(choice), "and its alternatives may occur more than " + std::to_string(choice.occurs_max) + " times together");
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
                        "remove one, or tell them apart with <choose>", {{target_place(all_.target, first_of(one)), target_place(all_.target, first_of(other))}, document_of(all_, element_.made.front())});
    }
    /// One in which the loops that the writer stands in run twice.
    std::string document_of_loops(const Writer& writer) const {
        if (writer.kind == Kind::element || writer.cases.empty()) return {};
        return document_of_two(all_, writer.cases.front(), writer.loop, element_.loop);
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
        return (Occurs{1, writer.values_max} * all_.outline.repeats(writer.loop, element_.loop)).max;
    }
    /// At most so many: of writers that exclude one another one writes, each time round.
    std::uint32_t total(DeclId decl) const {
        std::vector<const Writer*> writers;
        for (const Writer& each : element_.writers)
            if (writes(each, decl, false)) writers.push_back(&each);
        std::size_t tries = 10'000;  // beyond, they are added up
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(most(writers, tries), formats::unbounded));
    }
    std::uint64_t most(std::vector<const Writer*> writers, std::size_t& tries) const {
        if (writers.empty()) return 0;
        const Writer* last = writers.back();
        writers.pop_back();
        std::vector<const Writer*> beside;
        const auto together = [&](const Writer* each) { return tries == 0 || !all_.logic.exclusive(cases_of(*each), cases_of(*last)); };
        std::copy_if(writers.begin(), writers.end(), std::back_inserter(beside), together);
        if (tries > 0) --tries;
        const std::uint64_t with = number(*last) + most(beside, tries);
        return beside.size() == writers.size() ? with : std::max(with, most(std::move(writers), tries));
    }

    void occurrences() {
        std::set<DeclId> seen;
        for (const Writer& each : element_.writers) {
            if (each.kind == Kind::reject || each.kind == Kind::make) continue;
            const bool own_text = each.kind == Kind::own_text;
            if (own_text || all_.target[each.decl].occurs_max == 1) single(each, own_text);
            else if (seen.insert(each.decl).second && all_.target[each.decl].occurs_max != formats::unbounded &&
                     total(each.decl) > all_.target[each.decl].occurs_max)
                unsure(each.decl, "may occur more than " + std::to_string(all_.target[each.decl].occurs_max) + " times");
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
                                    own_text ? std::string() : document_of_both(all_, cases_of(other), cases_of(writer))});
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
