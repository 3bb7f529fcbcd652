#include "hub/cli/world.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "hub/edge/edge.hpp"

namespace hub::cli {
namespace {

bool complain(const World& world, const Problems& problems) {
    Report report;
    report.problems = problems;
    print(report, world.format, std::cerr);
    return false;
}

bool complain(const World& world, const Error& error) {
    return complain(world, {{error.where, 0, 0, error.code, error.what, error.cure}});
}

/// The data folder and what stands in it, for its owner alone; the key on the first start.
Status prepare_data(World& world, const site::Loaded& site) {
    std::error_code failed;
    for (const std::string& folder : {site.data_folder, site.run_folder}) {
        std::filesystem::create_directories(folder, failed);
        if (failed || ::chmod(folder.c_str(), 0700) != 0)
            return Error{.remedy = Remedy::stop, .what = "cannot make the folder " + folder, .cure = "give this user the right to write there"};
    }
    if (std::filesystem::exists(site.key_file, failed)) return Done{};
    if (std::filesystem::exists(site.data_folder + "/journal.db", failed))
        return Error{.remedy = Remedy::stop, .what = "there is a journal but no site key", .where = site.key_file,
                     .cure = "put the key file back: without it the journal's content cannot be opened"};
    std::filesystem::create_directories(std::filesystem::path(site.key_file).parent_path(), failed);
    return journal::make_site_key(site.key_file, world.disk, world.random);
}

}  // namespace

const Connector* find_connector(const World& world, std::string_view name) {
    for (const Connector& connector : world.catalogue)
        if (connector.name == name) return &connector;
    return nullptr;
}

site::ConnectorChecks connector_checks(const World& world) {
    return {.place = [&world](const std::string& name, bool source) -> std::optional<Place> {
                const Connector* connector = find_connector(world, name);
                if (connector == nullptr || !(source ? bool(connector->make_source) : bool(connector->make_sink))) return std::nullopt;
                return connector->place;
            },
            .check = [&world](const std::string& name, bool source, const SettingTexts& texts, const SettingText& place) {
                const Connector* connector = find_connector(world, name);
                return source ? connector->check_source(texts, place) : connector->check_sink(texts, place);
            },
            .limits = [](const SettingTexts& texts, const SettingText& place) {
                edge::Limits unused;
                return settings::read(texts, place, unused);
            }};
}

bool load_site(const World& world, const std::string& folder, site::Loaded& into) {
    Problems problems;
    auto loaded = site::load(folder, world.disk, world.digester, connector_checks(world), world.clock.now(), problems);
    if (!loaded) return complain(world, problems);
    into = std::move(*loaded);
    return true;
}

bool open_site(World& world, const std::string& folder, journal::Mode mode, OpenSite& into) {
    if (!load_site(world, folder, into.site)) return false;
    if (mode == journal::Mode::writer)
        if (const Status prepared = prepare_data(world, into.site); !prepared) return complain(world, prepared.error());
    auto key = journal::read_site_key(into.site.key_file, world.disk);
    if (!key) return complain(world, key.error());
    into.keys = std::make_unique<journal::FileKeyStore>(std::move(*key), world.random);
    auto store = journal::open_sqlite_store(into.site.data_folder + "/journal.db", world.digester, *into.keys, mode);
    if (!store) return complain(world, store.error());
    into.store = std::move(*store);
    return true;
}

std::string program_path() {
    std::error_code failed;
    return std::filesystem::read_symlink("/proc/self/exe", failed).string();
}

int fail(const World& world, const Error& error) {
    complain(world, error);
    return exit_problems;
}

}  // namespace hub::cli
