// See clock_question.hpp.
#include "hub/cli/clock_question.hpp"

#include <algorithm>
#include <set>

#include "hub/cli/clock_text.hpp"
#include "hub/cli/exchange_run.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

void keep(const Error& error, Problems& problems) { problems.push_back({error.where, 0, 0, error.code, error.what, error.cure}); }

std::vector<std::uint16_t> chosen_rules(const RuleBook& book, const std::vector<std::string>& names, Problems& problems) {
    std::vector<std::uint16_t> chosen;
    for (const std::string& name : names) {
        const Rule* rule = book.find(name);
        const auto index = static_cast<std::uint16_t>(rule ? rule - book.rules.data() : 0);
        if (!rule) problems.push_back({"", 0, 0, "no_rule", "the site has no rule '" + name + "'", "`throughgate manual facts SITE` lists them"});
        else if (std::find(chosen.begin(), chosen.end(), index) == chosen.end()) chosen.push_back(index);
    }
    return chosen;
}

/// "housing.reply:reply_days=10"
std::vector<GivenSetting> given_settings(const std::vector<std::string>& texts, Problems& problems) {
    std::vector<GivenSetting> given;
    for (const std::string& text : texts) {
        const std::size_t colon = text.find(':'), equals = text.find('=');
        if (colon == std::string::npos || equals == std::string::npos || equals < colon)
            problems.push_back({"--given", 0, 0, "bad_given", "'" + text + "' is not RULE:NAME=VALUE", "as in housing.reply:reply_days=10"});
        else
            given.push_back({text.substr(0, colon), text.substr(colon + 1, equals - colon - 1), text.substr(equals + 1), "given on the command line", {"--given", 0, 0}});
    }
    return given;
}

/// Without a word on it `otherwise`.
Instant time_of(const std::optional<std::string>& text, Instant otherwise, const Zone& zone, const char* option, Problems& problems) {
    if (!text) return otherwise;
    const Result<Instant> time = asked_time(*text, zone, option);
    if (!time) keep(time.error(), problems);
    return time ? *time : otherwise;
}

bool waits(const Version& version) { return !version.unset.empty(); }

/// "reply_days (after how long ...)" of each setting that is not there.
std::string unset_of(const Version& version) {
    std::string text;
    for (const std::string& name : version.unset) {
        const auto& settings = version.named.settings;
        const auto found = std::find_if(settings.begin(), settings.end(), [&](const Setting& each) { return each.name == name; });
        text += (text.empty() ? "" : ", ") + name + (found == settings.end() ? "" : " (" + found->about + ")");
    }
    return text;
}

/// Named rules about a kind of matter that nobody has: they make no clock, and somebody expected one.
Problems without_matter(const ClockQuestion& question) {
    std::set<std::string> kinds{"person"};
    for (const GivenPerson& person : question.people)
        for (const GivenFact& fact : person.facts) kinds.insert(fact.matter_kind);
    Problems notes;
    for (const std::uint16_t index : question.rules)
        if (const Rule& rule = question.book->rules[index]; kinds.count(rule.matter) == 0)
            notes.push_back({"", 0, 0, "no_matter", "rule " + rule.name + " makes its clocks for matters of kind " + rule.matter + ", and nobody in the file has one",
                             "put the facts about it into <matter kind=\"" + rule.matter + "\" id=\"...\">"});
    return notes;
}

}  // namespace

Instant last_said(const std::vector<GivenPerson>& people, Instant at_least) {
    for (const GivenPerson& person : people)
        for (const GivenFact& fact : person.facts) at_least = std::max({at_least, fact.recorded_at, fact.retracted_at.value_or(fact.recorded_at)});
    return at_least;
}

Result<ClockQuestion> read_question(World& world, const ClocksRequest& request, Problems& problems) {
    ClockQuestion asked;
    const Result<std::string> bytes = read_input(world, request.facts, facts_file_bytes_max);
    if (!bytes) return bytes.error();
    const std::vector<GivenSetting> given = given_settings(request.given, problems);
    asked.book = site::load_rules(request.site, world.disk, world.digester, problems, given);
    if (!asked.book) return asked;  // nobody knows the kinds of fact, or the zone
    const Zone& zone = *asked.book->almanac.zone;
    asked.people = read_facts_file(request.facts, *bytes, zone, problems);
    asked.as_of = time_of(request.as_of, world.clock.now(), zone, "--as-of", problems);
    asked.known_at = time_of(request.known_at, last_said(asked.people, std::max(asked.as_of, world.clock.now())), zone, "--known-at", problems);
    asked.rules = chosen_rules(*asked.book, request.rules, problems);
    if (problems.empty()) return asked;
    for (const GivenPerson& person : asked.people) History(*asked.book->kinds, zone, person.facts, asked.known_at, problems);
    return asked;
}

Problems notes_on(const ClockQuestion& question) {
    Problems notes = without_matter(question);
    const char* cure = "give it with --given RULE:NAME=VALUE, or in the site with <given>";
    const auto note = [&](std::string what) { notes.push_back({"", 0, 0, "rule_waits", std::move(what), cure}); };
    for (const std::uint16_t index : question.rules)
        for (const Version& version : question.book->rules[index].versions)
            if (waits(version)) note("rule " + question.book->rules[index].name + ", version " + version.name + ", does not run: the site has not said " + unset_of(version));
    if (!question.rules.empty()) return notes;
    std::string names;
    for (const Rule& rule : question.book->rules)
        if (std::any_of(rule.versions.begin(), rule.versions.end(), waits)) names += (names.empty() ? "" : ", ") + rule.name;
    if (!names.empty()) note("these rules, or versions of them, wait for a number or a date that the site has not said: " + names);
    return notes;
}

}  // namespace hub::cli
