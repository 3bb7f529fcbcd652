// The engine as a whole: full and failing disks, stopping, starting again, time passing, operators.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "hub/core/keys.hpp"
#include "tests/routes/rig.hpp"

using namespace hub;
using namespace routes_test;
using Fate = WatchedStore::Fate;

namespace {

bool has_record(std::span<const core::Commit> group) {
    return std::any_of(group.begin(), group.end(), [](const core::Commit& commit) { return commit.entry.header.kind == core::EntryKind::record; });
}

core::Act act(core::Act::Verb verb, const core::ItemRef& item) { return {verb, item, "an operator", "a reason", "", "", {}}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(engine_on_a_troubled_disk)

BOOST_AUTO_TEST_CASE(a_full_disk_makes_senders_wait_and_the_hub_recovers_by_itself) {
    Rig rig;
    std::atomic<bool> full{true};
    rig.start();
    rig.store.judge([&](auto) { return full ? Fate::no_space : Fate::write; });
    for (int i = 0; i < 10; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.court.await_settled(10));
    for (const Settlement& settlement : rig.court.settled()) {
        BOOST_TEST((settlement.outcome == Outcome::busy));
        BOOST_TEST(settlement.receipt == "");
        BOOST_REQUIRE(settlement.problems.size() == 1u);
    }
    // disk_full() is true for one pause only while nobody sends: what was said stays.
    BOOST_TEST(rig.await([&] { return rig.events.texts().find("disk is full") != std::string::npos; }));
    BOOST_TEST(rig.entries(core::EntryKind::record) == 0u);
    full = false;
    std::size_t settled = 10;
    const bool taken = rig.await([&] {
        rig.send(1, "again", "again");
        return rig.court.await_settled(++settled) && rig.court.settled().back().outcome != Outcome::busy;
    });
    BOOST_TEST(taken);
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_TEST(!rig.engine->failed());
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(deliveries_go_on_while_there_is_no_room_for_new_messages) {
    Rig rig;
    rig.receivers.at("police").close_gate();
    rig.start();
    for (int i = 0; i < 100; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.court.await_settled(100));
    rig.store.judge([&](std::span<const core::Commit> group) { return has_record(group) ? Fate::no_space : Fate::write; });
    rig.receivers.at("police").open_gate();
    for (int i = 0; i < 50; ++i) rig.send(i, "late");
    BOOST_REQUIRE(rig.court.await_settled(150));
    BOOST_REQUIRE(rig.await_delivered(100));
    BOOST_TEST(rig.entries(core::EntryKind::record) == 100u);
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(while_space_is_low_no_message_is_taken_and_deliveries_end) {
    Rig rig;
    rig.receivers.at("police").close_gate();
    rig.start();
    for (int i = 0; i < 30; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.court.await_settled(30));
    rig.low = true;
    rig.receivers.at("police").open_gate();
    rig.send(1, "late");
    BOOST_REQUIRE(rig.court.await_settled(31));
    BOOST_TEST((rig.court.settled().back().outcome == Outcome::busy));
    BOOST_REQUIRE(rig.await_delivered(30));
    BOOST_TEST(rig.engine->disk_full());
    rig.low = false;
    BOOST_TEST(rig.await([&] { return !rig.engine->disk_full(); }));
    rig.send(1, "again");
    BOOST_REQUIRE(rig.await_delivered(31));
}

BOOST_AUTO_TEST_CASE(outcomes_wait_for_a_full_disk_and_nothing_is_sent_twice) {
    Rig rig;
    std::atomic<bool> full{false};
    rig.store.judge([&](auto) { return full ? Fate::no_space : Fate::write; });
    rig.receivers.at("police").close_gate();
    rig.start();
    for (int i = 0; i < 20; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.court.await_settled(20));
    BOOST_REQUIRE(rig.receivers.at("police").await_sent(2));
    full = true;
    rig.receivers.at("police").open_gate();
    BOOST_REQUIRE(rig.await([&] { return rig.engine->disk_full(); }));
    BOOST_TEST(rig.engine->act(act(core::Act::Verb::hold, {2, 0, 0})).problems.size() == 1u);
    full = false;
    BOOST_REQUIRE(rig.await_delivered(20));
    rig.stop();
    BOOST_TEST(rig.receivers.at("police").sent().size() == 20u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(after_a_failed_sync_nothing_is_acknowledged_and_the_engine_says_so) {
    for (const Fate fate : {Fate::lose, Fate::write_and_lose}) {
        Rig rig;
        rig.start();
        rig.send(1, "first");
        BOOST_REQUIRE(rig.await_delivered(1));
        rig.store.judge([&](auto) { return fate; });
        rig.send(2, "second", "m2");
        BOOST_REQUIRE(rig.await([&] { return rig.engine->failed(); }));
        rig.send(3, "third");
        rig.time.wait(std::chrono::milliseconds(30), {});
        BOOST_TEST(rig.court.settled().size() == 1u);
        BOOST_TEST(!rig.engine->act(act(core::Act::Verb::hold, {2, 0, 0})).journal);
        rig.stop();
        BOOST_TEST(rig.court.settled().size() == 1u);
        BOOST_TEST(rig.events.count(routes::Level::error) == 1u);
        rig.store.judge({});
        rig.restart();
        rig.court.await_settled(3);
        BOOST_TEST((rig.court.settlement_of("t2")->outcome == (fate == Fate::lose ? Outcome::accepted : Outcome::duplicate)));
        BOOST_REQUIRE(rig.await_delivered(3));
        rig.stop();
        BOOST_TEST(rig.texts("police").size() == 3u);
        BOOST_TEST(rig.account() == "");
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(engine_stopping_and_starting)

BOOST_AUTO_TEST_CASE(stop_settles_everything_that_was_taken_and_keeps_the_rest_for_the_next_start) {
    Rig rig({{"police", "", "", 8, 1}});
    rig.receivers.at("police").answer([&](const Outgoing&) -> Result<Handed> {
        rig.time.wait(std::chrono::milliseconds(1), {});
        return Handed{"ok"};
    });
    rig.start();
    for (int i = 0; i < 500; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.court.await_settled(1));
    rig.stop();
    const std::size_t taken = 500 - rig.court.waiting();
    BOOST_TEST(rig.court.settled().size() == taken);
    BOOST_TEST(rig.entries(core::EntryKind::record) == taken);
    BOOST_TEST(rig.account() == "");
    for (const core::Item& item : rig.open_items()) BOOST_TEST((item.state == core::ItemState::ready));
    rig.restart();
    BOOST_REQUIRE(rig.await_delivered(500));
    rig.stop();
    BOOST_TEST(rig.receivers.at("police").sent().size() == 500u);
}

BOOST_AUTO_TEST_CASE(a_sink_that_never_returns_does_not_keep_the_hub_from_stopping) {
    auto rig = std::make_unique<Rig>();
    rig->receivers.at("police").close_gate();
    rig->start();
    rig->send(1, "x");
    BOOST_REQUIRE(rig->receivers.at("police").await_sent(1));
    rig->engine->stop(std::chrono::milliseconds(50));
    rig->engine.reset();
    BOOST_TEST(rig->events.count(routes::Level::warning) >= 1u);
    BOOST_TEST(rig->open_items().size() == 1u);
    rig->receivers.at("police").open_gate();
    BOOST_TEST(rig->await([&] { return rig->receivers.at("police").alive() == 0; }));
    BOOST_TEST(rig->open_items().size() == 1u);  // what it brought came too late to be listened to
    rig->restart();
    BOOST_REQUIRE(rig->await_delivered(1));
    rig->stop();
    BOOST_TEST(rig->texts("police").size() == 1u);
}

BOOST_AUTO_TEST_CASE(leased_items_are_sent_again_after_a_restart_with_the_same_key_and_bytes) {
    Rig rig;
    rig.receivers.at("police").answer([&](const Outgoing&) -> Result<Handed> { return Error{Remedy::reconnect, "gone"}; });
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.receivers.at("police").await_sent(1));
    rig.stop();
    BOOST_REQUIRE(rig.open_items().size() == 1u);
    BOOST_TEST((rig.open_items()[0].state == core::ItemState::leased));
    rig.receivers.at("police").answer({});
    rig.restart();
    BOOST_REQUIRE(rig.await_delivered(1));
    const auto sent = rig.receivers.at("police").sent();
    BOOST_TEST((sent.front().key == sent.back().key));
    BOOST_TEST(sent.front().body == sent.back().body);
    BOOST_TEST(rig.entries(core::EntryKind::lease) == 1u);
}

BOOST_AUTO_TEST_CASE(what_was_leased_at_a_restart_is_asked_for_or_parked_where_repeats_are_not_recognised) {
    for (const Repeats repeats : {Repeats::query, Repeats::none}) {
        Rig rig;
        rig.receivers.at("police").repeats = repeats;
        rig.receivers.at("police").answer([&](const Outgoing&) -> Result<Handed> { return Error{Remedy::reconnect, "gone"}; });
        rig.start();
        rig.send(1, "hello");
        BOOST_REQUIRE(rig.receivers.at("police").await_sent(1));
        rig.stop();
        const std::size_t sent = rig.receivers.at("police").sent().size();
        rig.receivers.at("police").answer({});
        rig.restart();
        if (repeats == Repeats::query) {
            BOOST_REQUIRE(rig.await_delivered(1));
            BOOST_TEST(rig.receivers.at("police").asked() >= 1u);
        } else {
            BOOST_REQUIRE(rig.await([&] { return rig.all_items()[0].state == core::ItemState::parked; }));
            BOOST_TEST(rig.all_items()[0].reason == "outcome_unknown");
            BOOST_TEST(rig.receivers.at("police").sent().size() == sent);
        }
    }
}

BOOST_AUTO_TEST_CASE(a_plan_is_entered_once_and_a_new_one_when_it_comes_into_force) {
    Rig rig;
    rig.start();
    rig.send(1, "x");
    BOOST_REQUIRE(rig.await_delivered(1));
    rig.restart();
    BOOST_TEST(rig.entries(core::EntryKind::plan) == 1u);
    rig.engine.reset();
    rig.plan = small_plan({{"police"}}, 2);
    rig.start();
    BOOST_TEST(rig.entries(core::EntryKind::plan) == 2u);
    rig.send(2, "y");
    BOOST_REQUIRE(rig.await_delivered(2));
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(items_of_a_route_that_is_gone_stay_open_and_are_told) {
    Rig rig({{"police"}, {"prison"}});
    rig.receivers.at("prison").fail_open({Remedy::reconnect, "down"}, 1'000'000);
    rig.start();
    rig.send(1, "x");
    BOOST_REQUIRE(rig.await_delivered(1));
    rig.engine.reset();
    const std::size_t warnings = rig.events.count(routes::Level::warning);
    rig.plan = small_plan({{"police"}}, 2);
    rig.start();
    BOOST_TEST(rig.events.count(routes::Level::warning) == warnings + 1);
    BOOST_TEST(rig.open_items().size() == 1u);
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(an_engine_whose_ends_cannot_be_made_does_not_start) {
    Rig rig;
    routes::Engine engine(routes::Parts{rig.store, rig.plan, rig.time, rig.random, rig.time, rig.digester, rig.keys,
                                        [&](const core::SourceEnd&) { return Result<std::unique_ptr<Source>>(rig.court.make()); },
                                        [&](const core::SinkEnd&) { return Result<std::unique_ptr<Sink>>(Error{Remedy::stop, "no such file"}); },
                                        rig.events, rig.tuning});
    BOOST_TEST(!engine.start());
    BOOST_TEST(rig.entries(core::EntryKind::plan) == 0u);
    BOOST_TEST(!engine.act(act(core::Act::Verb::hold, {1, 0, 0})).journal);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(engine_and_time)

BOOST_AUTO_TEST_CASE(a_held_item_expires_when_its_time_has_come_by_one_tick) {
    support::ManualTime time;
    Rig rig({{"health", "", "health_referral"}});
    rig.start_on(time, time);
    rig.send(1, "no consent");
    BOOST_REQUIRE(rig.court.await_settled(1));
    for (int i = 0; i < 20; ++i) time.advance(std::chrono::hours(1));
    BOOST_TEST(rig.entries(core::EntryKind::tick) == 0u);
    time.advance(std::chrono::hours(24 * 91));
    const bool expired = rig.await([&] {
        time.advance(std::chrono::seconds(1));
        return rig.items(core::Disposition::expired) == 1;
    });
    BOOST_TEST(expired);
    for (int i = 0; i < 20; ++i) time.advance(std::chrono::hours(1));
    rig.stop();
    BOOST_TEST(rig.entries(core::EntryKind::tick) == 1u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(a_held_item_still_expires_after_a_restart) {
    support::ManualTime time;
    Rig rig({{"health", "", "health_referral"}});
    rig.start_on(time, time);
    rig.send(1, "no consent");
    BOOST_REQUIRE(rig.court.await_settled(1));
    rig.engine.reset();
    rig.start_on(time, time);
    time.advance(std::chrono::hours(24 * 91));
    const bool expired = rig.await([&] {
        time.advance(std::chrono::seconds(1));
        return rig.items(core::Disposition::expired) == 1;
    });
    BOOST_TEST(expired);
}

BOOST_AUTO_TEST_CASE(an_operators_hold_keeps_an_item_back_and_its_release_lets_it_go) {
    Rig rig;
    rig.receivers.at("police").fail_open({Remedy::reconnect, "down"}, 1'000'000);
    rig.start();
    rig.send(1, "x");
    BOOST_REQUIRE(rig.court.await_settled(1));
    const core::ItemRef item = rig.open_items()[0].ref;
    BOOST_TEST(rig.engine->act(act(core::Act::Verb::hold, item)).journal);
    rig.receivers.at("police").work_again();
    rig.send(2, "y");
    BOOST_REQUIRE(rig.await_delivered(1));
    BOOST_TEST(rig.texts("police")[0] == "y");
    BOOST_TEST(rig.engine->act(act(core::Act::Verb::release, item)).journal);
    BOOST_REQUIRE(rig.await_delivered(2));
    const core::Stepped again = rig.engine->act(act(core::Act::Verb::release, item));
    BOOST_TEST(!again.journal);
    BOOST_TEST((again.outcome == Outcome::refused));
    BOOST_TEST(!again.problems.empty());
    rig.stop();
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_SUITE_END()
