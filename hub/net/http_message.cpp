// See http_message.hpp.
#include "hub/net/http_message.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace hub::net {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 34> phrases = {{
    {100, "Continue"}, {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {204, "No Content"},
    {301, "Moved Permanently"}, {302, "Found"}, {304, "Not Modified"}, {307, "Temporary Redirect"},
    {308, "Permanent Redirect"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
    {405, "Method Not Allowed"}, {406, "Not Acceptable"}, {408, "Request Timeout"}, {409, "Conflict"}, {410, "Gone"},
    {411, "Length Required"}, {412, "Precondition Failed"}, {413, "Content Too Large"}, {414, "URI Too Long"},
    {415, "Unsupported Media Type"}, {417, "Expectation Failed"}, {422, "Unprocessable Content"}, {425, "Too Early"},
    {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"}, {500, "Internal Server Error"},
    {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}, {505, "HTTP Version Not Supported"},
}};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string two(unsigned value) {
    return {static_cast<char>('0' + value / 10 % 10), static_cast<char>('0' + value % 10)};
}

/// The length of the well-formed UTF-8 sequence at the front, 0 when there is none.
std::size_t utf8_length(std::string_view text) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    const auto follows = [&](std::size_t at) { return (byte(at) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0), second = byte(1);
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const bool too_short = first == 0xE0 && second < 0xA0, surrogate = first == 0xED && second > 0x9F;
        return follows(1) && follows(2) && !too_short && !surrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const bool too_short = first == 0xF0 && second < 0x90, too_far = first == 0xF4 && second > 0x8F;
        return follows(1) && follows(2) && follows(3) && !too_short && !too_far ? 4 : 0;
    }
    return 0;
}

}  // namespace

bool same_word(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view header_value(const HttpHeaders& headers, std::string_view name) {
    for (const HttpHeader& each : headers)
        if (same_word(each.name, name)) return each.value;
    return {};
}

std::string_view reason_phrase(int status) {
    for (const auto& [number, phrase] : phrases)
        if (number == status) return phrase;
    return "Unknown";
}

std::string http_date(Instant instant) {
    using namespace std::chrono;
    constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_time<microseconds> when{microseconds(instant.microseconds)};
    const auto day = floor<std::chrono::days>(when);
    const year_month_day date{day};
    const hh_mm_ss time{floor<seconds>(when - day)};
    return std::string(days[weekday{day}.c_encoding()]) + ", " + two(static_cast<unsigned>(date.day())) + " " +
           months[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year())) + " " +
           two(static_cast<unsigned>(time.hours().count())) + ":" + two(static_cast<unsigned>(time.minutes().count())) + ":" +
           two(static_cast<unsigned>(time.seconds().count())) + " GMT";
}

std::string json_quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string quoted = "\"";
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        const auto first = static_cast<unsigned char>(text.front());
        if (length == 0) {
            quoted += "\\ufffd";
        } else if (first == '"' || first == '\\') {
            quoted += {'\\', text.front()};
        } else if (first < 0x20 || first == 0x7f) {
            quoted += {'\\', 'u', '0', '0', digits[first >> 4], digits[first & 15]};
        } else {
            quoted += text.substr(0, length);
        }
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return quoted + "\"";
}

HttpResponse problem_response(int status, std::string_view detail) {
    return {status,
            {{"Content-Type", "application/problem+json"}},
            "{\"type\":\"about:blank\",\"title\":" + json_quoted(reason_phrase(status)) + ",\"status\":" + std::to_string(status) +
                ",\"detail\":" + json_quoted(detail) + "}\n"};
}

}  // namespace hub::net
