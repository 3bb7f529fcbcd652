// The makers of the ends, for zeromq.cpp.
#pragma once

#include <memory>

#include "connectors/zeromq/settings.hpp"
#include "hub/api/connector.hpp"

namespace connectors::zeromq {

/// ROUTER: takes submissions from the clients' DEALER or REQ sockets and answers each after its fate is durable.
std::unique_ptr<hub::Source> make_router_source(SourceSettings settings, const hub::ConnectorContext& context);

/// DEALER: hands records to a partner's ROUTER and waits for its answer.
std::unique_ptr<hub::Sink> make_dealer_sink(SinkSettings settings, const hub::ConnectorContext& context);

/// PUB: tells subscribers that there is a record of some type, by its delivery key, and nothing of it. A hint may be
/// lost without notice; who hears one fetches the record by a means that cannot.
std::unique_ptr<hub::Sink> make_hint_sink(SinkSettings settings, const hub::ConnectorContext& context);

}  // namespace connectors::zeromq
