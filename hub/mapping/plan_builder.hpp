// Puts paths, texts and tests into a Plan's flat tables.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "hub/mapping/plan.hpp"
#include "hub/mapping/report.hpp"
#include "hub/mapping/test_syntax.hpp"

namespace hub::mapping {

/// Source declarations that a mapping or condition reads: those with values, and containers whose presence is used.
struct Reads {
    std::map<formats::DeclId, Place> places{};
    void add(formats::DeclId decl, Place at) { places.emplace(decl, at); }
    void add(const SourcePath& path, Place at) {
        add(path.decl, at);
        for (const Hop& each : path.hops)
            for (const Filter& filter : each.filters) add(filter.path.back(), at);
    }
    /// What can steer the output: values, and containers below which nothing is read.
    std::set<formats::DeclId> steering(const formats::Schema& schema) const;
};

class PlanBuilder {
public:
    explicit PlanBuilder(Plan& plan) : plan_(plan) {}

    std::uint32_t text(std::string_view text);
    std::uint32_t path(const formats::Schema& schema, const SourcePath& path);
    /// none, with a problem TG-M019, when there is no such table.
    std::uint32_t table(const std::string& name, const CodeTables& codes, const Report& report, Place at);
    std::uint32_t block(std::uint32_t parent);

private:
    Range filters(const Hop& hop);

    Plan& plan_;
    std::map<std::string, std::uint32_t, std::less<>> texts_{};
};

/// Resolves and checks tests, and appends their terms to the plan.
class TestCompiler {
public:
    TestCompiler(const formats::Schema& schema, const PathResolver& paths, const CodeTables& codes, const Report& report,
                 PlanBuilder& builder, Plan& plan, Reads& reads, std::vector<CodeUse>& code_uses)
        : schema_(schema), paths_(paths), codes_(codes), report_(report), builder_(builder), plan_(plan), reads_(reads), code_uses_(code_uses) {}

    void add(const TestTerm& term, const std::vector<Frame>& frames, Place at);

private:
    void compare(const TestTerm& term, const SourcePath& path, PlanTest& into, Place at);

    const formats::Schema& schema_;
    const PathResolver& paths_;
    const CodeTables& codes_;
    const Report& report_;
    PlanBuilder& builder_;
    Plan& plan_;
    Reads& reads_;
    std::vector<CodeUse>& code_uses_;
};

}  // namespace hub::mapping
