// A rule book made of rules written in a test.
#pragma once

#include <algorithm>

#include "expression_world.hpp"
#include "hub/deadlines/evaluate.hpp"

namespace rules_world {

using namespace hub::deadlines;
using expression_world::World;

inline std::shared_ptr<const RuleBook> book_of(const World& world, const std::string& rules, hub::Problems& problems) {
    const std::string xsd = reading::bytes_of("schemas/site/rules.xsd");
    auto root = hub::formats::read_config("rules.xml", "<rules xmlns='urn:throughgate:rules:1'>" + rules + "</rules>", &xsd, problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    BOOST_REQUIRE(root);
    RuleSources sources{.kinds = world.kinds, .almanac = world.almanac, .roles = {{"officer", "Officer", "prisons"}}};
    sources.almanac.calendars.emplace("england_and_wales", world.calendar);
    sources.files.emplace_back("rules.xml", std::move(root));
    return compile_rules(sources, problems);
}

inline std::string rule_of(const std::string& name, const std::string& more, const std::string& due) {
    return "<rule name='" + name + "' matter='release'><about>a</about><owner role='officer'/><version name='1' from='2000-01-01'><citation text='Here' standing='local'/>" + more +
           "<case due='" + due + "'/></version></rule>";
}

}  // namespace rules_world
