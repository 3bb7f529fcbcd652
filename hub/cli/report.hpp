// What a command has to say, as text for people or as JSON for programs: the same content either way.
//
// Text: facts as "name: value", tables with aligned columns, problems last. JSON: one object; facts are its members, a
// table is an array of objects, problems an array under "problems". All values are strings; a space in a name is an underscore. CSV: the tables alone, each with its
// heading (RFC 4180), an empty line between them; problems go as text.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/api/error.hpp"

namespace hub::cli {

enum class ReportFormat { text, json, csv };

struct Table {
    std::string name{};   ///< snake_case; the JSON member and, with spaces, the heading
    std::vector<std::string> columns{};
    std::vector<std::vector<std::string>> rows{};
};

struct Report {
    std::vector<std::pair<std::string, std::string>> facts{};
    std::vector<Table> tables{};
    Problems problems{};
    Problems notes{};  ///< worth knowing, and no reason to refuse; JSON has them when there are any
};

void print(const Report& report, ReportFormat format, std::ostream& into);

/// One line without control characters: they would let a value rewrite the screen.
std::string printable(std::string_view text);

/// A JSON string with its quotes; every control character and quote escaped, invalid UTF-8 replaced.
std::string json_text(std::string_view text);

}  // namespace hub::cli
