// Whether what a value may be is always a value of the target's type: shown, refuted by a text for which it is not, or
// left open.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/automaton.hpp"
#include "hub/mapping/step_machine.hpp"

namespace hub::mapping {

/// The texts that a value may be: those of a type or of a form, through the changes.
struct TextSet {
    const formats::SimpleType* type = nullptr;  ///< as a decoder leaves its values
    bool json_number = false;                   ///< and of the type only those that a JSON decoder makes of numbers
    std::string form{};                         ///< an XML Schema regular expression of our own; empty and no type: any text
    std::vector<TextChange> changes{};
};

struct Fit {
    enum class Answer : std::uint8_t { proved, refuted, undecided } answer = Answer::undecided;
    std::string witness{};  ///< refuted: a text of the type or form
    std::string becomes{};  ///< what the changes make of it
    std::string why{};      ///< "is longer than 3 characters"
};

/// Compares texts with types, and remembers: a site's exchanges share many types. One thread.
class Prover {
public:
    /// Whether each text that is not empty, and does not become empty, is a value of `to`. Both types must outlive us.
    Fit fits(const TextSet& from, const formats::SimpleType& to);
    /// The same for a form: texts must match it. `why` stays empty.
    Fit fits(const TextSet& from, const std::string& form);

    /// A form as a table; nothing when it is none, or too large.
    std::optional<formats::Automaton> automaton(const std::string& form);

    /// A form that has at least the texts of the set that are not empty.
    std::string form(const TextSet& of);

    static constexpr std::size_t question_steps_max = 3'000'000;   ///< characters read for one question
    static constexpr std::size_t steps_max = 100'000'000;          ///< and for all; then what is left is undecided

private:
    /// The same number for types that take the same texts for the same reasons, wherever they are declared.
    std::size_t number_of(const formats::SimpleType& type);
    std::string key_of(const TextSet& from, const formats::SimpleType* to, const std::string& form);
    Fit searched(const TextSet& from, const formats::SimpleType* to, const std::string& form);

    formats::LibraryReading library_{};
    std::map<std::string, Fit> known_{};
    std::map<const formats::SimpleType*, std::size_t> numbers_{};
    std::map<std::string, std::size_t> facets_{};  ///< all that a type says -> its number
    std::size_t steps_ = 0;
};

/// Whether an element or attribute of this declaration may be there without text.
bool may_be_empty(const formats::Declaration& declaration);

/// Whether any text at all is a value.
bool takes_any_text(const formats::SimpleType& type);

/// The value as JSON writes it: "+5", "-007", "5." and ".5" become 5, -7, 5 and 0.5; 1 and 0 become true and false. What has no
/// such form is returned as it is. `scratch` may hold the result.
std::string_view as_json(formats::JsonShape shape, std::string_view text, std::string& scratch);

/// Whether JSON can carry the text in this shape; true for shapes other than number and boolean.
bool has_shape(formats::JsonShape shape, std::string_view text);

}  // namespace hub::mapping
