// What a receiver sees: order per person, retries with the same key and bytes, pauses, limits, unknown outcomes.
#include <boost/test/unit_test.hpp>

#include <set>

#include "tests/routes/rig.hpp"

using namespace hub;
using namespace routes_test;

namespace {

Result<Handed> fails(Remedy remedy, bool unknown = false) {
    Error error{remedy, "not now"};
    error.outcome_unknown = unknown;
    return error;
}

/// Answers by text: what `texts` names fails so often first.
support::ReceiverScript::Answer failing(std::map<std::string, int> texts, Remedy remedy, bool unknown = false) {
    auto left = std::make_shared<std::map<std::string, int>>(std::move(texts));
    auto mutex = std::make_shared<std::mutex>();
    return [=](const Outgoing& outgoing) -> Result<Handed> {
        const std::lock_guard lock(*mutex);
        const auto found = left->find(text_of(outgoing.body));
        if (found == left->end() || found->second == 0) return Handed{"ok"};
        --found->second;
        return fails(remedy, unknown);
    };
}

core::Item parked_item(const Rig& rig) {
    for (const core::Item& item : rig.all_items()) {
        if (item.state == core::ItemState::parked) return item;
    }
    return {};
}

bool await_parked(Rig& rig) {
    return rig.await([&] { return !parked_item(rig).route.empty(); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(handover)

BOOST_AUTO_TEST_CASE(each_persons_records_arrive_in_order_although_sends_fail) {
    Rig rig({{"police", "", "", 50, 4, 1, 4}});
    std::mutex mutex;
    unsigned calls = 0;
    rig.receivers.at("police").answer([&](const Outgoing&) -> Result<Handed> {
        const std::lock_guard lock(mutex);
        if (++calls % 3 == 0) return fails(Remedy::retry);
        return Handed{"ok"};
    });
    rig.start();
    for (int i = 0; i < 300; ++i) rig.send(i % 10, std::to_string(i % 10) + "/" + std::to_string(1000 + i));
    BOOST_REQUIRE(rig.await_delivered(300));
    rig.stop();
    std::map<char, std::string> last;
    for (const std::string& text : rig.texts("police")) {
        BOOST_TEST(last[text[0]] < text);
        last[text[0]] = text;
    }
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(each_persons_records_arrive_in_order_although_they_go_by_different_routes) {
    RouteWish odd{"police", "text = 'odd'", "", 50, 3, 1, 4}, even{"police", "text = 'even'", "", 50, 3, 1, 4};
    odd.name = "odd";
    even.name = "even";
    Rig rig({odd, even});
    std::mutex mutex;
    std::map<std::string, std::string> last;
    std::vector<std::string> wrong;
    unsigned calls = 0;
    rig.receivers.at("police").answer([&](const Outgoing& outgoing) -> Result<Handed> {
        const std::lock_guard lock(mutex);
        if (++calls % 4 == 0) return fails(Remedy::retry);
        const std::string text = text_of(outgoing.body);
        if (last["only"] == text) wrong.push_back(text);  // they alternate: twice the same is out of order
        last["only"] = text;
        return Handed{"ok"};
    });
    rig.start();
    for (int i = 0; i < 100; ++i) rig.send(1, i % 2 == 0 ? "even" : "odd");
    BOOST_REQUIRE(rig.await_delivered(100));
    rig.stop();
    BOOST_TEST(wrong.size() == 0u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(retries_carry_the_same_key_and_bytes_and_count_up) {
    Rig rig;
    rig.receivers.at("police").answer(failing({{"hello", 3}}, Remedy::retry));
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.await_delivered(1));
    const auto sent = rig.receivers.at("police").sent();
    BOOST_REQUIRE(sent.size() == 4u);
    for (std::size_t i = 0; i < sent.size(); ++i) {
        BOOST_TEST((sent[i].key == sent[0].key));
        BOOST_TEST(sent[i].body == sent[0].body);
        BOOST_TEST(sent[i].attempt == static_cast<int>(i + 1));
        BOOST_TEST(sent[i].media_type == "application/xml");
        BOOST_TEST(sent[i].recipient == "police");
    }
    BOOST_TEST(rig.entries(core::EntryKind::lease) == 1u);
    BOOST_TEST(rig.entries(core::EntryKind::outcome) == 4u);
}

BOOST_AUTO_TEST_CASE(a_poison_record_blocks_only_its_lane_until_a_person_withdraws_it) {
    Rig rig({{"police", "", "", 3}});
    rig.receivers.at("police").answer(failing({{"poison", 1'000}}, Remedy::retry));
    rig.start();
    rig.send(1, "poison");
    rig.send(1, "behind");
    for (int i = 2; i < 52; ++i) rig.send(i, "other");
    BOOST_REQUIRE(rig.await_delivered(50));
    BOOST_REQUIRE(await_parked(rig));
    const core::Item parked = parked_item(rig);
    BOOST_TEST(parked.reason == "attempts_max");
    BOOST_TEST(parked.attempts == 3u);
    BOOST_REQUIRE(rig.await([&] { return rig.engine->routes()[0].blocked_lanes == 1; }));
    BOOST_TEST(rig.delivered() == 50u);
    const core::Stepped done = rig.engine->act({core::Act::Verb::withdraw, parked.ref, "an operator", "cannot be mended", "", "", {}});
    BOOST_TEST(done.journal);
    BOOST_REQUIRE(rig.await_delivered(51));
    BOOST_TEST(rig.texts("police").back() == "behind");
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(where_parked_items_do_not_block_later_ones_pass) {
    RouteWish wish{"police"};
    wish.attempts_max = 2;
    wish.parked_blocks = false;
    Rig rig({wish});
    rig.receivers.at("police").answer(failing({{"poison", 1'000}}, Remedy::retry));
    rig.start();
    rig.send(1, "poison");
    rig.send(1, "behind");
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_TEST(parked_item(rig).reason == "attempts_max");
}

BOOST_AUTO_TEST_CASE(a_parked_item_goes_again_when_an_operator_retries_it) {
    Rig rig({{"police", "", "", 2}});
    rig.receivers.at("police").answer(failing({{"hello", 2}}, Remedy::retry));
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(await_parked(rig));
    BOOST_TEST(rig.engine->act({core::Act::Verb::retry, parked_item(rig).ref, "an operator", "the partner is well again", "", "", {}}).journal);
    BOOST_REQUIRE(rig.await_delivered(1));
    const auto sent = rig.receivers.at("police").sent();
    BOOST_TEST(sent.back().body == sent.front().body);
    BOOST_TEST((sent.back().key == sent.front().key));
}

BOOST_AUTO_TEST_CASE(a_refusal_closes_the_item_and_frees_its_lane) {
    Rig rig;
    rig.receivers.at("police").answer(failing({{"no", 1'000}}, Remedy::reject));
    rig.start();
    rig.send(1, "no");
    rig.send(1, "yes");
    BOOST_REQUIRE(rig.await_delivered(1));
    rig.stop();
    BOOST_TEST(rig.items(core::Disposition::refused) == 1u);
    BOOST_TEST(rig.receivers.at("police").sent().size() == 2u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(a_lost_partner_pauses_the_route_is_opened_anew_and_no_attempt_is_counted) {
    RouteWish wish{"police"};
    wish.parallel_max = 1;
    wish.attempts_max = 2;
    Rig rig({wish});
    rig.receivers.at("police").fail_open({Remedy::reconnect, "refused"}, 5);
    rig.receivers.at("police").answer(failing({{"a", 5}}, Remedy::reconnect));
    rig.start();
    rig.send(1, "a");
    rig.send(2, "b");
    BOOST_REQUIRE(rig.await_delivered(2));
    BOOST_TEST(rig.receivers.at("police").opens() >= 11u);
    BOOST_TEST(rig.entries(core::EntryKind::outcome) == 2u);
    rig.stop();
    BOOST_TEST(rig.events.count(routes::Level::error) == 0u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(a_dead_route_does_not_touch_the_others) {
    Rig rig({{"police"}, {"prison"}});
    rig.receivers.at("police").fail_open({Remedy::stop, "the certificate was revoked"});
    rig.receivers.at("police").fail_open({Remedy::stop, "the certificate was revoked"});
    rig.start();
    for (int i = 0; i < 20; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.await_delivered(20));
    BOOST_TEST(rig.texts("prison").size() == 20u);
    BOOST_TEST(rig.open_items().size() == 20u);
    BOOST_TEST((rig.engine->routes()[0].link == routes::RouteState::Link::stopped));
    BOOST_TEST(rig.events.count(routes::Level::error) == 1u);
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_at_a_receiver_that_honours_the_key_is_sent_again) {
    Rig rig;
    rig.receivers.at("police").answer(failing({{"hello", 2}}, Remedy::reconnect, true));
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_TEST(rig.receivers.at("police").sent().size() == 3u);
    BOOST_TEST(rig.texts("police").size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_at_a_receiver_that_can_be_asked_is_asked_for) {
    Rig rig;
    rig.receivers.at("police").repeats = Repeats::query;
    rig.receivers.at("police").answer(failing({{"hello", 1}}, Remedy::retry, true));
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_TEST(rig.receivers.at("police").sent().size() == 1u);
    BOOST_TEST(rig.receivers.at("police").asked() == 1u);
    BOOST_TEST(rig.all_items()[0].evidence == "found when asked");
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_at_a_receiver_that_does_neither_is_parked_for_a_person) {
    Rig rig;
    rig.receivers.at("police").repeats = Repeats::none;
    rig.receivers.at("police").answer(failing({{"hello", 1}}, Remedy::retry, true));
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(await_parked(rig));
    BOOST_TEST(parked_item(rig).reason == "outcome_unknown");
    BOOST_TEST(rig.receivers.at("police").sent().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_record_that_its_exchange_cannot_write_is_parked_with_the_reason) {
    Rig rig;
    rig.start();
    rig.send(1, "unrenderable");
    BOOST_REQUIRE(await_parked(rig));
    BOOST_TEST(parked_item(rig).reason == "unrenderable");
    BOOST_TEST(parked_item(rig).evidence.find("cannot_say") != std::string::npos);
    BOOST_TEST(rig.receivers.at("police").sent().size() == 0u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(a_held_item_goes_when_it_is_released_and_blocks_nobody_before) {
    Rig rig({{"health", "", "health_referral"}});
    rig.start();
    rig.send(1, "no consent");
    rig.send(2, "consent", "", "yes");
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_REQUIRE(rig.open_items().size() == 1u);
    const core::Item held = rig.open_items()[0];
    BOOST_TEST((held.state == core::ItemState::held));
    const auto done = rig.engine->act({core::Act::Verb::release, held.ref, "an operator", "asked", "health_referral: signed form", "", {}});
    BOOST_TEST(done.journal);
    BOOST_REQUIRE(rig.await_delivered(2));
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(letters_that_no_cache_has_room_for_are_rendered_again_alike) {
    Rig rig({{"police", "", "", 8, 1}});
    rig.tuning.letters_max = 1;
    rig.receivers.at("police").close_gate();
    rig.start();
    for (int i = 0; i < 60; ++i) rig.send(i, "text " + std::to_string(i));
    BOOST_REQUIRE(rig.court.await_settled(60));
    rig.receivers.at("police").open_gate();
    BOOST_REQUIRE(rig.await_delivered(60));
    rig.stop();
    const auto texts = rig.texts("police");
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == 60u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(a_slow_receiver_stalls_only_its_own_senders) {
    Rig rig({{"police"}, {"prison"}});
    rig.receivers.at("police").close_gate();
    rig.start();
    for (int i = 0; i < 200; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.await([&] { return rig.texts("prison").size() == 200; }));
    BOOST_TEST(rig.receivers.at("police").sent().size() <= 2u);
    rig.receivers.at("police").open_gate();
    BOOST_REQUIRE(rig.await_delivered(400));
}

BOOST_AUTO_TEST_CASE(back_off_doubles_from_attempt_to_attempt_on_the_hubs_clock) {
    support::ManualTime time;
    RouteWish wish{"police"};
    wish.pause_first_ms = 1'000;
    wish.pause_most_ms = 4'000;
    wish.attempts_max = 6;
    Rig rig({wish});
    std::mutex mutex;
    std::vector<std::chrono::nanoseconds> at;
    rig.receivers.at("police").answer([&](const Outgoing&) -> Result<Handed> {
        const std::lock_guard lock(mutex);
        at.push_back(time.steady());
        return fails(Remedy::retry);
    });
    rig.start_on(time, time);
    rig.send(1, "hello");
    const bool parked = rig.await([&] {
        time.advance(std::chrono::milliseconds(10));
        return !parked_item(rig).route.empty();
    });
    BOOST_REQUIRE(parked);
    BOOST_REQUIRE(at.size() == 6u);
    const int least_ms[] = {800, 1'600, 3'200, 3'200, 3'200};  // doubled, at most 20 % early
    for (std::size_t i = 0; i < 5; ++i) BOOST_TEST((at[i + 1] - at[i] >= std::chrono::milliseconds(least_ms[i])));
}

BOOST_AUTO_TEST_SUITE_END()
