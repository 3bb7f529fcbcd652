// A site in several files is one configuration: what a part says counts as if site.xml said it, and complaints name the part.
#include "tests/site/small_site.hpp"

using namespace hub;
using tests::line_of;

namespace {

constexpr const char* part_file = "/site/parts/library.xml";
constexpr const char* part_start = "<part xmlns=\"urn:throughgate:site:1\">\n";

/// The small site with one part, empty until a test moves something into it.
struct SiteInParts : tests::SmallSite {
    SiteInParts() {
        edit(site, "  <record type=", "  <part file=\"parts/library.xml\"/>\n  <record type=");
        disk.files[part_file] = std::string(part_start) + "</part>\n";
    }
    /// Everything from `from` up to `to` stands in the part instead.
    void move(const std::string& from, const std::string& to) {
        std::string& text = disk.files[site];
        const std::size_t start = text.find(from), end = text.find(to);
        BOOST_REQUIRE(start != std::string::npos && end != std::string::npos && start < end);
        disk.files[part_file] = part_start + text.substr(start, end - start) + "</part>\n";
        text.erase(start, end - start);
    }
    void add_part(const std::string& elements) {
        edit(site, "  <record type=", "  <part file=\"parts/other.xml\"/>\n  <record type=");
        disk.files["/site/parts/other.xml"] = part_start + elements + "\n</part>\n";
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(site_parts, SiteInParts)

BOOST_AUTO_TEST_CASE(everything_that_a_part_may_hold_counts_as_if_the_site_said_it) {
    const auto whole = tests::SmallSite().load();
    move("  <record type=", "</site>");
    const auto loaded = load();
    for (const Problem& problem : problems) BOOST_TEST_MESSAGE(to_text(problem));
    BOOST_REQUIRE(whole && loaded);
    const core::Plan& plan = *loaded->plan;
    BOOST_TEST(plan.parties.size() == whole->plan->parties.size());
    BOOST_TEST(plan.record_types.size() == whole->plan->record_types.size());
    BOOST_TEST(plan.exchanges.size() == whole->plan->exchanges.size());
    BOOST_TEST(plan.sources.at("desk").file == "site/parts/library.xml");
    BOOST_TEST(plan.sources.at("desk").settings.at(0).file == "site/parts/library.xml");
    BOOST_TEST(plan.sources.at("desk").settings.at(0).line == line_of(*this, part_file, "loft"));
    BOOST_TEST(plan.sinks.count("shelf") == 1U);
    BOOST_TEST(plan.routes.at("notes").agreement->name == "clerk_library");
    BOOST_TEST(plan.routes.at("notes").attempts_max == 3U);
}

BOOST_AUTO_TEST_CASE(a_part_is_in_the_bundle_and_moves_the_digest) {
    move("  <source name=", "  <sink name=");
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    const auto bundle = site::decode_bundle(loaded->plan->bundle);
    BOOST_REQUIRE(bundle);
    BOOST_TEST(bundle->at("site/parts/library.xml") == disk.files[part_file]);
    Problems none;
    const core::PlanPtr again = site::compile(*bundle, digester, checks(), none);
    BOOST_REQUIRE(again);
    BOOST_TEST(to_text(again->digest) == to_text(loaded->plan->digest));
    disk.files[part_file] += " ";
    BOOST_TEST(to_text(load()->plan->digest) != to_text(loaded->plan->digest));
}

BOOST_AUTO_TEST_CASE(what_a_part_alone_names_is_gathered) {
    move("  <route name=", "</site>");
    const auto loaded = load();
    BOOST_REQUIRE(loaded);
    BOOST_TEST(site::decode_bundle(loaded->plan->bundle)->count("mappings/codes/wanted.xml") == 1U);
}

BOOST_AUTO_TEST_CASE(a_name_is_unique_over_all_files_and_the_later_one_is_blamed) {
    const auto twice = [](const std::string& element) {
        SiteInParts fresh;
        fresh.disk.files[part_file] = part_start + element + "\n</part>\n";
        const Problem found = fresh.problem("TG-S002");
        BOOST_TEST(found.file == part_file);
        BOOST_TEST(found.line == 2);
    };
    twice("<record type=\"note\"/>");
    twice("<party name=\"clerk\" title=\"The clerk\" kind=\"court\" regime=\"law_enforcement\"/>");
    twice("<exchange name=\"memo_in\"/>");
    twice("<agreement file=\"agreements/clerk_library.xml\"/>");
    twice("<sink name=\"shelf\" connector=\"pigeon\"/>");
    twice("<source name=\"desk\" connector=\"pigeon\"><sender identity=\"d\" party=\"clerk\"/><carries exchange=\"memo_in\"/></source>");
    twice("<route name=\"notes\" record=\"note\" to=\"library\" exchange=\"note_out\" agreement=\"clerk_library\" sink=\"shelf\"/>");
}

BOOST_AUTO_TEST_CASE(parts_are_read_in_the_order_in_which_the_site_names_them) {
    add_part("<sink name=\"rack\" connector=\"pigeon\"/>");
    disk.files[part_file] = std::string(part_start) + "<sink name=\"rack\" connector=\"pigeon\"/></part>\n";
    BOOST_TEST(problem("TG-S002").file == "/site/parts/other.xml");  // the later of the two in site.xml
}

BOOST_AUTO_TEST_CASE(problems_of_every_part_are_said_at_once_with_their_places) {
    move("  <route name=", "</site>");
    edit(part_file, "to=\"library\"", "to=\"libary\"");
    add_part("<source name=\"door\" connector=\"pigeon\">\n<sender identity=\"x\" party=\"clrek\"/><carries exchange=\"memo_in\"/>\n"
             "<setting name=\"loaft\" value=\"x\"/></source>");
    BOOST_TEST(!load());
    BOOST_REQUIRE(problems.size() == 3U);
    std::string said;
    for (const Problem& problem : problems) said += problem.code + " " + problem.file + " " + std::to_string(problem.line) + "\n";
    BOOST_TEST(said == "TG-C001 /site/parts/other.xml 4\nTG-S003 /site/parts/other.xml 3\nTG-S003 /site/parts/library.xml 2\n");
}

BOOST_AUTO_TEST_CASE(a_condition_that_does_not_compile_is_said_with_the_part_it_stands_in) {
    move("  <route name=", "</site>");
    edit(part_file, "topic in codes", "topick in codes");
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == part_file);
    BOOST_TEST(problems[0].line == 2);
}

BOOST_AUTO_TEST_CASE(a_missing_part_is_said_at_the_line_that_names_it) {
    disk.files.erase(part_file);
    const Problem found = problem("TG-S006");
    BOOST_TEST(found.file == site);
    BOOST_TEST(found.line == line_of(*this, site, "<part"));
    BOOST_TEST(problems.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_part_named_twice_is_said) {
    edit(site, "  <record type=", "  <part file=\"parts/library.xml\"/>\n  <record type=");
    BOOST_TEST(problem("TG-S002").what.find("parts/library.xml") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_part_is_no_site_and_names_no_parts) {
    disk.files[part_file] = std::string(part_start) + "<part file=\"parts/other.xml\"/></part>\n";
    BOOST_TEST(!load());
    BOOST_REQUIRE(!problems.empty());
    BOOST_TEST(problems[0].file == part_file);
    SiteInParts other;
    other.disk.files[part_file] = tests::SmallSite().disk.files[site];
    BOOST_TEST(other.problem("TG-S015").file == part_file);
}

BOOST_AUTO_TEST_CASE(the_site_and_its_parts_have_at_least_one_record_party_and_exchange) {
    for (const char* kind : {"record", "party", "exchange"}) {
        SiteInParts fresh;
        std::string& text = fresh.disk.files[site];
        for (std::size_t at = text.find(std::string("  <") + kind + " "); at != std::string::npos; at = text.find(std::string("  <") + kind + " "))
            text.erase(at, text.find('\n', at) + 1 - at);
        const Problem found = fresh.problem("TG-S016");
        BOOST_TEST(found.file == site);
        BOOST_TEST(found.what.find(std::string("<") + kind + ">") != std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
