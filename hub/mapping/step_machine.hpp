// A value's steps as machines that read a source's text and pass on to a target's machine what the steps make of it: what
// is asked of the target is then asked of the source's texts, and a witness is a source's text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/machine.hpp"
#include "hub/mapping/codes.hpp"

namespace hub::mapping {

/// A step whose result follows from the text alone. Like steps, it leaves an empty text alone.
struct TextChange {
    enum class Kind : std::uint8_t { trim, upper, lower, remove, prepend, append, substring, pad_left, pad_right, keep } kind = Kind::trim;
    std::string text{};                   ///< characters, or the value
    std::uint32_t from = 1, length = 0;   ///< of substring; of pad the length
    const CodeTable* table = nullptr;     ///< of keep: what it has on every day becomes a value of its own and is no more asked about
};

/// What the changes make of a text; empty also where the text leaves the way at a table.
std::string changed(const std::vector<TextChange>& changes, std::string text);

/// Reads texts before the changes; an empty result counts as taken.
formats::Machines after(const std::vector<TextChange>& changes, formats::Machines target, formats::MachineMaker& maker);

}  // namespace hub::mapping
