// Records over HTTP/1.1 and TLS: a source that partners POST to, a sink that POSTs to a partner.
//
// The protocol itself is hub/net's; here is only what a request means to the hub and what an answer means to it.
#pragma once

#include "hub/api/connector.hpp"

namespace connectors::http {

hub::Connector connector();

}  // namespace connectors::http
