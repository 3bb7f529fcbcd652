#include "connectors/zeromq/sockets.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

#include "connectors/zeromq/gate.hpp"
#include "hub/net/address.hpp"

namespace connectors::zeromq {
namespace {

/// How long answers that are already sent may still leave after a socket was closed.
constexpr int linger_ms = 500;
constexpr std::size_t key_file_bytes_max = 4'096;
constexpr std::size_t clients_file_bytes_max = 1 << 20;
/// What CURVE adds to a frame; frames between the limit and this are refused one floor up, in words.
constexpr std::int64_t curve_overhead_bytes = 64;
constexpr int silent_heartbeats_max = 3;
constexpr int reconnect_ms = 50;
constexpr int reconnect_ms_max = 5'000;

std::string below(const std::string& site_folder, const std::string& file) {
    return file.starts_with('/') || site_folder.empty() ? file : site_folder + "/" + file;
}

std::string name_of_sender(zmq::message_t& part) {
    const char* name = zmq_msg_gets(part.handle(), "User-Id");
    return name == nullptr ? "" : name;
}

}  // namespace

hub::Result<std::string> endpoint_of(const std::string& address) {
    const auto parsed = hub::net::parse_address(address);
    if (!parsed) return parsed.error();
    if (!parsed->unix_path.empty()) return "ipc://" + parsed->unix_path;
    return "tcp://" + hub::net::to_text(*parsed);  // port 0 is the system's choice for libzmq too
}

hub::Result<std::vector<std::string>> client_lines(std::vector<std::string> named, const std::string& file, const std::string& site_folder,
                                                   const hub::Disk& disk) {
    if (file.empty()) return named;
    const auto text = disk.read(below(site_folder, file), clients_file_bytes_max);
    if (!text) return text.error();
    for (std::size_t at = 0; at < text->size();) {
        const std::size_t end = std::min(text->find('\n', at), text->size());
        std::string line = text->substr(at, end - at);
        if (line.find_first_not_of(" \t\r") != std::string::npos) named.push_back(std::move(line));
        at = end + 1;
    }
    return named;
}

hub::Result<KeyPair> load_keys(const std::string& file, const std::string& site_folder, const hub::Disk& disk) {
    const std::string path = below(site_folder, file);
    const auto text = disk.read_secret(path, key_file_bytes_max);
    if (!text) return text.error();
    auto pair = key_pair(*text);
    if (!pair) pair.error().where = path;
    return pair;
}

zmq::socket_t make_socket(zmq::context_t& context, zmq::socket_type type, const SocketLimits& limits) {
    zmq::socket_t socket(context, type);
    socket.set(zmq::sockopt::maxmsgsize, limits.frame_bytes_max + curve_overhead_bytes);
    socket.set(zmq::sockopt::rcvhwm, limits.messages_max);
    socket.set(zmq::sockopt::sndhwm, limits.messages_max);
    socket.set(zmq::sockopt::handshake_ivl, limits.handshake_timeout_ms);
    socket.set(zmq::sockopt::heartbeat_ivl, limits.heartbeat_ms);
    socket.set(zmq::sockopt::heartbeat_timeout, limits.heartbeat_ms * silent_heartbeats_max);
    socket.set(zmq::sockopt::heartbeat_ttl, limits.heartbeat_ms * silent_heartbeats_max);
    socket.set(zmq::sockopt::linger, linger_ms);
    socket.set(zmq::sockopt::immediate, true);
    socket.set(zmq::sockopt::tcp_keepalive, 1);
    socket.set(zmq::sockopt::ipv6, true);
    socket.set(zmq::sockopt::reconnect_ivl, reconnect_ms);
    socket.set(zmq::sockopt::reconnect_ivl_max, reconnect_ms_max);
    return socket;
}

void guard(zmq::socket_t& socket, const KeyPair& own) {
    socket.set(zmq::sockopt::curve_server, true);
    socket.set(zmq::sockopt::curve_secretkey, own.secret_key);
    socket.set(zmq::sockopt::zap_domain, zap_domain);
}

void trust(zmq::socket_t& socket, const KeyPair& own, const std::string& server_key) {
    socket.set(zmq::sockopt::curve_serverkey, server_key);
    socket.set(zmq::sockopt::curve_publickey, own.public_key);
    socket.set(zmq::sockopt::curve_secretkey, own.secret_key);
}

std::optional<Frames> receive(zmq::socket_t& socket, std::string* user) {
    Frames frames;
    zmq::message_t part;
    if (!socket.recv(part, zmq::recv_flags::dontwait)) return std::nullopt;
    frames.push_back(part.to_string());
    while (part.more() && socket.recv(part)) {  // libzmq hands over whole messages only, so this does not wait
        if (user != nullptr && user->empty()) *user = name_of_sender(part);
        if (frames.size() <= parts_max) frames.push_back(part.to_string());
    }
    return frames;
}

bool send(zmq::socket_t& socket, const Frames& frames, zmq::send_flags flags) {
    try {
        for (std::size_t part = 0; part < frames.size(); ++part) {
            const auto more = part + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none;
            if (!socket.send(zmq::buffer(frames[part]), flags | more)) return false;  // only the first can fail: a message goes whole
        }
        return true;
    } catch (const zmq::error_t& error) {
        if (error.num() == EHOSTUNREACH) return false;
        throw;
    }
}

hub::Error error_of(const zmq::error_t& error, const std::string& doing, const std::string& where) {
    const bool taken = error.num() == EADDRINUSE;
    return {hub::Remedy::reconnect, doing + ": " + error.what(), where, taken ? "another program listens there: end it, or choose another port" : "",
            "TG-Z004"};
}

}  // namespace connectors::zeromq
