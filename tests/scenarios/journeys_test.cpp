// Journeys in virtual time: each person's clocks change when the timeline beside them says so, and a walk that looks only at what
// may have changed holds what a fresh look at everything finds.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "hub/cli/timeline.hpp"
#include "hub/cli/world.hpp"
#include "hub/site/site.hpp"

using namespace hub::deadlines;
namespace data = boost::unit_test::data;

namespace {

const std::string root = HUB_SOURCE_DIR;

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

std::vector<std::string> timelines() {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::directory_iterator(root + "/tests/scenarios/journeys"))
        if (each.path().extension() == ".timeline") found.push_back(each.path().string());
    std::sort(found.begin(), found.end());
    return found;
}

/// A line of a timeline, and where it stands.
struct Line {
    int number = 0;
    std::string text{};
};

struct Journey {
    std::vector<Line> expected{};
    std::shared_ptr<const RuleBook> book{};
    std::vector<GivenPerson> people{};
    hub::cli::TimelineAsked asked{};
};

std::vector<Line> lines_of(const std::string& text) {
    std::vector<Line> lines;
    std::istringstream from(text);
    int number = 0;
    for (std::string line; std::getline(from, line);) {
        ++number;
        if (!line.empty() && line.front() != '#') lines.push_back({number, line});
    }
    return lines;
}

void complain(const hub::Problems& problems) {
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
}

Journey read_journey(const std::string& file) {
    Journey journey;
    std::vector<GivenSetting> given;
    std::vector<std::string> rules;
    std::string facts, until;
    for (const Line& line : lines_of(text_of(file))) {
        const std::size_t space = line.text.find(": ");
        const std::string name = line.text.substr(0, space), value = space == std::string::npos ? "" : line.text.substr(space + 2);
        if (name == "facts") facts = value;
        else if (name == "until") until = value;
        else if (name == "rule") rules.push_back(value);
        else if (name == "given")
            given.push_back({value.substr(0, value.find(':')), value.substr(value.find(':') + 1, value.find('=') - value.find(':') - 1), value.substr(value.find('=') + 1), "the timeline", {file, line.number, 0}});
        else journey.expected.push_back(line);
    }
    hub::cli::SystemDisk disk;
    hub::journal::OpenSslDigester digester;
    hub::Problems problems;
    journey.book = hub::site::load_rules(root + "/deploy/reference", disk, digester, problems, given);
    complain(problems);
    BOOST_REQUIRE(journey.book);
    const Zone& zone = *journey.book->almanac.zone;
    journey.people = read_facts_file(facts, text_of(root + "/" + facts), zone, problems);
    complain(problems);
    const auto day = parse_day(until);
    BOOST_REQUIRE_MESSAGE(day, file << ": until is no day");
    journey.asked.until = hub::Instant{zone.end_of(*day)->microseconds - 1};
    for (const std::string& name : rules) {
        const Rule* rule = journey.book->find(name);
        BOOST_REQUIRE_MESSAGE(rule, file << ": no rule '" << name << "'");
        journey.asked.rules.push_back(static_cast<std::uint16_t>(rule - journey.book->rules.data()));
    }
    return journey;
}

std::vector<std::uint16_t> all_rules(const RuleBook& book) {
    std::vector<std::uint16_t> rules;
    for (std::size_t i = 0; i < book.rules.size(); ++i) rules.push_back(static_cast<std::uint16_t>(i));
    return rules;
}

std::string described(const hub::cli::HeldClocks& held) {
    std::string text;
    for (const auto& [name, clock] : held)
        text += "\n    " + std::get<0>(name) + " " + std::get<2>(name) + " " + std::get<3>(name) + ": " + clock.start + " " + clock.due + " " + clock.state + " " + clock.responsibility + " " + clock.reason + " " +
                clock.owner + " " + clock.discharged_at + " " + std::to_string(clock.warned.size()) + " " + std::to_string(clock.escalated.size());
    return text;
}

/// What stands in one and not in the other.
hub::cli::HeldClocks apart(const hub::cli::HeldClocks& a, const hub::cli::HeldClocks& b) {
    hub::cli::HeldClocks left;
    for (const auto& [name, clock] : a)
        if (const auto found = b.find(name); found == b.end() || found->second != clock) left.emplace(name, clock);
    return left;
}

