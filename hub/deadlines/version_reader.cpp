// See rule_reader.hpp: one dated version of a rule.
#include <algorithm>

#include "hub/deadlines/expression_term.hpp"
#include "hub/deadlines/rule_reader.hpp"

namespace hub::deadlines {
namespace {

using formats::ConfigElement;

/// Known before anybody asked.
constexpr Day always{-800'000};

void read_dates(const RuleReading& reading, const ConfigElement& element, Version& version) {
    const std::string from = element.token("from");
    if (const auto day = parse_day(from)) {
        version.from = *day;
    } else {
        const auto& settings = version.named.settings;
        const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& s) { return s.is_date && s.name == from; });
        if (found == settings.end())
            reading.complain(element, "TG-D210", "version '" + version.name + "' holds from '" + from + "', which is no date and no setting that is one",
                             "write a date, or declare <setting name=\"" + from + "\" unit=\"date\" .../>");
        if (found != settings.end() && found->date)
            version.from = *found->date;
        else
            version.unset.push_back(from);
        version.from_setting = from;
    }
    version.to = parse_day(element.token("to"));
    version.known_from = parse_day(element.token("known-from")).value_or(always);
    if (version.to && *version.to <= version.from && version.unset.empty())
        reading.complain(element, "TG-D211", "version '" + version.name + "' ends before it begins", "correct from or to");
}

void read_scope(RuleReading& reading, const ConfigElement& element, const std::string& matter, const Named& settings, Version& version) {
    version.scope_name = element.token("scope");
    if (version.scope_name.empty()) return;
    const auto cohort = reading.cohorts.find(version.scope_name);
    if (cohort == reading.cohorts.end())
        return reading.complain(element, "TG-D212", "no cohort is named '" + version.scope_name + "'", "declare it: <cohort name= test=/> at the top of the file");
    cohort->second.used = true;
    version.scope = read_expression(cohort->second.test, ValueType::yes_no, *reading.sources.kinds, matter, settings, cohort->second.place, reading.problems);
}

/// Whether it names the period, itself or through a named value.
bool asks_of_period(const Term& term, const Named& named) {
    if (term.op == Op::window_start || term.op == Op::window_end) return true;
    if (term.op == Op::let && asks_of_period(named.lets[term.index].second.root()->root, named)) return true;
    return std::any_of(term.parts.begin(), term.parts.end(), [&](const Term& part) { return asks_of_period(part, named); });
}

Recurrence read_every(const RuleReading& reading, const ConfigElement& at, const std::string& matter, const Named& named) {
    Recurrence every;
    const std::size_t before = reading.problems.size();
    every.every = reading.length(at, "length", named);
    const bool is_length = reading.problems.size() == before;
    every.from = reading.expression(at, "from", ValueType::date, matter, named);
    every.until = reading.expression(at, "until", ValueType::date, matter, named);
    for (const auto& [name, day] : {std::pair("from", &every.from), std::pair("until", &every.until)})
        if (*day && asks_of_period(day->root()->root, named))
            reading.complain(at, "TG-D229", std::string(name) + " asks for the period that it makes", "say by a fact when periods begin or end");
    every.calendar = at.token("calendar") == "true" || at.token("calendar") == "1";
    every.whole = at.token("whole") != "false" && at.token("whole") != "0";
    const bool whole_length = (every.every.months > 0) != (every.every.days > 0) && every.every.working_days == 0 && every.every.minutes == 0;
    if (is_length && (!whole_length || (every.calendar && every.every.months == 0)))
        reading.complain(at, "TG-D213", "a period is a number of months or a number of days" + std::string(every.calendar ? "; of the calendar, months" : ""),
                         "write length=\"1 month\" or length=\"14 days\"");
    return every;
}

void read_discharges(const RuleReading& reading, const ConfigElement& element, const std::string& matter, Version& version) {
    for (const char* name : {"met", "void"})
        for (const ConfigElement* each : reading.children(element, name))
            version.discharges.push_back({reading.expression(*each, "at", ValueType::date, matter, version.named), each->token("reason"),
                                          std::string_view(name) == "void", reading.place(*each)});
}

/// A value that the kind never has would stop no clock, or the wrong ones.
void check_pause(const RuleReading& reading, const ConfigElement& at, const FactKind& kind, const std::string& matter) {
    const std::string value = at.token("value");
    const auto wrong = [&](const std::string& why, const std::string& cure) { reading.complain(at, "TG-D230", "'" + kind.name + "' never has the value '" + value + "': " + why, cure); };
    if (kind.matter != matter && kind.matter != "person")
        reading.complain(at, "TG-D231", "'" + kind.name + "' is a fact of a " + kind.matter + ", and the clock is of a " + matter, "name a kind of fact of the " + matter + " or of the person");
    if (kind.type == FactType::yes_no && value != "yes" && value != "no") wrong("it is yes or no", "write value=\"yes\" or value=\"no\"");
    if (kind.type == FactType::date || kind.type == FactType::instant || kind.type == FactType::number)
        wrong("it is of type " + std::string(name_of(kind.type)), "name a kind that is a code, a text, or yes or no");
    if (kind.type == FactType::code && !kind.values.empty() && std::find(kind.values.begin(), kind.values.end(), value) == kind.values.end())
        wrong("it is a code", nearest_cure(value, kind.values));
}

void read_pauses(const RuleReading& reading, const ConfigElement& element, const std::string& matter, Version& version) {
    for (const ConfigElement* each : reading.children(element, "pause")) {
        const KindId kind = reading.sources.kinds->find(each->token("kind"));
        if (kind == no_kind) {
            reading.complain(*each, "TG-D214", "no fact kind is named '" + each->token("kind") + "'", "schemas/canonical/facts.xml has them all");
            continue;
        }
        check_pause(reading, *each, (*reading.sources.kinds)[kind], matter);
        version.pauses.push_back({kind, each->token("value"), each->token("reason")});
    }
}

/// A rung whose length the site has not set yet is not there; the deadline itself still is.
bool is_set(const ConfigElement& rung, const char* attribute, const Named& named) {
    std::string why;
    std::set<std::string> unset;
    read_length(rung.token(attribute), named, why, &unset);
    return unset.empty();
}

void read_ladder(const RuleReading& reading, const ConfigElement& element, Version& version) {
    for (const ConfigElement* each : reading.children(element, "warn"))
        if (is_set(*each, "before", version.named))
            version.warnings.push_back({reading.length(*each, "before", version.named), each->token("before"), each->token("to")});
    for (const ConfigElement* each : reading.children(element, "escalate"))
        if (is_set(*each, "after", version.named))
            version.escalations.push_back({reading.length(*each, "after", version.named), each->token("after"), each->token("to")});
}

std::string text_of(const Term& constant) {
    switch (constant.type) {
        case ValueType::date:
        case ValueType::instant: return to_text(constant.constant.point);
        case ValueType::number: return number_text(constant.constant.number);
        case ValueType::yes_no: return constant.constant.yes ? "yes" : "no";
        case ValueType::code:
        case ValueType::text: break;
    }
    return constant.word;
}

/// The texts that a value has in the rule itself: its own, or those of the branches of if().
void add_constants(const Term& term, std::vector<std::string>& into) {
    if (term.op == Op::constant) into.push_back(text_of(term));
    for (std::size_t branch = 1; term.op == Op::choose && branch < term.parts.size(); ++branch) add_constants(term.parts[branch], into);
}

void check_sets(const RuleReading& reading, const ConfigElement& element, const Generated& made) {
    std::vector<SetValue> sets;
    for (const Generated::Set& set : made.sets) {
        SetValue value{.path = set.path};
        if (set.value) value.type = set.value.type();
        if (set.value) add_constants(set.value.root()->root, value.constants);
        sets.push_back(std::move(value));
    }
    const std::vector<const ConfigElement*> elements = reading.children(element, "set");
    for (const SetFault& fault : reading.sources.faults_of(made.record, sets))
        reading.complain(fault.set == SetFault::whole_record ? element : *elements[fault.set], fault.code, fault.what, fault.cure);
}

void read_generated(const RuleReading& reading, const ConfigElement& element, const std::string& matter, Version& version) {
    for (const ConfigElement* each : reading.children(element, "generate")) {
        Generated made{.record = each->token("record"), .place = reading.place(*each)};
        made.when = reading.expression(*each, "when", ValueType::yes_no, matter, version.named);
        const auto& has_path = reading.sources.has_path;
        const bool known = !has_path || has_path(made.record, "");
        if (!known) reading.complain(*each, "TG-D207", "no record type is named '" + made.record + "'", "name a record type of the site");
        bool all_there = known;
        for (const ConfigElement* set : reading.children(*each, "set")) {
            made.sets.push_back({set->token("path"), reading.expression(*set, "value", std::nullopt, matter, version.named), reading.place(*set)});
            if (!has_path || !known || has_path(made.record, set->token("path"))) continue;
            reading.complain(*set, "TG-D215", "record type '" + made.record + "' has no '" + set->token("path") + "'", "name an element or attribute of it");
            all_there = false;
        }
        if (reading.sources.faults_of && all_there) check_sets(reading, *each, made);
        version.generated.push_back(std::move(made));
    }
}

void read_cases(const RuleReading& reading, const ConfigElement& element, const std::string& matter, Version& version) {
    for (const ConfigElement* each : reading.children(element, "case")) {
        Case one{.place = reading.place(*each)};
        one.when = reading.expression(*each, "when", ValueType::yes_no, matter, version.named);
        one.start = reading.expression(*each, "start", ValueType::date, matter, version.named);
        one.due = reading.expression(*each, "due", ValueType::date, matter, version.named);
        one.responsibility = each->token("responsibility");
        one.reason = each->token("reason");
        one.counts = each->token("counts");
        version.cases.push_back(std::move(one));
    }
    if (const ConfigElement* phases = reading.child(element, "phases")) {
        version.before = phases->token("before");
        version.between = phases->token("between");
        version.after = phases->token("after");
    }
}

/// Settings that the version's expressions name and nobody has set.
void find_unset(Version& version) {
    std::set<std::string> unset(version.unset.begin(), version.unset.end());
    const auto add = [&](const Expression& expression) {
        if (expression) expression.add_unset(unset);
    };
    for (const auto& [name, value] : version.named.lets) add(value);
    add(version.guard);
    for (const Case& each : version.cases) add(each.when), add(each.start), add(each.due);
    for (const Discharge& each : version.discharges) add(each.at);
    if (version.every) add(version.every->from), add(version.every->until);
    version.unset.assign(unset.begin(), unset.end());
}

}  // namespace

