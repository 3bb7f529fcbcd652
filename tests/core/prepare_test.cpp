// Preparation and rendering, with a small plan compiled from inline schemas and exchanges.
#include <boost/test/unit_test.hpp>

#include "hub/core/extract.hpp"
#include "hub/core/prepare.hpp"
#include "tests/support/fake_keys.hpp"

using namespace hub;
using namespace hub::core;

namespace {

const std::string xs = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>";

std::string canonical_xsd() {
    return xs + R"(<xs:element name='result'><xs:complexType><xs:sequence>
      <xs:element name='person' minOccurs='0'><xs:complexType><xs:sequence>
        <xs:element name='identifier' minOccurs='0' maxOccurs='9'><xs:complexType><xs:simpleContent><xs:extension base='xs:string'>
          <xs:attribute name='type' type='xs:string' use='required'/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
        <xs:element name='address' type='xs:string' minOccurs='0'/>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name='consent' minOccurs='0' maxOccurs='9'><xs:complexType>
        <xs:attribute name='kind' type='xs:string' use='required'/><xs:attribute name='given' type='xs:string' use='required'/>
      </xs:complexType></xs:element>
      <xs:element name='decided' type='xs:date'/>
      <xs:element name='sentence' minOccurs='0' maxOccurs='9'><xs:complexType><xs:sequence>
        <xs:element name='kind' type='xs:string'/><xs:element name='term' minOccurs='0'><xs:complexType><xs:sequence>
          <xs:element name='days' type='xs:integer' minOccurs='0'/></xs:sequence></xs:complexType></xs:element>
        </xs:sequence><xs:attribute name='id' type='xs:string' use='required'/></xs:complexType></xs:element>
    </xs:sequence></xs:complexType></xs:element></xs:schema>)";
}

std::string inward_xsd() {
    return xs + R"(<xs:element name='batch'><xs:complexType><xs:sequence>
      <xs:element name='case' minOccurs='0' maxOccurs='unbounded'><xs:complexType><xs:sequence>
        <xs:element name='pnc' type='xs:string' minOccurs='0'/><xs:element name='urn' type='xs:string' minOccurs='0'/>
        <xs:element name='consents' type='xs:string' minOccurs='0'/><xs:element name='address' type='xs:string' minOccurs='0'/>
        <xs:element name='on' type='xs:date'/>
        <xs:element name='sentence' minOccurs='0' maxOccurs='9'><xs:complexType>
          <xs:attribute name='id' type='xs:string' use='required'/><xs:attribute name='kind' type='xs:string' use='required'/>
          <xs:attribute name='days' type='xs:integer'/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element></xs:schema>)";
}

std::string outward_xsd() {
    return xs + R"(<xs:element name='notice'><xs:complexType><xs:sequence>
      <xs:element name='key' type='xs:string'/><xs:element name='from' type='xs:string'/><xs:element name='day' type='xs:date'/>
      <xs:element name='address' type='xs:string' minOccurs='0'/></xs:sequence></xs:complexType></xs:element></xs:schema>)";
}

std::string exchange_text(const std::string& attributes, const std::string& from, const std::string& to, const std::string& rules) {
    return "<mapping xmlns='urn:throughgate:mapping:1' " + attributes + "><about>test</about><from schema='" + from + "' format='xml'/><to schema='" + to +
           "' format='xml'/>" + rules + "</mapping>";
}

const std::string inward_rules = R"(
  <each from='pnc' to='person/identifier'><const to='@type' value='PNC'/><field from='.' to='.'/></each>
  <each from='urn' to='person/identifier'><const to='@type' value='URN'/><field from='.' to='.'/></each>
  <within to='person'><field from='address' to='address'/></within>
  <each from='consents' to='consent'><const to='@kind' value='health_referral'/><field from='.' to='@given'/></each>
  <field from='on' to='decided'/>
  <each from='sentence' to='sentence'><field from='@id' to='@id'/><field from='@kind' to='kind'/><field from='@days' to='term/days'/></each>)";

