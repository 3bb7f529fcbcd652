// Regular expressions of JSON Schema (ECMA-262) as XML Schema's: the same texts match, or the pattern is refused.
#include <boost/test/unit_test.hpp>

#include "hub/formats/json_schema_pattern.hpp"
#include "hub/formats/schema.hpp"

using namespace hub::formats;

namespace {

bool matches(const std::string& pattern, std::string_view text) {
    const auto translated = xsd_pattern(pattern);
    BOOST_REQUIRE_MESSAGE(bool(translated), pattern);
    SimpleType type;
    type.patterns = {{*translated}};
    return !why_invalid(type, text);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(json_pattern)

BOOST_AUTO_TEST_CASE(an_unanchored_pattern_searches) {
    BOOST_TEST(matches("b", "abc"));
    BOOST_TEST(matches("b", "a\nb\nc"));
    BOOST_TEST(!matches("^b", "abc"));
    BOOST_TEST(!matches("b$", "abc"));
    BOOST_TEST(matches("^a|c$", "axx"));
    BOOST_TEST(matches("^a|c$", "xxc"));
    BOOST_TEST(!matches("^a|c$", "xax"));
    BOOST_TEST(matches("", "anything"));
    BOOST_TEST(matches("^$", ""));
    BOOST_TEST(!matches("^$", "x"));
}

BOOST_AUTO_TEST_CASE(shorthands_mean_what_ecma_says) {
    BOOST_TEST(matches("^\\d+$", "0123456789"));
    BOOST_TEST(!matches("^\\d$", "\xd9\xa3"));  // ARABIC-INDIC DIGIT THREE
    BOOST_TEST(matches("^\\w+$", "aZ_9"));
    BOOST_TEST(!matches("^\\w$", "\xc3\xa9"));
    BOOST_TEST(matches("^\\s$", "\xc2\xa0"));
    BOOST_TEST(matches("^\\S$", "\xc3\xa9"));
    BOOST_TEST(!matches("^\\S$", "\xe2\x80\x89"));
    BOOST_TEST(matches("^\\D\\W$", "a-"));
    BOOST_TEST(matches("^[\\d.]+$", "1.5"));
    BOOST_TEST(matches("^.$", "\xc3\xa9"));
    BOOST_TEST(!matches("^.$", "\xe2\x80\xa8"));
    BOOST_TEST(!matches("^.$", "\n"));
    BOOST_TEST(matches("^\\p{Lu}\\P{Lu}$", "\xc3\x89\xc3\xa9"));
}

BOOST_AUTO_TEST_CASE(classes_groups_and_repetitions_are_kept) {
    BOOST_TEST(matches("^[A-Z]\\d{4}[A-Z]{2}$", "A1234BC"));
    BOOST_TEST(!matches("^[A-Z]\\d{4}[A-Z]{2}$", "A1234B"));
    BOOST_TEST(matches("^(?:ab|c)+?d{2,}$", "abcabdd"));
    BOOST_TEST(matches("^[^a-c]$", "d"));
    BOOST_TEST(!matches("^[^a-c]$", "b"));
    BOOST_TEST(matches("^[a\\-z]$", "-"));
    BOOST_TEST(!matches("^[a\\-z]$", "b"));
    BOOST_TEST(matches("^[-a]$", "-"));
    BOOST_TEST(matches("^[a-]$", "-"));
    BOOST_TEST(matches("^[+-]?[0-9]+$", "-5"));
    BOOST_TEST(matches("^[[]$", "["));
    BOOST_TEST(matches("^[\\]^]$", "^"));
    BOOST_TEST(matches("^[\xc3\xa0-\xc3\xbf]$", "\xc3\xa9"));
    BOOST_TEST(!matches("^[\xc3\xa0-\xc3\xbf]$", "e"));
}

BOOST_AUTO_TEST_CASE(escaped_characters_stand_for_themselves) {
    BOOST_TEST(matches("^\\^\\$\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/\\-\\\\$", "^$.*+?()[]{}|/-\\"));
    BOOST_TEST(matches("^\\u00e9\\x2e\\t$", "\xc3\xa9.\t"));
    BOOST_TEST(!matches("^\\x2e$", "a"));
    BOOST_TEST(matches("^[\\u002d]$", "-"));
    BOOST_TEST(matches("^a-b/c:d$", "a-b/c:d"));
}

BOOST_AUTO_TEST_CASE(what_xml_schema_cannot_say_is_refused) {
    for (const char* pattern : {"(?=a)", "(?!a)", "(?<n>a)", "(?<=a)b", "(a)\\1", "\\bword\\b", "\\B", "a^b", "a$b", "(^a)", "(a$)", "*a", "a**", "+",
                                "a{", "a{x}", "a{1,2", "a{99999}", "(a", "a)", "[a", "[]", "[^]", "\\", "\\u12", "\\ud800", "\\cA", "\\0", "\\k<n>",
                                "[\\D]", "[\\d-z]", "[a-\\d]", "\\p{Script=Greek}", "\\p", "a}", "]"})
        BOOST_TEST(!xsd_pattern(pattern), pattern);
    BOOST_TEST(!xsd_pattern(std::string(100, '(') + std::string(100, ')')));
    BOOST_TEST(!xsd_pattern(std::string(pattern_bytes_max + 1, 'a')));
    BOOST_TEST(bool(xsd_pattern(std::string(pattern_bytes_max, 'a'))));
}

BOOST_AUTO_TEST_SUITE_END()
