// Lanes: order per person, what blocks and what does not.
#include <boost/test/unit_test.hpp>

#include "hub/routes/lanes.hpp"

using hub::core::Due;
using hub::core::ItemRef;
using hub::core::ItemState;
using hub::routes::Lanes;
using namespace std::chrono_literals;

namespace {

ItemRef ref(std::uint64_t seq) { return {seq, 0, 0}; }

Due due(std::uint64_t seq, const std::string& lane, ItemState state = ItemState::ready) {
    return {ref(seq), state, seq, 0, lane};
}

std::uint64_t next(Lanes& lanes, std::chrono::nanoseconds now = 0ns) {
    const auto head = lanes.claim_next(0, now);
    return head ? head->item.seq : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(lanes_of_a_route)

BOOST_AUTO_TEST_CASE(one_item_of_a_lane_is_in_flight_at_a_time_and_other_lanes_pass) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann"));
    lanes.put(0, due(2, "ann"));
    lanes.put(0, due(3, "bob"));
    BOOST_TEST(next(lanes) == 1u);
    BOOST_TEST(next(lanes) == 3u);
    BOOST_TEST(next(lanes) == 0u);
    lanes.remove(ref(1));
    BOOST_TEST(next(lanes) == 0u);
    lanes.release(ref(1));
    BOOST_TEST(next(lanes) == 2u);
}

BOOST_AUTO_TEST_CASE(items_leave_in_position_order_however_they_were_put) {
    Lanes lanes({true});
    for (const std::uint64_t seq : {9u, 4u, 7u}) lanes.put(0, due(seq, "ann"));
    for (const std::uint64_t seq : {4u, 7u, 9u}) {
        BOOST_TEST(next(lanes) == seq);
        lanes.remove(ref(seq));
        lanes.release(ref(seq));
    }
    BOOST_TEST(lanes.waiting(0) == 0u);
    BOOST_TEST(lanes.in_flight(0) == 0u);
}

BOOST_AUTO_TEST_CASE(a_persons_items_keep_their_order_also_by_different_routes_to_the_recipient) {
    Lanes lanes({true, false});
    lanes.put(0, due(1, "ann"));
    lanes.put(1, due(2, "ann"));
    lanes.put(1, due(3, "bob"));
    BOOST_TEST(lanes.claim_next(1, 0ns)->item.seq == 3u);
    BOOST_TEST(!lanes.claim_next(1, 0ns).has_value());
    BOOST_TEST(lanes.claim_next(0, 0ns)->item.seq == 1u);
    BOOST_TEST(!lanes.claim_new(1, "ann", ref(9)));
    BOOST_TEST(lanes.in_flight(1) == 1u);
    lanes.put(0, due(1, "ann", ItemState::parked));
    lanes.release(ref(1));
    BOOST_TEST(!lanes.claim_next(1, 0ns).has_value());
    lanes.remove(ref(1));
    BOOST_TEST(lanes.claim_next(1, 0ns)->item.seq == 2u);
}

BOOST_AUTO_TEST_CASE(a_parked_item_closes_its_lane_only_where_the_route_says_so) {
    for (const bool blocks : {true, false}) {
        Lanes lanes({blocks});
        lanes.put(0, due(1, "ann", ItemState::parked));
        lanes.put(0, due(2, "ann"));
        BOOST_TEST(next(lanes) == (blocks ? 0u : 2u));
        BOOST_TEST(lanes.blocked(0) == (blocks ? 1u : 0u));
    }
}

BOOST_AUTO_TEST_CASE(a_lane_opens_when_its_parked_item_is_mended_or_withdrawn) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann", ItemState::parked));
    lanes.put(0, due(2, "ann"));
    lanes.put(0, due(1, "ann", ItemState::ready));
    BOOST_TEST(next(lanes) == 1u);
    lanes.put(0, due(1, "ann", ItemState::parked));
    lanes.release(ref(1));
    BOOST_TEST(next(lanes) == 0u);
    lanes.remove(ref(1));
    BOOST_TEST(next(lanes) == 2u);
    BOOST_TEST(lanes.blocked(0) == 0u);
}

BOOST_AUTO_TEST_CASE(a_held_item_blocks_nobody) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann", ItemState::held));
    lanes.put(0, due(2, "ann"));
    BOOST_TEST(next(lanes) == 2u);
}

BOOST_AUTO_TEST_CASE(a_postponed_item_keeps_its_lane_waiting_until_its_time) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann"));
    lanes.put(0, due(2, "ann"));
    BOOST_TEST(next(lanes) == 1u);
    BOOST_TEST(lanes.postpone(ref(1), 10ns, true) == 1u);
    lanes.put(0, {ref(1), ItemState::leased, 1, 1, "ann"});
    lanes.release(ref(1));
    BOOST_TEST(next(lanes, 9ns) == 0u);
    BOOST_TEST((lanes.next_time(0) == 10ns));
    const auto head = lanes.claim_next(0, 10ns);
    BOOST_REQUIRE(head.has_value());
    BOOST_TEST(head->item.seq == 1u);
    BOOST_TEST(head->attempts == 1u);
    BOOST_TEST(head->unsure);
    BOOST_TEST((head->state == ItemState::leased));
}

BOOST_AUTO_TEST_CASE(a_new_item_is_claimed_with_its_commit_only_when_its_lane_holds_nothing) {
    Lanes lanes({true});
    BOOST_TEST(lanes.claim_new(0, "ann", ref(1)));
    BOOST_TEST(!lanes.claim_new(0, "ann", ref(2)));
    lanes.put(0, due(1, "ann"));
    lanes.put(0, due(2, "ann"));
    BOOST_TEST(next(lanes) == 0u);
    lanes.remove(ref(1));
    lanes.release(ref(1));
    BOOST_TEST(next(lanes) == 2u);
    lanes.put(0, due(3, "bob", ItemState::parked));
    BOOST_TEST(!lanes.claim_new(0, "bob", ref(4)));
}

BOOST_AUTO_TEST_CASE(a_claim_whose_commit_failed_leaves_nothing_behind) {
    Lanes lanes({true});
    BOOST_TEST(lanes.claim_new(0, "ann", ref(1)));
    lanes.release(ref(1));
    BOOST_TEST(lanes.in_flight(0) == 0u);
    BOOST_TEST(lanes.claim_new(0, "ann", ref(5)));
}

BOOST_AUTO_TEST_CASE(an_item_withdrawn_in_flight_frees_its_lane_when_its_send_ends) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann"));
    lanes.put(0, due(2, "ann"));
    BOOST_TEST(next(lanes) == 1u);
    lanes.remove(ref(1));
    BOOST_TEST(!lanes.flying(ref(1)).has_value());
    BOOST_TEST(next(lanes) == 0u);
    lanes.release(ref(1));
    BOOST_TEST(next(lanes) == 2u);
}

BOOST_AUTO_TEST_CASE(an_item_let_go_again_is_known_to_its_receiver_and_a_new_one_is_not) {
    Lanes lanes({true});
    lanes.put(0, due(1, "ann"));
    lanes.put(0, due(1, "ann", ItemState::leased));
    BOOST_TEST(!lanes.claim_next(0, 0ns)->known);
    lanes.put(0, due(1, "ann", ItemState::parked));
    lanes.release(ref(1));
    lanes.put(0, due(1, "ann", ItemState::leased));
    BOOST_TEST(lanes.claim_next(0, 0ns)->known);
}

BOOST_AUTO_TEST_SUITE_END()
