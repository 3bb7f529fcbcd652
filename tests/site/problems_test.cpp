// Each thing that can be wrong with a site has its code, its place and its cure, and all are said at once.
#include "tests/site/small_site.hpp"

using namespace hub;
using tests::line_of;

BOOST_FIXTURE_TEST_SUITE(site_problems, tests::SmallSite)

BOOST_AUTO_TEST_CASE(a_folder_without_a_site_file_is_said_so) {
    disk.files.erase(site);
    const Problem found = problem("TG-S001");
    BOOST_TEST(found.file == site);
    BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_site_that_is_no_xml_is_refused_with_its_place) {
    edit(site, "</about>", "</abuot>");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == site);
    BOOST_TEST(problems[0].line == 2);
}

BOOST_AUTO_TEST_CASE(what_the_shape_of_a_file_forbids_names_file_and_line) {
    edit(site, "pivot-year=\"2026\"", "pivot-year=\"99999999999\"");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == site);
    BOOST_TEST(problems[0].line == line_of(*this, site, "pivot-year"));
}

BOOST_AUTO_TEST_CASE(missing_folders_and_missing_shapes_are_said) {
    edit(site, "<folders schemas=\"/lib/schemas\" mappings=\"../lib/mappings\" data=\"data\" key=\"keys/site.key\"/>", "");
    problem("TG-S014");
    tests::SmallSite other;
    other.disk.files.erase("/lib/schemas/site/site.xsd");
    BOOST_TEST(other.problem("TG-S001").file == "schemas/site/site.xsd");
}

BOOST_AUTO_TEST_CASE(a_file_over_the_limit_is_refused) {
    disk.files[memo_in] = std::string(site::file_bytes_max + 1, 'x');
    BOOST_TEST(!load());
    BOOST_TEST(count("TG-S001") == 1U);
}

