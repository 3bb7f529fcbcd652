// The receiving end: each POST becomes a message, and its answer waits until the hub has settled it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hub/api/connector.hpp"

namespace connectors::http {

struct SourceSettings {
    std::string listen{};
    std::string transport = "tls";
    std::string certificate_file{}, key_file{}, authority_file{}, revocation_file{};
    std::string tls_minimum = "1.3";
    std::string identity{};
    std::string idempotency_key = "optional";
    std::vector<std::string> media_type{};
    int body_bytes_max = 1024 * 1024;
    int connections_max = 256;
    int connections_per_peer_max = 64;
    int answer_timeout_ms = 60'000;
    int retry_after_s = 1;
    int threads = 1;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SourceSettings;
        return std::tuple{
            field("listen", &S::listen, "Address to listen on: host:port, [IPv6]:port, or unix:/path without TLS.").required(),
            field("transport", &S::transport, "How bytes travel; plain_loopback works on loopback addresses and Unix sockets only.")
                .one_of("tls|plain_loopback"),
            field("certificate_file", &S::certificate_file, "PEM file: our certificate, then its intermediates."),
            field("key_file", &S::key_file, "PEM file: the certificate's private key, closed to others."),
            field("authority_file", &S::authority_file, "PEM file: the authorities whose client certificates are accepted."),
            field("revocation_file", &S::revocation_file, "PEM file: revocation lists of all those authorities."),
            field("tls_minimum", &S::tls_minimum, "Oldest version of TLS that is spoken.").one_of("1.3|1.2"),
            field("identity", &S::identity, "Sender of everything that comes in over plain_loopback; under TLS the certificate names it."),
            field("idempotency_key", &S::idempotency_key, "Whether a request must carry an Idempotency-Key.").one_of("optional|required"),
            field("media_type", &S::media_type,
                  "Content type to take, repeatable; without any: XML, JSON, CSV, FHIR and HL7 v2 types."),
            field("body_bytes_max", &S::body_bytes_max, "Longest body.").between(1'024, 64 * 1024 * 1024),
            field("connections_max", &S::connections_max, "Connections at a time, in all.").between(1, 10'000),
            field("connections_per_peer_max", &S::connections_per_peer_max, "Connections at a time from one address.").between(1, 10'000),
            field("answer_timeout_ms", &S::answer_timeout_ms, "Longest wait for the hub before a sender is told to come again.")
                .between(100, 600'000),
            field("retry_after_s", &S::retry_after_s, "What a sender is told to wait when the hub is busy.").between(1, 3'600),
            field("threads", &S::threads, "Threads that serve connections.").between(1, 16)};
    }
};

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& place);
hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context);

}  // namespace connectors::http
