// What a schema says of a CSV file, and the one change that CSV makes to values. Private to hub/formats.
//
// The schema is a root element with one repeated child, the row, whose children are the columns, each of a simple type
// and at most once. An empty cell is an absent column: CSV knows no other way to leave a value out.
//
// A spreadsheet runs a cell that starts with = + - @ TAB or CR as a formula. The encoder therefore puts an apostrophe
// in front of such text, unless the column holds numbers, and the decoder takes it away again. Text that starts with
// apostrophes and then such a character gets one more, so that nothing is lost either way.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/formats/schema.hpp"

namespace hub::formats {

inline constexpr std::size_t csv_columns_max = 512;

struct CsvTable {
    DeclId row = no_decl;
    std::vector<DeclId> columns{};
    std::string fault{};  ///< why the schema describes no table; empty when it does
};

CsvTable csv_table(const Schema& schema);

/// Whether the apostrophe rule applies to values of the type.
bool is_neutralised(const SimpleType& type);
/// Whether the text starts with a formula character, apostrophes in front of it not counted.
bool looks_like_formula(std::string_view text);

}  // namespace hub::formats
