// What a message that comes in does: acceptance, people, facts, consents, items.
#include <boost/test/unit_test.hpp>

#include "hub/core/keys.hpp"
#include "tests/core/desk.hpp"

using namespace desk;

namespace {

const std::string reason(const Desk& desk, const ItemRef& ref) { return desk.item(ref).reason; }

}  // namespace

BOOST_FIXTURE_TEST_CASE(an_accepted_record_opens_one_item_for_each_matching_route, Desk) {
    const Stepped stepped = record("m1", {{{noms("A1111AA")}, {"to_health", "to_housing", "to_police"}}});
    BOOST_TEST(stepped.journal);
    BOOST_TEST((stepped.outcome == Outcome::accepted));
    BOOST_TEST(stepped.receipt.size() == 64u);
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{{1, 0, 2}}));
    BOOST_TEST(reason(*this, {1, 0, 0}) == "no_consent:health_referral");
    BOOST_TEST(reason(*this, {1, 0, 1}) == "no_gateway");
    const Item ready = item({1, 0, 2});
    BOOST_TEST((ready.state == ItemState::ready));
    BOOST_TEST(ready.recipient == "police");
    BOOST_TEST(ready.agreement == "police_isa");
    BOOST_TEST(ready.sender == "court");
    BOOST_TEST(ready.position == 1u);
    BOOST_TEST((ready.person == who(noms("A1111AA"))));
    BOOST_TEST(due("to_police").size() == 1u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(the_same_message_again_gets_the_same_receipt_and_leaves_no_trace, Desk) {
    const Stepped first = record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    const Stepped again = record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(!again.journal);
    BOOST_TEST((again.outcome == Outcome::duplicate));
    BOOST_TEST(again.receipt == first.receipt);
    BOOST_TEST((again.accepted_at == first.accepted_at));
    BOOST_TEST(store.next_seq() == 2u);
}

BOOST_FIXTURE_TEST_CASE(without_a_message_id_the_bytes_themselves_are_the_key, Desk) {
    record("", {{{noms("A1111AA")}, {"to_police"}}}, "one");
    BOOST_TEST((record("", {{{noms("A1111AA")}, {"to_police"}}}, "one").outcome == Outcome::duplicate));
    BOOST_TEST((record("", {{{noms("A1111AA")}, {"to_police"}}}, "two").outcome == Outcome::accepted));
}

BOOST_FIXTURE_TEST_CASE(other_content_under_a_used_id_is_parked_and_overwrites_nothing, Desk) {
    const Stepped first = record("m1", {{{noms("A1111AA")}, {"to_police"}}}, "one");
    const Stepped conflict = record("m1", {{{noms("A2222AA")}, {"to_police"}}}, "two");
    BOOST_TEST(conflict.journal);
    BOOST_TEST((conflict.outcome == Outcome::parked));
    BOOST_TEST(conflict.problems.front().code == "TG-K030");
    const Item parked = item({2, 0, 0});
    BOOST_TEST(parked.route == intake_route);
    BOOST_TEST(parked.reason == "conflict");
    BOOST_TEST(who(noms("A2222AA")).is_zero());
    BOOST_TEST((record("m1", {}, "one").receipt == first.receipt));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_invalid_message_is_parked_and_its_correction_is_no_conflict, Desk) {
    const Stepped bad = invalid("m1");
    BOOST_TEST(bad.journal);
    BOOST_TEST((bad.outcome == Outcome::parked));
    BOOST_TEST(bad.problems.front().code == "TG-F001");
    BOOST_TEST(item({1, 0, 0}).reason == "invalid");
    BOOST_TEST(item({1, 0, 0}).evidence.find("TG-F001") != std::string::npos);
    BOOST_TEST((record("m1", {{{noms("A1111AA")}, {"to_police"}}}, "corrected").outcome == Outcome::accepted));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_record_that_no_route_wants_is_accounted_for_and_closed, Desk) {
    record("m1", {{{noms("A1111AA")}, {}}});
    const Item none = item({1, 0, 0});
    BOOST_TEST(none.route == no_route);
    BOOST_TEST((none.state == ItemState::closed));
    BOOST_TEST((none.disposition == Disposition::no_route));
    BOOST_TEST(due(std::string(no_route)).empty());
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_identifier_that_nobody_has_makes_a_person_and_one_that_somebody_has_finds_them, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    record("m2", {{{noms("A1111AA"), crn("X123456")}, {"to_police"}}});
    record("m3", {{{crn("X123456")}, {"to_police"}}});
    const PersonId id = who(noms("A1111AA"));
    BOOST_TEST((who(crn("X123456")) == id));
    BOOST_TEST(person(id).identifiers.size() == 2u);
    BOOST_TEST(person(id).lane_seq == 3u);
    BOOST_TEST(person(id).items_opened == 3u);
    BOOST_TEST(due("to_police")[0].lane == due("to_police")[2].lane);
}

BOOST_FIXTURE_TEST_CASE(identifiers_of_two_people_in_one_record_park_it_and_merge_nobody, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    record("m2", {{{crn("X123456")}, {"to_police"}}});
    record("m3", {{{noms("A1111AA"), crn("X123456")}, {"to_police", "to_prison"}}});
    BOOST_TEST(reason(*this, {3, 0, 0}) == "person_ambiguous");
    BOOST_TEST(reason(*this, {3, 0, 1}) == "person_ambiguous");
    BOOST_TEST(item({3, 0, 0}).person.is_zero());
    BOOST_TEST((who(noms("A1111AA")) != who(crn("X123456"))));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_case_number_finds_a_person_only_when_they_alone_have_it, Desk) {
    record("m1", {{{noms("A1111AA"), urn("01ZD1111126")}, {"to_police"}}});
    record("m2", {{{urn("01ZD1111126")}, {"to_police"}}});
    BOOST_TEST((item({2, 0, 0}).person == who(noms("A1111AA"))));
    record("m3", {{{noms("A2222AA"), urn("01ZD1111126")}, {"to_police"}}});
    BOOST_TEST((item({3, 0, 0}).person == who(noms("A2222AA"))));  // the personal number decides
    record("m4", {{{urn("01ZD1111126")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {4, 0, 0}) == "no_person");
}

BOOST_FIXTURE_TEST_CASE(a_case_number_that_two_defendants_of_one_message_share_finds_nobody, Desk) {
    record("m1", {{{noms("A1111AA"), urn("01ZD1111126")}, {"to_police"}}});
    record("m2", {{{urn("01ZD1111126")}, {"to_police"}}, {{urn("01ZD1111126"), noms("A2222AA")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {2, 0, 0}) == "no_person");
    BOOST_TEST((item({2, 1, 0}).person == who(noms("A2222AA"))));
}

BOOST_FIXTURE_TEST_CASE(two_children_of_one_message_about_one_person_meet_in_them, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}, {{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST((item({1, 0, 0}).person == item({1, 1, 0}).person));
    BOOST_TEST(person(who(noms("A1111AA"))).lane_seq == 1u);  // one entry, one number
    BOOST_TEST(person(who(noms("A1111AA"))).items_opened == 2u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_flawed_identifier_finds_and_makes_nobody, Desk) {
    record("m1", {{{flawed("0800NP0100000000001H")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "no_person");
    BOOST_TEST(who(flawed("0800NP0100000000001H")).is_zero());
}

BOOST_FIXTURE_TEST_CASE(without_a_person_a_record_goes_only_where_none_is_required_in_its_senders_lane, Desk) {
    record("m1", {{{}, {"to_police", "to_prison"}}});
    record("m2", {{{}, {"to_prison"}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "no_person");
    BOOST_TEST((item({1, 0, 1}).state == ItemState::ready));
    BOOST_TEST(due("to_prison")[0].lane != due("to_prison")[1].lane);
    lease({1, 0, 1});
    BOOST_TEST(due("to_prison")[0].lane.find("m1") != std::string::npos);  // kept when the item moves
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(without_a_person_the_records_own_consents_count, Desk) {
    plan->routes["to_health"].person_required = false;
    record("m1", {{{}, {"to_health"}, {{"health_referral", true}}}});
    record("m2", {{{}, {"to_health"}, {{"health_referral", false}}}});
    BOOST_TEST((item({1, 0, 0}).state == ItemState::ready));
    BOOST_TEST(reason(*this, {2, 0, 0}) == "no_consent:health_referral");
    BOOST_TEST((lease({1, 0, 0}).leased.size() == 1u));
}

BOOST_FIXTURE_TEST_CASE(a_new_value_supersedes_a_fact_and_the_same_value_adds_nothing, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("release.date", "2026-05-01")}}});
    record("m2", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("release.date", "2026-05-01")}}});
    record("m3", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("release.date", "2026-06-01"), fact("release.date", "2026-07-01", "2026-02-01")}}});
    const Person known = person(who(noms("A1111AA")));
    BOOST_REQUIRE(known.facts.size() == 3u);
    BOOST_TEST(known.facts[0].superseded());
    BOOST_TEST(known.facts[0].seq == 1u);
    BOOST_TEST(!known.facts[1].superseded());
    BOOST_TEST(!known.facts[2].superseded());  // valid from another day: another fact
}

BOOST_FIXTURE_TEST_CASE(what_one_record_says_side_by_side_stands_until_another_says_otherwise, Desk) {
    const auto current = [&] {
        std::string values;
        for (const StoredFact& known : person(who(noms("A1111AA"))).facts)
            if (!known.superseded()) values += known.fact.value + " ";
        return values;
    };
    record("m1", {{{noms("A1111AA")}, {}, {}, {fact("result", "fine"), fact("result", "costs")}}});
    BOOST_TEST(current() == "fine costs ");
    record("m2", {{{noms("A1111AA")}, {}, {}, {fact("result", "costs"), fact("result", "fine")}}});  // said again, in any order
    BOOST_TEST(current() == "fine costs ");
    BOOST_TEST(person(who(noms("A1111AA"))).facts.size() == 2u);
    record("m3", {{{noms("A1111AA")}, {}, {}, {fact("result", "costs"), fact("result", "custody")}}});
    BOOST_TEST(current() == "costs custody ");
    record("m4", {{{noms("A1111AA")}, {}, {}, {fact("result", "custody")}}});
    BOOST_TEST(current() == "custody ");
}

BOOST_FIXTURE_TEST_CASE(consent_that_arrives_releases_what_waited_for_it_behind_the_lane, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_health"}}});
    record("m2", {{{noms("A2222AA")}, {"to_health"}}});
    const Stepped stepped = record("m3", {{{noms("A1111AA")}, {"to_police"}, {{"health_referral", true}}}});
    BOOST_TEST((stepped.ready == std::vector<ItemRef>{{3, 0, 0}, {1, 0, 0}}));
    BOOST_TEST(item({1, 0, 0}).position == 3u);
    BOOST_TEST((item({1, 0, 0}).hold_until == Instant{}));
    BOOST_TEST(person(who(noms("A1111AA"))).held.empty());
    BOOST_TEST((item({2, 0, 0}).state == ItemState::held));
    BOOST_TEST(due("to_health").size() == 2u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(the_latest_word_on_a_consent_counts, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_health"}, {{"health_referral", true}}}});
    record("m2", {{{noms("A1111AA")}, {"to_health"}, {{"health_referral", false}}}});
    BOOST_TEST((item({1, 0, 0}).state == ItemState::ready));
    BOOST_TEST(reason(*this, {2, 0, 0}) == "no_consent:health_referral");
    BOOST_TEST(person(who(noms("A1111AA"))).consents.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_record_that_lacks_what_the_clause_needs_is_held_and_no_consent_lets_it_go, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_health"}, {}, {}, {"person/address"}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "lacks:person/address");
    record("m2", {{{noms("A1111AA")}, {}, {{"health_referral", true}}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "lacks:person/address");
    BOOST_TEST((item({1, 0, 0}).hold_until > item({1, 0, 0}).opened_at));
}

BOOST_FIXTURE_TEST_CASE(an_agreement_that_is_not_in_force_holds_the_item, Desk) {
    now = *parse_instant("2028-01-01T00:00:00Z");
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "agreement_not_in_force");
}

BOOST_FIXTURE_TEST_CASE(a_record_whose_sender_has_not_signed_is_held, Desk) {
    auto others = std::make_shared<agreements::Agreement>(*plan->routes.at("to_police").agreement);
    others->parties = {"prison", "police"};
    plan->routes.at("to_police").agreement = others;
    plan->routes.at("to_police").clause = &others->clauses.front();
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {1, 0, 0}) == "sender_not_in_agreement");
    plan->own_party = "prison";
    record("m2", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST((item({2, 0, 0}).state == ItemState::ready));
}

BOOST_FIXTURE_TEST_CASE(a_persons_instants_never_go_back, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    const Instant then = person(who(noms("A1111AA"))).last_instant;
    now.microseconds -= 3'600'000'000;
    record("m2", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST((person(who(noms("A1111AA"))).last_instant == then));
    BOOST_TEST((item({2, 0, 0}).opened_at == then));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_taken_back_is_superseded_and_nothing_takes_its_place, Desk) {
    const auto current = [&] {
        std::string values;
        for (const StoredFact& known : person(who(noms("A1111AA"))).facts)
            if (!known.superseded()) values += known.fact.value + "@" + known.fact.valid_from.substr(8) + " ";
        return values;
    };
    const auto take_back = [&](const std::string& id, const Fact& what) {
        Spec spec{{noms("A1111AA")}, {}};
        spec.taken_back = {what};
        record(id, {spec});
    };
    record("m1", {{{noms("A1111AA")}, {}, {}, {fact("kind", "a", "2026-01-01"), fact("kind", "b", "2026-01-02"), fact("kind", "c", "2026-01-03")}}});
    take_back("m2", fact("kind", "x", ""));
    take_back("m3", fact("kind", "a", "2026-01-02"));
    take_back("m4", fact("other", "", ""));
    BOOST_TEST(current() == "a@01 b@02 c@03 ");
    take_back("m5", fact("kind", "b", ""));
    BOOST_TEST(current() == "a@01 c@03 ");
    take_back("m6", fact("kind", "", "2026-01-03"));
    BOOST_TEST(current() == "a@01 ");
    take_back("m7", fact("kind", "", ""));
    BOOST_TEST(current() == "");
    BOOST_TEST(person(who(noms("A1111AA"))).facts.size() == 3u);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_full_fact_list_forgets_superseded_facts_and_then_parks_the_record, Desk) {
    std::vector<Fact> many;
    for (std::size_t i = 0; i < Person::facts_max; ++i) many.push_back(fact("k" + std::to_string(i), "1"));
    record("m1", {{{noms("A1111AA")}, {"to_police"}, {}, many}});
    record("m2", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("k7", "2")}}});  // supersedes: still room
    BOOST_TEST((item({2, 0, 0}).state == ItemState::ready));
    BOOST_TEST(person(who(noms("A1111AA"))).facts.size() == Person::facts_max);
    record("m3", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("one_more", "1")}}});
    BOOST_TEST(reason(*this, {3, 0, 0}) == "person_full:facts");
    record("m4", {{{noms("A1111AA")}, {"to_police"}, {}, {fact("k8", "1"), fact("k8", "2")}}});  // beside, not instead
    BOOST_TEST(reason(*this, {4, 0, 0}) == "person_full:facts");
    BOOST_TEST(person(who(noms("A1111AA"))).facts.size() == Person::facts_max);
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(more_identifiers_or_consents_than_a_person_may_have_park_the_record, Desk) {
    std::vector<people::Identifier> ids;
    for (std::size_t i = 0; i < Person::identifiers_max; ++i) ids.push_back(crn("X" + std::to_string(100'000 + i)));
    record("m1", {{ids, {"to_police"}}});
    BOOST_TEST((item({1, 0, 0}).state == ItemState::ready));
    record("m2", {{{ids[0], noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(reason(*this, {2, 0, 0}) == "person_full:identifiers");
    std::vector<Consent> consents;
    for (std::size_t i = 0; i <= Person::consents_max; ++i) consents.push_back({"kind_" + std::to_string(i), true});
    record("m3", {{{noms("A2222AA")}, {"to_police"}, consents}});
    BOOST_TEST(reason(*this, {3, 0, 0}) == "person_full:consents");
    BOOST_TEST(who(noms("A2222AA")).is_zero());
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(an_identifier_whose_holders_are_full_takes_no_more, Desk) {
    for (std::size_t i = 0; i <= Holders::people_max; ++i)
        record("m" + std::to_string(i), {{{noms("A" + std::to_string(1000 + i) + "AA"), urn("01ZD1111126")}, {"to_police"}}});
    BOOST_TEST(!who(noms("A1016AA")).is_zero());
    BOOST_TEST(who(urn("01ZD1111126")).is_zero());
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(a_person_with_held_max_waiting_items_gets_no_more_of_them, Desk) {
    const std::vector<Spec> hundred(100, Spec{{noms("A1111AA")}, {"to_health"}});
    for (std::size_t i = 0; i < Person::held_max / 100; ++i) record("m" + std::to_string(i), hundred);
    BOOST_TEST(person(who(noms("A1111AA"))).held.size() == Person::held_max);
    const ItemRef one_more{store.next_seq(), 0, 0};
    record("more", {{{noms("A1111AA")}, {"to_health"}}});
    BOOST_TEST(reason(*this, one_more) == "held_max");
    BOOST_TEST((item(one_more).state == ItemState::parked));
    BOOST_TEST(audit().empty());
}

BOOST_FIXTURE_TEST_CASE(fields_outside_the_schema_are_counted_by_path_and_the_flood_of_them_together, Desk) {
    const auto counted = [&](const std::string& path) {
        const auto row = store.get(Table::unknown, unknown_key("spi", path));
        return row ? *decode_number(*row) : 0;
    };
    unknown_paths = {{"/a/shoe_size", 2}};
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    invalid("m2");
    BOOST_TEST(counted("/a/shoe_size") == 4u);
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});  // a duplicate counts nothing
    BOOST_TEST(counted("/a/shoe_size") == 4u);
    unknown_paths.clear();
    for (int i = 0; i < 100; ++i) unknown_paths["/b/" + std::to_string(1000 + i)] = 1;
    record("m3", {{{noms("A1111AA")}, {"to_police"}}});
    BOOST_TEST(counted("/b/1063") == 1u);
    BOOST_TEST(counted("/b/1064") == 0u);
    BOOST_TEST(counted("*") == 36u);
}

BOOST_FIXTURE_TEST_CASE(a_configuration_coming_into_force_is_an_entry_and_changes_no_row, Desk) {
    record("m1", {{{noms("A1111AA")}, {"to_police"}}});
    Entry entry;
    entry.seq = store.next_seq();
    entry.header.kind = EntryKind::plan;
    const support::FakeDigester digester;
    const support::FakeKeyStore keys;
    const Stepped stepped = step(store, entry, nullptr, plan, {digester, keys});
    BOOST_TEST(stepped.journal);
    BOOST_TEST(stepped.delta.changes.empty());
    BOOST_TEST(decode_residue(stepped.delta.residue)->moves.empty());
}

BOOST_FIXTURE_TEST_CASE(the_residue_names_records_lanes_and_moves_without_content, Desk) {
    const Stepped stepped = record("m1", {{{noms("A1111AA")}, {"to_health", "to_police"}, {}, {fact("release.date", "2026-05-01")}}});
    const Residue residue = *decode_residue(stepped.delta.residue);
    BOOST_TEST(residue.records.size() == 1u);
    BOOST_REQUIRE(residue.lanes.size() == 1u);
    BOOST_TEST(residue.lanes[0].lane_seq == 1u);
    BOOST_REQUIRE(residue.moves.size() == 2u);
    BOOST_TEST((residue.moves[0].opened && residue.moves[0].to == ItemState::held));
    BOOST_TEST(residue.moves[0].reason == "no_consent:health_referral");
    BOOST_TEST(stepped.delta.residue.find("A1111AA") == std::string::npos);
    BOOST_TEST(stepped.delta.residue.find("2026-05-01") == std::string::npos);
}
