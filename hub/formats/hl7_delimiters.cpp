// Separators and escapes, both ways; see hl7_delimiters.hpp for what each escape means.
#include "hub/formats/hl7_delimiters.hpp"

#include <charconv>

#include "hub/formats/text.hpp"

namespace hub::formats {
namespace {

bool may_separate(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return c > ' ' && c < '\x7f' && !alphanumeric && c != '"';
}

/// The one character that a letter escape stands for; 0 for none.
char letter_escape(char letter, const Hl7Delimiters& delimiters) {
    switch (letter) {
        case 'F': return delimiters.field;
        case 'S': return delimiters.component;
        case 'T': return delimiters.subcomponent;
        case 'R': return delimiters.repetition;
        case 'E': return delimiters.escape;
        case 'P': return delimiters.truncation;
        default: return '\0';
    }
}

bool append_bytes(std::string_view digits, std::string& into) {
    if (digits.empty() || digits.size() % 2 != 0) return false;
    for (std::size_t at = 0; at < digits.size(); at += 2) {
        unsigned byte = 0;
        const char* end = digits.data() + at + 2;
        const auto read = std::from_chars(digits.data() + at, end, byte, 16);
        if (read.ptr != end) return false;
        into += static_cast<char>(byte);
    }
    return true;
}

}  // namespace

std::string Hl7Delimiters::encoding_characters() const {
    std::string text{component, repetition, escape, subcomponent};
    if (truncation != '\0') text += truncation;
    return text;
}

std::optional<Hl7Delimiters> hl7_delimiters(std::string_view field, std::string_view encoding_characters) {
    if (field.size() != 1 || encoding_characters.size() < 4 || encoding_characters.size() > 5) return std::nullopt;
    const std::string all = std::string(field) + std::string(encoding_characters);
    for (std::size_t at = 0; at < all.size(); ++at)
        if (!may_separate(all[at]) || all.find(all[at], at + 1) != std::string::npos) return std::nullopt;
    return Hl7Delimiters{all[0], all[1], all[2], all[3], all[4], all.size() > 5 ? all[5] : '\0'};
}

bool hl7_unescape(std::string_view text, const Hl7Delimiters& delimiters, std::string& into) {
    const std::size_t start = into.size();
    bool bytes = false;
    while (!text.empty()) {
        const auto open = std::min(text.find(delimiters.escape), text.size());
        into.append(text.substr(0, open));
        text.remove_prefix(open);
        const auto close = text.find(delimiters.escape, 1);
        if (close == std::string_view::npos) {
            into.append(text);  // nothing closes it: a backslash that stands for itself
            break;
        }
        const auto body = text.substr(1, close - 1);
        const char letter = body.size() == 1 ? letter_escape(body.front(), delimiters) : '\0';
        if (letter != '\0') {
            into += letter;
        } else if (body == ".br") {
            into += '\n';
        } else if (body.starts_with('X')) {
            bytes = true;
            if (!append_bytes(body.substr(1), into)) return false;
        } else {
            into.append(text.substr(0, close + 1));
        }
        text.remove_prefix(close + 1);
    }
    return !bytes || !why_not_text(std::string_view(into).substr(start));
}

void hl7_escape(std::string_view text, const Hl7Delimiters& delimiters, std::string& into) {
    if (text == "\"\"") {
        into.append(1, delimiters.escape).append("X22").append(1, delimiters.escape).append("\"");  // bare, it would be null
        return;
    }
    const auto put = [&](std::string_view body) { into.append(1, delimiters.escape).append(body).append(1, delimiters.escape); };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == delimiters.escape && at + 2 < text.size() && text[at + 2] == c && (text[at + 1] == 'H' || text[at + 1] == 'N')) {
            put(text.substr(at + 1, 1));
            at += 2;
        } else if (c == delimiters.field) {
            put("F");
        } else if (c == delimiters.component) {
            put("S");
        } else if (c == delimiters.subcomponent) {
            put("T");
        } else if (c == delimiters.repetition) {
            put("R");
        } else if (c == delimiters.escape) {
            put("E");
        } else if (delimiters.truncation != '\0' && c == delimiters.truncation) {
            put("P");
        } else if (c == '\n') {
            put(".br");
        } else if (c == '\r') {
            put("X0D");
        } else {
            into += c;
        }
    }
}

}  // namespace hub::formats
