// Rules in a site: what is given to them, calendars that are wrong, and the records that they make.
#include <fstream>
#include <iterator>

#include "hub/deadlines/rules.hpp"
#include "tests/site/small_site.hpp"

using namespace hub;
using tests::line_of;

namespace {

constexpr const char* rules = "/site/rules/notes.xml";
constexpr const char* calendar = "/site/calendars/england_and_wales.xml";

std::string product_file(const std::string& relative) {
    std::ifstream in(std::string(HUB_SOURCE_DIR) + "/" + relative, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct ClockSite : tests::SmallSite {
    ClockSite() {
        for (const char* shape : {"rules.xsd", "calendar.xsd"}) disk.files[std::string("/lib/schemas/site/") + shape] = product_file(std::string("schemas/site/") + shape);
        disk.files["/lib/mappings/codes/london-time.xml"] = product_file("mappings/codes/london-time.xml");
        disk.files[calendar] = product_file("deploy/reference/calendars/england_and_wales.xml");
        edit(canonical, "<xs:element name=\"topic\" type=\"Word\" minOccurs=\"0\"/>",
             "<xs:element name=\"topic\" type=\"Word\" minOccurs=\"0\"/><xs:element name=\"made_on\" type=\"xs:date\" minOccurs=\"0\"/>");
        edit(canonical, "</xs:sequence></xs:complexType></xs:element>\n    <xs:element name=\"consent\"",
             "</xs:sequence><xs:attribute name=\"subject\" type=\"Word\" use=\"required\"/></xs:complexType></xs:element>\n    <xs:element name=\"consent\"");
        edit(note_out, "<drop from=\"consent\"", "<drop from=\"made_on\" reason=\"the card has no date\"/><drop from=\"person/@subject\" reason=\"x\"/><drop from=\"consent\"");
        edit(memo_in, "<field from=\"subject\"", "<const to=\"person/@subject\" value=\"convicted\"/><field from=\"subject\"");
        edit(site, "  <source name=", R"(  <zone table="london-time"/>
  <calendar file="calendars/england_and_wales.xml"/>
  <role name="clerk" title="The clerk" party="clerk"/>
  <rules file="rules/notes.xml"/>
  <given rule="note.answer" name="reply" value="5" basis="Custom"/>
  <source name=)");
        disk.files[rules] = R"text(<rules xmlns="urn:throughgate:rules:1">
  <rule name="note.answer" matter="person">
    <about>Answer a note.</about>
    <owner role="clerk"/>
    <setting name="reply" unit="days" about="How long an answer may take"/>
    <version name="1" from="2020-01-01">
      <citation text="Here" standing="local"/>
      <case when="known(note.topic)" due="since(note.topic) + reply days"/>
      <case/>
      <generate record="note">
        <set path="consent/@kind" value="'reading'"/>
        <set path="consent/@given" value="'yes'"/>
        <set path="consent/@kind" value="'copying'"/>
        <set path="consent/@given" value="'yes'"/>
        <set path="made_on" value="today"/>
      </generate>
    </version>
  </rule>
</rules>
)text";
    }

    /// The rule, as `throughgate clocks` reads it.
    std::shared_ptr<const deadlines::RuleBook> book(const std::vector<deadlines::GivenSetting>& also) {
        problems.clear();
        return site::load_rules("/site", disk, digester, problems, also);
    }
    void only(const std::string& code, const std::string& file, const std::string& text) {
        const Problem found = problem(code);
        for (const Problem& each : problems)
            if (each.code != code) BOOST_ERROR("also said: " << to_text(each));
        BOOST_TEST(found.file == file);
        BOOST_TEST(found.line == line_of(*this, file, text));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(rules_of_a_site, ClockSite)

BOOST_AUTO_TEST_CASE(the_small_site_with_its_rule_is_whole) {
    load();
    for (const Problem& each : problems) BOOST_ERROR(to_text(each));
}

BOOST_AUTO_TEST_CASE(whoever_asks_has_the_last_word_on_a_setting) {
    const auto days = [](const auto& book) { return book->rules.front().versions.front().named.settings.front().number; };
    const auto plain = book({}), asked = book({{"note.answer", "reply", "9", "asked", {"--given", 0, 0}}});
    BOOST_REQUIRE((plain && asked));
    BOOST_TEST(*days(plain) == 5'000'000);
    BOOST_TEST(*days(asked) == 9'000'000);
}

BOOST_AUTO_TEST_CASE(a_setting_is_given_once) {
    edit(site, "  <source name=", "<given rule=\"note.answer\" name=\"reply\" value=\"7\" basis=\"Law\"/>\n  <source name=");
    only("TG-S002", site, "value=\"7\"");
}

BOOST_AUTO_TEST_CASE(a_calendar_with_a_fault_is_not_missing_too) {
    edit(calendar, "<holiday date=\"2026-04-03\"", "<holiday date=\"2026-04-31\"");
    load();
    BOOST_TEST(!problems.empty());
    BOOST_TEST(count("TG-D216") == 0U);
    edit(site, "<calendar file=\"calendars/england_and_wales.xml\"/>", "<calendar file=\"calendars/england.xml\"/>");
    only("TG-S006", site, "calendars/england.xml");
}

BOOST_AUTO_TEST_CASE(a_file_of_rules_with_a_fault_is_not_without_its_rules_too) {
    edit(rules, "matter=\"person\"", "matter=\"banana\"");
    only("TG-F205", rules, "banana");
}

BOOST_AUTO_TEST_CASE(a_record_that_a_rule_makes_has_what_its_schema_requires) {
    edit(rules, "        <set path=\"consent/@given\" value=\"'yes'\"/>\n", "");
    only("TG-D236", rules, "<generate");
}

BOOST_AUTO_TEST_CASE(what_occurs_once_is_set_once) {
    edit(rules, "<set path=\"made_on\" value=\"today\"/>", "<set path=\"made_on\" value=\"today\"/>\n<set path=\"made_on\" value=\"2026-03-01\"/>");
    only("TG-D237", rules, "2026-03-01");
}

BOOST_AUTO_TEST_CASE(a_record_is_set_to_what_its_schema_takes) {
    const std::string before = disk.files[rules];
    for (const char* wrong : {"5", "'soon'", "if(known(note.topic), '2026-03-01', 'never')", "known(note.topic)", "count(note.topic)"}) {
        disk.files[rules] = before;
        edit(rules, "value=\"today\"", "value=\"" + std::string(wrong) + "\"");
        only("TG-D238", rules, "made_on");
    }
}

BOOST_AUTO_TEST_CASE(a_path_that_is_not_there_is_not_lacking_too) {
    edit(rules, "<set path=\"consent/@given\"", "<set path=\"consent/@givne\"");
    only("TG-D215", rules, "@givne");
}

BOOST_AUTO_TEST_SUITE_END()
