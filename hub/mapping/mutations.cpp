// Compiles a program with one edit.
#include "hub/mapping/mutations.hpp"

#include <algorithm>

#include "hub/mapping/codes.hpp"
#include "hub/mapping/compilation.hpp"
#include "hub/mapping/edits.hpp"

namespace hub::mapping {

struct Mutations::Impl {
    std::string path{};
    std::unique_ptr<Program> program{};
    SchemaLibrary* schemas = nullptr;
    CodeTables codes{};
    std::shared_ptr<const Mapping> original{};
    Edits edits{};
};

namespace {

/// The values of enumerations, each with its neighbours.
void add_listed(const formats::Schema& schema, std::map<std::string, std::set<std::string>>& listed) {
    for (formats::DeclId decl = 0; decl < schema.size(); ++decl)
        if (const auto* type = schema[decl].type; type != nullptr)
            for (const std::string& each : type->enumeration) listed[each].insert(type->enumeration.begin(), type->enumeration.end());
}

/// Each row gives what the next different row gives.
std::shared_ptr<const CodeTable> shifted(const CodeTable& table) {
    std::vector<CodeTable::Row> rows = table.rows();
    std::vector<std::string> results;
    for (const auto& each : rows)
        if (std::find(results.begin(), results.end(), each.to) == results.end()) results.push_back(each.to);
    for (auto& each : rows) {
        const auto at = std::find(results.begin(), results.end(), each.to);
        each.to = results.size() == 1 ? each.to + "x" : at + 1 == results.end() ? results.front() : *(at + 1);
    }
    Problems none_new;
    return std::make_shared<CodeTable>(table.path(), std::move(rows), none_new);
}

}  // namespace

Mutations::Mutations() : impl_(std::make_unique<Impl>()) {}
Mutations::~Mutations() = default;
const std::vector<Edit>& Mutations::edits() const { return impl_->edits.edits; }
const std::vector<Excuse>& Mutations::excuses() const { return impl_->edits.excuses; }
const Mapping& Mutations::original() const { return *impl_->original; }

std::unique_ptr<Mutations> Mutations::of(const std::string& path, std::string_view text, SchemaLibrary& schemas, const CodeTables& codes) {
    Problems problems;
    std::unique_ptr<Mutations> made(new Mutations());
    Impl& impl = *made->impl_;
    impl.path = path;
    impl.schemas = &schemas;
    impl.codes = codes;
    impl.program = read_program(path, text, problems);
    if (!impl.program) return nullptr;
    impl.original = compile_program(*impl.program, path, schemas, codes, problems);
    if (!impl.original) return nullptr;
    std::map<std::string, std::set<std::string>> listed;
    add_listed(impl.original->from(), listed);
    add_listed(impl.original->to(), listed);
    impl.edits = edits_of(*impl.program, listed);
    for (const std::string& each : impl.edits.tables) impl.codes[each + std::string(shifted_mark)] = shifted(*codes.at(each));
    return made;
}

std::shared_ptr<const Mapping> Mutations::make(const Edit& edit) const {
    for (const auto& variant : edit.variants) {
        Program changed = *impl_->program;
        variant(changed);
        Problems problems;
        if (auto mapping = compile_program(changed, impl_->path, *impl_->schemas, impl_->codes, problems)) return mapping;
    }
    return nullptr;
}

}  // namespace hub::mapping
