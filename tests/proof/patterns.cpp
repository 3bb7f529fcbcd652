// Reads the expression and writes a match in one pass: a branch is chosen once all of them have been walked over.
#include "tests/proof/patterns.hpp"

#include <algorithm>
#include <stdexcept>

#include "tests/proof/characters.hpp"

namespace proof {

namespace {

class Matcher {
public:
    Matcher(const std::string& pattern, Repeats repeats, support::Chance& chance)
        : pattern_(to_characters(pattern)), repeats_(repeats), chance_(chance) {}

    std::u32string run() {
        std::u32string text = branches();
        if (at_ != pattern_.size()) fail("an unexpected character");
        return text;
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw std::invalid_argument(what + " at character " + std::to_string(at_ + 1) + " of the pattern " + to_utf8(pattern_));
    }
    char32_t peek() const { return at_ < pattern_.size() ? pattern_[at_] : U'\0'; }
    bool take(char32_t wanted) {
        if (peek() != wanted) return false;
        ++at_;
        return true;
    }
    char32_t next() {
        if (at_ == pattern_.size()) fail("the end");
        return pattern_[at_++];
    }

    std::u32string branches() {
        std::vector<std::u32string> all{branch()};
        while (take(U'|')) all.push_back(branch());
        return chance_.of(all);
    }
    std::u32string branch() {
        std::u32string text;
        while (at_ < pattern_.size() && peek() != U'|' && peek() != U')') text += piece();
        return text;
    }
    /// An atom is read again for each repetition, so that each is a text of its own.
    std::u32string piece() {
        const std::size_t begin = at_;
        std::u32string text = atom();
        const std::size_t end = at_;
        const auto [least, most] = quantifier();
        const std::size_t behind = at_;
        const std::size_t times = repeats_ == Repeats::fewest ? least : repeats_ == Repeats::most ? most : least + chance_.below(most - least + 1);
        if (times == 0) return {};
        for (std::size_t time = 1; time < times; ++time) {
            at_ = begin;
            text += atom();
            if (at_ != end) fail("an atom of two lengths");
        }
        at_ = behind;
        return text;
    }
    std::pair<std::size_t, std::size_t> quantifier() {
        if (take(U'?')) return {0, 1};
        if (take(U'*')) return {0, pattern_repeats_max};
        if (take(U'+')) return {1, pattern_repeats_max};
        if (!take(U'{')) return {1, 1};
        const std::size_t least = number();
        if (take(U'}')) return {least, least};
        if (!take(U',')) fail("no comma");
        const std::size_t most = peek() == U'}' ? least + pattern_repeats_max : number();
        if (!take(U'}')) fail("no closing brace");
        return {least, most};
    }
    std::size_t number() {
        std::size_t value = 0;
        if (peek() < U'0' || peek() > U'9') fail("no number");
        while (peek() >= U'0' && peek() <= U'9') value = value * 10 + static_cast<std::size_t>(next() - U'0');
        return value;
    }
    std::u32string atom() {
        if (take(U'(')) {
            std::u32string text = branches();
            if (!take(U')')) fail("no closing parenthesis");
            return text;
        }
        if (take(U'[')) return some(character_class());
        if (take(U'.')) return some(CharacterSet::all_but({{U'\n', U'\n'}, {U'\r', U'\r'}}));
        if (take(U'\\')) return some(escape());
        return std::u32string(1, next());
    }
    std::u32string some(const CharacterSet& set) {
        const auto characters = set.samples();
        if (characters.empty()) fail("a class without characters");
        return std::u32string(1, chance_.of(characters));
    }
    CharacterSet escape() {
        const char32_t letter = next();
        if (letter == U'p' || letter == U'P') {
            std::u32string name;
            if (!take(U'{')) fail("no category");
            while (!take(U'}')) name += next();
            auto set = CharacterSet::category(to_utf8(name), letter == U'P');
            if (!set) fail("an unknown category");
            return *set;
        }
        return CharacterSet::escaped(letter);
    }
    CharacterSet character_class() {
        CharacterSet set;
        const bool negated = take(U'^');
        for (bool first = true; first || peek() != U']'; first = false) {
            if (peek() == U'-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == U'[') {
                at_ += 2;
                set.subtract(character_class());
                continue;
            }
            member(set);
        }
        take(U']');
        if (negated) set.negate();
        return set;
    }
    void member(CharacterSet& set) {
        const char32_t first = next();
        if (first == U'\\') {
            const CharacterSet escaped = escape();
            if (!escaped.one() || peek() != U'-' || pattern_[at_ + 1] == U']') return set.add(escaped);
            return range(set, *escaped.one());
        }
        if (peek() == U'-' && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != U']' && pattern_[at_ + 1] != U'[') return range(set, first);
        set.add({first, first});
    }
    void range(CharacterSet& set, char32_t first) {
        take(U'-');
        char32_t last = next();
        if (last == U'\\') {
            const auto one = escape().one();
            if (!one) fail("a range to a class");
            last = *one;
        }
        set.add({first, last});
    }

    const std::u32string pattern_;
    const Repeats repeats_;
    support::Chance& chance_;
    std::size_t at_ = 0;
};

}  // namespace

std::string text_matching(const std::string& pattern, Repeats repeats, support::Chance& chance) {
    return to_utf8(Matcher(pattern, repeats, chance).run());
}

}  // namespace proof
