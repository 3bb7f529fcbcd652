// What is wrong with a rule is said once, at its line, with its cure; and nothing is said of what only follows from it.
#include <algorithm>

#include "expression_world.hpp"
#include "hub/deadlines/rules.hpp"

using namespace hub::deadlines;

namespace {

/// A rule from line 3 on; each test replaces a part of it.
struct Written {
    std::string cohort = "", attributes = "matter=\"release\"", owners = "<owner role=\"officer\"/>", late = "", dates = "from=\"2020-01-01\"", top = "",
                cases = "<case start=\"release.crd\" due=\"release.crd + 5 days\"/>", end = "", more = "";

    std::string xml() const {
        return "<rules xmlns=\"urn:throughgate:rules:1\">\n" + cohort + "\n<rule name=\"some.duty\" " + attributes + "><about>A duty.</about>\n" + owners + "\n" + late +
               "\n<version name=\"1\" " + dates + "><citation text=\"Here\" standing=\"local\"/>\n" + top + "\n" + cases + "\n" + end + "</version>\n" + more + "</rule></rules>";
    }
};
enum Line { cohort_line = 2, rule_line, owner_line, late_line, version_line, top_line, case_line, end_line, more_line };

std::shared_ptr<const RuleBook> compile(const std::string& xml, hub::Problems& problems, std::vector<GivenSetting> settings = {},
                                        const std::set<std::string>& broken_calendars = {}) {
    const expression_world::World world;
    const std::string xsd = reading::bytes_of("schemas/site/rules.xsd");
    auto root = hub::formats::read_config("rules.xml", xml, &xsd, problems);
    if (!root) return nullptr;
    RuleSources sources{.kinds = world.kinds, .almanac = world.almanac, .settings = std::move(settings), .roles = {{"officer", "Officer", "prisons"}}, .broken_calendars = broken_calendars};
    sources.almanac.calendars.emplace("england_and_wales", world.calendar);
    sources.files.emplace_back("rules.xml", std::move(root));
    return compile_rules(sources, problems);
}

void refused(const Written& rule, const std::string& code, int line) {
    hub::Problems problems;
    BOOST_TEST(!compile(rule.xml(), problems));
    for (std::size_t i = 1; i < problems.size(); ++i) BOOST_ERROR("also said: " << hub::to_text(problems[i]));
    if (!problems.empty()) problems.resize(1);
    reading::only_problem(problems, code, line, "rules.xml");
}

void taken(const Written& rule) {
    hub::Problems problems;
    BOOST_TEST(bool(compile(rule.xml(), problems)));
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
}

std::string pause(const std::string& kind, const std::string& value) { return "<pause kind=\"" + kind + "\" value=\"" + value + "\" reason=\"held\"/>"; }

}  // namespace

BOOST_AUTO_TEST_SUITE(rule_problems)

BOOST_AUTO_TEST_CASE(a_pause_waits_for_a_value_that_its_fact_can_have) {
    taken({.end = pause("release.recall", "no") + pause("release.category", "open") + pause("release.prison", "any") + pause("person.welsh", "yes") + pause("person.note", "x")});
    for (const auto& [kind, value] : {std::pair("release.recall", "true"), {"release.category", "shut"}, {"release.crd", "2026-03-01"}, {"release.left", "yes"}, {"release.mappa", "2"}})
        refused({.end = pause(kind, value)}, "TG-D230", end_line);
}

BOOST_AUTO_TEST_CASE(a_pause_is_by_a_fact_of_the_matter_or_of_the_person) { refused({.attributes = "matter=\"sentence\"", .cases = "<case start=\"today\" due=\"today\"/>", .end = pause("release.recall", "yes")}, "TG-D231", end_line); }

BOOST_AUTO_TEST_CASE(an_owner_behind_one_that_always_has_it_is_refused) {
    refused({.owners = "<owner role=\"officer\"/><owner role=\"officer\"/>"}, "TG-D232", owner_line);
    refused({.owners = "<owner role=\"officer\" when=\"known(person.welsh)\"/>"}, "TG-D204", rule_line);
    refused({.owners = "<owner role=\"officer\" when=\"known(person.walsh)\"/><owner role=\"officer\"/>"}, "TG-D105", owner_line);
}

BOOST_AUTO_TEST_CASE(a_target_is_of_a_measure) {
    refused({.attributes = "matter=\"release\" target=\"90\""}, "TG-D233", rule_line);
    taken({.attributes = "matter=\"release\" kind=\"measure\" target=\"100\"", .cases = "<case due=\"release.crd\" counts=\"yes\"/>"});
}

BOOST_AUTO_TEST_CASE(the_shape_of_rules_refuses_what_could_not_be_read) {
    refused({.attributes = "matter=\"release\" kind=\"measure\" target=\"99999999999999999999\""}, "TG-F205", rule_line);
    refused({.attributes = "matter=\"relaese\""}, "TG-F205", rule_line);
    refused({.late = "<settle time=\"1 working day\"/>"}, "TG-F205", late_line);
    refused({.late = "<settle time=\"1 month\"/>"}, "TG-F205", late_line);
    taken({.late = "<settle time=\"1 day 12 hours\"/>"});
    for (const char* dates : {"from=\"2020-01-01\" to=\"2026-03-01Z\"", "from=\"2020-01-01\" to=\"12026-03-01\"", "from=\"2020-01-01\" known-from=\"2026-06-01+01:00\""})
        refused({.dates = dates}, "TG-F205", version_line);
}

