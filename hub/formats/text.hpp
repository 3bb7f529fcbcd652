// Which bytes may become text of a tree: UTF-8 whose characters every notation can carry, that is those of XML 1.0.
// A NUL or another control character would pass one partner's format and break the next one's. Private to hub/formats.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace hub::formats {

struct TextFault {
    std::size_t offset = 0;
    std::string what{};  ///< names the byte or character by number, never the text around it
};

/// The first byte that is not part of such a character; nothing when all are.
std::optional<TextFault> why_not_text(std::string_view bytes);

/// Bytes of the UTF-8 byte order mark at the start: 3 or 0.
std::size_t byte_order_mark(std::string_view bytes);

/// Appends a character as UTF-8.
void append_utf8(std::string& into, char32_t character);

}  // namespace hub::formats
