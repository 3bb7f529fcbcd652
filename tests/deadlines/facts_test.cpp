// Facts: how points and numbers are read, what is known when, and that the order in which facts arrive decides nothing.
#include "tests/deadlines/facts_world.hpp"

#include <algorithm>
#include <random>

using namespace facts_world;

BOOST_AUTO_TEST_SUITE(points_and_numbers)

BOOST_AUTO_TEST_CASE(a_day_is_a_day_and_a_time_has_the_day_of_the_zone) {
    const auto plain = parse_point("2026-03-01", london());
    BOOST_REQUIRE(plain);
    BOOST_TEST(!plain->exact);
    BOOST_TEST((plain->day == day("2026-03-01")));
    const auto late = parse_point("2026-06-30T23:30:00Z", london());
    BOOST_REQUIRE(late);
    BOOST_TEST(late->exact);
    BOOST_TEST((late->day == day("2026-07-01")));
    BOOST_TEST((parse_point("2026-07-01T00:30:00+01:00", london()) == late));
    BOOST_TEST((parse_point("2026-07-01T00:30:00", london()) == late));
    BOOST_TEST((parse_point("2026-01-01T00:30:00", london())->instant == at("2026-01-01T00:30:00Z")));
    BOOST_TEST((parse_point("2026-07-01T00:30", london()) == late));
    BOOST_TEST((parse_point("2026-06-30T23:30Z", london()) == late));
    BOOST_TEST((parse_point("2026-07-01T00:30+01:00", london()) == late));
    // Shown twice: the first. Never shown: the first instant after the jump.
    BOOST_TEST((parse_point("2026-10-25T01:30:00", london())->instant == at("2026-10-25T00:30:00Z")));
    BOOST_TEST((parse_point("2026-03-29T01:30:00", london())->instant == at("2026-03-29T01:00:00Z")));
    // A birthday needs no clocks, a time does.
    BOOST_TEST(parse_point("1950-05-05", london()).has_value());
    BOOST_TEST(!parse_point("1950-05-05T10:00:00Z", london()));
    BOOST_TEST(!parse_point("1950-05-05T10:00:00", london()));
}

BOOST_AUTO_TEST_CASE(what_is_not_on_the_calendar_is_no_point) {
    for (const char* text : {"", "2026-02-29", "2026-13-01", "2026-2-1", "01/03/2026", "2026-03-01Z", "2026-03-01T", "2026-03-01T9:00:00Z", "2026-03-01T25:00:00Z",
                             "2026-03-01T09", "2026-03-01T09:0", "2026-03-01T09:00:", "2026-03-01 09:00:00", "2026-03-01T09:00:00+1", "2026-03-01T09:00:00Zz", "2026-03-01T-9:00:00", "T", "-", "2026-03-01T09:00:00-"})
        BOOST_TEST(!parse_point(text, london()), text);
}

BOOST_AUTO_TEST_CASE(points_are_written_as_they_are_read) {
    for (const char* text : {"2026-03-01", "2026-03-01T09:00:00Z", "2026-03-01T09:00:00.5Z", "2026-03-01T09:00:00.000001Z", "2026-03-01T09:10:00.12Z"})
        BOOST_TEST(to_text(*parse_point(text, london())) == text);
}

BOOST_AUTO_TEST_CASE(days_compare_with_days_and_times_with_times) {
    const Point plain = *parse_point("2026-07-01", london()), early = *parse_point("2026-07-01T00:30:00+01:00", london()), late = *parse_point("2026-07-01T20:00:00Z", london());
    BOOST_TEST(compare(early, late) < 0);
    BOOST_TEST(compare(late, early) > 0);
    BOOST_TEST(compare(plain, late) == 0);
    BOOST_TEST(compare(early, plain) == 0);
    BOOST_TEST(compare(*parse_point("2026-06-30", london()), early) < 0);
}

