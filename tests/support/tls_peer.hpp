// One end of a TLS connection made of OpenSSL's plain calls: for peers that are not ours, or keep to no protocol.
#pragma once

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "hub/net/socket.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/raw_peer.hpp"

namespace support {

struct TlsWish {
    CertificateFiles own{};  ///< may be empty for a client
    std::string authority{};
    int version_max = TLS1_3_VERSION;
};

class TlsPeer {
public:
    /// A client of a server on loopback, through with its handshake unless that failed.
    static std::unique_ptr<TlsPeer> connect(std::uint16_t port, const TlsWish& wish) {
        auto socket = hub::net::connect_to({"127.0.0.1", port, {}}, std::chrono::milliseconds(patience_ms));
        return socket ? std::make_unique<TlsPeer>(std::move(*socket), wish, false) : nullptr;
    }

    TlsPeer(hub::net::Descriptor socket, const TlsWish& wish, bool is_server)
        : socket_(std::move(socket)), context_(SSL_CTX_new(is_server ? TLS_server_method() : TLS_client_method()), SSL_CTX_free) {
        SSL_CTX_set_max_proto_version(context_.get(), wish.version_max);
        if (!wish.own.certificate.empty()) {
            SSL_CTX_use_certificate_chain_file(context_.get(), wish.own.certificate.c_str());
            SSL_CTX_use_PrivateKey_file(context_.get(), wish.own.key.c_str(), SSL_FILETYPE_PEM);
        }
        SSL_CTX_load_verify_file(context_.get(), wish.authority.c_str());
        SSL_CTX_set_verify(context_.get(), is_server ? SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT : SSL_VERIFY_PEER, nullptr);
        ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(ssl_.get(), socket_.get());
        shaken_ = finish(patience_ms, [&] { return is_server ? SSL_accept(ssl_.get()) : SSL_connect(ssl_.get()); }) > 0;
    }

    bool shaken() const { return shaken_; }
    int socket() const { return socket_.get(); }
    int version() const { return SSL_version(ssl_.get()); }
    /// True when the other side ended the stream.
    bool closed() const { return closed_; }

    void say(const std::string& bytes) {
        for (std::size_t sent = 0; sent < bytes.size();) {
            const int went = finish(patience_ms, [&] { return SSL_write(ssl_.get(), bytes.data() + sent, static_cast<int>(bytes.size() - sent)); });
            if (went <= 0) return;
            sent += static_cast<std::size_t>(went);
        }
    }

    /// The next whole frame of four bytes of length and that many bytes; empty when it is not there in time.
    std::optional<std::string> hear_frame(int wait_ms = patience_ms) {
        for (;;) {
            if (heard_.size() >= 4) {
                std::size_t size = 0;
                for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(heard_[static_cast<std::size_t>(i)]);
                if (heard_.size() >= 4 + size) {
                    std::string frame = heard_.substr(4, size);
                    heard_.erase(0, 4 + size);
                    return frame;
                }
            }
            if (!hear_some(wait_ms)) return std::nullopt;
        }
    }

    /// Waits until the other side has ended the stream; false when it did not within the patience.
    bool hears_the_end() {
        while (hear_some(patience_ms)) {}
        return closed_;
    }

private:
    bool hear_some(int wait_ms) {
        std::array<char, 16'384> bytes{};
        if (closed_) return false;
        const int got = finish(wait_ms, [&] { return SSL_read(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())); });
        if (got > 0) heard_.append(bytes.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    /// Makes the call until it is through; 0 when the time is up or the stream has ended.
    template <class Call>
    int finish(int wait_ms, const Call& call) {
        for (;;) {
            ERR_clear_error();  // another peer's failure on this thread is not this one's
            const int outcome = call();
            if (outcome > 0) return outcome;
            const int kind = SSL_get_error(ssl_.get(), outcome);
            if (kind != SSL_ERROR_WANT_READ && kind != SSL_ERROR_WANT_WRITE) {
                closed_ = true;
                return 0;
            }
            if (!hub::net::wait_ready(socket_.get(), kind == SSL_ERROR_WANT_WRITE, std::chrono::milliseconds(wait_ms))) return 0;
        }
    }

    struct FreeSsl {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };

    hub::net::Descriptor socket_;
    std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
    std::unique_ptr<SSL, FreeSsl> ssl_{};
    bool shaken_ = false, closed_ = false;
    std::string heard_{};
};

}  // namespace support
