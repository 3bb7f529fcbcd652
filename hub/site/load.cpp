// A site folder: its files are gathered, compiled, and every problem is said with the place where the file really is.
#include <filesystem>

#include "hub/site/gather.hpp"
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

/// `path` as the site means it: relative ones start at the site's folder.
std::string below(const std::string& folder, const std::string& path) {
    return path.empty() || path.front() == '/' ? path : folder + "/" + path;
}

/// False when site.xml does not say.
bool find_folders(const ConfigElement& site, Loaded& into, Roots& roots) {
    for (const ConfigElement& element : site.children) {
        if (element.name != "folders") continue;
        roots = {into.folder, below(into.folder, element.token("schemas")), below(into.folder, element.token("mappings"))};
        into.mappings_folder = roots.mappings;
        into.data_folder = below(into.folder, element.token("data"));
        into.key_file = below(into.folder, element.token("key"));
        into.control_socket = element.token("control").empty() ? into.data_folder + "/control.sock" : below(into.folder, element.token("control"));
        into.run_folder = into.data_folder + "/run";
    }
    return !roots.schemas.empty() && !roots.mappings.empty() && !into.data_folder.empty() && !into.key_file.empty();
}

void check_in_force(const core::Plan& plan, Instant now, Problems& problems) {
    for (const auto& [name, route] : plan.routes)
        if (!agreements::in_force(*route.agreement, now))
            problems.push_back({route.agreement->file, route.agreement->line, route.agreement->column, "TG-S022",
                                "agreement '" + route.agreement->name + "', which route '" + name + "' needs, is not in force today",
                                "renew it, or remove the route"});
}

/// Problems name files as the bundle does (schemas without their folder); an operator needs the file on disk.
void name_files(const Gathered& gathered, std::size_t from, Problems& problems) {
    const auto on_disk = [&](std::string& file) {
        for (const std::string& logical : {file, "schemas/" + file}) {
            const auto found = gathered.paths.find(logical);
            if (found == gathered.paths.end()) continue;
            file = found->second;
            return;
        }
    };
    for (std::size_t i = from; i < problems.size(); ++i) {
        on_disk(problems[i].file);
        for (Related& each : problems[i].related) on_disk(each.file);
    }
}

/// What must be there before anything can be gathered.
std::shared_ptr<ConfigElement> read_door(const std::string& folder, const Disk& disk, Gathered& gathered, Problems& problems) {
    const std::string path = (std::filesystem::path(folder) / "site.xml").lexically_normal().string();
    Result<std::string> bytes = disk.read(path, file_bytes_max);
    if (!bytes) {
        problems.push_back({path, 0, 0, "TG-S001", bytes.error().what,
                            bytes.error().cure.empty() ? "name the folder of a site: it has a site.xml" : bytes.error().cure});
        return nullptr;
    }
    gathered.paths[Reading::site_file] = path;
    gathered.bundle[Reading::site_file] = std::move(*bytes);
    return formats::read_config(Reading::site_file, gathered.bundle[Reading::site_file], nullptr, problems);
}

/// The whole site from disk; false with problems.
bool gather_all(const std::string& folder, const Disk& disk, Gathered& gathered, Loaded& loaded, Problems& problems) {
    loaded.folder = folder;
    Roots roots;
    const auto site = read_door(folder, disk, gathered, problems);
    if (!site) return false;
    if (!find_folders(*site, loaded, roots)) {
        problems.push_back({Reading::site_file, site->line, site->column, "TG-S014", "the site does not say where its folders are",
                            "add <folders schemas= mappings= data= key=/>"});
        return false;
    }
    gather(*site, roots, disk, gathered, problems);
    return true;
}

}  // namespace

std::optional<Loaded> load(const std::string& folder, const Disk& disk, const Digester& digester, const ConnectorChecks& checks,
                           std::optional<Instant> now, Problems& problems) {
    const std::size_t before = problems.size();
    Gathered gathered;
    Loaded loaded;
    if (gather_all(folder, disk, gathered, loaded, problems)) {
        loaded.plan = compile(gathered.bundle, digester, checks, problems);
        if (loaded.plan && now) check_in_force(*loaded.plan, *now, problems);
    }
    name_files(gathered, before, problems);
    if (problems.size() > before) return std::nullopt;
    return loaded;
}

std::shared_ptr<const deadlines::RuleBook> load_rules(const std::string& folder, const Disk& disk, const Digester& digester, Problems& problems,
                                                      const std::vector<deadlines::GivenSetting>& also, core::Plan* read) {
    const std::size_t before = problems.size();
    Gathered gathered;
    Loaded loaded;
    core::Plan plan;
    if (gather_all(folder, disk, gathered, loaded, problems)) {
        const ConnectorChecks none;
        Reading reading(gathered.bundle, digester, none, problems, plan);
        take_schemas(reading);
        if (reading.open_documents()) {
            plan.own_party = reading.site().token("party");
            read_parties(reading);
            read_codes(reading);
            read_records(reading);
            read_rules(reading, also);
            read_states(reading);
            if (!plan.rules && problems.size() == before)
                reading.complain(reading.site(), "TG-S043", "the site has no rules, so it runs no clocks", "name a file of rules: <rules file=/>");
        }
    }
    name_files(gathered, before, problems);
    const auto rules = problems.size() > before ? nullptr : plan.rules;
    if (read) *read = std::move(plan);
    return rules;
}

}  // namespace hub::site
