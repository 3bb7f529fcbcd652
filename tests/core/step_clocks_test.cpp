// Clocks in the step: facts start and move them, ticks make them warn and breach, what they said before stays, and notices go out once.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "hub/core/clocks.hpp"
#include "tests/core/desk.hpp"

using namespace desk;
using deadlines::ClockState;

namespace {

const std::string kinds_xml = R"(<facts xmlns="urn:throughgate:facts-declared:1">
  <fact kind="sentence.date" type="date" matter="sentence" about="a"/>
  <fact kind="plan.done" type="date" matter="sentence" about="b"/>
  <fact kind="meeting.held" type="date" matter="sentence" about="c"/>
</facts>)";

std::string rules_xml(const std::string& days, const std::string& more, const std::string& rule) {
    return R"xml(<rules xmlns="urn:throughgate:rules:1">
  <rule name="plan.due" matter="sentence"><about>a plan</about><owner role="officer"/>)xml" + more + R"xml(
    <version name="1" from="2000-01-01"><citation text="Invented guidance, 4" standing="guidance"/>
      <case due="sentence.date + )xml" + days + R"xml( days" reason="ordinary"/>
      <met at="plan.done" reason="done"/><warn before="2 days"/><escalate after="3 days" to="boss"/>
    </version></rule>
)xml" + rule + R"xml(  <gate name="result.complete" record="court_result" matter="sentence"><about>b</about><citation text="Invented guidance, 5" standing="guidance"/>
    <need part="plan" test="known(plan.done) or unknown(meeting.held)" cure="make a plan"/>
    <need part="date" test="known(sentence.date) or unknown(meeting.held)" cure="say when"/></gate>
</rules>)xml";
}

std::shared_ptr<formats::ConfigElement> parse(const std::string& name, const std::string& xml) {
    Problems problems;
    auto root = formats::read_config(name, xml, nullptr, problems);
    for (const Problem& problem : problems) BOOST_ERROR(to_text(problem));
    return root;
}

std::string shipped(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(std::string(HUB_SOURCE_DIR) + "/" + path).rdbuf();
    return text.str();
}

std::shared_ptr<const deadlines::RuleBook> book(const std::string& days, const std::string& more = {}, const std::string& rule = {}) {
    Problems problems;
    deadlines::RuleSources sources;
    sources.kinds = deadlines::FactKinds::read(*parse("facts.xml", kinds_xml), "facts.xml", problems);
    sources.almanac.zone = deadlines::Zone::read(*parse("zone.xml", shipped("mappings/codes/london-time.xml")), "zone.xml", problems);
    const auto calendar = deadlines::Calendar::read(*parse("calendar.xml", shipped("deploy/reference/calendars/england_and_wales.xml")), "calendar.xml", problems);
    sources.almanac.calendars.emplace(calendar->name(), calendar);
    sources.files.emplace_back("rules.xml", parse("rules.xml", rules_xml(days, more, rule)));
    sources.roles = {{"officer", "Officer", "prison"}, {"boss", "Boss", "police"}};
    auto made = deadlines::compile_rules(sources, problems);
    for (const Problem& problem : problems) BOOST_ERROR(to_text(problem));
    return made;
}

struct ClockDesk : Desk {
    ClockDesk() {
        plan->rules = book("10");
        plan->record_types["clock_notice"].name = "clock_notice";
    }

    Stepped says(const std::string& id, std::vector<Fact> facts, std::vector<std::string> routes = {}) { return record(id, {{{ann}, std::move(routes), {}, std::move(facts), {}}}, id); }
    /// Time goes on to an instant, and the hub looks at whoever has a timer by then.
    void until(const std::string& instant) {
        now = *parse_instant(instant);
        for (;;) {
            std::vector<PersonId> woken;
            for (const auto& [key, value] : rows(Table::timer))
                if (const auto timer = decode_timer_key(key); timer->at <= now) woken.push_back(timer->person);
            if (woken.empty()) return;
            tick({}, woken);
        }
    }
    /// The record that a notice becomes comes in.
    Stepped takes(const std::string& key) { return own_record("clock_notice", notice_message_id(key), {}); }
    ClockSheet sheet() const { return *decode_sheet(rows(Table::clock).at(std::string(who(ann).bytes()))); }
    ClockRow clock() const {
        const ClockSheet all = sheet();
        BOOST_REQUIRE(all.clocks.size() == 1);
        return all.clocks.front();
    }
    std::vector<std::string> events() const {
        std::vector<std::string> found;
        for (const auto& [key, value] : rows(Table::notice)) {
            const Notice notice = *decode_notice(value);
            std::string text;
            for (const auto& [path, said] : notice.values)
                if (path == "event" || path == "party") text += (text.empty() ? "" : " to ") + said;
            found.push_back(text);
        }
        return found;
    }
    const people::Identifier ann = noms("A1000AA");
};

}  // namespace

BOOST_AUTO_TEST_SUITE(clocks_in_the_step)

