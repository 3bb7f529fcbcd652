#include "hub/cli/against.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "hub/cli/schema_diff.hpp"

namespace hub::cli {
namespace {

namespace fs = std::filesystem;
using formats::DeclId;
using formats::no_decl;

/// One end of an exchange, under both versions.
struct Affected {
    std::string exchange{};
    std::vector<std::string> lines{};  ///< "/hearing/plea also takes 'X' (reads it)"
    Problems problems{};               ///< it no longer compiles
    bool concerned = false;            ///< it reads or writes something that changes
};

/// How many trailing steps two paths share.
std::size_t shared_steps(const fs::path& a, const fs::path& b) {
    std::vector<std::string> one, other;
    for (const auto& each : a) one.push_back(each.string());
    for (const auto& each : b) other.push_back(each.string());
    std::size_t shared = 0;
    while (shared < one.size() && shared < other.size() && one[one.size() - 1 - shared] == other[other.size() - 1 - shared]) ++shared;
    return shared;
}

class Comparison {
public:
    Comparison(World& world, const site::Loaded& site, Report& report) : world_(world), site_(site), plan_(*site.plan), report_(report) {
        if (auto bundle = site::decode_bundle(plan_.bundle)) bundle_ = std::move(*bundle);
    }

    void run(const std::string& path, const std::string& notices) {
        replace(path);
        if (replaced_.empty()) return;
        for (const auto& [logical, text] : bundle_)
            if (logical.starts_with("schemas/")) texts_.emplace(logical.substr(8), text);
        mapping::SchemaLibrary schemas(texts_);
        for (const auto& [name, type] : plan_.record_types) record(type, schemas);
        for (const auto& [name, exchange] : plan_.exchanges) ends(exchange, schemas);
        compile();
        print();
        if (!notices.empty()) write(notices);
    }

private:
    // --- the other version

    void replace(const std::string& path) {
        std::error_code failed;
        if (!fs::is_directory(path, failed)) return replace_file(path, report_.problems);
        for (const auto& file : fs::recursive_directory_iterator(path, failed))
            if (const std::string end = file.path().extension().string(); end == ".xsd" || end == ".json") replace_file(file.path().string(), report_.notes);
        if (replaced_.empty()) report_.problems.push_back({path, 0, 0, "TG-X021", "nothing in this folder replaces a schema of the site", "lay it out as the schemas folder"});
    }
    /// In a folder, what replaces nothing may belong to another site.
    void replace_file(const std::string& path, Problems& otherwise) {
        std::string best;
        std::size_t most = 0;
        bool several = false;
        for (const auto& [logical, text] : bundle_) {
            if (!logical.starts_with("schemas/") || logical.starts_with("schemas/site/")) continue;
            const std::size_t shared = shared_steps(fs::path(path).lexically_normal(), logical);
            several = shared > 0 && shared == most ? true : shared > most ? false : several;
            if (shared > most) best = logical, most = shared;
        }
        const Result<std::string> text = world_.disk.read(path, site::file_bytes_max);
        if (most == 0 || several || !text) {
            otherwise.push_back({path, 0, 0, "TG-X021", !text ? text.error().what : several ? "several schemas of the site have this name" : "no schema of the site has this name",
                                        "give it the name and the folder, as partners/police/x.xsd, of the schema that it replaces"});
            return;
        }
        bundle_[best] = *text;
        replaced_[best] = path;
    }

    // --- what changes

