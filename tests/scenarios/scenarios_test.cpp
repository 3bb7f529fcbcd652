// Every row of every golden table: the shipped rules say what guidance and sources say.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "hub/cli/clock_text.hpp"
#include "hub/cli/world.hpp"
#include "hub/site/site.hpp"
#include "tests/scenarios/table.hpp"

using namespace hub::deadlines;
namespace data = boost::unit_test::data;

namespace {

const std::string root = HUB_SOURCE_DIR;

std::vector<std::string> files() {
    std::vector<std::string> found;
    for (const auto& each : std::filesystem::recursive_directory_iterator(root + "/tests/scenarios"))
        if (each.path().extension() == ".txt" && each.path().filename() != "CMakeLists.txt") found.push_back(each.path().string());
    std::sort(found.begin(), found.end());
    return found;
}

std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// The reference site's rules with what a table gives them; each set is read once.
std::shared_ptr<const RuleBook> book_for(const scenarios::Row& row) {
    static std::map<std::string, std::shared_ptr<const RuleBook>> known;
    std::string key;
    std::vector<GivenSetting> given;
    for (const auto& [name, value] : row.given) {
        given.push_back({row.rule, name, value, "the table", {row.file, row.line, 0}});
        key += row.rule + ":" + name + "=" + value + ";";
    }
    auto& book = known[key];
    if (book) return book;
    hub::cli::SystemDisk disk;
    hub::journal::OpenSslDigester digester;
    hub::Problems problems;
    book = hub::site::load_rules(root + "/deploy/reference", disk, digester, problems, given);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    return book;
}

/// A date is the end of that London day.
hub::Instant time_of(const std::string& text, const Zone& zone, const scenarios::Row& row) {
    const auto point = parse_point(text, zone);
    BOOST_REQUIRE_MESSAGE(point, row.file << ":" << row.line << ": '" << text << "' is no time");
    return point->exact ? point->instant : hub::Instant{zone.end_of(point->day)->microseconds - 1};
}

std::string member(const hub::cli::ToldClock& told, const std::string& name) {
    if (name == "late_known") return told.late_known ? "yes" : "no";
    if (name == "ladder") {
        std::string steps;
        for (const auto& rung : told.ladder) steps += (steps.empty() ? "" : "; ") + hub::cli::to_text(rung);
        return steps.empty() ? "-" : steps;
    }
    for (const auto& [known, value] : told.members)
        if (known == name) return value;
    return "-";
}

std::string wanted(const scenarios::Row& row, const std::string& heading) {
    for (const scenarios::Cell& cell : row.expected)
        if (cell.heading == heading) return cell.text;
    return {};
}

void check_gate(const scenarios::Row& row, const RuleBook& book, const History& history, hub::Instant as_of) {
    const auto gate = std::find_if(book.gates.begin(), book.gates.end(), [&](const Gate& each) { return each.name == row.gate; });
    BOOST_REQUIRE_MESSAGE(gate != book.gates.end(), row.file << ":" << row.line << ": no gate '" << row.gate << "'");
    std::string parts;
    for (std::uint32_t matter = 0; matter < history.matters().size(); ++matter)
        if (history.matters()[matter].kind == gate->matter)
            for (const Gate::Need* need : missing(book, *gate, history, matter, as_of)) parts += (parts.empty() ? "" : "; ") + need->part;
    const std::string expected = wanted(row, "missing");
    BOOST_CHECK_MESSAGE((parts.empty() ? "-" : parts) == expected, row.file << ":" << row.line << ": " << row.name << ": missing is '" << parts << "', not '" << expected << "'");
}

void check_clock(const scenarios::Row& row, const hub::cli::ToldClock* told) {
    for (const scenarios::Cell& cell : row.expected) {
        if (cell.heading == "clocks" || cell.heading == "occurrence") continue;
        const std::string is = told ? member(*told, cell.heading) : "no clock";
        BOOST_CHECK_MESSAGE(is == cell.text, row.file << ":" << row.line << ": " << row.name << ": " << cell.heading << " is '" << is << "', not '" << cell.text << "'");
        if (is != cell.text && told)
            for (const DerivationStep& step : told->derivation) BOOST_TEST_MESSAGE("    " << step.text);
    }
}

void check(const scenarios::Row& row) {
    const auto book = book_for(row);
    BOOST_REQUIRE(book);
    const Zone& zone = *book->almanac.zone;
    hub::Problems problems;
    const hub::Instant as_of = time_of(row.as_of, zone, row);
    hub::Instant known_at = row.known_at.empty() ? as_of : time_of(row.known_at, zone, row);
    const std::vector<GivenFact> facts = scenarios::facts_of(row, *book->kinds, zone, problems);
    if (row.known_at.empty())
        for (const GivenFact& fact : facts) known_at = std::max(known_at, fact.recorded_at);
    const History history(*book->kinds, zone, facts, known_at, problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    if (!row.gate.empty()) return check_gate(row, *book, history, as_of);
    const Rule* rule = book->find(row.rule);
    BOOST_REQUIRE_MESSAGE(rule, row.file << ":" << row.line << ": no rule '" << row.rule << "'");
    const std::uint16_t index = static_cast<std::uint16_t>(rule - book->rules.data());
    const Question question{as_of, {&index, 1}};
    const std::vector<Clock> clocks = evaluate(*book, history, question);
    if (const std::string count = wanted(row, "clocks"); !count.empty())
        BOOST_CHECK_MESSAGE(std::to_string(clocks.size()) == count, row.file << ":" << row.line << ": " << row.name << ": " << clocks.size() << " clocks, not " << count);
    const std::string occurrence = wanted(row, "occurrence");
    std::vector<hub::cli::ToldClock> told;
    for (const Clock& clock : clocks)
        if (occurrence.empty() || clock.occurrence == occurrence) told.push_back(hub::cli::tell(*book, history, "person", question, clock));
    check_clock(row, told.empty() ? nullptr : &told.front());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(golden_tables)

BOOST_DATA_TEST_CASE(says_what_guidance_and_sources_say, data::make(files()), file) {
    hub::Problems problems;
    const std::vector<scenarios::Row> rows = scenarios::read_tables(file, text_of(file), problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    BOOST_TEST(!rows.empty(), file << " has no row");
    for (const scenarios::Row& row : rows) {
        BOOST_TEST(!row.expected.empty(), row.file << ":" << row.line << ": the row expects nothing");
        check(row);
    }
}

/// Whoever ships a rule shows by hand what must come of it.
BOOST_AUTO_TEST_CASE(no_rule_and_no_gate_is_without_a_table) {
    std::set<std::string> shown;
    hub::Problems problems;
    for (const std::string& file : files())
        for (const scenarios::Row& row : scenarios::read_tables(file, text_of(file), problems)) shown.insert(row.gate.empty() ? row.rule : row.gate);
    const auto book = book_for({});
    BOOST_REQUIRE(book);
    for (const Rule& rule : book->rules) BOOST_TEST(shown.count(rule.name) == 1u, rule.name);
    for (const Gate& gate : book->gates) BOOST_TEST(shown.count(gate.name) == 1u, gate.name);
}

BOOST_AUTO_TEST_SUITE_END()