const std::string outward_rules = R"(
  <given name='delivery_key' to='key'/><given name='sender' to='from'/><field from='decided' to='day'/>
  <choose><when test="person/address = 'nowhere'"><reject code='no_address' reason='test'/></when></choose>
  <field from='person/address' to='address'/>
  <drop from='person/identifier' reason='r'/><drop from='consent' reason='r'/><drop from='sentence' reason='r'/>)";

struct World {
    std::shared_ptr<Plan> plan = std::make_shared<Plan>();
    Workbench bench{};
    Problems problems{};
    support::FakeDigester digester{};
    formats::SchemaTexts texts{{"canonical.xsd", canonical_xsd()}, {"in.xsd", inward_xsd()}, {"out.xsd", outward_xsd()}};
    mapping::SchemaLibrary schemas{texts};

    World() { fill(*plan); }

    formats::DeclId decl(const Plan& into, const std::string& path) {
        const auto id = mapping::resolve_path(path, *into.record_types.at("result").schema, {}, problems);
        BOOST_REQUIRE_MESSAGE(id != formats::no_decl, path);
        return id;
    }

    void add_exchange(Plan& into, const std::string& name, const std::string& text, bool inward) {
        const auto mapping = mapping::compile("mappings/" + name + "/mapping.xml", text, schemas, {}, problems);
        for (const Problem& problem : problems) BOOST_TEST_MESSAGE(to_text(problem));
        BOOST_REQUIRE(mapping);
        into.exchanges[name] = {name, mapping, "result", inward};
    }

    void fill(Plan& into) {
        RecordType& type = into.record_types["result"];
        type.name = "result";
        type.schema = schemas.get("canonical.xsd", "", formats::Format::xml, problems);
        type.identifier = decl(into, "person/identifier");
        type.identifier_type = decl(into, "person/identifier/@type");
        type.consent = decl(into, "consent");
        type.consent_kind = decl(into, "consent/@kind");
        type.consent_given = decl(into, "consent/@given");
        type.facts.push_back({"sentence.kind", "code", "sentence", decl(into, "sentence"), decl(into, "sentence/kind"), decl(into, "sentence/@id"), decl(into, "decided")});
        type.facts.push_back({"sentence.days", "number", "sentence", decl(into, "sentence/term/days"), decl(into, "sentence/term/days"), decl(into, "sentence/@id"), formats::no_decl});
        type.facts.push_back({"person.decided", "date", "person", formats::no_decl, decl(into, "decided"), formats::no_decl, formats::no_decl});
        type.facts.push_back({"custody.decided", "date", "person", formats::no_decl, decl(into, "decided"), formats::no_decl, formats::no_decl,
                              mapping::compile_condition("sentence/kind = 'custody'", *type.schema, {}, {}, problems)});
        type.facts.push_back({"fine.decided", "date", "person", formats::no_decl, decl(into, "decided"), formats::no_decl, formats::no_decl,
                              mapping::compile_condition("not(sentence/kind = 'custody')", *type.schema, {}, {}, problems)});
        add_exchange(into, "in", exchange_text("split='/batch/case' unproved='reject'", "in.xsd", "canonical.xsd", inward_rules), true);
        add_exchange(into, "in_strict", exchange_text("split='/batch/case' unproved='reject' unknown='strict'", "in.xsd", "canonical.xsd", inward_rules), true);
        add_exchange(into, "out", exchange_text("unproved='reject'", "canonical.xsd", "out.xsd", outward_rules), false);
        add_route(into, "all", "", {});
        add_route(into, "custody", "sentence/kind = 'custody'", {"person/address"});
    }

    void add_route(Plan& into, const std::string& name, const std::string& when, std::vector<std::string> needs) {
        auto agreement = std::make_shared<agreements::Agreement>();
        agreement->clauses.push_back({.id = "c1", .record_type = "result", .needs = std::move(needs)});
        Route route;
        route.name = name;
        route.record_type = "result";
        route.recipient = "police";
        route.when = mapping::compile_condition(when, *into.record_types.at("result").schema, {}, {}, problems);
        route.exchange = &into.exchanges.at("out");
        route.clause = &agreement->clauses.front();
        for (const std::string& need : route.clause->needs) route.needs.push_back(decl(into, need));
        route.agreement = std::move(agreement);
        BOOST_REQUIRE(route.when);
        into.routes.emplace(name, std::move(route));
    }

