#include <boost/test/unit_test.hpp>

#include <sstream>

#include "hub/cli/report.hpp"

using namespace hub::cli;

namespace {

Report sample() {
    Report report;
    report.facts = {{"site", "demo"}};
    report.tables = {{"held_and_parked", {"item", "reason"}, {{"1.0.0", "no_consent"}, {"12.0.0", "lacks\nmuch"}}}};
    report.problems = {{"site.xml", 3, 5, "TG-S003", "no party is named 'polce'", "did you mean 'police'?"}};
    return report;
}

std::string printed(ReportFormat format) {
    std::ostringstream text;
    print(sample(), format, text);
    return text.str();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(text_aligns_columns_and_keeps_each_row_on_one_line) {
    BOOST_TEST(printed(ReportFormat::text) ==
               "site: demo\n\nheld and parked\n  item    reason\n  1.0.0   no_consent\n  12.0.0  lacks much\n"
               "site.xml:3:5: TG-S003: no party is named 'polce' (cure: did you mean 'police'?)\n");
}

BOOST_AUTO_TEST_CASE(json_says_the_same_as_one_object) {
    BOOST_TEST(printed(ReportFormat::json) ==
               "{\"site\":\"demo\",\"held_and_parked\":[{\"item\":\"1.0.0\",\"reason\":\"no_consent\"},{\"item\":\"12.0.0\",\"reason\":\"lacks\\u000amuch\"}],"
               "\"problems\":[{\"file\":\"site.xml\",\"line\":3,\"column\":5,\"code\":\"TG-S003\",\"what\":\"no party is named 'polce'\",\"cure\":\"did you mean 'police'?\"}]}\n");
}

BOOST_AUTO_TEST_CASE(a_problem_shows_its_other_places_and_an_input_for_which_it_goes_wrong) {
    Report report;
    report.problems = {{"mapping.xml", 8, 3, "TG-M015", "it is required", "add a rule", {{"target schema", "partners/x.xsd", 14, 0}}, "<a>\n  <b/>\n</a>"},
                       {"mapping.xml", 9, 3, "TG-M027", "it does not fit", "", {}, "'XYZ'"}};
    std::ostringstream text, json;
    print(report, ReportFormat::text, text);
    print(report, ReportFormat::json, json);
    BOOST_TEST(text.str() ==
               "mapping.xml:8:3: TG-M015: it is required (cure: add a rule)\n"
               "    target schema: partners/x.xsd:14\n"
               "    goes wrong for:\n        <a>\n          <b/>\n        </a>\n"
               "mapping.xml:9:3: TG-M027: it does not fit\n    goes wrong for: 'XYZ'\n");
    BOOST_TEST(json.str().find("\"related\":[{\"label\":\"target schema\",\"file\":\"partners/x.xsd\",\"line\":14,\"column\":0}],"
                               "\"witness\":\"<a>\\u000a  <b/>\\u000a</a>\"}") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(notes_are_told_apart_from_problems) {
    Report report;
    report.notes = {{"codes/plea.xml", 4, 3, "TG-M043", "nobody can use it", "correct it"}};
    std::ostringstream text, json;
    print(report, ReportFormat::text, text);
    print(report, ReportFormat::json, json);
    BOOST_TEST(text.str() == "note: codes/plea.xml:4:3: TG-M043: nobody can use it (cure: correct it)\n");
    BOOST_TEST(json.str().find("\"problems\":[],\"notes\":[{\"file\":\"codes/plea.xml\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(hostile_text_cannot_leave_its_string) {
    BOOST_TEST(json_text("a\"b\\c\x01") == "\"a\\\"b\\\\c\\u0001\"");
    BOOST_TEST(json_text("\xff\xc3\xa9\xe2\x82") == "\"\\ufffd\xc3\xa9\\ufffd\\ufffd\"");
}

BOOST_AUTO_TEST_CASE(a_long_cell_is_cut_in_text_only) {
    Report report;
    report.tables = {{"t", {"c"}, {{std::string(500, 'x')}}}};
    std::ostringstream text, json;
    print(report, ReportFormat::text, text);
    print(report, ReportFormat::json, json);
    BOOST_TEST(text.str().size() < 200u);
    BOOST_TEST(json.str().find(std::string(500, 'x')) != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
