// Gathers a site's files from disk. What is gathered is what the plan's digest covers.
#include <set>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

/// `path` as the site means it: relative ones start at the site's folder.
std::string below(const std::string& folder, const std::string& path) {
    return path.empty() || path.front() == '/' ? path : folder + "/" + path;
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

class Gatherer {
public:
    Gatherer(const Disk& disk, Problems& problems) : disk_(disk), problems_(problems) {}

    bool file(const std::string& path, const std::string& logical) {
        const Result<std::string> bytes = disk_.read(path, file_bytes_max);
        if (!bytes) {
            problems_.push_back({path, 0, 0, "TG-S001", bytes.error().what, bytes.error().cure});
            return false;
        }
        bytes_ += bytes->size();
        if (bytes_ > bundle_bytes_max) {
            problems_.push_back({path, 0, 0, "TG-S013", "the site's files are larger than bundle_bytes_max together", "remove what is not used"});
            return false;
        }
        bundle_[logical] = *bytes;
        return true;
    }

    /// Every file with one of the endings below a folder.
    void folder(const std::string& path, const std::string& logical, const std::vector<std::string_view>& endings) {
        const auto listed = disk_.list(path);
        if (!listed) {
            problems_.push_back({path, 0, 0, "TG-S001", listed.error().what, listed.error().cure});
            return;
        }
        for (const std::string& name : *listed)
            for (const std::string_view end : endings)
                if (ends_with(name, end)) file(path + "/" + name, logical + "/" + name);
    }

    Bundle& bundle() { return bundle_; }

private:
    const Disk& disk_;
    Problems& problems_;
    Bundle bundle_{};
    std::size_t bytes_ = 0;
};

/// The folder of schemas/partners that a mapping's ends stand in, "partners/cjse"; empty for canonical ends.
std::set<std::string> partner_folders(const std::string& mapping_text, const std::string& path) {
    std::set<std::string> folders;
    Problems ignored;  // compile() reports what is wrong with the mapping
    const auto root = formats::read_config(path, mapping_text, nullptr, ignored);
    if (!root) return folders;
    for (const ConfigElement& child : root->children) {
        if (child.name != "from" && child.name != "to") continue;
        const std::string schema = child.token("schema");
        if (schema.rfind("partners/", 0) == 0) folders.insert(schema.substr(0, schema.rfind('/')));
    }
    return folders;
}

void gather(Gatherer& gatherer, const ConfigElement& site, const Folders& folders, const std::string& schemas_folder) {
    gatherer.folder(schemas_folder + "/site", "schemas/site", {".xsd"});
    gatherer.folder(schemas_folder + "/canonical", "schemas/canonical", {".xsd", ".xml"});
    gatherer.folder(folders.mappings_folder + "/codes", "mappings/codes", {".xml"});
    std::set<std::string> partners;
    for (const ConfigElement& element : site.children) {
        if (element.name == "agreement") gatherer.file(below(folders.folder, element.token("file")), "site/" + element.token("file"));
        if (element.name != "exchange") continue;
        const std::string logical = "mappings/" + element.token("name") + "/mapping.xml";
        if (gatherer.file(folders.mappings_folder + "/" + element.token("name") + "/mapping.xml", logical))
            partners.merge(partner_folders(gatherer.bundle()[logical], logical));
    }
    for (const std::string& partner : partners) gatherer.folder(schemas_folder + "/" + partner, "schemas/" + partner, {".xsd", ".json"});
}

void check_in_force(const core::Plan& plan, Instant now, Problems& problems) {
    for (const auto& [name, route] : plan.routes)
        if (!agreements::in_force(*route.agreement, now))
            problems.push_back({route.agreement->file, route.agreement->line, 0, "TG-S022", "agreement '" + route.agreement->name + "', which route '" + name + "' needs, is not in force today",
                                "renew it, or remove the route"});
}

}  // namespace

std::optional<Loaded> load(const std::string& folder, const Disk& disk, const Digester& digester, const ConnectorChecks& checks, Instant now,
                           Problems& problems) {
    const std::size_t before = problems.size();
    Gatherer gatherer(disk, problems);
    if (!gatherer.file(folder + "/site.xml", Reading::site_file)) return std::nullopt;
    const auto site = formats::read_config(Reading::site_file, gatherer.bundle()[Reading::site_file], nullptr, problems);
    if (!site) return std::nullopt;
    Loaded loaded;
    loaded.folder = folder;
    std::string schemas_folder;
    for (const ConfigElement& element : site->children) {
        if (element.name != "folders") continue;
        schemas_folder = below(folder, element.token("schemas"));
        loaded.mappings_folder = below(folder, element.token("mappings"));
        loaded.data_folder = below(folder, element.token("data"));
        loaded.key_file = below(folder, element.token("key"));
        loaded.control_socket = element.token("control").empty() ? loaded.data_folder + "/control.sock" : below(folder, element.token("control"));
        loaded.run_folder = loaded.data_folder + "/run";
    }
    if (schemas_folder.empty()) {
        problems.push_back({Reading::site_file, site->line, site->column, "TG-S014", "the site does not say where its folders are", "add <folders schemas= mappings= data= key=/>"});
        return std::nullopt;
    }
    gather(gatherer, *site, loaded, schemas_folder);
    loaded.plan = compile(gatherer.bundle(), digester, checks, problems);
    if (loaded.plan) check_in_force(*loaded.plan, now, problems);
    if (problems.size() > before) return std::nullopt;
    return loaded;
}

}  // namespace hub::site
