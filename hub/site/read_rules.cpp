// Time in a site: its zone, calendars, roles, rules and what it gives them.
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

const std::string facts_file = "schemas/canonical/facts.xml";

void read_zone(Reading& reading, deadlines::RuleSources& into) {
    reading.each("zone", [&](const ConfigElement& element) {
        const std::string path = "mappings/codes/" + element.token("table") + ".xml";
        if (into.almanac.zone) return reading.complain(element, "TG-S041", "the site has two zones", "one day is today: remove one");
        const auto text = reading.bundle.find(path);
        if (text == reading.bundle.end()) return reading.complain(element, "TG-S006", "there is no " + path, "add the table, or correct the name");
        Problems said;  // read_codes() has held it to its shape
        if (const auto codes = formats::read_config(path, text->second, nullptr, said)) into.almanac.zone = deadlines::Zone::read(*codes, path, reading.problems);
    });
}

/// The name that a calendar's file gives it, however wrong the rest; empty when even that cannot be read.
std::string name_of_calendar(const Reading& reading, const std::string& path) {
    const auto text = reading.bundle.find(path);
    if (text == reading.bundle.end()) return {};
    Problems said;
    const auto root = formats::read_config(path, text->second, nullptr, said);
    return root ? root->token("name") : std::string();
}

std::shared_ptr<const deadlines::Calendar> read_calendar(Reading& reading, const ConfigElement& element, const std::string& path) {
    if (reading.bundle.count(path) == 0) {
        reading.complain(element, "TG-S006", "there is no " + path, "add the file, or correct the name");
        return nullptr;
    }
    const auto root = reading.config(path, "calendar.xsd");
    return root ? deadlines::Calendar::read(*root, path, reading.problems) : nullptr;
}

void read_calendars(Reading& reading, deadlines::RuleSources& into) {
    reading.each("calendar", [&](const ConfigElement& element) {
        const std::string path = "site/" + element.token("file");
        const auto calendar = read_calendar(reading, element, path);
        if (!calendar)
            into.broken_calendars.insert(name_of_calendar(reading, path));
        else if (!into.almanac.calendars.emplace(calendar->name(), calendar).second)
            reading.complain(element, "TG-S002", "calendar '" + calendar->name() + "' is declared twice", "remove one");
    });
}

void read_roles(Reading& reading, deadlines::RuleSources& into) {
    reading.each("role", [&](const ConfigElement& element) {
        const std::string party = element.token("party");
        for (const deadlines::Role& known : into.roles)
            if (known.name == element.token("name")) return reading.complain(element, "TG-S002", "role '" + known.name + "' is declared twice", "remove one");
        if (reading.plan.parties.count(party) == 0) reading.unknown(element, "TG-S003", "party", party, names_of(reading.plan.parties));
        into.roles.push_back({element.token("name"), element.token("title"), party});
    });
}

void read_given(Reading& reading, deadlines::RuleSources& into) {
    std::set<std::pair<std::string, std::string>> given;
    reading.each("given", [&](const ConfigElement& element) {
        if (!given.emplace(element.token("rule"), element.token("name")).second)
            return reading.complain(element, "TG-S002", "setting '" + element.token("name") + "' of rule '" + element.token("rule") + "' is given twice", "remove one");
        into.settings.push_back({element.token("rule"), element.token("name"), element.token("value"), element.token("basis"),
                                 {reading.file(), element.line, element.column}});
    });
}

/// Whether a record type has a path; with an empty path whether it exists. What did not compile is not asked about again.
bool has_path(const Reading& reading, const std::string& record, const std::string& path) {
    const auto type = reading.plan.record_types.find(record);
    if (type == reading.plan.record_types.end()) return reading.broken.count({"record type", record}) != 0;
    Problems ignored;
    return path.empty() || mapping::resolve_path(path, *type->second.schema, {}, ignored) != formats::no_decl;
}

/// Nothing for a type that did not compile: nobody knows what it wants.
std::vector<deadlines::SetFault> faults_of(const Reading& reading, const std::string& record, const std::vector<deadlines::SetValue>& sets) {
    const auto type = reading.plan.record_types.find(record);
    return type == reading.plan.record_types.end() ? std::vector<deadlines::SetFault>() : faults_of_made(type->second, sets);
}

std::shared_ptr<ConfigElement> read_rule_file(Reading& reading, const ConfigElement& element, const std::string& path) {
    if (reading.bundle.count(path) != 0) return reading.config(path, "rules.xsd");
    reading.complain(element, "TG-S006", "there is no " + path, "add the file, or correct the name");
    return nullptr;
}

constexpr const char* notice_record = "clock_notice";

}  // namespace

void check_notice_routes(Reading& reading) {
    if (!reading.problems.empty()) return;  // a route that did not compile is no missing route
    if (!reading.plan.rules || reading.plan.record_types.count(notice_record) == 0) return;
    reading.each("role", [&](const ConfigElement& element) {
        const std::string party = element.token("party");
        if (party == reading.plan.own_party) return;  // its own operators look at the board
        for (const auto& [name, route] : reading.plan.routes)
            if (route.record_type == notice_record && route.recipient == party) return;
        reading.complain(element, "TG-S044", "role '" + element.token("name") + "' leads to party '" + party + "', which no route brings notices to",
                         "add <route record=\"clock_notice\" to=\"" + party + "\" when=\"party = '" + party + "'\" .../>");
    });
}

void read_rules(Reading& reading, const std::vector<deadlines::GivenSetting>& also) {
    deadlines::RuleSources sources;
    const ConfigElement* first = nullptr;
    reading.each("rules", [&](const ConfigElement& element) {
        const std::string path = "site/" + element.token("file");
        if (first == nullptr) first = &element;
        if (auto root = read_rule_file(reading, element, path)) sources.files.emplace_back(path, std::move(root));
        else sources.files_whole = false;
    });
    if (first == nullptr) return;
    read_zone(reading, sources);
    read_calendars(reading, sources);
    read_roles(reading, sources);
    read_given(reading, sources);
    sources.settings.insert(sources.settings.end(), also.begin(), also.end());  // the last word on a setting counts
    if (const auto facts = reading.config(facts_file, "facts.xsd")) sources.kinds = deadlines::FactKinds::read(*facts, facts_file, reading.problems);
    if (!sources.almanac.zone) reading.complain(*first, "TG-S042", "the site has rules and no zone", "say whose day is today: <zone table=\"london-time\"/>");
    if (!sources.almanac.zone || !sources.kinds) return;
    sources.has_path = [&](const std::string& record, const std::string& path) { return has_path(reading, record, path); };
    sources.faults_of = [&](const std::string& record, const std::vector<deadlines::SetValue>& sets) { return faults_of(reading, record, sets); };
    reading.plan.rules = deadlines::compile_rules(sources, reading.problems);
}

}  // namespace hub::site
