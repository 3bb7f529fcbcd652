// Descriptions of declarations and suggestions for near misses.
#include "hub/mapping/report.hpp"

#include <algorithm>

namespace hub::mapping {

namespace {

constexpr std::size_t names_shown_max = 12;

std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    return row.back();
}

Related place_in(std::string label, const formats::Schema& schema, formats::DeclId decl) {
    const auto& declaration = schema[decl];
    return {std::move(label), declaration.file.empty() ? schema.path() : declaration.file, declaration.line, 0};
}

}  // namespace

Related source_place(const formats::Schema& schema, formats::DeclId decl) { return place_in("source schema", schema, decl); }
Related target_place(const formats::Schema& schema, formats::DeclId decl) { return place_in("target schema", schema, decl); }

std::string describe(const formats::Schema& schema, formats::DeclId decl) {
    const auto& declaration = schema[decl];
    const std::string& file = declaration.file.empty() ? schema.path() : declaration.file;
    return schema.path_of(decl) + " (" + file + (declaration.line > 0 ? ":" + std::to_string(declaration.line) : "") + ")";
}

std::string short_path(const formats::Schema& schema, formats::DeclId decl) {
    const std::string path = schema.path_of(decl);
    const auto below = path.find('/', 1);
    return below == std::string::npos ? "." : path.substr(below + 1);
}

std::string suggest(std::string_view wrong, const std::vector<std::string>& names) {
    std::string best;
    std::size_t least = wrong.size() / 3 + 2;
    for (const auto& each : names) {
        const std::size_t edits = edits_between(wrong, each);
        if (edits >= least) continue;
        least = edits;
        best = each;
    }
    if (!best.empty()) return "write '" + best + "'";
    if (names.empty()) return "there is nothing to choose from here";
    std::string text = "use one of: ";
    for (std::size_t i = 0; i < names.size() && i < names_shown_max; ++i) text += (i > 0 ? ", " : "") + names[i];
    return names.size() > names_shown_max ? text + ", ..." : text;
}

}  // namespace hub::mapping
