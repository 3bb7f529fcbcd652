// Records over Thrift: a source that serves Hub (schemas/wire/hub.thrift) to partners, a sink that calls a partner's Hub.
//
// Framed binary protocol inside TLS with certificates on both sides; nothing else is spoken. In this folder "line" is
// our connection to a partner, "peer" a partner's connection to us, "desk" where its calls wait for the hub.
#pragma once

#include "hub/api/connector.hpp"

namespace connectors::thrift {

hub::Connector connector();

}  // namespace connectors::thrift
