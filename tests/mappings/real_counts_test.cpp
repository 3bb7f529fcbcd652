// Every court message at hand keeps its offences, results, pleas, findings, lengths and identifiers on the way into the hub:
// the same values in the same order, counted in message and record by libxml2 alone.
#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <map>
#include <memory>

#include "tests/mappings/shipped.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

using hub::formats::Document;
using Tree = std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)>;
using Values = std::vector<std::string>;

Tree parsed(const std::string& bytes) { return {xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), "", nullptr, XML_PARSE_NONET), &xmlFreeDoc}; }

/// The text of every node that the path finds below the context.
Values found(xmlDoc& tree, xmlNode* context, const std::string& path) {
    const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> search(xmlXPathNewContext(&tree), &xmlXPathFreeContext);
    search->node = context;
    const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> result(
        xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(path.c_str()), search.get()), &xmlXPathFreeObject);
    BOOST_REQUIRE(result);
    Values values;
    for (int at = 0; result->nodesetval != nullptr && at < result->nodesetval->nodeNr; ++at) {
        xmlChar* text = xmlNodeGetContent(result->nodesetval->nodeTab[at]);
        values.emplace_back(reinterpret_cast<const char*>(text));
        xmlFree(text);
    }
    return values;
}

std::string step(const std::string& name) { return "/*[local-name()='" + name + "']"; }

std::vector<xmlNode*> defendants(xmlDoc& tree) {
    const std::unique_ptr<xmlXPathContext, decltype(&xmlXPathFreeContext)> search(xmlXPathNewContext(&tree), &xmlXPathFreeContext);
    const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> result(
        xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>("//*[local-name()='Defendant']"), search.get()), &xmlXPathFreeObject);
    return {result->nodesetval->nodeTab, result->nodesetval->nodeTab + result->nodesetval->nodeNr};
}

/// What a message calls a value, below a defendant, and what a record calls it.
struct Kind {
    const char* what;
    std::string in_message;
    std::string in_record;
};

const std::vector<Kind>& kinds() {
    const std::string offence = ".//" + step("Offence").substr(1), result = offence + step("Result"), outcome = result + step("Outcome");
    const std::string kept = step("court_result") + step("offence"), kept_result = kept + step("result");
    static const std::vector<Kind> all{
        {"offence code", offence + step("BaseOffenceDetails") + step("OffenceCode"), kept + step("code")},
        {"offence sequence", offence + step("BaseOffenceDetails") + step("OffenceSequenceNumber"), kept + "/@sequence"},
        {"offence wording", offence + step("BaseOffenceDetails") + step("OffenceWording"), kept + step("wording")},
        {"plea", offence + step("Plea"), kept + step("plea")},
        {"mode of trial", offence + step("ModeOfTrial"), kept + step("mode_of_trial")},
        {"finding", offence + step("Finding"), kept + step("finding")},
        {"conviction date", offence + step("ConvictionDate"), kept + step("conviction_date")},
        {"result text", result + step("ResultText"), kept_result + step("text")},
        {"result code", result + step("ResultCode"), kept_result + step("code")},
        {"qualifier", result + step("ResultCodeQualifier"), kept_result + step("qualifier")},
        {"amount", outcome + step("ResultAmountSterling"), kept_result + step("amount")},
        {"length", outcome + step("Duration") + step("DurationValue"), kept_result + step("duration") + step("value")},
        {"unit of length", outcome + step("Duration") + step("DurationUnit"), kept_result + step("duration") + step("unit")},
        {"second length", outcome + step("Duration") + step("SecondaryDurationValue"), kept_result + step("duration") + step("second_value")},
        {"first day", outcome + step("Duration") + step("DurationStartDate"), kept_result + step("duration") + step("from")},
        {"last day", outcome + step("Duration") + step("DurationEndDate"), kept_result + step("duration") + step("to")},
        {"penalty points", outcome + step("PenaltyPoints"), kept_result + step("penalty_points")},
        {"next hearing", result + step("NextHearing") + step("NextHearingDetails") + step("DateOfHearing"),
         kept_result + step("next_hearing") + step("hearing") + step("date")},
    };
    return all;
}

