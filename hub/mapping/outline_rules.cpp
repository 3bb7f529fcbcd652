// Walks the rules in file order and lays out what they make: elements with their writers, loops, contexts, choices.
#include <algorithm>
#include <map>

#include "hub/mapping/code_uses.hpp"
#include "hub/mapping/reach.hpp"
#include "hub/mapping/values.hpp"
#include "hub/mapping/witness.hpp"

namespace hub::mapping {

namespace {

using formats::DeclId;
using formats::DeclKind;
using formats::no_decl;
using Op = Instruction::Op;
using Kind = Rule::Kind;

/// Where a rule stands.
struct Context {
    std::vector<Frame> frames{};
    Element* element = nullptr;
    std::uint32_t loop = 0, block = 0;
    Case known{};
};

class Outliner {
public:
    explicit Outliner(Compilation& all) : all_(all), facts_(all.source, all.logic), values_(all, facts_) {}

    void run() {
        Element& root = all_.outline.elements.emplace_back();
        root.decl = all_.target.root();
        root.own = root.eager = true;
        all_.outline.loops.emplace_back();
        all_.builder.block(none);
        all_.plan.slots.push_back({none, root.decl});
        Context context;
        context.frames = {{0, all_.source.root(), "root"}};
        context.element = &root;
        if (all_.program.split) split(context);
        root.eager_case = context.known;
        rules(all_.program.rules, context);
    }

private:
    void split(Context& context) {
        const auto path = all_.source_paths.source(*all_.program.split, context.frames, all_.program.split_at);
        if (!path) return;
        all_.reads.add(*path, all_.program.split_at);
        all_.plan.split = all_.builder.path(all_.source, *path);
        context.frames.push_back({all_.plan.frames++, path->decl, "split", filters_of(*path)});
        context.known = both(facts_.present(*path), facts_.passed(context.frames.back()));
    }

    void rules(const std::vector<Rule>& rules, const Context& context) {
        for (const Rule& each : rules) rule(each, context);
    }
    void rule(const Rule& rule, const Context& context) {
        switch (rule.kind) {
            case Kind::each: return each(rule, context);
            case Kind::within: return within(rule, context);
            case Kind::choose: return choose(rule, context);
            case Kind::reject: return reject(rule, context);
            case Kind::drop: return drop(rule, context);
            case Kind::check: return check(rule, context);
            case Kind::field:
                code_uses(rule.from, rule.steps, context);
                return write(rule, values_.field(*rule.from, rule.steps, {context.frames, context.known}, rule.at), context);
            case Kind::constant: ++all_.counts.constants; return write(rule, values_.constant(rule.value, rule.at), context);
            case Kind::given:
                ++all_.counts.constants;
                code_uses(std::nullopt, rule.steps, context);
                return write(rule, values_.given(rule), context);
            case Kind::text:
                for (const PieceRule& each : rule.pieces) code_uses(each.from, each.steps, context);
                code_uses(std::nullopt, rule.steps, context);
                return write(rule, values_.text(rule, {context.frames, context.known}), context);
        }
    }

    void code_uses(const std::optional<PathText>& from, const std::vector<StepRule>& steps, const Context& context) {
        const auto path = from && !steps.empty() ? quiet_path(*from, context) : std::nullopt;
        add_code_uses(steps, path ? &*path : nullptr, all_.source, all_.code_uses);
    }

    // --- the target side

    std::uint32_t slot(const Element* parent, DeclId decl) {
        all_.plan.slots.push_back({parent->slot, decl});
        return static_cast<std::uint32_t>(all_.plan.slots.size() - 1);
    }
    Element* element(Element* parent, DeclId decl, std::uint32_t loop, std::uint32_t block, Place at) {
        Element& made = all_.outline.elements.emplace_back();
        made.decl = decl;
        made.parent = parent;
        made.slot = slot(parent, decl);
        made.loop = loop;
        made.block = block;
        made.at = at;
        Writer writer;
        writer.kind = Writer::Kind::element;
        writer.decl = decl;
        writer.loop = loop;
        writer.block = block;
        writer.element = &made;
        writer.at = at;
        parent->writers.push_back(std::move(writer));
        return &made;
    }
    Element* shared(Element* parent, DeclId decl, Place at) {
        Element*& known = shared_[{parent, decl}];
        if (known == nullptr) known = element(parent, decl, parent->loop, 0, at);
        return known;
    }
    Element* own(Element* parent, DeclId decl, const Context& context, Place at) {
        Element* made = element(parent, decl, context.loop, context.block, at);
        made->own = true;
        return made;
    }

