// See peer.hpp.
#include "connectors/thrift/peer.hpp"

#include <openssl/err.h>
#include <sys/socket.h>

#include <limits>

#include "connectors/thrift/tls.hpp"
#include "hub/net/tls.hpp"

namespace connectors::thrift {
namespace {

using apache::thrift::transport::SSLContext;
using apache::thrift::transport::TNonblockingSSLServerSocket;
using apache::thrift::transport::TSocket;
using apache::thrift::transport::TSSLSocket;
using apache::thrift::transport::TSSLSocketFactory;

class PeerFactory : public TSSLSocketFactory {
public:
    PeerFactory(std::shared_ptr<SSLContext> context, const hub::Clock& clock) : clock_(clock) {
        ctx_ = std::move(context);
        server(true);
    }
    using TSSLSocketFactory::createSocket;
    std::shared_ptr<TSSLSocket> createSocket(THRIFT_SOCKET socket) override { return std::make_shared<Peer>(ctx_, socket, clock_); }

private:
    const hub::Clock& clock_;
};

}  // namespace

Peer::Peer(std::shared_ptr<SSLContext> context, int socket, const hub::Clock& clock)
    : TSSLSocket(std::move(context), socket), clock_(clock), seen_(clock.steady().count()) {
    server(true);
    setLibeventSafe();
    // Thrift counts each read that finds half a TLS record as a failed one and gives up after five: over a slow network
    // that would cut off honest senders.
    setMaxRecvRetries(std::numeric_limits<int>::max());
}

void Peer::end_call() {
    seen_ = clock_.steady().count();
    is_busy_ = false;
}

void Peer::shut() {
    if (getSocketFD() != THRIFT_INVALID_SOCKET) ::shutdown(getSocketFD(), SHUT_RDWR);
}

uint32_t Peer::read(uint8_t* into, uint32_t size) {
    ERR_clear_error();
    return TSSLSocket::read(into, size);
}

uint32_t Peer::write_partial(const uint8_t* from, uint32_t size) {
    ERR_clear_error();
    return TSSLSocket::write_partial(from, size);
}

void Peer::close() {
    end_quietly(ssl_);
    TSSLSocket::close();
}

void Peer::authorize() {
    TSSLSocket::authorize();
    name_ = hub::net::certificate_name(ssl_);
}

Listener::Listener(const std::string& host, int port, std::shared_ptr<TSSLSocketFactory> peers)
    : TNonblockingSSLServerSocket(host, port, std::move(peers)) {}

std::shared_ptr<TSocket> Listener::createSocket(THRIFT_SOCKET socket) {
    auto made = TNonblockingSSLServerSocket::createSocket(socket);
    peers_.push_back(std::dynamic_pointer_cast<Peer>(made));
    return made;
}

void Listener::sweep(std::chrono::nanoseconds moment) {
    std::erase_if(peers_, [](const std::weak_ptr<Peer>& each) {
        const auto peer = each.lock();
        return !peer || peer->getSocketFD() == THRIFT_INVALID_SOCKET;
    });
    for (const std::weak_ptr<Peer>& each : peers_)
        if (const auto peer = each.lock(); peer && peer->is_idle_since(moment)) peer->shut();
}

std::shared_ptr<TSSLSocketFactory> make_peer_factory(std::shared_ptr<SSLContext> context, const hub::Clock& clock) {
    // Thrift would unload parts of OpenSSL with its last factory, while other rooms use it.
    TSSLSocketFactory::setManualOpenSSLInitialization(true);
    return std::make_shared<PeerFactory>(std::move(context), clock);
}

}  // namespace connectors::thrift
