// Addresses and URLs as a site writes them.
#include <boost/test/unit_test.hpp>

#include "hub/net/address.hpp"

using namespace hub::net;

BOOST_AUTO_TEST_SUITE(address)

BOOST_AUTO_TEST_CASE(hosts_ports_and_socket_paths_are_understood) {
    BOOST_TEST(to_text(*parse_address("127.0.0.1:8443")) == "127.0.0.1:8443");
    BOOST_TEST(to_text(*parse_address("[::1]:0")) == "[::1]:0");
    BOOST_TEST(to_text(*parse_address("court.example:443")) == "court.example:443");
    BOOST_TEST(parse_address("unix:/run/hub/http.sock")->unix_path == "/run/hub/http.sock");
}

BOOST_AUTO_TEST_CASE(what_is_not_an_address_is_refused_with_a_cure) {
    for (const char* text : {"", "8443", "host:", "host:99999", "host:80x", "ho st:80", "[::1]80", "[::1", "unix:relative", "unix:"}) {
        const auto address = parse_address(text);
        BOOST_TEST(!address, text);
        if (!address) BOOST_TEST(!address.error().cure.empty(), text);
    }
    BOOST_TEST(!parse_address("unix:/" + std::string(107, 'a')));
    BOOST_TEST(!!parse_address("unix:/" + std::string(106, 'a')));
}

BOOST_AUTO_TEST_CASE(only_numbers_and_unix_sockets_count_as_loopback) {
    for (const char* text : {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "unix:/s"}) BOOST_TEST(is_loopback(*parse_address(text)), text);
    for (const char* text : {"localhost:1", "0.0.0.0:1", "[::]:1", "128.0.0.1:1", "127.0.0.1.example:1"})
        BOOST_TEST(!is_loopback(*parse_address(text)), text);
}

BOOST_AUTO_TEST_CASE(urls_have_a_scheme_a_host_and_a_path) {
    const auto url = parse_url("https://police.example:8443/records?x=1");
    BOOST_REQUIRE(!!url);
    BOOST_TEST(url->tls);
    BOOST_TEST(to_text(url->address) == "police.example:8443");
    BOOST_TEST(url->target == "/records?x=1");
    BOOST_TEST(parse_url("https://police.example")->target == "/");
    BOOST_TEST(parse_url("https://police.example")->address.port == 443);
    BOOST_TEST(!parse_url("http://127.0.0.1:80/")->tls);
    for (const char* text : {"", "ftp://a/", "https://", "https://user@host/", "https://a/b#c", "https://a/b c", "https://a:0x1/", "//a/"})
        BOOST_TEST(!parse_url(text), text);
}

BOOST_AUTO_TEST_SUITE_END()
