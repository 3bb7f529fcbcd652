// A partner's connection, and the listener that accepts and sweeps them.
//
// TNonblockingServer knows no time: whoever stalls in a handshake, in a call or before reading an answer keeps its place
// for ever. So the listener remembers what it accepted and shuts what has been idle too long. Accepting, closing and
// sweeping all happen on the server's event thread; only the marks of a peer are touched by others.
#pragma once

#include <thrift/transport/TNonblockingSSLServerSocket.h>
#include <thrift/transport/TSSLSocket.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "hub/api/seams.hpp"

namespace connectors::thrift {

class Peer : public apache::thrift::transport::TSSLSocket {
public:
    Peer(std::shared_ptr<apache::thrift::transport::SSLContext> context, int socket, const hub::Clock& clock);

    /// Who it is, by the certificate of a finished handshake; empty when that names nobody.
    const std::string& name() const { return name_; }

    /// Around each call, on a worker's thread.
    void begin_call() { is_busy_ = true; }
    void end_call();
    bool is_idle_since(std::chrono::nanoseconds moment) const { return !is_busy_ && seen_.load() < moment.count(); }
    /// Ends the connection: the event thread finds it closed. On the event thread, or during a call.
    void shut();

    // OpenSSL's queue of errors is the thread's: one peer's failure must not be read as the next one's.
    uint32_t read(uint8_t* into, uint32_t size) override;
    uint32_t write_partial(const uint8_t* from, uint32_t size) override;
    void close() override;

protected:
    void authorize() override;

private:
    const hub::Clock& clock_;
    std::string name_;
    std::atomic<bool> is_busy_ = false;
    std::atomic<std::int64_t> seen_;
};

class Listener : public apache::thrift::transport::TNonblockingSSLServerSocket {
public:
    Listener(const std::string& host, int port, std::shared_ptr<apache::thrift::transport::TSSLSocketFactory> peers);

    /// Shuts those that have been idle since before `moment`, and forgets those that are closed.
    void sweep(std::chrono::nanoseconds moment);

protected:
    std::shared_ptr<apache::thrift::transport::TSocket> createSocket(THRIFT_SOCKET socket) override;

private:
    std::vector<std::weak_ptr<Peer>> peers_;
};

/// Makes peers of accepted sockets, all under one TLS context.
std::shared_ptr<apache::thrift::transport::TSSLSocketFactory> make_peer_factory(
    std::shared_ptr<apache::thrift::transport::SSLContext> context, const hub::Clock& clock);

}  // namespace connectors::thrift
