// What a sender sees: when it is settled, with what, and what is never taken in.
#include <boost/test/unit_test.hpp>

#include "tests/routes/rig.hpp"

using namespace hub;
using namespace routes_test;

BOOST_AUTO_TEST_SUITE(intake)

BOOST_AUTO_TEST_CASE(a_message_is_accepted_and_delivered) {
    Rig rig;
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.court.await_settled(1));
    BOOST_TEST((rig.court.settled()[0].outcome == Outcome::accepted));
    BOOST_TEST(rig.court.settled()[0].receipt.size() == 64u);
    BOOST_REQUIRE(rig.await_delivered(1));
    rig.stop();
    BOOST_TEST(rig.texts("police") == std::vector<std::string>{"hello"}, boost::test_tools::per_element());
    BOOST_TEST(rig.account() == "");
    BOOST_TEST(rig.events.count(routes::Level::warning) + rig.events.count(routes::Level::error) == 0u);
}

BOOST_AUTO_TEST_CASE(nothing_is_settled_before_it_is_durable) {
    Rig rig;
    std::mutex gate;
    std::size_t settled_before = 99;
    std::unique_lock closed(gate);
    rig.store.judge([&](std::span<const core::Commit> group) {
        if (group[0].entry.header.kind == core::EntryKind::record) {
            const std::lock_guard wait(gate);
            settled_before = rig.court.settled().size();
        }
        return WatchedStore::Fate::write;
    });
    rig.start();
    rig.send(1, "hello");
    BOOST_REQUIRE(rig.await([&] { return rig.court.waiting() == 0; }));
    closed.unlock();
    BOOST_REQUIRE(rig.court.await_settled(1));
    BOOST_TEST(settled_before == 0u);
}