Values upper(Values values) {
    for (std::string& value : values)
        for (char& letter : value) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return values;
}

std::vector<std::filesystem::path> messages() {
    std::vector<std::filesystem::path> files;
    for (const char* folder : {"../shared/data/court-results", "../shared/data/annotated-outcomes"}) {
        const std::filesystem::path from = tests::source_path(folder);
        if (!std::filesystem::is_directory(from)) continue;
        for (const auto& entry : std::filesystem::directory_iterator(from))
            if (entry.path().extension() == ".xml" && support::read_file(entry.path()).find("ResultedCaseMessage") != std::string::npos)
                files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

/// Adds to counts; reports every kind of value that differs.
void compare(const std::string& name, xmlDoc& message, xmlNode* defendant, const Document& record, std::map<std::string, std::size_t>& counts) {
    std::string text;
    hub::formats::encode(record, text);
    const Tree kept = parsed(text);
    BOOST_REQUIRE(kept);
    for (const Kind& kind : kinds()) {
        const Values said = found(message, defendant, kind.in_message), has = found(*kept, nullptr, kind.in_record);
        BOOST_TEST(said == has, name << ": " << kind.what << ": the message has " << said.size() << ", the record " << has.size() << " or others");
        counts[kind.what] += said.size();
    }
    Values identifiers = found(message, defendant, "./" + step("ProsecutorReference").substr(1) + "|../" + step("PTIURN").substr(1) + "|.//" + step("PNCidentifier").substr(1));
    Values named = found(*kept, nullptr, step("court_result") + step("person") + step("identifier"));
    identifiers = upper(identifiers);
    std::sort(identifiers.begin(), identifiers.end());
    std::sort(named.begin(), named.end());
    BOOST_TEST(identifiers == named, name << ": identifiers");
    counts["identifier"] += identifiers.size();
    const bool convicted = !found(message, defendant, ".//*[local-name()='ConvictionDate']|.//*[local-name()='Finding'][.='G']").empty();
    BOOST_TEST(found(*kept, nullptr, step("court_result") + step("person") + "/@subject") == Values{convicted ? "convicted" : "suspect"}, name << ": subject");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_counts)

BOOST_AUTO_TEST_CASE(every_court_message_keeps_its_values_in_their_order) {
    const auto files = messages();
    if (files.empty()) {
        BOOST_TEST_MESSAGE("SKIPPED: there are no real-format messages beside the source");
        return;
    }
    const hub::mapping::Mapping& mapping = *tests::shipped_plan().exchanges.at("court_result_in").mapping;
    const auto decoder = hub::formats::make_decoder(mapping.from());
    std::map<std::string, std::size_t> counts;
    for (const auto& file : files) {
        const std::string bytes = support::read_file(file), name = file.filename().string();
        Document source(&mapping.from());
        std::vector<Document> records;
        BOOST_REQUIRE(decoder->decode(bytes, name, source).problems.empty());
        BOOST_REQUIRE(mapping.apply(source, {.received_at = "2026-01-01T00:00:00Z"}, records).empty());
        const Tree message = parsed(bytes);
        BOOST_REQUIRE(message);
        const auto people = defendants(*message);
        BOOST_TEST_REQUIRE(people.size() == records.size(), name);
        for (std::size_t at = 0; at < people.size(); ++at) compare(name, *message, people[at], records[at], counts);
    }
    for (const char* seen : {"offence code", "result code", "plea", "finding", "length", "amount", "identifier"}) BOOST_TEST(counts[seen] > 0u, seen);
    std::string line;
    for (const auto& [what, times] : counts) line += what + " " + std::to_string(times) + ", ";
    BOOST_TEST_MESSAGE(files.size() << " messages: " << line);
}

BOOST_AUTO_TEST_SUITE_END()
