// Operators' acts: each possible one does what it says, each impossible one is refused with a cure and leaves no trace.
#include <boost/test/unit_test.hpp>

#include "tests/core/desk.hpp"

using namespace desk;
using Verb = Act::Verb;
using Came = Attempt::Came;

namespace {

Act consent(const std::string& text) { return {Verb::release, {}, {}, {}, text, {}, {}}; }
Act to_route(const std::string& route) { return {Verb::reroute, {}, {}, {}, {}, route, {}}; }
Act to_person(const PersonId& person) { return {Verb::resolve, {}, {}, {}, {}, {}, person}; }

/// Refused with that code, nothing journalled, a cure given.
bool refused(const Stepped& stepped, const std::string& code) {
    return !stepped.journal && stepped.outcome == Outcome::refused && stepped.problems.back().code == code && !stepped.problems.back().cure.empty();
}

struct ForPolice : Desk {
    const ItemRef ref{1, 0, 0};
    ForPolice() { record("m1", {{{noms("A1111AA")}, {"to_police"}}}); }
};
struct ForHealth : Desk {
    const ItemRef ref{1, 0, 0};
    ForHealth() { record("m1", {{{noms("A1111AA")}, {"to_health"}}}); }
};
struct Ambiguous : Desk {
    const ItemRef ref{3, 0, 0}, sibling{3, 0, 1};
    Ambiguous() {
        record("m1", {{{noms("A1111AA")}, {"to_health"}}});
        record("m2", {{{crn("X123456")}, {}}});
        record("m3", {{{noms("A1111AA"), crn("X123456"), crn("Y777777")}, {"to_police", "to_health"}, {{"health_referral", true}}, {fact("k", "v")}}});
    }
};

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_act_says_who_and_why_within_text_bytes_max, ForPolice) {
    Act nobody;
    nobody.who = std::string(Act::text_bytes_max + 1, 'x');
    BOOST_TEST(refused(act(Verb::hold, ref, nobody), "TG-K027"));
    nobody.who = std::string(Act::text_bytes_max, 'x');
    BOOST_TEST(act(Verb::hold, ref, nobody).journal);
    BOOST_TEST(refused(act(Verb::hold, {9, 9, 9}), "TG-K021"));
}

BOOST_FIXTURE_TEST_CASE(a_held_item_is_released_to_where_it_was, ForPolice) {
    act(Verb::hold, ref);
    BOOST_TEST(item(ref).reason == "operator");
    BOOST_TEST(item(ref).evidence == "pat: asked to");
    BOOST_TEST(refused(lease(ref), "TG-K022"));
    BOOST_TEST((act(Verb::release, ref).ready == std::vector<ItemRef>{ref}));
    BOOST_TEST(item(ref).position == 3u);
    lease(ref, "letter");
    act(Verb::hold, ref);
    BOOST_TEST((act(Verb::release, ref).leased == std::vector<ItemRef>{ref}));
    BOOST_TEST((item(ref).state == ItemState::leased));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(what_an_operator_lets_go_must_still_pass_todays_agreement, ForPolice) {
    act(Verb::hold, ref);
    now = *parse_instant("2028-06-01T00:00:00Z");
    BOOST_TEST(act(Verb::release, ref).journal);
    BOOST_TEST(item(ref).reason == "agreement_not_in_force");
    BOOST_TEST(refused(act(Verb::release, ref), "TG-K026"));
}

BOOST_FIXTURE_TEST_CASE(a_release_for_want_of_consent_needs_the_consent_and_what_shows_it, ForHealth) {
    BOOST_TEST(refused(act(Verb::release, ref), "TG-K026"));
    BOOST_TEST(refused(act(Verb::release, ref, consent("health_referral")), "TG-K024"));
    BOOST_TEST(refused(act(Verb::release, ref, consent("health_referral: ")), "TG-K024"));
    BOOST_TEST(refused(act(Verb::release, ref, consent("housing: form")), "TG-K026"));
    BOOST_TEST(person(who(noms("A1111AA"))).consents.empty());  // refused acts leave nothing behind
    record("m2", {{{noms("A1111AA")}, {"to_health"}}});
    const Stepped stepped = act(Verb::release, ref, consent("health_referral: form signed"));
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{ref, {2, 0, 0}}));  // and all that waited for the same
    BOOST_TEST(item(ref).evidence.find("form signed") != std::string::npos);
    BOOST_TEST(person(who(noms("A1111AA"))).consents.front().given);
    BOOST_TEST((lease(ref).leased.size() == 1u));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_consent_recorded_for_a_record_without_a_person_stays_with_the_item, Desk) {
    plan->routes["to_health"].person_required = false;
    record("m1", {{{}, {"to_health"}}});
    act(Verb::release, {1, 0, 0}, consent("health_referral: form"));
    BOOST_TEST((item({1, 0, 0}).state == ItemState::ready));
    BOOST_TEST(lease({1, 0, 0}).leased.size() == 1u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(what_lacks_a_needed_field_is_not_released, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}, {}, {}, {"person/address"}}});
    BOOST_TEST(refused(act(Verb::release, {1, 0, 0}), "TG-K026"));
    plan->routes.erase("to_police");
    BOOST_TEST(refused(act(Verb::release, {1, 0, 0}), "TG-K023"));
}

