// Days and months. 31 March less a month has no 31 February.
#include <boost/test/unit_test.hpp>

#include "hub/deadlines/civil.hpp"

using namespace hub::deadlines;

BOOST_AUTO_TEST_SUITE(civil)

BOOST_AUTO_TEST_CASE(months_clamp_to_the_end_of_a_shorter_month) {
    const auto day = [](std::string_view text) { return *parse_day(text); };
    BOOST_TEST(to_text(add_months(day("2024-03-31"), -1)) == "2024-02-29");
    BOOST_TEST(to_text(add_days(add_months(day("2024-10-31"), -8), -14)) == "2024-02-15");
    BOOST_TEST(to_text(add_months(day("2024-02-29"), -12)) == "2023-02-28");
    BOOST_TEST(to_text(add_months(day("2023-04-30"), 10)) == "2024-02-29");
}

BOOST_AUTO_TEST_SUITE_END()
