// What the canonical schema marks as never-routes decides nothing about where a record goes: a site that lets it does not compile.
#include "tests/site/small_site.hpp"

using namespace hub;
using tests::line_of;

namespace {

/// The small site whose notes also say how a person is spoken of and what marks them.
struct SiteWithTraits : tests::SmallSite {
    SiteWithTraits() {
        edit(canonical, "xmlns=\"urn:n\"", "xmlns=\"urn:n\" xmlns:tg=\"urn:throughgate:schema-marks:1\"");
        edit(canonical, "  </xs:sequence></xs:complexType></xs:element>\n</xs:schema>",
             "    <xs:element name=\"spoken_of\" type=\"Word\" minOccurs=\"0\" tg:never-routes=\"true\"/>\n"
             "    <xs:element name=\"traits\" minOccurs=\"0\" tg:never-routes=\"true\"><xs:complexType><xs:sequence>\n"
             "      <xs:element name=\"belief\" type=\"Word\" minOccurs=\"0\"/></xs:sequence></xs:complexType></xs:element>\n"
             "  </xs:sequence></xs:complexType></xs:element>\n</xs:schema>");
        edit(note_out, "</mapping>", "<drop from=\"spoken_of\" reason=\"not asked for\"/><drop from=\"traits\" reason=\"not asked for\"/></mapping>");
    }
    void refused(const std::string& file, const std::string& at_text, const std::string& path) {
        const Problem found = problem("TG-S017");
        BOOST_TEST(found.file == file);
        BOOST_TEST(found.line == line_of(*this, file, at_text));
        BOOST_TEST(found.what.find(path) != std::string::npos, found.what);
        BOOST_TEST(found.what.find("note.xsd:") != std::string::npos, found.what);
    }
};

void refuse_condition(const std::string& condition, const std::string& path) {
    SiteWithTraits fresh;
    fresh.edit(tests::SmallSite::site, "topic in codes('wanted')", condition);
    fresh.refused(tests::SmallSite::site, "<route", path);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(site_never_routes, SiteWithTraits)

BOOST_AUTO_TEST_CASE(a_site_that_carries_them_and_decides_by_other_fields_is_good) {
    BOOST_TEST(bool(load()));
    for (const Problem& problem : problems) BOOST_TEST_MESSAGE(to_text(problem));
}

BOOST_AUTO_TEST_CASE(a_condition_of_a_route_does_not_read_them) {
    refuse_condition("spoken_of = 'they'", "/note/spoken_of");
    refuse_condition("topic = 'bail' and not(traits/belief = 'x')", "/note/traits/belief");
    refuse_condition("traits/belief", "/note/traits/belief");
    refuse_condition("traits", "/note/traits");
    refuse_condition("traits[belief='x']", "/note/traits");
}

BOOST_AUTO_TEST_CASE(a_fact_does_not_come_from_them) {
    for (const char* from : {"value=\"spoken_of\"", "value=\"topic\" matter-id=\"/traits/belief\"", "value=\"topic\" valid-from=\"/spoken_of\"",
                             "each=\"traits\" value=\"belief\""}) {
        SiteWithTraits fresh;
        fresh.edit(facts, "value=\"topic\"", from);
        BOOST_TEST(!fresh.load());
        BOOST_TEST(fresh.count("TG-S017") >= 1U, from);
        BOOST_REQUIRE(!fresh.problems.empty());
        BOOST_TEST(fresh.problems[0].file == facts);
        BOOST_TEST(fresh.problems[0].line == 2);
    }
}

BOOST_AUTO_TEST_CASE(a_need_of_a_clause_does_not_read_them) {
    edit(agreement, "<needs path=\"topic\"/>", "<needs path=\"spoken_of\"/>");
    refused(agreement, "<clause", "/note/spoken_of");
}

BOOST_AUTO_TEST_CASE(nobody_is_found_by_them) {
    edit(canonical, "<xs:element name=\"person\">", "<xs:element name=\"person\" tg:never-routes=\"true\">");
    BOOST_TEST(!load());
    BOOST_TEST(count("TG-S017") >= 1U);
    BOOST_TEST(problems[0].file == site);
    BOOST_TEST(problems[0].line == line_of(*this, site, "<record"));
}

BOOST_AUTO_TEST_SUITE_END()