    /// Declarations from below the context's element on; all but the last `left` are walked.
    Element* walk(Element* from, const std::vector<DeclId>& decls, std::size_t left, Place at) {
        for (std::size_t i = 0; i + left < decls.size(); ++i) from = shared(from, decls[i], at);
        return from;
    }

    void write(const Rule& rule, std::optional<Flow> flow, const Context& context) {
        const auto decls = all_.target_paths.target(*rule.to, context.element->decl, rule.at);
        if (!flow || !decls) return;
        const DeclId decl = decls->empty() ? context.element->decl : decls->back();
        const auto& declaration = all_.target[decl];
        if (declaration.type == nullptr)
            return all_.report.add(rule.at, "TG-M007", describe(all_.target, decl) + " takes no value of its own", "name a value below it",
                                    {{target_place(all_.target, decl)}, {}});
        const bool whole = decls->empty() || !declaration.children.empty();  // text of an element that has attributes
        Writer writer;
        writer.kind = whole ? Writer::Kind::own_text : Writer::Kind::leaf;
        writer.decl = decl;
        writer.loop = context.loop;
        writer.block = context.block;
        writer.values_min = flow->values_min;
        writer.values_max = flow->values_max;
        writer.at = rule.at;
        writer.index = values_.finish(*flow, decl, rule.steps, rule.at);
        writer.from = flow->from;
        for (const Case& each : flow->cases) writer.cases.push_back(both(context.known, each));
        unreachable(rule, context, writer.cases);
        if (flow->values_max > 1 && (whole || declaration.occurs_max == 1)) {
            writer.values_max = 1;  // said here, so not again by check_target
            all_.report.add(rule.at, "TG-M008", flow->from + " may occur several times, " + describe(all_.target, decl) + " takes one value",
                            "add <first/>, <last/> or <join/>, or use <each>", several_shown(*flow, decl, context));
        }
        walk(context.element, *decls, whole ? 0 : 1, rule.at)->writers.push_back(std::move(writer));
    }

    /// Both schemas' places, and a document that has the source twice.
    Shown several_shown(const Flow& flow, DeclId target, const Context& context) const {
        Shown shown;
        const DeclId about = flow.plan.about;
        if (about != no_decl) shown.related.push_back(source_place(all_.source, about));
        shown.related.push_back(target_place(all_.target, target));
        auto wish = wish_of(all_.logic, context.known, {});
        const DeclId repeats = about == no_decl ? no_decl : repeating(all_.source, about);
        if (!wish || repeats == no_decl) return shown;
        wish->there.insert(about);
        wish->twice.insert(repeats);
        shown.witness = witness_document(all_.source, *wish);
        return shown;
    }

    /// The source cannot be where the rule stands: another alternative of the source schema has been taken already.
    void unreachable(const Rule& rule, const Context& context, const std::vector<Case>& cases) {
        const auto impossible = [&](const Case& each) { return all_.logic.impossible(each); };
        if (cases.empty() || impossible(context.known) || !std::all_of(cases.begin(), cases.end(), impossible)) return;
        Shown shown;
        const auto path = rule.from ? quiet_path(*rule.from, context) : std::nullopt;
        if (path) shown.related = {source_place(all_.source, path->decl)};
        all_.report.add(rule.at, "TG-M041", "this rule never applies: " + (path ? describe(all_.source, path->decl) : std::string("its source")) + " cannot be there where it stands",
                        "move it to where its source can be, or take it out", std::move(shown));
    }

    void reject(const Rule& rule, const Context& context) {
        Writer writer;
        writer.kind = Writer::Kind::reject;
        writer.loop = context.loop;
        writer.block = context.block;
        writer.at = rule.at;
        writer.index = static_cast<std::uint32_t>(all_.plan.rejections.size());
        all_.plan.rejections.push_back({all_.builder.text(rule.value), all_.builder.text(rule.reason), context.frames.back().id,
                                        static_cast<std::uint32_t>(rule.at.line)});
        // A rejected record needs no output: whatever else the branch fails to fill does not matter.
        context.element->writers.push_back(std::move(writer));
    }

