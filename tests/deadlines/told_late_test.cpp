// Told late is not was late: a deadline is known since all that it rests on was told, and telling it again tells nothing.
#include "rules_world.hpp"

using namespace rules_world;

namespace {

struct Told : World {
    std::shared_ptr<const RuleBook> book{};
    void rule(const std::string& more, const std::string& due) {
        hub::Problems problems;
        book = book_of(*this, rule_of("some.duty", more, due), problems);
        BOOST_REQUIRE(book);
    }
    std::string states(const std::string& as_of) {
        std::string text;
        for (const Clock& clock : evaluate(*book, known(), {expression_world::at(as_of + "T12:00:00Z"), {}})) text += (text.empty() ? "" : " ") + std::string(name_of(clock.state));
        return text;
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(told_late)

BOOST_FIXTURE_TEST_CASE(a_deadline_rests_on_its_guard_too, Told) {
    rule("<when test='person.welsh = yes'/>", "release.crd + 30 days");
    fact("release.crd", "2026-02-01", "2026-01-01", "2026-01-01");  // due 3 March
    fact("person.welsh", "yes", "2026-01-01", "2026-04-01");
    BOOST_TEST(states("2026-04-02") == "told_late");
}

BOOST_FIXTURE_TEST_CASE(a_guard_told_once_more_forgives_nothing, Told) {
    rule("<when test='person.welsh = yes'/>", "release.crd + 30 days");
    fact("release.crd", "2026-02-01", "2026-01-01", "2026-01-01");
    fact("person.welsh", "yes", "2026-01-01", "2026-01-01");
    fact("person.welsh", "yes", "2026-03-20", "2026-04-01");
    BOOST_TEST(states("2026-04-02") == "breached");
}

BOOST_FIXTURE_TEST_CASE(a_case_that_changes_without_its_day_forgives_nothing, Told) {
    rule("", "release.crd + 30 days");
    hub::Problems problems;
    book = book_of(*this, "<rule name='some.duty' matter='release'><about>a</about><owner role='officer'/><version name='1' from='2000-01-01'><citation text='Here' standing='local'/>"
                          "<case when='person.welsh = yes' due='release.crd + 30 days' reason='wales'/><case due='release.crd + 30 days' reason='other'/></version></rule>", problems);
    BOOST_REQUIRE(book);
    fact("release.crd", "2026-02-01", "2026-01-01", "2026-01-01");
    fact("person.welsh", "yes", "2026-01-01", "2026-04-01");
    BOOST_TEST(states("2026-04-02") == "breached");
}

BOOST_FIXTURE_TEST_CASE(periods_are_known_since_their_beginning_was_told, Told) {
    rule("<every length='1 month' from='release.crd' until='release.ard'/>", "window.end");
    fact("release.crd", "2026-01-01", "2026-01-01", "2026-02-15");
    fact("release.ard", "2026-04-30", "2026-01-01", "2026-01-01");
    BOOST_TEST(states("2026-04-10") == "told_late breached breached running");
}

BOOST_AUTO_TEST_SUITE_END()
