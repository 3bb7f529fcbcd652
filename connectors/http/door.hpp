// What stands at the door of both ends: which transport, which files, which requests are messages at all. Pure but for
// reading certificate files.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/api/connector.hpp"
#include "hub/net/http_message.hpp"
#include "hub/net/tls.hpp"

namespace connectors::http {

/// The problem of a setting, at the place where the site sets it, or at the end's own place when it does not.
hub::Problem problem_with(const std::string& setting, const hub::SettingTexts& texts, const hub::SettingText& place,
                          const std::string& what, const std::string& cure);

/// The TLS settings that both ends declare.
struct TlsChoice {
    std::string transport{};
    hub::net::TlsFiles files{};
};
/// Under TLS each file but the revocation list is needed.
void check_tls(const TlsChoice& choice, const hub::SettingTexts& texts, const hub::SettingText& place, hub::Problems& problems);
/// A path of the settings: relative ones start at the site's folder.
std::string under(const std::string& folder, const std::string& path);
/// Null for plain_loopback. Relative paths start at the site's folder.
hub::Result<std::shared_ptr<hub::net::TlsContext>> load_tls(TlsChoice choice, hub::net::TlsRole role, const hub::ConnectorContext& context);

/// What a request must keep to before it counts as a message.
struct DoorRules {
    std::vector<std::string> media_types{};
    bool key_required = false;
};
/// Fills exchange, message id, sender and body; otherwise the answer that refuses the request.
std::optional<hub::net::HttpResponse> admit(hub::net::HttpRequest&& request, const DoorRules& rules, hub::Incoming& incoming);

constexpr std::size_t idempotency_key_bytes_max = 255;
constexpr std::size_t exchange_bytes_max = 64;

}  // namespace connectors::http
