// A machine laid out as a table, to be run while documents are read. Immutable; any thread may run it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "hub/formats/machine.hpp"

namespace hub::formats {

class Automaton {
public:
    using State = std::uint32_t;

    /// Nothing when the machine has more than `states_max` states or cannot say of each text whether it belongs.
    static std::optional<Automaton> of(const Machine& machine);

    static constexpr State start = 0;
    State step(State state, char32_t character) const { return next_[state * classes_ + (character < ascii_.size() ? ascii_[character] : range_class(character))]; }
    /// Whether the text read so far belongs to the set.
    bool ends(State state) const { return ends_[state] == Verdict::yes || ends_[state] == Verdict::always; }
    /// Whether no text that begins so does.
    bool lost(State state) const { return ends_[state] == Verdict::never; }

    static constexpr std::size_t states_max = 2'000;

private:
    class Maker;
    std::uint16_t range_class(char32_t character) const;

    std::vector<char32_t> borders_{};          ///< first characters of ranges that one class each has, ascending from 0
    std::vector<std::uint16_t> range_classes_{};
    std::array<std::uint16_t, 128> ascii_{};
    std::size_t classes_ = 0;
    std::vector<State> next_{};                ///< by state and class
    std::vector<Verdict> ends_{};
};

}  // namespace hub::formats
