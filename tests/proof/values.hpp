// Valid values of a simple type: those at the edges of its facets, and plain ones.
#pragma once

#include <string>
#include <vector>

#include "hub/formats/schema.hpp"
#include "tests/support/chance.hpp"

namespace proof {

inline constexpr std::size_t text_characters_max = 400;  ///< of a text whose length the schema does not limit
inline constexpr std::size_t pattern_samples = 12;       ///< texts tried for each pattern of a type
inline constexpr std::size_t list_items_max = 5;         ///< of a list whose length the schema does not limit

struct Values {
    /// Every enumeration value; the shortest and longest; the smallest and largest; the odd ways of writing a value that the type
    /// allows: white space, signs, zeros, zones, other scripts, markup, formulas, the empty text.
    std::vector<std::string> edges{};
    /// What a system would send on an ordinary day. Never empty where `edges` is not.
    std::vector<std::string> plain{};
};

/// All are valid by the model's own rule; whether they really are is for the decoders and their validators to say.
/// `keeps_empty`: the format can carry an empty text (XML and JSON can; CSV and HL7 leave it out).
Values values_of(const hub::formats::SimpleType& type, bool keeps_empty, support::Chance& chance);

}  // namespace proof
