// Parties, canonical record types and the facts that stand in them.
#include <set>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;
using formats::DeclId;
using formats::DeclKind;
using formats::no_decl;

const std::string facts_file = "schemas/canonical/facts.xml";

agreements::Regime regime_of(const ConfigElement& element) {
    return element.token("regime") == "uk_gdpr" ? agreements::Regime::uk_gdpr : agreements::Regime::law_enforcement;
}

/// Where identifiers and consents stand is the same in every record type.
void find_places(Reading& reading, const ConfigElement& at, core::RecordType& type) {
    const formats::Schema& schema = *type.schema;
    const DeclId person = schema.child_any_ns(schema.root(), DeclKind::element, "person");
    if (person != no_decl) type.identifier = schema.child_any_ns(person, DeclKind::element, "identifier");
    if (type.identifier != no_decl) type.identifier_type = schema.child_any_ns(type.identifier, DeclKind::attribute, "type");
    if (type.identifier_type == no_decl)
        reading.complain(at, "TG-S011", "record type '" + type.name + "' has no person/identifier with a type attribute",
                         "every canonical record says whom it is about: include the person of common.xsd");
    for (const DeclId read : {type.identifier, type.identifier_type})
        refuse_never_routes(reading, schema, read, "the identifier of record type '" + type.name + "'", {reading.file(), at.line, at.column});
    type.consent = schema.child_any_ns(schema.root(), DeclKind::element, "consent");
    if (type.consent == no_decl) return;
    type.consent_kind = schema.child_any_ns(type.consent, DeclKind::attribute, "kind");
    type.consent_given = schema.child_any_ns(type.consent, DeclKind::attribute, "given");
    if (type.consent_kind == no_decl || type.consent_given == no_decl)
        reading.complain(at, "TG-S012", "the consent of record type '" + type.name + "' has no kind or no given attribute", "use the Consent of common.xsd");
}

/// A path of facts.xml: "/x" from the root, anything else below `each`.
DeclId resolve(Reading& reading, const ConfigElement& from, const std::string& attribute, const std::string& each, const formats::Schema& schema) {
    const std::string path = from.token(attribute);
    if (path.empty()) return no_decl;
    std::string whole = path;
    if (path.front() == '/')
        whole = path.substr(1);
    else if (each != ".")
        whole = path == "." ? each : each + "/" + path;
    return mapping::resolve_path(whole, schema, {facts_file, from.line, from.column}, reading.problems);
}

void read_fact(Reading& reading, const ConfigElement& fact) {
    for (const ConfigElement& from : fact.children) {
        const auto found = reading.plan.record_types.find(from.token("record"));
        if (found == reading.plan.record_types.end() || !found->second.schema) continue;  // a record type that the site does not use
        core::RecordType& type = found->second;
        const std::string each = from.token("each").empty() ? "." : from.token("each");
        core::FactRule rule{.kind = fact.token("kind"), .type = fact.token("type"), .matter = fact.token("matter")};
        rule.each = mapping::resolve_path(each, *type.schema, {facts_file, from.line, from.column}, reading.problems);
        rule.value = resolve(reading, from, "value", each, *type.schema);
        rule.matter_id = resolve(reading, from, "matter-id", each, *type.schema);
        rule.valid_from = resolve(reading, from, "valid-from", each, *type.schema);
        if (const std::string* when = from.attribute("when"))
            rule.when = mapping::compile_condition(*when, *type.schema, reading.codes, {facts_file, from.line, from.column}, reading.problems);
        std::set<DeclId> reads{rule.each, rule.value, rule.matter_id, rule.valid_from};
        if (rule.when) reads.insert(rule.when->reads().begin(), rule.when->reads().end());
        for (const DeclId read : reads)
            refuse_never_routes(reading, *type.schema, read, "fact '" + rule.kind + "'", {facts_file, from.line, from.column});
        if (rule.each != no_decl && rule.value != no_decl) type.facts.push_back(std::move(rule));
    }
}

void read_record(Reading& reading, const ConfigElement& element) {
    core::RecordType type{.name = element.token("type"), .version = element.token("version")};
    if (reading.plan.record_types.count(type.name) != 0)
        return reading.complain(element, "TG-S002", "record type '" + type.name + "' is declared twice", "remove one");
    type.schema = reading.schemas.get("canonical/" + type.name + ".xsd", type.name, formats::Format::xml, reading.problems);
    if (!type.schema) {
        reading.broken.emplace("record type", type.name);
        return;
    }
    find_places(reading, element, type);
    reading.plan.record_types.emplace(type.name, std::move(type));
}

}  // namespace

void read_parties(Reading& reading) {
    reading.each("party", [&](const ConfigElement& element) {
        const std::string name = element.token("name");
        if (!reading.plan.parties.emplace(name, core::Party{name, element.token("title"), element.token("kind"), regime_of(element)}).second)
            reading.complain(element, "TG-S002", "party '" + name + "' is declared twice", "remove one");
    });
    if (reading.plan.parties.count(reading.plan.own_party) == 0)
        reading.unknown(reading.site(), "TG-S003", "party", reading.plan.own_party, names_of(reading.plan.parties));
}

void read_records(Reading& reading) {
    reading.each("record", [&](const ConfigElement& element) { read_record(reading, element); });
    const auto facts = reading.config(facts_file, "facts.xsd");
    if (!facts) return;
    for (const ConfigElement& fact : facts->children) read_fact(reading, fact);
}

}  // namespace hub::site
