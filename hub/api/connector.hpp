// One entry of the catalogue: what a connector is called, what it can be set to, and how its ends are made.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/api/seams.hpp"
#include "hub/api/settings.hpp"
#include "hub/api/sink.hpp"
#include "hub/api/source.hpp"

namespace hub {

/// What the hub lends a connector. All references outlive the connector's ends.
struct ConnectorContext {
    Clock& clock;
    Random& random;
    Disk& disk;
    std::string name{};         ///< of the source or sink in the site, for messages
    std::string site_folder{};  ///< relative paths in settings start here
};

/// Where a connector runs unless the site says otherwise.
enum class Place {
    hub,   ///< inside the hub's process
    edge,  ///< in a limited process of its own, because its library can be flooded
};

/// Either maker may be empty: not every protocol goes both ways. Makers check nothing that check() does not; they do
/// not connect (that is open()).
struct Connector {
    std::string name{};     ///< a noun in snake_case: "folder", "http"
    std::string summary{};  ///< one sentence
    Place place = Place::hub;
    /// Every problem of a source's (or sink's) settings, at once, without touching the network.
    std::function<Problems(const SettingTexts&, const SettingText& place)> check_source{};
    std::function<Problems(const SettingTexts&, const SettingText& place)> check_sink{};
    std::function<Result<std::unique_ptr<Source>>(const SettingTexts&, const ConnectorContext&)> make_source{};
    std::function<Result<std::unique_ptr<Sink>>(const SettingTexts&, const ConnectorContext&)> make_sink{};
    std::vector<settings::Row> source_settings{};  ///< for the manual, from settings::manual<Settings>()
    std::vector<settings::Row> sink_settings{};
};

}  // namespace hub
