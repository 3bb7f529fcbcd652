// What a mapping makes, while it is being compiled: the output's elements, each with what writes into it.
//
// An element is shared when target paths merely lead through it, and its own when each or within makes one. It stands
// in the loop in which it is made; what writes into it may stand in deeper loops that make no element.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "hub/mapping/logic.hpp"
#include "hub/mapping/plan.hpp"
#include "hub/mapping/report.hpp"

namespace hub::mapping {

struct Element;

struct Writer {
    enum class Kind : std::uint8_t { reject, make, own_text, leaf, element } kind = Kind::leaf;
    formats::DeclId decl = formats::no_decl;  ///< what is written; the element itself for make and own_text
    std::uint32_t loop = 0, block = 0;
    std::vector<Case> cases{};                ///< when it writes; for an element: when that is made
    std::uint32_t values_min = 1, values_max = 1;  ///< written at once, loops not counted
    std::uint32_t index = 0;                  ///< of the value or the rejection
    Element* element = nullptr;
    Place at{};
    std::string from{};                       ///< for explain()
};

struct Element {
    formats::DeclId decl = 0;
    Element* parent = nullptr;
    std::uint32_t slot = 0;
    std::uint32_t loop = 0, block = 0;
    bool own = false;
    bool eager = false;  ///< made even when nothing is written into it
    Case eager_case{};
    Place at{};
    std::vector<Writer> writers{};
    std::vector<Case> made{};  ///< when it is made; filled in by check_target
    bool checked = false;      ///< its content is checked as it is made
    std::uint32_t check = none;  ///< what a record is rejected with whose content does not fit; none: no rule says so
    Place check_at{};
};

/// Loop 0 is the document (or one match of split).
struct Loop {
    std::uint32_t parent = none, frame = 0, path = none;
    std::uint32_t outside = 0, inside = 0;  ///< blocks
    std::uint32_t min = 1, max = 1;
    std::vector<Instruction> prologue{};    ///< contexts and choices, in rule order
};

struct Outline {
    std::deque<Element> elements{};  ///< the first is the root
    std::vector<Loop> loops{};

    /// How often a rule in `loop` runs for each run of `home`.
    Occurs repeats(std::uint32_t loop, std::uint32_t home) const {
        Occurs occurs{1, 1};
        for (; loop != home; loop = loops[loop].parent) occurs = occurs * Occurs{loops[loop].min, loops[loop].max};
        return occurs;
    }
};

}  // namespace hub::mapping
