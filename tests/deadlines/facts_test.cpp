// Facts: how points and numbers are read, what is known when, and that the order in which facts arrive decides nothing.
#include "hub/deadlines/facts.hpp"

#include <algorithm>
#include <limits>
#include <random>

#include "tests/deadlines/reading.hpp"

using namespace hub;
using namespace hub::deadlines;
using reading::day;
using reading::london;

namespace {

constexpr const char* kinds_text = R"text(<facts xmlns="urn:throughgate:facts-declared:1">
  <fact kind="release.crd" type="date" matter="release" about="Conditional release date."/>
  <fact kind="sentence.indeterminate" type="yes_no" matter="release" about="No fixed end."/>
  <fact kind="custody.released" type="instant" matter="person" about="When released."/>
  <fact kind="parole.outcome" type="code" matter="person" about="Outcome."><value code="release"/><value code="not_release"/></fact>
  <fact kind="court.result" type="code" matter="sentence" about="Result code."/>
  <fact kind="note" type="text" matter="person" about="A note."/>
  <fact kind="work.hours" type="number" matter="requirement" about="Hours."/>
</facts>)text";

std::shared_ptr<const FactKinds> kinds_of(const std::string& text, Problems& problems) {
    const std::string xsd = reading::bytes_of("schemas/site/facts.xsd");
    const auto root = formats::read_config("facts.xml", text, &xsd, problems);
    return root ? FactKinds::read(*root, "facts.xml", problems) : nullptr;
}

const FactKinds& kinds() {
    static const auto read = [] {
        Problems problems;
        auto made = kinds_of(kinds_text, problems);
        BOOST_REQUIRE(made && problems.empty());
        return made;
    }();
    return *read;
}

Instant at(std::string_view text) { return *parse_instant(text); }
constexpr Instant for_ever{std::numeric_limits<std::int64_t>::max()};

GivenFact said(std::string kind, std::string matter_kind, std::string matter, std::string value, std::string valid_from = "", Instant recorded_at = from_the_beginning) {
    GivenFact fact;
    fact.kind = std::move(kind);
    fact.matter_kind = std::move(matter_kind);
    fact.matter = std::move(matter);
    fact.value = std::move(value);
    fact.valid_from = std::move(valid_from);
    fact.recorded_at = recorded_at;
    return fact;
}

std::string text_of(const History& history) {
    std::string text;
    for (std::uint32_t m = 0; m < history.matters().size(); ++m)
        for (KindId k = 0; k < kinds().size(); ++k)
            for (const KnownFact& fact : history.of(k, m))
                text += history.matters()[m].kind + ":" + history.matters()[m].id + " " + kinds()[k].name + " " + to_text(fact.point) + "/" + number_text(fact.number) + "/" +
                        (fact.yes ? "yes" : "no") + "/" + std::string(fact.text) + " from " + to_text(fact.valid_from) + " told " +
                        std::to_string(fact.recorded_at.microseconds) + "#" + std::to_string(fact.seq) + " " + std::string(fact.source) + "\n";
    return text;
}

History history_of(const std::vector<GivenFact>& given, Instant known_at = for_ever) {
    Problems problems;
    History history(kinds(), london(), given, known_at, problems);
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
    return history;
}

std::span<const KnownFact> crds(const History& history) { return history.of(kinds().find("release.crd"), 1); }

Problem problem_of(const GivenFact& fact) {
    Problems problems;
    const History history(kinds(), london(), {fact}, for_ever, problems);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(history.matters().size() == 1u);
    BOOST_TEST(text_of(history).empty());
    BOOST_TEST(!problems[0].cure.empty());
    return problems[0];
}

std::vector<GivenPerson> file_of(const std::string& facts, Problems& problems) {
    return read_facts_file("facts.xml", "<facts xmlns=\"urn:throughgate:facts:1\">\n" + facts + "\n</facts>", london(), problems);
}

}  // namespace

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

BOOST_AUTO_TEST_SUITE(facts_files)

BOOST_AUTO_TEST_CASE(a_file_says_who_what_since_when_and_when_it_was_said) {
    Problems problems;
    const auto people = file_of(R"text(<person id="A1234AA"><matter id="M1" kind="release">
  <fact kind="release.crd" value="2026-10-01" valid-from="2026-01-01" recorded-at="2026-07-01" seq="3" source="r1" retracted="2026-08-01T10:00:00"/>
  <fact kind="release.crd" value=" 2026-11-01 " valid-from="" recorded-at="" seq="" source="" retracted=""/>
  <fact kind="release.crd" value="2026-12-01" recorded-at="2026-07-02" retracted="no"/>
  <fact kind="release.crd" value="2027-01-01" retracted="yes"/></matter>
</person><person id="B"><matter kind="person"><fact kind="note" value="x"/></matter></person><person id="A1234AA"><matter kind="person"><fact kind="note" value="y"/></matter></person>)text",
                                problems);
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
    BOOST_REQUIRE(people.size() == 2u);
    BOOST_TEST(people[0].id == "A1234AA");
    BOOST_REQUIRE(people[0].facts.size() == 5u);
    const GivenFact& first = people[0].facts[0];
    BOOST_TEST(first.kind == "release.crd");
    BOOST_TEST(first.matter_kind == "release");
    BOOST_TEST(first.matter == "M1");
    BOOST_TEST((first.recorded_at == at("2026-06-30T23:00:00Z")));  // a day is its first moment in London
    BOOST_TEST((first.retracted_at == at("2026-08-01T09:00:00Z")));
    BOOST_TEST(first.seq == 3u);
    BOOST_TEST(first.source == "r1");
    BOOST_TEST(first.file == "facts.xml");
    BOOST_TEST(first.line == 3);
    BOOST_TEST(people[0].facts[1].value == "2026-11-01");
    BOOST_TEST(people[0].facts[1].valid_from == "");
    BOOST_TEST((people[0].facts[1].recorded_at == from_the_beginning));
    BOOST_TEST(!people[0].facts[1].retracted_at);
    BOOST_TEST(people[0].facts[2].valid_from == "2026-07-02");  // the day as it was written, not its first moment
    BOOST_TEST(!people[0].facts[2].retracted_at);
    BOOST_TEST(!people[0].facts[3].retracted_at);
    BOOST_TEST(people[0].facts[3].retraction);
    BOOST_TEST(!people[0].facts[2].retraction);
    BOOST_TEST(people[0].facts[4].value == "y");
}

