// Set algebra on ranges; classes of characters by membership.
#include "hub/formats/characters.hpp"

#include <algorithm>

namespace hub::formats {

namespace {

/// How gladly a range lends a character to a witness: letters first, then digits, marks, and the rest.
struct Pick {
    int rank = 9;
    char32_t character = 0;
};

Pick pick(CharacterRange range) {
    constexpr CharacterRange wanted[] = {{'a', 'z'}, {'A', 'Z'}, {'0', '9'}, {'!', '~'}, {' ', ' '}, {0xc0, 0x24f}};
    int rank = 0;
    for (const auto& each : wanted) {
        const char32_t first = std::max(each.first, range.first);
        if (first <= std::min(each.last, range.last)) return {rank, first};
        ++rank;
    }
    return {rank, range.first};
}

}  // namespace

CharacterSet::CharacterSet(std::vector<CharacterRange> ranges) {
    std::sort(ranges.begin(), ranges.end());
    for (const auto& each : ranges) {
        if (!ranges_.empty() && each.first <= ranges_.back().last + 1) ranges_.back().last = std::max(ranges_.back().last, each.last);
        else ranges_.push_back(each);
    }
}

const CharacterSet& CharacterSet::all() {
    static const CharacterSet set({{0x9, 0xa}, {0xd, 0xd}, {0x20, 0xd7ff}, {0xe000, 0xfffd}, {0x10000, 0x10ffff}});
    return set;
}

bool CharacterSet::has(char32_t character) const {
    const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), character, [](char32_t c, const auto& range) { return c < range.first; });
    return after != ranges_.begin() && character <= std::prev(after)->last;
}

CharacterSet CharacterSet::with(const CharacterSet& other) const {
    std::vector<CharacterRange> both = ranges_;
    both.insert(both.end(), other.ranges_.begin(), other.ranges_.end());
    return CharacterSet(std::move(both));
}

CharacterSet CharacterSet::without(const CharacterSet& other) const {
    std::vector<CharacterRange> left;
    auto cut = other.ranges_.begin();
    for (CharacterRange each : ranges_) {
        while (cut != other.ranges_.end() && cut->last < each.first) ++cut;
        bool some = true;
        for (auto next = cut; some && next != other.ranges_.end() && next->first <= each.last; ++next) {
            if (next->first > each.first) left.push_back({each.first, next->first - 1});
            some = next->last < each.last;
            each.first = next->last + 1;
        }
        if (some) left.push_back(each);
    }
    return CharacterSet(std::move(left));
}

std::vector<char32_t> Alphabet::representatives(std::size_t classes_max) const {
    std::set<char32_t> starts;
    for (const auto& range : CharacterSet::all().ranges()) starts.insert({range.first, range.last + 1});
    for (const auto& set : sets_)
        for (const auto& range : set.ranges()) starts.insert({range.first, range.last + 1});
    std::map<std::vector<bool>, Pick> classes;
    for (auto at = starts.begin(); at != starts.end(); ++at) {
        if (!CharacterSet::all().has(*at)) continue;
        std::vector<bool> member;
        for (const auto& set : sets_) member.push_back(set.has(*at));
        Pick& best = classes[member];
        const Pick here = pick({*at, *std::next(at) - 1});
        if (here.rank < best.rank) best = here;
        if (classes.size() > classes_max) return {};
    }
    std::vector<Pick> picks;
    for (const auto& [member, each] : classes) picks.push_back(each);
    std::sort(picks.begin(), picks.end(), [](const Pick& a, const Pick& b) { return a.rank != b.rank ? a.rank < b.rank : a.character < b.character; });
    std::vector<char32_t> characters;
    for (const Pick& each : picks) characters.push_back(each.character);
    return characters;
}

std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at++]);
        char32_t character = lead < 0x80U ? lead : lead & (lead < 0xe0U ? 0x1fU : lead < 0xf0U ? 0x0fU : 0x07U);
        while (lead >= 0x80U && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U)
            character = (character << 6) | (static_cast<unsigned char>(text[at++]) & 0x3fU);
        characters += character;
    }
    return characters;
}

}  // namespace hub::formats