    /// The element's content is looked at as a whole when it has been made.
    void check(const Rule& rule, const Context& context) {
        Element* element = context.element;
        if (rule.to) {
            const auto decls = all_.target_paths.target(*rule.to, context.element->decl, rule.at);
            if (!decls) return;
            element = walk(element, *decls, 0, rule.at);
        }
        element->check = all_.builder.text(rule.value);
        element->check_at = rule.at;
    }

    // --- contexts

    /// Where the target of each and within goes; null after a problem.
    Element* block_target(const Rule& rule, const Context& outside, const Context& inside) {
        if (!rule.to) return inside.element;
        const auto decls = all_.target_paths.target(*rule.to, outside.element->decl, rule.at);
        if (!decls) return nullptr;
        if (decls->empty() || all_.target[decls->back()].kind == DeclKind::attribute) {
            all_.report.add(rule.at, "TG-M009", "`to` of each and within names an element to make", "name an element below the target context");
            return nullptr;
        }
        Element* parent = walk(outside.element, *decls, 1, rule.at);
        const DeclId decl = decls->back();
        if (rule.kind == Kind::within && all_.target[decl].occurs_max == 1) return within_shared(rule, parent, decl, inside);
        Element* made = own(parent, decl, inside, rule.at);
        made->eager = rule.from.has_value();
        made->eager_case = inside.known;
        return made;
    }
    Element* within_shared(const Rule& rule, Element* parent, DeclId decl, const Context& inside) {
        Element* element = shared(parent, decl, rule.at);
        if (!rule.from) return element;
        Writer make;
        make.kind = Writer::Kind::make;
        make.decl = decl;
        make.loop = inside.loop;
        make.block = inside.block;
        make.cases = {inside.known};
        make.at = rule.at;
        element->writers.push_back(std::move(make));
        return element;
    }

    void each(const Rule& rule, const Context& outside) {
        const auto path = all_.source_paths.source(*rule.from, outside.frames, rule.at);
        if (!path) return;
        all_.reads.add(*path, rule.at);
        Context inside = outside;
        Loop loop;
        loop.parent = outside.loop;
        loop.outside = outside.block;
        loop.inside = inside.block = all_.builder.block(outside.block);
        loop.path = all_.builder.path(all_.source, *path);
        loop.frame = all_.plan.frames++;
        loop.min = path->occurs.min;
        loop.max = path->occurs.max;
        inside.loop = static_cast<std::uint32_t>(all_.outline.loops.size());
        inside.frames.push_back({loop.frame, path->decl, "each" + std::to_string(loop.frame), filters_of(*path)});
        inside.known = both(outside.known, inside_case(*path, inside.frames.back()));
        unreachable(rule, outside, {inside.known});
        all_.outline.loops.push_back(std::move(loop));
        inside.element = block_target(rule, outside, inside);
        if (inside.element != nullptr) rules(rule.rules, inside);
    }

    static std::vector<Filter> filters_of(const SourcePath& path) { return path.hops.empty() ? path.frame.filters : path.hops.back().filters; }

    /// Each and within skip leaves without text: inside, the node has some.
    Case inside_case(const SourcePath& path, const Frame& frame) {
        const bool leaf = all_.source[path.decl].type != nullptr && all_.source[path.decl].children.empty();
        if (!leaf) return both(facts_.present(path), facts_.passed(frame));
        SourcePath self;
        self.frame = frame;
        self.decl = path.decl;
        return both(facts_.with_text(path), facts_.with_text(self));
    }

    void within(const Rule& rule, const Context& outside) {
        Context inside = outside;
        if (rule.from) {
            const auto path = all_.source_paths.source(*rule.from, outside.frames, rule.at);
            if (!path) return;
            all_.reads.add(*path, rule.at);
            if (path->occurs.max > 1)
                return all_.report.add(rule.at, "TG-M009", describe(all_.source, path->decl) + " may occur several times", "use <each>, or choose one with [1], [last()] or [@name='x']");
            inside.frames.push_back({all_.plan.frames++, path->decl, path->key(path->hops.size()), filters_of(*path)});
            inside.block = all_.builder.block(outside.block);
            inside.known = both(outside.known, inside_case(*path, inside.frames.back()));
            unreachable(rule, outside, {inside.known});
            all_.outline.loops[outside.loop].prologue.push_back(
                {Op::context, outside.block, inside.frames.back().id, all_.builder.path(all_.source, *path), inside.block, 0, 0});
        } else if (!rule.to) {
            return all_.report.add(rule.at, "TG-M009", "within without from and to does nothing", "add one, or take its rules out");
        }
        inside.element = block_target(rule, outside, inside);
        if (inside.element != nullptr) rules(rule.rules, inside);
    }

