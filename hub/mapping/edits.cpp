// Walks a program and writes down what could be wrong in each rule.
#include "hub/mapping/edits.hpp"

#include <algorithm>
#include <array>

namespace hub::mapping {

namespace {

using Variants = std::vector<std::function<void(Program&)>>;
using StepKind = StepRule::Kind;
using RuleKind = Rule::Kind;

/// Where a list of rules is: from the program down, a rule and (in a choose) its branch.
struct Turn {
    std::size_t rule = 0, branch = 0;
};
using Where = std::vector<Turn>;

std::vector<Rule>& list_at(Program& program, const Where& where) {
    std::vector<Rule>* list = &program.rules;
    for (const Turn& each : where) {
        Rule& rule = (*list)[each.rule];
        list = rule.kind == RuleKind::choose ? &rule.branches[each.branch].rules : &rule.rules;
    }
    return *list;
}

constexpr std::array<std::string_view, 20> step_words{"code", "date", "substring", "trim", "upper", "lower", "remove", "prepend", "append",
                                                      "default", "first", "last", "join", "truncate", "require", "zone", "local", "check",
                                                      "extract", "pad"};

std::string word(const StepRule& step) { return "<" + std::string(step_words[static_cast<std::size_t>(step.kind)]) + ">"; }

class Walk {
public:
    Walk(Edits& into, const std::map<std::string, std::set<std::string>>& listed) : into_(into), listed_(listed) {}

    void rules(const std::vector<Rule>& rules, const Where& where) {
        for (std::size_t i = 0; i < rules.size(); ++i) rule(rules, i, where);
    }

private:
    using Change = std::function<void(Rule&)>;

    void add(Place at, std::string kind, std::string what, Variants variants) {
        Edit edit{at.line, at.column, std::move(kind), std::move(what), {}, std::move(variants)};
        for (std::size_t i = first_excuse_; i < into_.excuses.size(); ++i) {
            if (into_.excuses[i].kind != edit.kind) continue;
            into_.excuses[i].edits.push_back(into_.edits.size());
            edit.excuse = reasons_[i];
        }
        into_.edits.push_back(std::move(edit));
    }
    /// Edits that change the rule in hand and nothing beside it.
    void change(Place at, std::string kind, std::string what, const std::vector<Change>& changes) {
        Variants variants;
        for (const Change& each : changes)
            variants.push_back([where = where_, index = index_, each](Program& program) { each(list_at(program, where)[index]); });
        if (!variants.empty()) add(at, std::move(kind), std::move(what), std::move(variants));
    }

    void rule(const std::vector<Rule>& rules, std::size_t index, const Where& where) {
        const Rule& rule = rules[index];
        where_ = where;
        index_ = index;
        first_excuse_ = into_.excuses.size();
        for (const auto& each : rule.excuses) {
            into_.excuses.push_back({each.at.line, each.at.column, each.kind, {}});
            reasons_.resize(into_.excuses.size());
            reasons_.back() = each.reason;
        }
        if (rule.kind == RuleKind::drop) return;
        add(rule.at, "drop", "drop the rule", {[where, index](Program& program) {
                auto& list = list_at(program, where);
                list.erase(list.begin() + static_cast<std::ptrdiff_t>(index));
            }});
        own(rule);
        if (rule.kind == RuleKind::field) swap(rules, index, where);
        inside(rule, index, where);
    }
    void inside(const Rule& rule, std::size_t index, const Where& where) {
        Where below = where;
        below.push_back({index, 0});
        if (rule.kind == RuleKind::each || rule.kind == RuleKind::within) return rules(rule.rules, below);
        for (std::size_t i = 0; i < rule.branches.size(); ++i) {
            below.back().branch = i;
            rules(rule.branches[i].rules, below);
        }
    }
    /// Two fields beside one another take each other's source.
    void swap(const std::vector<Rule>& rules, std::size_t index, const Where& where) {
        std::size_t other = index + 1;
        while (other < rules.size() && (rules[other].kind != RuleKind::field || rules[other].from == rules[index].from)) ++other;
        if (other == rules.size()) return;
        add(rules[index].at, "swap", "exchange the sources '" + rules[index].from_text + "' and '" + rules[other].from_text + "'",
            {[where, index, other](Program& program) {
                auto& list = list_at(program, where);
                std::swap(list[index].from, list[other].from);
            }});
    }

    void own(const Rule& rule) {
        switch (rule.kind) {
            case RuleKind::constant:
                change(rule.at, "constant", "write another value than '" + rule.value + "'", values(rule.value, [](Rule& r, const std::string& v) { r.value = v; }));
                break;
            case RuleKind::given: change(rule.at, "constant", "give another value than " + rule.value, givens(rule.value)); break;
            case RuleKind::reject: case RuleKind::check: change(rule.at, "reject", "reject with another code", {[](Rule& r) { r.value += "_other"; }}); break;
            case RuleKind::text: pieces(rule); break;
            case RuleKind::choose: branches(rule); break;
            case RuleKind::field: case RuleKind::each: case RuleKind::within: case RuleKind::drop: break;
        }
        if (rule.from) path(*rule.from, rule.at, [](Rule& r) -> PathText& { return *r.from; });
        steps(rule.steps, [](Rule& r) -> std::vector<StepRule>& { return r.steps; });
    }

