// The form of an expression, before anybody asks what its names mean. Private to this room.
//
// A tree whose views point into the text it was read from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/deadlines/expression.hpp"

namespace hub::deadlines {

// Limits of one expression, by name.
inline constexpr std::size_t text_bytes_max = 2000;  ///< of its text
inline constexpr std::size_t depth_max = 50;         ///< of parts within parts
inline constexpr std::size_t chain_max = 400;        ///< of parts within parts, through the named values that it stands on
inline constexpr std::int64_t amount_max = 100'000;  ///< of units in one length of time: 100000 days are 273 years

struct Token {
    enum class Kind : std::uint8_t { word, number, date, text, sign, end } kind = Kind::end;
    std::string_view text{};  ///< as written; of a text without its quotes
    std::size_t at = 0;       ///< bytes before it
    std::size_t end = 0;      ///< first byte after it
};

/// Which of "less", "equal", "greater" a comparison takes.
enum class Accepts : std::uint8_t { none = 0, less = 1, equal = 2, at_most = 3, more = 4, differs = 5, at_least = 6 };
constexpr bool accepts(Accepts what, int order) {
    return (static_cast<unsigned>(what) >> static_cast<unsigned>(order < 0 ? 0 : order == 0 ? 1 : 2) & 1U) != 0;
}

enum class Ordering : std::uint8_t { none, points, numbers };  ///< what a comparing word is about: "before", "less than"

struct Syntax {
    enum class Kind : std::uint8_t {
        name, number, date, text, truth,
        call,      ///< word(parts...)
        all, any,  ///< a and b ..., a or b ...
        opposite,  ///< not a
        compare,   ///< a word b
        among,     ///< a in (codes)
        offset,    ///< a + amount unit
        events,    ///< kind [in (codes)] [from part] [to part]
    } kind = Kind::name;
    std::string_view word{};       ///< name, number, text, function, comparing words, unit
    std::size_t at = 0, end = 0;   ///< its piece of the text
    std::vector<Syntax> parts{};
    std::vector<Token> codes{};
    Token amount{};                ///< of an offset: a number or a setting's name
    Accepts accepts = Accepts::none;
    Ordering ordering = Ordering::none;
    bool minus = false;            ///< of an offset
    bool from = false, to = false; ///< of events: which bounds the parts are
};

/// Where the problems of one text go.
class Complaints {
public:
    Complaints(std::string_view text, const Place& place, Problems& problems) : text_(text), place_(place), problems_(problems) {}
    /// About the bytes from `at` to before `end`.
    void add(std::string_view code, std::size_t at, std::size_t end, const std::string& what, std::string cure);
    std::size_t count() const { return count_; }
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
    const Place& place_;
    Problems& problems_;
    std::size_t count_ = 0;
};

/// "did you mean 'release.crd'?", or the known ones when none is near and they are few.
/// Characters to change, add or take away between two names; of longer texts the length.
std::size_t edits_between(std::string_view a, std::string_view b);
std::string nearest_cure(std::string_view name, const std::vector<std::string>& known);

/// Ends with a token of kind end. What is not part of the language is complained of (TG-D102) and left out.
std::vector<Token> read_tokens(std::string_view text, Complaints& complaints);
/// Nothing with a complaint.
std::optional<Syntax> read_syntax(std::string_view text, Complaints& complaints);
/// Words that mean something themselves, so that nothing else can be called so.
bool is_reserved(std::string_view word);

}  // namespace hub::deadlines
