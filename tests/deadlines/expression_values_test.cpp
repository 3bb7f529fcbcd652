// What expressions come to: constants, three-valued tests, comparisons, lengths of time, functions.
#include "expression_world.hpp"

using namespace expression_world;

namespace {

/// Nothing is known of release.ard, release.recall and release.mappa.
World world() {
    World out;
    out.fact("release.crd", "2026-10-01", "2020-01-01");
    out.fact("release.ped", "2027-03-31", "2020-01-01");
    out.fact("release.left", "2026-10-25T00:30:00Z", "2020-01-01");  // 01:30 in London, an hour before the clocks show it again
    out.fact("release.category", "open", "2020-01-01");
    out.fact("person.welsh", "yes", "2020-01-01");
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(tests_have_three_outcomes) {
    World in = world();
    const std::string yes = "person.welsh", no = "(person.welsh = no)", unknown = "release.recall";
    const auto outcome = [&](const std::string& text) { return in.text(text); };
    struct Row {
        std::string a, b;
        const char *both, *either;
    };
    for (const Row& row : std::vector<Row>{{yes, yes, "yes", "yes"}, {yes, no, "no", "yes"}, {no, yes, "no", "yes"}, {no, no, "no", "no"},
                                           {yes, unknown, "unknown", "yes"}, {unknown, yes, "unknown", "yes"}, {no, unknown, "no", "unknown"},
                                           {unknown, no, "no", "unknown"}, {unknown, unknown, "unknown", "unknown"}}) {
        BOOST_TEST(outcome(row.a + " and " + row.b) == row.both, row.a << " and " << row.b);
        BOOST_TEST(outcome(row.a + " or " + row.b) == row.either, row.a << " or " << row.b);
    }
    BOOST_TEST(outcome("not " + yes) == "no");
    BOOST_TEST(outcome("not " + no) == "yes");
    BOOST_TEST(outcome("not " + unknown) == "unknown");
    BOOST_TEST(outcome("not not " + yes) == "yes");
    for (const char* compared : {"release.ard = release.crd", "release.ard != release.crd", "release.ard before today", "release.mappa at most 2", "release.mappa != 2", "release.recall = no"})
        BOOST_TEST(outcome(compared) == "unknown", compared);
    BOOST_TEST(outcome("release.prison in ('a')") == "unknown");
    BOOST_TEST(outcome("known(release.ard)") == "no");
    BOOST_TEST(outcome("unknown(release.ard)") == "yes");
    BOOST_TEST(outcome("known(release.crd)") == "yes");
    BOOST_TEST(outcome("unknown(release.recall and person.welsh)") == "yes");
}

BOOST_AUTO_TEST_CASE(not_binds_before_and_and_before_or) {
    World in = world();
    BOOST_TEST(in.text("yes or no and no") == "yes");
    BOOST_TEST(in.text("(yes or no) and no") == "no");
    BOOST_TEST(in.text("not no and no") == "no");
    BOOST_TEST(in.text("not (no and no)") == "yes");
    BOOST_TEST(in.text("not release.category = 'closed'") == "yes");
    BOOST_TEST(in.text("today on or before 2026-11-24 or no") == "yes");
}

BOOST_AUTO_TEST_CASE(sides_compare_by_their_type) {
    World in = world();
    in.fact("release.mappa", "2.5", "2020-01-01");
    for (const char* yes : {"release.category = 'open'", "release.category != 'closed'", "release.category in ('closed', 'open')", "person.welsh = yes", "release.mappa = 2.5",
                            "release.mappa less than 2.500001", "release.mappa at most 2.5", "release.mappa at least 2.5", "release.mappa more than 2.499999", "release.crd = 2026-10-01",
                            "release.crd before 2026-10-02", "release.crd on or before 2026-10-01", "release.crd after 2026-09-30", "release.crd on or after 2026-10-01"})
        BOOST_TEST(in.text(yes) == "yes", yes);
    for (const char* no : {"release.category in ('closed')", "release.mappa less than 2.5", "release.mappa more than 2.5", "release.crd before 2026-10-01", "release.crd after 2026-10-01", "release.crd != 2026-10-01"})
        BOOST_TEST(in.text(no) == "no", no);
}

BOOST_AUTO_TEST_CASE(a_day_and_an_instant_compare_by_the_london_day) {
    World in = world();
    in.fact("release.left", "2026-07-01T23:30:00Z", "2021-01-01");  // 00:30 on 2 July in London
    BOOST_TEST(in.text("release.left = 2026-07-02") == "yes");
    BOOST_TEST(in.text("release.left on or before 2026-07-01") == "no");
    BOOST_TEST(in.text("day(release.left)") == "2026-07-02");
    BOOST_TEST(in.text("today", "2026-07-01T23:00:00Z") == "2026-07-02");
    BOOST_TEST(in.text("today", "2026-07-01T22:59:59.999999Z") == "2026-07-01");
    BOOST_TEST(in.text("release.left before now", "2026-07-01T23:30:00Z") == "no");
    BOOST_TEST(in.text("release.left before now", "2026-07-01T23:30:00.000001Z") == "yes");
}

BOOST_AUTO_TEST_CASE(lengths_are_added_from_left_to_right_and_months_clamp) {
    World in;
    for (const auto& [text, day] : std::map<std::string, std::string>{
             {"2024-10-31 - 8 months - 14 days", "2024-02-15"}, {"2024-03-31 - 1 month", "2024-02-29"}, {"2024-02-29 - 12 months", "2023-02-28"},
             {"2024-02-29 - 1 year", "2023-02-28"}, {"2023-04-30 + 10 months", "2024-02-29"}, {"2024-03-31 - 1 day - 1 month", "2024-02-29"},
             {"2024-03-31 - 1 month - 1 day", "2024-02-28"}, {"2026-10-01 - 56 days", "2026-08-06"}, {"2026-10-01 - 8 weeks", "2026-08-06"},
             {"2026-12-24 + 1 working day", "2026-12-29"}, {"2026-12-29 - 1 working day", "2026-12-24"}, {"2026-12-26 + 0 working days", "2026-12-26"},
             {"2026-08-28 + 5 working days", "2026-09-07"}, {"2026-03-01 + 24 hours", "2026-03-02"}, {"2026-03-01 + 1 hour", "2026-03-02"},
             {"2026-03-01 + 25 hours", "2026-03-03"}, {"2026-03-01 - 24 hours", "2026-02-28"}, {"2026-03-01 - 1 hour", "2026-03-01"}, {"2026-03-01 + 0 hours", "2026-03-01"},
             {"2026-03-01 - 30 hours", "2026-02-28"}, {"2026-03-01 + 90 minutes", "2026-03-02"}})
        BOOST_TEST(in.text(text) == day, text << " is " << in.text(text));
}

BOOST_AUTO_TEST_CASE(hours_pass_and_days_keep_the_clock) {
    World in = world();
    in.fact("release.left", "2026-03-28T12:00:00Z", "2021-01-01");  // the clocks go forward in the night
    BOOST_TEST(in.text("release.left + 24 hours") == "2026-03-29T12:00:00Z");
    BOOST_TEST(in.text("release.left + 1 day") == "2026-03-29T11:00:00Z");
    BOOST_TEST(in.text("release.left + 1 month") == "2026-04-28T11:00:00Z");
    BOOST_TEST(in.text("release.left + 1 working day") == "2026-03-30T11:00:00Z");
    BOOST_TEST(in.text("release.left + 1 day + 1 hour") == "2026-03-29T12:00:00Z");
    in.fact("release.left", "2026-03-28T01:30:00Z", "2022-01-01");  // 01:30 does not come the next day
    BOOST_TEST(in.text("release.left + 1 day") == "2026-03-29T01:00:00Z");
    in.fact("release.left", "2026-10-24T00:30:00Z", "2023-01-01");  // 01:30 comes twice the next day: the first
    BOOST_TEST(in.text("release.left + 1 day") == "2026-10-25T00:30:00Z");
    BOOST_TEST(in.text("release.left + 24 hours") == "2026-10-25T00:30:00Z");
    in.fact("release.left", "2026-07-01T22:30:00Z", "2024-01-01");
    BOOST_TEST(in.text("day(release.left + 1 hour)") == "2026-07-02");
}

BOOST_AUTO_TEST_CASE(a_setting_may_say_how_long) {
    World in = world();
    in.named.settings.push_back({"reply_days", "", "working days", false, 5'000'000, {}});
    in.named.settings.push_back({"tries", "", "count", false, 3'000'000, {}});
    in.named.settings.push_back({"go_live", "", "date", true, {}, reading::day("2026-06-01")});
    in.named.settings.push_back({"unset_days", "", "days", false, {}, {}});
    in.named.settings.push_back({"unset_day", "", "date", true, {}, {}});
    BOOST_TEST(in.text("2026-08-28 + reply_days working days") == "2026-09-07");
    BOOST_TEST(in.text("tries at least 3") == "yes");
    BOOST_TEST(in.text("go_live + 1 day") == "2026-06-02");
    BOOST_TEST(in.text("release.crd + unset_days days") == "unknown");
    BOOST_TEST(in.text("unset_day") == "unknown");
    in.let("due", "release.crd + unset_days days");
    std::set<std::string> unset;
    in.read("due before unset_day or known(go_live)").add_unset(unset);
    BOOST_TEST((unset == std::set<std::string>{"unset_day", "unset_days"}));
}

BOOST_AUTO_TEST_CASE(functions_choose_among_what_is_known) {
    World in = world();
    BOOST_TEST(in.text("earliest(release.crd, release.ped, release.ard)") == "2026-10-01");
    BOOST_TEST(in.text("latest(release.ard, release.crd, release.ped)") == "2027-03-31");
    BOOST_TEST(in.text("earliest(release.ard, release.ard)") == "unknown");
    BOOST_TEST(in.text("first_known(release.ard, release.ped, release.crd)") == "2027-03-31");
    BOOST_TEST(in.text("first_known(release.prison, release.category)") == "open");
    BOOST_TEST(in.text("first_known(release.prison, 'none')") == "none");
    BOOST_TEST(in.text("nearest(2026-11-20, 2026-11-28)") == "2026-11-20");
    BOOST_TEST(in.text("nearest(2026-11-28, 2026-11-20)") == "2026-11-28");
    BOOST_TEST(in.text("nearest(2026-11-18, 2026-11-29, release.ard)") == "2026-11-29");
    BOOST_TEST(in.text("future(2026-11-25)") == "2026-11-25");
    BOOST_TEST(in.text("future(2026-11-24)") == "unknown");
    BOOST_TEST(in.text("future(release.ard)") == "unknown");
    BOOST_TEST(in.text("if(person.welsh, release.crd, release.ped)") == "2026-10-01");
    BOOST_TEST(in.text("if(not person.welsh, release.crd, release.ped)") == "2027-03-31");
    BOOST_TEST(in.text("if(release.recall, release.crd, release.ped)") == "2027-03-31");
    BOOST_TEST(in.text("if(person.welsh, release.ard, release.ped)") == "unknown");
}

BOOST_AUTO_TEST_CASE(functions_of_days) {
    World in = world();
    BOOST_TEST(in.text("at(2026-07-01, '13:00')") == "2026-07-01T12:00:00Z");
    BOOST_TEST(in.text("at(2026-12-01, '13:00')") == "2026-12-01T13:00:00Z");
    BOOST_TEST(in.text("end_of(2026-07-01)") == "2026-07-01T22:59:59.999999Z");
    BOOST_TEST(in.text("day(end_of(2026-07-01))") == "2026-07-01");
    BOOST_TEST(in.text("2026-07-02 on or before end_of(2026-07-01)") == "no");
    BOOST_TEST(in.text("working_day_on_or_after(2026-12-25)") == "2026-12-29");
    BOOST_TEST(in.text("working_day_on_or_before(2026-12-28)") == "2026-12-24");
    BOOST_TEST(in.text("working_day_on_or_after(2026-12-24)") == "2026-12-24");
    BOOST_TEST(in.text("is_working_day(2026-12-28)") == "no");
    BOOST_TEST(in.text("is_working_day(2026-12-29)") == "yes");
    BOOST_TEST(in.text("is_weekday(2026-11-24, 'tuesday')") == "yes");
    BOOST_TEST(in.text("is_weekday(today, 'friday')") == "no");
    BOOST_TEST(in.text("days_between(2026-11-24, 2026-11-20)") == "-4");
    BOOST_TEST(in.text("days_between(today, release.ped)") == "127");
    for (const auto& [text, months] : std::map<std::string, std::string>{{"months_between(2023-04-30, 2024-02-29)", "10"}, {"months_between(2023-04-30, 2024-02-28)", "9"},
                                                                          {"months_between(2024-01-31, 2024-02-29)", "1"}, {"months_between(2024-05-10, 2024-05-10)", "0"},
                                                                          {"months_between(2024-05-10, 2024-03-11)", "-1"}, {"months_between(2024-05-10, 2024-03-10)", "-2"}})
        BOOST_TEST(in.text(text) == months, text << " is " << in.text(text));
    BOOST_TEST(in.text("days_between(release.ard, today)") == "unknown");
}

BOOST_AUTO_TEST_CASE(a_period_has_a_first_and_a_last_day) {
    World in;
    in.named.in_window = true;
    BOOST_TEST(in.text("window.start") == "unknown");
    in.window_start = Value{.known = true, .point = {reading::day("2026-11-01"), {}, false}};
    in.window_end = Value{.known = true, .point = {reading::day("2026-11-30"), {}, false}};
    BOOST_TEST(in.text("window.start + 1 day") == "2026-11-02");
    BOOST_TEST(in.text("window.end") == "2026-11-30");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_computed_is_unknown_with_its_trouble) {
    World in = world();
    const auto trouble = [&](const char* text) {
        Asking asking = in.ask(at("2026-11-24"));
        const Value value = in.read(text).evaluate(asking);
        BOOST_TEST(!value.known, text);
        return asking.trouble ? asking.trouble->code + (asking.trouble->cure.empty() ? " without a cure" : "") : std::string("none");
    };
    const std::string outside = trouble("2040-01-01 + 5 working days");
    BOOST_TEST(outside.find("TG-D0") == 0u, outside);
    BOOST_TEST(trouble("is_working_day(2040-01-01)") == outside);
    BOOST_TEST(trouble("working_day_on_or_before(1999-01-01)") == outside);
    BOOST_TEST(trouble("at(9999-01-01, '09:00')") == "TG-D131");
    BOOST_TEST(trouble("end_of(9999-01-01)") == "TG-D131");
    BOOST_TEST(trouble("release.left + 3000 years") == "TG-D131");
    BOOST_TEST(trouble("release.ard") == "none");
    in.calendar = nullptr;
    BOOST_TEST(trouble("release.crd + 5 working days") == "TG-D130");
    BOOST_TEST(trouble("is_working_day(release.crd)") == "TG-D130");
    in.let("due", "release.crd + 5 working days");
    const Expression due = in.read("due");
    Asking asking = in.ask(at("2026-11-24"));
    due.evaluate(asking);
    BOOST_TEST(bool(asking.trouble));
    asking.trouble.reset();
    due.evaluate(asking);
    BOOST_TEST(bool(asking.trouble), "a let whose trouble was cleared is troubled again");
}

BOOST_AUTO_TEST_CASE(a_let_is_evaluated_once_and_noted_each_time) {
    World in = world();
    in.fact("release.crd", "2026-12-01", "2026-11-30", "2026-11-01");
    in.let("due", "release.crd + 1 day");
    const Expression due = in.read("due");
    Asking asking = in.ask(at("2026-11-24"));
    const Value first = due.evaluate(asking);
    const auto next = asking.next, told = asking.told;
    BOOST_TEST((next && told));
    asking.next = asking.told = std::nullopt;
    const Value second = due.evaluate(asking);
    BOOST_TEST((first.point == second.point && asking.next == next && asking.told == told));
}

BOOST_AUTO_TEST_CASE(an_expression_knows_its_type_its_text_and_what_it_reads) {
    World in = world();
    in.let("handover", "release.crd - 8 months");
    const Expression read = in.read("handover before today or sentence.start = today or count(visit.held) at least 1");
    BOOST_TEST((read.type() == ValueType::yes_no));
    BOOST_TEST(read.text() == "handover before today or sentence.start = today or count(visit.held) at least 1");
    std::set<KindId> reads;
    read.add_reads(reads);
    BOOST_TEST((reads == std::set<KindId>{in.kinds->find("release.crd"), in.kinds->find("sentence.start"), in.kinds->find("visit.held")}));
    BOOST_TEST((in.read("release.crd").type() == ValueType::date));
    BOOST_TEST((in.read("first_known(release.crd, release.left)").type() == ValueType::instant));
    BOOST_TEST((in.read("first(release.crd)").type() == ValueType::date));
    BOOST_TEST((in.read("first(release.contact)").type() == ValueType::instant));
}

BOOST_AUTO_TEST_CASE(lengths_of_time_are_read) {
    Named named;
    named.settings.push_back({"reply_days", "", "days", false, 10'000'000, {}});
    named.settings.push_back({"unset_days", "", "days", false, {}, {}});
    const auto length = [&](const char* text) {
        std::string why;
        const auto read = read_length(text, named, why);
        BOOST_TEST((read.has_value() != !why.empty()), text);
        return read ? std::to_string(read->months) + "/" + std::to_string(read->days) + "/" + std::to_string(read->working_days) + "/" + std::to_string(read->minutes) : why;
    };
    BOOST_TEST(length("5 working days") == "0/0/5/0");
    BOOST_TEST(length("8 months 14 days") == "8/14/0/0");
    BOOST_TEST(length("1 year 2 weeks 1 hour 30 minutes") == "12/14/0/90");
    BOOST_TEST(length("24 hours") == "0/0/0/1440");
    BOOST_TEST(length("reply_days days") == "0/10/0/0");
    BOOST_TEST(length("1 working day") == "0/0/1/0");
    for (const auto& [text, part] : std::map<const char*, const char*>{{"", "nothing"}, {"5", "unit"}, {"days", "unit"}, {"5 moons", "no unit"}, {"5 working", "no unit"}, {"-1 days", "no setting"},
                                                                       {"1.5 days", "not whole"}, {"100001 days", "amount_max"}, {"99999999999999999999 days", "amount_max"}, {"reply_dys days", "reply_days"},
                                                                       {"reply_days months", "is in 'days'"}, {"unset_days days", "not set"}, {"60000 working days 60000 working days", "amount_max"}})
        BOOST_TEST(length(text).find(part) != std::string::npos, text << ": " << length(text));
    std::string why;
    std::set<std::string> unset;
    const auto read = read_length("unset_days days 1 hour", named, why, &unset);
    BOOST_TEST((read && read->days == 0 && read->minutes == 60 && unset.count("unset_days") == 1));
}

BOOST_AUTO_TEST_CASE(shifting_counts_months_then_days_then_hours) {
    World in;
    std::string why;
    const Length length = *read_length("14 days 8 months", in.named, why);
    Asking asking = in.ask(at("2026-11-24"));
    const Value from{.known = true, .point = {reading::day("2024-10-31"), {}, false}};
    BOOST_TEST(to_text(shift(from, length, -1, asking).point) == "2024-02-15");
    BOOST_TEST(!shift(Value{}, length, -1, asking).known);
}
