#include "tests/mappings/shipped.hpp"

#include <boost/test/unit_test.hpp>

#include "hub/cli/system.hpp"
#include "hub/formats/codec.hpp"
#include "hub/journal/keys.hpp"
#include "hub/site/site.hpp"

namespace tests {

std::string source_path(const std::string& relative) { return std::string(HUB_SOURCE_DIR) + "/" + relative; }

const hub::core::Plan& shipped_plan() {
    static const hub::core::PlanPtr plan = [] {
        hub::formats::initialise();
        const hub::cli::SystemDisk disk;
        const hub::cli::SystemClock clock;
        const hub::journal::OpenSslDigester digester;
        const hub::site::ConnectorChecks trusting{[](const std::string&, bool) { return hub::Place::hub; },
                                                  [](const std::string&, bool, const hub::SettingTexts&, const hub::SettingText&) { return hub::Problems{}; }};
        hub::Problems problems;
        const auto loaded = hub::site::load(source_path("deploy/demo"), disk, digester, trusting, clock.now(), problems);
        for (const hub::Problem& problem : problems) BOOST_TEST_MESSAGE(hub::to_text(problem));
        BOOST_REQUIRE(loaded);
        return loaded->plan;
    }();
    return *plan;
}

}  // namespace tests
