// Parties, canonical record types and the facts that stand in them (schemas/canonical/facts.xml).
#include <algorithm>
#include <set>

#include "hub/site/reading.hpp"

namespace hub::site {
namespace {

using formats::ConfigElement;
using formats::DeclId;
using formats::DeclKind;
using formats::no_decl;

const std::string facts_file = "schemas/canonical/facts.xml", stating_record = "fact_statement";

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

/// Of the type that states facts as such; its schema is the hub's own, like its name.
void find_stated(const formats::Schema& schema, core::RecordType& type) {
    const auto below = [&](DeclId parent, const char* name) { return parent == no_decl ? no_decl : schema.child_any_ns(parent, DeclKind::element, name); };
    core::StatedFacts places;
    places.matter = below(schema.root(), "matter");
    places.matter_kind = below(places.matter, "kind");
    places.reference = below(places.matter, "reference");
    places.fact = below(places.matter, "fact");
    places.kind = below(places.fact, "kind");
    places.value = below(places.fact, "value");
    places.valid_from = below(places.fact, "valid_from");
    places.retracted = below(places.fact, "retracted");
    type.stated = places;
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
    if (type.name == stating_record) find_stated(*type.schema, type);
    reading.plan.record_types.emplace(type.name, std::move(type));
}

/// Values of a code, as far as the records of the site say them.
struct Said {
    std::set<std::string> values{};
    bool open = false;      ///< some record may say anything
    bool complete = true;   ///< every record that may say it was looked at whole
};

Problem at(const ConfigElement& element) { return {facts_file, element.line, element.column, "", "", ""}; }

void complain_of_values(Reading& reading, const ConfigElement& element, const std::string& what, const std::string& cure) {
    reading.problems.push_back({facts_file, element.line, element.column, "TG-S019", what, cure});
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
    return mapping::resolve_path(whole, schema, at(from), reading.problems);
}

std::vector<std::string> words(const std::string& text) {
    std::vector<std::string> found;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) found.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return found;
}

core::FactRule rule_of(Reading& reading, const ConfigElement& fact, const ConfigElement& from, const formats::Schema& schema) {
    const std::string each = from.token("each").empty() ? "." : from.token("each");
    core::FactRule rule{.kind = fact.token("kind"), .type = fact.token("type"), .matter = fact.token("matter")};
    rule.each = mapping::resolve_path(each, schema, at(from), reading.problems);
    rule.value = resolve(reading, from, "value", each, schema);
    rule.matter_id = resolve(reading, from, "matter-id", each, schema);
    rule.valid_from = resolve(reading, from, "valid-from", each, schema);
    rule.where = resolve(reading, from, "where", each, schema);
    rule.among = words(from.token("among"));
    rule.matter_part = from.token("matter-part");
    rule.as = from.token("as");
    rule.delivered_to = words(from.token("delivered-to"));
    if (const std::string* when = from.attribute("when"))
        rule.when = mapping::compile_condition(*when, schema, reading.codes, at(from), reading.problems);
    std::set<DeclId> reads{rule.each, rule.value, rule.matter_id, rule.valid_from, rule.where};
    if (rule.when) reads.insert(rule.when->reads().begin(), rule.when->reads().end());
    for (const DeclId read : reads) refuse_never_routes(reading, schema, read, "fact '" + rule.kind + "'", at(from));
    return rule;
}

/// A fact is said by a record, with a value that stands in it, or by its delivery, whose instant is the value.
bool says_one_thing(Reading& reading, const ConfigElement& from, const core::FactRule& rule) {
    const bool by_delivery = !rule.delivered_to.empty();
    if (!by_delivery && from.token("value").empty()) complain_of_values(reading, from, "'" + rule.kind + "' has a <from> without a value", "say where it stands: value=\"...\", or to whom the record is delivered: delivered-to=\"...\"");
    else if (by_delivery && (!from.token("value").empty() || !rule.as.empty() || !from.token("valid-from").empty()))
        complain_of_values(reading, from, "'" + rule.kind + "' has a value of its own beside delivered-to", "remove value, as and valid-from: the instant of the delivery is the value, and it holds from it");
    else if (by_delivery && rule.type != "instant") complain_of_values(reading, from, "'" + rule.kind + "' is no instant, and a delivery is one", "say type=\"instant\", or remove delivered-to");
    else return true;
    return false;
}

/// Whether what the schema allows at a place can be read as a fact of a type. A text with a pattern may be; a text without one is a slip.
bool may_be(const std::string& type, const formats::SimpleType& place) {
    using formats::Lexical;
    if (!place.members.empty() || place.list_item != nullptr) return true;
    const bool text = place.base == Lexical::string, shaped = text && (!place.patterns.empty() || !place.format.empty());
    if (type == "date" || type == "instant") return shaped || place.base == Lexical::date || place.base == Lexical::date_time;
    if (type == "number") return shaped || place.base == Lexical::decimal || place.base == Lexical::integer || place.base == Lexical::floating || place.base == Lexical::g_year;
    if (type != "yes_no") return true;
    const auto is_answer = [](const std::string& value) { return value == "yes" || value == "no"; };
    return place.base == Lexical::boolean || (!place.enumeration.empty() && std::all_of(place.enumeration.begin(), place.enumeration.end(), is_answer));
}

/// What a record says there must be a value of the fact, or the fact would be lost when the record comes.
void check_type(Reading& reading, const ConfigElement& from, const core::FactRule& rule, const formats::Schema& schema) {
    if (rule.type == "yes_no" && !rule.as.empty() && rule.as != "yes" && rule.as != "no")
        return complain_of_values(reading, from, "'" + rule.kind + "' is said as '" + rule.as + "', and it is a yes_no", "write as=\"yes\" or as=\"no\"");
    if (!rule.as.empty() || rule.value == no_decl || rule.each == no_decl) return;
    const formats::SimpleType* place = schema[rule.value].type;
    if (!place || !may_be(rule.type, *place))
        complain_of_values(reading, from, "'" + rule.kind + "' is of type " + rule.type + ", and " + schema.path_of(rule.value) + " need not hold one", "name a place whose type in the record's schema is that, or say as=");
}

void add_said(Said& said, const core::FactRule& rule, const formats::Schema& schema) {
    if (!rule.as.empty()) {
        said.values.insert(rule.as);
        said.complete = false;
        return;
    }
    const formats::SimpleType* type = schema[rule.value].type;
    if (!type || type->enumeration.empty())
        said.open = true;
    else
        said.values.insert(type->enumeration.begin(), type->enumeration.end());
}

/// A closed list stands in the schema and in facts.xml; nobody has to keep two lists equal by eye.
void check_values(Reading& reading, const ConfigElement& fact, const Said& said) {
    std::set<std::string> declared;
    for (const ConfigElement& child : fact.children)
        if (child.name == "value" && !declared.insert(child.token("code")).second)
            complain_of_values(reading, child, "'" + fact.token("kind") + "' has the value '" + child.token("code") + "' twice", "remove one");
    const std::string name = "fact kind '" + fact.token("kind") + "'";
    if (fact.token("type") != "code") {
        if (!declared.empty()) complain_of_values(reading, fact, name + " is no code and has values", "say type=\"code\", or remove its <value> elements");
        return;
    }
    if (said.open) {
        if (!declared.empty())
            complain_of_values(reading, fact, name + " has a closed list of values, and a record may say something else", "remove its <value> elements, or enumerate the values in the record's schema");
        return;
    }
    for (const std::string& value : said.values)
        if (declared.count(value) == 0) complain_of_values(reading, fact, name + " lacks the value '" + value + "', which a record may say", "add <value code=\"" + value + "\"/>");
    if (!said.complete) return;
    for (const std::string& value : declared)
        if (said.values.count(value) == 0) complain_of_values(reading, fact, name + " has the value '" + value + "', which no record can say", "remove it, or add it to the record's schema");
}

void read_fact(Reading& reading, const ConfigElement& fact) {
    Said said;
    bool any = false;
    for (const ConfigElement& from : fact.children) {
        if (from.name != "from") continue;
        any = true;
        const auto found = reading.plan.record_types.find(from.token("record"));
        if (found == reading.plan.record_types.end() || !found->second.schema) {  // a record type that the site does not use
            said.complete = false;
            continue;
        }
        core::FactRule rule = rule_of(reading, fact, from, *found->second.schema);
        if (!says_one_thing(reading, from, rule) || rule.each == no_decl || (rule.value == no_decl && rule.delivered_to.empty())) {
            said.complete = false;
            continue;
        }
        check_type(reading, from, rule, *found->second.schema);
        if (rule.delivered_to.empty()) add_said(said, rule, *found->second.schema);
        found->second.facts.push_back(std::move(rule));
    }
    said.complete = said.complete && any;
    check_values(reading, fact, said);
}

void read_facts(Reading& reading) {
    const auto facts = reading.config(facts_file, "facts.xsd");
    if (!facts) return;
    std::set<std::string> kinds;
    for (const ConfigElement& fact : facts->children) {
        if (!kinds.insert(fact.token("kind")).second) complain_of_values(reading, fact, "fact kind '" + fact.token("kind") + "' is declared twice", "put the <from> elements of both into one");
        read_fact(reading, fact);
    }
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
    read_facts(reading);
}

}  // namespace hub::site
