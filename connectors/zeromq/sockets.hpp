// Sockets with every limit set, and whole messages in and out of them.
#pragma once

#include <chrono>
#include <optional>
#include <zmq.hpp>

#include "connectors/zeromq/keys.hpp"
#include "connectors/zeromq/messages.hpp"
#include "hub/api/seams.hpp"

namespace connectors::zeromq {

struct SocketLimits {
    std::int64_t frame_bytes_max = 0;
    int messages_max = 1;  ///< that wait in each direction, per peer
    int handshake_timeout_ms = 2'000;
    int heartbeat_ms = 5'000;
};

/// "tcp://host:port" or "ipc://path" of the address as sites write it.
hub::Result<std::string> endpoint_of(const std::string& address);

/// Reads our secret key; `file` is relative to the site.
hub::Result<KeyPair> load_keys(const std::string& file, const std::string& site_folder, const hub::Disk& disk);

/// The clients named in the settings, then those in the file (empty lines do not count). Without a file, the settings alone.
hub::Result<std::vector<std::string>> client_lines(std::vector<std::string> named, const std::string& file, const std::string& site_folder,
                                                   const hub::Disk& disk);

zmq::socket_t make_socket(zmq::context_t& context, zmq::socket_type type, const SocketLimits& limits);
/// Only keys that the context's gate knows get in.
void guard(zmq::socket_t& socket, const KeyPair& own);
/// Only a server with this public key is talked to.
void trust(zmq::socket_t& socket, const KeyPair& own, const std::string& server_key);

/// One whole message, if one is there. Frames after the first parts_max + 1 are read and forgotten. `user` becomes the
/// name that the gate gave the sender, if any.
std::optional<Frames> receive(zmq::socket_t& socket, std::string* user = nullptr);
/// False when the peer is gone or takes no more; nothing was sent then.
bool send(zmq::socket_t& socket, const Frames& frames, zmq::send_flags flags);

hub::Error error_of(const zmq::error_t& error, const std::string& doing, const std::string& where);

}  // namespace connectors::zeromq
