// A mapping file's elements to rules. The XSD has checked names, attributes and nesting; here paths and tests are
// parsed, and what XSD cannot say is checked.
#include <array>
#include <charconv>
#include <utility>

#include "hub/formats/config_xml.hpp"
#include "hub/mapping/limits.hpp"
#include "hub/mapping/site_shapes.hpp"
#include "hub/mapping/syntax.hpp"

namespace hub::mapping {

namespace {

using formats::ConfigElement;
using StepKind = StepRule::Kind;
using RuleKind = Rule::Kind;

constexpr std::array<std::pair<std::string_view, StepKind>, 20> step_names{{
    {"code", StepKind::code}, {"date", StepKind::date}, {"substring", StepKind::substring}, {"trim", StepKind::trim},
    {"upper", StepKind::upper}, {"lower", StepKind::lower}, {"remove", StepKind::remove}, {"prepend", StepKind::prepend},
    {"append", StepKind::append}, {"default", StepKind::default_value}, {"first", StepKind::first}, {"last", StepKind::last},
    {"join", StepKind::join}, {"truncate", StepKind::truncate}, {"require", StepKind::require},
    {"zone", StepKind::zone}, {"local", StepKind::local}, {"check", StepKind::check},
    {"extract", StepKind::extract}, {"pad", StepKind::pad}}};
constexpr std::array<std::pair<std::string_view, RuleKind>, 10> rule_names{{
    {"field", RuleKind::field}, {"const", RuleKind::constant}, {"given", RuleKind::given}, {"text", RuleKind::text},
    {"each", RuleKind::each}, {"within", RuleKind::within}, {"choose", RuleKind::choose}, {"reject", RuleKind::reject},
    {"drop", RuleKind::drop}, {"check", RuleKind::check}}};

template <class Names>
auto kind_of(const Names& names, std::string_view name) -> std::optional<decltype(names[0].second)> {
    for (const auto& [each, kind] : names)
        if (each == name) return kind;
    return std::nullopt;
}

std::string raw(const ConfigElement& element, std::string_view name) {
    const std::string* value = element.attribute(name);
    return value == nullptr ? std::string() : *value;
}

class Reader {
public:
    explicit Reader(const Report& report) : report_(report) {}

    void program(const ConfigElement& root, Program& program) {
        program.strict = root.token("unknown") == "strict";
        program.rejects_unproved = root.token("unproved") == "reject";
        program.unproved_at = place(root);
        program.split_at = place(root);
        if (root.attribute("split") != nullptr) program.split = path(root, "split");
        for (const auto& each : root.children) {
            if (each.name == "about") program.about = each.text;
            if (each.name == "from") program.from = end(each);
            if (each.name == "to") program.to = end(each);
            if (each.name == "namespace") program.prefixes[each.token("prefix")] = each.token("uri");
        }
        rules(root, program.rules, 0);
    }

private:
    static Place place(const ConfigElement& element) { return {element.line, element.column}; }

    std::optional<PathText> path(const ConfigElement& element, std::string_view attribute) {
        const std::string text = element.token(attribute);
        std::string why;
        auto path = parse_path(text, why);
        if (!path) report_.add(place(element), "TG-M002", "the path '" + text + "' is not understood: " + why, "see schemas/site/mapping.xsd for the paths there are");
        return path;
    }

    static EndRule end(const ConfigElement& element) {
        EndRule end{place(element), element.token("schema"), element.token("root"), formats::Format::xml};
        const std::string format = element.token("format");
        if (format == "json") end.format = formats::Format::json;
        if (format == "csv") end.format = formats::Format::csv;
        if (format == "hl7") end.format = formats::Format::hl7;
        return end;
    }

    std::uint32_t number(const ConfigElement& element, std::string_view attribute, std::uint32_t otherwise) {
        const std::string text = element.token(attribute);
        if (text.empty()) return otherwise;
        std::uint32_t value = 0;
        const char* from = text.data() + (text[0] == '+' ? 1 : 0);
        if (std::from_chars(from, text.data() + text.size(), value).ec != std::errc())
            report_.add(place(element), "TG-M001", std::string(attribute) + "=\"" + text + "\" is beyond what a text can be long", "write a smaller number");
        return value;
    }

    /// What becomes of a text that a code table or a pattern does not have.
    void missing(const ConfigElement& element, StepRule& step) {
        int stated = 0;
        if (const auto* value = element.attribute("default")) step.missing = StepRule::Missing::replace, step.other = *value, ++stated;
        if (element.attribute("reject") != nullptr) step.missing = StepRule::Missing::reject, step.reject = element.token("reject"), ++stated;
        if (element.attribute("keep") != nullptr) step.missing = StepRule::Missing::keep, ++stated;
        if (element.attribute("absent") != nullptr) step.missing = StepRule::Missing::absent, ++stated;
        if (stated > 1)
            report_.add(place(element), "TG-M025", "default, reject, keep and absent exclude one another", "keep one of them");
    }
    void pad(const ConfigElement& element, StepRule& step) {
        step.length = number(element, "length", 0);
        step.text = raw(element, "with");
        step.in_front = element.token("side") != "right";
        if (step.length > pad_length_max)
            report_.add(place(element), "TG-M001", "pad_length_max = " + std::to_string(pad_length_max) + " is exceeded", "pad to a smaller length");
    }

