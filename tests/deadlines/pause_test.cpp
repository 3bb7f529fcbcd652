// Clocks that stand still: the deadline moves by the days for which they stood, and does not pass meanwhile.
#include "rules_world.hpp"

using namespace rules_world;

namespace {

const std::string rules = R"xml(
  <rule name="some.duty" matter="release">
    <about>A duty that waits.</about>
    <owner role="officer"/>
    <version name="1" from="2020-01-01">
      <citation text="Here" standing="local"/>
      <case start="release.crd" due="release.crd + 30 days"/>
      <pause kind="release.recall" value="yes" reason="recalled"/>
      <pause kind="release.category" value="open" reason="open"/>
      <met at="first(release.left)" reason="left"/>
      <warn before="7 days"/>
    </version>
  </rule>
)xml";

struct Waiting : World {
    std::shared_ptr<const RuleBook> book{};
    Waiting() {
        hub::Problems problems;
        book = book_of(*this, rules, problems);
        BOOST_REQUIRE(book);
        fact("release.crd", "2026-02-01", "2026-01-01");  // due 3 March
    }
    void stood(const std::string& kind, const std::string& while_value, const std::string& from, const std::string& other, const std::string& to) {
        fact(kind, while_value, from);
        if (!to.empty()) fact(kind, other, to);
    }
    /// "2026-03-13 running", as of the end of a day.
    std::string says(const std::string& as_of) {
        const auto clocks = evaluate(*book, known(), {expression_world::at(as_of + "T12:00:00Z"), {}});
        BOOST_REQUIRE(clocks.size() == 1u);
        return to_text(*clocks[0].due) + " " + std::string(name_of(clocks[0].state));
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(pauses)

BOOST_FIXTURE_TEST_CASE(the_deadline_moves_by_the_days_for_which_the_clock_stood_still, Waiting) {
    stood("release.recall", "yes", "2026-02-05", "no", "2026-02-15");
    BOOST_TEST(says("2026-02-04") == "2026-03-03 running");
    BOOST_TEST(says("2026-02-05") == "2026-03-03 paused");
    BOOST_TEST(says("2026-02-14") == "2026-03-03 paused");
    BOOST_TEST(says("2026-02-15") == "2026-03-13 running");
    BOOST_TEST(says("2026-03-14") == "2026-03-13 breached");
}

BOOST_FIXTURE_TEST_CASE(no_deadline_passes_while_the_clock_stands_still, Waiting) {
    stood("release.recall", "yes", "2026-02-05", "no", "");
    BOOST_TEST(says("2026-06-10") == "2026-03-03 paused");
    fact("release.left", "2026-06-10T09:00:00Z", "2026-06-10");
    BOOST_TEST(says("2026-06-10") == "2026-03-03 met");
}

BOOST_FIXTURE_TEST_CASE(who_stands_still_after_the_deadline_has_missed_it, Waiting) {
    stood("release.recall", "yes", "2026-03-04", "no", "");
    BOOST_TEST(says("2026-03-10") == "2026-03-03 breached");
    fact("release.left", "2026-03-09T09:00:00Z", "2026-03-09");
    BOOST_TEST(says("2026-03-10") == "2026-03-03 late");
}

BOOST_FIXTURE_TEST_CASE(two_reasons_at_once_stop_the_clock_once, Waiting) {
    stood("release.recall", "yes", "2026-02-05", "no", "2026-02-15");
    stood("release.category", "open", "2026-02-10", "closed", "2026-02-20");
    BOOST_TEST(says("2026-02-21") == "2026-03-18 running");
}

BOOST_FIXTURE_TEST_CASE(the_order_of_the_reasons_in_the_rule_decides_nothing, Waiting) {
    stood("release.category", "open", "2026-02-20", "closed", "2026-03-01");  // 9 days: due 12 March
    stood("release.recall", "yes", "2026-03-08", "no", "2026-03-10");         // 2 more
    BOOST_TEST(says("2026-03-11") == "2026-03-14 running");
}

BOOST_FIXTURE_TEST_CASE(a_pause_that_was_over_before_the_clock_ran_does_not_count, Waiting) {
    stood("release.recall", "yes", "2026-01-10", "no", "2026-01-20");
    stood("release.category", "open", "2026-01-25", "closed", "2026-02-03");  // from the start on
    BOOST_TEST(says("2026-02-10") == "2026-03-05 running");
}

BOOST_FIXTURE_TEST_CASE(a_pause_that_lies_ahead_is_a_moment_at_which_the_clock_may_change, Waiting) {
    stood("release.recall", "yes", "2026-02-20", "no", "2026-02-25");
    const auto next = [&](const std::string& as_of) {
        const auto clocks = evaluate(*book, known(), {expression_world::at(as_of), {}});
        return clocks.at(0).next ? hub::to_text(*clocks.at(0).next) : "never";
    };
    BOOST_TEST(next("2026-02-10T12:00:00Z") == "2026-02-20T00:00:00.000000Z");
    BOOST_TEST(next("2026-02-21T12:00:00Z") == "2026-02-25T00:00:00.000000Z");
}

BOOST_AUTO_TEST_SUITE_END()
