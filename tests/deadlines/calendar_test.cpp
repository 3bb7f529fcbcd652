// Working days of the shipped calendars against a count made day by day, as known on several days; then what an officer of
// each service would call a working day.
#include <cstdlib>
#include <limits>

#include "nation_counter.hpp"

using namespace hub::deadlines;
using reading::day;

namespace {

/// Before and after each day on which a holiday became known or was moved away.
const std::vector<std::string> known_days{"2017-01-01", "2019-06-06", "2019-06-07", "2019-06-26", "2020-11-12", "2022-09-09", "2022-09-10", "2022-11-06", "2026-02-03", "9999-12-31"};

bool same(const counted::Nation& count, const hub::Result<Day>& got, long expected) {
    return expected < 0 ? !got && got.error().code == "TG-D040" : got && *got == count.at(static_cast<std::size_t>(expected));
}

template <class Check>
void for_each_belief(Check check) {
    for (const auto& nation : counted::nations) {
        const auto calendar = reading::shipped_calendar(nation);
        const auto lines = counted::lines_of(nation);
        for (const auto& known : known_days) {
            BOOST_TEST_CONTEXT(nation << " as known on " << known) { check(*calendar, lines, counted::Nation(lines, known), day(known)); }
        }
    }
}

const Calendar& england() {
    static const auto calendar = reading::shipped_calendar("england_and_wales");
    return *calendar;
}
const Day today = day("2026-11-24");
std::string after(std::string_view from, int n) { return to_text(*england().add_working_days(day(from), n, today)); }

std::string written(const std::string& years, const std::string& holidays) {
    return "<calendar xmlns=\"urn:throughgate:calendar:1\" name=\"made_up\" source=\"a test\" " + years + ">\n<about>Days.</about>\n" + holidays + "</calendar>\n";
}
const std::string one_year = "first-year=\"2022\" last-year=\"2022\"";
std::string holiday(const std::string& attributes) { return "<holiday name=\"A holiday\" " + attributes + "/>\n"; }
void wrong(const std::string& xml, const std::string& code, int line, bool checked = true) {
    BOOST_TEST_CONTEXT(xml) {
        hub::Problems problems;
        BOOST_TEST(!reading::calendar_of(xml, problems, checked));
        reading::only_problem(problems, code, line, "calendar.xml");
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar)

BOOST_AUTO_TEST_CASE(every_day_is_what_the_file_says_it_was_believed_to_be) {
    for_each_belief([](const Calendar& calendar, const auto& lines, const counted::Nation& count, Day known) {
        for (std::size_t at = 0; at < count.days.size(); ++at) {
            const DayKind kind = calendar.kind(count.at(at), known);
            const std::string text = counted::text_of(count.days[at]);
            BOOST_REQUIRE_MESSAGE(kind.working == count.works[at] && kind.why == count.why[at], text << " is '" << kind.why << "', not '" << count.why[at] << "'");
            const bool by_rule = !count.works[at] && count.days[at].on < 5 && !lines.at(text).certain;
            BOOST_REQUIRE_MESSAGE(kind.certain == !by_rule, text);
            BOOST_REQUIRE(calendar.covers(count.at(at)));
        }
    });
}

BOOST_AUTO_TEST_CASE(working_days_are_the_counted_ones_forty_each_way_from_every_day) {
    for_each_belief([](const Calendar& calendar, const auto&, const counted::Nation& count, Day known) {
        for (std::size_t from = 0; from < count.days.size(); ++from)
            for (const int by : {-1, 1}) {
                long expected = static_cast<long>(from);
                for (int n = 0; std::abs(n) <= 40; n += by, expected = count.step(expected, by))
                    if (!same(count, calendar.add_working_days(count.at(from), n, known), expected))
                        BOOST_FAIL(n << " working days from " << counted::text_of(count.days[from]));
            }
    });
}

BOOST_AUTO_TEST_CASE(the_working_day_on_or_beside_a_day_is_the_counted_one) {
    for_each_belief([](const Calendar& calendar, const auto&, const counted::Nation& count, Day known) {
        for (std::size_t from = 0; from < count.days.size(); ++from) {
            BOOST_REQUIRE_MESSAGE(same(count, calendar.on_or_after(count.at(from), known), count.nearest(from, 1)), counted::text_of(count.days[from]));
            BOOST_REQUIRE_MESSAGE(same(count, calendar.on_or_before(count.at(from), known), count.nearest(from, -1)), counted::text_of(count.days[from]));
        }
    });
}

BOOST_AUTO_TEST_CASE(working_days_between_two_days_are_the_counted_ones) {
    for_each_belief([](const Calendar& calendar, const auto&, const counted::Nation& count, Day known) {
        for (std::size_t from = 0; from < count.days.size(); from += 3) {
            int expected = 0;
            for (std::size_t to = from; to < count.days.size() && to < from + 45; ++to) {
                expected += count.works[to] ? 1 : 0;
                BOOST_REQUIRE_EQUAL(*calendar.count_working_days(count.at(from), count.at(to), known), expected);
            }
        }
    });
}

BOOST_AUTO_TEST_CASE(days_that_were_walked_over_are_told_in_order) {
    std::vector<Day> skipped;
    BOOST_TEST(to_text(*england().add_working_days(day("2022-09-15"), 4, today, &skipped)) == "2022-09-22");
    const std::vector<std::string> expected{"2022-09-17", "2022-09-18", "2022-09-19"};
    BOOST_REQUIRE_EQUAL(skipped.size(), expected.size());
    for (std::size_t at = 0; at < expected.size(); ++at) BOOST_TEST(to_text(skipped[at]) == expected[at]);
    skipped.clear();
    BOOST_TEST(to_text(*england().add_working_days(day("2021-12-29"), -1, today, &skipped)) == "2021-12-24");
    BOOST_TEST(skipped.size() == 4u);
    BOOST_TEST(to_text(skipped.front()) == "2021-12-28");
}

BOOST_AUTO_TEST_CASE(a_holiday_moves_a_running_deadline_from_the_day_on_which_it_is_proclaimed) {
    const auto due = [](std::string_view known) { return to_text(*england().add_working_days(day("2022-09-08"), 10, day(known))); };
    BOOST_TEST(due("2022-09-08") == "2022-09-22");
    BOOST_TEST(due("2022-09-09") == "2022-09-22");
    BOOST_TEST(due("2022-09-10") == "2022-09-23");
    BOOST_TEST(england().kind(day("2022-09-19"), day("2022-09-10")).why == "Bank holiday for the State Funeral of Queen Elizabeth II");
}

BOOST_AUTO_TEST_CASE(a_holiday_that_was_moved_was_a_holiday_for_those_who_did_not_know) {
    BOOST_TEST(england().kind(day("2020-05-04"), day("2019-06-06")).why == "Early May bank holiday");
    BOOST_TEST(england().kind(day("2020-05-08"), day("2019-06-06")).working);
    BOOST_TEST(england().kind(day("2020-05-04"), day("2019-06-07")).working);
    BOOST_TEST(!england().kind(day("2020-05-08"), day("2019-06-07")).working);
    BOOST_TEST(!england().kind(day("2022-06-02"), today).working);
    BOOST_TEST(england().kind(day("2022-05-30"), today).working);
}

BOOST_AUTO_TEST_CASE(nations_keep_their_own_days) {
    const auto scotland = reading::shipped_calendar("scotland"), ireland = reading::shipped_calendar("northern_ireland");
    const auto works = [](const Calendar& calendar, std::string_view text) { return calendar.kind(day(text), today).working; };
    BOOST_TEST(!works(england(), "2026-04-06"));  // Easter Monday
    BOOST_TEST(works(*scotland, "2026-04-06"));
    BOOST_TEST(!works(*ireland, "2026-04-06"));
    BOOST_TEST(!works(*scotland, "2026-01-02"));
    BOOST_TEST(works(england(), "2026-01-02"));
    BOOST_TEST(!works(*scotland, "2026-08-03"));
    BOOST_TEST(works(*scotland, "2026-08-31"));
    BOOST_TEST(!works(*scotland, "2026-11-30"));
    BOOST_TEST(!works(*scotland, "2026-06-15"));
    BOOST_TEST(works(england(), "2026-06-15"));
    BOOST_TEST(!works(*ireland, "2026-03-17"));
    BOOST_TEST(!works(*ireland, "2026-07-13"));
    BOOST_TEST(works(england(), "2026-07-13"));
}

BOOST_AUTO_TEST_CASE(a_year_that_nobody_has_published_is_not_certain) {
    BOOST_TEST(england().kind(day("2027-12-27"), today).certain);
    BOOST_TEST(!england().kind(day("2029-12-25"), today).certain);
    BOOST_TEST(england().kind(day("2029-12-22"), today).certain);
    BOOST_TEST(england().first_year() == 2018);
    BOOST_TEST(england().last_year() == 2030);
    BOOST_TEST(england().name() == "england_and_wales");
    BOOST_TEST(!england().source().empty());
}

BOOST_AUTO_TEST_CASE(substitute_days_are_the_holidays_and_the_weekend_stays_a_weekend) {
    for (const char* text : {"2021-12-25", "2021-12-26", "2021-12-27", "2021-12-28"}) BOOST_TEST(!england().kind(day(text), today).working);
    BOOST_TEST(england().kind(day("2021-12-25"), today).why == "Saturday");
    BOOST_TEST(england().kind(day("2021-12-27"), today).why == "Christmas Day (substitute day)");
}

BOOST_AUTO_TEST_CASE(approved_premises_count_from_day_nought_and_mean_after_by_next) {
    BOOST_TEST(after("2026-11-21", 0) == "2026-11-21");  // a Saturday, as it is
    BOOST_TEST(after("2026-11-21", 1) == "2026-11-23");
    BOOST_TEST(after("2026-11-23", 10) == "2026-12-07");
    BOOST_TEST(after("2026-11-23", 1) == "2026-11-24");  // the next working day of a working day is after it
    BOOST_TEST(*england().count_working_days(day("2022-12-26"), day("2023-01-01"), today) == 3);  // Monday to Sunday with two holidays
    BOOST_TEST(*england().count_working_days(day("2026-11-23"), add_days(day("2026-11-27"), -1), today) == 4);  // complete days, Monday to Friday
}

BOOST_AUTO_TEST_CASE(approved_premises_keep_the_time_of_day_in_london) {
    const auto answer = [](std::string_view made, int n) {
        const auto wall = reading::london().wall(*hub::parse_instant(made));
        return hub::to_text(*reading::london().instant({*england().add_working_days(wall->day, n, today), wall->microsecond}));
    };
    BOOST_TEST(answer("2026-03-26T09:30:00Z", 5) == "2026-04-02T08:30:00.000000Z");  // the clocks go forward in between
    BOOST_TEST(answer("2026-03-27T09:30:00Z", 5) == "2026-04-07T08:30:00.000000Z");  // and Good Friday and Easter Monday are skipped
    BOOST_TEST(answer("2026-10-21T08:30:00Z", 5) == "2026-10-28T09:30:00.000000Z");
}

BOOST_AUTO_TEST_CASE(licences_move_the_start_back_and_stop_two_working_days_before) {
    const auto hard_stop = [](std::string_view start) { return *england().add_working_days(*england().on_or_before(day(start), today), -2, today); };
    BOOST_TEST(to_text(hard_stop("2024-05-16")) == "2024-05-14");
    BOOST_TEST(to_text(hard_stop("2024-05-19")) == "2024-05-15");
    BOOST_TEST(to_text(hard_stop("2018-04-02")) == "2018-03-27");
    BOOST_TEST(to_text(*england().add_working_days(hard_stop("2024-05-16"), -2, today)) == "2024-05-10");
}

BOOST_AUTO_TEST_CASE(licences_do_not_count_fridays_when_a_release_comes_forward) {
    const auto earliest = [](std::string_view release) {
        Day at = day(release);
        for (int step = 0; step < 3; ++step)
            do at = *england().add_working_days(at, -1, today);
            while (weekday(at) == 5);
        return to_text(at);
    };
    BOOST_TEST(earliest("2024-05-17") == "2024-05-14");  // a Friday
    BOOST_TEST(earliest("2024-05-18") == "2024-05-14");
    BOOST_TEST(earliest("2024-05-20") == "2024-05-14");
    BOOST_TEST(earliest("2018-04-02") == "2018-03-27");  // Easter Monday: Thursday, Wednesday, Tuesday
}

BOOST_AUTO_TEST_CASE(release_dates_stay_when_they_are_working_days) {
    BOOST_TEST(to_text(*england().on_or_after(day("2026-12-24"), today)) == "2026-12-24");
    BOOST_TEST(to_text(*england().on_or_after(day("2026-12-25"), today)) == "2026-12-29");
    BOOST_TEST(to_text(*england().on_or_before(day("2026-12-28"), today)) == "2026-12-24");
    BOOST_TEST(to_text(*england().on_or_before(day("2026-11-27"), today)) == "2026-11-27");  // a Friday like any other
}

BOOST_AUTO_TEST_CASE(a_period_that_begins_with_its_first_day) {
    BOOST_TEST(to_text(add_days(day("2026-09-12"), 56 - 1)) == "2026-11-06");  // recall: the day of return is day one
    BOOST_TEST(to_text(*england().add_working_days(add_days(day("2026-11-23"), -1), 5, today)) == "2026-11-27");
}

BOOST_AUTO_TEST_CASE(a_year_without_a_file_is_an_error_that_names_it_and_never_a_working_day) {
    const auto refused = [](const auto& result, const std::string& year) {
        BOOST_REQUIRE(!result);
        BOOST_TEST(result.error().code == "TG-D040");
        BOOST_TEST(result.error().where == "calendar.xml");
        BOOST_TEST(result.error().what.find(year) != std::string::npos, result.error().what);
        BOOST_TEST(result.error().what.find("england_and_wales") != std::string::npos);
        BOOST_TEST(result.error().cure.find(year) != std::string::npos, result.error().cure);
    };
    refused(england().add_working_days(day("2030-12-31"), 1, today), "2031");
    refused(england().add_working_days(day("2018-01-05"), -5, today), "2017");
    refused(england().add_working_days(day("2026-11-24"), std::numeric_limits<int>::max(), today), "2031");
    refused(england().add_working_days(day("2026-11-24"), std::numeric_limits<int>::min(), today), "2017");
    refused(england().add_working_days(day("2044-02-02"), 1, today), "2044");
    refused(england().add_working_days(day("9999-12-31"), 1, today), "9999");
    refused(england().on_or_after(day("2031-01-01"), today), "2031");
    refused(england().on_or_before(day("2018-01-01"), today), "2017");  // a holiday, and nobody knows the day before
    refused(england().on_or_before(day("2017-12-31"), today), "2017");
    refused(england().count_working_days(day("2017-12-29"), day("2018-01-05"), today), "2017");
    refused(england().count_working_days(day("2030-12-30"), day("2031-01-01"), today), "2031");
    BOOST_TEST(*england().count_working_days(day("2044-01-02"), day("2044-01-01"), today) == 0);
    BOOST_TEST(to_text(*england().add_working_days(day("2044-02-02"), 0, today)) == "2044-02-02");
    BOOST_TEST(!england().covers(day("2031-01-01")));
    BOOST_TEST(!england().kind(day("2031-01-02"), today).working);
    BOOST_TEST(!england().kind(day("2031-01-02"), today).certain);
}

BOOST_AUTO_TEST_CASE(the_last_day_of_a_calendar_may_be_a_weekend) {
    hub::Problems problems;
    const auto calendar = reading::calendar_of(written(one_year, holiday("date=\"2022-12-30\"")), problems);
    BOOST_REQUIRE(calendar);
    const auto beyond = calendar->on_or_after(day("2022-12-30"), today);
    BOOST_REQUIRE(!beyond);
    BOOST_TEST(beyond.error().what.find("2023") != std::string::npos);
    BOOST_TEST(to_text(*calendar->on_or_before(day("2022-12-31"), today)) == "2022-12-29");
}

BOOST_AUTO_TEST_CASE(days_and_years_that_are_none) {
    wrong(written("first-year=\"2022Z\" last-year=\"2022\"", holiday("date=\"2022-12-30\"")), "TG-D041", 1);
    wrong(written("first-year=\"2022\" last-year=\"12022\"", holiday("date=\"2022-12-30\"")), "TG-D041", 1);
    for (const char* each : {"2022-12-30Z", "2022-12-30+01:00", "-2022-12-30"})
        wrong(written(one_year, holiday("date=\"2022-12-29\"") + holiday(std::string("date=\"") + each + "\"")), "TG-D041", 4);
    wrong(written(one_year, holiday("date=\"2022-12-29\" known-from=\"2022-01-01Z\"")), "TG-D041", 3, false);
    wrong(written(one_year, holiday("date=\"2022-12-29\"") + holiday("")), "TG-D041", 4, false);
    wrong(written(one_year, holiday("date=\"2022-12-29\"") + holiday("date=\"2022-02-30\"")), "TG-D041", 4, false);
    wrong(written("last-year=\"2022\"", holiday("date=\"2022-12-29\"")), "TG-D041", 1, false);
}

BOOST_AUTO_TEST_CASE(years_that_are_no_span) {
    wrong(written("first-year=\"2023\" last-year=\"2022\"", ""), "TG-D042", 1);
    wrong(written("first-year=\"1900\" last-year=\"2050\"", ""), "TG-D042", 1);
    wrong(written("first-year=\"1870\" last-year=\"1870\"", ""), "TG-D042", 1);
    wrong(written("first-year=\"3000\" last-year=\"3000\"", ""), "TG-D042", 1);
}

BOOST_AUTO_TEST_CASE(holidays_that_the_file_cannot_mean) {
    const std::string good = holiday("date=\"2022-12-29\"");
    wrong(written(one_year, good + holiday("date=\"2023-01-02\"")), "TG-D043", 4);
    wrong(written(one_year, good + holiday("date=\"2021-12-31\"")), "TG-D043", 4);
    wrong(written(one_year, good + holiday("date=\"2022-06-02\"") + good), "TG-D044", 5);
    wrong(written("first-year=\"2022\" last-year=\"2023\"", good), "TG-D045", 1);
    wrong(written(one_year, ""), "TG-D045", 1);
    for (const char* kind : {"regular", "substitute", "moved"})
        wrong(written(one_year, good + holiday(std::string("date=\"2022-12-25\" kind=\"") + kind + "\"")), "TG-D046", 4);
    wrong(written(one_year, good + holiday("date=\"2022-12-24\"")), "TG-D046", 4);
    wrong(written(one_year, good + holiday("date=\"2022-09-19\" kind=\"special\" known-from=\"2022-09-20\"")), "TG-D047", 4);
    wrong(written(one_year, good + holiday("date=\"2022-05-30\" known-until=\"2022-05-31\"")), "TG-D047", 4);
    wrong(written(one_year, good + holiday("date=\"2022-05-30\" known-from=\"2022-01-02\" known-until=\"2022-01-02\"")), "TG-D047", 4);
}

BOOST_AUTO_TEST_CASE(the_other_of_two_like_days_is_named) {
    hub::Problems problems;
    BOOST_TEST(!reading::calendar_of(written(one_year, holiday("date=\"2022-12-29\"") + holiday("date=\"2022-12-29\"")), problems));
    BOOST_REQUIRE_EQUAL(problems.size(), 1u);
    BOOST_REQUIRE_EQUAL(problems.front().related.size(), 1u);
    BOOST_TEST(problems.front().related.front().line == 3);
}

BOOST_AUTO_TEST_CASE(what_is_allowed_at_the_edge) {
    hub::Problems problems;
    const auto calendar = reading::calendar_of(
        written("first-year=\"2022\" last-year=\"2023\"", holiday("date=\"2023-01-01\" kind=\"special\" known-from=\"2023-01-01\"") + holiday("date=\"2022-12-30\" known-until=\"2022-12-30\"")),
        problems);
    for (const auto& each : problems) BOOST_ERROR(hub::to_text(each));
    BOOST_REQUIRE(calendar);
    BOOST_TEST(calendar->kind(day("2023-01-01"), today).why == "Sunday");
    BOOST_TEST(!calendar->kind(day("2022-12-30"), day("2022-12-29")).working);
    BOOST_TEST(calendar->kind(day("2022-12-30"), day("2022-12-30")).working);
}

BOOST_AUTO_TEST_CASE(all_that_is_wrong_is_told_at_once) {
    hub::Problems problems;
    BOOST_TEST(!reading::calendar_of(written("first-year=\"2022\" last-year=\"2023\"", holiday("date=\"2022-12-25\"") + holiday("date=\"2022-12-29\" known-from=\"2022-12-30\"") +
                                                                                          holiday("date=\"2022-12-29\"") + holiday("date=\"2029-12-28\"")), problems));
    std::string codes;
    for (const auto& each : problems) codes += each.code + " ";
    BOOST_TEST(codes == "TG-D046 TG-D047 TG-D044 TG-D043 TG-D045 ");
}

BOOST_AUTO_TEST_SUITE_END()
