// Judges a message's head before the parser sees it.
//
// Boost.Beast 1.81 lets several ambiguous forms pass (Transfer-Encoding other than chunked, repeated Host or
// Content-Length, folded lines, a body on GET ...); a proxy in front may read them differently, and then one sender's
// bytes become another's request. Whatever is not plainly one thing is refused here. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace hub::net {

/// Why a head is refused: the status to answer with and a sentence that quotes nothing of it.
struct Refusal {
    int status = 400;
    std::string_view detail{};
};

/// What the connection must know of a head that passed.
struct Framing {
    bool has_body = false;
    bool keep_alive = true;
    bool expects_continue = false;
};

constexpr std::size_t head_bytes_max = 8 * 1024;
constexpr std::size_t headers_max = 64;
constexpr std::size_t target_bytes_max = 2 * 1024;

/// `head` ends with its empty line. An empty result: it passed, and `framing` is filled.
std::optional<Refusal> judge_request(std::string_view head, Framing& framing);
std::optional<Refusal> judge_response(std::string_view head, Framing& framing);

}  // namespace hub::net
