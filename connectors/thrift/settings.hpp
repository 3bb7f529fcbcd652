// The settings of both ends. Private to the folder.
#pragma once

#include <string>
#include <tuple>

#include "hub/api/settings.hpp"

namespace connectors::thrift {

struct SourceSettings {
    std::string listen{};
    std::string certificate_file{}, key_file{}, authority_file{};
    std::string tls_minimum = "1.3";
    int body_bytes_max = 1024 * 1024;
    int connections_max = 256;
    int in_flight_max = 32;
    int idle_timeout_ms = 30'000;
    int answer_timeout_ms = 60'000;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SourceSettings;
        return std::tuple{
            field("listen", &S::listen, "Address to listen on: host:port or [IPv6]:port.").required(),
            field("certificate_file", &S::certificate_file, "PEM file: our certificate, then its intermediates.").required(),
            field("key_file", &S::key_file, "PEM file: the certificate's private key, closed to others.").required(),
            field("authority_file", &S::authority_file, "PEM file: the authorities whose client certificates are accepted.").required(),
            field("tls_minimum", &S::tls_minimum, "Oldest version of TLS that is spoken.").one_of("1.3|1.2"),
            field("body_bytes_max", &S::body_bytes_max, "Longest body; a call much longer than that is cut off.").between(1'024, 64 * 1024 * 1024),
            field("connections_max", &S::connections_max, "Connections at a time; more are closed at once.").between(1, 10'000),
            field("in_flight_max", &S::in_flight_max, "Submissions that may wait for the hub; more are told that it is busy.").between(1, 512),
            field("idle_timeout_ms", &S::idle_timeout_ms,
                  "Longest time for the handshake, between two calls, or until a call has come or an answer has gone.").between(100, 600'000),
            field("answer_timeout_ms", &S::answer_timeout_ms, "Longest wait for the hub before a sender is told that it is busy.")
                .between(100, 600'000)};
    }
};

struct SinkSettings {
    std::string address{};
    std::string certificate_file{}, key_file{}, authority_file{};
    std::string tls_minimum = "1.3";
    std::string exchange{};
    std::string repeats = "key";
    int connect_timeout_ms = 5'000;
    int send_timeout_ms = 10'000;
    int answer_timeout_ms = 30'000;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SinkSettings;
        return std::tuple{
            field("address", &S::address, "The partner's host:port; its certificate must name the host.").required(),
            field("certificate_file", &S::certificate_file, "PEM file: our certificate, then its intermediates.").required(),
            field("key_file", &S::key_file, "PEM file: the certificate's private key, closed to others.").required(),
            field("authority_file", &S::authority_file, "PEM file: the authorities whose server certificates are accepted.").required(),
            field("tls_minimum", &S::tls_minimum, "Oldest version of TLS that is spoken.").one_of("1.3|1.2"),
            field("exchange", &S::exchange, "What the partner calls the record's format; empty: the record's type."),
            field("repeats", &S::repeats, "Whether the partner honours the message id.").one_of("key|none"),
            field("connect_timeout_ms", &S::connect_timeout_ms, "Longest wait for a connection, and again for its TLS.").between(10, 120'000),
            field("send_timeout_ms", &S::send_timeout_ms, "Longest wait until the partner has taken the call.").between(10, 600'000),
            field("answer_timeout_ms", &S::answer_timeout_ms, "Longest wait for the whole answer.").between(10, 600'000)};
    }
};

}  // namespace connectors::thrift
