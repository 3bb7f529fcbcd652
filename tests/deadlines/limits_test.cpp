// What rules may come to, and what happens beyond.
#include "rules_world.hpp"

using namespace rules_world;

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(of_more_than_periods_max_periods_the_latest_are_looked_at) {
    World world;
    hub::Problems problems;
    const auto book = book_of(world, rule_of("daily", "<every length='1 day' from='release.crd' until='release.ard'/>", "window.end"), problems);
    BOOST_REQUIRE(book);
    world.fact("release.crd", "2024-01-01", "2024-01-01");
    world.fact("release.ard", "2030-01-01", "2024-01-01");
    const auto clocks = evaluate(*book, world.known(), {expression_world::at("2026-11-24T12:00:00Z"), {}});
    BOOST_TEST(clocks.size() == Recurrence::periods_max);
    const auto on = [&](const std::string& day) { return std::any_of(clocks.begin(), clocks.end(), [&](const Clock& clock) { return clock.occurrence == day; }); };
    BOOST_TEST(on("2026-11-24"));
    BOOST_TEST(!on("2024-01-01"));
}

BOOST_AUTO_TEST_CASE(a_site_with_more_than_rules_max_rules_is_refused) {
    const World world;
    hub::Problems problems;
    std::string rules;
    for (int i = 0; i < 2'000; ++i) rules += rule_of("rule.n" + std::to_string(i), "", "release.crd");
    BOOST_TEST(book_of(world, rules, problems));
    BOOST_TEST(problems.empty());
    BOOST_TEST(!book_of(world, rules + rule_of("one.more", "", "release.crd"), problems));
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].code == "TG-D217");
}

BOOST_AUTO_TEST_SUITE_END()
