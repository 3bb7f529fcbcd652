// All shipped rules over random people: a clock changes without a new fact only when it said it might, the order in which facts
// arrive does not show, and asking some rules gives what asking all gives.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "hub/cli/world.hpp"
#include "hub/deadlines/evaluate.hpp"
#include "hub/site/site.hpp"

using namespace hub::deadlines;

namespace {

/// xorshift64*: the same people everywhere.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15ULL + 1) {}
    std::uint32_t below(std::uint32_t limit) {
        state_ ^= state_ >> 12;
        state_ ^= state_ << 25;
        state_ ^= state_ >> 27;
        return static_cast<std::uint32_t>((state_ * 0x2545f4914f6cdd1dULL) >> 33) % limit;
    }

private:
    std::uint64_t state_;
};

const RuleBook& book() {
    static const auto made = [] {
        hub::cli::SystemDisk disk;
        hub::journal::OpenSslDigester digester;
        hub::Problems problems;
        auto read = hub::site::load_rules(std::string(HUB_SOURCE_DIR) + "/deploy/reference", disk, digester, problems);
        for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
        return read;
    }();
    BOOST_REQUIRE(made);
    return *made;
}

constexpr int first_day = 19'700, days = 1'200;  // December 2023 to March 2027

Day random_day(Dice& dice) { return {first_day + static_cast<std::int32_t>(dice.below(days))}; }

std::string random_value(const FactKind& kind, Dice& dice) {
    switch (kind.type) {
        case FactType::date: return to_text(random_day(dice));
        case FactType::instant: return to_text(random_day(dice)) + (dice.below(3) == 0 ? "" : "T1" + std::to_string(dice.below(10)) + ":30:00Z");
        case FactType::number: return std::to_string(dice.below(400));
        case FactType::yes_no: return dice.below(2) == 0 ? "yes" : "no";
        case FactType::code: return kind.values.empty() ? "MDI" : kind.values[dice.below(static_cast<std::uint32_t>(kind.values.size()))];
        case FactType::text: break;
    }
    return "words";
}

/// Valid-from days differ within a kind, so that no fact corrects another.
std::vector<GivenFact> random_facts(Dice& dice, std::size_t count) {
    const FactKinds& kinds = *book().kinds;
    const Zone& zone = *book().almanac.zone;
    std::vector<GivenFact> facts;
    for (std::size_t i = 0; i < count; ++i) {
        const FactKind& kind = kinds[static_cast<KindId>(dice.below(static_cast<std::uint32_t>(kinds.size())))];
        const Day valid{first_day + static_cast<std::int32_t>(i * days / count)}, told = add_days(valid, dice.below(60));
        GivenFact fact{.kind = kind.name, .matter_kind = kind.matter, .matter = kind.matter == "person" ? "" : "1", .value = random_value(kind, dice), .valid_from = to_text(valid)};
        fact.recorded_at = *zone.start_of(told);
        fact.seq = i + 1;
        fact.source = "r" + std::to_string(i);
        facts.push_back(std::move(fact));
    }
    return facts;
}

/// Everything that a clock says, but when it looks again.
std::string said(const std::vector<Clock>& clocks) {
    std::string text;
    for (const Clock& clock : clocks) {
        text += book().rules[clock.rule].name + "/" + std::to_string(clock.version) + "/" + std::to_string(clock.matter) + "/" + clock.occurrence + " " + std::string(name_of(clock.state));
        for (const auto* point : {&clock.start, &clock.due, &clock.discharged_at}) text += " " + (*point ? to_text(**point) : std::string("-"));
        text += " " + std::string(clock.owner) + " " + std::string(clock.responsibility) + " " + std::string(clock.reason) + " " + std::string(clock.counts) + " " +
                std::to_string(clock.warnings) + std::to_string(clock.escalations) + (clock.late_known ? "L" : "") + "\n";
    }
    return text;
}

hub::Instant far() { return *hub::parse_instant("2037-01-01T00:00:00Z"); }

/// The first line in which two answers differ.
std::string first_difference(const std::string& a, const std::string& b) {
    std::size_t from = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()) && a[i] == b[i]; ++i)
        if (a[i] == '\n') from = i + 1;
    return a.substr(from, a.find('\n', from) - from) + " | " + b.substr(from, b.find('\n', from) - from);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shipped_rules_over_random_people)