BOOST_FIXTURE_TEST_CASE(a_fact_starts_a_clock_and_sets_its_timer, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    BOOST_TEST(deadlines::to_text(*clock().due) == "2026-03-12");
    BOOST_TEST((clock().state == ClockState::running));
    BOOST_TEST(clock().owner == "officer");
    BOOST_TEST(clock().since == 1U);
    BOOST_REQUIRE(rows(Table::timer).size() == 1);
    BOOST_TEST(to_text(decode_timer_key(rows(Table::timer).begin()->first)->at) == "2026-03-10T00:00:00.000000Z");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(ticks_make_it_warn_breach_and_escalate_each_once_and_to_whom_it_concerns, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    until("2026-03-10T08:00:00Z");
    BOOST_TEST(events() == std::vector<std::string>{"warned to prison"}, boost::test_tools::per_element());
    until("2026-03-12T23:59:59Z");
    BOOST_TEST((clock().state == ClockState::running));
    until("2026-03-13T00:00:00Z");
    BOOST_TEST((clock().state == ClockState::breached));
    until("2026-04-01T00:00:00Z");
    const std::vector<std::string> all{"warned to prison", "breached to prison", "escalated to police"};
    BOOST_TEST(events() == all, boost::test_tools::per_element());
    BOOST_TEST(rows(Table::timer).empty());
    tick({}, {who(ann)});
    BOOST_TEST(events().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_deadline_that_is_met_is_silent, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    says("m2", {fact("plan.done", "2026-03-05")});
    until("2026-06-01T00:00:00Z");
    BOOST_TEST((clock().state == ClockState::met));
    BOOST_TEST(clock().discharge == "done");
    BOOST_TEST(events().empty());
}

BOOST_FIXTURE_TEST_CASE(a_changed_fact_supersedes_and_what_was_said_before_stays, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    until("2026-03-10T08:00:00Z");
    const std::uint64_t warned = clock().since;
    says("m2", {fact("sentence.date", "2026-03-09", "2026-03-01")});
    BOOST_TEST(deadlines::to_text(*clock().due) == "2026-03-19");
    const auto beliefs = rows(Table::belief);
    BOOST_REQUIRE(beliefs.size() == 2);  // before the warning, and before the move
    const Belief last = *decode_belief(beliefs.rbegin()->second);
    BOOST_TEST(deadlines::to_text(*last.clock.due) == "2026-03-12");
    BOOST_TEST(last.clock.since == warned);
    BOOST_TEST(last.cause == clock().since);
    const std::vector<std::string> all{"warned to prison", "moved to prison"};
    BOOST_TEST(events() == all, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_move_that_is_moved_again_before_it_was_told_is_told_once, ClockDesk) {
    plan->rules = book("10", "<settle time=\"1 day\"/>");
    says("m1", {fact("sentence.date", "2026-03-02")});
    until("2026-03-10T08:00:00Z");
    says("m2", {fact("sentence.date", "2026-03-20", "2026-03-01")});
    const auto moves = [&] {
        std::string told;
        for (const auto& [key, value] : rows(Table::notice)) {
            const Notice notice = *decode_notice(value);
            for (const auto& [path, said] : notice.values)
                if (path == "was_due_on" || path == "due_on") told += said + (path == "due_on" ? " was " : "; ");
        }
        return told;
    };
    BOOST_TEST(moves() == "2026-03-12 was 2026-03-30 was 2026-03-12; ");
    says("m3", {fact("sentence.date", "2026-03-25", "2026-03-01")});
    BOOST_TEST(moves() == "2026-03-12 was 2026-04-04 was 2026-03-12; ");  // the first never went; the owner knows of the 12th
    says("m4", {fact("sentence.date", "2026-03-02", "2026-03-01")});
    BOOST_TEST(moves() == "2026-03-12 was 2026-03-12 was ");  // back where it was: no move to tell; its warning comes again
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_move_that_was_told_is_not_taken_back, ClockDesk) {
    plan->rules = book("10", "<settle time=\"1 day\"/>");
    says("m1", {fact("sentence.date", "2026-03-02")});
    until("2026-03-10T08:00:00Z");
    says("m2", {fact("sentence.date", "2026-03-20", "2026-03-01")});
    for (const auto& [key, value] : rows(Table::notice)) takes(key);
    BOOST_TEST(rows(Table::notice).empty());
    says("m3", {fact("sentence.date", "2026-03-25", "2026-03-01")});
    BOOST_TEST(events() == std::vector<std::string>{"moved to prison"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_notice_that_was_taken_back_under_way_enters_no_journal, ClockDesk) {
    plan->rules = book("10", "<settle time=\"1 day\"/>");
    says("m1", {fact("sentence.date", "2026-03-02")});
    until("2026-03-10T08:00:00Z");
    says("m2", {fact("sentence.date", "2026-03-20", "2026-03-01")});
    const std::string moved = rows(Table::notice).rbegin()->first;
    says("m3", {fact("sentence.date", "2026-03-02", "2026-03-01")});
    BOOST_TEST(!takes(moved).journal);
    BOOST_TEST(takes(rows(Table::notice).begin()->first).journal);
    BOOST_TEST(own_record("referral", notice_message_id(moved), {}).journal);  // what a rule made is not taken back
}

BOOST_FIXTURE_TEST_CASE(of_more_than_clocks_max_clocks_the_rest_is_left_out_and_the_books_balance, ClockDesk) {
    plan->rules = book("10", "", "<rule name=\"other.due\" matter=\"sentence\"><about>b</about><owner role=\"officer\"/><version name=\"1\" from=\"2000-01-01\">"
                                 "<citation text=\"Invented\" standing=\"guidance\"/><case due=\"sentence.date + 5 days\" reason=\"other\"/></version></rule>");
    std::vector<Fact> facts;
    for (std::size_t i = 0; i <= ClockSheet::clocks_max / 2; ++i) facts.push_back({"sentence", "s" + std::to_string(i), "sentence.date", "2026-06-01", "2026-01-01"});
    says("m1", facts);
    BOOST_TEST(sheet().clocks.size() == ClockSheet::clocks_max);
    says("m2", {{"sentence", "s0", "sentence.date", "2026-07-01", "2026-01-01"}});
    BOOST_TEST(sheet().clocks.size() == ClockSheet::clocks_max);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_fact_that_is_no_longer_said_takes_its_clock_away, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02"), fact("meeting.held", "2026-03-02")});
    BOOST_TEST(sheet().clocks.size() == 1U);
    says("m2", {fact("sentence.date", "2030-01-01"), fact("meeting.held", "2026-03-02")});
    BOOST_TEST(deadlines::to_text(*clock().due) == "2030-01-11");
}

BOOST_FIXTURE_TEST_CASE(a_fact_said_again_changes_no_clock, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    const auto before = rows(Table::clock);
    says("m2", {fact("sentence.date", "2026-03-02")});
    BOOST_TEST((rows(Table::clock) == before));
}

BOOST_FIXTURE_TEST_CASE(another_plan_works_everything_out_again, ClockDesk) {
    says("m1", {fact("sentence.date", "2026-03-02")});
    auto other = std::make_shared<Plan>(*plan);
    other->rules = book("20");
    other->digest.digest.fill(2);
    plan = other;
    tick({}, {who(ann)});
    BOOST_TEST(deadlines::to_text(*clock().due) == "2026-03-22");
    BOOST_TEST((sheet().plan == plan->digest));
}

BOOST_FIXTURE_TEST_CASE(the_order_in_which_facts_arrive_does_not_show, ClockDesk) {
    const std::vector<Fact> facts{fact("sentence.date", "2026-03-02", "2026-03-01"), fact("sentence.date", "2026-03-20", "2026-03-04"), fact("plan.done", "2026-04-04", "2026-04-04"),
                                  fact("meeting.held", "2026-03-09", "2026-03-09")};
    std::vector<std::size_t> order{0, 1, 2, 3};
    std::optional<ClockRow> first;
    do {
        ClockDesk desk;
        for (const std::size_t i : order) desk.says("m" + std::to_string(i), {facts[i]});
        desk.until("2026-05-01T00:00:00Z");
        ClockRow row = desk.clock();
        row.since = 0;
        row.since_instant = {};
        row.told_at.reset();  // when each was told is what the order changes
        if (!first) first = row;
        BOOST_TEST((row == *first));
    } while (std::next_permutation(order.begin(), order.end()));
    BOOST_TEST((first->state == ClockState::late));
}

BOOST_FIXTURE_TEST_CASE(a_gate_holds_an_incomplete_record_names_what_lacks_and_lets_it_go_when_it_has_come, ClockDesk) {
    says("m1", {fact("meeting.held", "2026-03-02")}, {"to_police"});
    const Item held = items().front();
    BOOST_TEST((held.state == ItemState::held));
    BOOST_TEST(held.reason.starts_with("gate:result.complete:plan,date@"), held.reason);
    BOOST_TEST(held.reason.find("s1") == std::string::npos);
    says("m2", {fact("plan.done", "2026-03-03")});
    BOOST_TEST(item(held.ref).reason.starts_with("gate:result.complete:date@"), item(held.ref).reason);
    says("m3", {fact("sentence.date", "2026-03-01")});
    BOOST_TEST((item(held.ref).state == ItemState::ready));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_operator_does_not_carry_a_record_past_a_gate, ClockDesk) {
    says("m1", {fact("meeting.held", "2026-03-02")}, {"to_police"});
    const ItemRef ref = items().front().ref;
    const Stepped released = act(Act::Verb::release, ref);
    BOOST_TEST(!released.journal);
    BOOST_TEST((item(ref).state == ItemState::held));
}

BOOST_FIXTURE_TEST_CASE(a_complete_record_passes_its_gate, ClockDesk) {
    says("m1", {fact("meeting.held", "2026-03-02"), fact("plan.done", "2026-03-02"), fact("sentence.date", "2026-03-02")}, {"to_police"});
    BOOST_TEST((items().front().state == ItemState::ready));
}

BOOST_AUTO_TEST_SUITE_END()
