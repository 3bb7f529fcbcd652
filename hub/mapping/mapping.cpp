// The public face of compiled mappings and conditions, and the schemas that they share.
#include "hub/mapping/mapping.hpp"

#include "hub/mapping/impl.hpp"
#include "hub/mapping/run.hpp"
#include "hub/mapping/types.hpp"

namespace hub::mapping {

SchemaLibrary::SchemaLibrary(const formats::SchemaTexts& texts) : texts_(texts), prover_(std::make_unique<Prover>()) {}
SchemaLibrary::~SchemaLibrary() = default;

std::shared_ptr<const formats::Schema> SchemaLibrary::get(const std::string& path, const std::string& root, formats::Format format,
                                                          Problems& problems) {
    const std::string key = path + "#" + root + "#" + std::to_string(static_cast<int>(format));
    const auto known = read_.find(key);
    if (known != read_.end()) return known->second;  // null: its problems have been reported
    auto schema = formats::Schema::read(texts_, path, root, format, problems);
    return read_[key] = schema ? *schema : nullptr;
}

Mapping::Mapping() : impl_(std::make_unique<Impl>()) {}
Mapping::~Mapping() = default;
const std::string& Mapping::name() const { return impl_->name; }
const formats::Schema& Mapping::from() const { return *impl_->from; }
const formats::Schema& Mapping::to() const { return *impl_->to; }
bool Mapping::strict() const { return impl_->strict; }
const std::set<formats::DeclId>& Mapping::reads() const { return impl_->reads; }
const std::map<formats::DeclId, std::string>& Mapping::drops() const { return impl_->drops; }
Mapping::Counts Mapping::counts() const { return impl_->counts; }
const std::vector<CodeUse>& Mapping::code_uses() const { return impl_->code_uses; }
std::string Mapping::explain() const { return impl_->explanation; }

std::vector<Rejection> Mapping::apply(const formats::Document& source, const Given& given, std::vector<formats::Document>& out) const {
    std::vector<Rejection> rejections;
    Run(impl_->plan, *impl_->to, source, given, rejections).all(out);
    return rejections;
}

Condition::Condition() : impl_(std::make_unique<Impl>()) {}
Condition::~Condition() = default;
const std::set<formats::DeclId>& Condition::reads() const { return impl_->reads; }

const std::vector<CodeUse>& Condition::code_uses() const { return impl_->code_uses; }

bool Condition::holds(const formats::Document& document, std::string_view received_at) const {
    if (impl_->plan.tests.empty()) return true;
    return Reading(impl_->plan, document, day_of(received_at)).holds(0);
}

}  // namespace hub::mapping
