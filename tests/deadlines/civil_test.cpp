// Days and months against a calendar counted out day by day; limits and texts.
#include <boost/test/unit_test.hpp>

#include <limits>

#include "day_counter.hpp"
#include "hub/deadlines/civil.hpp"

using namespace hub::deadlines;

namespace {

Day day(std::string_view text) { return *parse_day(text); }
Day first_day() { return day("0001-01-01"); }
Day last_day() { return day("9999-12-31"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(civil)

BOOST_AUTO_TEST_CASE(every_day_of_seventy_years_is_the_counted_one) {
    const auto days = counted::days_of(1990, 2060);
    BOOST_TEST(days.size() == 25'933u);
    for (const auto& each : days) {
        const Day number{static_cast<std::int32_t>(each.since)};
        const std::string text = counted::text_of(each);
        BOOST_TEST_CONTEXT(text) {
            BOOST_REQUIRE(day_from({each.y, each.m, each.d}) == number);
            BOOST_REQUIRE((civil_from(number) == Civil{each.y, each.m, each.d}));
            BOOST_REQUIRE(weekday(number) == each.on + 1);
            BOOST_REQUIRE(days_in_month(each.y, each.m) == counted::length_of_month(each.y, each.m));
            BOOST_REQUIRE(to_text(number) == text);
            BOOST_REQUIRE((parse_day(text) == number));
        }
    }
}

BOOST_AUTO_TEST_CASE(months_are_the_counted_ones_for_every_day_and_three_years_each_way) {
    for (const auto& each : counted::days_of(1990, 2060))
        for (int months = -36; months <= 36; ++months) {
            const auto expected = counted::months_later(each, months);
            const Civil got = civil_from(add_months({static_cast<std::int32_t>(each.since)}, months));
            if (got != Civil{expected.y, expected.m, expected.d})
                BOOST_FAIL(counted::text_of(each) << " and " << months << " months is " << got.year << "-" << got.month << "-" << got.day << ", not "
                                                  << counted::text_of(expected));
        }
}

BOOST_AUTO_TEST_CASE(months_clamp_to_the_end_of_a_shorter_month) {
    BOOST_TEST(to_text(add_months(day("2024-03-31"), -1)) == "2024-02-29");
    BOOST_TEST(to_text(add_days(add_months(day("2024-10-31"), -8), -14)) == "2024-02-15");
    BOOST_TEST(to_text(add_months(day("2024-02-29"), -12)) == "2023-02-28");
    BOOST_TEST(to_text(add_months(day("2023-04-30"), 10)) == "2024-02-29");
}

BOOST_AUTO_TEST_CASE(days_move_by_their_number_over_ends_of_years_and_leap_days) {
    const auto days = counted::days_of(1999, 2001);
    for (std::size_t from = 0; from < days.size(); from += 7)
        for (std::size_t to = 0; to < days.size(); ++to) {
            const std::int64_t between = static_cast<std::int64_t>(to) - static_cast<std::int64_t>(from);
            BOOST_REQUIRE(to_text(add_days(day(counted::text_of(days[from])), between)) == counted::text_of(days[to]));
        }
}

BOOST_AUTO_TEST_CASE(results_outside_the_years_are_the_first_or_last_day) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max(), least = std::numeric_limits<std::int64_t>::min();
    for (const std::int64_t beyond : {most, most - 1, std::int64_t{10'000'000}, std::int64_t{4'000'000}}) {
        BOOST_TEST((add_days(day("2026-11-24"), beyond) == last_day()));
        BOOST_TEST((add_months(day("2026-11-24"), beyond) == last_day()));
    }
    for (const std::int64_t beyond : {least, least + 1, std::int64_t{-10'000'000}, std::int64_t{-4'000'000}}) {
        BOOST_TEST((add_days(day("2026-11-24"), beyond) == first_day()));
        BOOST_TEST((add_months(day("2026-11-24"), beyond) == first_day()));
    }
    BOOST_TEST((add_days(last_day(), 1) == last_day()));
    BOOST_TEST((add_days(first_day(), -1) == first_day()));
    BOOST_TEST((add_months(day("9999-12-05"), 1) == last_day()));
    BOOST_TEST((add_months(day("9999-11-30"), 1) == day("9999-12-30")));
    BOOST_TEST((add_months(day("0001-01-05"), -1) == first_day()));
    BOOST_TEST((add_months(day("0001-02-28"), -1) == day("0001-01-28")));
    BOOST_TEST(to_text(Day{std::numeric_limits<std::int32_t>::max()}) == "9999-12-31");
    BOOST_TEST(to_text(Day{std::numeric_limits<std::int32_t>::min()}) == "0001-01-01");
    BOOST_TEST(weekday(last_day()) == 5);
    BOOST_TEST(weekday(first_day()) == 1);
}

BOOST_AUTO_TEST_CASE(parts_that_are_on_no_calendar_become_the_nearest_that_are) {
    BOOST_TEST(to_text(day_from({2026, 2, 31})) == "2026-02-28");
    BOOST_TEST(to_text(day_from({2026, 13, 5})) == "2026-12-05");
    BOOST_TEST(to_text(day_from({0, 0, 0})) == "0001-01-01");
}

BOOST_AUTO_TEST_CASE(a_day_is_read_as_it_is_written_and_in_no_other_way) {
    for (const char* text : {"2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31", "2026-03-01"}) BOOST_TEST(to_text(day(text)) == text);
    for (const char* text : {"", "2026", "2026-02-29", "1900-02-29", "2026-00-10", "2026-13-10", "2026-04-31", "2026-04-00", "0000-01-01", "2026-4-01", "26-04-01",
                             "2026/04/01", "2026-04-01Z", "2026-04-01 ", " 2026-04-01", "-026-04-01", "+026-04-01", "2026-0a-01", "2026-04-1a", "20260401", "10000-01-01",
                             "2026-04-01T00:00:00", "\xc2\xb2\x30\x32\x36-04-01"})
        BOOST_TEST(!parse_day(text), text);
    BOOST_TEST(!parse_day(std::string_view("2026-04-\0\0", 10)));
}

BOOST_AUTO_TEST_CASE(in_words_a_day_has_its_weekday) {
    BOOST_TEST(in_words(day("2026-03-01")) == "Sunday 1 March 2026");
    BOOST_TEST(in_words(day("2024-02-29")) == "Thursday 29 February 2024");
    BOOST_TEST(in_words(day("2022-09-19")) == "Monday 19 September 2022");
    BOOST_TEST(in_words(day("2027-12-31")) == "Friday 31 December 2027");
}

BOOST_AUTO_TEST_SUITE_END()
