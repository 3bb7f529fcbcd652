// Sets of characters, and alphabets of characters that a question cannot tell apart. Only what text of a tree may hold
// (XML 1.0's characters) is a character here. Immutable values; any thread.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hub::formats {

struct CharacterRange {
    char32_t first = 0, last = 0;  ///< both inclusive
    bool operator<(const CharacterRange& other) const { return first != other.first ? first < other.first : last < other.last; }
    bool operator==(const CharacterRange& other) const { return first == other.first && last == other.last; }
};

/// Sorted ranges that neither overlap nor touch.
class CharacterSet {
public:
    CharacterSet() = default;
    explicit CharacterSet(std::vector<CharacterRange> ranges);
    static CharacterSet one(char32_t character) { return CharacterSet({{character, character}}); }
    static const CharacterSet& all();

    bool has(char32_t character) const;
    const std::vector<CharacterRange>& ranges() const { return ranges_; }
    CharacterSet with(const CharacterSet& other) const;
    CharacterSet without(const CharacterSet& other) const;
    bool operator<(const CharacterSet& other) const { return ranges_ < other.ranges_; }

private:
    std::vector<CharacterRange> ranges_{};
};

/// Gathers the sets that matter to a question and picks one character for each way of belonging to them.
class Alphabet {
public:
    void add(const CharacterSet& set) { sets_.insert(set); }
    void add_each(std::string_view ascii) {
        for (const char each : ascii) sets_.insert(CharacterSet::one(static_cast<unsigned char>(each)));
    }
    const std::set<CharacterSet>& sets() const { return sets_; }
    /// Plain letters and digits where a class has some. Empty: more than `classes_max` classes.
    std::vector<char32_t> representatives(std::size_t classes_max) const;

private:
    std::set<CharacterSet> sets_{};
};

/// The characters of a text in UTF-8; of broken UTF-8, some characters.
std::u32string characters_of(std::string_view text);

}  // namespace hub::formats