BOOST_AUTO_TEST_CASE(a_clock_changes_by_time_only_when_it_said_it_might) {
    std::size_t looked = 0, clocks_seen = 0, promised = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Dice dice(seed);
        hub::Problems problems;
        const History history(*book().kinds, *book().almanac.zone, random_facts(dice, 120), far(), problems);
        BOOST_REQUIRE(problems.empty());
        hub::Instant now{(first_day + 200) * 86'400'000'000LL + dice.below(86'400) * 1'000'000LL};
        for (int step = 0; step < 12; ++step) {
            std::optional<hub::Instant> next;
            const auto clocks = evaluate(book(), history, {now, {}}, &next);
            for (const Clock& clock : clocks)
                if (clock.next && (!next || *clock.next < *next)) next = clock.next;
            clocks_seen += clocks.size();
            promised += next ? 1 : 0;
            const hub::Instant until = next.value_or(hub::Instant{now.microseconds + 40 * 86'400'000'000LL});
            BOOST_REQUIRE((until > now));
            const std::string expected = said(clocks);
            for (const hub::Instant at : {hub::Instant{now.microseconds + (until.microseconds - now.microseconds) / 2}, hub::Instant{until.microseconds - 1}}) {
                const std::string is = said(evaluate(book(), history, {at, {}}));
                BOOST_CHECK_MESSAGE(is == expected, "seed " << seed << " at " << hub::to_text(at) << ": " << first_difference(expected, is));
                ++looked;
            }
            now = hub::Instant{until.microseconds + dice.below(30) * 86'400'000'000LL};
        }
    }
    BOOST_TEST(looked == 40U * 12U * 2U);
    BOOST_TEST(clocks_seen > 5'000U);  // otherwise the test would say nothing
    BOOST_TEST(promised > 400U);
}

BOOST_AUTO_TEST_CASE(the_order_in_which_facts_are_given_does_not_show) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Dice dice(seed + 1'000);
        std::vector<GivenFact> facts = random_facts(dice, 100);
        hub::Problems problems;
        const hub::Instant now{(first_day + static_cast<std::int64_t>(dice.below(days))) * 86'400'000'000LL};
        const std::string expected = said(evaluate(book(), History(*book().kinds, *book().almanac.zone, facts, far(), problems), {now, {}}));
        for (int turn = 0; turn < 5; ++turn) {
            for (std::size_t i = facts.size(); i > 1; --i) std::swap(facts[i - 1], facts[dice.below(static_cast<std::uint32_t>(i))]);
            for (std::size_t i = 0; i < facts.size(); ++i) facts[i].seq = i + 1;
            const std::string is = said(evaluate(book(), History(*book().kinds, *book().almanac.zone, facts, far(), problems), {now, {}}));
            BOOST_CHECK_MESSAGE(is == expected, "seed " << seed << ": " << first_difference(expected, is));
        }
        BOOST_REQUIRE(problems.empty());
    }
}

BOOST_AUTO_TEST_CASE(asking_the_rules_that_read_a_changed_fact_is_enough) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Dice dice(seed + 2'000);
        std::vector<GivenFact> facts = random_facts(dice, 80);
        const hub::Instant now{(first_day + static_cast<std::int64_t>(dice.below(days))) * 86'400'000'000LL};
        hub::Problems problems;
        const History before(*book().kinds, *book().almanac.zone, facts, far(), problems);
        GivenFact added = random_facts(dice, 1).front();
        added.valid_from = to_text(random_day(dice));
        added.seq = 1'000;
        facts.push_back(added);
        const History after(*book().kinds, *book().almanac.zone, facts, far(), problems);
        const auto& readers = book().readers[book().kinds->find(added.kind)];
        for (std::uint16_t rule = 0; rule < book().rules.size(); ++rule) {
            if (std::find(readers.begin(), readers.end(), rule) != readers.end() || before.matters().size() != after.matters().size()) continue;
            const std::string was = said(evaluate(book(), before, {now, {&rule, 1}})), is = said(evaluate(book(), after, {now, {&rule, 1}}));
            BOOST_CHECK_MESSAGE(was == is, "seed " << seed << ", a fact of kind " << added.kind << ": " << first_difference(was, is));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
