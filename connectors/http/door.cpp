// See door.hpp.
#include "connectors/http/door.hpp"

#include <algorithm>

namespace connectors::http {
namespace {

using hub::net::header_value;
using hub::net::HttpRequest;
using hub::net::HttpResponse;
using hub::net::problem_response;

constexpr std::string_view records_path = "/records";
constexpr const char* known_media_types[] = {
    "application/xml", "text/xml", "application/json", "application/fhir+xml", "application/fhir+json", "text/csv",
    "application/hl7-v2", "application/hl7-v2+er7", "x-application/hl7-v2+er7"};

bool has_header(const HttpRequest& request, std::string_view name) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const auto& header) { return hub::net::same_word(header.name, name); });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    return from == text.npos ? std::string_view{} : text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool is_exchange_name(std::string_view name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    return !name.empty() && name.size() <= exchange_bytes_max && std::all_of(name.begin(), name.end(), fits);
}

/// False when the target is not one of ours.
bool read_target(std::string_view target, std::string& exchange) {
    if (target.substr(0, records_path.size()) != records_path) return false;
    target.remove_prefix(records_path.size());
    if (target.empty()) return true;
    if (target.front() != '/' || !is_exchange_name(target.substr(1))) return false;
    exchange = target.substr(1);
    return true;
}

/// Only UTF-8 is read here: a body that says it is something else would be misread, not converted.
bool is_utf8(std::string_view parameters) {
    const std::size_t at = parameters.find('=');
    if (at == parameters.npos || !hub::net::same_word(trimmed(parameters.substr(0, at)), "charset")) return true;
    std::string_view charset = trimmed(parameters.substr(at + 1));
    if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"') charset = charset.substr(1, charset.size() - 2);
    return hub::net::same_word(charset, "utf-8") || hub::net::same_word(charset, "us-ascii");
}

bool is_taken(const HttpRequest& request, const DoorRules& rules) {
    const std::string_view value = header_value(request.headers, "Content-Type");
    const std::size_t semicolon = value.find(';');
    const std::string_view type = trimmed(value.substr(0, semicolon));
    const auto same = [&](std::string_view other) { return hub::net::same_word(type, other); };
    const bool known = rules.media_types.empty()
                           ? std::any_of(std::begin(known_media_types), std::end(known_media_types), same)
                           : std::any_of(rules.media_types.begin(), rules.media_types.end(), same);
    return known && (semicolon == value.npos || is_utf8(value.substr(semicolon + 1)));
}

/// The key without the quotes of a structured field; empty and false when it is not fit to be one.
bool read_key(const HttpRequest& request, std::string& key) {
    std::string_view value = header_value(request.headers, "Idempotency-Key");
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    const auto fits = [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '\\'; };
    if (value.size() > idempotency_key_bytes_max || !std::all_of(value.begin(), value.end(), fits)) return false;
    key = value;
    return !(value.empty() && has_header(request, "Idempotency-Key"));
}

}  // namespace

std::string under(const std::string& folder, const std::string& path) {
    return path.empty() || path.front() == '/' || folder.empty() ? path : folder + "/" + path;
}

hub::Problem problem_with(const std::string& setting, const hub::SettingTexts& texts, const hub::SettingText& place,
                          const std::string& what, const std::string& cure) {
    const auto found = std::find_if(texts.begin(), texts.end(), [&](const auto& text) { return text.name == setting; });
    const hub::SettingText& at = found == texts.end() ? place : *found;
    return {at.file, at.line, 0, "TG-H001", "setting '" + setting + "': " + what, cure};
}

void check_tls(const TlsChoice& choice, const hub::SettingTexts& texts, const hub::SettingText& place, hub::Problems& problems) {
    if (choice.transport != "tls") return;
    const std::pair<const char*, const std::string&> needed[] = {{"certificate_file", choice.files.certificate_file},
                                                                  {"key_file", choice.files.key_file},
                                                                  {"authority_file", choice.files.authority_file}};
    for (const auto& [name, value] : needed)
        if (value.empty()) problems.push_back(problem_with(name, texts, place, "TLS needs it", "name a PEM file"));
}

hub::Result<std::shared_ptr<hub::net::TlsContext>> load_tls(TlsChoice choice, hub::net::TlsRole role, const hub::ConnectorContext& context) {
    if (choice.transport != "tls") return std::shared_ptr<hub::net::TlsContext>{};
    for (std::string* file : {&choice.files.certificate_file, &choice.files.key_file, &choice.files.authority_file, &choice.files.revocation_file})
        *file = under(context.site_folder, *file);
    return hub::net::TlsContext::load(std::move(choice.files), role, context.clock);
}

std::optional<HttpResponse> admit(HttpRequest&& request, const DoorRules& rules, hub::Incoming& incoming) {
    if (!read_target(request.target, incoming.exchange)) return problem_response(404, "records are POSTed to /records or /records/{exchange}");
    if (request.method != "POST") {
        HttpResponse refused = problem_response(405, "records are POSTed");
        refused.headers.push_back({"Allow", "POST"});
        return refused;
    }
    if (incoming.sender.empty()) return problem_response(403, "the certificate names no sender: it needs a DNS name, a URI or a common name of visible ASCII");
    if (has_header(request, "Content-Encoding")) return problem_response(415, "compressed bodies are not taken");
    if (!is_taken(request, rules)) return problem_response(415, "this content type, or its character set, is not taken here; UTF-8 is");
    if (!read_key(request, incoming.message_id))
        return problem_response(400, "the Idempotency-Key must be 1 to 255 visible ASCII characters without quotes and backslashes");
    if (incoming.message_id.empty() && rules.key_required) return problem_response(400, "an Idempotency-Key is required here");
    if (request.body.empty()) return problem_response(400, "the body is empty");
    incoming.body = std::move(request.body);
    return std::nullopt;
}

}  // namespace connectors::http
