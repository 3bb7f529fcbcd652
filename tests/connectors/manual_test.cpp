// The settings tables of the READMEs.
#include <boost/test/unit_test.hpp>

#include <filesystem>

#include "connectors/manual.hpp"
#include "connectors/template/template.hpp"
#include "tests/support/temporary_folder.hpp"

namespace {

struct Manual {
    support::TemporaryFolder folder{};
    std::vector<hub::Connector> entries{connectors::template_::connector()};
    std::string readme = folder / "template/README.md";

    Manual() { std::filesystem::create_directory(folder / "template"); }
};

const std::string both_places = "before\n<!-- source settings -->\nold\n<!-- end -->\nbetween\n<!-- sink settings -->\n<!-- end -->\nafter\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(manual, Manual)

BOOST_AUTO_TEST_CASE(a_stale_table_is_named_with_the_command_that_renews_it) {
    support::write_file(readme, both_places);
    const auto problems = connectors::check_manuals(entries, folder.path(), false);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].file == readme);
    BOOST_TEST(problems[0].cure.find("throughgate manual connectors --write") != std::string::npos);
    BOOST_TEST(support::read_file(readme) == both_places);
}

BOOST_AUTO_TEST_CASE(writing_renews_the_tables_and_nothing_else) {
    support::write_file(readme, both_places);
    BOOST_TEST(connectors::check_manuals(entries, folder.path(), true).empty());
    BOOST_TEST(connectors::check_manuals(entries, folder.path(), false).empty());
    const std::string text = support::read_file(readme);
    BOOST_TEST(text.find("before\n<!-- source settings -->\n| setting |") == 0u);
    BOOST_TEST(text.find("`answer_timeout_ms`") != std::string::npos);
    BOOST_TEST(text.find("<!-- end -->\nbetween\n") != std::string::npos);
    BOOST_TEST(text.find("\nold\n") == std::string::npos);
    BOOST_TEST(text.substr(text.size() - 6) == "after\n");
}

BOOST_AUTO_TEST_CASE(a_missing_place_or_file_is_named) {
    support::write_file(readme, "<!-- source settings -->\n<!-- end -->\n");
    const auto problems = connectors::check_manuals(entries, folder.path(), true);
    BOOST_REQUIRE(problems.size() == 1u);
    BOOST_TEST(problems[0].cure.find("<!-- sink settings -->") != std::string::npos);
    std::filesystem::remove(readme);
    BOOST_TEST(connectors::check_manuals(entries, folder.path(), false).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