BOOST_AUTO_TEST_CASE(numbers_are_exact_or_refused) {
    BOOST_TEST((parse_number("7.5") == 7'500'000));
    BOOST_TEST((parse_number("-0.000001") == -1));
    BOOST_TEST((parse_number("007") == 7'000'000));
    BOOST_TEST((parse_number("1.2500000000") == 1'250'000));
    BOOST_TEST((parse_number("9223372036854.775807") == std::numeric_limits<Millionths>::max()));
    BOOST_TEST((parse_number("-9223372036854.775808") == std::numeric_limits<Millionths>::min()));
    for (const char* text : {"", "-", ".", "1.", ".5", "1.0000001", "1e3", "+1", " 1", "1 ", "1,5", "--1", "9223372036854.775808", "-9223372036854.775809", "99999999999999999999999", "0x10", "nan"})
        BOOST_TEST(!parse_number(text), text);
    for (const char* text : {"0", "7.5", "-7.5", "0.000001", "-0.25", "9223372036854.775807", "-9223372036854.775808", "120"}) BOOST_TEST(number_text(*parse_number(text)) == text);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fact_kinds)

BOOST_AUTO_TEST_CASE(kinds_are_found_by_name) {
    BOOST_TEST(kinds().size() == 7u);
    for (KindId id = 0; id < kinds().size(); ++id) BOOST_TEST(kinds().find(kinds()[id].name) == id);
    BOOST_TEST(kinds().find("release.crdd") == no_kind);
    BOOST_TEST(kinds().find("") == no_kind);
    const FactKind& outcome = kinds()[kinds().find("parole.outcome")];
    BOOST_TEST(outcome.values.size() == 2u);
    BOOST_TEST(outcome.about == "Outcome.");
    const auto names = kinds().names();
    BOOST_TEST(std::is_sorted(names.begin(), names.end()));
}

BOOST_AUTO_TEST_CASE(a_kind_that_is_declared_twice_or_not_whole_is_refused_with_its_line) {
    Problems problems;
    std::string text = kinds_text;
    text.replace(text.find("  <fact kind=\"note\""), 0, "  <fact kind=\"note\" type=\"text\" matter=\"person\" about=\"Another.\"/>\n");
    BOOST_TEST(!kinds_of(text, problems));
    reading::only_problem(problems, "TG-D002", 8, "facts.xml");
    // Read without its schema.
    problems.clear();
    const auto root = formats::read_config("facts.xml", "<facts><fact kind='a' type='colour' matter='person'/></facts>", nullptr, problems);
    BOOST_TEST(!FactKinds::read(*root, "facts.xml", problems));
    reading::only_problem(problems, "TG-D001", 1, "facts.xml");
}