    // --- choices

    void choose(const Rule& rule, const Context& outside) {
        Instruction choose{Op::choose, outside.block, static_cast<std::uint32_t>(all_.plan.branch_tests.size()),
                           static_cast<std::uint32_t>(all_.plan.parents.size()), 0, 0, 0};
        for (const auto& branch : rule.branches) {
            all_.builder.block(outside.block);
            if (branch.test) ++choose.c;
            else choose.d = 1;
        }
        all_.outline.loops[outside.loop].prologue.push_back(choose);
        std::vector<Case> taken = branch_cases(rule, outside);
        reachable(rule, outside, taken);
        for (std::size_t i = 0; i < rule.branches.size(); ++i) {
            Context inside = outside;
            inside.block = choose.b + static_cast<std::uint32_t>(i);
            inside.known = both(outside.known, taken[i]);
            rules(rule.branches[i].rules, inside);
            forget_if_rejected(rule.branches[i], taken[i]);
        }
        if (choose.d == 1) all_.logic.split(outside.known, std::move(taken));
    }
    /// Branches that are never taken, whatever the document. The last one, <otherwise>, may be there for safety.
    void reachable(const Rule& rule, const Context& outside, const std::vector<Case>& taken) {
        const auto single = [&](const PathText& path) {
            const auto found = quiet_path(path, outside);
            return found && found->occurs.max == 1;
        };
        std::vector<const TestTerm*> earlier;
        const Rule::Branch* always = nullptr;  // an earlier branch whose test holds for every document
        for (std::size_t i = 0; i < rule.branches.size(); ++i) {
            const auto& branch = rule.branches[i];
            if (!branch.test) continue;
            const auto shadow = std::find_if(earlier.begin(), earlier.end(), [&](const TestTerm* each) { return implies(*branch.test, *each); });
            if (contradiction(*branch.test, single)) never(branch, "its test asks one field for two values at once", {});
            else if (always != nullptr) never(branch, "the test in line " + std::to_string(always->at.line) + " holds for every document", always->at);
            else if (shadow != earlier.end()) shadowed(rule, branch, **shadow);
            else if (all_taken(*branch.test, earlier)) never(branch, "the branches before it take every value that it asks for", {});
            else if (all_.logic.impossible(both(outside.known, taken[i])) && !all_.logic.impossible(outside.known))
                never(branch, "what it tests cannot be there where it stands", {});
            if (const std::string twice = named_twice(*branch.test); !twice.empty())
                all_.report.add(branch.at, "TG-M042", "the test names '" + twice + "' twice", "name each value once");
            if (always == nullptr && surely(*branch.test, outside)) always = &branch;
            earlier.push_back(&*branch.test);
        }
    }
    void never(const Rule::Branch& branch, const std::string& why, Place other) {
        Shown shown;
        if (other.line > 0) shown.related = {{"the branch before", all_.report.file, other.line, other.column}};
        all_.report.add(branch.at, "TG-M040", "this branch is never taken: " + why, "put the narrower test first, correct it, or take the branch out", std::move(shown));
    }
    void shadowed(const Rule& rule, const Rule::Branch& branch, const TestTerm& by) {
        for (const auto& each : rule.branches)
            if (each.test && &*each.test == &by) never(branch, "whenever its test holds, the one in line " + std::to_string(each.at.line) + " has held before", each.at);
    }
    /// Something that is always there, with text.
    bool surely(const TestTerm& term, const Context& context) {
        const auto path = term.kind == TestTerm::Kind::present ? quiet_path(term.path, context) : std::nullopt;
        return path && includes(context.known, facts_.with_text(*path));
    }
    /// Compiles the tests, one behind the other, and says what is known in each branch.
    std::vector<Case> branch_cases(const Rule& rule, const Context& outside) {
        const auto number = std::to_string(choices_++);
        Case failed;  // what the branches before this one say about it
        std::vector<Case> taken;
        std::vector<Atom> atoms;
        for (const auto& branch : rule.branches) {
            const Atom atom = all_.logic.atom("branch " + number + ":" + std::to_string(atoms.size()));
            for (const Atom other : atoms) all_.logic.exclude(atom, other);
            atoms.push_back(atom);
            Case& said = taken.emplace_back(both({atom}, failed));
            if (!branch.test) continue;
            all_.plan.branch_tests.push_back(static_cast<std::uint32_t>(all_.plan.tests.size()));
            all_.tests.add(*branch.test, outside.frames, branch.at);
            said = both(said, both(implied(*branch.test, outside), claims(*branch.test, true, outside)));
            failed = both(failed, both(denied(*branch.test, outside), claims(*branch.test, false, outside)));
        }
        return taken;
    }
    /// A branch that rejects at its top needs nothing filled: as a case it cannot be.
    void forget_if_rejected(const Rule::Branch& branch, Case& said) {
        const bool rejects = std::any_of(branch.rules.begin(), branch.rules.end(), [](const Rule& each) { return each.kind == Kind::reject; });
        if (!rejects) return;
        const Atom rejected = all_.logic.atom("rejected");
        all_.logic.negation(rejected);
        said = both(said, both({rejected}, {all_.logic.negation(rejected)}));
    }

