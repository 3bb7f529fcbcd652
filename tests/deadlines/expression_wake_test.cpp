// Until when an answer holds: never later than it changes, and for the common shapes exactly then.
#include <set>

#include "expression_world.hpp"
#include "tests/support/chance.hpp"

using namespace expression_world;
using support::Chance;

namespace {

constexpr std::int64_t hour_us = 3'600'000'000;

bool same(const Value& a, const Value& b) {
    if (a.known != b.known) return false;
    return !a.known || (a.point == b.point && a.number == b.number && a.yes == b.yes && a.text == b.text);
}

/// Random expressions of the language, each of its type. What is not written here: now outside a comparison.
class Author {
public:
    Author(Chance& chance, const std::vector<std::string>& days) : chance_(chance), days_(days) {}

    std::string test(int depth) {
        if (depth > 0 && chance_.one_in(3)) return logic(depth);
        switch (chance_.below(13)) {
            case 0: return "known(" + point(depth - 1) + ")";
            case 1: return "release.category = 'open'";
            case 2: return (chance_.one_in(4) ? "release.mappa" : "count(release.contact)") + chance_.of(numbers_) + number(depth);
            case 3: return number(depth) + chance_.of(numbers_) + (chance_.one_in(2) ? "release.mappa" : std::to_string(chance_.below(60)));
            case 10: return "is_weekday(" + point(depth - 1) + ", 'friday')";
            case 4: return "is_working_day(" + point(depth - 1) + ")";
            case 5: return "release.recall";
            case 6: return now() + chance_.of(points_) + point(depth - 1);
            case 7: return point(depth - 1) + chance_.of(points_) + now();
            case 8: return today() + chance_.of(points_) + point(depth - 1);
            default: return point(depth - 1) + chance_.of(points_) + (chance_.one_in(2) ? today() : point(depth - 1));
        }
    }
    std::string point(int depth) {
        if (depth <= 0 || chance_.one_in(4)) return leaf();
        const auto sub = [&] { return point(depth - 1); };
        switch (chance_.below(14)) {
            case 0: return "earliest(" + sub() + ", " + sub() + ")";
            case 1: return "latest(" + sub() + ", " + sub() + ")";
            case 2: return "nearest(" + sub() + ", " + sub() + ", " + sub() + ")";
            case 3: return "first_known(" + sub() + ", " + sub() + ")";
            case 4: return "future(" + sub() + ")";
            case 5: return "if(" + test(depth - 1) + ", " + sub() + ", " + sub() + ")";
            case 6: return "day(" + (chance_.one_in(3) ? now() : sub()) + ")";
            case 7: return "end_of(" + sub() + ")";
            case 8: return "at(" + sub() + ", '01:30')";
            case 9: return "working_day_on_or_after(" + sub() + ")";
            case 10: return chance_.of(events_) + "release.contact" + window(depth) + ")";
            default: return sub() + length();
        }
    }

private:
    std::string logic(int depth) {
        switch (chance_.below(4)) {
            case 0: return "(" + test(depth - 1) + " and " + test(depth - 1) + ")";
            case 1: return "(" + test(depth - 1) + " or " + test(depth - 1) + ")";
            case 2: return "not (" + test(depth - 1) + ")";
            default: return "(" + test(depth - 1) + " or not " + test(depth - 1) + " and " + test(depth - 1) + ")";
        }
    }
    std::string number(int depth) {
        switch (chance_.below(5)) {
            case 0: return "days_between(" + (chance_.one_in(2) ? today() : point(depth - 1)) + ", " + point(depth - 1) + ")";
            case 1: return "days_between(" + point(depth - 1) + ", " + today() + ")";
            case 2: return "months_between(" + (chance_.one_in(2) ? today() : point(depth - 1)) + ", " + point(depth - 1) + ")";
            case 3: return "count(release.contact" + window(depth) + ")";
            default: return chance_.one_in(2) ? "release.mappa" : std::to_string(chance_.below(40));
        }
    }
    std::string window(int depth) {
        std::string out = chance_.one_in(3) ? " in ('face', 'phone')" : "";
        const auto bound = [&] { return chance_.one_in(3) ? now() : chance_.one_in(2) ? today() : point(depth - 1); };
        if (chance_.one_in(2)) out += " from " + bound();
        if (chance_.one_in(2)) out += " to " + bound();
        return out;
    }
    std::string leaf() {
        switch (chance_.below(8)) {
            case 0: return today();
            case 1: return chance_.of(days_);
            case 2: return "release.left";
            case 3: return "since(release.crd)";
            case 4: return "told(release.crd)";
            case 5: return "sentence.start";
            default: return chance_.of(kinds_);
        }
    }
    std::string length() {
        static const std::vector<std::string> amounts{"1", "2", "3", "8", "14"};
        static const std::vector<std::string> units{" days", " days", " months", " working days", " weeks", " hours", " minutes", " years"};
        return (chance_.one_in(2) ? " + " : " - ") + chance_.of(amounts) + chance_.of(units);
    }
    std::string moved(std::string out) {
        for (std::size_t i = chance_.below(3); i > 0; --i) out += length();
        return out;
    }
    std::string today() { return chance_.one_in(6) ? "cut" : moved("today"); }
    std::string now() { return chance_.one_in(6) ? moved("recent") : moved("now"); }

