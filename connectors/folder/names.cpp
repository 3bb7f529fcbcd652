// See names.hpp.
#include "connectors/folder/names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace connectors::folder {
namespace {

bool ends_with(std::string_view text, std::string_view ending) {
    return text.size() >= ending.size() && text.substr(text.size() - ending.size()) == ending;
}

/// The length of the printable UTF-8 character at the front; 0 when there is none. Overlong forms and surrogates are
/// none either; nor are C1 controls and the marks that turn the direction of writing.
std::size_t printable(std::string_view text) {
    const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
    const unsigned first = byte(0);
    if (first < 0x80) return first >= 0x20 && first != 0x7f ? 1 : 0;
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) return 0;
    unsigned long code = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0U) != 0x80U) return 0;
        code = code << 6 | (byte(i) & 0x3fU);
    }
    constexpr std::array<unsigned long, 5> least = {0, 0, 0x80, 0x800, 0x10000};
    const bool control = code < 0xa0 || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || control) return 0;
    return length;
}

}  // namespace

std::string harmless(std::string_view text) {
    std::string name(text);
    for (char& c : name) {
        const bool fits = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!fits) c = '_';
    }
    if (name.empty() || name.front() == '.') name.insert(0, "_");  // neither hidden nor the folder above
    return name;
}

namespace {

constexpr std::array<std::string_view, 5> place_holders = {"key", "recipient", "record_type", "route", "extension"};

/// What the record says of itself, made fit for a file's name.
std::string value_of(std::string_view place_holder, const hub::Outgoing& outgoing) {
    if (place_holder == "key") return hub::to_text(outgoing.key);
    if (place_holder == "recipient") return harmless(outgoing.recipient);
    if (place_holder == "record_type") return harmless(outgoing.record_type);
    if (place_holder == "route") return harmless(outgoing.route);
    return std::string(extension_of(outgoing.media_type));
}

}  // namespace

bool matches(std::string_view pattern, std::string_view name) {
    std::size_t p = 0, n = 0, star = pattern.npos, resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || (pattern[p] == name[n] && pattern[p] != '*'))) {
            ++p;
            ++n;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (star != pattern.npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

bool is_temporary(std::string_view name) {
    if (name.empty() || name.front() == '.' || name.back() == '~') return true;
    for (const std::string_view ending : {".part", ".tmp", ".filepart"})
        if (ends_with(name, ending)) return true;
    return false;
}

bool is_proper(std::string_view name) {
    if (name.empty() || name.size() > name_bytes_max) return false;
    while (!name.empty()) {
        const std::size_t length = printable(name);
        if (length == 0) return false;
        name.remove_prefix(length);
    }
    return true;
}

std::string made_proper(std::string_view name) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string proper;
    while (!name.empty() && proper.size() + 4 <= name_bytes_max) {
        const std::size_t length = printable(name);
        const auto first = static_cast<unsigned char>(name.front());
        if (length == 0)
            proper += {'%', digits[first >> 4], digits[first & 15]};
        else
            proper += name.substr(0, length);
        name.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return proper;
}

std::string with_stamp(std::string_view name, hub::Instant now, int further) {
    std::string stamp = to_text(now);
    stamp.erase(std::remove_if(stamp.begin(), stamp.end(), [](char c) { return c == '-' || c == ':' || c == 'Z'; }), stamp.end());
    return std::string(name) + "." + stamp + (further == 0 ? "" : "." + std::to_string(further));
}

std::string filled_in(std::string_view pattern, const hub::Outgoing& outgoing) {
    std::string name;
    while (!pattern.empty()) {
        const std::size_t open = pattern.find('{');
        name += pattern.substr(0, open);
        if (open == pattern.npos) break;
        const std::size_t close = pattern.find('}', open);
        name += value_of(pattern.substr(open + 1, close - open - 1), outgoing);
        pattern.remove_prefix(close + 1);
    }
    return name;
}

std::string wrong_with(std::string_view pattern) {
    if (pattern.find("{key}") == pattern.npos) return "it needs {key}, so that no two records share a name";
    if (pattern.find('/') != pattern.npos || pattern.front() == '.') return "it names a file, neither a folder nor a hidden one";
    while (!pattern.empty()) {
        const std::size_t open = pattern.find_first_of("{}");
        if (open == pattern.npos) return {};
        const std::size_t close = pattern.find('}', open);
        if (pattern[open] == '}' || close == pattern.npos) return "its braces do not match";
        const std::string_view inside = pattern.substr(open + 1, close - open - 1);
        if (std::find(place_holders.begin(), place_holders.end(), inside) == place_holders.end())
            return "it may hold {key}, {recipient}, {record_type}, {route} and {extension}";
        pattern.remove_prefix(close + 1);
    }
    return {};
}

std::string_view extension_of(std::string_view media_type) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> endings = {
        {{"xml", "xml"}, {"json", "json"}, {"csv", "csv"}, {"hl7-v2", "hl7"}}};
    media_type = media_type.substr(0, media_type.find(';'));
    for (const auto& [ending, extension] : endings)
        if (ends_with(media_type, ending)) return extension;
    return "dat";
}

}  // namespace connectors::folder
