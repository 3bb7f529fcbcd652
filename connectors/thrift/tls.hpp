// Thrift's TLS contexts under our rules, for both ends.
//
// Thrift's own defaults let a client skip the host's name and speak any version; so the context is set up here, file by
// file, with the rules of hub/net/tls.hpp. That room's contexts cannot be used themselves: Thrift makes its own.
#pragma once

#include <thrift/transport/TSSLSocket.h>

#include <memory>
#include <string>

#include "hub/api/error.hpp"

namespace connectors::thrift {

struct TlsFiles {
    std::string certificate_file{}, key_file{}, authority_file{};
    bool allow_tls12 = false;
};

/// For a server `host` is empty: each client must show a certificate of an authority. For a client `host` is the name
/// or the numeric address that the server's certificate must prove.
hub::Result<std::shared_ptr<apache::thrift::transport::SSLContext>> make_context(const TlsFiles& files, const std::string& host);

/// Below `folder` unless the path is absolute.
std::string below(const std::string& folder, const std::string& path);

/// Says goodbye once, without waiting for an answer: closing must never hold a thread up.
void end_quietly(SSL* connection);

/// The newest entry of OpenSSL's queue in words, and an empty queue.
std::string openssl_reason();

}  // namespace connectors::thrift
