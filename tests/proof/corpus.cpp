#include "tests/proof/corpus.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <regex>
#include <sstream>

#include "hub/formats/codec.hpp"
#include "tests/support/temporary_folder.hpp"

namespace proof {

namespace {

namespace fs = std::filesystem;

const fs::path folder = std::string(HUB_SOURCE_DIR) + "/tests/proof/wrong";

std::vector<fs::path> files_in(const fs::path& where) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(where))
        if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

Marks marks_in(const std::string& text) {
    static const std::regex comment("<!--((?: TG-[A-Z][0-9]{3})+) -->"), code("TG-[A-Z][0-9]{3}");
    Marks marks;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        std::smatch found;
        if (!std::regex_search(line, found, comment)) continue;
        const std::string codes = found[1];
        for (std::sregex_iterator each(codes.begin(), codes.end(), code), end; each != end; ++each) marks.insert({number, each->str()});
    }
    return marks;
}

std::vector<Wrong> wrong_in(const fs::path& where) {
    std::vector<Wrong> all;
    for (const fs::path& file : files_in(where)) {
        const std::string text = support::read_file(file);
        all.push_back({"wrong/" + fs::relative(file, folder).string(), text, marks_in(text)});
    }
    return all;
}

Corpus read() {
    hub::formats::initialise();
    Corpus made;
    hub::Problems problems;
    for (const fs::path& file : files_in(folder / "schemas")) made.schemas["schemas/" + file.filename().string()] = support::read_file(file);
    for (const fs::path& file : files_in(folder / "codes"))
        made.codes[file.stem()] = hub::mapping::read_code_table("codes/" + file.filename().string(), support::read_file(file), problems);
    for (const hub::Problem& problem : problems) BOOST_ERROR(hub::to_text(problem));
    made.mappings = wrong_in(folder);
    made.tables = wrong_in(folder / "tables");
    return made;
}

}  // namespace

const Corpus& corpus() {
    static const Corpus all = read();
    return all;
}

Marks marks_of(const hub::Problems& problems, const std::string& path) {
    Marks marks;
    for (const hub::Problem& each : problems)
        if (each.file == path) marks.insert({each.line, each.code});
    return marks;
}

std::string written_out(const Marks& marks) {
    std::string text;
    for (const auto& [line, code] : marks) text += (text.empty() ? "" : ", ") + code + " in line " + std::to_string(line);
    return text;
}

}  // namespace proof
