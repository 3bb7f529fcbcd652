// A mapping file as written: rules in file order, nothing resolved yet.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/schema.hpp"
#include "hub/mapping/paths.hpp"
#include "hub/mapping/report.hpp"
#include "hub/mapping/test_syntax.hpp"

namespace hub::mapping {

struct StepRule {
    enum class Kind : std::uint8_t {
        code, date, substring, trim, upper, lower, remove, prepend, append, default_value, first, last, join, truncate, require, zone, local, check, extract, pad
    } kind = Kind::trim;
    Place at{};
    std::string text{};                       ///< table, picture from, characters, value, separator, pattern or reject code
    std::string other{};                      ///< picture to, or the default of code or extract
    std::uint32_t from = 1, length = 0;       ///< length 0: to the end
    enum class Missing : std::uint8_t { unstated, replace, reject, keep, absent } missing = Missing::unstated;
    std::string reject{};                     ///< what a code or extract rejects with
    bool in_front = true;                     ///< where pad puts its characters
};

struct PieceRule {
    Place at{};
    std::optional<PathText> from{};  ///< otherwise `value`
    std::string value{};
    std::vector<StepRule> steps{};
};

struct Rule {
    enum class Kind : std::uint8_t { field, constant, given, text, each, within, choose, reject, drop, check } kind = Kind::field;
    Place at{};
    std::string from_text{};                 ///< the path as written, for messages
    std::optional<PathText> from{}, to{};
    std::string value{};                     ///< const's value, given's name, text's separator, reject's code
    std::string reason{};
    std::vector<StepRule> steps{};
    std::vector<PieceRule> pieces{};
    std::vector<Rule> rules{};               ///< of each and within
    struct Branch {
        Place at{};
        std::optional<TestTerm> test{};      ///< none: otherwise
        std::vector<Rule> rules{};
    };
    std::vector<Branch> branches{};
    struct Excuse {                          ///< <unnoticed>: why no example can notice a change of this rule
        Place at{};
        std::string kind{}, reason{};
    };
    std::vector<Excuse> excuses{};
};

struct EndRule {
    Place at{};
    std::string schema{}, root{};
    formats::Format format = formats::Format::xml;
};

struct Program {
    std::string about{};
    EndRule from{}, to{};
    Prefixes prefixes{};
    bool strict = false;
    bool rejects_unproved = false;           ///< what nothing settles rejects the record, and is no problem
    Place unproved_at{};
    std::optional<PathText> split{};
    Place split_at{};
    std::vector<Rule> rules{};
};

/// Null when there are problems.
std::unique_ptr<Program> read_program(const std::string& path, std::string_view text, Problems& problems);

}  // namespace hub::mapping