    /// The changes between the two versions of a schema; compared once.
    const std::vector<SchemaChange>& changes(const formats::Schema& before, mapping::SchemaLibrary& schemas) {
        const std::string key = before.path() + "#" + before[0].name + "#" + std::to_string(static_cast<int>(before.format()));
        const auto known = changes_.find(key);
        if (known != changes_.end()) return known->second;
        Problems problems;  // the compilation below reports them
        const auto after = schemas.get(before.path(), before[0].name, before.format(), problems);
        auto& found = changes_[key];
        if (!after) {
            found.push_back({SchemaChange::Effect::narrows, "/" + before[0].name, "cannot be used in the other version", 0, no_decl});
            return found;
        }
        found = schema_changes(before, *after);
        for (const SchemaChange& each : found) rows_.insert({before.path(), each.path, std::string(name_of(each.effect)), each.what});
        return found;
    }
    void record(const core::RecordType& type, mapping::SchemaLibrary& schemas) {
        if (!type.schema) return;
        for (const SchemaChange& change : changes(*type.schema, schemas)) {
            for (const core::FactRule& fact : type.facts)
                for (const DeclId each : {fact.each, fact.value, fact.matter_id, fact.valid_from})
                    if (each != no_decl && touches(*type.schema, change, each)) used("fact", fact.kind, change);
            for (const auto& [name, route] : plan_.routes) {
                if (route.record_type != type.name) continue;
                for (const DeclId each : route.when->reads())
                    if (touches(*type.schema, change, each)) used("route condition", name, change);
                if (shares(*route.clause, change.path.substr(std::min(change.path.size(), type.name.size() + 2)), change))
                    used("agreement", route.agreement->name + ", clause " + route.clause->id, change);
            }
        }
    }
    /// Whether the clause lists what changes, or shares everything below something above it: what is new there would leave too.
    static bool shares(const agreements::Clause& clause, const std::string& path, const SchemaChange& change) {
        const auto below = [](const std::string& one, const std::string& other) { return one == other || one.starts_with(other + "/"); };
        return std::any_of(clause.trees.begin(), clause.trees.end(), [&](const std::string& each) { return below(path, each); }) ||
               (change.before != no_decl && std::any_of(clause.paths.begin(), clause.paths.end(), [&](const std::string& each) {
                    return change.after == no_decl ? below(each, path) : each == path;
                }));
    }
    /// A change at the declaration, or of something above it that takes it along.
    static bool touches(const formats::Schema& schema, const SchemaChange& change, DeclId decl) {
        if (change.before == no_decl) return false;
        if (change.after != no_decl) return change.before == decl;
        for (; decl != no_decl; decl = schema[decl].parent)
            if (decl == change.before) return true;
        return false;
    }
    void used(const std::string& kind, const std::string& name, const SchemaChange& change) {
        uses_.insert({kind, name, std::string(name_of(change.effect)), change.path + " " + change.what});
    }

    void ends(const core::Exchange& exchange, mapping::SchemaLibrary& schemas) {
        const mapping::Mapping& mapping = *exchange.mapping;
        Affected& affected = affected_[exchange.name];
        affected.exchange = exchange.name;
        for (const SchemaChange& change : changes(mapping.from(), schemas)) {
            const bool reads = std::any_of(mapping.reads().begin(), mapping.reads().end(), [&](DeclId each) { return touches(mapping.from(), change, each); });
            if (reads || change.before == no_decl) concern(affected, change, reads ? "reads" : "may receive");
        }
        const std::set<std::string> written = written_by(mapping);
        for (const SchemaChange& change : changes(mapping.to(), schemas)) {
            const bool writes = std::any_of(written.begin(), written.end(), [&](const std::string& each) { return each == change.path || (change.after == no_decl && each.starts_with(change.path + "/")); });
            const bool needed = change.before == no_decl && change.effect == SchemaChange::Effect::narrows;
            if (writes || needed) concern(affected, change, writes ? "writes" : "must write");
        }
    }
    void concern(Affected& affected, const SchemaChange& change, const std::string& how) {
        affected.concerned = true;
        affected.lines.push_back(change.path + " " + change.what + " (the exchange " + how + " it)");
        used("exchange", affected.exchange, change);
    }
    /// Target paths that a mapping writes, as explain() lists them.
    static std::set<std::string> written_by(const mapping::Mapping& mapping) {
        std::set<std::string> written;
        const std::string text = mapping.explain(), root = "/" + mapping.to()[0].name;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t end = std::min(text.find('\n', at), text.size()), arrow = text.find(" <- ", at);
            if (arrow < end) written.insert(text.compare(at, arrow - at, ".") == 0 ? root : root + "/" + text.substr(at, arrow - at));
            at = end + 1;
        }
        return written;
    }

    // --- what no longer compiles

    void compile() {
        Problems problems;
        if (site::compile(bundle_, world_.digester, connector_checks(world_), problems)) return;
        for (Problem& each : problems) {
            const std::string prefix = "mappings/";
            std::string name = each.file.starts_with(prefix) ? each.file.substr(prefix.size(), each.file.find('/', prefix.size()) - prefix.size()) : std::string();
            if (const auto found = affected_.find(name); found != affected_.end()) found->second.problems.push_back(each);
            others_.push_back(std::move(each));
        }
        for (auto& [name, affected] : affected_)
            if (!affected.problems.empty())
                report_.problems.push_back({"mappings/" + name + "/mapping.xml", 0, 0, "TG-X020", "with the other version, exchange '" + name + "' no longer compiles", "mend what follows before it takes effect"});
        report_.problems.insert(report_.problems.end(), others_.begin(), others_.end());
    }