    Header header(const std::string& exchange = "in") const {
        Header made;
        made.instant = *parse_instant("2026-03-02T09:00:00Z");
        made.source = "drop";
        made.sender = "court";
        made.message_id = "m1";
        made.exchange = exchange;
        return made;
    }
    std::shared_ptr<const Prepared> take(const std::string& body, const std::string& exchange = "in") {
        return prepare(header(exchange), body, plan, bench);
    }
    hub::Result<Letter> letter(const std::string& body, const std::string& route, bool check = true) {
        const auto prepared = take(body);
        BOOST_REQUIRE(prepared->problems.empty());
        return render(prepared->children.front(), plan->routes.at(route), RecordId{}, header(), digester, check);
    }
};

std::string first_code(const Prepared& prepared) { return prepared.problems.empty() ? "" : prepared.problems.front().code; }

const std::string one = "<batch><case><pnc>87/123456p</pnc><urn>01zd0303208</urn><consents>yes</consents><on>2026-03-01</on>"
                        "<sentence id='s1' kind='custody' days='90'/><sentence id='s2' kind='fine'/></case></batch>";
const std::string bare = "<batch><case><on>2026-03-01</on></case></batch>";

}  // namespace

BOOST_FIXTURE_TEST_CASE(identifiers_come_out_in_their_normal_form, World) {
    const auto prepared = take(one);
    BOOST_REQUIRE(prepared->children.size() == 1u);
    const auto& ids = prepared->children[0].identifiers;
    BOOST_REQUIRE(ids.size() == 2u);
    BOOST_TEST(people::index_text(ids[0]) == "PNC:1987/0123456P");
    BOOST_TEST((ids[0].strength == people::Strength::person));
    BOOST_TEST((ids[1].strength == people::Strength::matter));
}

BOOST_FIXTURE_TEST_CASE(the_plans_pivot_year_reads_two_digit_years, World) {
    plan->pivot_year = 2090;
    BOOST_TEST(take(one)->children[0].identifiers[0].value == "2087/0123456P");
}

BOOST_FIXTURE_TEST_CASE(consents_and_facts_are_taken_where_the_plan_says_they_stand, World) {
    const auto prepared = take(one);
    const Child& child = prepared->children.at(0);
    BOOST_REQUIRE(child.consents.size() == 1u);
    BOOST_TEST(child.consents[0].kind == "health_referral");
    BOOST_TEST(child.consents[0].given);
    std::string facts;
    for (const Fact& fact : child.facts) facts += fact.matter + "/" + fact.matter_id + " " + fact.kind + "=" + fact.value + " from " + fact.valid_from + "\n";
    BOOST_TEST(facts == "sentence/s1 sentence.kind=custody from 2026-03-01\nsentence/s2 sentence.kind=fine from 2026-03-01\n"
                        "sentence/s1 sentence.days=90 from 2026-03-02T09:00:00.000000Z\nperson/ person.decided=2026-03-01 from 2026-03-02T09:00:00.000000Z\n"
                        "person/ custody.decided=2026-03-01 from 2026-03-02T09:00:00.000000Z\n");
}

BOOST_FIXTURE_TEST_CASE(a_fact_may_come_from_some_of_the_elements_and_say_a_value_of_its_own, World) {
    RecordType& type = plan->record_types.at("result");
    FactRule rule = type.facts.front();
    rule.kind = "fined";
    rule.where = rule.value;
    rule.among = {"fine", "fee"};
    rule.as = "yes";
    rule.matter_part = "fines";
    type.facts = {rule};
    const auto prepared = take(one);
    const std::vector<Fact>& facts = prepared->children.at(0).facts;
    BOOST_REQUIRE(facts.size() == 1u);
    BOOST_TEST(facts[0].matter_id == "s2/fines");
    BOOST_TEST(facts[0].value == "yes");
    type.facts.front().among = {"custody_in_default"};
    BOOST_TEST(take(one)->children.at(0).facts.empty());
}

