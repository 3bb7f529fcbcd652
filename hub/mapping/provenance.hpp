// Where a value in an output comes from: which rule wrote it, out of which source field, through which steps and code row.
//
// Nothing is kept for it while records are mapped: the rules are known from the mapping, and a document is mapped again when
// someone asks.
#pragma once

#include <string>
#include <vector>

#include "hub/mapping/mapping.hpp"

namespace hub::mapping {

/// One rule that writes a target field, or one value that it wrote.
struct Origin {
    std::string target{};       ///< "/court_result/offence/plea"
    Related target_schema{};
    std::string file{};         ///< of the mapping, with the rule's position
    int line = 0, column = 0;
    std::string source{};       ///< "/DeliverRequest/.../PleaStatus", the constant, or "the hub's sender"
    Related source_schema{};    ///< no file where the value does not come from the source
    std::string expression{};   ///< its steps: "trim, code 'spi-plea'"; empty: taken as it is
    std::string value{};        ///< only of a value: what was written
    int source_line = 0;        ///< only of a value: the line of the source document; 0: not from one line
    std::size_t output = 0;     ///< only of a value: which of the documents, from 0
    std::vector<std::string> code_rows{};  ///< only of a value: "codes/plea.xml:4: 'G' -> 'guilty'"
};

/// The rules that may write the field or something below it.
std::vector<Origin> origins_of(const Mapping& mapping, formats::DeclId target);

/// Maps the document again, and tells each value of the field, and of those below it. A document that is rejected has none.
std::vector<Origin> values_of(const Mapping& mapping, formats::DeclId target, const formats::Document& source, const Given& given);

}  // namespace hub::mapping
