// See line.hpp.
#include "connectors/thrift/line.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <poll.h>

#include <algorithm>

#include "connectors/thrift/tls.hpp"

namespace connectors::thrift {

using apache::thrift::transport::TSSLException;
using apache::thrift::transport::TTransportException;

/// Passes on a good outcome and 0 at the end of the stream; waits, and gives -1, when the call must be made again.
int Line::progress(int outcome, const char* what) {
    if (outcome > 0) return outcome;
    const int kind = SSL_get_error(ssl_, outcome);
    if (kind == SSL_ERROR_ZERO_RETURN) return 0;
    if (kind != SSL_ERROR_WANT_READ && kind != SSL_ERROR_WANT_WRITE) {
        const long verified = SSL_get_verify_result(ssl_);
        const std::string reason = openssl_reason();
        throw TSSLException(std::string(what) + ": " + (verified == X509_V_OK ? reason : X509_verify_cert_error_string(verified)));
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline_ - clock_.steady()).count();
    pollfd one{getSocketFD(), static_cast<short>(kind == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    if (left <= 0 || ::poll(&one, 1, static_cast<int>(left)) == 0) throw TTransportException(TTransportException::TIMED_OUT, "no progress in time");
    return -1;
}

void Line::shake_hands() {
    initializeHandshakeParams();
    const std::string host = getHost();
    const bool numeric = host.find(':') != host.npos || std::all_of(host.begin(), host.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
    if (!numeric) SSL_set_tlsext_host_name(ssl_, host.c_str());
    int done = -1;
    while (done < 0) {
        ERR_clear_error();
        done = progress(SSL_connect(ssl_), "TLS");
    }
    if (done == 0) throw TTransportException(TTransportException::END_OF_FILE, "the partner closed during TLS");
}

uint32_t Line::read(uint8_t* into, uint32_t size) {
    if (ssl_ == nullptr) throw TTransportException(TTransportException::NOT_OPEN, "the connection is not open");
    for (;;) {
        ERR_clear_error();
        const int got = progress(SSL_read(ssl_, into, static_cast<int>(size)), "reading");
        if (got >= 0) return static_cast<uint32_t>(got);
    }
}

void Line::write(const uint8_t* from, uint32_t size) {
    if (ssl_ == nullptr) throw TTransportException(TTransportException::NOT_OPEN, "the connection is not open");
    for (uint32_t sent = 0; sent < size;) {
        ERR_clear_error();
        const int went = progress(SSL_write(ssl_, from + sent, static_cast<int>(size - sent)), "sending");
        if (went == 0) throw TTransportException(TTransportException::END_OF_FILE, "the partner has closed");
        if (went > 0) sent += static_cast<uint32_t>(went);
    }
}

void Line::close() {
    end_quietly(ssl_);
    TSSLSocket::close();
}

}  // namespace connectors::thrift
