// See rule_reader.hpp: what one rule alone cannot say, and what its cases leave open.
#include <algorithm>
#include <map>

#include "hub/deadlines/rule_reader.hpp"

namespace hub::deadlines {
namespace {

void complain(RuleReading& reading, const Place& at, const std::string& code, const std::string& what, const std::string& cure) {
    reading.problems.push_back({at.file, at.line, at.column, code, what, cure});
}

using Versions = std::vector<const Version*>;
using Elements = std::vector<const formats::ConfigElement*>;

/// Those for one scope that have a fixed day, by that day.
std::map<std::string, Versions> by_scope(const Rule& rule) {
    std::map<std::string, Versions> scopes;
    for (const Version& version : rule.versions)
        if (std::find(version.unset.begin(), version.unset.end(), version.from_setting) == version.unset.end()) scopes[version.scope_name].push_back(&version);
    for (auto& [scope, versions] : scopes)
        std::stable_sort(versions.begin(), versions.end(), [](const Version* a, const Version* b) { return a->from < b->from; });
    return scopes;
}

/// A day that two versions claim is right only when one of them became known later: it then replaces the other.
void check_overlaps(RuleReading& reading, const Versions& versions) {
    for (std::size_t i = 0; i < versions.size(); ++i)
        for (std::size_t j = i + 1; j < versions.size(); ++j) {
            const bool both = !versions[i]->to || versions[j]->from < *versions[i]->to;
            if (both && versions[i]->known_from == versions[j]->known_from)
                complain(reading, versions[j]->place, "TG-D220",
                         "versions '" + versions[i]->name + "' and '" + versions[j]->name + "' both hold on " + to_text(versions[j]->from),
                         "end the earlier with to=\"" + to_text(versions[j]->from) + "\", or say known-from of the one that replaces the other");
        }
}

void check_gaps(RuleReading& reading, const Versions& versions) {
    std::optional<Day> covered = versions.front()->to;
    for (std::size_t i = 1; i < versions.size() && covered; ++i) {
        if (*covered < versions[i]->from)
            complain(reading, versions[i]->place, "TG-D221",
                     "no version holds from " + to_text(*covered) + " to the day before '" + versions[i]->name + "' begins", "let the versions follow each other");
        covered = versions[i]->to ? std::optional<Day>(std::max(*covered, *versions[i]->to)) : std::nullopt;
    }
}

/// A version that became known after it began leaves the days up to then to others: those of its scope, or for everybody.
void check_known(RuleReading& reading, const Versions& versions, const Versions& for_all) {
    struct Held {
        Day from{};
        std::optional<Day> to{};
        const Version* version = nullptr;
    };
    std::vector<Held> held;
    const auto add = [&](const Version* version) {
        const Day from = std::max(version->from, version->known_from);
        if (!version->to || from < *version->to) held.push_back({from, version->to, version});
    };
    for (const Version* version : versions) add(version);
    if (versions != for_all)
        for (const Version* version : for_all) add(version);
    std::stable_sort(held.begin(), held.end(), [](const Held& a, const Held& b) { return a.from < b.from; });
    if (held.empty()) return;
    std::optional<Day> covered = held.front().to;
    for (std::size_t i = 1; i < held.size() && covered; ++i) {
        const Version& version = *held[i].version;
        if (*covered < held[i].from && version.from <= *covered && std::find(versions.begin(), versions.end(), &version) != versions.end())
            complain(reading, version.place, "TG-D235",
                     "nobody knew of a version that held from " + to_text(*covered) + " to the day before '" + version.name + "' was known, " + to_text(held[i].from),
                     "let the one before hold until then, or correct known-from");
        covered = held[i].to ? std::optional<Day>(std::max(*covered, *held[i].to)) : std::nullopt;
    }
}

/// The kind and the codes of a test that asks for nothing but the value of one kind: "kind = 'a'", "kind in ('a', 'b')".
std::optional<std::pair<std::string, std::set<std::string>>> asked_codes(const std::string& test) {
    const std::size_t end = test.find_first_of(" =");
    if (end == std::string::npos) return std::nullopt;
    std::pair<std::string, std::set<std::string>> asked{test.substr(0, end), {}};
    std::string rest;
    bool inside = false;
    std::string code;
    for (const char c : test.substr(end)) {
        if (c == '\'') {
            if (inside) asked.second.insert(code);
            code.clear();
            inside = !inside;
        } else if (inside) {
            code += c;
        } else if (c != ' ') {
            rest += c;
        }
    }
    const bool one = rest == "=", several = rest.rfind("in(", 0) == 0 && rest.find_first_not_of(",)", 3) == std::string::npos;
    if (inside || asked.second.empty() || !(one || several)) return std::nullopt;
    return asked;
}

/// The codes of a kind that no case asks for; nothing when the cases ask for other things too.
std::optional<std::set<std::string>> left_open(const FactKinds& kinds, const Elements& cases) {
    std::string kind;
    std::set<std::string> asked;
    for (const formats::ConfigElement* each : cases) {
        const auto codes = asked_codes(each->token("when"));
        if (!codes || (!kind.empty() && codes->first != kind)) return std::nullopt;
        kind = codes->first;
        asked.insert(codes->second.begin(), codes->second.end());
    }
    const KindId id = kinds.find(kind);
    if (id == no_kind || kinds[id].values.empty()) return std::nullopt;
    std::set<std::string> open;
    for (const std::string& value : kinds[id].values)
        if (asked.count(value) == 0) open.insert(value);
    return open;
}

void check_dates(RuleReading& reading, const Rule& rule, const Version& version, const formats::ConfigElement& each) {
    const bool has_start = each.attribute("start") != nullptr, has_due = each.attribute("due") != nullptr, counts = !each.token("counts").empty();
    if (rule.kind == RuleKind::measure && (!counts || !has_due))
        reading.complain(each, "TG-D223", "a case of a measure does not say what it counts as, or when it is measured", "add counts= and due=");
    if (rule.kind != RuleKind::measure && counts)
        reading.complain(each, "TG-D224", "only cases of a measure count", "remove counts=, or make the rule a measure");
    if (version.pauses.size() > 0 && has_due && !has_start && !version.every)
        reading.complain(each, "TG-D228", "the clock can stand still, and nothing says from when it runs", "add start=: what stood before it does not count");
    if (has_start && !has_due) reading.complain(each, "TG-D225", "the case has a start and no due", "add due=, or leave the start out");
}

/// Whether each test that was written compiled: what one of them covers is not known otherwise.
bool all_understood(const Version& version, const Elements& cases) {
    for (std::size_t i = 0; i < cases.size(); ++i)
        if (cases[i]->attribute("when") && !version.cases[i].when) return false;
    return true;
}

void check_left_open(RuleReading& reading, const Version& version, const Elements& cases) {
    if (std::any_of(cases.begin(), cases.end(), [](const formats::ConfigElement* each) { return !each->attribute("when"); })) return;
    const auto open = left_open(*reading.sources.kinds, cases);
    if (open && open->empty()) return;
    std::string what = "the cases of version '" + version.name + "' do not say what holds for whoever is left";
    if (open) {
        what += ":";
        for (const std::string& code : *open) what += " '" + code + "'";
    }
    reading.complain(*cases.back(), "TG-D227", what, "end them with a case without 'when', or cover the rest");
}

}  // namespace

void check_versions(RuleReading& reading, const Rule& rule) {
    std::map<std::string, Versions> scopes = by_scope(rule);
    const Versions for_all = scopes[std::string()];
    for (const auto& [scope, versions] : scopes) {
        if (versions.empty()) continue;
        check_overlaps(reading, versions);
        check_gaps(reading, versions);
        check_known(reading, versions, for_all);
    }
}

void check_roles(RuleReading& reading, const Rule& rule) {
    const auto check = [&](const std::string& role, const Place& at) {
        const auto& roles = reading.sources.roles;
        if (role.empty() || std::any_of(roles.begin(), roles.end(), [&](const Role& each) { return each.name == role; })) return;
        complain(reading, at, "TG-D226", "role '" + role + "' of rule '" + rule.name + "' leads to no party", "declare it in the site: <role name=\"" + role + "\" party=/>");
    };
    for (const Owner& owner : rule.owners) check(owner.role, rule.place);
    for (const Version& version : rule.versions) {
        for (const Warning& each : version.warnings) check(each.to, version.place);
        for (const Escalation& each : version.escalations) check(each.to, version.place);
    }
}

void check_cases(RuleReading& reading, const formats::ConfigElement& element, const Rule& rule) {
    const Elements versions = reading.children(element, "version");
    for (std::size_t at = 0; at < versions.size(); ++at) {
        const Version& version = rule.versions[at];
        const Elements cases = reading.children(*versions[at], "case");
        for (const formats::ConfigElement* each : cases) check_dates(reading, rule, version, *each);
        for (std::size_t i = 0; i + 1 < cases.size(); ++i)
            if (!cases[i]->attribute("when"))
                reading.complain(*cases[i + 1], "TG-D222", "this case is never reached: the one before it holds always", "move it up, or give that one a test");
        if (cases.empty() || !all_understood(version, cases)) continue;
        check_left_open(reading, version, cases);
    }
}

}  // namespace hub::deadlines
