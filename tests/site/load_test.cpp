// A good site becomes a plan; the plan comes back the same out of its bundle; only what is used counts.
#include "tests/site/small_site.hpp"

#include "hub/site/gather.hpp"

using namespace hub;

BOOST_FIXTURE_TEST_SUITE(site_load, tests::SmallSite)

BOOST_AUTO_TEST_CASE(a_good_site_becomes_a_plan) {
    const auto loaded = load();
    for (const Problem& problem : problems) BOOST_TEST_MESSAGE(to_text(problem));
    BOOST_REQUIRE(loaded);
    BOOST_TEST(problems.empty());
    const core::Plan& plan = *loaded->plan;
    BOOST_TEST(plan.site_name == "small");
    BOOST_TEST(plan.own_party == "hub");
    BOOST_TEST(plan.pivot_year == 2026);
    BOOST_TEST(plan.parties.size() == 3U);
    BOOST_TEST(plan.parties.at("library").kind == "library");
    BOOST_TEST(plan.exchanges.at("memo_in").inward);
    BOOST_TEST(!plan.exchanges.at("note_out").inward);
    BOOST_TEST(plan.exchanges.at("note_out").record_type == "note");
    BOOST_TEST(!plan.digest.is_zero());
}

BOOST_AUTO_TEST_CASE(ends_and_routes_hold_what_the_site_says) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    const core::SourceEnd& source = loaded->plan->sources.at("desk");
    BOOST_TEST((source.place == Place::hub));
    BOOST_TEST(source.senders.at("desk-1") == "clerk");
    BOOST_TEST((source.exchanges == std::vector<std::string>{"memo_in"}));
    BOOST_REQUIRE(source.settings.size() == 1U);
    BOOST_TEST(source.settings[0].value == "north");
    BOOST_TEST((loaded->plan->sinks.at("shelf").place == Place::edge));
    const core::Route& route = loaded->plan->routes.at("notes");
    BOOST_TEST(route.recipient == "library");
    BOOST_TEST(route.attempts_max == 3U);
    BOOST_TEST(route.pause_most_ms == 60'000U);
    BOOST_TEST(!route.person_required);
    BOOST_TEST(route.parked_blocks);
    BOOST_TEST(route.exchange == &loaded->plan->exchanges.at("note_out"));
    BOOST_TEST(route.clause->id == "notes-1");
    BOOST_TEST(route.needs.size() == 1U);
    BOOST_TEST(bool(route.when));
}

BOOST_AUTO_TEST_CASE(record_types_know_their_identifiers_consents_and_facts) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    const core::RecordType& type = loaded->plan->record_types.at("note");
    const auto path = [&](formats::DeclId id) { return id == formats::no_decl ? std::string("none") : type.schema->path_of(id); };
    BOOST_TEST(path(type.identifier) == "/note/person/identifier");
    BOOST_TEST(path(type.identifier_type) == "/note/person/identifier/@type");
    BOOST_TEST(path(type.consent_given) == "/note/consent/@given");
    BOOST_REQUIRE(type.facts.size() == 2U);
    BOOST_TEST(path(type.facts[0].value) == "/note/topic");
    BOOST_TEST(path(type.facts[0].each) == "/note");
    BOOST_TEST(path(type.facts[0].valid_from) == "none");
    BOOST_TEST(path(type.facts[1].value) == "/note/person/identifier/@type");
    BOOST_TEST(path(type.facts[1].matter_id) == "/note/person/identifier");
}

BOOST_AUTO_TEST_CASE(folders_are_relative_to_the_site) {
    edit(site, "key=\"keys/site.key\"", "key=\"/etc/site.key\" control=\"run/ctl\"");
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    BOOST_TEST(loaded->data_folder == "/site/data");
    BOOST_TEST(loaded->key_file == "/etc/site.key");
    BOOST_TEST(loaded->control_socket == "/site/run/ctl");
    BOOST_TEST(loaded->run_folder == "/site/data/run");
}

BOOST_AUTO_TEST_CASE(a_plan_comes_back_the_same_out_of_its_bundle) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    const auto bundle = site::decode_bundle(loaded->plan->bundle);
    BOOST_REQUIRE(bundle);
    const core::PlanPtr again = site::compile(*bundle, digester, checks(), problems);
    BOOST_REQUIRE(again);
    BOOST_TEST(to_text(again->digest) == to_text(loaded->plan->digest));
    BOOST_TEST(again->bundle == loaded->plan->bundle);
}

