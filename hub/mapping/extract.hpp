// A pattern with one group, and the part of a text that the group stands for.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "hub/formats/automaton.hpp"
#include "hub/mapping/limits.hpp"

namespace hub::mapping {

class Prover;

/// Immutable; any thread may use it.
class Extract {
public:
    /// `pattern` is an XML Schema regular expression for the whole text, in which one pair of parentheses stands outside all
    /// others. Null with the reason when it is not.
    static std::shared_ptr<const Extract> of(const std::string& pattern, Prover& prover, std::string& why);

    /// What the group stands for: it begins as early as the whole allows and is then as long as the whole allows. Nothing when
    /// the text is not of the form, or has more than extract_characters_max characters.
    std::optional<std::string_view> found(std::string_view text) const;
    /// Whether the group may stand for nothing.
    bool may_be_nothing() const { return inside_.ends(formats::Automaton::start); }
    /// The expression in the parentheses.
    const std::string& group() const { return group_text_; }
    const std::string& pattern() const { return pattern_; }

private:
    Extract(std::string pattern, std::string group, formats::Automaton before, formats::Automaton inside, formats::Automaton behind)
        : pattern_(std::move(pattern)), group_text_(std::move(group)), before_(std::move(before)), inside_(std::move(inside)), behind_(std::move(behind)) {}

    const std::string pattern_, group_text_;
    const formats::Automaton before_, inside_, behind_;
};

}  // namespace hub::mapping
