// libxml2's reading of regular expressions, asked for and remembered: what an escape stands for, and whether an expression
// means to libxml2 what it means to us. It decides what is matched, so nothing is proved of an expression on which the two
// differ. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hub/formats/characters.hpp"

namespace hub::formats {

class Expressions;

class LibraryReading {
public:
    LibraryReading();

    /// The characters of an escape of XML Schema ("\\d", "\\p{Lu}", "."). Slow the first time (about 30 ms). Empty when
    /// libxml2 does not know it.
    const CharacterSet& escape(const std::string& name);

    /// Whether libxml2 takes the same texts, on up to `texts_tried_max` that lead through each state of the expression.
    bool agrees(const std::string& pattern, Expressions& expressions, std::uint32_t expression);

    static constexpr std::size_t texts_tried_max = 1'500;

private:
    std::map<std::string, CharacterSet> escapes_{};
    std::map<std::string, bool> agreed_{};
};

}  // namespace hub::formats