BOOST_AUTO_TEST_CASE(files_over_the_limit_together_are_refused_once) {
    for (int i = 0; i < 20; ++i) {
        const std::string name = "extra_" + std::to_string(i);
        edit(site, "<exchange name=\"memo_in\"/>", "<exchange name=\"" + name + "\"/><exchange name=\"memo_in\"/>");
        disk.files["/lib/mappings/" + name + "/mapping.xml"] = std::string(site::file_bytes_max, 'x');
    }
    const Problem found = problem("TG-S013");
    BOOST_TEST(found.what.find("bundle_bytes_max") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_that_is_declared_twice_is_said_for_every_kind) {
    const auto twice = [](const std::string& element) {
        tests::SmallSite fresh;
        fresh.edit(site, element, element + element);
        const Problem found = fresh.problem("TG-S002");
        BOOST_TEST(found.file == site);
        BOOST_TEST(found.line == line_of(fresh, site, element));
    };
    twice("<party name=\"clerk\" title=\"The clerk\" kind=\"court\" regime=\"law_enforcement\"/>");
    twice("<record type=\"note\"/>");
    twice("<exchange name=\"memo_in\"/>");
    twice("<agreement file=\"agreements/clerk_library.xml\"/>");
    twice("<sink name=\"shelf\" connector=\"pigeon\" place=\"edge\"/>");
    twice("<sender identity=\"desk-1\" party=\"clerk\"/>");
}

BOOST_AUTO_TEST_CASE(an_unknown_party_is_said_with_the_nearest_name) {
    edit(site, "party=\"clerk\"", "party=\"clrek\"");
    edit(site, "to=\"library\"", "to=\"libary\"");
    BOOST_TEST(!load());
    BOOST_REQUIRE(count("TG-S003") == 2U);
    BOOST_TEST(problems[0].cure == "did you mean 'clerk'?");
    BOOST_TEST(problems[0].line == line_of(*this, site, "clrek"));
    BOOST_TEST(problems[1].cure == "did you mean 'library'?");
    BOOST_TEST(problems[1].column > 0);
    BOOST_TEST(problems.size() == 2U);
}

BOOST_AUTO_TEST_CASE(the_operators_own_party_must_be_declared) {
    edit(site, "party=\"hub\"", "party=\"zzzzzzzz\"");
    BOOST_TEST(problem("TG-S003").cure.find("known are: clerk, hub, library") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_party_of_an_agreement_must_be_declared) {
    edit(agreement, "<party name=\"clerk\" role=\"controller\"/>", "<party name=\"clerk\" role=\"controller\"/><party name=\"hubb\" role=\"processor\"/>");
    const Problem found = problem("TG-S003");
    BOOST_TEST(found.file == agreement);
    BOOST_TEST(found.cure == "did you mean 'hub'?");
}

BOOST_AUTO_TEST_CASE(an_exchange_without_its_folder_is_said_once) {
    disk.files.erase(note_out);
    const Problem found = problem("TG-S004");
    BOOST_TEST(found.line == line_of(*this, site, "<exchange name=\"note_out\""));
    BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_broken_mapping_is_the_only_thing_blamed) {
    edit(note_out, "to=\"topic\"", "to=\"topick\"");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    for (const Problem& problem : problems) {
        BOOST_TEST(problem.file == note_out, to_text(problem));
        BOOST_TEST(problem.code.substr(0, 4) == "TG-M");
    }
}

BOOST_AUTO_TEST_CASE(a_broken_record_type_is_the_only_thing_blamed) {
    edit(canonical, "type=\"Word\" minOccurs=\"0\"", "type=\"Wrod\" minOccurs=\"0\"");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == canonical);
    for (const Problem& problem : problems) BOOST_TEST(problem.code.substr(0, 4) != "TG-S", to_text(problem));
}

BOOST_AUTO_TEST_CASE(a_broken_agreement_is_the_only_thing_blamed) {
    edit(agreement, "<title>Notes to the library</title>", "");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    for (const Problem& problem : problems) BOOST_TEST(problem.file == agreement, to_text(problem));
}

BOOST_AUTO_TEST_CASE(unknown_exchanges_sinks_record_types_and_agreements_of_a_route_are_said_at_once) {
    edit(site, "record=\"note\"", "record=\"nope\"");
    edit(site, "exchange=\"note_out\"", "exchange=\"note_uot\"");
    edit(site, "agreement=\"clerk_library\"", "agreement=\"clerk_libray\"");
    edit(site, "sink=\"shelf\"", "sink=\"self\"");
    BOOST_TEST(!load());
    for (const char* code : {"TG-S010", "TG-S004", "TG-S020", "TG-S009"}) BOOST_TEST(count(code) == 1U, code);
    BOOST_TEST(problems.size() == 4U);
}

BOOST_AUTO_TEST_CASE(an_exchange_with_no_canonical_end_is_no_exchange_of_the_site) {
    edit(memo_in, "canonical/note.xsd", "partners/note.xsd");
    disk.files["/lib/schemas/partners/note.xsd"] = disk.files[canonical];
    disk.files["/lib/schemas/partners/common.xsd"] = disk.files["/lib/schemas/canonical/common.xsd"];
    BOOST_TEST(problem("TG-S005").line == line_of(*this, site, "<exchange name=\"memo_in\""));
    BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_agreement_without_its_file_is_said_at_its_line) {
    edit(site, "agreements/clerk_library.xml", "agreements/clerk_libary.xml");
    BOOST_TEST(problem("TG-S006").line == line_of(*this, site, "<agreement"));
}

BOOST_AUTO_TEST_CASE(connectors_are_known_by_the_catalogue_and_settings_checked_by_them) {
    edit(site, "connector=\"pigeon\" place", "connector=\"owl\" place");
    edit(site, "name=\"loft\"", "name=\"loaft\"");
    const Problem found = problem("TG-S007");
    BOOST_TEST(found.what.find("sink") != std::string::npos);
    BOOST_TEST(count("TG-C001") == 1U);
    BOOST_TEST(problems.size() == 2U);
    BOOST_TEST(problems[0].file == site);
    BOOST_TEST(problems[0].line == line_of(*this, site, "loaft"));
}

BOOST_AUTO_TEST_CASE(limits_are_for_edges_and_checked_where_they_are_declared) {
    const std::string sink = "<sink name=\"shelf\" connector=\"pigeon\" place=\"edge\"/>";
    edit(site, sink, "<sink name=\"shelf\" connector=\"pigeon\" place=\"edge\">\n<limit name=\"wings\" value=\"2\"/></sink>");
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    BOOST_REQUIRE(loaded->plan->sinks.at("shelf").limits.size() == 1U);
    BOOST_TEST(loaded->plan->sinks.at("shelf").limits[0].value == "2");
    edit(site, "name=\"wings\"", "name=\"beaks\"");
    BOOST_TEST(problem("TG-C001").line == line_of(*this, site, "<limit"));
    edit(site, "place=\"edge\"", "place=\"hub\"");
    BOOST_TEST(problem("TG-S018").line == line_of(*this, site, "<sink"));
}

BOOST_AUTO_TEST_CASE(exchanges_go_one_way) {
    edit(site, "<carries exchange=\"memo_in\"/>", "<carries exchange=\"note_out\"/>");
    BOOST_TEST(problem("TG-S008").line == line_of(*this, site, "<carries"));
    tests::SmallSite other;
    other.edit(site, "exchange=\"note_out\"\n", "exchange=\"memo_in\"\n");
    BOOST_TEST(other.problem("TG-S008").line == line_of(other, site, "<route"));
}

BOOST_AUTO_TEST_CASE(a_record_type_says_whom_it_is_about_and_how_it_carries_consent) {
    edit(canonical, "name=\"person\"", "name=\"perso\"");
    edit(canonical, "name=\"given\"", "name=\"gave\"");
    BOOST_TEST(!load());
    BOOST_TEST(count("TG-S011") == 1U);
    BOOST_TEST(count("TG-S012") == 1U);
}

BOOST_AUTO_TEST_CASE(a_route_names_senders_whose_records_can_go_its_way) {
    edit(site, "to=\"library\" exchange", "from=\"clerk\" to=\"library\" exchange");
    BOOST_TEST(bool(load()));
    edit(site, "from=\"clerk\"", "from=\"clerk library nobody\"");
    BOOST_TEST(!load());
    BOOST_TEST(count("TG-S003") == 1U);
    BOOST_TEST(count("TG-S040") == 1U);
    BOOST_TEST(problems.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_fact_stands_on_paths_that_exist) {
    edit(facts, "value=\"topic\"", "value=\"topics\"");
    BOOST_TEST(!load());
    BOOST_REQUIRE(problems.size() == 1U);
    BOOST_TEST(problems[0].file == facts);
    BOOST_TEST(problems[0].line == 2);
}

BOOST_AUTO_TEST_CASE(the_values_of_a_code_are_those_that_its_records_say) {
    edit(canonical, "name=\"topic\" type=\"Word\" minOccurs=\"0\"/>",
         "name=\"topic\" minOccurs=\"0\"><xs:simpleType><xs:restriction base=\"Word\"><xs:enumeration value=\"arrival\"/><xs:enumeration value=\"bail\"/>"
         "</xs:restriction></xs:simpleType></xs:element>");
    const auto with = [&](const std::string& values) {
        tests::SmallSite fresh;
        fresh.disk.files[canonical] = disk.files[canonical];
        fresh.edit(facts, "<from record=\"note\" value=\"topic\"/>", values + "<from record=\"note\" value=\"topic\"/>");
        fresh.load();
        std::string said;
        for (const Problem& problem : fresh.problems) {
            BOOST_TEST(problem.code == "TG-S019", to_text(problem));
            BOOST_TEST(problem.file == facts);
            BOOST_TEST(problem.line == 2);
            said += problem.what + "\n";
        }
        return said;
    };
    BOOST_TEST(with("<value code=\"arrival\"/><value code=\"bail\"/>") == "");
    BOOST_TEST(with("<value code=\"bail\"/><value code=\"other\"/>") == "fact kind 'note.topic' lacks the value 'arrival', which a record may say\n"
                                                                    "fact kind 'note.topic' has the value 'other', which no record can say\n");
    BOOST_TEST(with("<value code=\"arrival\"/><value code=\"bail\"/><value code=\"bail\"/>") == "'note.topic' has the value 'bail' twice\n");
    // A value that a test chooses says nothing about the values that only a facts file has.
    BOOST_TEST(with("<value code=\"arrival\"/><value code=\"bail\"/><value code=\"other\"/><value code=\"x\"/><from record=\"note\" value=\"topic\" as=\"x\"/>") == "");
}

BOOST_AUTO_TEST_CASE(a_code_that_anybody_may_extend_has_no_values) {
    edit(facts, "<from record=\"note\" value=\"topic\"/>", "<value code=\"arrival\"/><from record=\"note\" value=\"topic\"/>");
    BOOST_TEST(problem("TG-S019").what.find("a record may say something else") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_fact_has_a_value_in_the_record_or_the_instant_of_its_delivery) {
    const auto said = [&](const std::string& from) {
        tests::SmallSite fresh;
        fresh.edit(facts, "<from record=\"note\" value=\"topic\"/>", from);
        fresh.load();
        std::string what;
        for (const Problem& problem : fresh.problems) what += problem.code + " " + std::to_string(problem.line) + " " + problem.what + "\n";
        return what;
    };
    BOOST_TEST(said("<from record=\"note\"/>") == "TG-S019 2 'note.topic' has a <from> without a value\n");
    BOOST_TEST(said("<from record=\"note\" delivered-to=\"police\" value=\"topic\"/>") == "TG-S019 2 'note.topic' has a value of its own beside delivered-to\n");
    BOOST_TEST(said("<from record=\"note\" delivered-to=\"police\"/>") == "TG-S019 2 'note.topic' is no instant, and a delivery is one\n");
}

BOOST_AUTO_TEST_CASE(what_a_record_says_is_a_value_of_the_fact) {
    const auto said = [&](const std::string& type, const std::string& from) {
        tests::SmallSite fresh;
        fresh.edit(facts, "kind=\"note.topic\" type=\"code\"", "kind=\"note.topic\" type=\"" + type + "\"");
        fresh.edit(facts, "<from record=\"note\" value=\"topic\"/>", from);
        fresh.load();
        std::string what;
        for (const Problem& problem : fresh.problems) what += problem.code + " " + std::to_string(problem.line) + " " + problem.what + "\n";
        return what;
    };
    for (const char* type : {"date", "instant", "number", "yes_no"})
        BOOST_TEST(said(type, "<from record=\"note\" value=\"topic\"/>") == "TG-S019 2 'note.topic' is of type " + std::string(type) + ", and /note/topic need not hold one\n");
    BOOST_TEST(said("yes_no", "<from record=\"note\" value=\"topic\" as=\"maybe\"/>") == "TG-S019 2 'note.topic' is said as 'maybe', and it is a yes_no\n");
    BOOST_TEST(said("yes_no", "<from record=\"note\" value=\"topic\" as=\"yes\"/>") == "");
    BOOST_TEST(said("text", "<from record=\"note\" value=\"topic\"/>") == "");
}

BOOST_AUTO_TEST_CASE(a_facts_test_stands_on_paths_and_tables_that_exist) {
    edit(facts, "value=\"topic\"", "value=\"topic\" when=\"topics = 'x' or topic in codes('none-such')\"");
    BOOST_TEST(!load());
    BOOST_TEST(count("TG-M003") == 1U);
    BOOST_TEST(count("TG-M019") == 1U);
    BOOST_TEST(problems.size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
