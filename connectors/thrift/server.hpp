// Thrift's nonblocking server with its limits set, its sweep running and its threads owned.
#pragma once

#include <thrift/TProcessor.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "connectors/thrift/peer.hpp"
#include "hub/net/address.hpp"

namespace connectors::thrift {

struct ServerLimits {
    int frame_bytes_max = 0;
    int connections_max = 0;
    int workers = 0;  ///< calls at a time; others wait for a worker
    std::chrono::milliseconds idle_timeout{};
};

class Server {
public:
    virtual ~Server() = default;  ///< returns when every thread has ended: calls that wait must have been ended before

    /// Listens when it returns. `when_broken` is called, on a thread of the server, if it can serve no longer.
    static hub::Result<std::unique_ptr<Server>> listen(const hub::net::Address& address, std::shared_ptr<apache::thrift::transport::SSLContext> tls,
                                                       std::shared_ptr<apache::thrift::TProcessorFactory> service, ServerLimits limits,
                                                       const hub::Clock& clock, std::function<void()> when_broken);
};

}  // namespace connectors::thrift