    /// What a test that holds, or fails, says about values: for witnesses only, nothing follows from it.
    Case claims(const TestTerm& term, bool holds, const Context& context) {
        using Test = TestTerm::Kind;
        if (term.kind == Test::present) return {};
        if (term.kind == Test::negation) return claims(term.parts[0], !holds, context);
        if (term.kind == (holds ? Test::all : Test::any)) {
            Case all;
            for (const auto& each : term.parts) all = both(all, claims(each, holds, context));
            return all;
        }
        const bool compares = term.kind == Test::equals || term.kind == Test::among || (term.kind == Test::differs && holds);
        const bool empty = std::find(term.values.begin(), term.values.end(), "") != term.values.end();
        const auto path = compares && !empty ? quiet_path(term.path, context) : std::nullopt;
        if (!path) return {all_.logic.atom(unclear_claim)};
        return {all_.logic.atom(value_claim(path->decl, term.values, holds == (term.kind != Test::differs)))};
    }
    std::optional<SourcePath> quiet_path(const PathText& text, const Context& context) {
        Problems ignored;  // the test has reported them
        const Report report{all_.report.file, ignored};
        return PathResolver(all_.source, all_.program.prefixes, report, "TG-M003").source(text, context.frames, {});
    }
    Case implied(const TestTerm& term, const Context& context) {
        Case known;
        if (term.kind == TestTerm::Kind::all)
            for (const auto& each : term.parts) known = both(known, implied(each, context));
        if (term.kind == TestTerm::Kind::negation) return denied(term.parts[0], context);
        const bool certain = !term.parts.empty() || std::find(term.values.begin(), term.values.end(), "") != term.values.end();
        const auto path = certain ? std::nullopt : quiet_path(term.path, context);
        if (!path) return known;
        if (term.kind == TestTerm::Kind::in_codes) known = both(known, facts_.in_codes(*path, term.table));
        return both(known, facts_.with_text(*path));
    }
    /// Only a plain test of presence says something when it fails.
    Case denied(const TestTerm& term, const Context& context) {
        if (term.kind == TestTerm::Kind::negation) return implied(term.parts[0], context);
        const auto path = term.kind == TestTerm::Kind::present ? quiet_path(term.path, context) : std::nullopt;
        if (!path) return {};
        const auto sign = facts_.only_sign(*path);
        return sign ? Case{all_.logic.negation(*sign)} : Case{};
    }

    void drop(const Rule& rule, const Context& context) {
        const auto path = all_.source_paths.source(*rule.from, context.frames, rule.at);
        if (!path) return;
        if (std::any_of(path->hops.begin(), path->hops.end(), [](const Hop& each) { return !each.plain(); }))
            return all_.report.add(rule.at, "TG-M006", "a dropped path cannot have predicates: it is dropped wherever it stands", "remove the predicate");
        const auto [known, fresh] = all_.drops.emplace(path->decl, Dropped{rule.reason, rule.at});
        if (!fresh)
            all_.report.add(rule.at, "TG-M018", describe(all_.source, path->decl) + " is already dropped in line " + std::to_string(known->second.at.line),
                            "remove one of the two");
    }

    Compilation& all_;
    SourceFacts facts_;
    ValueCompiler values_;
    std::map<std::pair<Element*, DeclId>, Element*> shared_{};
    std::uint32_t choices_ = 0;
};

}  // namespace

void outline_rules(Compilation& compilation) { Outliner(compilation).run(); }

}  // namespace hub::mapping
