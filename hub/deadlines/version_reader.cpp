// See rule_reader.hpp: one dated version of a rule.
#include <algorithm>

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
        else if (found->date)
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

void read_scope(const RuleReading& reading, const ConfigElement& element, const std::string& matter, const Named& settings, Version& version) {
    version.scope_name = element.token("scope");
    if (version.scope_name.empty()) return;
    const auto cohort = reading.cohorts.find(version.scope_name);
    if (cohort == reading.cohorts.end())
        return reading.complain(element, "TG-D212", "no cohort is named '" + version.scope_name + "'", "declare it: <cohort name= test=/> at the top of the file");
    version.scope = read_expression(cohort->second, ValueType::yes_no, *reading.sources.kinds, matter, settings, reading.place(element), reading.problems);
}

Recurrence read_every(const RuleReading& reading, const ConfigElement& at, const std::string& matter, const Named& named) {
    Recurrence every;
    every.every = reading.length(at, "length", named);
    every.from = reading.expression(at, "from", ValueType::date, matter, named);
    every.until = reading.expression(at, "until", ValueType::date, matter, named);
    every.calendar = at.token("calendar") == "true" || at.token("calendar") == "1";
    every.whole = at.token("whole") != "false" && at.token("whole") != "0";
    const bool whole_length = (every.every.months > 0) != (every.every.days > 0) && every.every.working_days == 0 && every.every.minutes == 0;
    if (!whole_length || (every.calendar && every.every.months == 0))
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

void read_pauses(const RuleReading& reading, const ConfigElement& element, Version& version) {
    for (const ConfigElement* each : reading.children(element, "pause")) {
        const KindId kind = reading.sources.kinds->find(each->token("kind"));
        if (kind == no_kind)
            reading.complain(*each, "TG-D214", "no fact kind is named '" + each->token("kind") + "'", "schemas/canonical/facts.xml has them all");
        else
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

void read_generated(const RuleReading& reading, const ConfigElement& element, const std::string& matter, Version& version) {
    for (const ConfigElement* each : reading.children(element, "generate")) {
        Generated made{.record = each->token("record"), .place = reading.place(*each)};
        made.when = reading.expression(*each, "when", ValueType::yes_no, matter, version.named);
        const auto& has_path = reading.sources.has_path;
        if (has_path && !has_path(made.record, ""))
            reading.complain(*each, "TG-D207", "no record type is named '" + made.record + "'", "name a record type of the site");
        for (const ConfigElement* set : reading.children(*each, "set")) {
            made.sets.push_back({set->token("path"), reading.expression(*set, "value", std::nullopt, matter, version.named), reading.place(*set)});
            if (has_path && has_path(made.record, "") && !has_path(made.record, set->token("path")))
                reading.complain(*set, "TG-D215", "record type '" + made.record + "' has no '" + set->token("path") + "'", "name an element or attribute of it");
        }
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
    read_pauses(reading, element, version);
    read_ladder(reading, element, version);
    read_generated(reading, element, rule.matter, version);
    find_unset(version);
    if (reading.sources.almanac.calendars.count(version.calendar) == 0)
        reading.complain(element, "TG-D216", "no calendar is named '" + version.calendar + "'", "name one that the site has: <calendar file=/>");
    return version;
}

}  // namespace hub::deadlines