    void print() {
        Table changes{"schema_changes", {"schema", "path", "effect", "change"}, {}};
        for (const auto& row : rows_) changes.rows.push_back(row);
        Table uses{"concerned", {"what", "name", "then", "effect", "change"}, {}};
        for (auto row : uses_) {
            const auto found = row[0] == "exchange" ? affected_.find(row[1]) : affected_.end();
            row.insert(row.begin() + 2, found == affected_.end() ? "" : found->second.problems.empty() ? "compiles" : "breaks");
            uses.rows.push_back(std::move(row));
        }
        report_.tables.push_back(std::move(changes));
        report_.tables.push_back(std::move(uses));
        const auto broken = std::count_if(affected_.begin(), affected_.end(), [](const auto& each) { return !each.second.problems.empty(); });
        const auto concerned = std::count_if(affected_.begin(), affected_.end(), [](const auto& each) { return each.second.concerned; });
        report_.facts.push_back({"against", std::to_string(rows_.size()) + " changes; " + std::to_string(broken) + " exchanges break, " + std::to_string(concerned) + " read or write what changes"});
    }

    // --- notices

    /// Who sends or receives by the exchange; the hub's operator where nobody does yet.
    std::set<std::string> parties_of(const std::string& exchange) const {
        std::set<std::string> parties;
        for (const auto& [name, source] : plan_.sources)
            if (std::find(source.exchanges.begin(), source.exchanges.end(), exchange) != source.exchanges.end())
                for (const auto& [identity, party] : source.senders) parties.insert(party);
        for (const auto& [name, route] : plan_.routes)
            if (route.exchange->name == exchange) parties.insert(route.recipient);
        if (parties.empty()) parties.insert(plan_.own_party);
        return parties;
    }
    std::string heading(const std::string& party) const {
        const auto known = plan_.parties.find(party);
        std::string text = "To: " + (known == plan_.parties.end() ? party : known->second.title) + "\nFrom: " + plan_.own_party + "\nAbout: another version of ";
        for (const auto& [logical, file] : replaced_) text += (text.ends_with("of ") ? "" : ", ") + logical.substr(8);
        return text + "\n\nThese exchanges with you are concerned.\n";
    }
    static std::string paragraph(const Affected& affected) {
        std::string text = "\n" + affected.exchange + (affected.problems.empty() ? ": goes on working as it is\n" : ": no longer works with the new version\n");
        for (const std::string& each : affected.lines) text += "  changed: " + each + "\n";
        for (const Problem& each : affected.problems) text += "  breaks: " + each.what + (each.line > 0 ? " (mapping line " + std::to_string(each.line) + ")" : "") + "\n";
        return text + (affected.problems.empty() ? "  to do: nothing; tell us if the change means more than the schema says\n"
                                                 : "  to do: agree with us what becomes of these fields, and do not send or expect the new version until then\n");
    }
    void write(const std::string& folder) {
        std::map<std::string, std::string> notices;
        for (const auto& [name, affected] : affected_) {
            if (!affected.concerned && affected.problems.empty()) continue;
            for (const std::string& party : parties_of(name)) {
                std::string& notice = notices[party];
                if (notice.empty()) notice = heading(party);
                notice += paragraph(affected);
            }
        }
        std::error_code failed;
        fs::create_directories(folder, failed);
        for (const auto& [party, text] : notices) {
            const std::string path = folder + "/" + party + ".txt";
            if (const Status written = world_.disk.write(path, text); !written) report_.problems.push_back({path, 0, 0, "TG-X006", written.error().what, written.error().cure});
        }
        report_.facts.push_back({"notices", std::to_string(notices.size()) + " written to " + folder});
    }

    World& world_;
    const site::Loaded& site_;
    const core::Plan& plan_;
    Report& report_;
    site::Bundle bundle_{};
    std::map<std::string, std::string> replaced_{};  ///< logical path -> the other version's file
    formats::SchemaTexts texts_{};
    std::map<std::string, std::vector<SchemaChange>> changes_{};
    std::map<std::string, Affected> affected_{};
    std::set<std::vector<std::string>> rows_{}, uses_{};
    Problems others_{};
};

}  // namespace

void against(World& world, const site::Loaded& site, const std::string& path, const std::string& notices, Report& report) {
    Comparison(world, site, report).run(path, notices);
}

}  // namespace hub::cli
