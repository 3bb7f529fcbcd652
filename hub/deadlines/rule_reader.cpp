// See rule_reader.hpp: rules with their settings and owners, and gates.
#include "hub/deadlines/rule_reader.hpp"

#include <algorithm>

namespace hub::deadlines {
namespace {

using formats::ConfigElement;

constexpr std::int64_t minutes_in_day = 24 * 60;

RuleKind kind_of(const ConfigElement& element) {
    const std::string kind = element.token("kind");
    return kind == "state" ? RuleKind::state : kind == "measure" ? RuleKind::measure : RuleKind::deadline;
}

/// The site's word on a setting, if it has said one that fits.
void give(RuleReading& reading, const std::string& rule, Setting& setting) {
    for (const GivenSetting& given : reading.sources.settings) {
        if (given.rule != rule || given.name != setting.name) continue;
        if (setting.is_date)
            setting.date = parse_day(given.value);
        else
            setting.number = parse_number(given.value);
        if (!setting.date && !setting.number)
            reading.problems.push_back({given.place.file, given.place.line, given.place.column, "TG-D201",
                                        "'" + given.value + "' is not " + (setting.is_date ? "a date" : "a number of " + setting.unit),
                                        setting.is_date ? "write it as 2027-04-01" : "write a plain number"});
    }
}

Named read_settings(RuleReading& reading, const ConfigElement& element, const std::string& rule) {
    Named named;
    for (const ConfigElement* each : reading.children(element, "setting")) {
        Setting setting{each->token("name"), each->token("about"), each->token("unit"), each->token("unit") == "date", {}, {}};
        check_free_name(setting.name, *reading.sources.kinds, named, reading.place(*each), reading.problems);
        give(reading, rule, setting);
        named.settings.push_back(std::move(setting));
    }
    return named;
}

/// The site sets something that no rule asks for: a slip of the pen that would otherwise go unnoticed.
void check_given(RuleReading& reading, const Rule& rule, const Named& settings) {
    for (const GivenSetting& given : reading.sources.settings) {
        if (given.rule != rule.name) continue;
        const bool known = std::any_of(settings.settings.begin(), settings.settings.end(), [&](const Setting& s) { return s.name == given.name; });
        if (!known)
            reading.problems.push_back({given.place.file, given.place.line, given.place.column, "TG-D202",
                                        "rule '" + rule.name + "' has no setting '" + given.name + "'", "remove it, or correct its name"});
    }
}

LateKnowledge read_late(const RuleReading& reading, const ConfigElement& element, const Named& settings) {
    const ConfigElement* late = reading.child(element, "late-knowledge");
    if (!late) return {};
    if (late->token("policy") != "prompt") {
        if (late->attribute("allowance"))
            reading.complain(*late, "TG-D234", "policy 'told_late' has an allowance, which moves nothing", "remove allowance=, or write policy=\"prompt\"");
        return {};
    }
    if (!late->attribute("allowance"))
        reading.complain(*late, "TG-D203", "policy 'prompt' has no allowance", "say how long it may take from when it was told: allowance=\"1 working day\"");
    return {true, reading.length(*late, "allowance", settings), late->token("allowance")};
}

void read_owners(RuleReading& reading, const ConfigElement& element, const Named& settings, Rule& rule) {
    bool left = true;  // somebody is: no owner so far has it always
    for (const ConfigElement* each : reading.children(element, "owner")) {
        if (!left) reading.complain(*each, "TG-D232", "owner '" + each->token("role") + "' never has it: the one before has it always", "move it up, or give that one a test");
        left = each->attribute("when") != nullptr;
        rule.owners.push_back({each->token("role"), reading.expression(*each, "when", ValueType::yes_no, rule.matter, settings)});
    }
    if (!rule.owners.empty() && left)
        reading.complain(element, "TG-D204", "rule '" + rule.name + "' has no owner for whoever is left", "end its owners with one without 'when'");
}

void add_reads(const Version& version, std::set<KindId>& into) {
    const auto add = [&](const Expression& expression) {
        if (expression) expression.add_reads(into);
    };
    add(version.scope);
    add(version.guard);
    for (const Case& each : version.cases) add(each.when), add(each.start), add(each.due);
    for (const Discharge& each : version.discharges) add(each.at);
    for (const Pause& each : version.pauses) into.insert(each.kind);
    if (version.every) add(version.every->from), add(version.every->until);
    for (const Generated& each : version.generated) {
        add(each.when);
        for (const Generated::Set& set : each.sets) add(set.value);
    }
}

}  // namespace

Expression RuleReading::expression(const ConfigElement& at, const char* attribute, std::optional<ValueType> want, const std::string& matter,
                                   const Named& named) const {
    if (!at.attribute(attribute)) return {};
    return read_expression(at.token(attribute), want, *sources.kinds, matter, named, place(at), problems);
}

Length RuleReading::length(const ConfigElement& at, const char* attribute, const Named& named) const {
    if (!at.attribute(attribute)) return {};
    std::string why;
    const std::optional<Length> length = read_length(at.token(attribute), named, why);
    if (length) return *length;
    complain(at, "TG-D205", "'" + at.token(attribute) + "' is not a length of time: " + why, "write it as \"5 working days\" or \"8 months 14 days\"");
    return {};
}

const ConfigElement* RuleReading::child(const ConfigElement& at, std::string_view name) const {
    for (const ConfigElement& each : at.children)
        if (each.name == name) return &each;
    return nullptr;
}

std::vector<const ConfigElement*> RuleReading::children(const ConfigElement& at, std::string_view name) const {
    std::vector<const ConfigElement*> found;
    for (const ConfigElement& each : at.children)
        if (each.name == name) found.push_back(&each);
    return found;
}

Citation read_citation(const RuleReading& reading, const ConfigElement& parent) {
    const ConfigElement* citation = reading.child(parent, "citation");
    return citation ? Citation{citation->token("text"), citation->token("standing")} : Citation{};
}

void read_lets(const RuleReading& reading, const ConfigElement& parent, const std::string& matter, Named& into) {
    for (const ConfigElement* each : reading.children(parent, "let")) {
        const std::string name = each->token("name");
        const bool twice = std::any_of(into.lets.begin(), into.lets.end(), [&](const auto& let) { return let.first == name; });
        if (twice) reading.complain(*each, "TG-D206", "'" + name + "' is named twice", "give one of them another name");
        else check_free_name(name, *reading.sources.kinds, into, reading.place(*each), reading.problems);
        Expression value = reading.expression(*each, "value", std::nullopt, matter, into);
        into.lets.emplace_back(name, std::move(value));
    }
}

Rule read_rule(RuleReading& reading, const ConfigElement& element) {
    Rule rule{.name = element.token("name"), .kind = kind_of(element), .matter = element.token("matter"), .place = reading.place(element)};
    if (const ConfigElement* about = reading.child(element, "about")) rule.about = about->text;
    if (!element.token("target").empty()) rule.target_percent = std::stoi(element.token("target"));
    if (element.attribute("target") && rule.kind != RuleKind::measure)
        reading.complain(element, "TG-D233", "rule '" + rule.name + "' has a target and is no measure", "remove target=, or write kind=\"measure\"");
    Named settings = read_settings(reading, element, rule.name);
    check_given(reading, rule, settings);
    read_lets(reading, element, rule.matter, settings);  // every version has them, before its own
    read_owners(reading, element, settings, rule);
    rule.by = reading.expression(element, "by", ValueType::date, rule.matter, settings);
    rule.late = read_late(reading, element, settings);
    if (const ConfigElement* settle = reading.child(element, "settle")) {
        const Length time = reading.length(*settle, "time", settings);
        rule.settle_minutes = time.minutes + time.days * minutes_in_day;
    }
    std::set<KindId> reads;
    if (rule.by) rule.by.add_reads(reads);
    for (const Owner& owner : rule.owners)
        if (owner.when) owner.when.add_reads(reads);
    for (const ConfigElement* each : reading.children(element, "version")) {
        rule.versions.push_back(read_version(reading, *each, rule, settings));
        add_reads(rule.versions.back(), reads);
    }
    rule.reads.assign(reads.begin(), reads.end());
    check_cases(reading, element, rule);
    return rule;
}

Gate read_gate(RuleReading& reading, const ConfigElement& element) {
    Gate gate{.name = element.token("name"), .record = element.token("record"), .matter = element.token("matter"), .place = reading.place(element)};
    if (const ConfigElement* about = reading.child(element, "about")) gate.about = about->text;
    gate.citation = read_citation(reading, element);
    read_lets(reading, element, gate.matter, gate.named);
    if (const ConfigElement* when = reading.child(element, "when")) gate.when = reading.expression(*when, "test", ValueType::yes_no, gate.matter, gate.named);
    std::set<KindId> reads;
    if (gate.when) gate.when.add_reads(reads);
    for (const ConfigElement* each : reading.children(element, "need")) {
        gate.needs.push_back({each->token("part"), reading.expression(*each, "test", ValueType::yes_no, gate.matter, gate.named), each->token("cure"),
                              reading.place(*each)});
        if (gate.needs.back().test) gate.needs.back().test.add_reads(reads);
    }
    if (reading.sources.has_path && !reading.sources.has_path(gate.record, ""))
        reading.complain(element, "TG-D207", "no record type is named '" + gate.record + "'", "name a record type of the site");
    gate.reads.assign(reads.begin(), reads.end());
    return gate;
}

}  // namespace hub::deadlines
