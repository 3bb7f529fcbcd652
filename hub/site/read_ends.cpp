// Sources and sinks.
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

void read_end(Reading& reading, const ConfigElement& element, bool source, core::End& end) {
    end.name = element.token("name");
    end.connector = element.token("connector");
    end.file = reading.file();
    end.line = element.line;
    for (const ConfigElement& child : element.children) {
        const std::string* value = child.attribute("value");
        if (child.name == "setting" || child.name == "limit")
            (child.name == "limit" ? end.limits : end.settings).push_back({child.token("name"), value == nullptr ? "" : *value, reading.file(), child.line});
    }
    const std::optional<Place> place = reading.checks.place(end.connector, source);
    if (!place)
        return reading.complain(element, "TG-S007", std::string("no connector '") + end.connector + "' can be a " + (source ? "source" : "sink"),
                                "`throughgate manual` lists the connectors of this build");
    end.place = element.token("place").empty() ? *place : element.token("place") == "edge" ? Place::edge : Place::hub;
    const SettingText here{end.name, "", end.file, end.line};
    const auto add = [&](const Problems& found) { reading.problems.insert(reading.problems.end(), found.begin(), found.end()); };
    add(reading.checks.check(end.connector, source, end.settings, here));
    if (end.limits.empty() || !reading.checks.limits) return;
    if (end.place == Place::hub)
        return reading.complain(element, "TG-S018", "'" + end.name + "' runs inside the hub and has limits", "say place=\"edge\", or remove the limits");
    add(reading.checks.limits(end.limits, here));
}

void read_source(Reading& reading, const ConfigElement& element) {
    core::SourceEnd end;
    read_end(reading, element, true, end);
    for (const ConfigElement& child : element.children) {
        if (child.name == "sender") {
            const std::string party = child.token("party");
            const std::string* identity = child.attribute("identity");
            if (reading.plan.parties.count(party) == 0) reading.unknown(child, "TG-S003", "party", party, names_of(reading.plan.parties));
            if (!end.senders.emplace(identity == nullptr ? "" : *identity, party).second)
                reading.complain(child, "TG-S002", "this identity stands twice", "remove one");
        }
        if (child.name == "carries") {
            const std::string name = child.token("exchange");
            const auto exchange = reading.plan.exchanges.find(name);
            if (exchange == reading.plan.exchanges.end())
                reading.unknown(child, "TG-S004", "exchange", name, names_of(reading.plan.exchanges));
            else if (!exchange->second.inward)
                reading.complain(child, "TG-S008", "exchange '" + name + "' goes from canonical to a party", "a source carries exchanges that go to canonical");
            end.exchanges.push_back(name);
        }
    }
    if (!reading.plan.sources.emplace(end.name, end).second) reading.complain(element, "TG-S002", "source '" + end.name + "' is declared twice", "remove one");
}

}  // namespace

void read_ends(Reading& reading) {
    reading.each("source", [&](const ConfigElement& element) { read_source(reading, element); });
    reading.each("sink", [&](const ConfigElement& element) {
        core::SinkEnd end;
        read_end(reading, element, false, end);
        if (!reading.plan.sinks.emplace(end.name, end).second) reading.complain(element, "TG-S002", "sink '" + end.name + "' is declared twice", "remove one");
    });
}

}  // namespace hub::site
