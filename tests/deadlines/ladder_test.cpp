// Warnings and escalations as rules write them: a rung that the site has not set is not there, and the deadline still is.
#include "expression_world.hpp"
#include "hub/deadlines/rules.hpp"

using namespace hub::deadlines;

namespace {

constexpr std::string_view rules_xml = R"(<rules xmlns="urn:throughgate:rules:1">
  <rule name="some.duty" matter="release">
    <about>A duty.</about>
    <owner role="officer"/>
    <setting name="lead" unit="days" about="When to warn."/>
    <setting name="chief_after" unit="days" about="When to tell the chief."/>
    <version name="1" from="2020-01-01">
      <citation text="Here" standing="local"/>
      <case due="release.crd"/>
      <warn before="7 days"/>
      <warn before="lead days"/>
      <escalate after="1 day" to="officer"/>
      <escalate after="chief_after days" to="officer"/>
    </version>
  </rule>
</rules>)";

std::shared_ptr<const RuleBook> book(std::vector<GivenSetting> settings) {
    const expression_world::World world;
    hub::Problems problems;
    const std::string xsd = reading::bytes_of("schemas/site/rules.xsd");
    auto root = hub::formats::read_config("rules.xml", rules_xml, &xsd, problems);
    RuleSources sources{.kinds = world.kinds, .almanac = world.almanac, .settings = std::move(settings), .roles = {{"officer", "Officer", "prisons"}}};
    sources.almanac.calendars.emplace("england_and_wales", world.calendar);
    sources.files.emplace_back("rules.xml", std::move(root));
    auto compiled = compile_rules(sources, problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    BOOST_REQUIRE(compiled);
    return compiled;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ladder)

BOOST_AUTO_TEST_CASE(an_unset_rung_is_left_out_and_the_version_runs) {
    const auto rules = book({});
    const Version& version = rules->rules.front().versions.front();
    BOOST_REQUIRE_EQUAL(version.warnings.size(), 1u);
    BOOST_REQUIRE_EQUAL(version.escalations.size(), 1u);
    BOOST_TEST(version.warnings.front().before.days == 7);
    BOOST_TEST(version.escalations.front().after.days == 1);
    BOOST_TEST(version.unset.empty());
}

BOOST_AUTO_TEST_CASE(a_set_rung_stands_where_the_site_puts_it) {
    const auto rules = book({{"some.duty", "lead", "14", "here", {}}, {"some.duty", "chief_after", "28", "here", {}}});
    const Version& version = rules->rules.front().versions.front();
    BOOST_REQUIRE_EQUAL(version.warnings.size(), 2u);
    BOOST_REQUIRE_EQUAL(version.escalations.size(), 2u);
    BOOST_TEST(version.warnings.back().before.days == 14);
    BOOST_TEST(version.escalations.back().after.days == 28);
}

BOOST_AUTO_TEST_SUITE_END()
