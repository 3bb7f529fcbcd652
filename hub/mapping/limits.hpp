// Every limit of this room, by name.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hub::mapping {

// While compiling: a problem TG-M001 names the limit.
inline constexpr std::size_t rules_max = 5'000;        ///< rules of one mapping, at every depth
inline constexpr std::size_t nesting_max = 24;         ///< each, within, choose inside one another
inline constexpr std::size_t path_steps_max = 32;      ///< steps of one path
inline constexpr std::size_t filters_max = 4;          ///< filters of one step
inline constexpr std::size_t test_terms_max = 200;     ///< parts of one test
inline constexpr std::size_t code_rows_max = 50'000;   ///< rows of one code table
inline constexpr std::uint32_t pad_length_max = 64;    ///< characters that <pad> fills up to
inline constexpr std::size_t case_splits_max = 6;      ///< alternatives followed at once to show that a target is filled

// While applying: the record is rejected with a code that names the limit.
inline constexpr std::size_t outputs_max = 1'000;             ///< documents made of one record: too_many_outputs
inline constexpr std::size_t output_nodes_max = 200'000;      ///< of one document: output_too_large
inline constexpr std::size_t output_bytes_max = 4 << 20;      ///< text of one document: output_too_large
inline constexpr std::size_t extract_characters_max = 1'000;  ///< of a text that <extract> looks at: longer ones are not of its form
inline constexpr std::size_t rejections_max = 50;             ///< reported for one record; further ones are not listed

}  // namespace hub::mapping