    /// Other values of the types that list this one, then the value with something at its end.
    std::vector<Change> values(const std::string& value, const std::function<void(Rule&, const std::string&)>& set) const {
        std::vector<Change> changes;
        std::vector<std::string> others;
        if (const auto known = listed_.find(value); known != listed_.end()) others.assign(known->second.begin(), known->second.end());
        for (const char* more : {"x", "1", "0"}) others.push_back(value + more);
        others.insert(others.end(), {"2001-01-31", "2001-01-31T01:02:03Z", "7", "other", value == "true" ? "false" : "true"});
        for (const std::string& each : others)
            if (each != value) changes.push_back([each, set](Rule& r) { set(r, each); });
        return changes;
    }
    static std::vector<Change> givens(const std::string& name) {
        std::vector<Change> changes;
        for (const char* each : {"message_id", "sender", "recipient", "received_at", "record_id", "delivery_key"})
            if (name != each) changes.push_back([each](Rule& r) { r.value = each; });
        return changes;
    }

    void pieces(const Rule& rule) {
        if (!rule.value.empty()) change(rule.at, "piece", "another separator", {[](Rule& r) { r.value += "~"; }});
        for (std::size_t i = 0; i < rule.pieces.size(); ++i) {
            const PieceRule& piece = rule.pieces[i];
            change(piece.at, "piece", "leave out the piece", {[i](Rule& r) { r.pieces.erase(r.pieces.begin() + static_cast<std::ptrdiff_t>(i)); }});
            if (i + 1 < rule.pieces.size()) change(piece.at, "piece", "exchange the piece with the next", {[i](Rule& r) { std::swap(r.pieces[i], r.pieces[i + 1]); }});
            if (piece.from) path(*piece.from, piece.at, [i](Rule& r) -> PathText& { return *r.pieces[i].from; });
            else change(piece.at, "piece", "write another text than '" + piece.value + "'", {[i](Rule& r) { r.pieces[i].value += "~"; }});
            steps(piece.steps, [i](Rule& r) -> std::vector<StepRule>& { return r.pieces[i].steps; });
        }
    }

    void path(const PathText& path, Place at, const std::function<PathText&(Rule&)>& find) {
        for (std::size_t i = 0; i < path.steps.size(); ++i) {
            const PathStep& step = path.steps[i];
            if (step.pick == Pick::position) change(at, "path", "take the next one", {[i, find](Rule& r) { ++find(r).steps[i].position; }});
            if (step.pick == Pick::last)
                change(at, "path", "take the first, not the last", {[i, find](Rule& r) {
                    find(r).steps[i].pick = Pick::position;
                    find(r).steps[i].position = 1;
                }});
            for (std::size_t k = 0; k < step.filters.size(); ++k) filter(step.filters[k], at, [i, k, find](Rule& r) -> FilterText& { return find(r).steps[i].filters[k]; });
        }
    }
    void filter(const FilterText& filter, Place at, const std::function<FilterText&(Rule&)>& find) {
        if (filter.value)
            change(at, "path", "choose by another value than '" + *filter.value + "'", values(*filter.value, [find](Rule& r, const std::string& v) { find(r).value = v; }));
    }

