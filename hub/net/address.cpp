// See address.hpp.
#include "hub/net/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <charconv>

namespace hub::net {
namespace {

constexpr std::size_t host_bytes_max = 253;
constexpr std::size_t unix_path_bytes_max = 107;  // sockaddr_un's room without its closing zero

Error not_understood(std::string_view text, std::string cure) {
    return {Remedy::stop, "the address is not understood", std::string(text.substr(0, host_bytes_max)), std::move(cure), "TG-N001"};
}

bool is_host(std::string_view host) {
    if (host.empty() || host.size() > host_bytes_max) return false;
    for (const char c : host) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
                          c == ':' || c == '_';
        if (!fits) return false;
    }
    return true;
}

/// Splits "host:port" or "[v6]:port"; the port's text is empty when there is none.
bool split(std::string_view text, std::string_view& host, std::string_view& port) {
    if (!text.empty() && text.front() == '[') {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos) return false;
        host = text.substr(1, close - 1);
        port = text.substr(close + 1);
        if (port.empty()) return true;
        if (port.front() != ':') return false;
        port.remove_prefix(1);
        return !port.empty();
    }
    const std::size_t colon = text.find(':');
    host = text.substr(0, colon);
    port = colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
    return colon == std::string_view::npos || !port.empty();
}

bool parse_port(std::string_view text, std::uint16_t& port) {
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), port);
    return wrong == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
    constexpr std::string_view unix_word = "unix:";
    if (text.substr(0, unix_word.size()) == unix_word) {
        const std::string_view path = text.substr(unix_word.size());
        if (path.empty() || path.front() != '/' || path.size() > unix_path_bytes_max)
            return not_understood(text, "write unix: and an absolute path of at most 107 bytes");
        return Address{{}, 0, std::string(path)};
    }
    std::string_view host, port_text;
    std::uint16_t port = 0;
    if (!split(text, host, port_text) || !is_host(host) || !parse_port(port_text, port))
        return not_understood(text, "write host:port, [IPv6 address]:port or unix:/path");
    return Address{std::string(host), port, {}};
}

std::string to_text(const Address& address) {
    if (!address.unix_path.empty()) return "unix:" + address.unix_path;
    const bool v6 = address.host.find(':') != std::string::npos;
    return (v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

bool is_loopback(const Address& address) {
    if (!address.unix_path.empty()) return true;
    in_addr v4{};
    if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

Result<Url> parse_url(std::string_view text) {
    constexpr std::string_view secure = "https://", plain = "http://";
    const std::string cure = "write https://host:port/path";
    Url url;
    if (text.substr(0, secure.size()) == secure) {
        text.remove_prefix(secure.size());
    } else if (text.substr(0, plain.size()) == plain) {
        url.tls = false;
        text.remove_prefix(plain.size());
    } else {
        return not_understood(text, cure);
    }
    const std::size_t slash = text.find('/');
    std::string_view host, port_text;
    if (!split(text.substr(0, slash), host, port_text) || !is_host(host)) return not_understood(text, cure);
    url.address.host = std::string(host);
    url.address.port = url.tls ? 443 : 80;
    if (!port_text.empty() && !parse_port(port_text, url.address.port)) return not_understood(text, cure);
    url.target = slash == std::string_view::npos ? "/" : std::string(text.substr(slash));
    for (const char c : url.target)
        if (c <= ' ' || c == 0x7f || c == '#' || static_cast<unsigned char>(c) > 0x7f) return not_understood(text, "percent-encode the path");
    return url;
}

}  // namespace hub::net