/// At every moment of the walk, and at the end of every day between, in which the walk saw no reason to look.
void check_walk(const Journey& journey, const GivenPerson& person) {
    const RuleBook& book = *journey.book;
    const Zone& zone = *book.almanac.zone;
    const std::vector<std::uint16_t> rules = all_rules(book);
    std::vector<std::pair<hub::Instant, hub::cli::HeldClocks>> seen;
    hub::Problems problems;
    const auto changes = hub::cli::timeline(book, person, {.until = journey.asked.until}, problems, [&](hub::Instant at, const hub::cli::HeldClocks& held) { seen.emplace_back(at, held); });
    BOOST_REQUIRE(changes);
    complain(problems);
    BOOST_REQUIRE(!seen.empty());
    const auto check = [&](hub::Instant at, const hub::cli::HeldClocks& held) {
        const hub::cli::HeldClocks anew = hub::cli::held_at(book, person, at, rules, problems);
        BOOST_CHECK_MESSAGE(held == anew, person.id << " at " << hub::to_text(at) << ": the walk holds" << described(apart(held, anew)) << "\n  anew" << described(apart(anew, held)));
    };
    for (std::size_t i = 0; i < seen.size(); ++i) {
        check(seen[i].first, seen[i].second);
        const hub::Instant last = i + 1 < seen.size() ? seen[i + 1].first : journey.asked.until;
        for (Day day = zone.wall(seen[i].first)->day;; day = add_days(day, 1)) {
            const hub::Instant end{zone.end_of(day)->microseconds - 1};
            if (end >= last) break;
            check(end, seen[i].second);
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(journeys)

BOOST_DATA_TEST_CASE(go_as_the_timeline_says, data::make(timelines()), file) {
    const Journey journey = read_journey(file);
    std::ostringstream printed;
    for (const GivenPerson& person : journey.people) {
        hub::Problems problems;
        const auto changes = hub::cli::timeline(*journey.book, person, journey.asked, problems);
        complain(problems);
        BOOST_REQUIRE(changes);
        hub::cli::print_text(*changes, *journey.book->almanac.zone, printed);
    }
    std::vector<Line> is = lines_of(printed.str());
    std::erase_if(is, [](const Line& line) { return line.text.starts_with("changes: "); });
    BOOST_TEST(!journey.expected.empty(), file << " expects nothing");
    for (std::size_t i = 0; i < std::max(is.size(), journey.expected.size()); ++i) {
        const std::string got = i < is.size() ? is[i].text : "nothing more";
        const std::string wanted = i < journey.expected.size() ? journey.expected[i].text : "nothing more";
        const int line = i < journey.expected.size() ? journey.expected[i].number : 0;
        BOOST_REQUIRE_MESSAGE(got == wanted, file << ":" << line << ": is '" << got << "', not '" << wanted << "'");
    }
}

BOOST_DATA_TEST_CASE(hold_what_a_fresh_look_finds, data::make(timelines()), file) {
    const Journey journey = read_journey(file);
    for (const GivenPerson& person : journey.people) check_walk(journey, person);
}

// The same facts told in other orders, up to ten weeks later each.
BOOST_DATA_TEST_CASE(hold_what_a_fresh_look_finds_however_late_things_are_told, data::make(timelines()) * data::xrange(3), file, seed) {
    Journey journey = read_journey(file);
    std::mt19937 random(static_cast<std::mt19937::result_type>(seed));
    for (GivenPerson& person : journey.people) {
        for (GivenFact& fact : person.facts) fact.recorded_at.microseconds += static_cast<std::int64_t>(random() % (70 * 24 * 60)) * 60'000'000;
        check_walk(journey, person);
    }
}

BOOST_DATA_TEST_CASE(stop_at_the_limit_of_moments, data::make(timelines()), file) {
    Journey journey = read_journey(file);
    journey.asked.steps_max = 10;
    hub::Problems problems;
    const auto changes = hub::cli::timeline(*journey.book, journey.people.front(), journey.asked, problems);
    BOOST_REQUIRE(!changes);
    BOOST_TEST(changes.error().code == "timeline_steps");
    BOOST_TEST(changes.error().what.find("timeline_steps_max") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
