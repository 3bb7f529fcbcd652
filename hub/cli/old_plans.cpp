// See old_plans.hpp.
#include "hub/cli/old_plans.hpp"

namespace hub::cli {
namespace {

/// Old plans are compiled from the journal; connectors' settings were checked when they were loaded, and are not used here.
site::ConnectorChecks trusting() {
    return {[](const std::string&, bool) { return Place::hub; },
            [](const std::string&, bool, const SettingTexts&, const SettingText&) { return Problems{}; }};
}

}  // namespace

Result<core::PlanPtr> compile_old_plan(const World& world, const PlanDigest& digest, std::string_view bytes) {
    const auto bundle = site::decode_bundle(bytes);
    if (!bundle) return bundle.error();
    Problems problems;
    core::PlanPtr plan = site::compile(*bundle, world.digester, trusting(), problems);
    if (!plan) return Error{.remedy = Remedy::stop, .what = "a plan of the journal does not compile any more: " + to_text(problems.front()),
                            .cure = "replay with the version of the hub that wrote it", .code = "old_plan"};
    if (plan->digest != digest)
        return Error{.remedy = Remedy::stop, .what = "a plan of the journal has another digest than its entries name", .cure = "replay with the version of the hub that wrote it", .code = "old_plan"};
    return plan;
}

}  // namespace hub::cli
