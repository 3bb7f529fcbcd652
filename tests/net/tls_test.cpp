// TLS: who is let in, and who is not.
#include <boost/test/unit_test.hpp>

#include <openssl/ssl.h>
#include <sys/stat.h>

#include <functional>

#include "hub/net/http_client.hpp"
#include "tests/net/echo_server.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/raw_peer.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace std::chrono_literals;
using hub::net::HttpClient;
using hub::net::TlsContext;
using hub::net::TlsFiles;
using hub::net::TlsRole;

namespace {

/// An authority, a server, a client, and a stranger's authority.
struct World {
    support::TemporaryFolder folder{};
    support::TestAuthority authority{folder.path(), "authority"};
    support::TestAuthority stranger{folder.path(), "stranger"};
    support::CertificateFiles server = authority.issue({.name = "hub", .dns = {"hub.example"}, .ip = "127.0.0.1"});
    support::CertificateFiles client = authority.issue({.name = "court", .dns = {"court.example"}});
    support::MovableClock clock{};

    TlsFiles files(const support::CertificateFiles& own) const { return {own.certificate, own.key, authority.file(), {}, false}; }

    std::shared_ptr<TlsContext> context(const TlsFiles& files_in_use, TlsRole role) {
        auto loaded = TlsContext::load(files_in_use, role, clock);
        BOOST_REQUIRE_MESSAGE(!!loaded, (loaded ? "" : hub::to_text(loaded.error())));
        return *loaded;
    }