BOOST_AUTO_TEST_CASE(every_shipped_kind_says_what_it_is) {
    Problems problems;
    const auto shipped = kinds_of(reading::bytes_of("schemas/canonical/facts.xml"), problems);
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
    BOOST_REQUIRE(shipped);
    for (KindId id = 0; id < shipped->size(); ++id) {
        const FactKind& kind = (*shipped)[id];
        BOOST_TEST(kind.about.size() > 10u, kind.name);
        BOOST_TEST(kind.about.back() == '.', kind.name);
        BOOST_TEST((kind.values.empty() || kind.type == FactType::code), kind.name);
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(histories)

BOOST_AUTO_TEST_CASE(the_person_is_the_first_matter_and_the_others_are_in_order) {
    const History history = history_of({said("note", "person", "whatever", "x"), said("release.crd", "release", "B", "2026-10-01"), said("release.crd", "release", "A", "2026-10-01"),
                                        said("court.result", "sentence", "A", "1002")});
    std::string names;
    for (const Matter& matter : history.matters()) names += matter.kind + ":" + matter.id + " ";
    BOOST_TEST(names == "person: release:A release:B sentence:A ");
    BOOST_TEST(history.of(kinds().find("note"), 0).size() == 1u);
    BOOST_TEST(history.of(kinds().find("note"), 1).empty());
    BOOST_TEST(history_of({}).matters().size() == 1u);
}

BOOST_AUTO_TEST_CASE(values_have_their_type) {
    const History history = history_of({said("release.crd", "release", "A", "2026-10-01"), said("sentence.indeterminate", "release", "A", "yes"),
                                        said("custody.released", "person", "", "2026-10-01T08:30:00"), said("custody.released", "person", "", "2025-10-01"),
                                        said("work.hours", "requirement", "R", "7.25"), said("parole.outcome", "person", "", "not_release"), said("note", "person", "", "so")});
    BOOST_TEST(text_of(history) ==
               "person: custody.released 2025-10-01/0/no/ from 0001-01-01 told -9223372036854775808#0 \n"
               "person: custody.released 2026-10-01T07:30:00Z/0/no/ from 0001-01-01 told -9223372036854775808#0 \n"
               "person: note 1970-01-01/0/no/so from 0001-01-01 told -9223372036854775808#0 \n"
               "person: parole.outcome 1970-01-01/0/no/not_release from 0001-01-01 told -9223372036854775808#0 \n"
               "release:A release.crd 2026-10-01/0/no/ from 0001-01-01 told -9223372036854775808#0 \n"
               "release:A sentence.indeterminate 1970-01-01/0/yes/ from 0001-01-01 told -9223372036854775808#0 \n"
               "requirement:R work.hours 1970-01-01/7.25/no/ from 0001-01-01 told -9223372036854775808#0 \n");
}

BOOST_AUTO_TEST_CASE(a_date_that_is_given_as_a_time_is_its_day_in_london) {
    const History history = history_of({said("release.crd", "release", "A", "2026-06-30T23:30:00Z")});
    BOOST_TEST((crds(history)[0].point == Point{day("2026-07-01"), {}, false}));
}

BOOST_AUTO_TEST_CASE(a_fact_is_known_from_when_it_was_recorded_until_it_was_retracted) {
    std::vector<GivenFact> given{said("release.crd", "release", "A", "2026-10-01", "2026-01-01", at("2026-01-05T10:00:00Z"))};
    given[0].retracted_at = at("2026-02-01T00:00:00Z");
    const auto known = [&](std::string_view when) { return !text_of(history_of(given, at(when))).empty(); };
    BOOST_TEST(!known("2026-01-05T09:59:59.999999Z"));
    BOOST_TEST(known("2026-01-05T10:00:00Z"));
    BOOST_TEST(known("2026-01-31T23:59:59.999999Z"));
    BOOST_TEST(!known("2026-02-01T00:00:00Z"));
    BOOST_TEST(history_of(given, at("2026-01-05T00:00:00Z")).matters().size() == 1u);
    BOOST_TEST((history_of(given, at("2026-01-05T00:00:00Z")).known_at() == at("2026-01-05T00:00:00Z")));
}

BOOST_AUTO_TEST_CASE(a_later_retraction_takes_back_what_was_said_before_it) {
    std::vector<GivenFact> given{said("release.crd", "release", "A", "2026-10-01", "2026-01-01", at("2026-01-05T10:00:00Z")),
                                 said("release.crd", "release", "A", "2026-10-01", "2026-01-01", at("2026-02-05T10:00:00Z"))};
    given[1].retraction = true;
    const auto values = [&](std::string_view when) {
        const History history = history_of(given, at(when));
        std::string text = history.matters().size() == 1 ? "none" : "";
        if (text.empty())
            for (const KnownFact& fact : crds(history)) text += to_text(fact.point) + " ";
        return text;
    };
    BOOST_TEST(values("2026-02-05T09:59:59Z") == "2026-10-01 ");
    BOOST_TEST(values("2026-02-05T10:00:00Z") == "none");
    given[1].valid_from = "2026-01-02";  // of another point: nothing was said there
    BOOST_TEST(values("2026-03-01T00:00:00Z") == "2026-10-01 ");
    given[1].valid_from.clear();  // of any point
    BOOST_TEST(values("2026-03-01T00:00:00Z") == "none");
    given[1].value = "2026-10-02";
    BOOST_TEST(values("2026-03-01T00:00:00Z") == "2026-10-01 ");
    given[1].value.clear();  // any value
    BOOST_TEST(values("2026-03-01T00:00:00Z") == "none");
    given.push_back(said("release.crd", "release", "A", "2026-12-01", "2026-01-01", at("2026-03-05T10:00:00Z")));  // said after it
    BOOST_TEST(values("2026-04-01T00:00:00Z") == "2026-12-01 ");
    given.push_back(given.back());
    given.back().retraction = true;  // at one time, with one number: taken back
    BOOST_TEST(values("2026-04-01T00:00:00Z") == "none");
    given.back().seq = 1;
    std::swap(given[2].seq, given[3].seq);  // taken back first, said then
    BOOST_TEST(values("2026-04-01T00:00:00Z") == "2026-12-01 ");
    // Of the person, and of a correction: what was said before it stands again.
    given = {said("note", "person", "", "a", "2026-01-01", at("2026-01-05T10:00:00Z")), said("note", "person", "", "b", "2026-01-01", at("2026-01-06T10:00:00Z")),
             said("note", "person", "P", "b", "2026-01-01", at("2026-01-07T10:00:00Z"))};
    given[2].retraction = true;
    BOOST_TEST(std::string(history_of(given).of(kinds().find("note"), 0)[0].text) == "a");
}

BOOST_AUTO_TEST_CASE(a_person_with_more_than_matters_max_matters_is_refused) {
    std::vector<GivenFact> given;
    for (std::size_t i = 1; i < History::matters_max; ++i) given.push_back(said("release.crd", "release", "R" + std::to_string(i), "2026-10-01"));
    Problems problems;
    BOOST_TEST(History(kinds(), london(), given, for_ever, problems).matters().size() == History::matters_max);
    BOOST_TEST(problems.empty());
    given.push_back(said("release.crd", "release", "one more", "2026-10-01"));
    BOOST_TEST(History(kinds(), london(), given, for_ever, problems).matters().size() == 1u);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].code == "TG-D023");
}

