// One pass over the bytes with just enough of XML's grammar to know comments, CDATA and tags from each other. For a
// well-formed document it sees what the parser will see; in a malformed one it may lose its way, and the parser refuses.
#include "hub/formats/xml_guard.hpp"

#include <algorithm>

#include "hub/formats/codes.hpp"
#include "hub/formats/text.hpp"
#include "hub/formats/xml_codes.hpp"

namespace hub::formats {

namespace {

struct Refusal {
    std::size_t at = 0;
    const char* code = nullptr;
    std::string what{};
    const char* cure = nullptr;
};

constexpr const char* send_utf8 = "send the document as UTF-8";

std::optional<Refusal> refuse_encoding(std::string_view bytes) {
    const bool wide_mark = bytes.substr(0, 2) == "\xfe\xff" || bytes.substr(0, 2) == "\xff\xfe";
    const bool wide = wide_mark || bytes.substr(0, 4).find('\0') != std::string_view::npos;
    const bool ebcdic = bytes.substr(0, 4) == "\x4c\x6f\xa7\x94";
    if (wide || ebcdic)
        return Refusal{0, code::xml_encoding, "the document is in an encoding other than UTF-8", send_utf8};
    if (const auto fault = why_not_text(bytes)) return Refusal{fault->offset, code::xml_encoding, fault->what, send_utf8};
    return std::nullopt;
}

/// The value of `encoding="UTF-8"` and the like in the XML declaration; empty when it is not there.
std::string_view pseudo_attribute(std::string_view declaration, std::string_view name) {
    const std::size_t at = declaration.find(name);
    const std::size_t open = at == std::string_view::npos ? at : declaration.find_first_of("\"'", at);
    const std::size_t close = open == std::string_view::npos ? open : declaration.find(declaration[open], open + 1);
    return close == std::string_view::npos ? std::string_view() : declaration.substr(open + 1, close - open - 1);
}

bool is_utf8_name(std::string_view name) {
    constexpr std::string_view wanted = "utf-8";
    return name.size() == wanted.size() && std::equal(name.begin(), name.end(), wanted.begin(), [](char a, char b) {
               return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b;
           });
}

bool is_declaration(std::string_view bytes) {
    return bytes.substr(0, 5) == "<?xml" && bytes.size() > 5 && static_cast<unsigned char>(bytes[5]) <= 0x20;
}

std::optional<Refusal> refuse_declaration(std::string_view declaration) {
    const auto encoding = pseudo_attribute(declaration, "encoding");
    if (!encoding.empty() && !is_utf8_name(encoding))
        return Refusal{0, code::xml_encoding, "the XML declaration names an encoding other than UTF-8", send_utf8};
    if (pseudo_attribute(declaration, "version") != "1.0")
        return Refusal{0, code::xml_version, "the XML declaration names no version or one other than 1.0", "send XML 1.0"};
    return std::nullopt;
}

/// The end of the start tag at `at`, or npos when the tag is longer than `most`.
std::size_t start_tag_end(std::string_view bytes, std::size_t at, std::size_t most) {
    const std::size_t end = std::min(bytes.size(), at + most);
    char quote = 0;
    for (std::size_t each = at; each < end; ++each) {
        const char c = bytes[each];
        if (quote != 0) quote = c == quote ? char{0} : quote;
        else if (c == '"' || c == '\'') quote = c;
        else if (c == '>') return each + 1;
    }
    return end == bytes.size() ? end : std::string_view::npos;
}

std::size_t past(std::string_view bytes, std::size_t at, std::string_view end) {
    const std::size_t found = bytes.find(end, at);
    return found == std::string_view::npos ? bytes.size() : found + end.size();
}

std::optional<Refusal> refuse_markup(std::string_view bytes, std::size_t at, const Limits& limits) {
    for (at = bytes.find('<', at); at != std::string_view::npos; at = bytes.find('<', at)) {
        const char next = at + 1 < bytes.size() ? bytes[at + 1] : '/';
        if (next == '/') {
            at += 2;
        } else if (next == '?') {
            return Refusal{at, code::xml_instruction, "a processing instruction is not allowed", "remove it"};
        } else if (next != '!') {
            const std::size_t end = start_tag_end(bytes, at, limits.start_tag_bytes_max);
            if (end == std::string_view::npos)
                return Refusal{at, code::start_tag_bytes,
                               "start_tag_bytes_max = " + std::to_string(limits.start_tag_bytes_max) + " is exceeded",
                               "send fewer or shorter attributes"};
            at = end;
        } else if (bytes.substr(at, 4) == "<!--") {
            at = past(bytes, at + 4, "-->");
        } else if (bytes.substr(at, 9) == "<![CDATA[") {
            at = past(bytes, at + 9, "]]>");
        } else {
            return Refusal{at, code::xml_doctype, "a document type declaration is not allowed", "remove the <!DOCTYPE ...>"};
        }
    }
    return std::nullopt;
}

std::optional<Refusal> refuse(std::string_view bytes, const Limits& limits) {
    if (bytes.size() > limits.bytes_max)
        return Refusal{0, code::bytes, "bytes_max = " + std::to_string(limits.bytes_max) + " is exceeded", "send less at once"};
    if (auto refusal = refuse_encoding(bytes)) return refusal;
    std::size_t start = 0;
    if (is_declaration(bytes)) {
        start = past(bytes, 0, "?>");
        if (auto refusal = refuse_declaration(bytes.substr(0, start))) return refusal;
    }
    return refuse_markup(bytes, start, limits);
}

}  // namespace

std::optional<Problem> guard_xml(std::string_view& bytes, std::string_view name, const Limits& limits) {
    bytes.remove_prefix(byte_order_mark(bytes));
    const auto refusal = refuse(bytes, limits);
    if (!refusal) return std::nullopt;
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(refusal->at), '\n');
    return Problem{std::string(name), static_cast<int>(line), 0, refusal->code, refusal->what, refusal->cure};
}

}  // namespace hub::formats
