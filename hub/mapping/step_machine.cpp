// One machine for each kind of step. State of their own stands before that of the machine they pass on to.
#include "hub/mapping/step_machine.hpp"

#include <algorithm>

#include "hub/mapping/text_steps.hpp"

namespace hub::mapping {

namespace {

using formats::Alphabet;
using formats::CharacterSet;
using formats::Machine;
using formats::Machines;
using formats::Verdict;
using State = Machine::State;
using Kind = TextChange::Kind;

class Passing : public Machine {
public:
    Passing(std::size_t own, Machines to) : Machine(own + to->width()), own_(own), to_(std::move(to)) {}
    void start(State* at) const override {
        std::fill(at, at + own_, 0);
        to_->start(at + own_);
    }
    void step(State* at, char32_t character) const override { to_->step(at + own_, character); }
    Verdict ends(const State* at) const override { return to_->ends(at + own_); }
    void tell(Alphabet& alphabet) const override { to_->tell(alphabet); }

protected:
    const std::size_t own_;
    const Machines to_;
};

/// Nothing, or what the target takes. State: whether there was something.
class OrNothing : public Passing {
public:
    explicit OrNothing(Machines to) : Passing(1, std::move(to)) {}
    void step(State* at, char32_t character) const override {
        at[0] = 1;
        Passing::step(at, character);
    }
    Verdict ends(const State* at) const override {
        const Verdict verdict = Passing::ends(at);
        return at[0] == 0 ? std::max(verdict, Verdict::yes) : verdict;
    }
};

const CharacterSet& spaces() {
    static const CharacterSet set({{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}});
    return set;
}

/// State: whether the text has begun, and the verdict behind its last character that is no space.
class Trim : public Passing {
public:
    explicit Trim(Machines to) : Passing(2, std::move(to)) {}
    void start(State* at) const override {
        Passing::start(at);
        at[1] = static_cast<State>(Passing::ends(at));
    }
    void step(State* at, char32_t character) const override {
        const bool space = spaces().has(character);
        if (space && at[0] == 0) return;
        at[0] = 1;
        Passing::step(at, character);
        if (!space) at[1] = static_cast<State>(Passing::ends(at));
    }
    Verdict ends(const State* at) const override {
        const auto kept = static_cast<Verdict>(at[1]);
        return kept == Verdict::never && Passing::ends(at) != Verdict::never ? Verdict::no : kept;
    }
    void tell(Alphabet& alphabet) const override {
        alphabet.add(spaces());
        Passing::tell(alphabet);
    }
};

class Case : public Passing {
public:
    Case(bool upper, Machines to) : Passing(0, std::move(to)), upper_(upper) {}
    void step(State* at, char32_t character) const override { Passing::step(at, in_case(character, upper_)); }
    void tell(Alphabet& alphabet) const override {
        constexpr char32_t letters_end = 0x180;  // no case beyond
        Alphabet inner;
        Passing::tell(inner);
        for (const CharacterSet& each : inner.sets()) {
            std::vector<formats::CharacterRange> ranges = each.without(CharacterSet({{0, letters_end - 1}})).ranges();
            for (char32_t letter = 0; letter < letters_end; ++letter)
                if (each.has(in_case(letter, upper_))) ranges.push_back({letter, letter});
            alphabet.add(CharacterSet(std::move(ranges)));
        }
    }

private:
    const bool upper_;
};

class Remove : public Passing {
public:
    Remove(std::string_view unwanted, Machines to) : Passing(0, std::move(to)), unwanted_(set_of(unwanted)) {}
    void step(State* at, char32_t character) const override {
        if (!unwanted_.has(character)) Passing::step(at, character);
    }
    void tell(Alphabet& alphabet) const override {
        alphabet.add(unwanted_);
        Passing::tell(alphabet);
    }

private:
    static CharacterSet set_of(std::string_view text) {
        std::vector<formats::CharacterRange> ranges;
        for (const char32_t each : formats::characters_of(text)) ranges.push_back({each, each});
        return CharacterSet(std::move(ranges));
    }
    const CharacterSet unwanted_;
};

/// State: whether the text has begun.
class Prepend : public Passing {
public:
    Prepend(std::string_view before, Machines to) : Passing(1, std::move(to)), before_(formats::characters_of(before)) {}
    void step(State* at, char32_t character) const override {
        if (at[0] == 0)
            for (const char32_t each : before_) Passing::step(at, each);
        at[0] = 1;
        Passing::step(at, character);
    }

private:
    const std::u32string before_;
};

/// State: whether there was a text.
class Append : public Passing {
public:
    Append(std::string_view behind, Machines to) : Passing(1, std::move(to)), behind_(formats::characters_of(behind)) {}
    void step(State* at, char32_t character) const override {
        at[0] = 1;
        Passing::step(at, character);
    }
    Verdict ends(const State* at) const override {
        const Verdict here = Passing::ends(at);
        if (at[0] == 0 || here == Verdict::never || here == Verdict::always) return here;
        std::vector<State> state(at, at + width());
        for (const char32_t each : behind_) Passing::step(state.data(), each);
        return std::clamp(Passing::ends(state.data()), Verdict::no, Verdict::yes);
    }

private:
    const std::u32string behind_;
};

/// State: how many characters have come by.
class Substring : public Passing {
public:
    Substring(std::uint32_t from, std::uint32_t length, Machines to) : Passing(1, std::move(to)), skipped_(from - 1), length_(length) {}
    void step(State* at, char32_t character) const override {
        if (complete(at)) return;
        if (at[0] >= skipped_) Passing::step(at, character);
        if (at[0] < skipped_ || length_ > 0) ++at[0];
    }
    Verdict ends(const State* at) const override {
        const Verdict verdict = Passing::ends(at);
        if (!complete(at) || verdict == Verdict::unknown) return verdict;
        return verdict < Verdict::unknown ? Verdict::never : Verdict::always;
    }

private:
    bool complete(const State* at) const { return length_ > 0 && at[0] >= skipped_ + length_; }
    const std::uint32_t skipped_, length_;
};

/// Up to a length with a character behind the text. State: how many characters there were, up to the length.
class PadRight : public Passing {
public:
    PadRight(std::string_view with, std::uint32_t length, Machines to) : Passing(1, std::move(to)), with_(formats::characters_of(with).front()), length_(length) {}
    void step(State* at, char32_t character) const override {
        at[0] = std::min(at[0] + 1, length_);
        Passing::step(at, character);
    }
    Verdict ends(const State* at) const override {
        const Verdict here = Passing::ends(at);
        if (at[0] == 0 || at[0] == length_ || here == Verdict::never || here == Verdict::always) return here;
        std::vector<State> state(at, at + width());
        for (State each = at[0]; each < length_; ++each) Passing::step(state.data(), with_);
        return std::clamp(Passing::ends(state.data()), Verdict::no, Verdict::yes);
    }

private:
    const char32_t with_;
    const std::uint32_t length_;
};

/// The same in front. How much, only the text's end shows: so there is a machine for each number of characters in front.
/// State: how many characters there were, then those machines' states, of which only those that may still count are kept.
class PadLeft : public Machine {
public:
    PadLeft(std::string_view with, std::uint32_t length, Machines to)
        : Machine(1 + length * to->width()), with_(formats::characters_of(with).front()), length_(length), to_(std::move(to)) {}
    void start(State* at) const override {
        at[0] = 0;
        to_->start(at + 1);
        for (std::uint32_t each = 1; each < length_; ++each) {
            std::copy(of(at, each - 1), of(at, each), of(at, each));
            to_->step(of(at, each), with_);
        }
    }
    void step(State* at, char32_t character) const override {
        at[0] = std::min(at[0] + 1, length_);
        for (std::uint32_t each = 0; each < length_; ++each) {
            if (each <= length_ - at[0]) to_->step(of(at, each), character);
            else std::fill(of(at, each), of(at, each + 1), 0);
        }
    }
    Verdict ends(const State* at) const override {
        if (at[0] == length_) return to_->ends(of(at, 0));
        const Verdict verdict = to_->ends(of(at, at[0] == 0 ? 0 : length_ - at[0]));
        return std::clamp(verdict, Verdict::no, Verdict::yes);
    }
    void tell(Alphabet& alphabet) const override { to_->tell(alphabet); }

private:
    State* of(State* at, std::uint32_t number) const { return at + 1 + number * to_->width(); }
    const State* of(const State* at, std::uint32_t number) const { return at + 1 + number * to_->width(); }

