// What the parts of the compiler share while one mapping is compiled.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "hub/mapping/impl.hpp"
#include "hub/mapping/logic.hpp"
#include "hub/mapping/mapping.hpp"
#include "hub/mapping/outline.hpp"
#include "hub/mapping/plan_builder.hpp"
#include "hub/mapping/syntax.hpp"

namespace hub::mapping {

struct Dropped {
    std::string reason{};
    Place at{};
};

struct Compilation {
    Compilation(const Program& the_program, const formats::Schema& the_source, const formats::Schema& the_target,
                const CodeTables& the_codes, const Report& the_report, Prover& the_prover, Plan& the_plan)
        : program(the_program), source(the_source), target(the_target), codes(the_codes), report(the_report), prover(the_prover), plan(the_plan),
          builder(plan), source_paths(source, program.prefixes, report, "TG-M003"),
          target_paths(target, program.prefixes, report, "TG-M004"),
          tests(source, source_paths, codes, report, builder, plan, reads, code_uses) {}
    Compilation(const Compilation&) = delete;
    Compilation& operator=(const Compilation&) = delete;

    const Program& program;
    const formats::Schema& source;
    const formats::Schema& target;
    const CodeTables& codes;
    const Report& report;
    Prover& prover;
    Plan& plan;
    Reads reads{};
    std::map<formats::DeclId, Dropped> drops{};
    Logic logic{};
    Outline outline{};
    PlanBuilder builder;
    const PathResolver source_paths;
    const PathResolver target_paths;
    std::vector<CodeUse> code_uses{};
    TestCompiler tests;
    std::size_t unproved = 0;  ///< places that only the mapping as a whole settles
    Mapping::Counts counts{};
    std::string explanation{};
    std::vector<RuleOrigin> origins{};
};

// The stages, in order. Each reports what it finds and leaves the next one something it can work on.
void outline_rules(Compilation& compilation);   ///< rules to the outline (outline_rules.cpp)
void check_source(Compilation& compilation);    ///< totality and drops (check_source.cpp)
void check_target(Compilation& compilation);    ///< required, single and alternative targets (check_target.cpp)
/// Part of check_target: what the target schema says about several values below an element (check_constraints.cpp).
void check_constraints(Compilation& compilation, Element& element);
void emit_plan(Compilation& compilation);       ///< the outline to instructions in target order (emit_plan.cpp)

/// All stages, for a program that is not in a file as it stands. Null with problems.
std::shared_ptr<const Mapping> compile_program(const Program& program, const std::string& path, SchemaLibrary& schemas,
                                               const CodeTables& codes, Problems& problems);

}  // namespace hub::mapping
