// Texts that match an XML Schema regular expression.
#pragma once

#include <string>

#include "tests/support/chance.hpp"

namespace proof {

/// How often an unbounded repetition is repeated at most.
inline constexpr std::size_t pattern_repeats_max = 4;

/// Which numbers of repetition are tried: the smallest, the largest, any.
enum class Repeats { fewest, most, any };

/// A text that matches, with characters and branches by chance. Throws std::invalid_argument for an expression that it does
/// not understand: the test must then learn it.
std::string text_matching(const std::string& pattern, Repeats repeats, support::Chance& chance);

}  // namespace proof
