// Single values against single types, beyond what the comparison with libxml2 covers: exactness, reasons, JSON's formats.
#include "tests/formats/reading.hpp"

using namespace hub::formats;

namespace {

SimpleType of(Lexical base) {
    SimpleType type;
    type.base = base;
    type.whitespace = base == Lexical::string ? Whitespace::preserve : Whitespace::collapse;
    return type;
}

std::string verdict(const SimpleType& type, std::string_view text) { return why_invalid(type, text).value_or("good"); }

SimpleType format(const std::string& name) {
    SimpleType type = of(Lexical::string);
    type.format = name;
    return type;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values)

BOOST_AUTO_TEST_CASE(decimals_are_compared_digit_by_digit) {
    SimpleType type = of(Lexical::decimal);
    type.min_inclusive = "-0.10000000000000000000001";
    type.max_exclusive = "123456789012345678901234567890.5";
    BOOST_TEST(verdict(type, "-0.10000000000000000000001") == "good");
    BOOST_TEST(verdict(type, "-0.100000000000000000000011") == "is below -0.10000000000000000000001");
    BOOST_TEST(verdict(type, "00123456789012345678901234567890.4999") == "good");
    BOOST_TEST(verdict(type, "123456789012345678901234567890.50") == "is not below 123456789012345678901234567890.5");
    BOOST_TEST(verdict(type, "-0") == "good");
}

BOOST_AUTO_TEST_CASE(digits_count_without_leading_and_trailing_zeros) {
    SimpleType type = of(Lexical::decimal);
    type.total_digits = 4;
    type.fraction_digits = 2;
    BOOST_TEST(verdict(type, "0012.340") == "good");
    BOOST_TEST(verdict(type, "12.345") == "has more than 2 digits after the point");
    BOOST_TEST(verdict(type, "123.45") == "has more than 4 digits");
}

BOOST_AUTO_TEST_CASE(lengths_count_characters_and_not_bytes) {
    SimpleType type = of(Lexical::string);
    type.length_max = 2;
    BOOST_TEST(verdict(type, "\xf0\x9f\x98\x80\xc3\xa9") == "good");
    BOOST_TEST(verdict(type, "abc") == "is longer than 2 characters");
    type.length_min = 1;
    BOOST_TEST(verdict(type, "") == "is empty");
}

BOOST_AUTO_TEST_CASE(dates_are_on_the_calendar) {
    const SimpleType date = of(Lexical::date);
    BOOST_TEST(verdict(date, "2000-02-29") == "good");
    BOOST_TEST(verdict(date, "1900-02-29") == "is not a date (YYYY-MM-DD)");
    BOOST_TEST(verdict(date, "2024-04-31") == "is not a date (YYYY-MM-DD)");
    BOOST_TEST(verdict(date, "0000-01-01") == "is not a date (YYYY-MM-DD)");
    BOOST_TEST(verdict(of(Lexical::date_time), "2024-01-01T23:59:60Z") == "is not a date and time (YYYY-MM-DDThh:mm:ss)");
    SimpleType local = date;
    local.optional_zone = false;
    BOOST_TEST(verdict(local, "2024-01-01Z") == "is not a date (YYYY-MM-DD)");
}

BOOST_AUTO_TEST_CASE(bounds_on_times_follow_the_time_line) {
    SimpleType type = of(Lexical::date_time);
    type.max_inclusive = "2024-03-31T12:00:00Z";
    BOOST_TEST(verdict(type, "2024-03-31T13:00:00+01:00") == "good");
    BOOST_TEST(verdict(type, "2024-03-31T12:00:00.001Z") == "is above 2024-03-31T12:00:00Z");
    BOOST_TEST(verdict(type, "2024-03-30T12:00:00") == "good");
    BOOST_TEST(verdict(type, "2024-03-31T11:00:00") == "is above 2024-03-31T12:00:00Z");  // without a zone it may be later
}

BOOST_AUTO_TEST_CASE(enumerations_compare_values_and_text_compares_text) {
    SimpleType number = of(Lexical::decimal);
    number.enumeration = {"1.50", "2"};
    BOOST_TEST(verdict(number, "1.5") == "good");
    BOOST_TEST(verdict(number, "2.00") == "good");
    BOOST_TEST(verdict(number, "3") == "is not one of the allowed values");
    SimpleType text = of(Lexical::string);
    text.enumeration = {"1.50"};
    BOOST_TEST(verdict(text, "1.5") == "is not one of the allowed values");
}

BOOST_AUTO_TEST_CASE(a_pattern_with_many_loops_is_tried_on_short_texts_only) {
    SimpleType type = of(Lexical::string);
    type.patterns = {{"a*a*a*b"}};
    BOOST_TEST(verdict(type, std::string(299, 'a') + "b") == "good");
    BOOST_TEST(verdict(type, std::string(300, 'a')) == "does not have the required form (pattern)");
    BOOST_TEST(verdict(type, std::string(300, 'a') + "b") == "is longer than the 300 bytes that its pattern is tried on");
    type.patterns = {{"a{1,}[*+]*b"}};
    BOOST_TEST(verdict(type, std::string(7999, 'a') + "b") == "good");
    BOOST_TEST(verdict(type, std::string(8000, 'a') + "b") == "is longer than the 8000 bytes that its pattern is tried on");
    type.patterns = {{"[*+]*"}};
    BOOST_TEST(verdict(type, std::string(100'000, '*')) == "good");
}

BOOST_AUTO_TEST_CASE(a_pattern_on_which_the_matcher_gives_up_is_not_matched) {
    SimpleType type = of(Lexical::string);
    type.patterns = {{"(a|aa)*b"}};
    BOOST_TEST(verdict(type, std::string(60, 'a')) == "does not have the required form (pattern)");
}

BOOST_AUTO_TEST_CASE(json_formats_are_checked_as_their_rfcs_have_them) {
    const std::vector<std::tuple<std::string, std::string, bool>> samples{
        {"date", "2024-02-29", true}, {"date", "2024-02-30", false}, {"date", "2024-02-29Z", false}, {"date", "12024-02-29", false},
        {"date-time", "2024-02-29T10:00:00Z", true}, {"date-time", "2024-02-29t10:00:00.5z", true}, {"date-time", "2024-02-29T10:00:00+01:00", true},
        {"date-time", "2024-02-29T10:00:00", false}, {"date-time", "2024-02-29T24:00:00Z", false}, {"date-time", "2024-02-29 10:00:00Z", false}, {"date-time", "2024-02-29", false},
        {"time", "10:00:00Z", true}, {"time", "10:00:00", false}, {"time", "24:00:00Z", false},
        {"uuid", "0f8fad5b-d9cb-469f-a165-70867728950e", true}, {"uuid", "0f8fad5bd9cb469fa16570867728950e", false}, {"uuid", "0f8fad5b-d9cb-469f-a165-70867728950g", false},
        {"uri", "https://example.org/a?b#c", true}, {"uri", "urn:x:1", true}, {"uri", "/relative", false}, {"uri", "http://a b", false}, {"uri", "http://a/{x}", false},
        {"email", "ann@example.org", true}, {"email", "ann.example.org", false}, {"email", "a b@example.org", false}, {"email", "ann@", false}, {"email", "ann@x..y", false},
        {"unheard-of", "anything", true}};
    for (const auto& [name, text, good] : samples) BOOST_TEST((verdict(format(name), text) == "good") == good, name << " " << text);
}

BOOST_AUTO_TEST_SUITE_END()