    StepRule step(const ConfigElement& element, StepKind kind) {
        StepRule step;
        step.kind = kind;
        step.at = place(element);
        switch (kind) {
            case StepKind::code: case StepKind::extract:
                step.text = kind == StepKind::code ? element.token("table") : raw(element, "pattern");
                missing(element, step);
                break;
            case StepKind::pad: pad(element, step); break;
            case StepKind::date:
                step.text = raw(element, "from");
                step.other = raw(element, "to");
                break;
            case StepKind::substring:
                step.from = number(element, "from", 1);
                step.length = number(element, "length", 0);
                break;
            case StepKind::truncate: step.length = number(element, "length", 0); break;
            case StepKind::remove: step.text = raw(element, "characters"); break;
            case StepKind::join: step.text = raw(element, "separator"); break;
            case StepKind::require: case StepKind::check: step.text = element.token("reject"); break;
            case StepKind::zone: step.text = element.token("table"); break;
            case StepKind::local:
                step.text = element.token("table");
                step.other = raw(element, "to");
                break;
            case StepKind::prepend: case StepKind::append: case StepKind::default_value: step.text = raw(element, "value"); break;
            case StepKind::trim: case StepKind::upper: case StepKind::lower: case StepKind::first: case StepKind::last: break;
        }
        return step;
    }
    void steps(const ConfigElement& element, std::vector<StepRule>& into) {
        for (const auto& each : element.children)
            if (const auto kind = kind_of(step_names, each.name)) into.push_back(step(each, *kind));
    }

    PieceRule piece(const ConfigElement& element) {
        PieceRule piece;
        piece.at = place(element);
        piece.value = raw(element, "value");
        if (element.attribute("from") != nullptr) piece.from = path(element, "from");
        if ((element.attribute("from") != nullptr) == (element.attribute("value") != nullptr))
            report_.add(piece.at, "TG-M030", "a piece has either from or value", "keep one of them");
        steps(element, piece.steps);
        return piece;
    }

    void choose(const ConfigElement& element, Rule& rule, std::size_t depth) {
        for (const auto& each : element.children) {
            auto& branch = rule.branches.emplace_back();
            branch.at = place(each);
            if (each.name == "when") {
                std::string why;
                branch.test = parse_test(raw(each, "test"), why);
                if (!branch.test)
                    report_.add(branch.at, "TG-M014", "the test \"" + raw(each, "test") + "\" is not understood: " + why,
                                "see schemas/site/mapping.xsd for the tests there are");
            }
            rules(each, branch.rules, depth + 1);
        }
    }

    Rule rule(const ConfigElement& element, RuleKind kind, std::size_t depth) {
        Rule rule;
        rule.kind = kind;
        rule.at = place(element);
        rule.from_text = element.token("from");
        if (element.attribute("from") != nullptr) rule.from = path(element, "from");
        if (element.attribute("to") != nullptr) rule.to = path(element, "to");
        rule.reason = raw(element, "reason");
        rule.value = kind == RuleKind::given ? element.token("name")
                     : kind == RuleKind::text ? raw(element, "separator")
                     : kind == RuleKind::reject ? element.token("code")
                     : kind == RuleKind::check ? element.token("reject") : raw(element, "value");
        const bool holds_rules = kind == RuleKind::each || kind == RuleKind::within;  // a <check> in there is a rule
        if (!holds_rules) steps(element, rule.steps);
        if (kind == RuleKind::text)
            for (const auto& each : element.children)
                if (each.name == "piece") rule.pieces.push_back(piece(each));
        if (kind == RuleKind::choose) choose(element, rule, depth);
        if (holds_rules) rules(element, rule.rules, depth + 1);
        return rule;
    }

    void rules(const ConfigElement& element, std::vector<Rule>& into, std::size_t depth) {
        if (depth > nesting_max)
            return report_.add(place(element), "TG-M001", "nesting_max = " + std::to_string(nesting_max) + " is exceeded", "use paths with more steps instead");
        std::vector<Rule::Excuse> excuses;  // of the rule that follows
        for (const auto& each : element.children) {
            if (each.name == "unnoticed") excuses.push_back({place(each), each.token("edit"), raw(each, "reason")});
            const auto kind = kind_of(rule_names, each.name);
            if (!kind) continue;
            if (++count_ == rules_max + 1)
                report_.add(place(each), "TG-M001", "rules_max = " + std::to_string(rules_max) + " is exceeded", "split the exchange");
            if (count_ > rules_max) return;
            into.push_back(rule(each, *kind, depth));
            into.back().excuses = std::exchange(excuses, {});
        }
        for (const auto& each : excuses) report_.add(each.at, "TG-M044", "no rule follows this <unnoticed>", "put it in front of the rule that it is about");
    }

    const Report& report_;
    std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Program> read_program(const std::string& path, std::string_view text, Problems& problems) {
    const auto before = problems.size();
    const auto root = formats::read_config(path, text, &mapping_xsd(), problems);
    if (!root) return nullptr;
    auto program = std::make_unique<Program>();
    const Report report{path, problems};
    Reader(report).program(*root, *program);
    return problems.size() == before ? std::move(program) : nullptr;
}

}  // namespace hub::mapping
