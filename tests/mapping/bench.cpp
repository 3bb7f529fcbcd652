// Compiles and runs a mapping between two schemas in short notation.
#include "tests/mapping/bench.hpp"

#include <boost/test/unit_test.hpp>

namespace bench {

using namespace hub;

Bench::Bench(const std::string& from, const std::string& to)
    : texts{{"from.xsd", xsd(from)}, {"to.xsd", xsd(to)}}, from_root_(from.substr(0, from.find('('))), to_root_(to.substr(0, to.find('('))) {
    given.record_id = "00ff";
    given.received_at = "2026-03-02T07:14:09.000123Z";
    given.sender = "court";
}

void Bench::json_target(const std::string& schema) {
    to_path_ = "to.json";
    to_format_ = "json";
    texts[to_path_] = schema;
}

void Bench::table(const std::string& name, const std::string& rows) {
    const auto table = mapping::read_code_table("codes/" + name + ".xml", "<codes xmlns='urn:throughgate:codes:1' source='test'><about/>" + rows + "</codes>", problems);
    if (table) tables[name] = table;
}

void Bench::compile(const std::string& rules, const std::string& attributes) {
    const std::string text = "<mapping xmlns='urn:throughgate:mapping:1' " + attributes + ">\n<about/>\n<from schema='from.xsd' root='" +
                             from_root_ + "' format='xml'/>\n<to schema='" + to_path_ + "' root='" + to_root_ +
                             "' format='" + to_format_ + "'/>\n" + rules + "</mapping>";
    mapping::SchemaLibrary library(texts);
    mapping = mapping::compile("mappings/test/mapping.xml", text, library, tables, problems);
    BOOST_TEST((mapping != nullptr) == problems.empty());
}

std::string Bench::run(const std::string& notation) {
    BOOST_REQUIRE_MESSAGE(mapping, first());
    const formats::Document source = document(mapping->from(), notation);
    rejections = mapping->apply(source, given, out);
    std::string result;
    for (const auto& each : rejections) result += (result.empty() ? "" : " ") + each.code + "@" + std::to_string(each.line);
    BOOST_TEST((rejections.empty() || out.empty()));
    for (const auto& each : out) {
        result += (result.empty() ? "" : " ; ") + text(each);
        for (const auto& problem : formats::validate(each, "output")) BOOST_ERROR(to_text(problem) << " in " << text(each));
    }
    return result;
}

std::string Bench::codes() const {
    std::string codes;
    for (const auto& each : problems) codes += (codes.empty() ? "" : " ") + each.code;
    return codes;
}

std::string Bench::first() const { return problems.empty() ? "" : to_text(problems.front()); }

std::string codes_of(const std::string& from, const std::string& to, const std::string& rules) {
    Bench bench(from, to);
    bench.compile(rules);
    return bench.codes();
}

}  // namespace bench