BOOST_AUTO_TEST_CASE(what_is_no_time_or_number_is_said_for_every_fact_at_once) {
    Problems problems;
    const auto people = file_of("<person id='A'><matter kind='person'>\n<fact kind='note' value='x' recorded-at='soon'/>\n<fact kind='note' value='x' retracted='2026-02-30'/>\n"
                                "<fact kind='note' value='x' seq='-1'/>\n<fact kind='note' value='x' recorded-at='1066-10-14'/>\n<fact kind='note' value='kept'/></matter></person>",
                                problems);
    BOOST_REQUIRE(problems.size() == 4u);
    const char* codes[] = {"TG-D021", "TG-D021", "TG-D022", "TG-D021"};
    for (std::size_t i = 0; i < 4; ++i) {
        BOOST_TEST(problems[i].code == codes[i]);
        BOOST_TEST(problems[i].line == static_cast<int>(i) + 3);
        BOOST_TEST(problems[i].file == "facts.xml");
        BOOST_TEST(!problems[i].cure.empty());
    }
    BOOST_REQUIRE(people.size() == 1u);
    BOOST_TEST(people[0].facts.size() == 5u);  // so that what else is wrong with them is found
    BOOST_TEST(problems[0].what == "recorded-at 'soon' is no day of the calendar and no time");
    BOOST_TEST(problems[0].column == 1);
}

BOOST_AUTO_TEST_CASE(a_time_outside_the_table_of_clocks_is_told_from_one_that_is_none) {
    Problems problems;
    file_of("<person id='A'><matter kind='person'>\n<fact kind='note' value='x' recorded-at='1950-05-05T10:00'/></matter></person>", problems);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].what == "recorded-at '1950-05-05T10:00' lies outside the years for which the zone's clocks are known");
    GivenFact outside = said("custody.released", "person", "", "1950-05-05T10:00:00Z");
    outside.line = 7;
    BOOST_TEST(problem_of(outside).what == "'1950-05-05T10:00:00Z', said of 'custody.released', lies outside the years for which the zone's clocks are known");
}

BOOST_AUTO_TEST_CASE(yes_and_no_may_be_written_as_xml_writes_them) {
    Problems problems;
    const auto people = file_of("<person id='A'><matter kind='person'><fact kind='note' value='x' retracted='1'/><fact kind='note' value='x' retracted='true'/>"
                                "<fact kind='note' value='x' retracted='0'/><fact kind='note' value='x' retracted='false'/></matter></person>", problems);
    BOOST_TEST(problems.empty());
    std::string taken;
    for (const GivenFact& fact : people.at(0).facts) taken += fact.retraction ? "1" : "0";
    BOOST_TEST(taken == "1100");
}

BOOST_AUTO_TEST_CASE(what_has_not_the_shape_of_a_facts_file_is_refused) {
    for (const char* facts : {"<person><matter kind='person'/></person>", "<person id='A'><matter><fact kind='note' value='x'/></matter></person>", "<person id='A'><fact kind='note' value='x'/></person>",
                              "<person id='A' name='Ann'/>", "<person id='A'", "<!DOCTYPE facts>"}) {
        Problems problems;
        BOOST_TEST(file_of(facts, problems).empty());
        BOOST_TEST(!problems.empty(), facts);
    }
    Problems problems;
    BOOST_TEST(read_facts_file("facts.xml", std::string(facts_file_bytes_max + 1, ' '), london(), problems).empty());
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].code == "TG-D020");
    BOOST_TEST(problems[0].what.find("facts_file_bytes_max") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_large_file_is_read_whole_and_beyond_the_limits_not_at_all) {
    constexpr std::size_t people_count = 1'000, facts_each = 100;
    std::string text;
    for (std::size_t p = 0; p < people_count; ++p) {
        text += "<person id=\"P" + std::to_string(p) + "\"><matter kind=\"person\">\n";
        for (std::size_t f = 0; f < facts_each; ++f) text += "<fact kind=\"note\" value=\"n" + std::to_string(f) + "\" seq=\"" + std::to_string(f) + "\"/>\n";
        text += "</matter></person>\n";
    }
    Problems problems;
    const auto people = file_of(text, problems);
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
    BOOST_REQUIRE(people.size() == people_count);
    for (const GivenPerson& person : people) BOOST_REQUIRE(person.facts.size() == facts_each);
    BOOST_TEST(people.back().facts.back().line == static_cast<int>(people_count * (facts_each + 2)));

    std::string too_many;
    for (std::size_t p = 0; p <= facts_file_persons_max; ++p) too_many += "<person id=\"" + std::to_string(p) + "\"/>";
    BOOST_TEST(file_of(too_many, problems).size() == facts_file_persons_max);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].code == "TG-D020");
    BOOST_TEST(problems[0].what.find("facts_file_persons_max") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
