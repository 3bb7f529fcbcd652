// Simple types to try things on, and texts that lie inside and just outside them. Chance comes from a seed.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "hub/formats/schema.hpp"
#include "tests/support/chance.hpp"

namespace types {

using support::Chance;

/// Every base and every facet, in sizes that a search can settle. The types live as long as the program.
std::vector<hub::formats::SimpleType> samples();

/// A random XML Schema regular expression over a and b, digits and some classes.
std::string pattern(Chance& chance, int depth);

/// Texts of interest for the type, and random changes to them.
std::vector<std::string> texts_near(const hub::formats::SimpleType& type, Chance& chance, std::size_t count);

}  // namespace types
