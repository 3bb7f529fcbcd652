// Exchanges with their mappings and code tables, and agreements.
#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;

constexpr std::string_view codes_prefix = "mappings/codes/";

/// "mappings/codes/spi-gender.xml" -> "spi-gender"
std::string table_name(const std::string& path) {
    return path.substr(codes_prefix.size(), path.size() - codes_prefix.size() - 4);
}

/// The record type whose schema object is this one; the canonical end of an exchange is shared with it.
std::string record_of(const core::Plan& plan, const formats::Schema& schema) {
    for (const auto& [name, type] : plan.record_types)
        if (type.schema.get() == &schema) return name;
    return {};
}

void read_exchange(Reading& reading, const ConfigElement& element) {
    const std::string name = element.token("name");
    if (reading.plan.exchanges.count(name) != 0) return reading.complain(element, "TG-S002", "exchange '" + name + "' is declared twice", "remove one");
    const std::string path = "mappings/" + name + "/mapping.xml";
    const auto text = reading.bundle.find(path);
    reading.broken.emplace("exchange", name);  // until it has compiled
    if (text == reading.bundle.end())
        return reading.complain(element, "TG-S004", "exchange '" + name + "' has no " + path, "add the folder, or correct the name");
    auto mapping = mapping::compile(path, text->second, reading.schemas, reading.codes, reading.problems);
    if (!mapping) return;
    core::Exchange exchange{.name = name, .mapping = mapping, .record_type = record_of(reading.plan, mapping->to()), .inward = true};
    if (exchange.record_type.empty()) {
        exchange.inward = false;
        exchange.record_type = record_of(reading.plan, mapping->from());
    }
    if (exchange.record_type.empty())
        return reading.complain(element, "TG-S005", "neither end of exchange '" + name + "' is a record type of this site", "add <record type=...> for its canonical end");
    reading.broken.erase({"exchange", name});
    reading.plan.exchanges.emplace(name, std::move(exchange));
}

/// So that routes which name it are not blamed for it.
void mark_broken(Reading& reading, const std::string& path, const std::string& text) {
    Problems ignored;  // said already
    if (const auto root = formats::read_config(path, text, nullptr, ignored)) reading.broken.emplace("agreement", root->token("name"));
}

void read_agreement(Reading& reading, const ConfigElement& element, const std::string& path, const std::string& text) {
    const auto agreement = reading.config(path, "agreement.xsd") ? agreements::read(path, text, reading.problems) : nullptr;
    if (!agreement) return mark_broken(reading, path, text);
    for (const std::string& party : agreement->parties)
        if (reading.plan.parties.count(party) == 0)
            reading.problems.push_back({path, agreement->line, agreement->column, "TG-S003", "no party is named '" + party + "'",
                                        nearest_name(party, names_of(reading.plan.parties))});
    if (!reading.agreements.emplace(agreement->name, agreement).second)
        reading.complain(element, "TG-S002", "agreement '" + agreement->name + "' is declared twice", "remove one");
}

}  // namespace

void read_codes(Reading& reading) {
    for (const auto& [path, text] : reading.bundle) {
        if (path.rfind(codes_prefix, 0) != 0 || path.size() < codes_prefix.size() + 5) continue;
        if (auto table = mapping::read_code_table(path, text, reading.problems)) reading.codes.emplace(table_name(path), std::move(table));
    }
}

void read_exchanges(Reading& reading) {
    reading.each("exchange", [&](const ConfigElement& element) { read_exchange(reading, element); });
}

void read_agreements(Reading& reading) {
    reading.each("agreement", [&](const ConfigElement& element) {
        const std::string path = "site/" + element.token("file");
        const auto text = reading.bundle.find(path);
        if (text == reading.bundle.end()) return reading.complain(element, "TG-S006", "there is no " + path, "add the file, or correct the name");
        read_agreement(reading, element, path, text->second);
    });
}

}  // namespace hub::site