    Chance& chance_;
    const std::vector<std::string>& days_;
    const std::vector<std::string> points_{" before ", " on or before ", " after ", " on or after ", " = ", " != "};
    const std::vector<std::string> numbers_{" = ", " != ", " less than ", " at most ", " at least ", " more than "};
    const std::vector<std::string> events_{"first(", "last(", "nth(2, "};
    const std::vector<std::string> kinds_{"release.crd", "release.crd", "release.ard", "release.ped"};
};

/// Days near the asked ones, and those where calendars and clocks are odd.
const std::vector<std::string>& days() {
    static const std::vector<std::string> list{"2026-02-28", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31", "2026-04-03", "2026-05-31", "2026-08-31", "2026-10-24",
                                               "2026-10-25", "2026-10-26", "2026-10-31", "2026-11-30", "2026-12-24", "2026-12-28", "2027-02-28", "2028-02-29", "2025-12-31"};
    return list;
}
std::string moment(Chance& chance) {
    const std::string day = chance.of(days());
    static const std::vector<std::string> times{"00:00:00", "00:30:00", "00:59:59.999999", "01:00:00", "01:30:00", "02:00:00", "12:00:00", "23:00:00", "23:30:00", "23:59:59.999999"};
    return chance.one_in(2) ? day : day + "T" + chance.of(times) + "Z";
}
std::string instant(Chance& chance) {
    const std::string out = moment(chance);
    return out.size() == 10 ? out + "T00:00:00Z" : out;
}

World random_world(Chance& chance) {
    World in;
    for (const char* kind : {"release.crd", "release.ard", "release.ped"})
        for (std::size_t i = chance.below(4); i > 0; --i) in.fact(kind, chance.of(days()), moment(chance), instant(chance));
    if (!chance.one_in(3)) in.fact("release.left", moment(chance), chance.of(days()), instant(chance));
    for (std::size_t i = chance.below(3); i > 0; --i) in.fact("release.category", chance.one_in(2) ? "open" : "closed", moment(chance));
    for (std::size_t i = chance.below(3); i > 0; --i) in.fact("release.recall", chance.one_in(2) ? "yes" : "no", moment(chance));
    if (chance.one_in(2)) in.fact("release.mappa", std::to_string(chance.below(4)), moment(chance));
    for (std::size_t i = chance.below(5); i > 0; --i) in.fact("release.contact", chance.one_in(3) ? "missed" : "face", moment(chance));
    for (std::size_t i = chance.below(3); i > 0; --i) in.fact("sentence.start", chance.of(days()), moment(chance), "2020-01-01", "", chance.one_in(2) ? "s1" : "s2");
    in.let("cut", chance.one_in(2) ? "today - 1 month" : "today + 3 working days");
    in.let("recent", chance.one_in(2) ? "now - 24 hours" : "now + 1 month");
    in.let("soon", "release.crd - 8 months - 14 days");
    return in;
}

/// Moments from `from` to before `end` at which something could change: every hour for three days, every midnight for
/// 200 days, then every third, and just before and at the end and the facts' own moments.
std::set<std::int64_t> moments(const World& in, Instant from, std::optional<Instant> end) {
    std::set<std::int64_t> out;
    const std::int64_t start = from.microseconds, stop = end ? end->microseconds : start + 500 * 24 * hour_us;
    const std::int64_t hour = start - ((start % hour_us) + hour_us) % hour_us;
    for (std::int64_t i = 1; i < 72; ++i) out.insert({hour + i * hour_us, hour + i * hour_us - 1, hour + i * hour_us - hour_us / 2});
    for (std::int64_t i = 1; i < 500; i += i < 200 ? 1 : 3) {
        const Instant midnight = *reading::london().start_of(add_days(reading::london().wall(from)->day, i));
        if (midnight.microseconds >= stop) break;
        out.insert({midnight.microseconds, midnight.microseconds + 13 * hour_us});
    }
    for (const GivenFact& each : in.given)
        for (const std::string& text : {each.value, each.valid_from})
            if (const auto point = parse_point(text, reading::london()))
                for (const std::int64_t shift : {0, 1, -1}) {
                    const std::int64_t base = (point->exact ? point->instant : *reading::london().start_of(point->day)).microseconds + shift;
                    out.insert({base, base + 24 * hour_us, base - 24 * hour_us, base + hour_us});
                }
    out.insert(stop - 1);
    out.erase(out.begin(), out.upper_bound(start));
    out.erase(out.lower_bound(stop), out.end());
    out.erase(out.lower_bound(at("2037-12-31").microseconds), out.end());  // the table of the clocks ends soon after
    return out;
}

}  // namespace

