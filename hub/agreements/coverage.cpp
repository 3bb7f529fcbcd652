// The compile-time check of law 7: what an exchange reads, its clause must share.
#include <string>

#include "hub/agreements/agreement.hpp"

namespace hub::agreements {
namespace {

/// "/court_result/person/name" -> "person/name"; the root itself -> "".
std::string below_root(const std::string& path) {
    const std::size_t slash = path.find('/', 1);
    return slash == std::string::npos ? std::string() : path.substr(slash + 1);
}

std::string_view parent_of(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

bool within_shared_tree(const Clause& clause, std::string_view path) {
    for (std::string_view at = path; !at.empty(); at = parent_of(at))
        if (clause.trees.contains(std::string(at))) return true;
    return false;
}

/// Something below the path is shared, so that its being there is no secret.
bool leads_to_shared(const Clause& clause, const std::string& path) {
    const auto next = clause.paths.lower_bound(path + '/');
    return next != clause.paths.end() && next->starts_with(path + '/');
}

bool covers(const Clause& clause, const formats::Declaration& declaration, const std::string& path) {
    if (path.empty() || clause.paths.contains(path) || within_shared_tree(clause, path)) return true;
    if (declaration.kind == formats::DeclKind::attribute && clause.paths.contains(std::string(parent_of(path)))) return true;
    const bool holds_no_value = declaration.type == nullptr;
    return holds_no_value && leads_to_shared(clause, path);
}

}  // namespace

Problems uncovered(const Clause& clause, const Agreement& agreement, const mapping::Mapping& exchange) {
    Problems problems;
    const formats::Schema& schema = exchange.from();
    for (const formats::DeclId id : exchange.reads()) {
        const std::string path = below_root(schema.path_of(id));
        if (covers(clause, schema[id], path)) continue;
        problems.push_back({agreement.file, clause.line, clause.column, "TG-A010",
                            "exchange '" + exchange.name() + "' reads '" + path + "', which clause '" + clause.id + "' of agreement '" +
                                agreement.name + "' does not share",
                            "add <share path=\"" + path + "\"/> to the clause if the agreement allows it, or drop the field in the exchange",
                            {{"canonical schema", schema[id].file.empty() ? schema.path() : schema[id].file, schema[id].line, 0}}, {}});
    }
    return problems;
}

}  // namespace hub::agreements
