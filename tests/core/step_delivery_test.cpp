// Leases, outcomes and ticks.
#include <boost/test/unit_test.hpp>

#include "tests/core/desk.hpp"

using namespace desk;
using Came = Attempt::Came;

namespace {

struct OneReady : Desk {
    const ItemRef ref{1, 0, 0};
    OneReady() { record("m1", {{{noms("A1111AA")}, {"to_police"}}}); }
    std::optional<std::string> letter() const { return store.get(Table::letter, key_of(ref)); }
};

struct OneForHealth : Desk {
    const ItemRef ref{1, 0, 0};
    OneForHealth() { record("m1", {{{noms("A1111AA")}, {"to_health"}, {{"health_referral", true}}}}); }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_lease_fixes_the_bytes_and_its_plan, OneReady) {
    const Stepped stepped = lease(ref, "the letter");
    BOOST_TEST((stepped.leased == std::vector<ItemRef>{ref}));
    BOOST_TEST((item(ref).state == ItemState::leased));
    BOOST_TEST((item(ref).letter_plan == plan->digest));
    BOOST_TEST((item(ref).letter_digest == support::FakeDigester().sha256("the letter")));
    BOOST_TEST(decode_letter(letter().value())->body == "the letter");
    BOOST_TEST((due("to_police").front().state == ItemState::leased));
}

BOOST_FIXTURE_TEST_CASE(only_a_ready_item_is_leased_and_only_once, OneReady) {
    lease(ref, "first");
    const Stepped again = lease(ref, "second");
    BOOST_TEST(!again.journal);
    BOOST_TEST(again.problems.front().code == "TG-K022");
    BOOST_TEST(decode_letter(letter().value())->body == "first");
    BOOST_TEST(lease({9, 9, 9}).problems.front().code == "TG-K021");
}

BOOST_FIXTURE_TEST_CASE(a_withdrawal_committed_before_the_lease_holds_the_item, OneForHealth) {
    record("m2", {{{noms("A1111AA")}, {}, {{"health_referral", false}}}});
    const Stepped stepped = lease(ref);
    BOOST_TEST(stepped.journal);
    BOOST_TEST(stepped.leased.empty());
    BOOST_TEST(item(ref).reason == "no_consent:health_referral");
    BOOST_TEST(person(who(noms("A1111AA"))).held.size() == 1u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_lease_is_judged_by_the_agreement_of_its_own_day, OneReady) {
    now = *parse_instant("2028-06-01T00:00:00Z");
    lease(ref);
    BOOST_TEST(item(ref).reason == "agreement_not_in_force");
}

BOOST_FIXTURE_TEST_CASE(a_lease_on_a_route_that_the_plan_lost_parks_the_item, OneReady) {
    plan->routes.erase("to_police");
    lease(ref);
    BOOST_TEST((item(ref).state == ItemState::parked));
    BOOST_TEST(item(ref).reason == "route_gone");
}

BOOST_FIXTURE_TEST_CASE(a_delivered_item_closes_with_its_evidence_and_gives_up_its_bytes, OneReady) {
    lease(ref);
    outcome(ref, Came::delivered, "", "receipt 7");
    BOOST_TEST((item(ref).disposition == Disposition::delivered));
    BOOST_TEST(item(ref).evidence == "receipt 7");
    BOOST_TEST(item(ref).attempts == 1u);
    BOOST_TEST(!letter());
    BOOST_TEST(due("to_police").empty());
    BOOST_TEST(person(who(noms("A1111AA"))).items_closed == 1u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_partners_refusal_closes_the_item_visibly, OneReady) {
    lease(ref);
    outcome(ref, Came::refused, "schema_version", "not taken");
    BOOST_TEST((item(ref).disposition == Disposition::refused));
    BOOST_TEST(item(ref).reason == "schema_version");
    BOOST_TEST(item(ref).evidence == "schema_version: not taken");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(failed_and_unknown_attempts_leave_the_item_leased_with_the_same_bytes, OneReady) {
    lease(ref, "letter");
    outcome(ref, Came::failed, "unreachable");
    outcome(ref, Came::unknown, "timeout");
    BOOST_TEST((item(ref).state == ItemState::leased));
    BOOST_TEST(item(ref).attempts == 2u);
    BOOST_TEST(item(ref).reason == "timeout");
    BOOST_TEST(due("to_police").front().attempts == 2u);
    BOOST_TEST(decode_letter(letter().value())->body == "letter");
}

BOOST_FIXTURE_TEST_CASE(exhausted_attempts_park_the_item_with_a_typed_reason, OneReady) {
    lease(ref);
    outcome(ref, Came::exhausted, "unreachable", "eight attempts");
    BOOST_TEST((item(ref).state == ItemState::parked));
    BOOST_TEST(item(ref).reason == "unreachable");
    BOOST_TEST(!!letter());
    BOOST_TEST(due("to_police").size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_document_that_cannot_be_made_parks_the_item, OneReady) {
    outcome(ref, Came::unrenderable, "TG-M020", "no code");
    BOOST_TEST(item(ref).reason == "unrenderable");
    BOOST_TEST(item(ref).evidence == "TG-M020: no code");
    BOOST_TEST((item(ref).state == ItemState::parked));
}

BOOST_FIXTURE_TEST_CASE(an_outcome_needs_a_lease_and_an_open_item, OneReady) {
    BOOST_TEST(outcome(ref, Came::delivered).problems.front().code == "TG-K022");
    lease(ref);
    BOOST_TEST(!outcome(ref, Came::unrenderable).journal);
    outcome(ref, Came::delivered);
    BOOST_TEST(!outcome(ref, Came::delivered).journal);
    BOOST_TEST(!outcome({9, 9, 9}, Came::delivered).journal);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_receipt_that_comes_while_an_operator_holds_the_item_still_closes_it, OneReady) {
    lease(ref);
    act(Act::Verb::hold, ref);
    outcome(ref, Came::failed, "reset");
    BOOST_TEST(item(ref).reason == "operator");
    outcome(ref, Came::delivered, "", "receipt");
    BOOST_TEST((item(ref).disposition == Disposition::delivered));
    BOOST_TEST(audit().empty());
}

namespace {

struct SaidByDelivery : Desk {
    FactRule rule{.kind = "notice.sent", .type = "instant", .matter = "sentence", .delivered_to = {"prison", "police"}};
    Spec spec(const std::vector<std::string>& routes) {
        return {{noms("A1111AA")}, routes, {{"health_referral", true}}, {}, {}, {{&rule, {"sentence", "s1", "notice.sent", "", ""}}}};
    }
    std::vector<StoredFact> facts() const { return person(who(noms("A1111AA"))).facts; }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_delivery_to_a_party_of_the_kind_says_a_fact_with_its_instant, SaidByDelivery) {
    record("m1", {spec({"to_health", "to_police"})});
    const ItemRef health{1, 0, 0}, police{1, 0, 1};
    for (const ItemRef& ref : {health, police}) lease(ref);
    outcome(health, Came::delivered);
    BOOST_TEST(facts().empty());
    const Instant at = now;
    outcome(police, Came::delivered);
    BOOST_REQUIRE(facts().size() == 1u);
    const StoredFact said = facts().front();
    BOOST_TEST(said.fact.kind == "notice.sent");
    BOOST_TEST(said.fact.matter_id == "s1");
    BOOST_TEST(said.fact.value == to_text(at));
    BOOST_TEST(said.fact.valid_from == to_text(at));
    BOOST_TEST((said.recorded_at == at));
    BOOST_TEST((said.source == item(police).record));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(what_was_refused_or_only_tried_says_no_fact, SaidByDelivery) {
    record("m1", {spec({"to_police"})});
    const ItemRef ref{1, 0, 0};
    lease(ref);
    outcome(ref, Came::failed, "reset");
    outcome(ref, Came::refused, "schema_version");
    BOOST_TEST(facts().empty());
}

BOOST_FIXTURE_TEST_CASE(two_deliveries_are_two_facts_side_by_side, SaidByDelivery) {
    record("m1", {spec({"to_police", "to_prison"})});
    for (const ItemRef& ref : {ItemRef{1, 0, 0}, ItemRef{1, 0, 1}}) {
        lease(ref);
        outcome(ref, Came::delivered);
    }
    BOOST_REQUIRE(facts().size() == 2u);
    BOOST_TEST(!facts().front().superseded());
}

BOOST_FIXTURE_TEST_CASE(a_record_whose_delivery_would_overfill_its_person_is_parked, SaidByDelivery) {
    Spec full{{noms("A1111AA")}, {}};
    for (std::size_t i = 0; i < Person::facts_max; ++i) full.facts.push_back({"sentence", std::to_string(i), "sentence.kind", "custody", "2026-01-01"});
    record("m1", {full});
    record("m2", {spec({"to_police"})});
    BOOST_TEST(item({2, 0, 0}).reason == "person_full:facts");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(evidence_longer_than_evidence_bytes_max_is_cut_at_a_character, OneReady) {
    lease(ref);
    std::string longest(Item::evidence_bytes_max - 1, 'x');
    longest += "\xc3\xa9";
    outcome(ref, Came::delivered, "", longest);
    BOOST_TEST(item(ref).evidence == std::string(Item::evidence_bytes_max - 1, 'x'));
}

BOOST_FIXTURE_TEST_CASE(a_tick_expires_held_items_whose_time_has_come_and_no_others, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_health", "to_police"}}});
    tick({{1, 0, 0}, {1, 0, 1}, {9, 9, 9}});
    BOOST_TEST((item({1, 0, 0}).state == ItemState::held));
    now.microseconds += 31LL * 86'400'000'000;
    tick({{1, 0, 0}, {1, 0, 1}});
    BOOST_TEST((item({1, 0, 0}).disposition == Disposition::expired));
    BOOST_TEST((item({1, 0, 1}).state == ItemState::ready));
    BOOST_TEST(person(who(noms("A1111AA"))).held.empty());
    BOOST_TEST(audit().empty());
}
