// The settings of both ends. Private to the folder.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "hub/api/settings.hpp"

namespace connectors::zeromq {

struct SourceSettings {
    std::string listen{};
    std::string secret_key_file{};
    std::vector<std::string> clients{};
    std::string clients_file{};
    std::int64_t body_bytes_max = 1 << 20;
    std::int64_t peer_queue_bytes_max = 8 << 20;
    int in_flight_max = 1'000;
    int handshake_timeout_ms = 2'000;
    int heartbeat_ms = 5'000;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SourceSettings;
        return std::tuple{
            field("listen", &S::listen, "Where to listen: host:port, or unix: and a path.").required(),
            field("secret_key_file", &S::secret_key_file, "File with our CURVE secret key, 40 characters of Z85.").required(),
            field("clients", &S::clients, "Who may connect: a name, a space and the CURVE public key; repeat it."),
            field("clients_file", &S::clients_file, "File with more of them, one a line; read whenever the source is opened."),
            field("body_bytes_max", &S::body_bytes_max, "Longest frame; a peer that sends a longer one is cut off.")
                .between(1'024, 64 << 20),
            field("peer_queue_bytes_max", &S::peer_queue_bytes_max, "What may wait unread from one peer; more stays with the peer.")
                .between(1'024, 1 << 30),
            field("in_flight_max", &S::in_flight_max, "Messages that may wait for their fate; more stay unread.").between(1, 100'000),
            field("handshake_timeout_ms", &S::handshake_timeout_ms, "A peer that is not through its handshake by then is cut off.")
                .between(100, 60'000),
            field("heartbeat_ms", &S::heartbeat_ms, "Pause between heartbeats; a peer silent for three of them is cut off.")
                .between(100, 600'000)};
    }
};

struct SinkSettings {
    std::string pattern = "dealer";
    std::string address{};
    std::string secret_key_file{};
    std::string server_key{};
    std::vector<std::string> clients{};
    std::string exchange{};
    std::string repeats = "key";
    std::int64_t body_bytes_max = 1 << 20;
    int connect_timeout_ms = 5'000;
    int answer_timeout_ms = 30'000;
    int heartbeat_ms = 5'000;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SinkSettings;
        return std::tuple{
            field("pattern", &S::pattern, "dealer: hands records to a partner's ROUTER. pub: tells subscribers that there is one, and nothing of it.")
                .one_of("dealer|pub"),
            field("address", &S::address, "host:port, or unix: and a path; connected to by dealer, listened on by pub.").required(),
            field("secret_key_file", &S::secret_key_file, "File with our CURVE secret key, 40 characters of Z85.").required(),
            field("server_key", &S::server_key, "The partner's CURVE public key; dealer only."),
            field("clients", &S::clients, "Who may subscribe: a name, a space and the CURVE public key; one a line or repeated; pub only."),
            field("exchange", &S::exchange, "What we call the record's format towards the partner; empty: the record's type."),
            field("repeats", &S::repeats, "key: the partner never takes two messages with one message_id for two records. none: it might.")
                .one_of("key|none"),
            field("body_bytes_max", &S::body_bytes_max, "Longest record that is sent, and longest frame that is read.").between(1'024, 64 << 20),
            field("connect_timeout_ms", &S::connect_timeout_ms, "Wait for the connection and its handshake.").between(10, 600'000),
            field("answer_timeout_ms", &S::answer_timeout_ms, "Wait for the partner's answer before the outcome counts as unknown.")
                .between(10, 600'000),
            field("heartbeat_ms", &S::heartbeat_ms, "Pause between heartbeats; a peer silent for three of them is cut off.")
                .between(100, 600'000)};
    }
};

}  // namespace connectors::zeromq
