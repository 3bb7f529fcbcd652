// The words of HTTP and JSON that are written by hand.
#include <boost/test/unit_test.hpp>

#include "hub/net/http_message.hpp"

using namespace hub::net;

BOOST_AUTO_TEST_SUITE(message)

BOOST_AUTO_TEST_CASE(dates_are_written_as_http_wants_them) {
    BOOST_TEST(http_date(*hub::parse_instant("2026-03-02T07:14:09Z")) == "Mon, 02 Mar 2026 07:14:09 GMT");
    BOOST_TEST(http_date(*hub::parse_instant("1994-11-06T08:49:37.9Z")) == "Sun, 06 Nov 1994 08:49:37 GMT");
}

BOOST_AUTO_TEST_CASE(json_text_cannot_leave_its_quotes) {
    BOOST_TEST(json_quoted("a\"b\\c\n\x01") == "\"a\\\"b\\\\c\\u000a\\u0001\"");
    BOOST_TEST(json_quoted("caf\xc3\xa9 \xf0\x9f\x91\x8d") == "\"caf\xc3\xa9 \xf0\x9f\x91\x8d\"");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_become_the_replacement_sign) {
    BOOST_TEST(json_quoted("a\xff") == "\"a\\ufffd\"");
    BOOST_TEST(json_quoted("\xc3") == "\"\\ufffd\"");
    BOOST_TEST(json_quoted("\xc0\xaf") == "\"\\ufffd\\ufffd\"");           // too short a form
    BOOST_TEST(json_quoted("\xed\xa0\x80") == "\"\\ufffd\\ufffd\\ufffd\"");  // half a surrogate pair
}

BOOST_AUTO_TEST_CASE(header_names_are_found_in_any_case) {
    BOOST_TEST(header_value({{"content-TYPE", "text/csv"}}, "Content-Type") == "text/csv");
    BOOST_TEST(header_value({}, "Content-Type").empty());
}

BOOST_AUTO_TEST_SUITE_END()
