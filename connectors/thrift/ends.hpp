// The makers of the ends, for thrift.cpp.
#pragma once

#include <memory>

#include "connectors/thrift/settings.hpp"
#include "hub/api/connector.hpp"

namespace connectors::thrift {

/// Serves Hub: each submit() becomes a message, and is answered after its fate is durable.
std::unique_ptr<hub::Source> make_hub_source(SourceSettings settings, const hub::ConnectorContext& context);

/// Calls submit() of a partner's Hub, once for each record.
std::unique_ptr<hub::Sink> make_hub_sink(SinkSettings settings, const hub::ConnectorContext& context);

}  // namespace connectors::thrift
