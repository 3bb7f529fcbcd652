// A field with listed values that goes straight into a table; everything else may look up any text.
#include "hub/mapping/code_uses.hpp"

namespace hub::mapping {

namespace {

using Kind = StepRule::Kind;

CodeUse use_of(const std::string& table, const SourcePath* path, const formats::Schema& source) {
    CodeUse use{table, true, {}};
    const formats::SimpleType* type = path == nullptr ? nullptr : source[path->decl].type;
    if (type == nullptr || type->enumeration.empty()) return use;
    use.any = false;
    use.values.insert(type->enumeration.begin(), type->enumeration.end());
    return use;
}

}  // namespace

void add_code_uses(const std::vector<StepRule>& steps, const SourcePath* path, const formats::Schema& source, std::vector<CodeUse>& uses) {
    for (const StepRule& each : steps) {
        if (each.kind == Kind::code) uses.push_back(use_of(each.text, path, source));
        if (each.kind != Kind::first && each.kind != Kind::last && each.kind != Kind::require) path = nullptr;  // it is another text now
    }
}

void add_code_use(const std::string& table, const SourcePath& path, const formats::Schema& source, std::vector<CodeUse>& uses) {
    uses.push_back(use_of(table, &path, source));
}

}  // namespace hub::mapping
