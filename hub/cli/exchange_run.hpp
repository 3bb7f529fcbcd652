// One document through one exchange, with everything that went wrong: what `map` prints and what `check` compares.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hub/cli/world.hpp"
#include "hub/core/plan.hpp"

namespace hub::cli {

struct ExchangeRun {
    std::vector<std::string> outputs{};  ///< one for each document; validated against the target schema
    Problems problems{};                 ///< invalid input, rejections (their code in Problem::code), invalid output
    std::map<std::string, std::size_t> unknown_paths{};
};

ExchangeRun run_exchange(const core::Exchange& exchange, std::string_view bytes, const std::string& name,
                         const mapping::Given& given, bool pretty);

/// The values that the hub would give; fixed, so that examples stay what they are.
mapping::Given example_given();

/// A file, or standard input for "-".

inline constexpr std::size_t input_bytes_max = std::size_t{16} << 20;

Result<std::string> read_input(const World& world, const std::string& file, std::size_t bytes_max = input_bytes_max);

}  // namespace hub::cli