BOOST_AUTO_TEST_CASE(an_allowance_goes_with_a_prompt) {
    refused({.late = "<late-knowledge policy=\"told_late\" allowance=\"1 day\"/>"}, "TG-D234", late_line);
    taken({.late = "<late-knowledge policy=\"told_late\"/>"});
}

BOOST_AUTO_TEST_CASE(a_period_does_not_make_itself) {
    refused({.top = "<every length=\"1 month\" from=\"window.start\"/>"}, "TG-D229", top_line);
    refused({.top = "<let name=\"later\" value=\"window.end + 1 day\"/><every length=\"1 month\" from=\"release.crd\" until=\"later\"/>"}, "TG-D229", top_line);
    refused({.top = "<every length=\"soon\" from=\"release.crd\"/>"}, "TG-D205", top_line);
    taken({.top = "<let name=\"later\" value=\"window.end + 1 day\"/><every length=\"1 month\" from=\"release.crd\"/>", .cases = "<case due=\"later\"/>"});
}

BOOST_AUTO_TEST_CASE(a_cohort_that_no_version_is_for_must_mean_something) {
    refused({.cohort = "<cohort name=\"nobody\" test=\"relaese.crd = 5\"/>"}, "TG-D105", cohort_line);
    taken({.cohort = "<cohort name=\"nobody\" test=\"release.recall = yes\"/>"});
    refused({.cohort = "<cohort name=\"some\" test=\"relaese.crd = 5\"/>", .dates = "from=\"2020-01-01\" scope=\"some\""}, "TG-D105", cohort_line);
}

BOOST_AUTO_TEST_CASE(somebody_knows_of_the_version_that_holds) {
    const auto then = [](const std::string& dates) { return "<version name=\"2\" " + dates + "><citation text=\"Here\" standing=\"local\"/><case due=\"release.crd\"/></version>\n"; };
    refused({.dates = "from=\"2020-01-01\" to=\"2026-03-01\"", .more = then("from=\"2026-03-01\" known-from=\"2026-06-01\"")}, "TG-D235", more_line - 1 + 1);
    refused({.dates = "from=\"2020-01-01\" to=\"2026-03-01\"", .more = then("from=\"2026-05-01\" known-from=\"2026-04-01\"")}, "TG-D221", more_line - 1 + 1);
    taken({.dates = "from=\"2020-01-01\"", .more = then("from=\"2026-03-01\" known-from=\"2026-06-01\"")});
    taken({.dates = "from=\"2020-01-01\" to=\"2026-03-01\"", .more = then("from=\"2026-03-01\" known-from=\"2026-01-01\"")});
}

BOOST_AUTO_TEST_CASE(one_mistake_is_one_problem) {
    const std::string last = "<case start=\"release.crd\" due=\"release.ard\"/>";
    refused({.cases = "<case when=\"release.category = 'shut'\" start=\"today\" due=\"today\"/>" + last}, "TG-D112", case_line);
    refused({.cases = "<case when=\"release.category = 'shut'\" due=\"today\"/><case when=\"release.category = 'closed'\" due=\"today\"/>"}, "TG-D112", case_line);
    refused({.cases = "<case start=\"release.crd\" due=\"release.crt\"/>"}, "TG-D105", case_line);
    refused({.cases = "<case start=\"release.crt\" due=\"release.crd\"/>", .end = pause("release.recall", "yes")}, "TG-D105", case_line);
    refused({.attributes = "matter=\"release\" kind=\"measure\"", .cases = "<case due=\"release.crt\" counts=\"yes\"/>"}, "TG-D105", case_line);
    refused({.top = "<let name=\"gone\" value=\"release.crt\"/>", .cases = "<case when=\"gone before today\" due=\"gone\"/>" + last}, "TG-D105", top_line);
    refused({.cases = "<case due=\"today\"/><case when=\"known(release.crd)\" due=\"today\"/>"}, "TG-D222", case_line);
    refused({.cases = "<case when=\"release.category = 'open'\" due=\"today\"/>"}, "TG-D227", case_line);
}

BOOST_AUTO_TEST_CASE(a_version_that_says_no_day_leaves_no_gap_besides) {
    refused({.dates = "from=\"spring\"", .more = "<version name=\"2\" from=\"2026-03-01\"><citation text=\"Here\" standing=\"local\"/><case due=\"release.crd\"/></version>"}, "TG-D210", version_line);
}

BOOST_AUTO_TEST_CASE(a_calendar_that_is_wrong_is_not_missing_too) {
    const std::string xml = Written{.dates = "from=\"2020-01-01\" calendar=\"scotland\""}.xml();
    for (const char* broken : {"scotland", ""}) {
        hub::Problems problems;
        compile(xml, problems, {}, {broken});
        BOOST_TEST(problems.empty());
    }
    hub::Problems problems;
    compile(xml, problems, {}, {"wales"});
    reading::only_problem(problems, "TG-D216", version_line, "rules.xml");
}

BOOST_AUTO_TEST_SUITE_END()