BOOST_AUTO_TEST_CASE(a_name_that_is_none_is_answered_by_its_spelling_or_its_words) {
    BOOST_TEST(kinds().cure_for("release.CRD") == "did you mean 'release.crd'?");
    BOOST_TEST(kinds().cure_for("releese.crd") == "did you mean 'release.crd'?");
    BOOST_TEST(kinds().cure_for("court.resolt") == "did you mean 'court.result'?");
    BOOST_TEST(kinds().cure_for("work.hourz") == "did you mean 'work.hours'?");
    const std::string table = "`throughgate manual facts SITE` lists them all";
    BOOST_TEST(kinds().cure_for("crd") == "did you mean 'release.crd'? " + table);
    BOOST_TEST(kinds().cure_for("parole.result") == "did you mean 'court.result'? " + table);
    BOOST_TEST(kinds().cure_for("favourite.colour") == table);
    BOOST_TEST(kinds().cure_for("") == table);
    BOOST_TEST(kinds().cure_for(std::string(5'000, 'x')) == table);
}

BOOST_AUTO_TEST_CASE(of_one_point_the_later_record_counts_and_of_one_time_the_higher_number) {
    std::vector<GivenFact> given{said("release.crd", "release", "A", "2026-10-01", "2026-01-01", at("2026-01-05T10:00:00Z")),
                                 said("release.crd", "release", "A", "2026-11-01", "2026-01-01", at("2026-02-05T10:00:00Z")),
                                 said("release.crd", "release", "A", "2026-12-01", "2026-01-01", at("2026-02-05T10:00:00Z"))};
    given[2].seq = 1;
    const auto value = [&](std::string_view when) {
        const History history = history_of(given, at(when));
        return crds(history).size() == 1 ? to_text(crds(history)[0].point) : std::to_string(crds(history).size());
    };
    BOOST_TEST(value("2026-02-01T00:00:00Z") == "2026-10-01");
    BOOST_TEST(value("2026-02-05T10:00:00Z") == "2026-12-01");
    // A correction that is taken back leaves what was said before it.
    given[2].retracted_at = given[1].retracted_at = at("2026-03-01T00:00:00Z");
    BOOST_TEST(value("2026-03-02T00:00:00Z") == "2026-10-01");
}

BOOST_AUTO_TEST_CASE(facts_of_other_points_stand_side_by_side_and_in_order) {
    const History history = history_of({said("release.crd", "release", "A", "2026-12-01", "2026-03-01T09:00:00Z"), said("release.crd", "release", "A", "2026-11-01", "2026-03-01"),
                                        said("release.crd", "release", "A", "2026-10-01", "2026-02-28")});
    std::string values;
    for (const KnownFact& fact : crds(history)) values += to_text(fact.point) + " ";
    BOOST_TEST(values == "2026-10-01 2026-11-01 2026-12-01 ");
}

BOOST_AUTO_TEST_CASE(what_one_record_says_of_one_point_stands_side_by_side) {
    const Instant then = at("2026-01-05T10:00:00Z"), later = at("2026-01-06T10:00:00Z");
    std::vector<GivenFact> given{said("court.result", "sentence", "S", "3105", "2026-01-05", then), said("court.result", "sentence", "S", "1002", "2026-01-05", then)};
    const auto values = [&] {
        const History history = history_of(given);
        std::string text;
        for (const KnownFact& fact : history.of(kinds().find("court.result"), 1)) text += std::string(fact.text) + (fact.recorded_at == then ? " " : "' ");
        return text;
    };
    BOOST_TEST(values() == "1002 3105 ");
    // A later record says one of the two again, which is known since it was first said, and another one instead of the other.
    given.push_back(said("court.result", "sentence", "S", "1002", "2026-01-05", later));
    given.push_back(said("court.result", "sentence", "S", "4000", "2026-01-05", later));
    BOOST_TEST(values() == "1002 4000' ");
}

BOOST_AUTO_TEST_CASE(facts_whose_keeper_retracts_are_not_corrected_by_later_ones) {
    std::vector<GivenFact> given{said("court.result", "sentence", "S", "1002", "2026-01-05", at("2026-01-05T10:00:00Z")),
                                 said("court.result", "sentence", "S", "4000", "2026-01-05", at("2026-01-06T10:00:00Z"))};
    for (GivenFact& fact : given) fact.stands_until_retracted = true;
    const auto count = [&](std::string_view when) { return history_of(given, at(when)).of(kinds().find("court.result"), 1).size(); };
    BOOST_TEST(count("2026-01-07T00:00:00Z") == 2u);
    given[0].retracted_at = at("2026-01-08T00:00:00Z");
    BOOST_TEST(count("2026-01-07T00:00:00Z") == 2u);
    BOOST_TEST(count("2026-01-08T00:00:00Z") == 1u);
}

BOOST_AUTO_TEST_CASE(without_valid_from_a_fact_is_valid_from_when_it_was_recorded) {
    const History history = history_of({said("release.crd", "release", "A", "2026-10-01", "", at("2026-06-30T23:30:00Z"))});
    BOOST_TEST((crds(history)[0].valid_from == Point{day("2026-07-01"), at("2026-06-30T23:30:00Z"), true}));
}

BOOST_AUTO_TEST_CASE(a_history_keeps_its_texts_when_it_moves_and_when_what_was_given_is_gone) {
    History moved = [] {
        std::vector<GivenFact> given{said("note", "person", "", "a text that is too long for a small string"), said("note", "person", "", "b", "2026-01-01")};
        given[1].source = "r";
        return history_of(given);
    }();
    const History history = std::move(moved);
    BOOST_TEST(history.of(kinds().find("note"), 0)[0].text == "a text that is too long for a small string");
    BOOST_TEST(history.of(kinds().find("note"), 0)[1].text == "b");
    BOOST_TEST(history.of(kinds().find("note"), 0)[1].source == "r");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_fact_is_said_with_its_line_and_a_cure) {
    const auto at_line = [](GivenFact fact) {
        fact.file = "f.xml";
        fact.line = 7;
        return fact;
    };
    const Problem unknown = problem_of(at_line(said("release.crdd", "release", "A", "2026-10-01")));
    BOOST_TEST(to_text(unknown).find("f.xml:7") == 0u);
    BOOST_TEST(unknown.code == "TG-D004");
    BOOST_TEST(unknown.cure == "did you mean 'release.crd'?");
    const Problem misplaced = problem_of(at_line(said("release.crd", "person", "", "2026-10-01")));
    BOOST_TEST(misplaced.code == "TG-D005");
    BOOST_TEST(misplaced.cure.find("\"release\"") != std::string::npos);
    for (const auto& [fact, wanted] : {std::pair{said("release.crd", "release", "A", "1/10/2026"), "2026-03-01"}, {said("custody.released", "person", "", "noon"), "London time"}, {said("work.hours", "requirement", "R", "seven"), "7.5"},
                                       {said("sentence.indeterminate", "release", "A", "maybe"), "yes or no"}, {said("note", "person", "", ""), "a text"}}) {
        const Problem problem = problem_of(at_line(fact));
        BOOST_TEST(problem.code == "TG-D006");
        BOOST_TEST(problem.what.find("'" + fact.value + "'") != std::string::npos);
        BOOST_TEST(problem.cure.find(wanted) != std::string::npos, problem.cure);
    }
    const Problem other = problem_of(at_line(said("parole.outcome", "person", "", "notrelease")));
    BOOST_TEST(other.code == "TG-D007");
    BOOST_TEST(other.cure == "did you mean 'not_release'?");
    BOOST_TEST(problem_of(at_line(said("note", "person", "", "x", "yesterday"))).code == "TG-D008");
}

BOOST_AUTO_TEST_CASE(what_a_record_says_is_not_quoted) {
    for (const GivenFact& fact : {said("release.crd", "release", "A", "secret"), said("parole.outcome", "person", "", "secret"), said("note", "person", "", "x", "secret"),
                                  said("release.crd", "secret", "A", "2026-10-01"), said("secret", "person", "", "x")}) {
        const Problem problem = problem_of(fact);
        BOOST_TEST((problem.what + problem.cure).find("secret") == std::string::npos, problem.what);
    }
}

BOOST_AUTO_TEST_CASE(a_flood_of_wrong_facts_is_cut_at_the_limit) {
    Problems problems;
    const History history(kinds(), london(), std::vector<GivenFact>(fact_problems_max + 10, said("release.crd", "release", "A", "x")), for_ever, problems);
    BOOST_TEST(problems.size() == fact_problems_max);
}

// Few values, points and times, so that corrections, repetitions, retractions and ties all happen.
BOOST_AUTO_TEST_CASE(the_order_of_arrival_decides_nothing) {
    std::mt19937 random(20261124);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 400; ++round) {
        std::vector<GivenFact> given;
        for (std::uint32_t i = 0, n = pick(14); i < n; ++i) {
            const std::string d = std::to_string(1 + pick(3));
            GivenFact fact = pick(3) == 0 ? said("note", "person", "", "n" + d) : pick(2) == 0 ? said("court.result", "sentence", "S" + std::to_string(pick(2)), "100" + d)
                                                                                                : said("release.crd", "release", "A", "2026-10-0" + d);
            if (pick(3) != 0) fact.valid_from = "2026-01-0" + std::to_string(1 + pick(2)) + (pick(3) == 0 ? "T09:00:00Z" : "");
            if (pick(4) != 0) fact.recorded_at = at("2026-02-0" + std::to_string(1 + pick(3)) + "T00:00:00Z");
            fact.seq = pick(3);
            fact.source = "r" + std::to_string(pick(2));
            fact.retraction = pick(6) == 0;
            if (fact.retraction && pick(3) == 0) fact.value.clear();
            if (pick(5) == 0 && !fact.retraction) fact.retracted_at = at("2026-02-0" + std::to_string(2 + pick(4)) + "T00:00:00Z");
            fact.stands_until_retracted = pick(6) == 0;
            given.push_back(fact);
        }
        const Instant known_at = pick(2) == 0 ? for_ever : at("2026-02-0" + std::to_string(1 + pick(5)) + "T00:00:00Z");
        const std::string expected = text_of(history_of(given, known_at));
        for (int shuffle = 0; shuffle < 8; ++shuffle) {
            std::shuffle(given.begin(), given.end(), random);
            BOOST_REQUIRE(text_of(history_of(given, known_at)) == expected);
        }
    }
}

// What is believed is computed again, fact by fact in the order of time, by the rule as it is told.
BOOST_AUTO_TEST_CASE(corrections_agree_with_a_keeper_who_hears_records_one_by_one) {
    std::mt19937 random(7);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    for (int round = 0; round < 500; ++round) {
        std::vector<GivenFact> given;
        std::map<std::string, int> believed;  // value -> when it was first said
        for (int hour = 0; hour < 6; ++hour) {
            std::map<std::string, int> now;
            for (std::uint32_t i = 0, n = pick(4); i < n; ++i) {
                const std::string value = std::to_string(1000 + pick(4));
                given.push_back(said("court.result", "sentence", "S", value, "2026-01-01", at("2026-02-01T0" + std::to_string(hour) + ":00:00Z")));
                now[value] = believed.count(value) ? believed[value] : hour;
            }
            if (!now.empty()) believed = now;
        }
        std::string expected, found;
        for (const auto& [value, hour] : believed) expected += value + "@" + std::to_string(hour) + " ";
        std::shuffle(given.begin(), given.end(), random);
        const History history = history_of(given);
        if (!given.empty())
            for (const KnownFact& fact : history.of(kinds().find("court.result"), 1)) found += std::string(fact.text) + "@" + to_text(fact.recorded_at).substr(12, 1) + " ";
        BOOST_REQUIRE(found == expected);
    }
}

BOOST_AUTO_TEST_SUITE_END()

