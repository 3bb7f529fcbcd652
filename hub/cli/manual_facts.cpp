// See manual_facts.hpp.
#include "hub/cli/manual_facts.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "hub/core/extract.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

/// On one line, without repeated space, and with nothing that would end the cell.
std::string cell(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (space && (out.empty() || out.back() == ' ')) continue;
        if (c == '|') out += '\\';
        out += space ? ' ' : c;
    }
    return out;
}

template <class Texts>
std::string joined(const Texts& texts, const char* between = ", ") {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : between) + text;
    return out;
}

std::string row(const std::vector<std::string>& cells) {
    std::string out = "|";
    for (const std::string& text : cells) out += " " + cell(text) + " |";
    return out + "\n";
}

std::string heading(const std::vector<std::string>& columns) {
    std::string out = row(columns) + "|";
    for (std::size_t i = 0; i < columns.size(); ++i) out += "---|";
    return out + "\n";
}

std::string_view name_of(RuleKind kind) {
    return kind == RuleKind::deadline ? "deadline" : kind == RuleKind::state ? "state" : "measure";
}

bool somebody_states(const core::Plan& plan, const std::string& kind) {
    return std::any_of(plan.may_state.begin(), plan.may_state.end(), [&](const auto& each) { return core::may_state(plan, each.first, kind); });
}

/// Record types that carry a kind; where none does, the one that states facts as such.
std::set<std::string> saying(const core::Plan& plan, const std::string& kind) {
    std::set<std::string> names;
    for (const auto& [name, type] : plan.record_types)
        for (const core::FactRule& fact : type.facts)
            if (fact.kind == kind) names.insert(name);
    for (const auto& [name, type] : plan.record_types)
        if (names.empty() && type.stated && somebody_states(plan, kind)) names.insert(name);
    return names;
}

std::string readers_of(const RuleBook& book, KindId kind) {
    std::vector<std::string> names;
    for (const std::uint16_t rule : book.readers[kind]) names.push_back(book.rules[rule].name);
    for (const Gate& gate : book.gates)
        if (std::find(gate.reads.begin(), gate.reads.end(), kind) != gate.reads.end()) names.push_back("gate " + gate.name);
    return names.empty() ? "none" : joined(names);
}

std::string facts_table(const RuleBook& book, const core::Plan& plan) {
    std::string out = heading({"kind", "type", "matter", "values", "about", "comes from", "read by"});
    for (KindId kind = 0; kind < book.kinds->size(); ++kind) {
        const FactKind& fact = (*book.kinds)[kind];
        const auto sources = saying(plan, fact.name);
        out += row({fact.name, std::string(deadlines::name_of(fact.type)), fact.matter, joined(fact.values), fact.about,
                    sources.empty() ? "facts files only" : joined(sources), readers_of(book, kind)});
    }
    return out;
}

std::string owners_of(const Rule& rule) {
    std::vector<std::string> roles;
    for (const Owner& owner : rule.owners) roles.push_back(owner.role);
    return joined(roles);
}

/// Settings without which the version does not run.
std::string left_open(const Version& version) {
    std::vector<std::string> names;
    for (const std::string& name : version.unset) names.push_back(name + ": does not run");
    for (const Setting& setting : version.named.settings)
        if (!setting.number && !setting.date && std::count(version.unset.begin(), version.unset.end(), setting.name) == 0)
            names.push_back(setting.name + ": its warning or step is left out");
    return joined(names, "; ");
}

/// Nothing for a day before all days: from the beginning.
std::string day_or_empty(Day day) { return day <= day_from({year_min, 1, 1}) ? "" : to_text(day); }

std::string from_of(const Version& version) {
    const bool set = std::count(version.unset.begin(), version.unset.end(), version.from_setting) == 0;
    return version.from_setting.empty() || set ? day_or_empty(version.from) : "when " + version.from_setting + " is set";
}

std::string rules_table(const RuleBook& book) {
    std::string out = heading({"rule", "kind", "matter", "owner", "about"});
    for (const Rule& rule : book.rules) out += row({rule.name, std::string(name_of(rule.kind)), rule.matter, owners_of(rule), rule.about});
    return out;
}

std::string versions_table(const RuleBook& book) {
    std::string out = heading({"rule", "version", "for", "from", "to", "known from", "standing", "citation", "not set by the site"});
    for (const Rule& rule : book.rules)
        for (const Version& version : rule.versions)
            out += row({rule.name, version.name, version.scope_name.empty() ? "everybody" : version.scope_name, from_of(version),
                        version.to ? to_text(*version.to) : "", day_or_empty(version.known_from), version.citation.standing, version.citation.text,
                        left_open(version)});
    return out;
}

std::string gates_table(const RuleBook& book) {
    std::string out = heading({"gate", "record", "matter", "needs", "standing", "citation", "about"});
    for (const Gate& gate : book.gates) {
        std::vector<std::string> needs;
        for (const Gate::Need& need : gate.needs) needs.push_back(need.part);
        out += row({gate.name, gate.record, gate.matter, joined(needs), gate.citation.standing, gate.citation.text, gate.about});
    }
    return out;
}

}  // namespace

std::string facts_page(const RuleBook& book, const core::Plan& plan) {
    return "<!-- Written by `throughgate manual facts SITE FILE --write`, from schemas/canonical/facts.xml and the site's rules. -->\n"
           "# Facts and rules\n\n"
           "What the site's rules may read, from which records it comes, and what is owed by when. `throughgate clocks SITE --facts FILE` takes any of\n"
           "these facts. What comes from a fact_statement no other record carries: who may state it as such, the site says. To and from: a version holds from its first day until\n"
           "the day before \"to\"; asked what was known at an earlier day than \"known from\", it does not count. The law or policy behind each version stands beside it,\n"
           "with its standing: what is policy is no statute.\n\n"
           "## Kinds of fact\n\n" + facts_table(book, plan) + "\n## Rules\n\n" + rules_table(book) + "\n## Versions of the rules\n\n"
           "A version whose source gives no number waits until the site gives one: nobody invents it.\n\n" + versions_table(book) +
           "\n## Gates\n\nWhat a record must have before it may pass.\n\n" + gates_table(book);
}

}  // namespace hub::cli
