// From text to Mapping and Condition: runs the stages and keeps what they leave.
#include "hub/mapping/compilation.hpp"
#include "hub/mapping/impl.hpp"
#include "hub/mapping/reach.hpp"
#include "hub/mapping/unchecked.hpp"

namespace hub::mapping {

namespace {

/// "mappings/court_result_in/mapping.xml" -> "court_result_in".
std::string exchange_name(const std::string& path) {
    const auto file = path.rfind('/');
    if (file == std::string::npos) return path;
    const auto folder = path.rfind('/', file - 1);
    return path.substr(folder == std::string::npos ? 0 : folder + 1, file - (folder == std::string::npos ? 0 : folder + 1));
}

}  // namespace

class Compiler {
public:
    static std::shared_ptr<const Mapping> mapping(const std::string& path, std::string_view text, SchemaLibrary& schemas,
                                                  const CodeTables& codes, Problems& problems, const std::set<int>* unchecked) {
        const auto program = read_program(path, text, problems);
        return program ? compiled(*program, path, schemas, codes, problems, unchecked) : nullptr;
    }

    static std::shared_ptr<const Mapping> compiled(const Program& program, const std::string& path, SchemaLibrary& schemas,
                                                   const CodeTables& codes, Problems& problems, const std::set<int>* unchecked) {
        const auto before = problems.size();
        const Report report{path, problems};
        auto from = schema(program.from, schemas, report);
        auto to = schema(program.to, schemas, report);
        if (!from || !to) return nullptr;
        std::shared_ptr<Mapping> mapping(new Mapping());
        Mapping::Impl& impl = *mapping->impl_;
        impl.plan.file = path;
        Compilation all(program, *from, *to, codes, report, *schemas.prover_, impl.plan);
        outline_rules(all);
        if (unchecked == nullptr) {
            check_source(all);
            check_target(all);
            if (program.rejects_unproved && all.unproved == 0 && problems.size() == before)
                report.add(program.unproved_at, "TG-M038", "the mapping rejects what is not proved, and all of it is", "remove unproved=\"reject\"");
            if (problems.size() != before) return nullptr;
        } else {
            for (PlanValue& each : impl.plan.values)
                if (unchecked->count(static_cast<int>(each.line)) != 0) each.check = nullptr;
        }
        emit_plan(all);
        impl.name = exchange_name(path);
        impl.from = std::move(from);
        impl.to = std::move(to);
        impl.strict = program.strict;
        impl.reads = all.reads.steering(*impl.from);
        for (auto& [decl, dropped] : all.drops) impl.drops[decl] = dropped.reason;
        impl.counts = all.counts;
        impl.code_uses = std::move(all.code_uses);
        impl.origins = std::move(all.origins);
        impl.explanation = std::move(all.explanation);
        return mapping;
    }

    static std::shared_ptr<const Condition> condition(std::string_view text, const formats::Schema& schema, const CodeTables& codes,
                                                      const Problem& place, Problems& problems) {
        const auto before = problems.size();
        const Report report{place.file, problems};
        const Place at{place.line, place.column};
        std::shared_ptr<Condition> condition(new Condition());
        if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return condition;
        std::string why;
        const auto term = parse_test(text, why);
        if (!term) {
            report.add(at, "TG-M014", "the test \"" + std::string(text) + "\" is not understood: " + why, "see schemas/site/mapping.xsd for the tests there are");
            return nullptr;
        }
        const Prefixes prefixes;
        const PathResolver paths(schema, prefixes, report, "TG-M003");
        Reads reads;
        Plan& plan = condition->impl_->plan;
        PlanBuilder builder(plan);
        TestCompiler(schema, paths, codes, report, builder, plan, reads, condition->impl_->code_uses).add(*term, {{0, schema.root(), "root"}}, at);
        condition->impl_->reads = reads.steering(schema);
        never_holds(*term, schema, report, at);
        return problems.size() == before ? condition : nullptr;
    }

    static const MappingParts& parts(const Mapping& mapping) { return *mapping.impl_; }

private:
    static void never_holds(const TestTerm& term, const formats::Schema& schema, const Report& report, Place at) {
        Problems ignored;  // of paths: told already
        const Report quiet{report.file, ignored};
        const Prefixes prefixes;
        const PathResolver paths(schema, prefixes, quiet, "TG-M003");
        const auto single = [&](const PathText& path) {
            const auto found = paths.source(path, {{0, schema.root(), "root"}}, at);
            return found && found->occurs.max == 1;
        };
        if (contradiction(term, single)) report.add(at, "TG-M040", "this test never holds: it asks one field for two values at once", "correct it");
        if (const std::string twice = named_twice(term); !twice.empty()) report.add(at, "TG-M042", "the test names '" + twice + "' twice", "name each value once");
    }
    static std::shared_ptr<const formats::Schema> schema(const EndRule& end, SchemaLibrary& schemas, const Report& report) {
        auto schema = schemas.get(end.schema, end.root, end.format, report.problems);
        if (!schema)
            report.add(end.at, "TG-M028", "the schema '" + end.schema + "'" + (end.root.empty() ? "" : " with root '" + end.root + "'") + " cannot be used",
                       "mend what is said about the schema itself");
        return schema;
    }
};

const MappingParts& parts_of(const Mapping& mapping) { return Compiler::parts(mapping); }

std::shared_ptr<const Mapping> compile(const std::string& path, std::string_view text, SchemaLibrary& schemas, const CodeTables& codes,
                                       Problems& problems) {
    return Compiler::mapping(path, text, schemas, codes, problems, nullptr);
}

std::shared_ptr<const Mapping> compile_program(const Program& program, const std::string& path, SchemaLibrary& schemas,
                                               const CodeTables& codes, Problems& problems) {
    return Compiler::compiled(program, path, schemas, codes, problems, nullptr);
}

std::shared_ptr<const Mapping> compile_unchecked(const std::string& path, std::string_view text, SchemaLibrary& schemas,
                                                 const CodeTables& codes, const std::set<int>& lines) {
    Problems ignored;
    return Compiler::mapping(path, text, schemas, codes, ignored, &lines);
}

std::shared_ptr<const Condition> compile_condition(std::string_view text, const formats::Schema& schema, const CodeTables& codes,
                                                   const Problem& place, Problems& problems) {
    return Compiler::condition(text, schema, codes, place, problems);
}

formats::DeclId resolve_path(std::string_view text, const formats::Schema& schema, const Problem& place, Problems& problems) {
    const Report report{place.file, problems};
    const Place at{place.line, place.column};
    std::string why;
    const auto path = parse_path(text, why);
    if (!path) {
        report.add(at, "TG-M002", "the path '" + std::string(text) + "' is not understood: " + why, "see schemas/site/mapping.xsd for the paths there are");
        return formats::no_decl;
    }
    for (const PathStep& each : path->steps) {
        if (each.plain()) continue;
        report.add(at, "TG-M006", "the path '" + std::string(text) + "' names a field of the schema and cannot have predicates", "remove the predicate");
        return formats::no_decl;
    }
    const Prefixes prefixes;
    const auto found = PathResolver(schema, prefixes, report, "TG-M003").source(*path, {{0, schema.root(), "root"}}, at);
    return found ? found->decl : formats::no_decl;
}

}  // namespace hub::mapping
