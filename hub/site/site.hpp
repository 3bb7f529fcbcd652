// Reads a site folder into a plan; every problem at once.
//
// The folder's files are gathered into a bundle first, and the plan is compiled from the bundle alone: a plan out of the
// journal is compiled by the same code from the same bytes. Key files are never part of a bundle.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "hub/api/connector.hpp"
#include "hub/api/seams.hpp"
#include "hub/core/plan.hpp"

namespace hub::site {

/// How the site asks about connectors, which it does not know by name.
struct ConnectorChecks {
    /// Where the connector runs by default; nothing when there is no such connector or it does not go that way.
    std::function<std::optional<Place>(const std::string& connector, bool source)> place{};
    std::function<Problems(const std::string& connector, bool source, const SettingTexts&, const SettingText& place)> check{};
    /// The limits of an edge's process. Without it they are not looked at: for plans that were checked when they were loaded.
    std::function<Problems(const SettingTexts&, const SettingText& place)> limits{};
};

/// Where a site's files are; all of them absolute or relative to the working directory.
struct Folders {
    std::string folder{};           ///< the site's own
    std::string mappings_folder{};
    std::string data_folder{};
    std::string key_file{};
    std::string control_socket{};   ///< operators' acts reach a running hub here
    std::string run_folder{};       ///< sockets of edges
};

struct Loaded : Folders {
    core::PlanPtr plan{};
};

/// Files by logical path: "site/site.xml", "schemas/canonical/court_result.xsd", "mappings/court_result_in/mapping.xml".
using Bundle = std::map<std::string, std::string>;

std::string encode(const Bundle& bundle);
Result<Bundle> decode_bundle(std::string_view bytes);

/// Null when there are problems (TG-S0xx and those of mappings, schemas and agreements); files are named as the bundle names them.
core::PlanPtr compile(const Bundle& bundle, const Digester& digester, const ConnectorChecks& checks, Problems& problems);

/// Gathers what the site uses and compiles it. Nothing when there are problems, which name the files on disk; a route whose
/// agreement is not in force at `now` is one (without `now`, and in compile(), nobody asks: an old plan was in force when
/// it was loaded, and the step asks for every record).
std::optional<Loaded> load(const std::string& folder, const Disk& disk, const Digester& digester, const ConnectorChecks& checks,
                           std::optional<Instant> now, Problems& problems);

/// Of a site only what its clocks need: calendars, rules, the fact kinds and the record types that rules make. Quick. Null when there are
/// problems, or when the site has no rules (then a problem says so). `also` is given to the rules beside what the site gives them;
/// `plan` (may be null) gets what else was read: parties, record types, who may state what; it can run nothing.
std::shared_ptr<const deadlines::RuleBook> load_rules(const std::string& folder, const Disk& disk, const Digester& digester, Problems& problems,
                                                      const std::vector<deadlines::GivenSetting>& also = {},
                                                      core::Plan* plan = nullptr);

inline constexpr std::size_t file_bytes_max = std::size_t{4} << 20;    ///< one configuration file
inline constexpr std::size_t bundle_bytes_max = std::size_t{64} << 20; ///< all of them

}  // namespace hub::site