BOOST_FIXTURE_TEST_CASE(only_what_is_held_is_released_and_only_what_may_go_is_held, ForPolice) {
    BOOST_TEST(refused(act(Verb::release, ref), "TG-K022"));
    act(Verb::hold, ref);
    BOOST_TEST(refused(act(Verb::hold, ref), "TG-K022"));
    BOOST_TEST(refused(act(Verb::retry, ref), "TG-K022"));
    BOOST_TEST(refused(act(Verb::resolve, ref), "TG-K022"));
    act(Verb::withdraw, ref);
    for (const Verb verb : {Verb::hold, Verb::release, Verb::retry, Verb::withdraw, Verb::resolve}) BOOST_TEST(refused(act(verb, ref), "TG-K022"));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_exhausted_item_is_retried_with_the_same_bytes_in_its_old_place, ForPolice) {
    lease(ref, "letter");
    outcome(ref, Came::exhausted, "unreachable");
    const Stepped stepped = act(Verb::retry, ref);
    BOOST_TEST((stepped.leased == std::vector<ItemRef>{ref}));
    BOOST_TEST((item(ref).state == ItemState::leased));
    BOOST_TEST(item(ref).attempts == 0u);
    BOOST_TEST(item(ref).position == 1u);
    BOOST_TEST(decode_letter(store.get(Table::letter, key_of(ref)).value())->body == "letter");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_retry_must_pass_todays_consent, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_health"}, {{"health_referral", true}}}});
    lease({1, 0, 0});
    outcome({1, 0, 0}, Came::exhausted, "unreachable");
    record("m2", {{{noms("A1111AA")}, {}, {{"health_referral", false}}}});
    act(Verb::retry, {1, 0, 0});
    BOOST_TEST(item({1, 0, 0}).reason == "no_consent:health_referral");
    act(Verb::release, {1, 0, 0}, consent("health_referral: asked again"));
    BOOST_TEST((item({1, 0, 0}).state == ItemState::leased));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_document_that_can_be_made_now_is_retried_as_ready, ForPolice) {
    outcome(ref, Came::unrenderable, "TG-M020");
    BOOST_TEST((act(Verb::retry, ref).ready == std::vector<ItemRef>{ref}));
    plan->routes.erase("to_police");
    lease(ref);
    BOOST_TEST(refused(act(Verb::retry, ref), "TG-K023"));
}

BOOST_FIXTURE_TEST_CASE(an_invalid_message_that_the_plan_understands_now_is_accepted_by_a_retry, Desk) {
    const Stepped first = invalid("m1");
    BOOST_TEST(refused(act(Verb::retry, {1, 0, 0}), "TG-K028"));
    mend(1, {{{noms("A1111AA")}, {"to_police", "to_health"}}});
    const Stepped stepped = act(Verb::retry, {1, 0, 0});
    BOOST_TEST(stepped.receipt == first.receipt);
    BOOST_TEST((item({1, 0, 0}).disposition == Disposition::superseded));
    BOOST_TEST(item({1, 0, 0}).evidence == "pat: asked to");
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{{1, 0, 1}}));
    BOOST_TEST(item({1, 0, 2}).reason == "no_consent:health_referral");
    BOOST_TEST((record("m1", {}).outcome == Outcome::duplicate));  // it has its key now
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_invalid_message_whose_correction_has_come_is_not_let_in_as_well, Desk) {
    invalid("m1");
    record("m1", {{{noms("A1111AA")}, {"to_police"}}}, "corrected");
    mend(1, {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(refused(act(Verb::retry, {1, 0, 0}), "TG-K029"));
    act(Verb::resolve, {1, 0, 0});
    BOOST_TEST((item({1, 0, 0}).disposition == Disposition::resolved));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_conflict_that_an_operator_lets_in_leaves_the_key_to_the_first, Desk) {
    const Stepped first = record("m1", {{{noms("A1111AA")}, {"to_police"}}}, "one");
    record("m1", {{{noms("A1111AA")}, {"to_police"}}}, "two");
    BOOST_TEST(act(Verb::retry, {2, 0, 0}).ready.size() == 1u);
    BOOST_TEST(record("m1", {}, "one").receipt == first.receipt);
    BOOST_TEST((item({2, 0, 1}).record != item({1, 0, 0}).record));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_rerouted_item_is_superseded_by_one_on_the_other_route, ForHealth) {
    const Stepped stepped = act(Verb::reroute, ref, to_route("to_police"));
    BOOST_TEST((item(ref).disposition == Disposition::superseded));
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{{1, 0, 1}}));
    const Item moved = item({1, 0, 1});
    BOOST_TEST(moved.recipient == "police");
    BOOST_TEST((moved.record == item(ref).record && moved.person == who(noms("A1111AA"))));
    BOOST_TEST(moved.agreement == "police_isa");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_reroute_that_cannot_be_is_refused, ForHealth) {
    BOOST_TEST(refused(act(Verb::reroute, ref, to_route("nowhere")), "TG-K023"));
    BOOST_TEST(refused(act(Verb::reroute, ref, to_route("to_health")), "TG-K035"));
    act(Verb::reroute, ref, to_route("to_police"));
    BOOST_TEST(refused(act(Verb::reroute, {1, 0, 1}, to_route("to_health")), "TG-K035"));  // its key was that record's
    lease({1, 0, 1});
    BOOST_TEST(refused(act(Verb::reroute, {1, 0, 1}, to_route("to_prison")), "TG-K022"));
    plan->routes["to_prison"].record_type = "custody_event";
    act(Verb::hold, {1, 0, 1});
    BOOST_TEST(refused(act(Verb::reroute, {1, 0, 1}, to_route("to_prison")), "TG-K034"));
    invalid("m2");
    BOOST_TEST(refused(act(Verb::reroute, {store.next_seq() - 1, 0, 0}, to_route("to_police")), "TG-K022"));
}

