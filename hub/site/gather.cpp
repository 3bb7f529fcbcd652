// From site.xml outwards: its parts, record types, agreements, mappings, the schemas they reach and the code tables they name.
#include "hub/site/gather.hpp"

#include <filesystem>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

class Gatherer {
public:
    Gatherer(Roots roots, const Disk& disk, Gathered& into, Problems& problems)
        : roots_(std::move(roots)), disk_(disk), into_(into), problems_(problems) {
        for (const auto& [path, text] : into_.bundle) bytes_ += text.size();
    }

    void site(const ConfigElement& root);

private:
    /// Null when it is absent or cannot be read. The text stays valid: a map's values do not move.
    const std::string* file(const std::string& logical);
    void contents(const ConfigElement& root);
    void part(const std::string& logical);
    void schema(const std::string& logical);
    void mapping(const std::string& logical);
    void facts(const std::string& logical);
    void tables_of(const ConfigElement& element);
    std::string path_of(const std::string& logical) const;

    const Roots roots_;
    const Disk& disk_;
    Gathered& into_;
    Problems& problems_;
    std::set<std::string> tables_{};
    std::size_t bytes_ = 0;
};

std::string Gatherer::path_of(const std::string& logical) const {
    const auto below = [&](const std::string& root, std::string_view prefix) {
        const std::filesystem::path rest = logical.substr(prefix.size());
        return (rest.is_absolute() ? rest : root / rest).lexically_normal().string();
    };
    if (logical.starts_with("schemas/")) return below(roots_.schemas, "schemas/");
    if (logical.starts_with("mappings/")) return below(roots_.mappings, "mappings/");
    return below(roots_.site, "site/");
}

const std::string* Gatherer::file(const std::string& logical) {
    const auto known = into_.bundle.find(logical);
    if (known != into_.bundle.end()) return &known->second;
    const std::string path = path_of(logical);
    Result<std::string> bytes = disk_.read(path, file_bytes_max);
    if (!bytes) {
        if (bytes.error().code != "no_file") problems_.push_back({path, 0, 0, "TG-S001", bytes.error().what, bytes.error().cure});
        return nullptr;
    }
    const bool fitted = bytes_ <= bundle_bytes_max;
    bytes_ += bytes->size();
    if (fitted && bytes_ > bundle_bytes_max)
        problems_.push_back({path, 0, 0, "TG-S013", "the site's files are larger than bundle_bytes_max = " + std::to_string(bundle_bytes_max) +
                             " together", "remove exchanges that no route needs"});
    if (bytes_ > bundle_bytes_max) return nullptr;
    into_.paths[logical] = path;
    return &(into_.bundle[logical] = std::move(*bytes));
}

void Gatherer::schema(const std::string& logical) {
    if (into_.bundle.count(logical) != 0) return;
    const std::string* text = file(logical);
    if (text == nullptr) return;
    for (const std::string& beside : documents_beside(logical, *text)) schema(beside);
}

void Gatherer::tables_of(const ConfigElement& element) {
    if (const std::string table = element.token("table"); !table.empty()) tables_.insert(table);
    for (const char* name : {"test", "when"})
        if (const std::string* test = element.attribute(name)) add_tables_of_test(*test, tables_);
    for (const ConfigElement& child : element.children) tables_of(child);
}

void Gatherer::mapping(const std::string& logical) {
    const std::string* text = file(logical);
    if (text == nullptr) return;
    Problems ignored;  // compile() reports what is wrong with the mapping
    const auto root = formats::read_config(logical, *text, nullptr, ignored);
    if (!root) return;
    tables_of(*root);
    for (const ConfigElement& child : root->children)
        if (child.name == "from" || child.name == "to") schema("schemas/" + child.token("schema"));
}

