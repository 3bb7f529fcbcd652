// Records over ZeroMQ: DEALER to ROUTER with acknowledgements of our own, and content-free hints by PUB.
//
// Runs as an edge unless a site says otherwise: libzmq gathers the parts of a message without a limit before it hands
// over the first, so that only a process boundary survives a peer that never ends one.
#pragma once

#include "hub/api/connector.hpp"

namespace connectors::zeromq {

hub::Connector connector();

}  // namespace connectors::zeromq
