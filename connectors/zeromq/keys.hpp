// CURVE keys: texts of 40 Z85 characters that stand for 32 bytes, and the list of those who may come in.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/api/error.hpp"

namespace connectors::zeromq {

/// The 32 bytes of a key; an error that does not quote it.
hub::Result<std::string> key_bytes(const std::string& z85);

/// Our own pair, from the text of the secret key (white space around it does not count).
struct KeyPair {
    std::string public_key{};  ///< Z85
    std::string secret_key{};  ///< Z85
};
hub::Result<KeyPair> key_pair(const std::string& secret_text);

/// Public key (32 bytes) to name, from lines "name key". A key or name that stands twice is an error.
using Clients = std::map<std::string, std::string>;
hub::Result<Clients> read_clients(const std::vector<std::string>& lines);

}  // namespace connectors::zeromq
