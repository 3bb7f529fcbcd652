// What if: the same plan changes nothing; another plan changes what it must, and what came to an item stays with its route.
#include <boost/test/unit_test.hpp>

#include "hub/routes/what_if.hpp"
#include "tests/routes/rig.hpp"

using namespace hub;
using namespace hub::routes;
using namespace routes_test;

namespace {

const std::vector<RouteWish> two_routes{{"health", "", "health_referral"}, {"police"}};

/// Delivered, refused, held, released, withdrawn, parked; the recipients' routes are in order of name.
struct Lived {
    Lived() {
        rig.receivers.at("police").answer([](const Outgoing& outgoing) -> Result<Handed> {
            if (text_of(outgoing.body) == "no") return Error{Remedy::reject, "no"};
            return Handed{"ok"};
        });
        rig.start();
        for (int i = 0; i < 60; ++i) rig.send(i % 10, "text " + std::to_string(i), "", i % 9 == 0 ? "yes" : "");
        rig.send(1, "no");
        rig.send(2, "unrenderable");
        rig.send(3, "unmappable");
        BOOST_REQUIRE(rig.court.await_settled(63));
        BOOST_REQUIRE(rig.await([&] {
            for (const core::Item& item : rig.open_items())
                if (item.state == core::ItemState::ready || item.state == core::ItemState::leased) return false;
            return true;
        }));
        const auto open = rig.open_items();
        for (std::size_t i = 0; i < 4 && i < open.size(); ++i)
            BOOST_REQUIRE(rig.engine->act({core::Act::Verb::withdraw, open[i].ref, "an operator", "a reason", "", "", {}}).journal);
        rig.stop();
    }

    struct Seen {
        WhatIf report{};
        std::map<std::string, std::size_t> items{};  ///< "recipient: was -> would"
        std::size_t clocks = 0;
    };
    Seen ask(const core::PlanPtr& candidate, std::size_t workers = 2) {
        Seen seen;
        const ReplayParts parts{rig.memory, rig.time, rig.time, rig.digester, rig.keys,
                                [](const PlanDigest& digest, std::string_view) { return Result<core::PlanPtr>(small_plan(two_routes, digest.digest[0])); },
                                workers, {}, {}, {}};
        const auto found = what_if(parts, candidate, rig.time.now(),
                                   {[&](const ClockChange&) { ++seen.clocks; },
                                    [&](const ItemChange& change) {
                                        ++seen.items[change.item.recipient + ": " + std::string(change.was) + " -> " + std::string(change.would)];
                                    }});
        BOOST_REQUIRE(found);
        BOOST_TEST(found->was.differences == 0u);
        BOOST_TEST(found->was.entries == found->would.entries);
        seen.report = *found;
        return seen;
    }
    std::size_t count(const std::string& route, const std::function<bool(const core::Item&)>& wanted) const {
        std::size_t found = 0;
        for (const core::Item& item : rig.all_items()) found += item.route == route && wanted(item) ? 1 : 0;
        return found;
    }

    Rig rig{two_routes};
};

bool went(const core::Item& item) { return item.disposition == core::Disposition::delivered || item.disposition == core::Disposition::refused; }
bool is_held(const core::Item& item) { return item.state == core::ItemState::held; }
bool is_parked(const core::Item& item) { return item.state == core::ItemState::parked; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(what_if_over_a_journal, Lived)

BOOST_AUTO_TEST_CASE(the_same_plan_changes_nothing_with_any_number_of_workers) {
    for (const std::size_t workers : {1u, 8u}) {
        const Seen seen = ask(small_plan(two_routes, 9), workers);
        BOOST_TEST(seen.items.empty());
        BOOST_TEST(seen.clocks == 0u);
        BOOST_TEST(seen.report.would.left_out == 0u);
    }
}

BOOST_AUTO_TEST_CASE(what_came_to_an_item_stays_with_its_route_when_the_route_before_it_is_gone) {
    const std::size_t health_went = count("health", went), health_held = count("health", is_held), health_parked = count("health", is_parked);
    BOOST_REQUIRE(health_held > 0u);
    BOOST_REQUIRE(count("police", went) > 50u);
    const Seen seen = ask(small_plan({{"police"}}, 9));
    std::map<std::string, std::size_t> wanted{{"health: held -> ", health_held}};
    if (health_went > 0) wanted["health: goes -> "] = health_went;
    if (health_parked > 0) wanted["health: parked -> "] = health_parked;
    BOOST_TEST(seen.items == wanted);
    BOOST_TEST(seen.report.would.left_out > 0u);  // what was about the items of the route that is gone
}

BOOST_AUTO_TEST_CASE(a_route_before_the_others_is_owed_every_record_and_takes_nothing_from_them) {
    std::vector<RouteWish> routes = two_routes;
    routes.push_back({"archive"});
    const Seen seen = ask(small_plan(routes, 9));
    const std::size_t records = count("police", [](const core::Item&) { return true; });
    BOOST_TEST(seen.items == (std::map<std::string, std::size_t>{{"archive:  -> goes", records}}));
    BOOST_TEST(seen.report.would.left_out == 0u);
}

BOOST_AUTO_TEST_CASE(a_consent_that_a_clause_wants_holds_what_went) {
    const Seen seen = ask(small_plan({{"health", "", "health_referral"}, {"police", "", "health_referral"}}, 9));
    const auto held = seen.items.find("police: goes -> held");
    BOOST_REQUIRE((held != seen.items.end()));
    BOOST_TEST(held->second > 0u);
    BOOST_TEST(held->second < count("police", went));  // some said yes
    for (const auto& [change, number] : seen.items) BOOST_TEST(change.starts_with("police: "), change);
}

BOOST_AUTO_TEST_CASE(a_time_before_the_first_entry_is_an_error) {
    const ReplayParts parts{rig.memory, rig.time, rig.time, rig.digester, rig.keys, [](const PlanDigest&, std::string_view) { return Result<core::PlanPtr>(core::PlanPtr()); },
                            1, {}, {}, {}};
    const auto found = what_if(parts, rig.plan, Instant{1}, {[](const ClockChange&) {}, [](const ItemChange&) {}});
    BOOST_REQUIRE(!found);
    BOOST_TEST(found.error().code == "no_history");
}

BOOST_AUTO_TEST_SUITE_END()
