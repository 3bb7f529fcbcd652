#include "tests/proof/shipped.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>

#include "hub/formats/codec.hpp"
#include "tests/support/temporary_folder.hpp"

namespace proof {

namespace {

namespace fs = std::filesystem;

const fs::path root = HUB_SOURCE_DIR;

std::vector<fs::path> files_below(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// The codes of <reject code=> and of reject= on steps.
std::set<std::string> rejects_in(const std::string& text) {
    static const std::regex pattern(R"re((?:<reject\s+code|\sreject)\s*=\s*["']([^"']+)["'])re");
    std::set<std::string> codes;
    for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) codes.insert((*match)[1]);
    return codes;
}

std::vector<std::string> days_in(const std::vector<std::string>& tables) {
    static const std::regex pattern(R"re(valid-(?:from|to)\s*=\s*["'](\d{4}-\d\d-\d\d)["'])re");
    std::set<std::string> days{"2001-01-01", "2024-02-29", "2026-03-02", "2026-11-24", "2031-12-31"};
    for (const std::string& text : tables)
        for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) days.insert((*match)[1]);
    return {days.begin(), days.end()};
}

void read_examples(const fs::path& folder, Exchange& exchange) {
    if (!fs::is_directory(folder)) return;
    const auto decoder = hub::formats::make_decoder(exchange.from());
    for (const fs::path& file : files_below(folder)) {
        if (file.filename().string().find(".in.") == std::string::npos) continue;
        hub::formats::Document example(&exchange.from());
        if (decoder->decode(support::read_file(file), file.filename().string(), example).problems.empty()) exchange.examples.push_back(std::move(example));
    }
}

Shipped read() {
    hub::formats::initialise();
    Shipped made;
    hub::Problems problems;
    std::vector<std::string> tables;
    for (const fs::path& file : files_below(root / "schemas")) made.schemas[fs::relative(file, root / "schemas")] = support::read_file(file);
    for (const fs::path& file : files_below(root / "mappings/codes")) {
        if (file.extension() != ".xml") continue;
        tables.push_back(support::read_file(file));
        if (auto table = hub::mapping::read_code_table(fs::relative(file, root), tables.back(), problems)) made.codes[file.stem()] = std::move(table);
    }
    made.days = days_in(tables);
    static hub::formats::SchemaTexts texts;  // outlives the library, as it wants
    texts = made.schemas;
    hub::mapping::SchemaLibrary library(texts);
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(root / "mappings"))
        if (fs::exists(entry.path() / "mapping.xml")) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    for (const fs::path& folder : folders) {
        Exchange exchange{folder.filename(), support::read_file(folder / "mapping.xml"), {}, {}, {}};
        exchange.mapping = hub::mapping::compile(fs::relative(folder / "mapping.xml", root), exchange.text, library, made.codes, problems);
        if (!exchange.mapping) continue;
        exchange.rejects = rejects_in(exchange.text);
        read_examples(folder / "examples", exchange);
        made.exchanges.push_back(std::move(exchange));
    }
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    BOOST_REQUIRE(problems.empty());
    return made;
}

}  // namespace

const Shipped& shipped() {
    static const Shipped all = read();
    return all;
}

}  // namespace proof