BOOST_AUTO_TEST_CASE(a_past_plan_compiles_although_its_agreement_has_run_out) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    now = *parse_instant("2030-01-01T00:00:00Z");
    BOOST_TEST(!load());
    Problems none;
    BOOST_TEST(bool(site::compile(*site::decode_bundle(loaded->plan->bundle), digester, checks(), none)));
}

BOOST_AUTO_TEST_CASE(a_damaged_bundle_is_refused) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    const std::string& bundle = loaded->plan->bundle;
    for (std::size_t size = 0; size < bundle.size(); size += 97) BOOST_TEST(!site::decode_bundle(std::string_view(bundle).substr(0, size)));
    BOOST_TEST(!site::decode_bundle(bundle + "x"));
}

BOOST_AUTO_TEST_CASE(the_bundle_holds_what_is_used_and_neither_keys_nor_the_rest) {
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    std::string names;
    const auto bundle = site::decode_bundle(loaded->plan->bundle);
    for (const auto& [name, text] : *bundle) names += name + "\n";
    BOOST_TEST(names ==
               "mappings/codes/subjects.xml\nmappings/codes/wanted.xml\nmappings/memo_in/mapping.xml\nmappings/note_out/mapping.xml\n"
               "schemas/canonical/common.xsd\nschemas/canonical/facts.xml\nschemas/canonical/note.xsd\nschemas/partners/clerk/memo.xsd\n"
               "schemas/partners/library/card.json\nschemas/partners/library/words.json\nschemas/site/agreement.xsd\nschemas/site/facts.xsd\n"
               "schemas/site/site.xsd\nsite/agreements/clerk_library.xml\nsite/site.xml\n");
    BOOST_TEST(loaded->plan->bundle.find("secret-of-the-site") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_digest_moves_with_every_used_byte_and_with_nothing_else) {
    const std::string before = to_text(load()->plan->digest);
    disk.files["/lib/mappings/codes/unused.xml"] += "changed";
    disk.files["/site/keys/site.key"] = "another secret";
    BOOST_TEST(to_text(load()->plan->digest) == before);
    for (const char* path : {site, agreement, facts, canonical, memo_in, "/lib/schemas/partners/library/words.json", "/lib/mappings/codes/wanted.xml"}) {
        const std::string text = disk.files[path];
        disk.files[path] += " ";
        const auto loaded = load();
        BOOST_REQUIRE(loaded);
        BOOST_TEST(to_text(loaded->plan->digest) != before, path);
        disk.files[path] = text;
    }
    BOOST_TEST(to_text(load()->plan->digest) == before);
}

BOOST_AUTO_TEST_CASE(references_between_schemas_are_found_and_lead_nowhere_outside) {
    const auto found = [](const std::string& path, const std::string& text) {
        std::string all;
        for (const std::string& one : site::documents_beside(path, text)) all += one + " ";
        return all;
    };
    const std::string xsd = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'><xs:include schemaLocation=' a.xsd '/>"
                            "<xs:import namespace='x' schemaLocation='../b/c.xsd'/><xs:import namespace='y'/>"
                            "<xs:include schemaLocation='../../../../etc/passwd'/></xs:schema>";
    BOOST_TEST(found("schemas/partners/p/main.xsd", xsd) == "schemas/partners/b/c.xsd schemas/partners/p/a.xsd ");
    BOOST_TEST(found("schemas/p/m.json", R"({"$ref": "#/$defs/x", "a": {"$ref" : "o.json#/y"}, "b": {"$ref":"q.json"}, "c": "$ref"})") ==
               "schemas/p/o.json schemas/p/q.json ");
    BOOST_TEST(found("schemas/p/m.xsd", "not XML") == "");
}

BOOST_AUTO_TEST_CASE(code_tables_are_found_in_tests) {
    std::set<std::string> tables;
    site::add_tables_of_test("a in codes('one') and not(b in codes ( \"two\" )) or codes or codes( or c = 'codes'", tables);
    BOOST_TEST((tables == std::set<std::string>{"one", "two"}));
}

BOOST_AUTO_TEST_SUITE_END()
