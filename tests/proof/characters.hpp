// Characters, and sets of them as regular expressions name them.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace proof {

std::u32string to_characters(const std::string& utf8);
std::string to_utf8(const std::u32string& characters);

class CharacterSet {
public:
    using Range = std::pair<char32_t, char32_t>;

    static CharacterSet all_but(std::vector<Range> ranges);
    /// \d, \s, \w and their opposites; any other letter stands for itself (\n, \r, \t for what they are).
    static CharacterSet escaped(char32_t letter);
    /// \p{L}, \p{Lu}, \p{Ll}, \p{N}, \p{Nd}, as far as our samples go; nothing for other names.
    static std::optional<CharacterSet> category(const std::string& name, bool negated);

    void add(Range range) { ranges_.push_back(range); }
    void add(const CharacterSet& other);
    void subtract(const CharacterSet& other);
    void negate() { negated_ = !negated_; }

    bool has(char32_t character) const;
    /// The only character, if there is one only.
    std::optional<char32_t> one() const;
    /// Characters to try: the ends of every range, and what the set has of letters, digits, marks and other scripts.
    std::vector<char32_t> samples() const;

private:
    std::vector<Range> ranges_{};
    std::vector<CharacterSet> parts_{};  ///< negated sets that belong to it
    std::vector<CharacterSet> without_{};
    bool negated_ = false;
};

}  // namespace proof
