// See tls.hpp.
#include "connectors/thrift/tls.hpp"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <csignal>

namespace connectors::thrift {
namespace {

using apache::thrift::transport::SSLContext;

constexpr int chain_depth_max = 3;
constexpr int security_level = 2;  // 112 bits: no SHA-1 signatures, no RSA below 2048 bits
constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

hub::Error bad_file(const std::string& file, const std::string& what, const std::string& cure) {
    return {hub::Remedy::stop, what, file, cure, "TG-T010"};
}

bool is_numeric(const std::string& host) {
    std::array<unsigned char, sizeof(in6_addr)> ignored{};
    return ::inet_pton(AF_INET, host.c_str(), ignored.data()) == 1 || ::inet_pton(AF_INET6, host.c_str(), ignored.data()) == 1;
}

void set_rules(SSL_CTX* context, const TlsFiles& files, const std::string& host) {
    SSL_CTX_set_min_proto_version(context, files.allow_tls12 ? TLS1_2_VERSION : TLS1_3_VERSION);
    SSL_CTX_set_security_level(context, security_level);
    SSL_CTX_set_cipher_list(context, tls12_ciphers);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_verify_depth(context, chain_depth_max);
    X509_VERIFY_PARAM* const rules = SSL_CTX_get0_param(context);
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_X509_STRICT);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    if (host.empty()) return;
    if (is_numeric(host)) X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str());
    else X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size());
}

hub::Status read_files(SSL_CTX* context, const TlsFiles& files) {
    struct stat info {};
    if (::stat(files.key_file.c_str(), &info) == 0 && (info.st_mode & S_IRWXO) != 0)
        return bad_file(files.key_file, "everybody on this machine may use the private key", "take its rights away: chmod 600");
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate_file.c_str()) != 1)
        return bad_file(files.certificate_file, "the certificate cannot be read: " + openssl_reason(), "give a PEM file");
    if (SSL_CTX_use_PrivateKey_file(context, files.key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        return bad_file(files.key_file, "the private key cannot be read: " + openssl_reason(), "give a PEM file without a passphrase");
    if (SSL_CTX_check_private_key(context) != 1)
        return bad_file(files.key_file, "the private key is not the certificate's", "give the pair that belongs together");
    if (SSL_CTX_load_verify_file(context, files.authority_file.c_str()) != 1)
        return bad_file(files.authority_file, "the authorities cannot be read: " + openssl_reason(), "give a PEM file");
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(files.authority_file.c_str()));
    return hub::Done{};
}

}  // namespace

hub::Result<std::shared_ptr<SSLContext>> make_context(const TlsFiles& files, const std::string& host) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes with write(2): a peer that is gone must be an error, not our end
    try {
        auto context = std::make_shared<SSLContext>();
        set_rules(context->get(), files, host);
        const hub::Status read = read_files(context->get(), files);
        ERR_clear_error();
        if (!read) return read.error();
        return context;
    } catch (const std::exception&) {
        return hub::Error{hub::Remedy::retry, "no TLS context: " + openssl_reason(), "", "", "TG-T011"};
    }
}

std::string below(const std::string& folder, const std::string& path) {
    return path.empty() || path.front() == '/' || folder.empty() ? path : folder + "/" + path;
}

void end_quietly(SSL* connection) {
    if (connection == nullptr) return;
    if (SSL_is_init_finished(connection)) SSL_shutdown(connection);
    SSL_set_quiet_shutdown(connection, 1);
    ERR_clear_error();
}

std::string openssl_reason() {
    const unsigned long code = ERR_peek_last_error();
    const char* const text = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return text == nullptr ? "unknown reason" : text;
}

}  // namespace connectors::thrift
