// Which party may state which kinds of fact as such (records of type fact_statement). Deny is the default.
#include <algorithm>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

/// Whether there is a kind that "handover.override" or "handover.*" means.
bool means_some(const deadlines::FactKinds& kinds, const std::string& pattern) {
    const bool several = pattern.ends_with(".*");
    const std::string begin = several ? pattern.substr(0, pattern.size() - 1) : pattern;
    const std::vector<std::string> names = kinds.names();
    return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return several ? name.starts_with(begin) : name == begin; });
}

void read_one(Reading& reading, const ConfigElement& element) {
    const std::string party = element.token("party"), kinds = element.token("kinds");
    if (reading.plan.parties.count(party) == 0) reading.unknown(element, "TG-S003", "party", party, names_of(reading.plan.parties));
    std::vector<std::string>& may = reading.plan.may_state[party];
    for (std::size_t begin = 0; begin < kinds.size();) {
        const std::size_t end = std::min(kinds.find(' ', begin), kinds.size());
        const std::string each = kinds.substr(begin, end - begin);
        if (reading.plan.rules && !means_some(*reading.plan.rules->kinds, each))
            reading.complain(element, "TG-S045", "party '" + party + "' may state '" + each + "', and there is no such fact kind", reading.plan.rules->kinds->cure_for(each));
        may.push_back(each);
        begin = end + 1;
    }
}

}  // namespace

void read_states(Reading& reading) {
    reading.each("states", [&](const ConfigElement& element) { read_one(reading, element); });
    const bool stating = std::any_of(reading.plan.record_types.begin(), reading.plan.record_types.end(), [](const auto& each) { return each.second.stated.has_value(); });
    if (!stating || reading.plan.rules) return;
    reading.each("record", [&](const ConfigElement& element) {
        const auto type = reading.plan.record_types.find(element.token("type"));
        if (type != reading.plan.record_types.end() && type->second.stated)
            reading.complain(element, "TG-S046", "records of type '" + type->first + "' state facts, and the site has no rules to read them", "name a file of rules: <rules file=/>, or leave the record type out");
    });
}

}  // namespace hub::site