    void steps(const std::vector<StepRule>& steps, const std::function<std::vector<StepRule>&(Rule&)>& find) {
        for (std::size_t i = 0; i < steps.size(); ++i) {
            const StepRule& step = steps[i];
            change(step.at, "step", "remove " + word(step), {[i, find](Rule& r) { find(r).erase(find(r).begin() + static_cast<std::ptrdiff_t>(i)); }});
            const auto set = [&](const std::string& what, const std::function<void(StepRule&)>& to) {
                change(step.at, step.kind == StepKind::code ? "code" : "step", what, {[i, find, to](Rule& r) { to(find(r)[i]); }});
            };
            this->step(step, set);
            if (step.kind == StepKind::default_value || step.missing == StepRule::Missing::replace)
                change(step.at, step.kind == StepKind::code ? "code" : "step", "another default of " + word(step),
                       values(step.kind == StepKind::default_value ? step.text : step.other, [i, find](Rule& r, const std::string& v) {
                           StepRule& changed = find(r)[i];
                           (changed.kind == StepKind::default_value ? changed.text : changed.other) = v;
                       }));
        }
    }
    void step(const StepRule& step, const std::function<void(const std::string&, const std::function<void(StepRule&)>&)>& set) {
        switch (step.kind) {
            case StepKind::code:
                into_.tables.insert(step.text);
                set("every row of '" + step.text + "' gives another row's value", [](StepRule& s) { s.text += shifted_mark; });
                if (step.missing == StepRule::Missing::reject) set("reject with another code", [](StepRule& s) { s.reject += "_other"; });
                break;
            case StepKind::date:
                if (step.text != step.other) set("exchange the two pictures", [](StepRule& s) { std::swap(s.text, s.other); });
                break;
            case StepKind::zone: case StepKind::local:
                into_.tables.insert(step.text);
                set("every row of '" + step.text + "' gives another row's offset", [](StepRule& s) { s.text += shifted_mark; });
                break;
            case StepKind::substring:
                set("begin one character later", [](StepRule& s) { ++s.from; });
                if (step.length > 0) set("one character more", [](StepRule& s) { ++s.length; });
                break;
            case StepKind::extract:
                if (step.missing == StepRule::Missing::reject) set("reject with another code", [](StepRule& s) { s.reject += "_other"; });
                break;
            case StepKind::pad:
                set("one character more", [](StepRule& s) { ++s.length; });
                set("on the other side", [](StepRule& s) { s.in_front = !s.in_front; });
                set("with another character", [](StepRule& s) { s.text = s.text == "1" ? "2" : "1"; });
                break;
            case StepKind::truncate: set("one character less", [](StepRule& s) { s.length > 1 ? --s.length : ++s.length; }); break;
            case StepKind::upper: set("lower, not upper case", [](StepRule& s) { s.kind = StepKind::lower; }); break;
            case StepKind::lower: set("upper, not lower case", [](StepRule& s) { s.kind = StepKind::upper; }); break;
            case StepKind::first: set("the last, not the first", [](StepRule& s) { s.kind = StepKind::last; }); break;
            case StepKind::last: set("the first, not the last", [](StepRule& s) { s.kind = StepKind::first; }); break;
            case StepKind::prepend: case StepKind::append: set("another text", [](StepRule& s) { s.text += "1"; }); break;
            case StepKind::join: set("another separator", [](StepRule& s) { s.text += "~"; }); break;
            case StepKind::require: case StepKind::check: set("reject with another code", [](StepRule& s) { s.text += "_other"; }); break;
            case StepKind::trim: case StepKind::remove: case StepKind::default_value: break;
        }
    }

    void branches(const Rule& rule) {
        for (std::size_t i = 0; i < rule.branches.size(); ++i) {
            const auto& branch = rule.branches[i];
            change(branch.at, "branch", branch.test ? "leave out the branch" : "leave out <otherwise>",
                   {[i](Rule& r) { r.branches.erase(r.branches.begin() + static_cast<std::ptrdiff_t>(i)); }});
            if (!branch.test) continue;
            change(branch.at, "test", "negate the test", {[i](Rule& r) {
                TestTerm negation;
                negation.kind = TestTerm::Kind::negation;
                negation.parts.push_back(*r.branches[i].test);
                r.branches[i].test = std::move(negation);
            }});
            terms(*branch.test, branch.at, [i](Rule& r) -> TestTerm& { return *r.branches[i].test; });
        }
    }
    void terms(const TestTerm& term, Place at, const std::function<TestTerm&(Rule&)>& find) {
        using Kind = TestTerm::Kind;
        if (term.kind == Kind::all) change(at, "test", "'or' for 'and'", {[find](Rule& r) { find(r).kind = Kind::any; }});
        if (term.kind == Kind::any) change(at, "test", "'and' for 'or'", {[find](Rule& r) { find(r).kind = Kind::all; }});
        if (term.values.size() > 1)
            for (std::size_t i = 0; i < term.values.size(); ++i)
                change(at, "test", "without '" + term.values[i] + "'", {[i, find](Rule& r) { find(r).values.erase(find(r).values.begin() + static_cast<std::ptrdiff_t>(i)); }});
        if (term.parts.size() < 2 && term.kind != Kind::negation) return;
        for (std::size_t i = 0; i < term.parts.size(); ++i) {
            if (term.kind != Kind::negation) change(at, "test", "without part " + std::to_string(i + 1), {[i, find](Rule& r) { find(r).parts.erase(find(r).parts.begin() + static_cast<std::ptrdiff_t>(i)); }});
            terms(term.parts[i], at, [i, find](Rule& r) -> TestTerm& { return find(r).parts[i]; });
        }
    }

    Edits& into_;
    const std::map<std::string, std::set<std::string>>& listed_;
    Where where_{};
    std::size_t index_ = 0, first_excuse_ = 0;
    std::vector<std::string> reasons_{};
};

}  // namespace

Edits edits_of(const Program& program, const std::map<std::string, std::set<std::string>>& listed) {
    Edits edits;
    Walk(edits, listed).rules(program.rules, {});
    return edits;
}

}  // namespace hub::mapping
