// Simple types to try things on, and texts that lie inside and just outside them. Chance comes from a seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hub/formats/schema.hpp"

namespace types {

class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}
    std::size_t below(std::size_t end) {
        state_ = state_ * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state_ >> 33) % end;
    }
    template <class T>
    const T& of(const std::vector<T>& list) {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_;
};

/// Every base and every facet, in sizes that a search can settle. The types live as long as the program.
std::vector<hub::formats::SimpleType> samples();

/// A random XML Schema regular expression over a and b, digits and some classes.
std::string pattern(Chance& chance, int depth);

/// Texts of interest for the type, and random changes to them.
std::vector<std::string> texts_near(const hub::formats::SimpleType& type, Chance& chance, std::size_t count);

}  // namespace types
