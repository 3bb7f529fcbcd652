// UTF-8 by hand: the shortest form only, eight plain bytes at a time where it can.
#include "hub/formats/text.hpp"

#include <cstdint>
#include <cstring>

namespace hub::formats {
namespace {

std::string hex(std::uint32_t number, int digits) {
    std::string text;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += "0123456789ABCDEF"[(number >> shift) & 0xfU];
    return text;
}

struct Decoded8 {
    std::uint32_t character = 0;
    std::size_t size = 0;  ///< 0: not UTF-8
};

/// The shortest form only, no surrogates, nothing above U+10FFFF.
Decoded8 decode8(std::string_view bytes) {
    const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
    const std::uint8_t first = byte(0);
    const std::size_t size = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (size == 0 || size > bytes.size()) return {};
    if (size == 1) return {first, 1};
    std::uint32_t character = first & (0x7fU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xc0U) != 0x80U) return {};
        character = character << 6U | (byte(at) & 0x3fU);
    }
    const bool overlong = (size == 3 && character < 0x800) || (size == 4 && character < 0x10000);
    if (overlong || character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff)) return {};
    return {character, size};
}

bool carried(std::uint32_t character) {
    return character >= 0x20 ? character != 0xfffe && character != 0xffff
                             : character == '\t' || character == '\n' || character == '\r';
}

/// Whether eight bytes are all printable ASCII: most of a document, so it is worth a look of its own.
bool plain8(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    const std::uint64_t ones = 0x0101010101010101ULL;
    return ((word | (word - ones * 0x20)) & ones * 0x80) == 0;
}

}  // namespace

std::optional<TextFault> why_not_text(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (at + 8 <= bytes.size() && plain8(bytes.data() + at)) {
            at += 8;
            continue;
        }
        const auto decoded = decode8(bytes.substr(at, 4));
        if (decoded.size == 0)
            return TextFault{at, "byte 0x" + hex(static_cast<std::uint8_t>(bytes[at]), 2) + " is not UTF-8"};
        if (!carried(decoded.character))
            return TextFault{at, "character U+" + hex(decoded.character, 4) + " is not allowed"};
        at += decoded.size;
    }
    return std::nullopt;
}

std::size_t byte_order_mark(std::string_view bytes) { return bytes.substr(0, 3) == "\xef\xbb\xbf" ? 3 : 0; }

void append_utf8(std::string& into, char32_t character) {
    const auto put = [&](std::uint32_t byte) { into += static_cast<char>(byte); };
    if (character < 0x80) {
        put(character);
    } else if (character < 0x800) {
        put(0xc0U | character >> 6U);
        put(0x80U | (character & 0x3fU));
    } else if (character < 0x10000) {
        put(0xe0U | character >> 12U);
        put(0x80U | (character >> 6U & 0x3fU));
        put(0x80U | (character & 0x3fU));
    } else {
        put(0xf0U | character >> 18U);
        put(0x80U | (character >> 12U & 0x3fU));
        put(0x80U | (character >> 6U & 0x3fU));
        put(0x80U | (character & 0x3fU));
    }
}

}  // namespace hub::formats
