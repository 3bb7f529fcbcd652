// Every real-format court message that is at hand becomes canonical records that validate, with no field lost.
//
// The messages are public data that the project does not carry: without them the test says so and passes.
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/mappings/shipped.hpp"

namespace {

using hub::formats::DeclId;
using hub::formats::Document;
using hub::formats::no_decl;
using hub::formats::no_node;
using hub::formats::NodeId;

const std::filesystem::path folder = tests::source_path("../shared/data/court-results");

std::vector<std::filesystem::path> messages() {
    std::vector<std::filesystem::path> files;
    if (!std::filesystem::is_directory(folder)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".xml") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

bool dropped(const hub::mapping::Mapping& mapping, DeclId decl) {
    for (; decl != no_decl; decl = mapping.from()[decl].parent)
        if (mapping.drops().count(decl) != 0) return true;
    return false;
}

/// Values in the source whose declaration is neither dropped nor read.
std::vector<std::string> lost(const hub::mapping::Mapping& mapping, const Document& source) {
    std::vector<std::string> paths;
    for (NodeId node = 0; node < source.size(); ++node) {
        const DeclId decl = source[node].decl;
        if (source[node].text_size == 0 || dropped(mapping, decl) || mapping.reads().count(decl) != 0) continue;
        paths.push_back(mapping.from().path_of(decl));
    }
    return paths;
}

/// Decodes the encoded document again: libxml2 is the judge of what we write.
hub::Problems judged(const Document& document) {
    std::string text;
    hub::formats::encode(document, text);
    Document again(&document.schema());
    hub::formats::Decoded decoded = hub::formats::make_decoder(document.schema())->decode(text, "canonical", again);
    for (const auto& [path, times] : decoded.unknown_paths) decoded.problems.push_back({path, 0, 0, "unknown", "not in the canonical schema", ""});
    return decoded.problems;
}

/// Each defendant has one prosecutor reference, whatever the prefix.
std::size_t defendants(const std::string& bytes) {
    std::size_t tags = 0;
    for (std::size_t at = bytes.find("ProsecutorReference>"); at != std::string::npos; at = bytes.find("ProsecutorReference>", at + 1)) ++tags;
    return tags / 2;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_messages)

BOOST_AUTO_TEST_CASE(every_court_message_becomes_valid_canonical_records_with_no_field_lost) {
    const auto files = messages();
    if (files.empty()) {
        BOOST_TEST_MESSAGE("SKIPPED: there are no real-format messages in " << folder);
        return;
    }
    const hub::mapping::Mapping& mapping = *tests::shipped_plan().exchanges.at("court_result_in").mapping;
    const auto decoder = hub::formats::make_decoder(mapping.from());
    Document source(&mapping.from());
    std::vector<Document> records;
    for (const auto& file : files) {
        const std::string bytes = bytes_of(file);
        const auto decoded = decoder->decode(bytes, file.filename().string(), source);
        for (const hub::Problem& problem : decoded.problems) BOOST_ERROR(hub::to_text(problem));
        BOOST_TEST(decoded.unknown_paths.empty(), file.filename() << " has fields outside the schema");
        for (const std::string& path : lost(mapping, source)) BOOST_ERROR(file.filename() << ": " << path << " is neither mapped nor dropped");
        for (const hub::mapping::Rejection& rejection : mapping.apply(source, {.received_at = "2026-01-01T00:00:00Z"}, records))
            BOOST_ERROR(file.filename() << ": " << rejection.code << " " << rejection.what);
        BOOST_TEST(records.size() == defendants(bytes));
        for (const Document& record : records)
            for (const hub::Problem& problem : judged(record)) BOOST_ERROR(file.filename() << ": " << hub::to_text(problem));
    }
    BOOST_TEST_MESSAGE(files.size() << " real-format messages mapped");
}

BOOST_AUTO_TEST_CASE(every_court_message_reaches_police_prison_and_probation_formats) {
    const auto files = messages();
    if (files.empty()) {
        BOOST_TEST_MESSAGE("SKIPPED: there are no real-format messages in " << folder);
        return;
    }
    const auto& exchanges = tests::shipped_plan().exchanges;
    const hub::mapping::Mapping& inward = *exchanges.at("court_result_in").mapping;
    const auto decoder = hub::formats::make_decoder(inward.from());
    Document source(&inward.from());
    std::vector<Document> records, outputs;
    for (const auto& file : files) {
        BOOST_REQUIRE(decoder->decode(bytes_of(file), file.filename().string(), source).problems.empty());
        BOOST_REQUIRE(inward.apply(source, {.received_at = "2026-01-01T00:00:00Z"}, records).empty());
        for (const char* name : {"court_result_to_police", "court_result_to_prison", "court_result_to_probation"})
            for (const Document& record : records) {
                const auto rejections = exchanges.at(name).mapping->apply(record, {.delivery_key = "d1", .received_at = "2026-01-01T00:00:00Z"}, outputs);
                BOOST_TEST(rejections.empty(), name << " rejects " << file.filename());
                for (const Document& output : outputs)
                    for (const hub::Problem& problem : judged(output)) BOOST_ERROR(name << " " << file.filename() << ": " << hub::to_text(problem));
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