BOOST_AUTO_TEST_CASE(between_the_asked_time_and_the_noted_one_the_value_stays) {
    Chance chance(2026);
    int noted = 0, never = 0;
    for (int i = 0; i < 1500; ++i) {
        World in = random_world(chance);
        Author author(chance, days());
        const std::string text = chance.one_in(3) ? author.point(2) : author.test(2);
        Problems problems;
        const Expression expression = in.try_read(text, problems);
        for (const auto& each : problems) BOOST_REQUIRE_MESSAGE(each.code == "TG-D122", hub::to_text(each));  // constants on both sides
        if (!expression) continue;
        const Instant as_of = at(chance.one_in(4) ? instant(chance) : chance.of(days()));
        Asking asking = in.ask(as_of);
        const Value value = expression.evaluate(asking);
        asking.next ? ++noted : ++never;
        BOOST_REQUIRE(!asking.next || *asking.next > as_of);
        for (const std::int64_t each : moments(in, as_of, asking.next)) {
            Asking later = in.ask(Instant{each});
            BOOST_REQUIRE_MESSAGE(same(value, expression.evaluate(later)), text << "\n as of " << hub::to_text(as_of) << " holds until " << (asking.next ? hub::to_text(*asking.next) : "ever")
                                                                                << " but is another at " << hub::to_text(Instant{each}));
        }
    }
    BOOST_TEST(noted > 500);
    BOOST_TEST(never > 500);
}

BOOST_AUTO_TEST_CASE(the_common_comparisons_are_noted_to_the_microsecond) {
    World in;
    in.fact("release.crd", "2026-10-01", "2020-01-01");
    in.fact("release.ped", "2027-03-31", "2020-01-01");
    in.fact("release.left", "2026-10-24T12:30:00Z", "2020-01-01");
    const std::string begins = "2026-09-30T23:00:00.000000Z", ends = "2026-10-01T23:00:00.000000Z", as_of = "2026-07-01T09:00:00Z";
    for (const auto& [text, next] : std::map<std::string, std::string>{
             {"release.crd after today", begins}, {"release.crd on or after today", ends}, {"release.crd before today", ends}, {"release.crd on or before today", begins},
             {"release.crd = today", begins}, {"release.crd != today", begins}, {"today after release.crd", ends}, {"future(release.crd)", begins},
             {"release.crd - 14 days after today", "2026-09-16T23:00:00.000000Z"}, {"release.crd after today + 14 days", "2026-09-16T23:00:00.000000Z"},
             {"release.ped after today + 8 months", "2026-07-30T23:00:00.000000Z"}, {"today + 8 months on or after release.ped", "2026-07-30T23:00:00.000000Z"},
             {"today + 8 months after release.ped", "never"},  // 31 July and all days of August before the 31st lead to 31 March or later: see below
             {"release.crd on or before now", begins}, {"release.left on or before now", "2026-10-24T12:30:00.000000Z"}, {"release.left before now", "2026-10-24T12:30:00.000001Z"},
             {"release.left after now - 24 hours", "2026-10-25T12:30:00.000000Z"}, {"now + 24 hours after release.left", "2026-10-23T12:30:00.000001Z"},
             {"release.left after now - 1 day", "2026-10-24T23:00:00.000000Z"}, {"release.left before today", "2026-10-24T23:00:00.000000Z"},
             {"nearest(2026-06-30, release.crd)", "2026-08-15T23:00:00.000000Z"}, {"nearest(release.crd, 2026-06-30)", "2026-08-15T23:00:00.000000Z"},
             {"nearest(2026-06-30, 2026-10-02)", "2026-08-16T23:00:00.000000Z"}, {"nearest(2026-10-02, 2026-06-30)", "2026-08-15T23:00:00.000000Z"},
             {"at(release.crd, '13:00') before now", "2026-10-01T12:00:00.000001Z"}, {"end_of(release.crd) before now", ends}, {"release.crd after 2026-09-01", "never"},
             {"days_between(today, release.crd) at most 56", "2026-08-05T23:00:00.000000Z"}, {"56 less than days_between(today, release.crd)", "2026-08-05T23:00:00.000000Z"},
             {"days_between(release.crd, today) more than 3", "2026-10-04T23:00:00.000000Z"}, {"days_between(today, release.crd) = 3", "2026-09-27T23:00:00.000000Z"},
             {"latest(today, release.crd)", begins}, {"latest(release.crd, today)", ends}, {"earliest(release.crd, today)", "2026-07-01T23:00:00.000000Z"}, {"earliest(today, 2026-06-01)", "never"},
             {"latest(release.crd, today + 14 days)", "2026-09-17T23:00:00.000000Z"}})
        if (text != "today + 8 months after release.ped") BOOST_TEST(in.next(text, as_of) == next, text << ": " << in.next(text, as_of));
    BOOST_TEST(in.next("today + 8 months after release.ped", as_of) == "2026-07-31T23:00:00.000000Z");  // 1 August leads to 1 April
    BOOST_TEST(in.next("release.crd after today", "2026-10-01") == "never");
    BOOST_TEST(in.next("release.left after now - 1 day", "2026-10-25T10:00:00Z") == "2026-10-25T11:00:00.000000Z");  // an odd day: every hour
}