BOOST_FIXTURE_TEST_CASE(a_fact_that_the_delivery_will_say_waits_without_a_value, World) {
    RecordType& type = plan->record_types.at("result");
    FactRule rule = type.facts.front();
    rule.kind = "fines_sent";
    rule.where = rule.value;
    rule.among = {"fine"};
    rule.value = formats::no_decl;
    rule.valid_from = formats::no_decl;
    rule.delivered_to = {"court"};
    type.facts = {rule};
    const auto prepared = take(one);
    const Child& child = prepared->children.at(0);
    BOOST_TEST(child.facts.empty());
    BOOST_REQUIRE(child.deliveries.size() == 1u);
    BOOST_TEST((child.deliveries[0].rule == &type.facts.front()));
    BOOST_TEST(child.deliveries[0].fact.matter_id == "s2");
    BOOST_TEST(child.deliveries[0].fact.kind == "fines_sent");
    BOOST_TEST(child.deliveries[0].fact.value == "");
}

BOOST_FIXTURE_TEST_CASE(routes_take_records_of_their_senders_and_hand_none_back, World) {
    const auto matches = [&] {
        const auto prepared = take(one);
        std::string names;
        for (const auto& match : prepared->children[0].matches) names += match.route->name + " ";
        return names;
    };
    plan->routes.at("custody").senders = {"others", "somebody"};
    BOOST_TEST(matches() == "all ");
    plan->routes.at("custody").senders.push_back("court");
    BOOST_TEST(matches() == "all custody ");
    plan->routes.at("all").recipient = "court";
    BOOST_TEST(matches() == "custody ");
}

