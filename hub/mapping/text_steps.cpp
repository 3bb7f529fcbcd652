// Reads and writes dates by picture; changes case in UTF-8.
#include "hub/mapping/text_steps.hpp"

namespace hub::mapping {

namespace {

int* part_of(DateParts& parts, char letter) {
    switch (letter) {
        case 'y': return &parts.year;
        case 'M': return &parts.month;
        case 'd': return &parts.day;
        case 'H': return &parts.hour;
        case 'm': return &parts.minute;
        case 's': return &parts.second;
        default: return nullptr;
    }
}

bool exists(const DateParts& parts) {
    static constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (parts.year < 1 || parts.month < 1 || parts.month > 12 || parts.day < 1) return false;
    const bool leap = parts.year % 4 == 0 && (parts.year % 100 != 0 || parts.year % 400 == 0);
    return parts.day <= lengths[parts.month - 1] + (parts.month == 2 && leap ? 1 : 0) && parts.hour <= 23 && parts.minute <= 59 &&
           parts.second <= 59;
}

/// The other case of a two-byte letter, as its code point; the same where there is none.
unsigned other_case(unsigned letter, bool upper) {
    if (upper && letter >= 0xE0 && letter <= 0xFE && letter != 0xF7) return letter - 0x20;
    if (!upper && letter >= 0xC0 && letter <= 0xDE && letter != 0xD7) return letter + 0x20;
    if (letter == 0xFF || letter == 0x178) return upper ? 0x178 : 0xFF;
    const bool even_upper = (letter >= 0x100 && letter <= 0x137 && letter != 0x130 && letter != 0x131) || (letter >= 0x14A && letter <= 0x177);
    const bool odd_upper = (letter >= 0x139 && letter <= 0x148) || (letter >= 0x179 && letter <= 0x17E);
    if (!even_upper && !odd_upper) return letter;
    const bool is_upper = (letter % 2 == 0) == even_upper;
    return is_upper == upper ? letter : upper ? letter - 1 : letter + 1;
}

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

std::size_t character_size(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && (static_cast<unsigned char>(text[at + size]) & 0xC0U) == 0x80U) ++size;
    return size;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view characters(std::string_view text, std::uint32_t from, std::uint32_t length) {
    std::size_t begin = 0;
    for (; from > 1 && begin < text.size(); --from) begin += character_size(text, begin);
    if (length == 0) return text.substr(begin);
    std::size_t end = begin;
    for (; length > 0 && end < text.size(); --length) end += character_size(text, end);
    return text.substr(begin, end - begin);
}

void append_without(std::string_view text, std::string_view unwanted, std::string& into) {
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view character = text.substr(at, character_size(text, at));
        if (unwanted.find(character) == std::string_view::npos) into.append(character);
        at += character.size();
    }
}

void append_padded(std::string_view text, std::string_view character, std::uint32_t length, bool in_front, std::string& into) {
    std::uint32_t count = 0;
    for (std::size_t at = 0; at < text.size() && count < length; at += character_size(text, at)) ++count;
    if (!in_front) into.append(text);
    for (; count < length; ++count) into.append(character);
    if (in_front) into.append(text);
}

char32_t in_case(char32_t character, bool upper) {
    if (character >= 0x180) return character;
    if (character >= 0xC0) return other_case(static_cast<unsigned>(character), upper);
    const bool changes = upper ? character >= 'a' && character <= 'z' : character >= 'A' && character <= 'Z';
    return changes ? character ^ 0x20U : character;
}

DateParts read_date(std::string_view text, std::string_view picture) {
    DateParts parts;
    if (text.size() != picture.size()) return parts;
    for (std::size_t at = 0; at < picture.size();) {
        int* part = part_of(parts, picture[at]);
        if (part == nullptr) {
            if (text[at] != picture[at]) return parts;
            ++at;
            continue;
        }
        *part = 0;
        for (const char letter = picture[at]; at < picture.size() && picture[at] == letter; ++at) {
            if (text[at] < '0' || text[at] > '9') return parts;
            *part = *part * 10 + (text[at] - '0');
        }
    }
    parts.valid = exists(parts);
    return parts;
}

void write_date(const DateParts& parts, std::string_view picture, std::string& into) {
    DateParts copy = parts;
    for (std::size_t at = 0; at < picture.size();) {
        const int* part = part_of(copy, picture[at]);
        if (part == nullptr) {
            into += picture[at++];
            continue;
        }
        const std::size_t width = picture[at] == 'y' ? 4 : 2;
        const std::string digits = std::to_string(*part);
        into.append(width - digits.size(), '0').append(digits);
        at += width;
    }
}

void append_in_case(std::string_view text, bool upper, std::string& into) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            const bool changes = upper ? byte >= 'a' && byte <= 'z' : byte >= 'A' && byte <= 'Z';
            into += static_cast<char>(changes ? byte ^ 0x20U : byte);
        } else if (byte >= 0xC3 && byte <= 0xC5 && at + 1 < text.size()) {
            const unsigned letter = other_case(((byte & 0x1FU) << 6) | (static_cast<unsigned char>(text[++at]) & 0x3FU), upper);
            into += static_cast<char>(0xC0U | (letter >> 6));
            into += static_cast<char>(0x80U | (letter & 0x3FU));
        } else {
            into += static_cast<char>(byte);
        }
    }
}

}  // namespace hub::mapping
