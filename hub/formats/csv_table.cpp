// Reads the table off the schema; see csv_table.hpp for the rules.
#include "hub/formats/csv_table.hpp"

#include <algorithm>

namespace hub::formats {

CsvTable csv_table(const Schema& schema) {
    CsvTable table;
    const auto& below = schema[schema.root()].children;
    if (below.size() != 1 || schema[below.front()].type != nullptr || schema[below.front()].occurs_max == 1) {
        table.fault = schema.path_of(schema.root()) + " must have one repeated child, the row";
        return table;
    }
    table.row = below.front();
    table.columns = schema[table.row].children;
    if (table.columns.empty() || table.columns.size() > csv_columns_max)
        table.fault = schema.path_of(table.row) + " must have between 1 and " + std::to_string(csv_columns_max) + " columns";
    for (const DeclId column : table.columns)
        if (schema[column].type == nullptr || schema[column].occurs_max != 1 || schema[column].nillable)
            table.fault = schema.path_of(column) + " must be of a simple type, at most once and not nillable";
    return table;
}

bool is_neutralised(const SimpleType& type) {
    return type.base != Lexical::decimal && type.base != Lexical::integer && type.base != Lexical::floating;
}

bool looks_like_formula(std::string_view text) {
    const auto first = text.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

}  // namespace hub::formats