void Gatherer::contents(const ConfigElement& root) {
    for (const ConfigElement& element : root.children) {
        if (element.name == "record") schema("schemas/canonical/" + element.token("type") + ".xsd");
        for (const char* kind : {"agreement", "calendar", "rules"})
            if (element.name == kind) file("site/" + element.token("file"));
        if (element.name == "exchange") mapping("mappings/" + element.token("name") + "/mapping.xml");
    }
    tables_of(root);
}

void Gatherer::part(const std::string& logical) {
    const std::string* text = file(logical);
    if (text == nullptr) return;
    Problems ignored;  // compile() reports what is wrong with the part
    if (const auto root = formats::read_config(logical, *text, nullptr, ignored)) contents(*root);
}

void Gatherer::facts(const std::string& logical) {
    const std::string* text = file(logical);
    if (text == nullptr) return;
    Problems ignored;  // compile() reports what is wrong with the facts
    if (const auto root = formats::read_config(logical, *text, nullptr, ignored)) tables_of(*root);
}

void Gatherer::site(const ConfigElement& root) {
    for (const char* shape : {"site.xsd", "agreement.xsd", "facts.xsd", "calendar.xsd", "rules.xsd"}) file(std::string("schemas/site/") + shape);
    facts("schemas/canonical/facts.xml");
    contents(root);
    for (const ConfigElement& element : root.children)
        if (element.name == "part") part("site/" + element.token("file"));
    for (const std::string& table : tables_) file("mappings/codes/" + table + ".xml");
}

/// `reference` as `from` means it: relative to its folder. Empty when it leads out of the schemas.
std::string beside(const std::string& from, const std::string& reference) {
    const std::string path = (std::filesystem::path(from).parent_path() / reference).lexically_normal().generic_string();
    return path.starts_with("schemas/") ? path : std::string();
}

std::size_t skip_space(std::string_view text, std::size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
    return at;
}

/// The quoted text that starts at `at`; empty when none does.
std::string_view quoted(std::string_view text, std::size_t at) {
    if (at >= text.size() || (text[at] != '\'' && text[at] != '"')) return {};
    const std::size_t end = text.find(text[at], at + 1);
    return end == std::string_view::npos ? std::string_view() : text.substr(at + 1, end - at - 1);
}

void add_json_references(const std::string& logical, std::string_view text, std::set<std::string>& into) {
    constexpr std::string_view member = "\"$ref\"";
    for (std::size_t at = text.find(member); at != std::string_view::npos; at = text.find(member, at + 1)) {
        const std::size_t colon = skip_space(text, at + member.size());
        if (colon >= text.size() || text[colon] != ':') continue;
        const std::string_view target = quoted(text, skip_space(text, colon + 1));
        const std::string document(target.substr(0, target.find('#')));
        if (!document.empty()) into.insert(beside(logical, document));
    }
}

}  // namespace

void add_tables_of_test(std::string_view test, std::set<std::string>& tables) {
    constexpr std::string_view word = "codes";
    for (std::size_t at = test.find(word); at != std::string_view::npos; at = test.find(word, at + 1)) {
        const std::size_t open = skip_space(test, at + word.size());
        if (open >= test.size() || test[open] != '(') continue;
        const std::string_view table = quoted(test, skip_space(test, open + 1));
        if (!table.empty()) tables.emplace(table);
    }
}

std::set<std::string> documents_beside(const std::string& logical, std::string_view text) {
    std::set<std::string> found;
    if (logical.ends_with(".json")) {
        add_json_references(logical, text, found);
    } else {
        Problems ignored;  // the schema's own reader reports them
        if (const auto root = formats::read_config(logical, text, nullptr, ignored))
            for (const ConfigElement& child : root->children)
                if (const std::string location = child.token("schemaLocation"); !location.empty()) found.insert(beside(logical, location));
    }
    found.erase(std::string());
    return found;
}

void gather(const formats::ConfigElement& site, const Roots& roots, const Disk& disk, Gathered& into, Problems& problems) {
    Gatherer(roots, disk, into, problems).site(site);
}

}  // namespace hub::site
