// What every command is given: the real seams, the catalogue, and how to get from a folder's name to a site and its store.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hub/api/connector.hpp"
#include "hub/cli/report.hpp"
#include "hub/cli/system.hpp"
#include "hub/journal/keys.hpp"
#include "hub/journal/sqlite_store.hpp"
#include "hub/site/site.hpp"

namespace hub::cli {

/// Exit statuses of every command.
inline constexpr int exit_good = 0, exit_fault = 1, exit_problems = 2;
/// The journal could not be made durable: nothing was acknowledged after that; start again to recover (sysexits' EX_TEMPFAIL).
inline constexpr int exit_not_durable = 75;

/// What main puts together.
struct Product {
    std::vector<Connector> catalogue{};
    /// Compares (or renews) the settings tables in the connectors' READMEs below a folder.
    std::function<Problems(const std::vector<Connector>&, const std::string& folder, bool write)> check_manuals{};
};

struct World : Product {
    std::string program{};  ///< absolute path of this binary, for edges
    SystemClock clock{};
    SystemRandom random{};
    SystemDisk disk{};
    ThreadScheduler scheduler{};
    UnixNet net{};
    journal::OpenSslDigester digester{};
    ReportFormat format = ReportFormat::text;
};

/// A site that loaded, with its key and its journal.
struct OpenSite {
    site::Loaded site{};
    std::unique_ptr<journal::FileKeyStore> keys{};
    std::unique_ptr<journal::SqliteStore> store{};
};

const Connector* find_connector(const World& world, std::string_view name);

/// How hub/site asks about connectors without knowing them.
site::ConnectorChecks connector_checks(const World& world);

/// Prints every problem and returns false if the site does not compile.
bool load_site(const World& world, const std::string& folder, site::Loaded& into);

/// Loads the site, then opens its key and store. With Mode::writer the data folder and the key are made if missing.
/// Prints what is wrong and returns false.
bool open_site(World& world, const std::string& folder, journal::Mode mode, OpenSite& into);

/// Absolute path of the running binary.
std::string program_path();

/// Prints one error as a report and returns exit_problems.
int fail(const World& world, const Error& error);

}  // namespace hub::cli
