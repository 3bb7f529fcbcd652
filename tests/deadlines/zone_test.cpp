// The clocks of London against a rule written apart, hour by hour; both hours of a change; tables that are wrong.
#include <algorithm>

#include "day_counter.hpp"
#include "reading.hpp"

using namespace hub::deadlines;
using hub::Instant;
using reading::day;
using reading::london;

namespace {

constexpr std::int64_t hour_us = 3'600'000'000, day_us = 24 * hour_us;

/// Since 1998: summer time from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last Sunday of October.
class Clocks {
public:
    Clocks(int first_year, int last_year) {
        for (const auto& date : counted::days_of(first_year, last_year))
            if ((date.m == 3 || date.m == 10) && date.on == 6 && date.d + 7 > 31) changes_.push_back(date.since * day_us + hour_us);
    }
    const std::vector<std::int64_t>& changes() const { return changes_; }
    /// Changes come in pairs: after an odd number of them it is summer.
    std::int64_t wall(std::int64_t utc) const {
        std::size_t passed = 0;
        while (passed < changes_.size() && changes_[passed] <= utc) ++passed;
        return utc + (passed % 2 == 1 ? hour_us : 0);
    }

private:
    std::vector<std::int64_t> changes_{};
};

std::int64_t number(const WallTime& wall) { return wall.day.number * day_us + wall.microsecond; }
WallTime wall_time(std::int64_t number) { return {{static_cast<std::int32_t>(number / day_us)}, number % day_us}; }
WallTime at(std::string_view date, int hour, int minute) { return {day(date), hour * hour_us + minute * 60'000'000LL}; }
std::string text_at(std::string_view date, int hour, int minute) {
    const auto found = london().instant(at(date, hour, minute));
    return found ? hub::to_text(*found) : "nothing";
}
std::string wall_text(std::string_view utc) {
    const auto found = london().wall(*hub::parse_instant(utc));
    return found ? to_text(found->day) + "+" + std::to_string(found->microsecond) : "nothing";
}

const std::string head = "<codes xmlns=\"urn:throughgate:codes:1\" source=\"a test\">\n<about>Clocks.</about>\n";
std::string row(const std::string& from, const std::string& to) { return "<code from=\"" + from + "\" to=\"" + to + "\"/>\n"; }
const std::string begin = row("1960-01-01T00:00:00", "Z"), end = row("1999-01-01T00:00:00", "");

void wrong(const std::string& rows, const std::string& code, int line) {
    BOOST_TEST_CONTEXT(rows) {
        hub::Problems problems;
        BOOST_TEST(!reading::zone_of(head + rows + "</codes>\n", problems));
        reading::only_problem(problems, code, line, "clocks.xml");
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(zone)

BOOST_AUTO_TEST_CASE(every_quarter_of_an_hour_around_each_change_reads_as_the_rule_says) {
    const Clocks clocks(2018, 2028);
    BOOST_REQUIRE_EQUAL(clocks.changes().size(), 22u);
    for (const std::int64_t change : clocks.changes())
        for (std::int64_t utc = change - 26 * hour_us; utc <= change + 26 * hour_us; utc += hour_us / 4)
            for (const std::int64_t near : {utc - 1, utc, utc + 1}) {
                const auto wall = london().wall({near});
                BOOST_REQUIRE(wall.has_value());
                BOOST_REQUIRE_EQUAL(number(*wall), clocks.wall(near));
                BOOST_REQUIRE(wall->microsecond >= 0 && wall->microsecond < day_us);
            }
}

BOOST_AUTO_TEST_CASE(every_reading_around_each_change_is_the_first_moment_that_shows_it_or_more) {
    const Clocks clocks(2018, 2028);
    for (const std::int64_t change : clocks.changes()) {
        // All moments a minute apart; the clocks are searched as a person would, from the earliest on.
        std::vector<std::pair<std::int64_t, std::int64_t>> shown;
        for (std::int64_t utc = change - 4 * hour_us; utc <= change + 4 * hour_us; utc += hour_us / 60) shown.emplace_back(utc, clocks.wall(utc));
        for (std::int64_t wall = change - 2 * hour_us; wall <= change + 3 * hour_us; wall += hour_us / 60) {
            const auto first = std::find_if(shown.begin(), shown.end(), [&](const auto& each) { return each.second >= wall; });
            const auto found = london().instant(wall_time(wall));
            BOOST_REQUIRE(found.has_value());
            BOOST_REQUIRE_EQUAL(found->microseconds, first->first);
        }
    }
}

BOOST_AUTO_TEST_CASE(every_midnight_of_forty_years_starts_its_day_and_ends_the_one_before) {
    const Clocks clocks(1998, 2038);
    for (const auto& date : counted::days_of(1998, 2037)) {
        const Day number{static_cast<std::int32_t>(date.since)};
        const auto start = london().start_of(number);
        BOOST_REQUIRE(start.has_value());
        BOOST_REQUIRE_EQUAL(clocks.wall(start->microseconds), date.since * day_us);
        BOOST_REQUIRE(clocks.wall(start->microseconds - 1) < date.since * day_us);
        BOOST_REQUIRE((*london().end_of(add_days(number, -1)) == *start));
        BOOST_REQUIRE((london().wall(*start)->day == number));
        BOOST_REQUIRE((london().wall({start->microseconds - 1})->day == add_days(number, -1)));
    }
}

BOOST_AUTO_TEST_CASE(days_of_a_change_have_23_and_25_hours) {
    const auto length = [](std::string_view text) { return (london().end_of(day(text))->microseconds - london().start_of(day(text))->microseconds) / hour_us; };
    BOOST_TEST(length("2026-03-28") == 24);
    BOOST_TEST(length("2026-03-29") == 23);
    BOOST_TEST(length("2026-10-25") == 25);
}

BOOST_AUTO_TEST_CASE(the_hour_shown_twice_counts_the_first_time_and_the_hour_never_shown_is_the_jump) {
    BOOST_TEST(text_at("2026-03-29", 0, 59) == "2026-03-29T00:59:00.000000Z");
    for (const int minute : {0, 1, 30, 59}) BOOST_TEST(text_at("2026-03-29", 1, minute) == "2026-03-29T01:00:00.000000Z");
    BOOST_TEST(text_at("2026-03-29", 2, 0) == "2026-03-29T01:00:00.000000Z");
    BOOST_TEST(text_at("2026-03-29", 2, 1) == "2026-03-29T01:01:00.000000Z");
    BOOST_TEST(text_at("2026-10-25", 0, 59) == "2026-10-24T23:59:00.000000Z");
    BOOST_TEST(text_at("2026-10-25", 1, 0) == "2026-10-25T00:00:00.000000Z");
    BOOST_TEST(text_at("2026-10-25", 1, 30) == "2026-10-25T00:30:00.000000Z");
    BOOST_TEST(text_at("2026-10-25", 2, 0) == "2026-10-25T02:00:00.000000Z");
    BOOST_TEST(wall_text("2026-10-25T00:30:00Z") == wall_text("2026-10-25T01:30:00Z"));
}

BOOST_AUTO_TEST_CASE(london_s_date_is_not_the_one_of_utc_in_a_summer_s_first_hour) {
    BOOST_TEST(wall_text("2026-06-30T23:30:00Z") == "2026-07-01+1800000000");
    BOOST_TEST(wall_text("2026-12-31T23:30:00Z") == "2026-12-31+84600000000");
    BOOST_TEST(text_at("2026-07-01", 13, 0) == "2026-07-01T12:00:00.000000Z");
    BOOST_TEST(text_at("2026-12-01", 13, 0) == "2026-12-01T13:00:00.000000Z");
    BOOST_TEST(text_at("2020-07-04", 10, 42) == "2020-07-04T09:42:00.000000Z");
}

BOOST_AUTO_TEST_CASE(before_1998_the_clocks_changed_by_orders_on_other_days_and_hours) {
    BOOST_TEST(text_at("1972-03-19", 2, 30) == "1972-03-19T02:00:00.000000Z");
    BOOST_TEST(text_at("1972-10-29", 2, 30) == "1972-10-29T01:30:00.000000Z");
    BOOST_TEST(text_at("1972-10-29", 3, 0) == "1972-10-29T03:00:00.000000Z");
    BOOST_TEST(text_at("1980-03-16", 12, 0) == "1980-03-16T11:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(outside_the_table_there_is_nothing) {
    BOOST_TEST(text_at("1971-12-31", 23, 59) == "nothing");
    BOOST_TEST(text_at("1972-01-01", 0, 0) == "1972-01-01T00:00:00.000000Z");
    BOOST_TEST(wall_text("1971-12-31T23:59:59.999999Z") == "nothing");
    BOOST_TEST(wall_text("1972-01-01T00:00:00Z") == "1972-01-01+0");
    BOOST_TEST(text_at("2037-12-31", 23, 59) == "2037-12-31T23:59:00.000000Z");
    BOOST_TEST(text_at("2038-01-01", 0, 0) == "nothing");
    BOOST_TEST(wall_text("2037-12-31T23:59:59.999999Z") == "2037-12-31+86399999999");
    BOOST_TEST(wall_text("2038-01-01T00:00:00Z") == "nothing");
    BOOST_TEST((london().end_of(day("2037-12-31")) == *hub::parse_instant("2038-01-01T00:00:00Z")));
    BOOST_TEST(!london().end_of(day("2038-01-01")));
    BOOST_TEST(!london().start_of(day("9999-12-31")));
    BOOST_TEST(!london().instant({day("2026-06-01"), day_us}));
    BOOST_TEST(!london().instant({day("2026-06-01"), -1}));
}

BOOST_AUTO_TEST_CASE(a_table_may_lie_before_1970_and_west_of_greenwich) {
    hub::Problems problems;
    const auto zone = reading::zone_of(head + row("1960-01-01T00:00:00", "-03:30") + row("1965-04-25T00:00:00", "") + row("1965-04-25T01:00:00", "-02:30") +
                                           row("1965-10-31T02:00:00", "-03:30") + row("1969-01-01T00:00:00", "") + "</codes>\n", problems);
    BOOST_REQUIRE(zone);
    BOOST_TEST(hub::to_text(*zone->instant(at("1960-01-01", 0, 0))) == "1960-01-01T03:30:00.000000Z");
    const auto wall = zone->wall(*hub::parse_instant("1962-02-03T03:29:59.999999Z"));
    BOOST_REQUIRE(wall.has_value());
    BOOST_TEST(to_text(wall->day) == "1962-02-02");
    BOOST_TEST(wall->microsecond == day_us - 1);
    // A midnight that the clocks never showed: the day starts with the jump.
    BOOST_TEST(hub::to_text(*zone->start_of(day("1965-04-25"))) == "1965-04-25T03:30:00.000000Z");
    BOOST_TEST((*zone->end_of(day("1965-04-24")) == *zone->start_of(day("1965-04-25"))));
}

BOOST_AUTO_TEST_CASE(texts_that_are_no_times_or_offsets) {
    for (const char* from : {"", "1972-03-19", "1972-03-19T02:00", "1972-03-19T02:00:00Z", "1972-03-19 02:00:00", "1972-02-30T02:00:00", "1972-03-19T24:00:00",
                             "1972-03-19T02:60:00", "1972-03-19T02:00:60", "1972-03-19Tx2:00:00"})
        wrong(begin + row(from, "Z") + end, "TG-D030", 4);
    for (const char* to : {"+1", "+01", "0100", "+0100", "+01:0", "01:00+", "z", "+15:00", "+01:60", "-x1:00"}) wrong(begin + row("1972-03-19T02:00:00", to) + end, "TG-D030", 4);
}

BOOST_AUTO_TEST_CASE(all_texts_that_are_wrong_are_told_at_once) {
    hub::Problems problems;
    BOOST_TEST(!reading::zone_of(head + row("x", "y") + row("z", "Z") + "</codes>\n", problems));
    BOOST_TEST(problems.size() == 3u);
}

BOOST_AUTO_TEST_CASE(tables_that_contradict_themselves) {
    wrong("", "TG-D031", 1);
    wrong(begin, "TG-D031", 1);
    wrong(row("1959-01-01T00:00:00", "") + begin + end, "TG-D031", 1);
    wrong(begin + row("1972-03-19T02:00:00", "-01:00"), "TG-D032", 4);
    wrong(begin + row("1959-03-19T02:00:00", "-01:00") + end, "TG-D033", 4);
    wrong(begin + row("1960-01-01T00:00:00", "-01:00") + end, "TG-D033", 4);
    wrong(begin + row("1972-03-19T02:00:00", "") + row("1972-03-19T02:30:00", "") + row("1972-03-19T03:00:00", "+01:00") + end, "TG-D034", 5);
}

BOOST_AUTO_TEST_CASE(changes_that_are_not_the_difference_of_their_offsets) {
    wrong(begin + row("1972-03-19T02:00:00", "+01:00") + end, "TG-D035", 4);
    wrong(begin + row("1972-03-19T02:00:00", "Z") + end, "TG-D035", 4);
    wrong(begin + row("1972-03-19T02:00:00", "") + row("1972-03-19T03:00:01", "+01:00") + end, "TG-D035", 5);
    wrong(begin + row("1972-03-19T02:00:00", "") + row("1972-03-19T03:00:00", "-01:00") + end, "TG-D035", 5);
}

BOOST_AUTO_TEST_CASE(a_time_shown_three_times_counts_the_first_time) {
    hub::Problems problems;
    const auto zone = reading::zone_of(head + begin + row("1972-10-29T03:00:00", "-01:00") + row("1972-10-29T03:00:01", "-03:00") + end + "</codes>\n", problems);
    BOOST_REQUIRE(zone);
    BOOST_TEST(hub::to_text(*zone->instant(at("1972-10-29", 2, 30))) == "1972-10-29T02:30:00.000000Z");
    BOOST_TEST(hub::to_text(*zone->instant(at("1972-10-29", 3, 0))) == "1972-10-29T04:00:00.000000Z");
    BOOST_TEST(hub::to_text(*zone->instant(at("1972-10-29", 3, 1))) == "1972-10-29T06:01:00.000000Z");
}

BOOST_AUTO_TEST_SUITE_END()
