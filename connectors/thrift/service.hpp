// Hub, as partners call it: one processor for each connection, which knows who is at its other end.
#pragma once

#include <thrift/TProcessor.h>

#include <chrono>
#include <memory>

#include "connectors/thrift/desk.hpp"
#include "connectors/thrift/peer.hpp"

namespace connectors::thrift {

struct ServiceLimits {
    std::size_t body_bytes_max = 0;
    std::chrono::milliseconds answer_timeout{};
};

/// The processors use the desk until the server that calls them has ended.
std::shared_ptr<apache::thrift::TProcessorFactory> make_service(Desk& desk, ServiceLimits limits);

}  // namespace connectors::thrift
