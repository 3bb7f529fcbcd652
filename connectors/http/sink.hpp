// The sending end: each record is one POST, and the answer's status says what became of it.
#pragma once

#include <memory>
#include <string>

#include "hub/api/connector.hpp"

namespace connectors::http {

struct SinkSettings {
    std::string url{};
    std::string transport = "tls";
    std::string certificate_file{}, key_file{}, authority_file{}, revocation_file{};
    std::string tls_minimum = "1.3";
    std::string authorization_file{};
    std::string receipt_header = "Receipt";
    std::string repeats = "key";
    std::string conflict = "reject";
    int connect_timeout_ms = 5'000;
    int send_timeout_ms = 10'000;
    int answer_timeout_ms = 30'000;
    int answer_bytes_max = 256 * 1024;

    static constexpr auto fields() {
        using hub::settings::field;
        using S = SinkSettings;
        return std::tuple{
            field("url", &S::url, "Where records are POSTed: https://host:port/path.").required(),
            field("transport", &S::transport, "How bytes travel; plain_loopback works with http:// and a loopback address only.")
                .one_of("tls|plain_loopback"),
            field("certificate_file", &S::certificate_file, "PEM file: our certificate, then its intermediates."),
            field("key_file", &S::key_file, "PEM file: the certificate's private key, closed to others."),
            field("authority_file", &S::authority_file, "PEM file: the authorities whose server certificates are accepted."),
            field("revocation_file", &S::revocation_file, "PEM file: revocation lists of all those authorities."),
            field("tls_minimum", &S::tls_minimum, "Oldest version of TLS that is spoken.").one_of("1.3|1.2"),
            field("authorization_file", &S::authorization_file,
                  "File with the value of an Authorization header, where the partner wants one; closed to others."),
            field("receipt_header", &S::receipt_header, "Header of the partner's answer that is kept as its receipt."),
            field("repeats", &S::repeats, "Whether the partner honours the Idempotency-Key.").one_of("key|none"),
            field("conflict", &S::conflict, "What 409 means: that the partner has the record already, or that it rejects it.")
                .one_of("reject|delivered"),
            field("connect_timeout_ms", &S::connect_timeout_ms, "Longest wait for a connection, and again for its TLS.").between(10, 120'000),
            field("send_timeout_ms", &S::send_timeout_ms, "Longest wait until the partner has taken the request.").between(10, 600'000),
            field("answer_timeout_ms", &S::answer_timeout_ms, "Longest wait for the whole answer.").between(10, 600'000),
            field("answer_bytes_max", &S::answer_bytes_max, "Longest body of an answer.").between(0, 16 * 1024 * 1024)};
    }
};

hub::Problems check_sink(const hub::SettingTexts& texts, const hub::SettingText& place);
hub::Result<std::unique_ptr<hub::Sink>> make_sink(const hub::SettingTexts& texts, const hub::ConnectorContext& context);

}  // namespace connectors::http