BOOST_AUTO_TEST_CASE(a_day_stepper_finds_the_same_first_change) {
    Chance chance(7);
    const std::vector<std::string> comparisons{" before ", " on or before ", " after ", " on or after ", " = ", " != "};
    const std::vector<std::string> lengths{"", " + 14 days", " - 14 days", " + 12 months", " - 1 month", " + 8 months + 14 days", " - 7 months - 15 days", " + 5 working days", " - 2 working days",
                                           " + 1 year - 1 day", " + 24 hours", " + 1 month - 1 working day"};
    for (int i = 0; i < 300; ++i) {
        World in;
        in.fact("release.crd", chance.of(days()), "2020-01-01");
        const std::string text = "release.crd" + chance.of(comparisons) + "today" + chance.of(lengths);
        const Expression expression = in.read(text);
        Day day = add_days(reading::day(chance.of(days())), static_cast<std::int64_t>(chance.below(60)) - 30);
        Asking asking = in.ask(*reading::london().start_of(day));
        const Value value = expression.evaluate(asking);
        std::string first = "never";
        for (int step = 1; step < 1300 && first == "never"; ++step) {
            const Instant later = *reading::london().start_of(add_days(day, step));
            Asking then = in.ask(later);
            if (!same(value, expression.evaluate(then))) first = hub::to_text(later);
        }
        const std::string next = asking.next ? hub::to_text(*asking.next) : "never";
        const bool no_change_in_reach = first == "never" && (next == "never" || text.find("working") != std::string::npos);
        BOOST_TEST((next == first || no_change_in_reach), text << " with " << in.given[0].value << " on " << to_text(day) << ": noted " << next << ", changes " << first);
    }
}

BOOST_AUTO_TEST_CASE(what_a_test_left_out_wakes_nobody) {
    World in;
    in.fact("release.crd", "2026-10-01", "2020-01-01");
    in.fact("release.recall", "no", "2020-01-01");
    in.fact("release.recall", "yes", "2026-12-01");
    BOOST_TEST(in.next("release.recall and release.crd after today", "2026-07-01") == "2026-12-01T00:00:00.000000Z");
    BOOST_TEST(in.next("not release.recall or release.crd after today", "2026-07-01") == "2026-12-01T00:00:00.000000Z");
    BOOST_TEST(in.next("if(release.recall, future(release.crd), release.crd)", "2026-07-01") == "2026-12-01T00:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(an_event_notes_when_it_enters_or_leaves_a_moving_window) {
    World in;
    in.fact("release.contact", "face", "2026-07-10", "2020-01-01");
    in.fact("release.contact", "face", "2026-07-20T12:00:00Z", "2020-01-01");
    BOOST_TEST(in.next("count(release.contact from today)", "2026-07-01") == "2026-07-10T23:00:00.000000Z");
    BOOST_TEST(in.next("count(release.contact to today)", "2026-07-01") == "2026-07-09T23:00:00.000000Z");
    BOOST_TEST(in.next("count(release.contact from now - 24 hours)", "2026-07-15") == "2026-07-21T12:00:00.000001Z");
    BOOST_TEST(in.next("count(release.contact in ('phone') from today)", "2026-07-01") == "never");
    BOOST_TEST(in.next("last(release.contact to now)", "2026-07-15") == "2026-07-20T12:00:00.000000Z");
}

BOOST_AUTO_TEST_CASE(now_by_itself_notes_nothing_and_today_its_end) {
    World in;
    BOOST_TEST(in.next("now", "2026-07-01") == "never");
    BOOST_TEST(in.next("now + 1 day", "2026-07-01") == "never");
    BOOST_TEST(in.next("today", "2026-07-01") == "2026-07-01T23:00:00.000000Z");
    BOOST_TEST(in.next("day(now)", "2026-07-01T10:00:00Z") == "2026-07-01T23:00:00.000000Z");
    BOOST_TEST(in.next("day(now - 6 hours)", "2026-07-01T10:00:00Z") == "2026-07-02T05:00:00.000000Z");
}
