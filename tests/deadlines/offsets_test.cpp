// Lengths of time added to points, against a walk day by day and hour by hour over sixty years of anchors; and a later anchor
// never leads to an earlier result.
#include <algorithm>
#include <cstdlib>

#include "expression_world.hpp"
#include "nation_counter.hpp"

using namespace hub::deadlines;
using hub::Instant;
using reading::day;

namespace {

constexpr std::int64_t hour_us = 3'600'000'000, quarter_us = hour_us / 4, day_us = 24 * hour_us;
constexpr int first_anchor_year = 1990, last_anchor_year = 2049;

Value on(Day day) { return {.known = true, .point = {day, {}, false}}; }
Day number(const counted::Date& date) { return {static_cast<std::int32_t>(date.since)}; }

/// What is asked, without facts; England's calendar unless another is set.
struct Shifting {
    expression_world::World world{};
    Asking asking = world.ask(expression_world::at("2026-11-24"));

    Value by(const Value& from, const Length& length, int sign) {
        asking.trouble.reset();
        return shift(from, length, sign, asking);
    }
    std::string trouble() const { return asking.trouble ? asking.trouble->code : ""; }
};

Length length_of(const std::string& text) {
    std::string why;
    const auto length = read_length(text, Named{}, why);
    BOOST_REQUIRE_MESSAGE(length, text << ": " << why);
    return *length;
}

/// All the days that an anchor of the sixty years may lead to.
const std::vector<counted::Date>& all_days() {
    static const auto days = counted::days_of(first_anchor_year - 10, last_anchor_year + 10);
    return days;
}
const counted::Date& date_at(long since) { return all_days()[static_cast<std::size_t>(since - all_days().front().since)]; }
/// Found by going along the days, as with a finger on a calendar.
long since_of(const counted::Date& date) {
    long since = date.since;
    while (counted::text_of(date_at(since)) < counted::text_of(date)) ++since;
    while (counted::text_of(date_at(since)) > counted::text_of(date)) --since;
    return since;
}

template <class Check>
void for_each_anchor(Check check) {
    for (const auto& date : all_days())
        if (date.y >= first_anchor_year && date.y <= last_anchor_year) check(date);
}

void same_day(const Value& got, long expected, const counted::Date& from, const std::string& what) {
    if (!got.known || got.point.exact || got.point.day.number != expected)
        BOOST_FAIL(what << " from " << counted::text_of(from) << " is " << (got.known ? to_text(got.point) : "unknown") << ", not " << counted::text_of(date_at(expected)));
}

/// Summer time since 1981: from the last Sunday of March to the first Sunday of October that is not before the 23rd, from 1990 the
/// 22nd, from 1996 the 25th, each at 01:00 UTC.
class Clocks {
public:
    static constexpr int first_year = 1981, last_year = 2037;
    Clocks() {
        for (const auto& date : counted::days_of(first_year, last_year)) {
            if (date.on != 6) continue;
            const bool march = date.m == 3 && date.d > 24, october = date.m == 10 && date.d >= earliest(date.y) && date.d < earliest(date.y) + 7;
            if (march || october) changes.push_back(date.since * day_us + hour_us);
        }
    }
    static int earliest(int year) { return year < 1990 ? 23 : year < 1996 ? 22 : 25; }
    std::int64_t wall(std::int64_t utc) const {
        const auto passed = std::upper_bound(changes.begin(), changes.end(), utc) - changes.begin();
        return utc + (passed % 2 == 1 ? hour_us : 0);
    }
    /// The first quarter of an hour whose reading is the wanted one, or past it.
    std::int64_t first_showing(std::int64_t wanted) const {
        std::int64_t utc = wanted - 2 * hour_us;
        while (wall(utc) < wanted) utc += quarter_us;
        return utc;
    }
    Value exact(std::int64_t utc) const { return {.known = true, .point = {{static_cast<std::int32_t>(wall(utc) / day_us)}, {utc}, true}}; }
    std::vector<std::int64_t> changes{};
};

const Clocks& clocks() {
    static const Clocks made;
    return made;
}

void same_moment(const Value& got, std::int64_t expected, std::int64_t from, const std::string& what) {
    const bool same = got.known && got.point.exact && got.point.instant.microseconds == expected && got.point.day.number == clocks().wall(expected) / day_us;
    if (!same)
        BOOST_FAIL(what << " from " << hub::to_text(Instant{from}) << " is " << (got.known ? to_text(got.point) : "unknown") << ", not " << hub::to_text(Instant{expected}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(offsets)

BOOST_AUTO_TEST_CASE(days_and_weeks_are_walked_one_by_one) {
    Shifting shifting;
    for_each_anchor([&](const counted::Date& from) {
        for (const int sign : {1, -1}) {
            long walked = from.since;
            for (int days = 0; days <= 400; ++days, walked += sign)
                if (days < 32 || days % 28 == 0 || days > 364) same_day(shifting.by(on(number(from)), {.days = days}, sign), walked, from, std::to_string(sign * days) + " days");
        }
    });
    for (const int weeks : {1, 8, 12, 52}) BOOST_TEST(length_of(std::to_string(weeks) + " weeks").days == 7 * weeks);
}

BOOST_AUTO_TEST_CASE(months_are_walked_one_by_one_and_end_with_the_month) {
    Shifting shifting;
    for_each_anchor([&](const counted::Date& from) {
        for (int months = -36; months <= 36; ++months)
            same_day(shifting.by(on(number(from)), {.months = std::abs(months)}, months < 0 ? -1 : 1), since_of([&] {
                         counted::Date to = counted::months_later(from, months);
                         to.since = from.since + months * 30L;  // where the finger begins
                         return to;
                     }()), from, std::to_string(months) + " months");
    });
}

BOOST_AUTO_TEST_CASE(months_go_first_and_days_after_them) {
    Shifting shifting;
    for (const auto& [months, days] : std::vector<std::pair<int, int>>{{8, 14}, {7, 15}, {4, 15}, {1, 1}, {12, 28}, {15, 3}}) {
        const Length length = length_of(std::to_string(months) + " months " + std::to_string(days) + " days");
        for_each_anchor([&, months = months, days = days](const counted::Date& from) {
            for (const int sign : {1, -1}) {
                counted::Date to = counted::months_later(from, sign * months);
                to.since = from.since + sign * months * 30L;
                same_day(shifting.by(on(number(from)), length, sign), since_of(to) + sign * days, from, "months, then days");
            }
        });
    }
}

BOOST_AUTO_TEST_CASE(working_days_are_those_of_the_nation_as_known_then_and_an_error_beyond) {
    for (const auto& nation : counted::nations)
        for (const char* known : {"2022-09-09", "2022-09-10", "2030-12-31"}) {
            const counted::Nation count(counted::lines_of(nation), known);
            const auto calendar = reading::shipped_calendar(nation);
            Shifting shifting;
            shifting.asking.calendar = calendar.get();
            shifting.asking.known_day = day(known);
            std::size_t refused = 0;
            for (std::size_t from = 0; from < count.days.size(); ++from)
                for (const int sign : {1, -1}) {
                    long expected = static_cast<long>(from);
                    for (int n = 0; n <= 20; ++n, expected = count.step(expected, sign)) {
                        const Value got = shifting.by(on(count.at(from)), {.working_days = n}, sign);
                        if (expected >= 0) {
                            same_day(got, count.days[static_cast<std::size_t>(expected)].since, count.days[from], nation + ", working days");
                            continue;
                        }
                        ++refused;
                        BOOST_REQUIRE(!got.known);
                        BOOST_REQUIRE_EQUAL(shifting.trouble(), "TG-D040");
                    }
                }
            BOOST_TEST(refused > 200u);
        }
}

BOOST_AUTO_TEST_CASE(working_days_come_after_months_and_days) {
    Shifting shifting;
    shifting.asking.known_day = day("2030-12-31");
    const counted::Nation count(counted::lines_of("england_and_wales"), "2030-12-31");
    const Length length = length_of("1 month 3 days 5 working days");
    for (std::size_t from = 60; from + 60 < count.days.size(); ++from) {
        counted::Date to = counted::months_later(count.days[from], 1);
        to.since = count.days[from].since + 30;
        long at = since_of(to) + 3 - count.days.front().since;
        for (int n = 0; n < 5; ++n) at = count.step(at, 1);
        same_day(shifting.by(on(count.at(from)), length, 1), count.days[static_cast<std::size_t>(at)].since, count.days[from], "a month, 3 days and 5 working days");
    }
}

BOOST_AUTO_TEST_CASE(a_day_plus_hours_is_the_day_in_which_they_end_when_they_begin_as_the_day_ends) {
    Shifting shifting;
    for_each_anchor([&](const counted::Date& from) {
        for (const int sign : {1, -1}) {
            // Half hours of the clock, from the end of the day: 24:00 still belongs to it.
            long at = from.since;
            int half = 48;
            for (int halves = 0; halves <= 150; ++halves) {
                same_day(shifting.by(on(number(from)), {.minutes = halves * 30}, sign), at, from, std::to_string(sign * halves) + " half hours");
                half += sign;
                if (half > 48) {
                    half = 1;
                    ++at;
                } else if (half == 0) {
                    half = 48;
                    --at;
                }
            }
        }
    });
    BOOST_TEST(to_text(shifting.by(on(day("2026-03-28")), length_of("24 hours"), 1).point) == "2026-03-29");
    BOOST_TEST(to_text(shifting.by(on(day("2026-03-28")), length_of("25 hours"), 1).point) == "2026-03-30");
}

BOOST_AUTO_TEST_CASE(hours_after_a_moment_are_elapsed_over_both_changes_of_the_clocks) {
    Shifting shifting;
    for (const std::int64_t change : clocks().changes)
        for (std::int64_t from = change - 50 * hour_us; from <= change + 50 * hour_us; from += quarter_us)
            for (const int hours : {0, 1, 2, 11, 24, 25, 48})
                for (const int sign : {1, -1})
                    same_moment(shifting.by(clocks().exact(from), {.minutes = hours * 60}, sign), from + sign * hours * hour_us, from, std::to_string(sign * hours) + " hours");
    BOOST_TEST(clocks().changes.size() == 2u * (Clocks::last_year - Clocks::first_year + 1));
}

BOOST_AUTO_TEST_CASE(days_and_months_after_a_moment_keep_the_reading_of_the_clocks) {
    Shifting shifting;
    const std::vector<std::pair<int, int>> lengths{{0, 1}, {0, 56}, {0, 182}, {1, 0}, {7, 15}};
    for (const auto& from : all_days()) {
        if (from.y < Clocks::first_year + 1 || from.y > Clocks::last_year - 2) continue;
        for (const std::int64_t reading : {0LL, 2LL, 5LL, 6LL, 52LL}) {
            const std::int64_t utc = clocks().first_showing(from.since * day_us + reading * quarter_us);
            const std::int64_t shown = clocks().wall(utc);  // an hour on when the clocks never showed the reading
            for (const auto& [months, days] : lengths)
                for (const int sign : {1, -1}) {
                    counted::Date to = counted::months_later(from, sign * months);
                    to.since = from.since + sign * months * 30L;
                    const std::int64_t wanted = (since_of(to) + sign * days) * day_us + shown % day_us;
                    const std::int64_t expected = clocks().first_showing(wanted);
                    same_moment(shifting.by(clocks().exact(utc), {.months = months, .days = days}, sign), expected, utc, "months and days");
                    same_moment(shifting.by(clocks().exact(utc), {.months = months, .days = days, .minutes = 90}, sign), expected + sign * 6 * quarter_us, utc, "and 90 minutes");
                }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_later_day_never_leads_to_an_earlier_one) {
    Shifting shifting;
    for (const char* text : {"3 days", "56 days", "1 month", "8 months 14 days", "7 months 15 days", "12 months", "24 hours", "30 hours", "1 month 1 day 1 hour"})
        for (const int sign : {1, -1}) {
            const Length length = length_of(text);
            Day before = day("0001-01-01");
            for_each_anchor([&](const counted::Date& from) {
                const Value to = shifting.by(on(number(from)), length, sign);
                if (!to.known || to.point.day < before) BOOST_FAIL(text << " from " << counted::text_of(from) << " goes back to " << to_text(to.point));
                before = to.point.day;
            });
        }
    for (const char* text : {"1 working day", "10 working days", "1 month 5 working days"})
        for (const int sign : {1, -1}) {
            Day before = day("0001-01-01");
            for (const auto& from : counted::days_of(2019, 2029)) {
                const Value to = shifting.by(on(number(from)), length_of(text), sign);
                if (!to.known || to.point.day < before) BOOST_FAIL(text << " from " << counted::text_of(from) << " goes back");
                before = to.point.day;
            }
        }
}

BOOST_AUTO_TEST_CASE(a_later_moment_never_leads_to_an_earlier_one_by_hours_nor_at_one_reading_by_days) {
    Shifting shifting;
    for (const std::int64_t change : clocks().changes)
        for (const int hours : {1, 24, 72}) {
            std::int64_t before = 0;
            for (std::int64_t from = change - 80 * hour_us; from <= change + 80 * hour_us; from += quarter_us) {
                const Value to = shifting.by(clocks().exact(from), {.minutes = hours * 60}, 1);
                BOOST_REQUIRE(to.known && to.point.instant.microseconds > before);
                before = to.point.instant.microseconds;
            }
        }
    for (const std::int64_t reading : {0LL, 5LL, 52LL})
        for (const char* text : {"1 day", "56 days", "1 month", "8 months 14 days"}) {
            Value before{};
            for (const auto& from : all_days()) {
                if (from.y < Clocks::first_year + 1 || from.y > Clocks::last_year - 2) continue;
                const std::int64_t wanted = from.since * day_us + reading * quarter_us, utc = clocks().first_showing(wanted);
                if (clocks().wall(utc) != wanted) continue;  // never shown that day: it begins from a later reading
                const Value to = shifting.by(clocks().exact(utc), length_of(text), 1);
                if (!to.known || (before.known && to.point.instant < before.point.instant)) BOOST_FAIL(text << " from " << counted::text_of(from) << " goes back");
                before = to;
            }
        }
}

BOOST_AUTO_TEST_CASE(what_cannot_be_computed_is_unknown_with_its_reason) {
    Shifting shifting;
    BOOST_TEST(!shifting.by(Value{}, {.days = 1}, 1).known);
    BOOST_TEST(shifting.trouble() == "");
    const Value late = clocks().exact(clocks().changes.back());
    BOOST_TEST(!shifting.by(late, {.months = 12}, 1).known);
    BOOST_TEST(shifting.trouble() == "TG-D131");
    BOOST_TEST(!shifting.by(late, {.minutes = 400 * 24 * 60}, 1).known);
    BOOST_TEST(shifting.trouble() == "TG-D131");
    BOOST_TEST(!shifting.by(on(day("2044-02-01")), {.working_days = 1}, 1).known);
    BOOST_TEST(shifting.trouble() == "TG-D040");
    shifting.asking.calendar = nullptr;
    BOOST_TEST(!shifting.by(on(day("2026-02-02")), {.working_days = 1}, 1).known);
    BOOST_TEST(shifting.trouble() == "TG-D130");
    BOOST_TEST(shifting.by(on(day("2026-02-02")), {.days = 1}, 1).known);
}

BOOST_AUTO_TEST_SUITE_END()
