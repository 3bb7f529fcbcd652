// Facts files: what is read, and what is told of a file that is wrong.
#include "tests/deadlines/facts_world.hpp"

using namespace facts_world;

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