Version read_version(RuleReading& reading, const ConfigElement& element, const Rule& rule, const Named& settings) {
    Version version{.name = element.token("name"), .named = settings, .calendar = element.token("calendar"), .place = reading.place(element)};
    if (version.calendar.empty()) version.calendar = "england_and_wales";
    read_dates(reading, element, version);
    read_scope(reading, element, rule.matter, settings, version);
    version.citation = read_citation(reading, element);
    const ConfigElement* every = reading.child(element, "every");
    version.named.in_window = every != nullptr;
    read_lets(reading, element, rule.matter, version.named);
    if (every) version.every = read_every(reading, *every, rule.matter, version.named);
    if (const ConfigElement* when = reading.child(element, "when"))
        version.guard = reading.expression(*when, "test", ValueType::yes_no, rule.matter, version.named);
    read_cases(reading, element, rule.matter, version);
    read_discharges(reading, element, rule.matter, version);
    read_pauses(reading, element, rule.matter, version);
    read_ladder(reading, element, version);
    read_generated(reading, element, rule.matter, version);
    find_unset(version);
    const auto& broken = reading.sources.broken_calendars;
    if (reading.sources.almanac.calendars.count(version.calendar) == 0 && broken.count(version.calendar) == 0 && broken.count("") == 0)
        reading.complain(element, "TG-D216", "no calendar is named '" + version.calendar + "'", "name one that the site has: <calendar file=/>");
    return version;
}

}  // namespace hub::deadlines
