// Where to listen and where to connect, as text in a site.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"

namespace hub::net {

/// Either host and port, or the path of a Unix socket.
struct Address {
    std::string host{};
    std::uint16_t port = 0;  ///< 0 when listening: the system chooses
    std::string unix_path{};
};

/// "127.0.0.1:8443", "[::1]:8443", "court.example:443", "unix:/run/throughgate/http.sock".
Result<Address> parse_address(std::string_view text);
std::string to_text(const Address& address);

/// True for 127.0.0.0/8, ::1 and Unix sockets. A name is never loopback: what it means is the resolver's affair.
bool is_loopback(const Address& address);

struct Url {
    bool tls = true;
    Address address{};
    std::string target{};  ///< path and query, at least "/"
};

/// "https://host[:port]/path" or "http://...". User names, fragments and other schemes are refused.
Result<Url> parse_url(std::string_view text);

}  // namespace hub::net
