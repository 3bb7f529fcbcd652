// One connected socket, plain or under TLS, that never blocks: each call says what it waits for.
//
// Private to the room. Server and client share it; neither needs a second copy of its code for TLS.
#pragma once

#include <memory>
#include <string>

#include "hub/net/socket.hpp"
#include "hub/net/tls.hpp"

namespace hub::net {

enum class Io {
    done,
    want_read,   ///< call again when the socket can be read
    want_write,  ///< call again when the socket can be written
    closed,      ///< the peer ended the stream properly
    failed,      ///< the stream is broken: failure() says how
};

struct IoResult {
    Io io = Io::failed;
    std::size_t bytes = 0;  ///< more than 0 exactly when done
};

class Stream {
public:
    /// Without a context the stream is plain; with one that cannot be used every call fails. `host` is what a client demands of the server's certificate.
    static Stream for_server(Descriptor socket, std::shared_ptr<ssl_ctx_st> context);
    static Stream for_client(Descriptor socket, std::shared_ptr<ssl_ctx_st> context, const std::string& host);

    Io handshake();
    IoResult read(char* into, std::size_t size);
    IoResult write(const char* bytes, std::size_t size);
    /// Throws away raw bytes that the peer still sends, so that closing does not destroy our last answer.
    Io discard();
    /// Tells the peer that nothing more comes, as far as that works without waiting.
    void finish();

    /// True when bytes have been taken from the socket and not read yet: waiting for the socket would miss them.
    bool holds_bytes() const;
    int socket() const { return socket_.get(); }
    /// The name on the peer's certificate; empty on plain streams.
    std::string peer_name() const;
    /// Why the last call failed, for an operator.
    const std::string& failure() const { return failure_; }
    /// True when the peer broke off because of our certificate: it has read nothing that we sent.
    bool our_certificate_refused() const { return our_certificate_refused_; }

private:
    explicit Stream(Descriptor socket) : socket_(std::move(socket)) {}
    bool begin(std::shared_ptr<ssl_ctx_st> context);
    Io understand(int result);
    Io system_failure();

    struct Free {
        void operator()(ssl_st* ssl) const;
    };
    Descriptor socket_;
    std::unique_ptr<ssl_st, Free> ssl_{};
    bool secured_ = false;  ///< a context was given: without ssl_ nothing may pass
    std::string failure_ = "no TLS connection can be made";
    bool our_certificate_refused_ = false;
};

}  // namespace hub::net
