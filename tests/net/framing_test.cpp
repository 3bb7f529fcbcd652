// Every ambiguous form of a request gets 400 and a closed connection, and none of its left-over bytes runs.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "hub/net/http_framing.hpp"
#include "tests/net/echo_server.hpp"
#include "tests/support/raw_peer.hpp"

namespace data = boost::unit_test::data;

namespace {

struct Ambiguous {
    const char* name;
    std::string bytes;
    int status = 400;
};
std::ostream& operator<<(std::ostream& out, const Ambiguous& one) {
    return out << one.name;
}

const std::string smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(const std::string& headers, const std::string& body) {
    return "POST /r HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body + smuggled;
}

const std::vector<Ambiguous> battery = {
    {"both_lengths", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"both_lengths_the_other_way_round", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
    {"coding_gzip_chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
    {"coding_chunked_identity", post("Transfer-Encoding: chunked, identity\r\n", "0\r\n\r\n")},
    {"coding_identity", post("Transfer-Encoding: identity\r\n", "hello")},
    {"coding_xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n")},
    {"coding_in_capitals", post("Transfer-Encoding: CHUNKED\r\n", "0\r\n\r\n")},
    {"coding_repeated", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
    {"coding_with_a_vertical_tab", post("Transfer-Encoding: \x0b" "chunked\r\n", "0\r\n\r\n")},
    {"coding_empty", post("Transfer-Encoding:\r\n", "0\r\n\r\n")},
    {"coding_in_http_1_0", "POST /r HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled},
    {"length_repeated", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
    {"lengths_that_differ", post("Content-Length: 5\r\nContent-Length: 0\r\n", "hello")},
    {"length_as_a_list", post("Content-Length: 3, 3\r\n", "abc")},
    {"length_with_a_plus", post("Content-Length: +3\r\n", "abc")},
    {"length_negative", post("Content-Length: -1\r\n", "")},
    {"length_hexadecimal", post("Content-Length: 0x3\r\n", "abc")},
    {"length_empty", post("Content-Length:\r\n", "")},
    {"length_with_a_space_inside", post("Content-Length: 1 0\r\n", "hello")},
    {"length_beyond_every_number", post("Content-Length: 99999999999999999999\r\n", "hello"), 413},
    {"host_missing", "GET / HTTP/1.1\r\n\r\n" + smuggled},
    {"host_repeated", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled},
    {"host_with_a_path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n" + smuggled},
    {"host_empty", "GET / HTTP/1.1\r\nHost:\r\n\r\n" + smuggled},
    {"header_folded", post("X-A: b\r\n Content-Length: 5\r\nContent-Length: 0\r\n", "")},
    {"header_folded_with_a_tab", post("X-A: b\r\n\tc\r\nContent-Length: 0\r\n", "")},
    {"space_before_the_colon", post("Content-Length : 5\r\n", "hello")},
    {"header_without_a_colon", post("Content-Length 5\r\n", "hello")},
    {"header_without_a_name", post(": 5\r\nContent-Length: 0\r\n", "")},
    {"nul_in_a_header", post(std::string("X-A: b\0c\r\nContent-Length: 0\r\n", 29), "")},
    {"bare_cr_in_a_header", post("X-A: b\rContent-Length: 5\r\nContent-Length: 0\r\n", "")},
    {"bare_lf_in_a_header", post("X-A: b\nContent-Length: 5\r\nContent-Length: 0\r\n", "")},
    {"lines_ended_by_lf_alone", "GET / HTTP/1.1\nHost: a\n\n" + smuggled},
    {"body_on_get", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello" + smuggled},
    {"chunked_body_on_get", "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled},
    {"no_length_on_post", post("", ""), 411},
    {"two_spaces_in_the_request_line", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"tab_in_the_request_line", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"four_parts_in_the_request_line", "GET / x HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"no_version", "GET /\r\nHost: a\r\n\r\n" + smuggled},
    {"version_2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n" + smuggled, 505},
    {"version_in_small_letters", "GET / http/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"whole_url_as_target", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"authority_as_target", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"empty_line_first", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" + smuggled},
    {"chunk_size_is_no_number", post("Transfer-Encoding: chunked\r\n", "z\r\nhello\r\n0\r\n\r\n")},
    {"chunk_size_overflows", post("Transfer-Encoding: chunked\r\n", "fffffffffffffffff\r\nhello\r\n0\r\n\r\n")},
    {"chunk_extension", post("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n")},
    {"chunk_extension_on_the_last", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0;a=b\r\n\r\n")},
    {"chunk_longer_than_it_says", post("Transfer-Encoding: chunked\r\n", "3\r\nhello\r\n0\r\n\r\n")},
    {"chunk_ended_by_lf_alone", post("Transfer-Encoding: chunked\r\n", "5\nhello\n0\n\n")},
    {"trailer", post("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\nContent-Length: 9\r\n\r\n")},
    {"an_expectation_nobody_knows", post("Expect: tea\r\nContent-Length: 0\r\n", ""), 417},
    {"tls_to_a_plain_port", std::string("\x16\x03\x01\x02\x00\x01\n\x00\r\n\r\n", 12)},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(framing)

BOOST_DATA_TEST_CASE(an_ambiguous_request_is_refused_and_the_connection_closed, data::make(battery), one) {
    EchoServer echo;
    const support::RawPeer peer(echo.port());
    peer.say(one.bytes);
    const std::string heard = peer.hear_all();
    BOOST_TEST(heard.substr(0, 13) == "HTTP/1.1 " + std::to_string(one.status) + " ", heard.substr(0, 40));
    BOOST_TEST(heard.find("Connection: close\r\n") != heard.npos);
    BOOST_TEST(heard.find("application/problem+json") != heard.npos);
    BOOST_TEST(heard.find("smuggled") == heard.npos);
    BOOST_TEST(peer.closed());
    BOOST_TEST(echo.requests == 0);
}

BOOST_AUTO_TEST_CASE(plain_forms_pass) {
    hub::net::Framing framing;
    BOOST_TEST(!judge_request("POST /records HTTP/1.1\r\nHost: a:8443\r\nContent-Length: 5\r\n\r\n", framing));
    BOOST_TEST(framing.has_body);
    BOOST_TEST(framing.keep_alive);
    BOOST_TEST(!judge_request("GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: foo, Close\r\nX:\r\n\r\n", framing));
    BOOST_TEST(!framing.has_body);
    BOOST_TEST(!framing.keep_alive);
    BOOST_TEST(!judge_request("GET / HTTP/1.0\r\n\r\n", framing));
    BOOST_TEST(!framing.keep_alive);
    BOOST_TEST(!judge_response("HTTP/1.1 204 No Content\r\n\r\n", framing));
    BOOST_TEST(!judge_response("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", framing));
}

BOOST_AUTO_TEST_CASE(a_response_with_two_lengths_or_a_strange_status_line_is_refused) {
    hub::net::Framing framing;
    BOOST_TEST(!!judge_response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", framing));
    BOOST_TEST(!!judge_response("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", framing));
    BOOST_TEST(!!judge_response("HTTP/1.1 20 OK\r\n\r\n", framing));
    BOOST_TEST(!!judge_response("ICY 200 OK\r\n\r\n", framing));
    BOOST_TEST(!!judge_response("HTTP/1.1 2000 OK\r\n\r\n", framing));
}

BOOST_AUTO_TEST_CASE(a_header_too_many_is_refused) {
    const auto with_headers = [](std::size_t count) {
        std::string head = "GET / HTTP/1.1\r\nHost: a\r\n";
        for (std::size_t i = 1; i < count; ++i) head += "X: y\r\n";
        return head + "\r\n";
    };
    hub::net::Framing framing;
    BOOST_TEST(!judge_request(with_headers(hub::net::headers_max), framing));
    const std::string over = with_headers(hub::net::headers_max + 1);
    const auto refusal = judge_request(over, framing);
    BOOST_REQUIRE(!!refusal);
    BOOST_TEST(refusal->status == 431);
}

BOOST_AUTO_TEST_CASE(a_target_too_long_is_refused) {
    hub::net::Framing framing;
    const auto head = [](std::size_t bytes) { return "GET /" + std::string(bytes - 1, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n"; };
    BOOST_TEST(!judge_request(head(hub::net::target_bytes_max), framing));
    const std::string over = head(hub::net::target_bytes_max + 1);
    BOOST_REQUIRE(!!judge_request(over, framing));
    BOOST_TEST(judge_request(over, framing)->status == 414);
}

BOOST_AUTO_TEST_SUITE_END()
