// See reference_plan.hpp.
#include "tests/scenarios/reference_plan.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/cli/world.hpp"
#include "hub/site/site.hpp"

namespace scenarios {

using namespace hub;

core::PlanPtr reference_plan() {
    static const auto loaded = [] {
        cli::SystemDisk disk;
        journal::OpenSslDigester digester;
        Problems problems;
        const site::ConnectorChecks trusting{[](const std::string&, bool) { return hub::Place::hub; },
                                             [](const std::string&, bool, const SettingTexts&, const SettingText&) { return Problems{}; }};
        auto site = site::load(std::string(HUB_SOURCE_DIR) + "/deploy/reference", disk, digester, trusting, *parse_instant("2026-11-20T00:00:00Z"), problems);
        for (const Problem& problem : problems) BOOST_ERROR(to_text(problem));
        return site;
    }();
    BOOST_REQUIRE(loaded);
    return loaded->plan;
}

}  // namespace scenarios
