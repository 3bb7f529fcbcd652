// Splits a pattern at its group, and a text where the three parts fit.
#include "hub/mapping/extract.hpp"

#include <vector>

#include "hub/mapping/types.hpp"

namespace hub::mapping {

namespace {

using formats::Automaton;

struct Parts {
    std::string before{}, inside{}, behind{};
};

/// Where the pattern's group begins and ends; empty with the reason when there is not exactly one.
std::optional<Parts> split(const std::string& pattern, std::string& why) {
    std::size_t begin = std::string::npos, end = std::string::npos;
    int groups = 0, depth = 0, brackets = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char each = pattern[at];
        if (each == '\\') ++at;
        else if (each == '[') ++brackets;
        else if (each == ']') --brackets;
        else if (brackets > 0) continue;
        else if (each == '|' && depth == 0) return why = "'|' may only stand inside the group", std::nullopt;
        else if (each == '(' && depth++ == 0) begin = at, ++groups;
        else if (each == ')' && --depth == 0) end = at;
    }
    if (groups != 1 || end == std::string::npos) return why = groups == 0 ? "it has no group in parentheses" : "it has several groups beside one another", std::nullopt;
    Parts parts{pattern.substr(0, begin), pattern.substr(begin + 1, end - begin - 1), pattern.substr(end + 1)};
    if (!parts.behind.empty() && std::string_view("?*+{").find(parts.behind[0]) != std::string_view::npos) return why = "the group may not be repeated", std::nullopt;
    return parts;
}

/// What stands behind a place of the text: asked for once for each place.
class Rests {
public:
    Rests(const Automaton& automaton, const std::u32string& text) : automaton_(automaton), text_(text), known_(text.size() + 1, unknown) {}

    bool fits(std::size_t from) {
        char& known = known_[from];
        if (known != unknown) return known == yes;
        Automaton::State state = Automaton::start;
        for (std::size_t at = from; at < text_.size() && !automaton_.lost(state); ++at) state = automaton_.step(state, text_[at]);
        known = automaton_.ends(state) ? yes : no;
        return known == yes;
    }

private:
    static constexpr char unknown = 0, yes = 1, no = 2;
    const Automaton& automaton_;
    const std::u32string& text_;
    std::vector<char> known_;
};

/// Bytes that the first `count` characters take.
std::size_t bytes_of(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; count > 0; --count)
        do ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    return at;
}

}  // namespace

std::shared_ptr<const Extract> Extract::of(const std::string& pattern, Prover& prover, std::string& why) {
    const auto parts = split(pattern, why);
    if (!parts) return nullptr;
    auto before = prover.automaton(parts->before), inside = prover.automaton(parts->inside), behind = prover.automaton(parts->behind);
    if (before && inside && behind)
        return std::shared_ptr<const Extract>(new Extract(pattern, parts->inside, std::move(*before), std::move(*inside), std::move(*behind)));
    why = "it is no regular expression of XML Schema, or is too complicated";
    return nullptr;
}

std::optional<std::string_view> Extract::found(std::string_view text) const {
    const std::u32string characters = formats::characters_of(text);
    if (characters.size() > extract_characters_max) return std::nullopt;
    Rests rests(behind_, characters);
    Automaton::State outside = Automaton::start;
    for (std::size_t from = 0; !before_.lost(outside); ++from) {
        std::optional<std::size_t> longest;
        Automaton::State inside = Automaton::start;
        for (std::size_t to = from; before_.ends(outside) && !inside_.lost(inside); ++to) {
            if (inside_.ends(inside) && rests.fits(to)) longest = to;
            if (to == characters.size()) break;
            inside = inside_.step(inside, characters[to]);
        }
        if (longest) {
            const std::size_t begin = bytes_of(text, from);
            return text.substr(begin, bytes_of(text, *longest) - begin);
        }
        if (from == characters.size()) break;
        outside = before_.step(outside, characters[from]);
    }
    return std::nullopt;
}

}  // namespace hub::mapping
