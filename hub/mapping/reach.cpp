// Reasoning about tests by their form: which implies which, and which cannot hold.
#include "hub/mapping/reach.hpp"

#include <algorithm>
#include <set>

namespace hub::mapping {

namespace {

using Kind = TestTerm::Kind;

bool compares(const TestTerm& term) { return term.kind == Kind::equals || term.kind == Kind::among; }

bool has_value(const TestTerm& term, const std::string& value) {
    return std::find(term.values.begin(), term.values.end(), value) != term.values.end();
}

bool values_within(const TestTerm& one, const TestTerm& other) {
    return std::all_of(one.values.begin(), one.values.end(), [&](const std::string& each) { return has_value(other, each); });
}

/// Single terms about one path.
bool term_implies(const TestTerm& one, const TestTerm& other) {
    if (!one.parts.empty() || !other.parts.empty() || !(one.path == other.path)) return false;
    if (other.kind == Kind::present) return !has_value(one, "");
    if (compares(one) && compares(other)) return values_within(one, other);
    return one.kind == other.kind && one.values == other.values && one.table == other.table;
}

void same_path(const TestTerm& term, const PathText& path, std::set<std::string>& values) {
    if (term.kind == Kind::any)
        for (const TestTerm& each : term.parts) same_path(each, path, values);
    if (compares(term) && term.path == path) values.insert(term.values.begin(), term.values.end());
}

}  // namespace

bool implies(const TestTerm& one, const TestTerm& other) {
    const auto all = [](const std::vector<TestTerm>& parts, const auto& test) { return std::all_of(parts.begin(), parts.end(), test); };
    const auto some = [](const std::vector<TestTerm>& parts, const auto& test) { return std::any_of(parts.begin(), parts.end(), test); };
    if (one.kind == Kind::any) return all(one.parts, [&](const TestTerm& each) { return implies(each, other); });
    if (other.kind == Kind::all) return all(other.parts, [&](const TestTerm& each) { return implies(one, each); });
    if (one.kind == Kind::all && some(one.parts, [&](const TestTerm& each) { return implies(each, other); })) return true;
    if (other.kind == Kind::any) return some(other.parts, [&](const TestTerm& each) { return implies(one, each); });
    if (one.kind == Kind::negation && other.kind == Kind::negation) return implies(other.parts[0], one.parts[0]);
    return term_implies(one, other);
}

bool all_taken(const TestTerm& term, const std::vector<const TestTerm*>& earlier) {
    if (!compares(term) || term.values.empty()) return false;
    std::set<std::string> taken;
    for (const TestTerm* each : earlier) same_path(*each, term.path, taken);
    return std::all_of(term.values.begin(), term.values.end(), [&](const std::string& each) { return taken.count(each) != 0; });
}

std::optional<PathText> contradiction(const TestTerm& term, const std::function<bool(const PathText&)>& single) {
    if (term.kind != Kind::all) return std::nullopt;
    for (auto one = term.parts.begin(); one != term.parts.end(); ++one)
        for (auto other = one + 1; other != term.parts.end(); ++other) {
            if (!compares(*one) || !compares(*other) || !(one->path == other->path)) continue;
            const bool meet = std::any_of(one->values.begin(), one->values.end(), [&](const std::string& each) { return has_value(*other, each); });
            if (!meet && single(one->path)) return one->path;
        }
    return std::nullopt;
}

std::string named_twice(const TestTerm& term) {
    std::set<std::string> seen;
    for (const std::string& each : term.values)
        if (!seen.insert(each).second) return each;
    for (const TestTerm& each : term.parts)
        if (const std::string found = named_twice(each); !found.empty()) return found;
    return {};
}

}  // namespace hub::mapping
