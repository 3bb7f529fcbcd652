// The machines that types are made of. Private to this room.
#pragma once

#include <algorithm>
#include <optional>

#include "hub/formats/decimal.hpp"
#include "hub/formats/expressions.hpp"
#include "hub/formats/machine.hpp"

namespace hub::formats {

/// A regular expression.
Machines expression_machine(Expressions& all, Expressions::Id expression);
/// A number of characters, or of bytes in UTF-8.
Machines length_machine(std::uint32_t min, std::uint32_t max, bool bytes);
/// Some texts.
Machines literals_machine(std::vector<std::string> texts);
/// Decimal numbers on one side of a bound, which is one itself. Texts that are no numbers are not asked about.
Machines bound_machine(const std::string& bound, bool below, bool inclusive);
/// Nothing is known. `sample`: characters that are likely to matter.
Machines unknown_machine(std::string sample);
/// All parts, or one at least.
Machines all_of(std::vector<Machines> parts);
Machines any_of(std::vector<Machines> parts);
/// The part reads what the whitespace rule leaves of the text.
Machines normalising_machine(Whitespace rule, Machines part);
/// Items with single spaces between them.
Machines list_machine(Machines item, std::uint32_t min, std::uint32_t max);

}  // namespace hub::formats
