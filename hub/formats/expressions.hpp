// Regular expressions as values that know what is left of them after a character: a deterministic automaton, made as it
// is walked. The reading is XML Schema's, as libxml2 has it. Private to this room; one thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "hub/formats/library_reading.hpp"

namespace hub::formats {

/// All expressions of one question. Equal expressions have equal numbers, so that a walk comes back to where it was.
class Expressions {
public:
    using Id = std::uint32_t;
    static constexpr Id nothing = 0, empty = 1;  ///< no text at all; the empty text alone
    static constexpr std::uint32_t endless = UINT32_MAX;
    static constexpr std::size_t nodes_max = 20'000;

    explicit Expressions(LibraryReading& library);

    Id characters(const CharacterSet& set);
    Id then(Id first, Id second);
    Id either(std::vector<Id> parts);
    Id repeat(Id part, std::uint32_t min, std::uint32_t max);

    /// An XML Schema regular expression; nothing when it is beyond what is understood here.
    std::optional<Id> parse(std::string_view pattern);
    /// One of a schema's author; nothing also when libxml2 reads it otherwise.
    std::optional<Id> parse_foreign(const std::string& pattern);

    Id after(Id expression, char32_t character);
    bool takes_empty(Id expression) const { return nodes_[expression].takes_empty; }
    /// nodes_max is reached: answers are no longer to be trusted.
    bool full() const { return nodes_.size() >= nodes_max; }
    /// The sets of all expressions.
    const std::vector<CharacterSet>& sets() const { return sets_; }

private:
    enum class Kind : std::uint8_t { nothing, empty, characters, then, either, repeat };
    struct Key {
        Kind kind = Kind::nothing;
        std::uint32_t a = 0, b = 0, c = 0;
        std::vector<Id> parts{};
        bool operator<(const Key& other) const {
            return std::tie(kind, a, b, c, parts) < std::tie(other.kind, other.a, other.b, other.c, other.parts);
        }
    };
    struct Node {
        Key key{};
        bool takes_empty = false;
        std::vector<std::pair<char32_t, Id>> after{};  ///< in the order asked
    };

    Id make(Key key, bool takes_empty);
    Id derive(Id expression, char32_t character);

    friend class ExpressionParser;
    LibraryReading& library_;
    std::vector<Node> nodes_{};
    std::vector<CharacterSet> sets_{};
    std::map<Key, Id> known_{};
    std::map<CharacterSet, std::uint32_t> known_sets_{};
};

}  // namespace hub::formats
