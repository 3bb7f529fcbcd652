// HTTP messages as plain values, and the few words of HTTP that both ends need.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/api/instant.hpp"

namespace hub::net {

struct HttpHeader {
    std::string name{};
    std::string value{};
};
using HttpHeaders = std::vector<HttpHeader>;

/// The value of the first header of this name, in any case; empty when there is none.
std::string_view header_value(const HttpHeaders& headers, std::string_view name);

struct HttpRequest {
    std::string method{};
    std::string target{};
    HttpHeaders headers{};
    std::string body{};
    std::string peer_name{};  ///< from the client's certificate; empty on plain connections
};

struct HttpResponse {
    int status = 500;
    HttpHeaders headers{};  ///< without Content-Length, Date and Connection: the room writes those
    std::string body{};
};

/// "Accepted" for 202; "Unknown" for a status that this room has no word for.
std::string_view reason_phrase(int status);

/// "Mon, 02 Mar 2026 07:14:09 GMT".
std::string http_date(Instant instant);

/// The text in double quotes with JSON's escapes; bytes that are not UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

/// RFC 9457: a problem as application/problem+json, without further members.
HttpResponse problem_response(int status, std::string_view detail);

bool same_word(std::string_view one, std::string_view other);  ///< ASCII, in any case

}  // namespace hub::net
