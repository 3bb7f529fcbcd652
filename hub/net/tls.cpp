// See tls.hpp.
#include "hub/net/tls.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <array>
#include <mutex>
#include <vector>

#include "hub/api/digest.hpp"

namespace hub::net {
namespace {

using Context = std::shared_ptr<SSL_CTX>;

constexpr int chain_depth_max = 3;
constexpr int security_level = 2;  // 112 bits: no SHA-1 signatures, no RSA below 2048 bits
constexpr std::size_t name_bytes_max = 255;
constexpr std::chrono::seconds look_again{1};
constexpr const char* tls12_ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr std::array<unsigned char, 9> http11 = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

/// The newest entry of OpenSSL's queue in words, and an empty queue.
std::string reason() {
    const unsigned long code = ERR_peek_last_error();
    const char* text = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return text == nullptr ? "unknown reason" : text;
}

Error bad_file(const std::string& file, const std::string& what, const std::string& cure) {
    return {Remedy::stop, what, file, cure, "TG-N010"};
}

/// A client that offers protocols must offer ours; another protocol on this port would be a confusion, not a choice.
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned int in_size, void*) {
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, http11.data(), http11.size(), in, in_size) != OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void set_protocol_rules(SSL_CTX* context, const TlsFiles& files, TlsRole role) {
    SSL_CTX_set_min_proto_version(context, files.allow_tls12 ? TLS1_2_VERSION : TLS1_3_VERSION);
    SSL_CTX_set_security_level(context, security_level);
    SSL_CTX_set_cipher_list(context, tls12_ciphers);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_num_tickets(context, 0);
    SSL_CTX_set_max_early_data(context, 0);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    if (role == TlsRole::server)
        SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
    else
        SSL_CTX_set_alpn_protos(context, http11.data(), http11.size());
}

void set_peer_rules(SSL_CTX* context, const TlsFiles& files) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    SSL_CTX_set_verify_depth(context, chain_depth_max);
    X509_VERIFY_PARAM* rules = SSL_CTX_get0_param(context);
    unsigned long flags = X509_V_FLAG_X509_STRICT;
    if (!files.revocation_file.empty()) flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL;
    X509_VERIFY_PARAM_set_flags(rules, flags);
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
}

Status read_files(SSL_CTX* context, const TlsFiles& files) {
    struct stat info {};
    if (stat(files.key_file.c_str(), &info) == 0 && (info.st_mode & S_IRWXO) != 0)
        return bad_file(files.key_file, "everybody on this machine may use the private key", "take its rights away: chmod 600");
    if (SSL_CTX_use_certificate_chain_file(context, files.certificate_file.c_str()) != 1)
        return bad_file(files.certificate_file, "the certificate cannot be read: " + reason(), "give a PEM file");
    if (SSL_CTX_use_PrivateKey_file(context, files.key_file.c_str(), SSL_FILETYPE_PEM) != 1)
        return bad_file(files.key_file, "the private key cannot be read: " + reason(), "give a PEM file without a passphrase");
    if (SSL_CTX_check_private_key(context) != 1)
        return bad_file(files.key_file, "the private key is not the certificate's", "give the pair that belongs together");
    if (SSL_CTX_load_verify_file(context, files.authority_file.c_str()) != 1)
        return bad_file(files.authority_file, "the authorities cannot be read: " + reason(), "give a PEM file");
    SSL_CTX_set_client_CA_list(context, SSL_load_client_CA_file(files.authority_file.c_str()));
    if (!files.revocation_file.empty() && SSL_CTX_load_verify_file(context, files.revocation_file.c_str()) != 1)
        return bad_file(files.revocation_file, "the revocation lists cannot be read: " + reason(), "give a PEM file");
    return Done{};
}

Result<Context> build(const TlsFiles& files, TlsRole role) {
    const Context context(SSL_CTX_new(role == TlsRole::server ? TLS_server_method() : TLS_client_method()), SSL_CTX_free);
    if (!context) return Error{Remedy::retry, "no TLS context: " + reason(), "", "", "TG-N011"};
    set_protocol_rules(context.get(), files, role);
    set_peer_rules(context.get(), files);
    const Status read = read_files(context.get(), files);
    ERR_clear_error();
    if (!read) return read.error();
    return context;
}

/// Changes when any of the files is written or replaced.
std::vector<std::int64_t> stamps(const TlsFiles& files) {
    std::vector<std::int64_t> found;
    for (const std::string* file : {&files.certificate_file, &files.key_file, &files.authority_file, &files.revocation_file}) {
        struct stat info {};
        if (file->empty() || stat(file->c_str(), &info) != 0) continue;
        found.insert(found.end(), {static_cast<std::int64_t>(info.st_ino), info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec});
    }
    return found;
}

std::string visible(std::string_view text) {
    if (text.empty() || text.size() > name_bytes_max) return {};
    for (const char c : text)
        if (c <= ' ' || c > '~') return {};
    return std::string(text);
}

std::string_view text_of(const ASN1_STRING* string) {
    return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)), static_cast<std::size_t>(ASN1_STRING_length(string))};
}

std::string alternative_name(const X509* certificate, int kind) {
    using Names = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;
    const Names names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
                      &GENERAL_NAMES_free);
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == kind) return visible(text_of(name->d.ia5));  // both kinds asked for are IA5 strings
    }
    return {};
}

std::string common_name(const X509* certificate) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
    if (at < 0) return {};
    return visible(text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
}

}  // namespace

struct TlsContext::State {
    // Constant after construction.
    TlsFiles files{};
    TlsRole role = TlsRole::server;
    const Clock& clock;

    std::mutex lock{};
    // Guarded by lock.
    Context context{};
    std::vector<std::int64_t> read_at{};
    std::chrono::nanoseconds looked_at{};
};

TlsContext::TlsContext(std::unique_ptr<State> state) : state_(std::move(state)) {}
TlsContext::~TlsContext() = default;

Result<std::shared_ptr<TlsContext>> TlsContext::load(TlsFiles files, TlsRole role, const Clock& clock) {
    auto read_at = stamps(files);
    auto context = build(files, role);
    if (!context) return context.error();
    std::unique_ptr<State> state(new State{std::move(files), role, clock});
    state->context = *context;
    state->read_at = std::move(read_at);
    state->looked_at = clock.steady();
    return std::shared_ptr<TlsContext>(new TlsContext(std::move(state)));
}

std::shared_ptr<ssl_ctx_st> TlsContext::current() {
    const std::lock_guard held(state_->lock);
    const auto now = state_->clock.steady();
    if (now - state_->looked_at < look_again) return state_->context;
    state_->looked_at = now;
    auto seen = stamps(state_->files);
    if (seen == state_->read_at) return state_->context;
    if (auto renewed = build(state_->files, state_->role)) {
        state_->context = *renewed;
        state_->read_at = std::move(seen);
    }
    return state_->context;
}

std::string certificate_name(const ssl_st* connection) {
    const X509* certificate = SSL_get0_peer_certificate(connection);
    if (certificate == nullptr) return {};
    for (const int kind : {GEN_DNS, GEN_URI})
        if (std::string name = alternative_name(certificate, kind); !name.empty()) return name;
    return common_name(certificate);
}

std::string sha256_hex(std::string_view bytes) {
    Digest digest{};
    unsigned int size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
    return to_hex(digest);
}

}  // namespace hub::net
