#include <boost/test/unit_test.hpp>

#include "hub/api/settings.hpp"

namespace {

struct Sample {
    std::string folder{};
    int poll_interval_ms = 200;
    std::string mode = "quick";
    std::string passphrase{};
    std::vector<std::string> clients{};
    static constexpr auto fields() {
        using hub::settings::field;
        return std::tuple{field("folder", &Sample::folder, "Folder watched.").required(),
                          field("poll_interval_ms", &Sample::poll_interval_ms, "Pause.").between(10, 60'000),
                          field("mode", &Sample::mode, "How.").one_of("quick|slow"),
                          field("passphrase", &Sample::passphrase, "Opens files.").secret(),
                          field("clients", &Sample::clients, "Who may connect; repeat it.")};
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(settings)

BOOST_AUTO_TEST_CASE(every_problem_is_reported_in_one_reading) {
    Sample sample;
    const auto problems = hub::settings::read(
        {{"poll_interval_ms", "7", "site.xml", 3}, {"mode", "fast", "site.xml", 4}, {"colour", "red", "site.xml", 5}},
        {"", "", "site.xml", 2}, sample);
    BOOST_REQUIRE(problems.size() == 4u);
    BOOST_TEST(problems[0].line == 3);
    BOOST_TEST(problems[3].line == 2);
    BOOST_TEST(problems[3].what.find("folder") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_setting_may_be_repeated_where_it_is_a_list) {
    Sample sample;
    const auto problems = hub::settings::read({{"folder", "in"}, {"clients", "a"}, {"clients", "b"}}, {}, sample);
    BOOST_TEST(problems.empty());
    BOOST_TEST(sample.clients.size() == 2u);
}

BOOST_AUTO_TEST_CASE(the_manual_follows_from_the_declaration) {
    const std::string text = hub::settings::to_markdown(hub::settings::manual<Sample>());
    BOOST_TEST(text.find("| `folder` | Folder watched. | required |") != std::string::npos);
    BOOST_TEST(text.find("| `passphrase` | Opens files. | none, secret |") != std::string::npos);
    BOOST_TEST(text.find("10 to 60000") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