    hub::Result<hub::net::HttpResponse> ask(const EchoServer& echo, const TlsFiles& files_in_use, const std::string& host = "127.0.0.1") {
        auto url = hub::net::parse_url("https://" + host + ":" + std::to_string(echo.port()) + "/r");
        auto made = HttpClient::make(*url, context(files_in_use, TlsRole::client), {}, clock);
        BOOST_REQUIRE(!!made);
        return (*made)->exchange({"POST", "/r", {}, "hello", {}});
    }
};

struct Connected : World {
    EchoServer echo{{}, context(files(server), TlsRole::server)};
};

void is_refused(Connected& world, const support::CertificateFiles& own, const std::string& why) {
    const auto answer = world.ask(world.echo, world.files(own));
    BOOST_TEST(!answer, why);
    if (!answer) {
        BOOST_TEST((answer.error().remedy == hub::Remedy::stop), hub::to_text(answer.error()));
        BOOST_TEST(!answer.error().outcome_unknown);
    }
    BOOST_TEST(world.echo.requests == 0);
}

void is_not_trusted(World& world, const support::CertificateFiles& server, const std::string& why) {
    EchoServer echo({}, world.context(world.files(server), TlsRole::server));
    const auto answer = world.ask(echo, world.files(world.client));
    BOOST_REQUIRE_MESSAGE(!answer, why);
    BOOST_TEST(answer.error().what.find("certificate is not accepted") != std::string::npos, hub::to_text(answer.error()));
    BOOST_TEST(!answer.error().outcome_unknown);
    BOOST_TEST(echo.requests == 0);
}

/// A TLS client of OpenSSL's own, set up by the test: what our own client would never do.
bool handshakes(std::uint16_t port, const World& world, const std::function<void(SSL_CTX*)>& set_up) {
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_use_certificate_chain_file(context, world.client.certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context, world.client.key.c_str(), SSL_FILETYPE_PEM);
    set_up(context);
    BIO* const bio = BIO_new_ssl_connect(context);
    BIO_set_conn_hostname(bio, ("127.0.0.1:" + std::to_string(port)).c_str());
    bool good = BIO_do_handshake(bio) == 1;
    char byte = 0;
    // Under TLS 1.3 the server's refusal comes after the client's handshake: only an answer proves that it was let in.
    if (good) good = BIO_puts(bio, "GET / HTTP/1.1\r\nHost: a\r\n\r\n") > 0 && BIO_read(bio, &byte, 1) == 1;
    BIO_free_all(bio);
    SSL_CTX_free(context);
    return good;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tls)

BOOST_FIXTURE_TEST_CASE(a_client_is_known_by_the_name_on_its_certificate, Connected) {
    const auto answer = ask(echo, files(client));
    BOOST_REQUIRE_MESSAGE(!!answer, (answer ? "" : hub::to_text(answer.error())));
    BOOST_TEST(answer->body == "/r|hello");
    BOOST_TEST(header_value(answer->headers, "X-Peer") == "court.example");
    const auto plain_name = authority.issue({.name = "northvale court"});
    BOOST_TEST(header_value(ask(echo, files(plain_name))->headers, "X-Peer") == "");  // a space is no part of a name
    const auto common_name = authority.issue({.name = "northvale"});
    BOOST_TEST(header_value(ask(echo, files(common_name))->headers, "X-Peer") == "northvale");
}

BOOST_FIXTURE_TEST_CASE(a_client_without_a_certificate_is_refused, Connected) {
    BOOST_TEST(!handshakes(echo.port(), *this, [](SSL_CTX* context) { SSL_CTX_clear_chain_certs(context); SSL_CTX_set_cert_cb(context, [](SSL* ssl, void*) { SSL_certs_clear(ssl); return 1; }, nullptr); }));
    BOOST_TEST(echo.requests == 0);
    BOOST_TEST(handshakes(echo.port(), *this, [](SSL_CTX*) {}));
}

BOOST_FIXTURE_TEST_CASE(clients_with_bad_certificates_are_refused, Connected) {
    is_refused(*this, stranger.issue({.name = "court", .dns = {"court.example"}}), "another authority's");
    is_refused(*this, authority.issue({.name = "expired", .begins_s = -7'200, .ends_s = -3'600}), "expired");
    is_refused(*this, authority.issue({.name = "early", .begins_s = 3'600}), "not valid yet");
    is_refused(*this, authority.issue({.name = "server-only", .purpose = "serverAuth"}), "for servers only");
}

BOOST_FIXTURE_TEST_CASE(servers_with_bad_certificates_are_not_trusted, World) {
    is_not_trusted(*this, stranger.issue({.name = "hub", .ip = "127.0.0.1"}), "another authority's");
    is_not_trusted(*this, authority.issue({.name = "expired", .ip = "127.0.0.1", .begins_s = -7'200, .ends_s = -3'600}), "expired");
    is_not_trusted(*this, authority.issue({.name = "other", .dns = {"other.example"}, .ip = "127.0.0.2"}), "another host's");
    is_not_trusted(*this, authority.issue({.name = "127.0.0.1"}), "the host as common name only");
    is_not_trusted(*this, authority.issue({.name = "client-only", .ip = "127.0.0.1", .purpose = "clientAuth"}), "for clients only");
}

BOOST_FIXTURE_TEST_CASE(a_revoked_client_is_refused_when_lists_are_given, World) {
    const auto revoked = authority.issue({.name = "revoked", .dns = {"gone.example"}});
    TlsFiles own = files(server);
    own.revocation_file = authority.revoke({revoked});
    EchoServer echo({}, context(own, TlsRole::server));
    BOOST_TEST(!!ask(echo, files(client)));
    const auto answer = ask(echo, files(revoked));
    BOOST_REQUIRE(!answer);
    BOOST_TEST((answer.error().remedy == hub::Remedy::stop));
    BOOST_TEST(echo.requests == 1);
}

BOOST_FIXTURE_TEST_CASE(tls_1_2_needs_the_sites_word, World) {
    const auto old = [](SSL_CTX* context) { SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION); };
    const auto very_old = [](SSL_CTX* context) {
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    };
    const auto old_without_secrecy = [](SSL_CTX* context) {
        SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
        SSL_CTX_set_cipher_list(context, "ECDHE+AES+SHA1:ECDHE+AES+SHA256");
    };
    EchoServer strict({}, context(files(server), TlsRole::server));
    BOOST_TEST(!handshakes(strict.port(), *this, old));
    TlsFiles lenient_files = files(server);
    lenient_files.allow_tls12 = true;
    EchoServer lenient({}, context(lenient_files, TlsRole::server));
    BOOST_TEST(handshakes(lenient.port(), *this, old));
    BOOST_TEST(!handshakes(lenient.port(), *this, very_old));
    BOOST_TEST(!handshakes(lenient.port(), *this, [&](SSL_CTX* context) {
        old_without_secrecy(context);
        SSL_CTX_set_cipher_list(context, "ECDHE-ECDSA-AES128-SHA");
    }));
}

BOOST_FIXTURE_TEST_CASE(a_client_that_speaks_another_protocol_is_refused, Connected) {
    const auto offering = [](const char* protocol, unsigned size) {
        return [=](SSL_CTX* context) { SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(protocol), size); };
    };
    BOOST_TEST(!handshakes(echo.port(), *this, offering("\x02h2", 3)));
    BOOST_TEST(handshakes(echo.port(), *this, offering("\x02h2\x08http/1.1", 12)));
}

BOOST_FIXTURE_TEST_CASE(a_stalled_handshake_is_cut_off, Connected) {
    const support::RawPeer peer(echo.port());
    peer.say("\x16\x03\x01");
    for (int i = 0; i < 20; ++i) {
        echo.clock.add(1s);
        std::this_thread::sleep_for(20ms);
    }
    BOOST_TEST(peer.hear_all().find("HTTP") == std::string::npos);
    BOOST_TEST(peer.closed());
}

BOOST_FIXTURE_TEST_CASE(plain_text_to_a_tls_port_gets_no_answer_in_http, Connected) {
    const support::RawPeer peer(echo.port());
    peer.say("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(peer.hear_all().find("HTTP/1.1") == std::string::npos);
    BOOST_TEST(peer.closed());
    BOOST_TEST(echo.requests == 0);
}

BOOST_FIXTURE_TEST_CASE(a_replaced_certificate_is_used_for_the_next_connection, World) {
    const auto context_in_use = context(files(server), TlsRole::server);
    const auto before = context_in_use->current();
    clock.add(2s);
    BOOST_TEST(context_in_use->current() == before);
    support::write_file(server.certificate, "not a certificate");
    clock.add(2s);
    BOOST_TEST(context_in_use->current() == before);  // unusable files change nothing
    const auto renewed = authority.issue({.name = "hub", .dns = {"hub.example"}, .ip = "127.0.0.1"});
    BOOST_TEST(renewed.certificate == server.certificate);
    clock.add(2s);
    BOOST_TEST(context_in_use->current() != before);
}

BOOST_FIXTURE_TEST_CASE(unusable_files_are_named_with_a_cure, World) {
    const auto problem = [&](const TlsFiles& wrong) {
        const auto loaded = TlsContext::load(wrong, TlsRole::server, clock);
        BOOST_REQUIRE(!loaded);
        BOOST_TEST(!loaded.error().cure.empty());
        return loaded.error().where + ": " + loaded.error().what;
    };
    TlsFiles wrong = files(server);
    wrong.certificate_file = folder / "missing.pem";
    BOOST_TEST(problem(wrong).find("missing.pem: the certificate cannot be read") != std::string::npos);
    wrong = files(server);
    wrong.key_file = client.key;
    BOOST_TEST(problem(wrong).find("key") != std::string::npos);
    wrong = files(server);
    wrong.authority_file = server.key;
    BOOST_TEST(problem(wrong).find("the authorities cannot be read") != std::string::npos);
    chmod(server.key.c_str(), 0644);
    BOOST_TEST(problem(files(server)).find("everybody on this machine may use the private key") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
