// Machines on characters: expressions, lengths, listed texts, whitespace, lists, and their combinations.
#include "hub/formats/machines.hpp"

namespace hub::formats {

namespace {

using State = Machine::State;

class ExpressionMachine : public Machine {
public:
    ExpressionMachine(Expressions& all, Expressions::Id expression) : Machine(1), all_(all), expression_(expression) {}
    void start(State* at) const override { *at = expression_; }
    void step(State* at, char32_t character) const override { *at = all_.after(*at, character); }
    Verdict ends(const State* at) const override {
        if (*at == Expressions::nothing) return Verdict::never;
        return all_.takes_empty(*at) ? Verdict::yes : Verdict::no;
    }
    void tell(Alphabet& alphabet) const override {
        for (const CharacterSet& each : all_.sets()) alphabet.add(each);
    }

private:
    Expressions& all_;
    const Expressions::Id expression_;
};

class LengthMachine : public Machine {
public:
    LengthMachine(std::uint32_t min, std::uint32_t max, bool bytes) : Machine(1), min_(min), max_(max), bytes_(bytes) {}
    void start(State* at) const override { *at = 0; }
    void step(State* at, char32_t character) const override {
        const State size = !bytes_ || character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
        const State most = max_ == unbounded ? min_ : max_ + 1;
        *at = std::min(*at + size, most);
    }
    Verdict ends(const State* at) const override {
        if (*at > max_) return Verdict::never;
        if (*at < min_) return Verdict::no;
        return max_ == unbounded ? Verdict::always : Verdict::yes;
    }
    void tell(Alphabet& alphabet) const override {
        if (bytes_) alphabet.add(CharacterSet({{0, 0x7f}})), alphabet.add(CharacterSet({{0, 0x7ff}})), alphabet.add(CharacterSet({{0, 0xffff}}));
    }

private:
    const std::uint32_t min_, max_;
    const bool bytes_;
};

/// The state is the range of texts that start as the text read does, and its length.
class LiteralsMachine : public Machine {
public:
    explicit LiteralsMachine(const std::vector<std::string>& texts) : Machine(3) {
        for (const auto& each : texts) texts_.push_back(characters_of(each));
        std::sort(texts_.begin(), texts_.end());
    }
    void start(State* at) const override { at[0] = 0, at[1] = static_cast<State>(texts_.size()), at[2] = 0; }
    void step(State* at, char32_t character) const override {
        const State depth = at[2];
        const auto before = [&](const std::u32string& text, char32_t c) { return text.size() <= depth || text[depth] < c; };
        const auto behind = [&](char32_t c, const std::u32string& text) { return text.size() > depth && c < text[depth]; };
        const auto begin = texts_.begin() + at[0], end = texts_.begin() + at[1];
        const auto low = std::lower_bound(begin, end, character, before), high = std::upper_bound(low, end, character, behind);
        at[0] = static_cast<State>(low - texts_.begin());
        at[1] = static_cast<State>(high - texts_.begin());
        ++at[2];
        if (at[0] == at[1]) at[0] = at[1] = at[2] = 0;
    }
    Verdict ends(const State* at) const override {
        if (at[0] == at[1]) return Verdict::never;
        return texts_[at[0]].size() == at[2] ? Verdict::yes : Verdict::no;
    }
    void tell(Alphabet& alphabet) const override {
        for (const auto& text : texts_)
            for (const char32_t each : text) alphabet.add(CharacterSet::one(each));
    }

private:
    std::vector<std::u32string> texts_{};
};

/// Counts a few characters, so that a search tries more than one text.
class UnknownMachine : public Machine {
public:
    explicit UnknownMachine(std::string sample) : Machine(1), sample_(std::move(sample)) {}
    void start(State* at) const override { *at = 0; }
    void step(State* at, char32_t) const override { *at = std::min(*at + 1, tried_length_max); }
    Verdict ends(const State*) const override { return Verdict::unknown; }
    void tell(Alphabet& alphabet) const override { alphabet.add_each(sample_); }

private:
    static constexpr State tried_length_max = 3;
    const std::string sample_;
};

std::size_t width_of(const std::vector<Machines>& parts) {
    std::size_t width = 0;
    for (const auto& each : parts) width += each->width();
    return width;
}

class Combined : public Machine {
public:
    Combined(std::vector<Machines> parts, bool all) : Machine(width_of(parts)), parts_(std::move(parts)), all_(all) {}
    void start(State* at) const override {
        for (const auto& each : parts_) each->start(at), at += each->width();
    }
    void step(State* at, char32_t character) const override {
        for (const auto& each : parts_) each->step(at, character), at += each->width();
    }
    Verdict ends(const State* at) const override {
        Verdict verdict = all_ ? Verdict::always : Verdict::never;
        for (const auto& each : parts_) {
            verdict = all_ ? std::min(verdict, each->ends(at)) : std::max(verdict, each->ends(at));
            at += each->width();
        }
        return verdict;
    }
    void tell(Alphabet& alphabet) const override {
        for (const auto& each : parts_) each->tell(alphabet);
    }

private:
    const std::vector<Machines> parts_;
    const bool all_;
};

const CharacterSet& spaces() {
    static const CharacterSet set({{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}});
    return set;
}

/// Before the part's state: whether something was passed on, and whether a space is waiting for more.
class NormalisingMachine : public Machine {
public:
    NormalisingMachine(bool collapse, Machines part) : Machine(part->width() + 2), collapse_(collapse), part_(std::move(part)) {}
    void start(State* at) const override {
        at[0] = at[1] = 0;
        part_->start(at + 2);
    }
    void step(State* at, char32_t character) const override {
        if (!spaces().has(character)) {
            if (at[1] != 0) part_->step(at + 2, ' ');
            at[0] = collapse_ ? 1 : 0;
            at[1] = 0;
            part_->step(at + 2, character);
        } else if (collapse_) {
            at[1] = at[0];
        } else {
            part_->step(at + 2, ' ');
        }
    }
    Verdict ends(const State* at) const override { return part_->ends(at + 2); }
    void tell(Alphabet& alphabet) const override {
        alphabet.add(spaces());
        alphabet.add_each(" ");
        part_->tell(alphabet);
    }

private:
    const bool collapse_;
    const Machines part_;
};

/// Before the item's state: how many items have begun, whether one is open, the least verdict of those that are closed.
class ListMachine : public Machine {
public:
    ListMachine(Machines item, std::uint32_t min, std::uint32_t max) : Machine(item->width() + 3), item_(std::move(item)), min_(min), max_(max) {}
    void start(State* at) const override {
        at[0] = at[1] = 0;
        at[2] = static_cast<State>(Verdict::yes);
        item_->start(at + 3);
    }
    void step(State* at, char32_t character) const override {
        if (character == ' ') {
            at[2] = std::min(at[2], static_cast<State>(closed(at)));
            at[1] = 0;
            item_->start(at + 3);
            return;
        }
        if (at[1] == 0) at[0] = std::min(at[0] + 1, max_ == unbounded ? std::max(min_, 1U) : max_ + 1);
        at[1] = 1;
        item_->step(at + 3, character);
    }
    Verdict ends(const State* at) const override {
        const auto before = static_cast<Verdict>(at[2]);
        if (at[0] > max_ || before < Verdict::unknown || (at[1] != 0 && item_->ends(at + 3) == Verdict::never)) return Verdict::never;
        if (at[0] < min_) return Verdict::no;
        return std::min(before, at[1] == 0 ? Verdict::yes : closed(at));
    }
    void tell(Alphabet& alphabet) const override {
        alphabet.add_each(" ");
        item_->tell(alphabet);
    }

private:
    Verdict closed(const State* at) const { return at[1] == 0 ? Verdict::yes : std::min(item_->ends(at + 3), Verdict::yes); }

    const Machines item_;
    const std::uint32_t min_, max_;
};

}  // namespace

Machines expression_machine(Expressions& all, Expressions::Id expression) { return std::make_unique<ExpressionMachine>(all, expression); }
Machines length_machine(std::uint32_t min, std::uint32_t max, bool bytes) { return std::make_unique<LengthMachine>(min, max, bytes); }
Machines literals_machine(std::vector<std::string> texts) { return std::make_unique<LiteralsMachine>(texts); }
Machines unknown_machine(std::string sample) { return std::make_unique<UnknownMachine>(std::move(sample)); }
Machines all_of(std::vector<Machines> parts) { return std::make_unique<Combined>(std::move(parts), true); }
Machines any_of(std::vector<Machines> parts) { return std::make_unique<Combined>(std::move(parts), false); }

Machines normalising_machine(Whitespace rule, Machines part) {
    if (rule == Whitespace::preserve) return part;
    return std::make_unique<NormalisingMachine>(rule == Whitespace::collapse, std::move(part));
}

Machines list_machine(Machines item, std::uint32_t min, std::uint32_t max) { return std::make_unique<ListMachine>(std::move(item), min, max); }

}  // namespace hub::formats
