// throughgate clocks: the rules of a site over a facts file, each clock with its derivation.
#include <algorithm>
#include <iostream>

#include "hub/cli/clock_text.hpp"
#include "hub/cli/commands.hpp"
#include "hub/cli/exchange_run.hpp"
#include "hub/cli/timeline.hpp"

namespace hub::cli {
namespace {

using namespace deadlines;

/// Without --known-at: everything that the file says.
Instant last_said(const std::vector<GivenPerson>& people, Instant at_least) {
    for (const GivenPerson& person : people)
        for (const GivenFact& fact : person.facts) at_least = std::max(at_least, fact.recorded_at);
    return at_least;
}

std::vector<std::uint16_t> chosen_rules(const RuleBook& book, const std::vector<std::string>& names, Problems& problems) {
    std::vector<std::uint16_t> chosen;
    for (const std::string& name : names) {
        if (const Rule* rule = book.find(name))
            chosen.push_back(static_cast<std::uint16_t>(rule - book.rules.data()));
        else
            problems.push_back({"", 0, 0, "no_rule", "the site has no rule '" + name + "'", "`throughgate manual facts SITE` lists them"});
    }
    return chosen;
}

struct Asked {
    std::shared_ptr<const RuleBook> book{};
    std::vector<GivenPerson> people{};
    Instant as_of{}, known_at{};
    std::vector<std::uint16_t> rules{};
};

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

Result<Asked> read_question(World& world, const ClocksRequest& request, Problems& problems) {
    Asked asked;
    asked.book = site::load_rules(request.site, world.disk, world.digester, problems, given_settings(request.given, problems));
    if (!asked.book) return asked;
    const Zone& zone = *asked.book->almanac.zone;
    const Result<std::string> bytes = read_input(world, request.facts);
    if (!bytes) return bytes.error();
    asked.people = read_facts_file(request.facts, *bytes, zone, problems);
    asked.as_of = world.clock.now();
    if (!request.as_of.empty()) {
        const Result<Instant> as_of = asked_time(request.as_of, zone, "--as-of");
        if (!as_of) return as_of.error();
        asked.as_of = *as_of;
    }
    asked.known_at = last_said(asked.people, std::max(asked.as_of, world.clock.now()));
    if (!request.known_at.empty()) {
        const Result<Instant> known_at = asked_time(request.known_at, zone, "--known-at");
        if (!known_at) return known_at.error();
        asked.known_at = *known_at;
    }
    asked.rules = chosen_rules(*asked.book, request.rules, problems);
    return asked;
}

std::vector<ToldClock> answer(const Asked& asked, Problems& problems) {
    std::vector<ToldClock> told;
    for (const GivenPerson& person : asked.people) {
        const History history(*asked.book->kinds, *asked.book->almanac.zone, person.facts, asked.known_at, problems);
        const Question question{asked.as_of, asked.rules};
        for (const deadlines::Clock& clock : evaluate(*asked.book, history, question))
            told.push_back(tell(*asked.book, history, person.id, question, clock));
    }
    return told;
}

/// The last thing told; nothing when no fact says when it was.
std::optional<Instant> last_told(const std::vector<GivenPerson>& people) {
    const Instant last = last_said(people, from_the_beginning);
    return last == from_the_beginning ? std::nullopt : std::optional(last);
}

Result<std::vector<TimelineChange>> walk(const Asked& asked, const ClocksRequest& request, Problems& problems) {
    const Zone& zone = *asked.book->almanac.zone;
    const std::optional<Instant> last = last_told(asked.people);
    if (!last)
        return Error{.what = request.facts + ": no fact says when it was recorded, so there is no time to walk through",
                     .cure = "give the facts recorded-at, or leave --timeline out",
                     .code = "no_recorded_at"};
    const Result<Instant> until = request.until.empty() ? Result<Instant>(request.as_of.empty() ? *last : asked.as_of) : asked_time(request.until, zone, "--until");
    if (!until) return until.error();
    Instant from = from_the_beginning;
    if (const std::optional<Point> point = parse_point(request.from, zone); point)
        from = point->exact ? point->instant : zone.start_of(point->day).value_or(from);
    else if (!request.from.empty())
        return asked_time(request.from, zone, "--from").error();
    std::vector<TimelineChange> all;
    for (const GivenPerson& person : asked.people) {
        const Result<std::vector<TimelineChange>> changes = timeline(*asked.book, person, {.until = *until, .rules = asked.rules}, problems);
        if (!changes) return changes.error();
        for (const TimelineChange& each : *changes)
            if (each.at >= from) all.push_back(each);
    }
    return all;
}

}  // namespace

int clocks(World& world, const ClocksRequest& request) {
    Report report;
    const Result<Asked> asked = read_question(world, request, report.problems);
    if (!asked) return fail(world, asked.error());
    std::vector<ToldClock> told;
    std::vector<TimelineChange> changes;
    if (report.problems.empty() && request.timeline) {
        Result<std::vector<TimelineChange>> walked = walk(*asked, request, report.problems);
        if (!walked) return fail(world, walked.error());
        changes = std::move(*walked);
    } else if (report.problems.empty()) {
        told = answer(*asked, report.problems);
    }
    if (!report.problems.empty()) {
        print(report, world.format, std::cerr);
        return exit_problems;
    }
    const bool json = world.format == ReportFormat::json;
    if (request.timeline && json) print_json(changes, std::cout);
    else if (request.timeline) print_text(changes, *asked->book->almanac.zone, std::cout);
    else if (json) print_json(told, std::cout);
    else print_text(told, std::cout);
    return exit_good;
}

}  // namespace hub::cli
