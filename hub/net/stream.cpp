// See stream.hpp.
#include "hub/net/stream.hpp"

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace hub::net {
namespace {

// OpenSSL's own socket BIO writes with write(2), which kills the process with SIGPIPE when the peer is gone. This one
// sends with MSG_NOSIGNAL, so that the room does not depend on what the program does with signals.

int descriptor_of(BIO* bio) {
    return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio)));
}

int bio_write(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t sent = send(descriptor_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return static_cast<int>(sent);
}

int bio_read(BIO* bio, char* into, int size) {
    BIO_clear_retry_flags(bio);
    const ssize_t got = recv(descriptor_of(bio), into, static_cast<std::size_t>(size), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return static_cast<int>(got);
}

long bio_control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* quiet_socket() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE");
        BIO_meth_set_write(made, bio_write);
        BIO_meth_set_read(made, bio_read);
        BIO_meth_set_ctrl(made, bio_control);
        return made;
    }();
    return method;
}

/// SSL_get_error() looks at what stands in the queue and in errno, whoever put it there.
void ready_for_call() {
    ERR_clear_error();
    errno = 0;
}

bool is_numeric(const std::string& host) {
    in6_addr room{};
    return inet_pton(AF_INET, host.c_str(), &room) == 1 || inet_pton(AF_INET6, host.c_str(), &room) == 1;
}

/// The alerts by which a server says that it does not take our certificate.
bool is_certificate_alert(unsigned long code) {
    switch (ERR_GET_REASON(code)) {
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
            return true;
        default:
            return false;
    }
}

}  // namespace

void Stream::Free::operator()(ssl_st* ssl) const {
    SSL_free(ssl);
}

bool Stream::begin(std::shared_ptr<ssl_ctx_st> context) {
    ssl_.reset(SSL_new(context.get()));
    BIO* bio = ssl_ ? BIO_new(quiet_socket()) : nullptr;
    if (bio == nullptr) return false;
    BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket_.get())));
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_.get(), bio, bio);
    return true;
}

Stream Stream::for_server(Descriptor socket, std::shared_ptr<ssl_ctx_st> context) {
    Stream stream(std::move(socket));
    stream.secured_ = context != nullptr;
    if (context && stream.begin(std::move(context))) SSL_set_accept_state(stream.ssl_.get());
    return stream;
}

Stream Stream::for_client(Descriptor socket, std::shared_ptr<ssl_ctx_st> context, const std::string& host) {
    Stream stream(std::move(socket));
    stream.secured_ = context != nullptr;
    if (!context || !stream.begin(std::move(context))) return stream;
    SSL* ssl = stream.ssl_.get();
    if (is_numeric(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
    } else {
        SSL_set1_host(ssl, host.c_str());
        SSL_set_tlsext_host_name(ssl, host.c_str());
    }
    SSL_set_connect_state(ssl);
    return stream;
}

Io Stream::handshake() {
    if (!secured_) return Io::done;
    if (!ssl_) return Io::failed;
    ready_for_call();
    const int result = SSL_do_handshake(ssl_.get());
    return result == 1 ? Io::done : understand(result);
}

IoResult Stream::read(char* into, std::size_t size) {
    if (secured_ && !ssl_) return {};
    if (ssl_) {
        ready_for_call();
        const int got = SSL_read(ssl_.get(), into, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
        if (got > 0) return {Io::done, static_cast<std::size_t>(got)};
        return {understand(got), 0};
    }
    for (;;) {
        const ssize_t got = recv(socket_.get(), into, size, 0);
        if (got > 0) return {Io::done, static_cast<std::size_t>(got)};
        if (got == 0) return {Io::closed, 0};
        if (errno == EAGAIN) return {Io::want_read, 0};
        if (errno != EINTR) return {system_failure(), 0};
    }
}

IoResult Stream::write(const char* bytes, std::size_t size) {
    if (secured_ && !ssl_) return {};
    if (ssl_) {
        ready_for_call();
        const int sent = SSL_write(ssl_.get(), bytes, static_cast<int>(std::min<std::size_t>(size, INT_MAX)));
        if (sent > 0) return {Io::done, static_cast<std::size_t>(sent)};
        return {understand(sent), 0};
    }
    for (;;) {
        const ssize_t sent = send(socket_.get(), bytes, size, MSG_NOSIGNAL);
        if (sent > 0) return {Io::done, static_cast<std::size_t>(sent)};
        if (errno == EAGAIN) return {Io::want_write, 0};
        if (errno != EINTR) return {system_failure(), 0};
    }
}

void Stream::finish() {
    if (ssl_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
    ERR_clear_error();
    shutdown(socket_.get(), SHUT_WR);
}

Io Stream::discard() {
    std::array<char, 4096> bytes{};
    const ssize_t got = recv(socket_.get(), bytes.data(), bytes.size(), 0);
    if (got > 0) return Io::done;
    if (got == 0) return Io::closed;
    return errno == EAGAIN || errno == EINTR ? Io::want_read : Io::failed;
}

bool Stream::holds_bytes() const {
    return ssl_ && SSL_has_pending(ssl_.get()) == 1;
}

std::string Stream::peer_name() const {
    return ssl_ ? certificate_name(ssl_.get()) : std::string{};
}

Io Stream::understand(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ: return Io::want_read;
        case SSL_ERROR_WANT_WRITE: return Io::want_write;
        case SSL_ERROR_ZERO_RETURN: return Io::closed;
        case SSL_ERROR_SYSCALL:
            if (errno != 0) return system_failure();
            break;
        default: break;
    }
    const unsigned long code = ERR_peek_error();
    const long verdict = SSL_get_verify_result(ssl_.get());
    our_certificate_refused_ = is_certificate_alert(code);
    if (verdict != X509_V_OK)
        failure_ = std::string("the peer's certificate is not accepted: ") + X509_verify_cert_error_string(verdict);
    else if (const char* words = code == 0 ? nullptr : ERR_reason_error_string(code))
        failure_ = std::string("TLS failed: ") + words;
    else
        failure_ = "the peer cut the connection";
    ERR_clear_error();
    return Io::failed;
}

Io Stream::system_failure() {
    failure_ = std::strerror(errno);
    return Io::failed;
}

}  // namespace hub::net
