// See http_framing.hpp. Rules: RFC 9112, each read in its strictest sense.
#include "hub/net/http_framing.hpp"

#include "hub/net/http_message.hpp"

namespace hub::net {
namespace {

constexpr std::size_t length_digits_max = 15;

struct Lines {
    std::string_view rest;
    /// The next line without its CRLF; the last one is empty.
    std::string_view next() {
        const std::size_t end = rest.find("\r\n");
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 2);
        return line;
    }
};

bool is_token(std::string_view text) {
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    for (const char c : text) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != others.npos;
        if (!fits) return false;
    }
    return !text.empty();
}

bool is_digits(std::string_view text) {
    for (const char c : text)
        if (c < '0' || c > '9') return false;
    return !text.empty();
}

/// No control character but the tab: no NUL, no bare CR or LF.
bool is_value(std::string_view text) {
    for (const char c : text)
        if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f) return false;
    return true;
}

bool is_host(std::string_view text) {
    constexpr std::string_view others = ".-_:[]~%";
    for (const char c : text) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.find(c) != others.npos;
        if (!fits) return false;
    }
    return !text.empty();
}

std::string_view trimmed(std::string_view text) {
    const std::size_t from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool lists(std::string_view value, std::string_view word) {
    while (!value.empty()) {
        const std::size_t comma = value.find(',');
        if (same_word(trimmed(value.substr(0, comma)), word)) return true;
        value.remove_prefix(comma == std::string_view::npos ? value.size() : comma + 1);
    }
    return false;
}

/// What the header lines say about framing.
struct Seen {
    bool old_version = false;  ///< HTTP/1.0
    int hosts = 0, lengths = 0, codings = 0;
    bool nonzero_length = false;
    bool says_close = false, expects_continue = false;
};

std::optional<Refusal> judge_length(std::string_view value, Seen& seen) {
    if (++seen.lengths > 1) return Refusal{400, "Content-Length is repeated"};
    if (!is_digits(value)) return Refusal{400, "Content-Length is not a plain number"};
    if (value.size() > length_digits_max) return Refusal{413, "Content-Length is beyond every limit"};
    seen.nonzero_length = value.find_first_not_of('0') != value.npos;
    return std::nullopt;
}

std::optional<Refusal> judge_coding(std::string_view value, Seen& seen) {
    if (++seen.codings > 1) return Refusal{400, "Transfer-Encoding is repeated"};
    if (value != "chunked") return Refusal{400, "Transfer-Encoding is something else than chunked"};
    return std::nullopt;
}

std::optional<Refusal> judge_header(std::string_view line, Seen& seen) {
    if (line.front() == ' ' || line.front() == '\t') return Refusal{400, "a header is folded over two lines"};
    const std::size_t colon = line.find(':');
    if (colon == line.npos || !is_token(line.substr(0, colon))) return Refusal{400, "a header has no proper name"};
    const std::string_view name = line.substr(0, colon), value = trimmed(line.substr(colon + 1));
    if (!is_value(value)) return Refusal{400, "a header holds a control character"};
    if (same_word(name, "Content-Length")) return judge_length(value, seen);
    if (same_word(name, "Transfer-Encoding")) return judge_coding(value, seen);
    if (same_word(name, "Host")) {
        if (++seen.hosts > 1) return Refusal{400, "Host is repeated"};
        if (!is_host(value)) return Refusal{400, "Host is not a host name"};
    } else if (same_word(name, "Connection")) {
        seen.says_close = seen.says_close || lists(value, "close");
    } else if (same_word(name, "Expect")) {
        if (!same_word(value, "100-continue")) return Refusal{417, "only 100-continue may be expected"};
        seen.expects_continue = true;
    }
    return std::nullopt;
}

std::optional<Refusal> judge_headers(Lines& lines, Seen& seen) {
    std::size_t count = 0;
    for (std::string_view line = lines.next(); !line.empty(); line = lines.next()) {
        if (++count > headers_max) return Refusal{431, "there are more headers than a request may have"};
        if (auto refusal = judge_header(line, seen)) return refusal;
    }
    if (!lines.rest.empty()) return Refusal{400, "the head ends before its last line"};
    if (seen.codings > 0 && seen.lengths > 0) return Refusal{400, "both Transfer-Encoding and Content-Length are given"};
    if (seen.codings > 0 && seen.old_version) return Refusal{400, "HTTP/1.0 knows no Transfer-Encoding"};
    return std::nullopt;
}

bool version_of(std::string_view text, Seen& seen) {
    seen.old_version = text == "HTTP/1.0";
    return seen.old_version || text == "HTTP/1.1";
}

std::optional<Refusal> judge_target(std::string_view target) {
    if (target.size() > target_bytes_max) return Refusal{414, "the target is longer than it may be"};
    if (target.empty() || target.front() != '/') return Refusal{400, "the target is not an absolute path"};
    for (const char c : target)
        if (c <= ' ' || c >= 0x7f || c == '#') return Refusal{400, "the target holds a forbidden character"};
    return std::nullopt;
}

std::optional<Refusal> judge_request_line(std::string_view line, std::string_view& method, Seen& seen) {
    const std::size_t first = line.find(' '), second = line.find(' ', first == line.npos ? first : first + 1);
    if (second == line.npos || line.find(' ', second + 1) != line.npos) return Refusal{400, "the request line does not have three parts"};
    method = line.substr(0, first);
    if (!is_token(method)) return Refusal{400, "the method is not a word"};
    const std::string_view version = line.substr(second + 1);
    if (!version_of(version, seen)) {
        const bool other = version.substr(0, 5) == "HTTP/" && version.size() == 8 && is_digits(version.substr(5, 1));
        return other ? Refusal{505, "only HTTP/1.1 and HTTP/1.0 are spoken here"} : Refusal{400, "the version is not understood"};
    }
    return judge_target(line.substr(first + 1, second - first - 1));
}

Framing framing_of(const Seen& seen) {
    Framing framing;
    framing.has_body = seen.codings > 0 || seen.nonzero_length;
    framing.keep_alive = !seen.says_close && !seen.old_version;  // HTTP/1.0 gets one message a connection
    framing.expects_continue = seen.expects_continue && !seen.old_version;
    return framing;
}

}  // namespace

std::optional<Refusal> judge_request(std::string_view head, Framing& framing) {
    Lines lines{head};
    Seen seen;
    std::string_view method;
    if (auto refusal = judge_request_line(lines.next(), method, seen)) return refusal;
    if (auto refusal = judge_headers(lines, seen)) return refusal;
    if (seen.hosts == 0 && !seen.old_version) return Refusal{400, "Host is missing"};
    framing = framing_of(seen);
    const bool carries = method == "POST" || method == "PUT" || method == "PATCH";
    if (!carries && framing.has_body) return Refusal{400, "a request of this method carries no body"};
    if (carries && seen.codings + seen.lengths == 0) return Refusal{411, "the length of the body is missing"};
    return std::nullopt;
}

std::optional<Refusal> judge_response(std::string_view head, Framing& framing) {
    Lines lines{head};
    Seen seen;
    const std::string_view line = lines.next();
    const bool status = line.size() >= 12 && line[8] == ' ' && is_digits(line.substr(9, 3)) && (line.size() == 12 || line[12] == ' ');
    if (!status || !version_of(line.substr(0, 8), seen) || !is_value(line)) return Refusal{400, "the status line is not understood"};
    if (auto refusal = judge_headers(lines, seen)) return refusal;
    framing = framing_of(seen);
    return std::nullopt;
}

}  // namespace hub::net
