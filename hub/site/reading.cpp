// How the readers of a site's parts find files and complain.
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

void Reading::complain(const formats::ConfigElement& at, const std::string& code, const std::string& what, const std::string& cure,
                       const std::string& file) {
    problems.push_back({file, at.line, at.column, code, what, cure});
}

void Reading::unknown(const formats::ConfigElement& at, const std::string& code, const std::string& kind, const std::string& name,
                      const std::vector<std::string>& known) {
    if (broken.count({kind, name}) != 0) return;
    complain(at, code, "no " + kind + " is named '" + name + "'", nearest_name(name, known));
}

}  // namespace hub::site