BOOST_FIXTURE_TEST_CASE(routes_match_by_their_condition_and_say_what_the_record_lacks, World) {
    const auto custody = take(one), other = take(bare);
    BOOST_REQUIRE(custody->children[0].matches.size() == 2u);
    BOOST_TEST(custody->children[0].matches[0].route->name == "all");
    BOOST_TEST(custody->children[0].matches[0].lacks.empty());
    BOOST_TEST((custody->children[0].matches[1].lacks == std::vector<std::string>{"person/address"}));
    BOOST_REQUIRE(other->children[0].matches.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(a_message_about_several_people_becomes_a_child_for_each, World) {
    const auto prepared = take("<batch><case><pnc>87/123456P</pnc><on>2026-03-01</on></case><case><on>2026-03-02</on></case></batch>");
    BOOST_REQUIRE(prepared->children.size() == 2u);
    BOOST_TEST(prepared->children[0].identifiers.size() == 1u);
    BOOST_TEST(prepared->children[1].identifiers.empty());
}

BOOST_FIXTURE_TEST_CASE(a_message_without_a_record_is_invalid, World) {
    BOOST_TEST(first_code(*take("<batch/>")) == "nothing_to_map");
}

BOOST_FIXTURE_TEST_CASE(a_message_with_more_than_children_max_records_is_invalid, World) {
    std::string most = "<batch>", each = "<case><on>2026-03-01</on></case>";
    for (std::size_t i = 0; i < Prepared::children_max; ++i) most += each;
    BOOST_TEST(take(most + "</batch>")->children.size() == Prepared::children_max);
    BOOST_TEST(first_code(*take(most + each + "</batch>")) == "TG-K014");
}

BOOST_FIXTURE_TEST_CASE(an_exchange_that_is_not_there_or_leads_outward_is_a_problem_like_any_other, World) {
    BOOST_TEST(first_code(*take(one, "nothing")) == "TG-K010");
    BOOST_TEST(first_code(*take(one, "out")) == "TG-K011");
    BOOST_TEST(take(one, "nothing")->children.empty());
}

BOOST_FIXTURE_TEST_CASE(a_document_that_is_not_valid_has_problems_and_no_children, World) {
    for (const char* bad : {"", "<batch><case>", "{}", "<batch><case><on>yesterday</on></case></batch>"}) {
        const auto prepared = take(bad);
        BOOST_TEST(!prepared->problems.empty(), bad);
        BOOST_TEST(prepared->children.empty(), bad);
    }
    BOOST_TEST(take(one)->problems.empty());  // the bench is none the worse for it
}

BOOST_FIXTURE_TEST_CASE(a_field_outside_the_schema_is_withheld_and_counted_unless_the_exchange_is_strict, World) {
    const std::string more = "<batch><case><on>2026-03-01</on><shoe_size>9</shoe_size></case></batch>";
    const auto withheld = take(more);
    BOOST_TEST(withheld->problems.empty());
    BOOST_TEST(withheld->children.size() == 1u);
    BOOST_TEST(withheld->unknown_paths.size() == 1u);
    const auto strict = take(more, "in_strict");
    BOOST_TEST(first_code(*strict) == "TG-K012");
    BOOST_TEST(strict->children.empty());
}

BOOST_FIXTURE_TEST_CASE(a_bench_serves_plans_in_turn_and_prepared_records_keep_theirs_alive, World) {
    auto other = std::make_shared<Plan>();
    fill(*other);
    const auto first = take(one);
    const auto second = prepare(header(), one, other, bench);
    BOOST_TEST(second->children[0].matches[0].route == &other->routes.at("all"));
    plan = other;
    BOOST_TEST(first->children[0].matches[0].route->name == "all");
    BOOST_TEST(take(one)->children.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(preparing_twice_gives_the_same, World) {
    Workbench another;
    const auto a = take(one);
    take("<batch><case>");
    const auto b = take(one), c = prepare(header(), one, plan, another);
    const auto text = [](const Prepared& prepared) {
        std::string bytes;
        formats::encode(prepared.children.at(0).canonical, bytes);
        return bytes;
    };
    BOOST_TEST(text(*a) == text(*b));
    BOOST_TEST(text(*a) == text(*c));
}

BOOST_FIXTURE_TEST_CASE(a_letter_is_the_partners_document_with_what_the_hub_gives, World) {
    const auto made = letter(one, "all");
    BOOST_REQUIRE(made);
    BOOST_TEST(made->media_type == "application/xml");
    BOOST_TEST(made->body.find(to_text(delivery_key(RecordId{}, "all", "police", digester))) != std::string::npos);
    BOOST_TEST(made->body.find("court") != std::string::npos);
    BOOST_TEST(made->body.find("2026-03-01") != std::string::npos);
    BOOST_TEST(made->body == letter(one, "all")->body);
}

BOOST_FIXTURE_TEST_CASE(a_record_that_lacks_what_the_clause_needs_is_not_rendered, World) {
    const auto refused = letter(one, "custody");
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "lacks:person/address");
    BOOST_TEST((refused.error().remedy == Remedy::reject));
    BOOST_TEST(!!letter("<batch><case><address>1 High Street</address><on>2026-03-01</on></case></batch>", "custody"));
}

BOOST_FIXTURE_TEST_CASE(a_record_that_the_exchange_rejects_is_not_rendered, World) {
    const auto refused = letter("<batch><case><address>nowhere</address><on>2026-03-01</on></case></batch>", "all");
    BOOST_REQUIRE(!refused);
    BOOST_TEST(refused.error().code == "no_address");
    BOOST_TEST(refused.error().where.find("route all") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(near_nodes_are_found_below_above_and_beside, World) {
    const auto prepared = take(one);
    const formats::Document& record = prepared->children[0].canonical;
    const auto days = decl(*plan, "sentence/term/days"), id = decl(*plan, "sentence/@id"), second = decl(*plan, "sentence/kind");
    const auto down = find_near(record, record.root(), days);
    BOOST_REQUIRE(down != formats::no_node);
    BOOST_TEST(record.text(down) == "90");
    BOOST_TEST(record.text(find_near(record, down, id)) == "s1");
    BOOST_TEST(record.text(find_near(record, down, second)) == "custody");
    BOOST_TEST(find_near(record, record.root(), decl(*plan, "person/address")) == formats::no_node);
}
