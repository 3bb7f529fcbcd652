#include <boost/test/unit_test.hpp>

#include "hub/api/instant.hpp"

using hub::Instant;
using hub::parse_instant;

BOOST_AUTO_TEST_SUITE(instants)

BOOST_AUTO_TEST_CASE(an_instant_survives_its_own_text) {
    const Instant instant{1'772'435'649'000'123};
    const auto again = parse_instant(hub::to_text(instant));
    BOOST_REQUIRE(again);
    BOOST_TEST(again->microseconds == instant.microseconds);
}

BOOST_AUTO_TEST_CASE(every_fraction_of_the_published_events_is_read) {
    for (const char* text : {"2026-03-02T07:14:09Z", "2026-03-02T07:14:09.1Z", "2026-03-02T07:14:09.123456789+00:00"})
        BOOST_TEST(bool(parse_instant(text)), text);
    BOOST_TEST(parse_instant("2026-03-02T08:14:09.000000001+01:00")->microseconds ==
               parse_instant("2026-03-02T07:14:09Z")->microseconds);
}

BOOST_AUTO_TEST_CASE(a_text_without_a_zone_is_refused_with_a_cure) {
    const auto result = parse_instant("2026-03-02T07:14:09");
    BOOST_REQUIRE(!result);
    BOOST_TEST(!result.error().cure.empty());
}

BOOST_AUTO_TEST_CASE(a_day_that_does_not_exist_is_refused) {
    BOOST_TEST(!parse_instant("2026-02-30T00:00:00Z"));
    BOOST_TEST(!parse_instant("2026-03-02T24:00:00Z"));
    BOOST_TEST(!parse_instant("2026-03-02T07:14:09.Z"));
    BOOST_TEST(!parse_instant("2026-03-02T07:14:09.1234567890Z"));
}

BOOST_AUTO_TEST_SUITE_END()
