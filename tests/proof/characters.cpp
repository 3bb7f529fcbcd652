#include "tests/proof/characters.hpp"

#include <algorithm>

namespace proof {

namespace {

/// What is tried of sets too large to try in full: ASCII that prints, and letters and signs of other scripts.
const std::u32string others = U"\u00a3\u00c9\u00e9\u00df\u0142\u03a9\u0416\u05d0\u0661\u20ac\u4e2d\U0001f600";

bool is_sample(char32_t character) { return (character > 0x20 && character < 0x7f) || others.find(character) != std::u32string::npos; }

}  // namespace

std::u32string to_characters(const std::string& utf8) {
    std::u32string characters;
    for (std::size_t at = 0; at < utf8.size();) {
        const auto first = static_cast<unsigned char>(utf8[at]);
        const std::size_t size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        char32_t character = size == 1 ? first : first & (0x7fU >> size);
        for (std::size_t more = 1; more < size && at + more < utf8.size(); ++more)
            character = character << 6U | (static_cast<unsigned char>(utf8[at + more]) & 0x3fU);
        characters += character;
        at += size;
    }
    return characters;
}

std::string to_utf8(const std::u32string& characters) {
    std::string utf8;
    const auto put = [&](char32_t byte) { utf8 += static_cast<char>(byte); };
    for (const char32_t each : characters) {
        if (each < 0x80) put(each);
        else if (each < 0x800) put(0xc0U | each >> 6U);
        else if (each < 0x10000) put(0xe0U | each >> 12U), put(0x80U | (each >> 6U & 0x3fU));
        else put(0xf0U | each >> 18U), put(0x80U | (each >> 12U & 0x3fU)), put(0x80U | (each >> 6U & 0x3fU));
        if (each >= 0x80) put(0x80U | (each & 0x3fU));
    }
    return utf8;
}

CharacterSet CharacterSet::all_but(std::vector<Range> ranges) {
    CharacterSet set;
    set.ranges_ = std::move(ranges);
    set.negated_ = true;
    return set;
}

CharacterSet CharacterSet::escaped(char32_t letter) {
    CharacterSet set;
    switch (letter) {
        case U'd': case U'D': set.add({U'0', U'9'}); break;
        case U's': case U'S': set.ranges_ = {{U' ', U' '}, {U'\t', U'\n'}, {U'\r', U'\r'}}; break;
        case U'w': case U'W': set.ranges_ = {{U'0', U'9'}, {U'A', U'Z'}, {U'a', U'z'}, {0xc0, 0xff}, {U'$', U'$'}}; break;
        case U'n': set.add({U'\n', U'\n'}); break;
        case U'r': set.add({U'\r', U'\r'}); break;
        case U't': set.add({U'\t', U'\t'}); break;
        default: set.add({letter, letter});
    }
    set.negated_ = letter == U'D' || letter == U'S' || letter == U'W';
    return set;
}

std::optional<CharacterSet> CharacterSet::category(const std::string& name, bool negated) {
    CharacterSet set;
    if (name == "Lu" || name == "L") set.add({U'A', U'Z'}), set.add({0xc0, 0xd6});
    if (name == "Ll" || name == "L") set.add({U'a', U'z'}), set.add({0xdf, 0xf6});
    if (name == "N" || name == "Nd") set.add({U'0', U'9'});
    if (set.ranges_.empty()) return std::nullopt;
    set.negated_ = negated;
    return set;
}

void CharacterSet::add(const CharacterSet& other) { parts_.push_back(other); }
void CharacterSet::subtract(const CharacterSet& other) { without_.push_back(other); }

bool CharacterSet::has(char32_t character) const {
    const auto inside = [&](const Range& each) { return each.first <= character && character <= each.second; };
    const auto of = [&](const CharacterSet& each) { return each.has(character); };
    const bool named = std::any_of(ranges_.begin(), ranges_.end(), inside) || std::any_of(parts_.begin(), parts_.end(), of);
    return named != negated_ && std::none_of(without_.begin(), without_.end(), of);
}

std::optional<char32_t> CharacterSet::one() const {
    if (negated_ || !parts_.empty() || !without_.empty() || ranges_.size() != 1 || ranges_[0].first != ranges_[0].second) return std::nullopt;
    return ranges_[0].first;
}

std::vector<char32_t> CharacterSet::samples() const {
    std::vector<char32_t> characters;
    const auto take = [&](char32_t each) {
        if (has(each) && std::find(characters.begin(), characters.end(), each) == characters.end()) characters.push_back(each);
    };
    for (const auto& [first, last] : ranges_) take(first), take(last);
    for (const CharacterSet& part : parts_)
        for (const char32_t each : part.samples()) take(each);
    for (char32_t each = 0x20; each < 0x7f; ++each)
        if (is_sample(each)) take(each);
    for (const char32_t each : others) take(each);
    return characters;
}

}  // namespace proof