    const char32_t with_;
    const std::uint32_t length_;
    const Machines to_;
};

/// What the table has is taken, whatever follows. State: the table's machine.
class Keep : public Passing {
public:
    Keep(Machines table, Machines to) : Passing(table->width(), std::move(to)), table_(std::move(table)) {}
    void start(State* at) const override {
        table_->start(at);
        to_->start(at + own_);
    }
    void step(State* at, char32_t character) const override {
        table_->step(at, character);
        Passing::step(at, character);
    }
    Verdict ends(const State* at) const override { return table_->ends(at) >= Verdict::yes ? Verdict::yes : Passing::ends(at); }
    void tell(Alphabet& alphabet) const override {
        table_->tell(alphabet);
        Passing::tell(alphabet);
    }

private:
    const Machines table_;
};

std::vector<std::string> covered(const CodeTable& table) {
    std::vector<std::string> values;
    for (const auto& row : table.rows())
        if ((values.empty() || values.back() != row.from) && table.covers(row.from)) values.push_back(row.from);
    return values;
}

Machines passing(const TextChange& change, Machines to, formats::MachineMaker& maker) {
    switch (change.kind) {
        case Kind::trim: return std::make_unique<Trim>(std::move(to));
        case Kind::upper:
        case Kind::lower: return std::make_unique<Case>(change.kind == Kind::upper, std::move(to));
        case Kind::remove: return std::make_unique<Remove>(change.text, std::move(to));
        case Kind::prepend: return std::make_unique<Prepend>(change.text, std::move(to));
        case Kind::append: return std::make_unique<Append>(change.text, std::move(to));
        case Kind::pad_left: return std::make_unique<PadLeft>(change.text, change.length, std::move(to));
        case Kind::pad_right: return std::make_unique<PadRight>(change.text, change.length, std::move(to));
        case Kind::substring: return std::make_unique<Substring>(change.from, change.length, std::move(to));
        case Kind::keep: break;
    }
    formats::SimpleType listed;
    listed.enumeration = covered(*change.table);
    if (listed.enumeration.empty()) return to;
    return std::make_unique<Keep>(maker.of(listed, formats::Side::target), std::move(to));
}

std::string changed(const TextChange& change, const std::string& text) {
    std::string into;
    switch (change.kind) {
        case Kind::trim: return std::string(trimmed(text));
        case Kind::upper:
        case Kind::lower: append_in_case(text, change.kind == Kind::upper, into); return into;
        case Kind::remove: append_without(text, change.text, into); return into;
        case Kind::prepend: return change.text + text;
        case Kind::append: return text + change.text;
        case Kind::pad_left:
        case Kind::pad_right: append_padded(text, change.text, change.length, change.kind == Kind::pad_left, into); return into;
        case Kind::substring: return std::string(characters(text, change.from, change.length));
        case Kind::keep: break;
    }
    return change.table->covers(text) ? "" : text;
}

}  // namespace

std::string changed(const std::vector<TextChange>& changes, std::string text) {
    for (const auto& each : changes)
        if (!text.empty()) text = changed(each, text);
    return text;
}

Machines after(const std::vector<TextChange>& changes, Machines target, formats::MachineMaker& maker) {
    Machines machine = std::make_unique<OrNothing>(std::move(target));
    for (auto each = changes.rbegin(); each != changes.rend(); ++each) machine = passing(*each, std::move(machine), maker);
    return machine;
}

}  // namespace hub::mapping
