// Reads XML Schema regular expressions. What is unusual enough for two readers to differ is refused: then a text is
// matched when it is there, and nothing is proved about it.
#include <charconv>

#include "hub/formats/expressions.hpp"

namespace hub::formats {

class ExpressionParser {
public:
    using Id = Expressions::Id;

    ExpressionParser(Expressions& into, std::string_view pattern, bool foreign) : into_(into), pattern_(characters_of(pattern)), foreign_(foreign) {}

    std::optional<Id> whole() {
        const Id read = alternatives(0);
        if (!good_ || at_ != pattern_.size() || into_.full()) return std::nullopt;
        return read;
    }

private:
    static constexpr int depth_max = 64;
    static constexpr std::uint32_t count_max = 10'000;

    bool done() const { return at_ == pattern_.size(); }
    bool is(char32_t wanted) const { return !done() && pattern_[at_] == wanted; }
    bool take(char32_t wanted) {
        const bool taken = is(wanted);
        at_ += taken ? 1 : 0;
        return taken;
    }
    Id fail() {
        good_ = false;
        return Expressions::nothing;
    }
    CharacterSet fail_set() {
        good_ = false;
        return {};
    }
    bool is_one_of(std::u32string_view characters) const { return !done() && characters.find(pattern_[at_]) != std::u32string_view::npos; }

    Id alternatives(int depth) {
        if (depth > depth_max) return fail();
        std::vector<Id> parts{sequence(depth)};
        while (good_ && take('|')) parts.push_back(sequence(depth));
        return into_.either(std::move(parts));
    }

    Id sequence(int depth) {
        std::vector<Id> pieces;
        while (good_ && !done() && !is('|') && !is(')')) pieces.push_back(piece(depth));
        Id whole = Expressions::empty;
        for (auto each = pieces.rbegin(); each != pieces.rend(); ++each) whole = into_.then(*each, whole);
        return whole;
    }

    /// libxml2 loses count of counts within counts, and of counts from 0 within loops.
    Id piece(int depth) {
        const std::size_t counts = counts_, empty_counts = empty_counts_;
        const Id inside = atom(depth);
        const bool lost = is('{') ? counts_ != counts : is_one_of(U"*+") && empty_counts_ != empty_counts;
        return lost && foreign_ ? fail() : quantified(inside);
    }

    Id atom(int depth) {
        if (take('(')) {
            const Id inside = alternatives(depth + 1);
            return take(')') ? inside : fail();
        }
        if (take('[')) return into_.characters(set());
        if (take('.')) return into_.characters(into_.library_.escape("."));
        if (take('\\')) return into_.characters(escape().set);
        if (is_one_of(U"?*+{}])")) return fail();
        return into_.characters(CharacterSet::one(pattern_[at_++]));
    }

    Id quantified(Id part) {
        if (take('?')) part = into_.repeat(part, 0, 1);
        else if (take('*')) part = into_.repeat(part, 0, Expressions::endless);
        else if (take('+')) part = into_.repeat(part, 1, Expressions::endless);
        else if (take('{')) part = counted(part);
        return is_one_of(U"?*+{") ? fail() : part;
    }

    Id counted(Id part) {
        ++counts_;
        const auto low = number();
        if (!low) return fail();
        std::optional<std::uint32_t> high = low;
        if (take(',')) high = is('}') ? std::optional(Expressions::endless) : number();
        if (!take('}') || !high || *high < *low) return fail();
        empty_counts_ += *low == 0 ? 1 : 0;
        return into_.repeat(part, *low, *high);
    }
    std::optional<std::uint32_t> number() {
        std::uint32_t value = 0;
        const std::size_t begin = at_;
        for (; !done() && pattern_[at_] >= '0' && pattern_[at_] <= '9' && value <= count_max; ++at_) value = value * 10 + (pattern_[at_] - '0');
        return at_ == begin || value > count_max ? std::nullopt : std::optional(value);
    }

    struct Escaped {
        CharacterSet set{};
        std::optional<char32_t> single{};
    };
    Escaped escape() {
        if (done()) return {fail_set(), {}};
        const char32_t c = pattern_[at_++];
        const auto single = [](char32_t character) { return Escaped{CharacterSet::one(character), character}; };
        if (c == 'n') return single('\n');
        if (c == 'r') return single('\r');
        if (c == 't') return single('\t');
        if (std::u32string_view(U"\\|.?*+(){}-[]^").find(c) != std::u32string_view::npos) return single(c);
        if (std::u32string_view(U"dDsSwWiIcC").find(c) != std::u32string_view::npos)
            return {into_.library_.escape(std::string("\\") + static_cast<char>(c)), {}};
        if (c != 'p' && c != 'P') return {fail_set(), {}};
        std::string name = std::string("\\") + static_cast<char>(c);
        while (!done() && pattern_[at_] < 0x80 && name.size() < 40) {
            name += static_cast<char>(pattern_[at_++]);
            if (name.back() == '}') return known(name);
        }
        return {fail_set(), {}};
    }
    Escaped known(const std::string& name) {
        const CharacterSet& set = into_.library_.escape(name);
        return {set.ranges().empty() ? fail_set() : set, {}};
    }

    /// After '['.
    CharacterSet set() {
        const bool inverted = take('^');
        CharacterSet members;
        bool first = true;
        while (good_ && !take(']')) {
            if (done()) return fail_set();
            if (is('-') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == '[') return subtracted(inverted ? CharacterSet::all().without(members) : members);
            members = members.with(member(first));
            first = false;
        }
        return inverted ? CharacterSet::all().without(members) : members;
    }
    /// A class without another one: "[a-z-[aeiou]]", at the inner '-'.
    CharacterSet subtracted(const CharacterSet& members) {
        at_ += 2;
        const CharacterSet taken = set();
        return take(']') ? members.without(taken) : fail_set();
    }
    CharacterSet member(bool first) {
        const bool last_dash = is('-') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] == ']';
        if (is('[') || (is('-') && !first && !last_dash) || (is('^') && first)) return fail_set();
        Escaped from;
        if (take('\\')) from = escape();
        else from = {CharacterSet::one(pattern_[at_]), pattern_[at_]}, ++at_;
        const bool range = from.single && is('-') && at_ + 1 < pattern_.size() && pattern_[at_ + 1] != ']' && pattern_[at_ + 1] != '[';
        if (!range) return from.set;
        ++at_;
        if (is('-') || is('[')) return fail_set();
        Escaped to;
        if (take('\\')) to = escape();
        else to = {CharacterSet::one(pattern_[at_]), pattern_[at_]}, ++at_;
        if (!to.single || *to.single < *from.single) return fail_set();
        return CharacterSet({{*from.single, *to.single}});
    }

    Expressions& into_;
    const std::u32string pattern_;
    const bool foreign_;
    std::size_t at_ = 0, counts_ = 0, empty_counts_ = 0;
    bool good_ = true;
};

std::optional<Expressions::Id> Expressions::parse(std::string_view pattern) { return ExpressionParser(*this, pattern, false).whole(); }

std::optional<Expressions::Id> Expressions::parse_foreign(const std::string& pattern) {
    const auto parsed = ExpressionParser(*this, pattern, true).whole();
    return parsed && library_.agrees(pattern, *this, *parsed) ? parsed : std::nullopt;
}

}  // namespace hub::formats
