// Every code is described, every description is of a code that is used, and every wrong example is refused with its code.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "hub/cli/diagnostics.hpp"
#include "hub/mapping/mapping.hpp"

using namespace hub;

namespace {

const std::string root = SOURCE_FOLDER;

std::string read(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// Codes of these rooms that stand in their sources as literals, the registry itself aside.
std::set<std::string> used_codes() {
    static const std::regex code("\"(TG-[MSAXD][0-9]{3})\"");
    std::set<std::string> used;
    for (const char* room : {"hub/mapping", "hub/site", "hub/agreements", "hub/deadlines", "hub/cli"})
        for (const auto& file : std::filesystem::directory_iterator(std::filesystem::path(root) / room)) {
            if (file.path().filename().string().starts_with("diagnostics")) continue;
            const std::string text = read(file.path());
            for (std::sregex_iterator at(text.begin(), text.end(), code), end; at != end; ++at) used.insert((*at)[1]);
        }
    return used;
}

std::set<std::string> codes_of(const Problems& problems) {
    std::set<std::string> codes;
    for (const Problem& each : problems) codes.insert(each.code);
    return codes;
}

Problems compile(const std::string& rules) {
    formats::SchemaTexts texts(cli::diagnostic_schemas().begin(), cli::diagnostic_schemas().end());
    mapping::SchemaLibrary schemas(texts);
    mapping::CodeTables tables;
    Problems problems;
    for (const auto& [name, text] : cli::diagnostic_tables()) tables[name] = mapping::read_code_table(name, text, problems);
    BOOST_REQUIRE(problems.empty());
    mapping::compile("example",
                     "<mapping xmlns=\"urn:throughgate:mapping:1\"><about>An example.</about><from schema=\"hearing.xsd\" format=\"xml\"/>"
                     "<to schema=\"letter.xsd\" format=\"xml\"/>\n" + rules + "</mapping>",
                     schemas, tables, problems);
    return problems;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(codes_of_findings)

BOOST_AUTO_TEST_CASE(each_code_in_use_is_described) {
    for (const std::string& code : used_codes())
        BOOST_TEST(cli::diagnostics().count(code) == 1u, code << " is used: describe it in hub/cli/diagnostics_*.cpp");
}

BOOST_AUTO_TEST_CASE(each_described_code_is_in_use) {
    const auto used = used_codes();
    for (const auto& [code, each] : cli::diagnostics()) BOOST_TEST(used.count(std::string(code)) == 1u, code << " is used nowhere");
}

BOOST_AUTO_TEST_CASE(each_description_says_what_why_and_what_to_do) {
    for (const auto& [code, each] : cli::diagnostics()) {
        for (const std::string_view part : {each.title, each.meaning, each.wrong, each.cure}) BOOST_TEST(!part.empty(), code);
        BOOST_TEST(each.title.back() != '.', code);
        BOOST_TEST(each.meaning.back() == '.', code);
        BOOST_TEST(each.cure.back() == '.', code);
    }
}

BOOST_AUTO_TEST_CASE(each_wrong_example_of_a_mapping_is_refused_with_its_code) {
    for (const auto& [code, each] : cli::diagnostics()) {
        if (each.example != cli::Diagnostic::Example::rules) continue;
        BOOST_TEST(codes_of(compile(std::string(each.wrong))).count(std::string(code)) == 1u, code);
    }
}

BOOST_AUTO_TEST_CASE(each_wrong_example_of_a_code_table_is_refused_with_its_code) {
    for (const auto& [code, each] : cli::diagnostics()) {
        if (each.example != cli::Diagnostic::Example::table) continue;
        Problems problems;
        mapping::read_code_table("example", each.wrong, problems);
        BOOST_TEST(codes_of(problems).count(std::string(code)) == 1u, code);
    }
}

BOOST_AUTO_TEST_CASE(the_kept_pages_are_current) {
    const auto pages = cli::diagnostic_pages();
    const std::filesystem::path folder = std::filesystem::path(root) / "mappings/diagnostics";
    for (const auto& [name, text] : pages)
        BOOST_TEST((read(folder / name) == text), name << ": run build/throughgate manual codes mappings/diagnostics --write");
    for (const auto& file : std::filesystem::directory_iterator(folder)) BOOST_TEST(pages.count(file.path().filename().string()) == 1u, file.path());
}

BOOST_AUTO_TEST_SUITE_END()