BOOST_FIXTURE_TEST_CASE(a_withdrawn_item_gives_up_its_bytes, ForPolice) {
    lease(ref);
    act(Verb::withdraw, ref);
    BOOST_TEST((item(ref).disposition == Disposition::withdrawn));
    BOOST_TEST(!store.get(Table::letter, key_of(ref)));
    BOOST_TEST(due("to_police").empty());
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_parked_delivery_that_a_person_dealt_with_is_resolved, ForPolice) {
    lease(ref);
    outcome(ref, Came::exhausted, "ambiguous");
    act(Verb::resolve, ref);
    BOOST_TEST((item(ref).disposition == Disposition::resolved));
    BOOST_TEST(item(ref).evidence == "pat: asked to");
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_ambiguous_record_resolved_to_a_person_moves_with_all_its_items, Ambiguous) {
    BOOST_TEST(refused(act(Verb::retry, ref), "TG-K033"));
    BOOST_TEST(refused(act(Verb::reroute, ref, to_route("to_prison")), "TG-K022"));
    PersonId stranger;
    stranger.digest.fill(5);
    BOOST_TEST(refused(act(Verb::resolve, ref, to_person(stranger)), "TG-K031"));
    const PersonId chosen = who(noms("A1111AA")), other = who(crn("X123456"));
    const Stepped stepped = act(Verb::resolve, ref, to_person(chosen));
    BOOST_TEST((item(ref).person == chosen && item(sibling).person == chosen));
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{ref, sibling, {1, 0, 0}}));  // the record's consent counts now
    BOOST_TEST((who(crn("X123456")) == other));  // stays theirs
    BOOST_TEST((who(crn("Y777777")) == chosen));  // nobody's until now
    BOOST_TEST(person(chosen).facts.size() == 1u);
    BOOST_TEST(person(chosen).items_opened == 3u);
    BOOST_TEST(due("to_police").front().lane.find(std::string(chosen.bytes())) != std::string::npos);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_record_resolved_without_naming_anybody_makes_a_person, Desk) {
    record("m1", {{{urn("01ZD1111126")}, {"to_police"}}});
    BOOST_TEST(item({1, 0, 0}).reason == "no_person");
    act(Verb::resolve, {1, 0, 0});
    BOOST_TEST(!item({1, 0, 0}).person.is_zero());
    BOOST_TEST((item({1, 0, 0}).state == ItemState::ready));
    BOOST_TEST((who(urn("01ZD1111126")) == item({1, 0, 0}).person));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_record_that_a_full_person_has_no_room_for_goes_to_another, Desk) {
    std::vector<people::Identifier> ids;
    for (std::size_t i = 0; i < Person::identifiers_max; ++i) ids.push_back(crn("X" + std::to_string(100'000 + i)));
    record("m1", {{ids, {"to_police"}}});
    record("m2", {{{ids[0], noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(refused(act(Verb::resolve, {2, 0, 0}, to_person(who(ids[0]))), "TG-K032"));
    act(Verb::resolve, {2, 0, 0});
    BOOST_TEST((item({2, 0, 0}).person == who(noms("A1111AA"))));
    BOOST_TEST(audit().empty());
}

BOOST_AUTO_TEST_CASE(only_acts_that_look_at_the_record_again_need_it_prepared) {
    Entry entry;
    BOOST_TEST(subject_of(entry) == 0u);
    entry.header.kind = EntryKind::act;
    for (const Verb verb : {Verb::release, Verb::retry, Verb::reroute, Verb::resolve}) {
        entry.payload = encode(Act{verb, {7, 1, 0}, "pat", "why", {}, {}, {}});
        BOOST_TEST(subject_of(entry) == 7u);
    }
    for (const Verb verb : {Verb::hold, Verb::withdraw}) {
        entry.payload = encode(Act{verb, {7, 1, 0}, "pat", "why", {}, {}, {}});
        BOOST_TEST(subject_of(entry) == 0u);
    }
    entry.payload = "no act";
    BOOST_TEST(subject_of(entry) == 0u);
}
