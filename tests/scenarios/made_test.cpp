// What the shipped rules ask the hub to make is a valid record of its type, made once its facts suffice and not before.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "hub/core/clocks.hpp"
#include "hub/core/items.hpp"
#include "hub/deadlines/made.hpp"
#include "tests/scenarios/reference_plan.hpp"

using namespace hub;
using namespace hub::deadlines;

namespace {

const core::Plan& plan() { return *scenarios::reference_plan(); }

/// Somebody who leaves prison on 1 January 2027 with nowhere to live.
std::vector<GivenFact> leaving(const std::vector<std::pair<std::string, std::string>>& also) {
    std::vector<std::pair<std::string, std::string>> said{{"release.crd", "2027-01-01"}, {"accommodation.status", "no_fixed_abode"}};
    said.insert(said.end(), also.begin(), also.end());
    std::vector<GivenFact> facts;
    for (const auto& [kind, value] : said) {
        const FactKind& known = (*plan().rules->kinds)[plan().rules->kinds->find(kind)];
        facts.push_back({.kind = kind, .matter_kind = known.matter, .matter = known.matter == "person" ? "" : "B1", .value = value, .valid_from = "2026-10-01",
                         .recorded_at = *parse_instant("2026-10-01T09:00:00Z"), .seq = facts.size() + 1, .source = "r" + std::to_string(facts.size())});
    }
    return facts;
}

std::vector<Made> made_for(const std::string& rule, const std::vector<GivenFact>& facts, const std::string& as_of) {
    const RuleBook& book = *plan().rules;
    Problems problems;
    const History history(*book.kinds, *book.almanac.zone, facts, *parse_instant("2030-01-01T00:00:00Z"), problems);
    for (const Problem& problem : problems) BOOST_ERROR(to_text(problem));
    const auto index = static_cast<std::uint16_t>(book.find(rule) - book.rules.data());
    const Question question{*parse_instant(as_of), {&index, 1}};
    std::vector<Made> all;
    for (const deadlines::Clock& clock : evaluate(book, history, question))
        for (Made& made : made_by(book, history, question, clock)) all.push_back(std::move(made));
    return all;
}

const std::vector<std::pair<std::string, std::string>> agreed{{"consent.housing_referral", "yes"}, {"consent.contact_details", "yes"}, {"housing.chosen_authority", "E09000901"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(records_that_rules_make)

BOOST_AUTO_TEST_CASE(a_referral_is_made_on_the_day_of_sending_from_both_consents_and_the_chosen_authority) {
    BOOST_TEST(made_for("housing.refer", leaving(agreed), "2026-11-05T23:59:59Z").empty());
    const auto made = made_for("housing.refer", leaving(agreed), "2026-11-06T00:00:00Z");
    BOOST_REQUIRE(made.size() == 1);
    BOOST_TEST(made.front().record == "referral");
    core::Notice notice{{}, made.front().record, made.front().values};
    notice.values.emplace_back("reference", "TG-1-1");
    core::Person person;
    person.identifiers = {{people::IdentifierType::noms, "A1234BC", people::Strength::person, ""}, {people::IdentifierType::asn, "dummy", people::Strength::none, "dummy"}};
    const auto record = core::make_record(plan().record_types.at("referral"), person, notice);
    BOOST_REQUIRE_MESSAGE(!!record, (record ? "" : to_text(record.error())));
    for (const char* part : {"A1234BC", "E09000901", "kind=\"housing_referral\"", "kind=\"contact_details\"", "<made_on>2026-11-06</made_on>", "<expected_homeless_on>2027-01-01</expected_homeless_on>"})
        BOOST_TEST(record->find(part) != std::string::npos, part << " is not in " << *record);
    BOOST_TEST(record->find("dummy") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_referral_is_made_for_who_is_homeless_already) {
    auto homeless = agreed;
    homeless.emplace_back("custody.direction", "released");
    const auto made = made_for("housing.refer_when_homeless", leaving(homeless), "2026-10-01T12:00:00Z");
    BOOST_REQUIRE(made.size() == 1);
    core::Notice notice{{}, made.front().record, made.front().values};
    notice.values.emplace_back("reference", "TG-1-2");
    core::Person person;
    person.identifiers = {{people::IdentifierType::noms, "A1234BC", people::Strength::person, ""}};
    const auto record = core::make_record(plan().record_types.at("referral"), person, notice);
    BOOST_REQUIRE_MESSAGE(!!record, (record ? "" : to_text(record.error())));
    for (const char* part : {"E09000901", "<situation>homeless</situation>", "<expected_homeless_on>2026-10-01</expected_homeless_on>"})
        BOOST_TEST(record->find(part) != std::string::npos, part << " is not in " << *record);
    BOOST_TEST(made_for("housing.refer_when_homeless", leaving(agreed), "2026-10-01T12:00:00Z").empty(), "somebody with a release to come is referred before it");
}

BOOST_AUTO_TEST_CASE(without_a_consent_or_a_choice_nothing_is_made) {
    for (std::size_t left_out = 0; left_out < agreed.size(); ++left_out) {
        auto some = agreed;
        some.erase(some.begin() + static_cast<std::ptrdiff_t>(left_out));
        BOOST_TEST(made_for("housing.refer", leaving(some), "2026-11-10T12:00:00Z").empty(), agreed[left_out].first);
        some.emplace_back(agreed[left_out].first, left_out < 2 ? "no" : "E09000902");
        BOOST_TEST(made_for("housing.refer", leaving(some), "2026-11-10T12:00:00Z").size() == (left_out < 2 ? 0U : 1U), agreed[left_out].first);
    }
}

BOOST_AUTO_TEST_CASE(a_rule_that_sets_what_its_record_does_not_have_makes_no_record_and_says_so) {
    const core::Person nobody;
    const auto record = core::make_record(plan().record_types.at("referral"), nobody, {{}, "referral", {{"kind", "housing_duty_to_refer"}, {"colour", "red"}}});
    BOOST_REQUIRE(!record);
    BOOST_TEST(record.error().code == "TG-K040");
    BOOST_TEST(!core::make_record(plan().record_types.at("referral"), nobody, {{}, "referral", {{"kind", "no such kind"}}}));
}

BOOST_AUTO_TEST_SUITE_END()
