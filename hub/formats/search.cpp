// Breadth first through the pairs of states of two machines.
#include <algorithm>

#include "hub/formats/machine.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {

namespace {

using State = Machine::State;

/// States side by side, each once, in the order found; a hash table of their numbers.
class Seen {
public:
    explicit Seen(std::size_t width) : width_(width), slots_(1024, 0) {}

    State* operator[](std::size_t index) { return states_.data() + index * width_; }
    std::size_t size() const { return count_; }
    /// Room for a state that is not one yet.
    State* next() {
        if (states_.size() < (count_ + 1) * width_) states_.resize((count_ + 1) * width_ * 2);
        return states_.data() + count_ * width_;
    }
    /// Makes the state in next() one; false when it was seen before.
    bool keep() {
        if (2 * count_ >= slots_.size()) grow();
        const State* state = next();
        std::uint32_t& slot = find(state);
        if (slot != 0) return false;
        slot = static_cast<std::uint32_t>(++count_);
        return true;
    }

private:
    std::uint32_t& find(const State* state) {
        std::uint64_t hash = 0xcbf29ce484222325U;
        for (std::size_t i = 0; i < width_; ++i) hash = (hash ^ state[i]) * 0x100000001b3U, hash ^= hash >> 29U;
        for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at] == 0 || std::equal(state, state + width_, states_.data() + (slots_[at] - 1) * width_)) return slots_[at];
        }
    }
    void grow() {
        slots_.assign(slots_.size() * 2, 0);
        for (std::size_t i = 0; i < count_; ++i) find(states_.data() + i * width_) = static_cast<std::uint32_t>(i + 1);
    }

    const std::size_t width_;
    std::vector<State> states_{};
    std::vector<std::uint32_t> slots_;
    std::size_t count_ = 0;
};

class Walk {
public:
    Walk(const Machine& from, const Machine& to, const std::function<bool(const std::string&)>& confirm, std::size_t& steps_left)
        : from_(from), to_(to), confirm_(confirm), steps_left_(steps_left), seen_(from.width() + to.width()) {}

    Search run() {
        Alphabet alphabet;
        from_.tell(alphabet);
        to_.tell(alphabet);
        const auto characters = alphabet.representatives(search_classes_max);
        if (characters.empty()) return {};
        from_.start(seen_.next());
        to_.start(seen_.next() + from_.width());
        seen_.keep();
        steps_.push_back({0, 0});
        for (std::size_t at = 0; at < seen_.size(); ++at) {
            for (const char32_t each : characters) {
                if (steps_left_ == 0 || seen_.size() >= search_states_max) return {};
                --steps_left_;
                if (advance(at, each)) return {Search::Answer::found, text_};
            }
        }
        return {unsure_ ? Search::Answer::undecided : Search::Answer::none, {}};
    }

private:
    struct Step {
        std::size_t before = 0;
        char32_t character = 0;
    };

    /// Whether the text that leads there is one that was looked for.
    bool advance(std::size_t at, char32_t character) {
        State* next = seen_.next();
        std::copy(seen_[at], seen_[at] + from_.width() + to_.width(), next);
        from_.step(next, character);
        const Verdict here = from_.ends(next);
        if (here == Verdict::never) return false;
        to_.step(next + from_.width(), character);
        const Verdict there = to_.ends(next + from_.width());
        if (there == Verdict::always || !seen_.keep()) return false;
        steps_.push_back({at, character});
        if (here < Verdict::unknown || there > Verdict::unknown) return false;
        if (tries_ < search_tries_max) {
            ++tries_;
            read_text(steps_.size() - 1);
            if (confirm_(text_)) return true;
        }
        unsure_ = true;
        return false;
    }
    void read_text(std::size_t at) {
        std::u32string characters;
        for (; at != 0; at = steps_[at].before) characters += steps_[at].character;
        std::reverse(characters.begin(), characters.end());
        text_.clear();
        for (const char32_t each : characters) append_utf8(text_, each);
    }

    const Machine& from_;
    const Machine& to_;
    const std::function<bool(const std::string&)>& confirm_;
    std::size_t& steps_left_;
    Seen seen_;
    std::vector<Step> steps_{};
    std::string text_{};
    std::size_t tries_ = 0;
    bool unsure_ = false;
};

}  // namespace

Search search(const Machine& from, const Machine& to, const std::function<bool(const std::string&)>& confirm, std::size_t& steps_left) {
    return Walk(from, to, confirm, steps_left).run();
}

}  // namespace hub::formats
