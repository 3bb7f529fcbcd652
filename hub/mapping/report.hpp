// How this room speaks about what is wrong: places in the mapping file, both schemas' positions, a cure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hub/api/error.hpp"
#include "hub/formats/schema.hpp"

namespace hub::mapping {

struct Place {
    int line = 0, column = 0;
};

/// What a problem can show beside its text.
struct Shown {
    std::vector<Related> related{};
    std::string witness{};  ///< an input for which it goes wrong
};

struct Report {
    const std::string& file;
    Problems& problems;

    void add(Place at, std::string code, std::string what, std::string cure, Shown shown = {}) const {
        problems.push_back({file, at.line, at.column, std::move(code), std::move(what), std::move(cure), std::move(shown.related),
                            std::move(shown.witness)});
    }
};

/// Where a schema declares something.
Related source_place(const formats::Schema& schema, formats::DeclId decl);
Related target_place(const formats::Schema& schema, formats::DeclId decl);

/// "/court_result/offence/@sequence (canonical/court_result.xsd:41)".
std::string describe(const formats::Schema& schema, formats::DeclId decl);

/// A path as rules write it, from below the root element: "offence/@sequence"; "." for the root itself.
std::string short_path(const formats::Schema& schema, formats::DeclId decl);

/// "write 'plea'" for a near miss among the names, otherwise "use one of: plea, finding, ...".
std::string suggest(std::string_view wrong, const std::vector<std::string>& names);

}  // namespace hub::mapping
