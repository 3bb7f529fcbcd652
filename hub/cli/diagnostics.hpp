// Every code that a check of mappings, code tables, agreements and sites can print, with what it means, a wrong example and the cure.
//
// The pages in mappings/diagnostics are written from here (`throughgate manual codes mappings/diagnostics --write`). A code
// that the rooms use and nobody describes, or the reverse, fails tests/cli. Codes TG-F are about documents and schemas and
// stand with their readers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hub::cli {

struct Diagnostic {
    std::string_view code{};
    std::string_view title{};    ///< half a sentence: "A path does not exist in the source schema"
    std::string_view meaning{};  ///< what was found, and why it matters
    std::string_view wrong{};    ///< an example of it
    std::string_view cure{};     ///< what to do
    /// What the example is a part of. `rules` are rules between the two example schemas and `table` is a whole code table; both
    /// are compiled by the tests and must yield the code.
    enum class Example { rules, table, other } example = Example::other;
};

/// All of them, by code.
const std::map<std::string_view, Diagnostic>& diagnostics();

/// The schemas and code tables that the examples of mappings are between, by file name.
const std::map<std::string, std::string>& diagnostic_schemas();
const std::map<std::string, std::string>& diagnostic_tables();

/// The pages, by file name: one for each code, and README.md, which lists them.
std::map<std::string, std::string> diagnostic_pages();
std::string diagnostic_page(const Diagnostic& diagnostic);

// The rooms' shares (diagnostics_<room>.cpp).
std::vector<Diagnostic> mapping_path_diagnostics();
std::vector<Diagnostic> mapping_value_diagnostics();
std::vector<Diagnostic> site_diagnostics();
std::vector<Diagnostic> agreement_diagnostics();
std::vector<Diagnostic> example_diagnostics();
std::vector<Diagnostic> calendar_diagnostics();
std::vector<Diagnostic> expression_diagnostics();
std::vector<Diagnostic> rule_diagnostics();
std::vector<Diagnostic> fact_diagnostics();

}  // namespace hub::cli