BOOST_AUTO_TEST_CASE(the_order_of_a_source_is_kept_by_four_workers) {
    Rig rig;
    rig.tuning.workers = 4;
    rig.start();
    for (int i = 0; i < 400; ++i) rig.send(i, std::string(i % 7 == 0 ? 20'000 : 3, 'x'));
    BOOST_REQUIRE(rig.court.await_settled(400));
    std::vector<std::string> ids;
    BOOST_REQUIRE(rig.memory.entries(1, [&](const core::StoredEntry& stored) {
        if (stored.entry.header.kind == core::EntryKind::record) ids.push_back(stored.entry.header.message_id);
        return true;
    }));
    BOOST_REQUIRE(ids.size() == 400u);
    for (std::size_t i = 0; i < ids.size(); ++i) BOOST_REQUIRE(ids[i] == "t" + std::to_string(i + 1));
}

BOOST_AUTO_TEST_CASE(a_duplicate_gets_the_same_receipt_and_has_no_second_effect) {
    Rig rig;
    rig.start();
    rig.send(1, "hello", "m1");
    BOOST_REQUIRE(rig.court.await_settled(1));
    rig.send(1, "hello", "m1");
    BOOST_REQUIRE(rig.court.await_settled(2));
    rig.stop();
    const auto settled = rig.court.settled();
    BOOST_TEST((settled[1].outcome == Outcome::duplicate));
    BOOST_TEST(settled[1].receipt == settled[0].receipt);
    BOOST_TEST(rig.texts("police").size() == 1u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(an_unknown_sender_an_unknown_exchange_and_what_is_too_long_are_refused_and_not_journalled) {
    Rig rig;
    rig.tuning.record_bytes_max = 200;
    rig.tuning.message_id_bytes_max = 20;
    rig.start();
    rig.court.send({"a", "stranger", "m1", "", slip(1, "x")});
    rig.court.send({"b", "court-certificate", "m2", "no_such_exchange", slip(1, "x")});
    rig.court.send({"c", "court-certificate", "m3", "", slip(1, std::string(300, 'x'))});
    rig.court.send({"d", "court-certificate", std::string(21, 'm'), "", slip(1, "x")});
    rig.court.send({"e", "court-certificate", std::string(20, 'm'), "slip_in", slip(1, "x")});
    BOOST_REQUIRE(rig.court.await_settled(5));
    const std::pair<const char*, const char*> want[] = {{"a", "TG-R001"}, {"b", "TG-R002"}, {"c", "TG-R003"}, {"d", "TG-R004"}};
    for (const auto& [token, code] : want) {
        const auto settlement = rig.court.settlement_of(token);
        BOOST_REQUIRE(settlement.has_value());
        BOOST_TEST((settlement->outcome == Outcome::refused));
        BOOST_TEST(settlement->receipt == "");
        BOOST_REQUIRE(settlement->problems.size() == 1u);
        BOOST_TEST(settlement->problems[0].code == code);
        BOOST_TEST(settlement->problems[0].cure != "");
    }
    BOOST_TEST((rig.court.settlement_of("e")->outcome == Outcome::accepted));
    BOOST_TEST(rig.entries(core::EntryKind::record) == 1u);
    BOOST_TEST(rig.engine->watch().refused == 4u);
}

BOOST_AUTO_TEST_CASE(an_invalid_message_is_journalled_and_parked_with_problems) {
    Rig rig;
    rig.start();
    rig.court.send({"a", "court-certificate", "m1", "", "<slip><tex"});
    BOOST_REQUIRE(rig.court.await_settled(1));
    const auto settled = rig.court.settled();
    BOOST_TEST((settled[0].outcome == Outcome::parked));
    BOOST_TEST(!settled[0].problems.empty());
    BOOST_TEST(rig.entries(core::EntryKind::record) == 1u);
    BOOST_TEST(rig.account() == "");
}

BOOST_AUTO_TEST_CASE(next_is_not_called_while_intake_records_max_are_under_way) {
    Rig rig;
    rig.tuning.intake_records_max = 128;
    std::mutex gate;
    std::unique_lock closed(gate);
    rig.store.judge([&](std::span<const core::Commit> group) {
        if (group[0].entry.header.kind == core::EntryKind::record) const std::lock_guard wait(gate);
        return WatchedStore::Fate::write;
    });
    rig.start();
    for (int i = 0; i < 1'000; ++i) rig.send(i, "x");
    // Every further call would take up to 64 more: it stops at or below the limit, however long the store takes.
    BOOST_REQUIRE(rig.await([&] { return rig.court.waiting() <= 1'000 - 65; }));
    rig.time.wait(std::chrono::milliseconds(200), {});
    BOOST_TEST(rig.court.waiting() >= 1'000u - 128u);
    closed.unlock();
    BOOST_REQUIRE(rig.court.await_settled(1'000));
    BOOST_REQUIRE(rig.await_delivered(1'000));
}

BOOST_AUTO_TEST_CASE(bytes_above_intake_bytes_max_are_told_to_come_again) {
    Rig rig;
    rig.tuning.intake_bytes_max = 1'000;
    std::mutex gate;
    std::unique_lock closed(gate);
    rig.store.judge([&](std::span<const core::Commit> group) {
        if (group[0].entry.header.kind == core::EntryKind::record) const std::lock_guard wait(gate);
        return WatchedStore::Fate::write;
    });
    for (int i = 0; i < 3; ++i) rig.send(i, std::string(600, 'x'));
    rig.start();
    BOOST_REQUIRE(rig.court.await_settled(2));
    for (const Settlement& settlement : rig.court.settled()) BOOST_TEST((settlement.outcome == Outcome::busy));
    closed.unlock();
    BOOST_REQUIRE(rig.court.await_settled(3));
    BOOST_TEST((rig.court.settlement_of("t1")->outcome == Outcome::accepted));
}

BOOST_AUTO_TEST_CASE(a_backlog_of_backlog_items_max_keeps_sources_from_being_asked) {
    Rig rig;
    rig.tuning.backlog_items_max = 100;
    rig.tuning.intake_records_max = 128;
    rig.receivers.at("police").fail_open({Remedy::reconnect, "down"}, 1'000'000);
    rig.start();
    for (int i = 0; i < 1'000; ++i) rig.send(i, "x");
    BOOST_REQUIRE(rig.await([&] { return rig.engine->watch().waiting_items >= 100; }));
    rig.time.wait(std::chrono::milliseconds(200), {});
    BOOST_TEST(rig.court.waiting() > 0u);
    // What was taken before the limit was seen comes on top: what one intake may have in flight, settled and about to be counted.
    BOOST_TEST(rig.engine->watch().waiting_items <= 100u + 2 * rig.tuning.intake_records_max);
}

BOOST_AUTO_TEST_CASE(a_source_that_cannot_be_opened_or_read_is_tried_again) {
    Rig rig;
    for (int i = 0; i < 3; ++i) rig.court.fail_open({Remedy::reconnect, "not there"});
    rig.start();
    rig.send(1, "one");
    BOOST_REQUIRE(rig.court.await_settled(1));
    rig.court.fail_next({Remedy::reconnect, "gone"});
    rig.send(2, "two");
    BOOST_REQUIRE(rig.court.await_settled(2));
    BOOST_TEST(rig.events.count(routes::Level::error) == 0u);
}

BOOST_AUTO_TEST_CASE(a_source_that_asks_to_stop_is_not_called_again_and_somebody_is_told) {
    Rig rig;
    rig.start();
    rig.court.fail_next({Remedy::stop, "revoked"});
    BOOST_REQUIRE(rig.await([&] { return rig.events.count(routes::Level::error) == 1; }));
    rig.send(1, "one");
    rig.time.wait(std::chrono::milliseconds(50), {});
    BOOST_TEST(rig.court.waiting() == 1u);
    BOOST_TEST(!rig.engine->failed());
}

BOOST_AUTO_TEST_SUITE_END()
