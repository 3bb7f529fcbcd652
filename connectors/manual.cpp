// See manual.hpp.
#include "connectors/manual.hpp"

#include <fstream>
#include <iterator>

namespace connectors {
namespace {

constexpr const char* end_mark = "<!-- end -->";

/// Replaces the text between `mark` and the end mark that follows it. False when either is missing.
bool replace_table(std::string& readme, const std::string& mark, const std::string& table) {
    const std::size_t start = readme.find(mark);
    if (start == std::string::npos) return false;
    const std::size_t from = start + mark.size();
    const std::size_t to = readme.find(end_mark, from);
    if (to == std::string::npos) return false;
    readme.replace(from, to - from, "\n" + table + (table.empty() || table.back() == '\n' ? "" : "\n"));
    return true;
}

hub::Error missing_mark(const std::string& mark) {
    return {hub::Remedy::reject, "the README has no place for a settings table", mark,
            "add the lines \"" + mark + "\" and \"" + end_mark + "\"", "TG-C010"};
}

}  // namespace

hub::Result<std::string> renew_manual(const std::string& readme, const hub::Connector& connector) {
    std::string renewed = readme;
    const std::string source_mark = "<!-- source settings -->";
    const std::string sink_mark = "<!-- sink settings -->";
    if (connector.make_source && !replace_table(renewed, source_mark, hub::settings::to_markdown(connector.source_settings)))
        return missing_mark(source_mark);
    if (connector.make_sink && !replace_table(renewed, sink_mark, hub::settings::to_markdown(connector.sink_settings)))
        return missing_mark(sink_mark);
    return renewed;
}

hub::Problems check_manuals(const std::vector<hub::Connector>& entries, const std::string& connectors_folder, bool write) {
    hub::Problems problems;
    for (const hub::Connector& entry : entries) {
        const std::string path = connectors_folder + "/" + entry.name + "/README.md";
        std::ifstream in(path, std::ios::binary);
        const std::string readme{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        const auto renewed = renew_manual(readme, entry);
        if (!renewed) {
            problems.push_back({path, 0, 0, renewed.error().code, renewed.error().what, renewed.error().cure});
        } else if (*renewed != readme && !write) {
            problems.push_back({path, 0, 0, "TG-C011", "the settings table is not what the code declares",
                                "run build/throughgate manual connectors --write"});
        } else if (*renewed != readme && !(std::ofstream(path, std::ios::binary | std::ios::trunc) << *renewed)) {
            problems.push_back({path, 0, 0, "TG-C012", "the README cannot be written", "make the file writable"});
        }
    }
    return problems;
}

}  // namespace connectors
