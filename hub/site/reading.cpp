// How the readers of a site find files, go through the site and its parts, and complain.
#include "hub/site/reading.hpp"

#include <algorithm>

namespace hub::site {
namespace {

/// Edits between two names (Levenshtein), for "did you mean".
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t i = 0; i <= b.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t above_left = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t changed = above_left + (a[i - 1] == b[j - 1] ? 0 : 1);
            above_left = row[j];
            row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string nearest_name(const std::string& name, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = name.size() / 2 + 1;
    for (const std::string& one : known)
        if (const std::size_t d = distance(name, one); d < least) {
            least = d;
            best = one;
        }
    if (!best.empty()) return "did you mean '" + best + "'?";
    std::string all;
    for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
    return known.empty() ? "declare it" : "known are: " + all;
}

std::shared_ptr<formats::ConfigElement> Reading::config(const std::string& path, const std::string& xsd) {
    const auto bytes = bundle.find(path);
    const auto shape = bundle.find("schemas/site/" + xsd);
    if (bytes == bundle.end() || shape == bundle.end()) {
        problems.push_back({bytes == bundle.end() ? path : "schemas/site/" + xsd, 0, 0, "TG-S001", "the file is missing", "add it"});
        return nullptr;
    }
    return formats::read_config(path, bytes->second, &shape->second, problems);
}

void refuse_never_routes(Reading& reading, const formats::Schema& schema, formats::DeclId read, const std::string& decider, const Problem& place) {
    if (read == formats::no_decl || !schema[read].never_routes) return;
    reading.problems.push_back({place.file, place.line, place.column, "TG-S017",
                                decider + " reads " + schema.path_of(read) + ", which decides nothing about where a record goes (" + schema[read].file + ":" +
                                    std::to_string(schema[read].line) + " is marked never-routes)",
                                "decide by another field; an agreement may still share this one"});
}

bool Reading::open_part(const formats::ConfigElement& named) {
    const std::string path = "site/" + named.token("file");
    for (const Document& known : documents_)
        if (known.path == path) {
            complain(named, "TG-S002", "part '" + named.token("file") + "' is named twice", "remove one");
            return false;
        }
    if (bundle.count(path) == 0) {
        complain(named, "TG-S006", "there is no " + path, "add the file, or correct the name");
        return false;
    }
    const auto root = config(path, "site.xsd");
    if (root && root->name != "part") problems.push_back({path, root->line, root->column, "TG-S015", "a part of a site is a <part>", "only site.xml is a <site>"});
    if (!root || root->name != "part") return false;
    documents_.push_back({path, root});
    return true;
}

bool Reading::open_documents() {
    const auto root = config(site_file, "site.xsd");
    if (!root) return false;
    documents_.push_back({site_file, root});
    if (root->name != "site") {
        complain(*root, "TG-S015", "site.xml is a part, not a site", "a part stands in a file of its own, which site.xml names");
        return false;
    }
    bool whole = true;
    for (const formats::ConfigElement& element : root->children)
        if (element.name == "part") whole = open_part(element) && whole;
    return whole;
}

void Reading::each(const std::string& name, const std::function<void(const formats::ConfigElement&)>& take) {
    for (const Document& document : documents_) {
        file_ = document.path;
        for (const formats::ConfigElement& element : document.root->children)
            if (element.name == name) take(element);
    }
    file_ = site_file;
}

void Reading::complain(const formats::ConfigElement& at, const std::string& code, const std::string& what, const std::string& cure) {
    problems.push_back({file_, at.line, at.column, code, what, cure});
}

void Reading::unknown(const formats::ConfigElement& at, const std::string& code, const std::string& kind, const std::string& name,
                      const std::vector<std::string>& known) {
    if (broken.count({kind, name}) != 0) return;
    complain(at, code, "no " + kind + " is named '" + name + "'", nearest_name(name, known));
}

}  // namespace hub::site
