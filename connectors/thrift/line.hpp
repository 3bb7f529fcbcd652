// Our connection to a partner, with a deadline for everything that it does.
//
// Thrift's own time-outs begin anew with every byte, so that a slow partner could hold a thread for ever; here a phase
// (TLS, sending, the answer) has one deadline as a whole.
#pragma once

#include <thrift/transport/TSSLSocket.h>

#include <chrono>
#include <memory>
#include <string>

#include "hub/api/seams.hpp"

namespace connectors::thrift {

/// Throws TTransportException like every transport of Thrift. For one thread.
class Line : public apache::thrift::transport::TSSLSocket {
public:
    Line(std::shared_ptr<apache::thrift::transport::SSLContext> context, const std::string& host, int port, const hub::Clock& clock)
        : TSSLSocket(std::move(context), host, port), clock_(clock) {}

    /// From now on, until the next call of this.
    void give(std::chrono::milliseconds time) { deadline_ = clock_.steady() + time; }

    /// TLS, after open(). Proves the host by its certificate.
    void shake_hands();
    uint32_t read(uint8_t* into, uint32_t size) override;
    void write(const uint8_t* from, uint32_t size) override;
    void flush() override {}  // nothing is held back here
    void close() override;

private:
    int progress(int outcome, const char* what);

    const hub::Clock& clock_;
    std::chrono::nanoseconds deadline_{};
};

}  // namespace connectors::thrift
