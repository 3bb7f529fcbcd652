// Finds all states of a machine, one class of characters at a time.
#include "hub/formats/automaton.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace hub::formats {

/// Lays out one machine.
class Automaton::Maker {
public:
    explicit Maker(const Machine& machine) : machine_(machine) {}

    std::optional<Automaton> run() {
        if (!classes()) return std::nullopt;
        std::vector<Machine::State> first(machine_.width());
        machine_.start(first.data());
        number(std::move(first));
        for (std::size_t at = 0; at < states_.size(); ++at) {
            if (states_.size() > states_max || made_.ends_[at] == Verdict::unknown) return std::nullopt;
            for (const char32_t each : samples_) {
                std::vector<Machine::State> next = *states_[at];
                machine_.step(next.data(), each);
                const State to = number(std::move(next));
                made_.next_.push_back(to);
            }
        }
        return std::move(made_);
    }

private:
    /// Characters that belong to the same of the machine's sets are one class.
    bool classes() {
        Alphabet alphabet;
        machine_.tell(alphabet);
        std::set<char32_t> borders{0};
        for (const CharacterSet& set : alphabet.sets())
            for (const CharacterRange& each : set.ranges()) borders.insert({each.first, each.last + 1});
        std::map<std::vector<bool>, std::uint16_t> known;
        for (const char32_t border : borders) {
            std::vector<bool> belongs;
            for (const CharacterSet& set : alphabet.sets()) belongs.push_back(set.has(border));
            const auto [at, fresh] = known.emplace(std::move(belongs), static_cast<std::uint16_t>(known.size()));
            if (fresh) samples_.push_back(border);
            made_.borders_.push_back(border);
            made_.range_classes_.push_back(at->second);
        }
        made_.classes_ = samples_.size();
        for (char32_t each = 0; each < made_.ascii_.size(); ++each) made_.ascii_[each] = made_.range_class(each);
        return made_.classes_ <= search_classes_max;
    }

    State number(std::vector<Machine::State> state) {
        const auto [at, fresh] = numbers_.emplace(std::move(state), static_cast<State>(numbers_.size()));
        if (fresh) {
            states_.push_back(&at->first);
            made_.ends_.push_back(machine_.ends(at->first.data()));
        }
        return at->second;
    }

    const Machine& machine_;
    Automaton made_{};
    std::vector<char32_t> samples_{};  ///< of each class
    std::map<std::vector<Machine::State>, State> numbers_{};
    std::vector<const std::vector<Machine::State>*> states_{};
};

std::optional<Automaton> Automaton::of(const Machine& machine) { return Maker(machine).run(); }

std::uint16_t Automaton::range_class(char32_t character) const {
    const auto behind = std::upper_bound(borders_.begin(), borders_.end(), character);
    return range_classes_[static_cast<std::size_t>(behind - borders_.begin()) - 1];
}

}  // namespace hub::formats
