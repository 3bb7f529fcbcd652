// See small_site.hpp.
#include "tests/routes/small_site.hpp"

#include <boost/test/unit_test.hpp>

namespace routes_test {
namespace {

using namespace hub;

constexpr const char* slip_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="slip"><xs:complexType>
  <xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence>
  <xs:attribute name="who" type="xs:string"/><xs:attribute name="consent" type="xs:string"/>
</xs:complexType></xs:element></xs:schema>)";

constexpr const char* note_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="note"><xs:complexType>
  <xs:sequence>
    <xs:element name="person" minOccurs="0"><xs:complexType><xs:sequence>
      <xs:element name="identifier" minOccurs="0" maxOccurs="9"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">
        <xs:attribute name="type" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element>
    <xs:element name="consent" minOccurs="0" maxOccurs="9"><xs:complexType>
      <xs:attribute name="kind" type="xs:string" use="required"/><xs:attribute name="given" type="xs:string" use="required"/>
    </xs:complexType></xs:element>
    <xs:element name="text" type="xs:string"/>
  </xs:sequence></xs:complexType></xs:element></xs:schema>)";

constexpr const char* card_xsd = R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="card"><xs:complexType>
  <xs:sequence><xs:element name="text" type="xs:string"/></xs:sequence>
</xs:complexType></xs:element></xs:schema>)";

constexpr const char* in_mapping = R"(<mapping xmlns="urn:throughgate:mapping:1" unproved="reject"><about>In.</about>
  <from schema="slip.xsd" root="slip" format="xml"/><to schema="note.xsd" root="note" format="xml"/>
  <within to="person"><choose><when test="@who"><each from="@who" to="identifier"><field from="." to="."/><const to="@type" value="NOMS"/></each></when></choose></within>
  <choose><when test="@consent"><within to="consent"><const to="@kind" value="health_referral"/>
    <field from="@consent" to="@given"/></within></when></choose>
  <choose><when test="text = 'unmappable'"><reject code="no_such_thing" reason="test"/></when></choose>
  <field from="text" to="text"/></mapping>)";

constexpr const char* out_mapping = R"(<mapping xmlns="urn:throughgate:mapping:1" unproved="reject"><about>Out.</about>
  <from schema="note.xsd" root="note" format="xml"/><to schema="card.xsd" root="card" format="xml"/>
  <choose><when test="text = 'unrenderable'"><reject code="cannot_say" reason="test"/></when></choose>
  <field from="text" to="text"/>
  <drop from="person" reason="test"/><drop from="consent" reason="test"/></mapping>)";

const formats::SchemaTexts& schemas() {
    static const formats::SchemaTexts texts{{"slip.xsd", slip_xsd}, {"note.xsd", note_xsd}, {"card.xsd", card_xsd}};
    return texts;
}

core::Exchange exchange(const std::string& name, const char* text, mapping::SchemaLibrary& library, bool inward) {
    Problems problems;
    core::Exchange made{name, mapping::compile("mappings/" + name + "/mapping.xml", text, library, {}, problems), "note", inward};
    for (const Problem& problem : problems) BOOST_ERROR(to_text(problem));
    BOOST_REQUIRE(made.mapping);
    return made;
}

core::RecordType note_type(std::shared_ptr<const formats::Schema> schema) {
    using Kind = formats::DeclKind;
    const auto child = [&](formats::DeclId parent, Kind kind, const char* name) { return schema->child_any_ns(parent, kind, name); };
    core::RecordType type;
    type.name = "note";
    type.schema = schema;
    type.identifier = child(child(0, Kind::element, "person"), Kind::element, "identifier");
    type.identifier_type = child(type.identifier, Kind::attribute, "type");
    type.consent = child(0, Kind::element, "consent");
    type.consent_kind = child(type.consent, Kind::attribute, "kind");
    type.consent_given = child(type.consent, Kind::attribute, "given");
    return type;
}

std::shared_ptr<const agreements::Agreement> agreement(const RouteWish& wish) {
    auto made = std::make_shared<agreements::Agreement>();
    made->name = "court_" + wish.recipient;
    made->parties = {"court", wish.recipient};
    made->state = agreements::State::live;
    made->valid_from = {0};
    made->valid_to = {INT64_MAX};
    agreements::Clause clause;
    clause.id = "notes";
    clause.record_type = "note";
    clause.paths = {"text"};
    if (!wish.consent.empty()) clause.consents = {wish.consent};
    made->clauses.push_back(clause);
    return made;
}

void add_route(core::Plan& plan, const RouteWish& wish, const formats::Schema& schema) {
    Problems problems;
    core::Route route;
    route.name = wish.name.empty() ? wish.recipient : wish.name;
    route.recipient = route.sink = wish.recipient;
    route.record_type = "note";
    route.when = mapping::compile_condition(wish.when, schema, {}, Problem{}, problems);
    route.exchange = &plan.exchanges.at("card_out");
    route.agreement = agreement(wish);
    route.clause = &route.agreement->clauses.front();
    route.attempts_max = wish.attempts_max;
    route.parallel_max = wish.parallel_max;
    route.pause_first_ms = wish.pause_first_ms;
    route.pause_most_ms = wish.pause_most_ms;
    route.parked_blocks = wish.parked_blocks;
    route.person_required = false;
    for (const Problem& found : problems) BOOST_ERROR(to_text(found));
    plan.parties[wish.recipient] = {wish.recipient, wish.recipient, "police", agreements::Regime::law_enforcement};
    plan.sinks[wish.recipient].name = wish.recipient;
    plan.routes[route.name] = route;
}

}  // namespace

core::PlanPtr small_plan(const std::vector<RouteWish>& routes, unsigned char digest) {
    auto plan = std::make_shared<core::Plan>();
    Problems problems;
    mapping::SchemaLibrary library(schemas());
    plan->digest.digest[0] = digest;
    plan->bundle = "the bundle of the small site";
    plan->site_name = "small";
    plan->own_party = "hub";
    plan->parties["court"] = {"court", "A court", "court", agreements::Regime::law_enforcement};
    const auto schema = library.get("note.xsd", "note", formats::Format::xml, problems);
    BOOST_REQUIRE(schema);
    plan->record_types["note"] = note_type(schema);
    plan->exchanges["slip_in"] = exchange("slip_in", in_mapping, library, true);
    plan->exchanges["card_out"] = exchange("card_out", out_mapping, library, false);
    core::SourceEnd& source = plan->sources["court"];
    source.name = "court";
    source.senders = {{"court-certificate", "court"}};
    source.exchanges = {"slip_in"};
    for (const RouteWish& wish : routes) add_route(*plan, wish, *schema);
    return plan;
}

std::string slip(int person, const std::string& text, const std::string& consent) {
    std::string number = std::to_string(1000 + person % 9000);
    std::string xml = "<slip";
    if (person >= 0) xml += " who=\"A" + number + "BC\"";
    if (!consent.empty()) xml += " consent=\"" + consent + "\"";
    return xml + "><text>" + text + "</text></slip>";
}

std::string text_of(const std::string& card) {
    const std::size_t from = card.find("<text>"), to = card.find("</text>");
    return from == std::string::npos || to == std::string::npos ? "?" : card.substr(from + 6, to - from - 6);
}

}  // namespace routes_test
