// A ZeroMQ context in which only listed CURVE keys get through a handshake.
//
// libzmq lets every key in unless somebody answers its questions (ZAP, RFC 27); the gate does, on a thread of its own,
// from the moment it exists. Without clients it is a plain context for sockets that only connect. Sockets of the
// context must be closed before the gate ends.
#pragma once

#include <thread>
#include <zmq.hpp>

#include "connectors/zeromq/keys.hpp"

namespace connectors::zeromq {

class Gate {
public:
    explicit Gate(Clients clients);
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;
    ~Gate();

    zmq::context_t& context() { return context_; }

private:
    void answer_all(zmq::socket_t questions) const;

    const Clients clients_;
    zmq::context_t context_;
    std::jthread thread_;
};

/// What sockets that listen must name, so that an empty domain never gets through unasked.
constexpr const char* zap_domain = "throughgate";

}  // namespace connectors::zeromq
