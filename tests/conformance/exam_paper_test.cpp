// The exam, first paper: what can be asked of a connector without running it.
#include "tests/conformance/exam.hpp"

#include <cstdlib>

#include "connectors/manual.hpp"
#include "tests/support/connector_ends.hpp"

namespace data = boost::unit_test::data;

namespace conformance {

const std::string connectors_folder = std::string(HUB_SOURCE_DIR) + "/connectors";

/// One end of a connector, seen from outside.
struct End {
    std::string element{};
    std::function<hub::Problems(const hub::SettingTexts&)> check{};
    std::function<std::optional<hub::Error>(const hub::SettingTexts&)> make{};
    std::vector<hub::settings::Row> rows{};
    std::function<hub::SettingTexts()> rig_settings{};
};

std::vector<End> ends_of(const std::string& name, support::ConnectorWorld& world) {
    const hub::Connector entry = connector_named(name);
    const Rig rig = rig_of(name);
    std::vector<End> ends;
    if (entry.make_source) {
        ends.push_back({"source", [=](const auto& texts) { return entry.check_source(texts, place); },
                        [=, &world](const auto& texts) -> std::optional<hub::Error> {
                            const auto made = entry.make_source(texts, world.context("exam"));
                            return made ? std::nullopt : std::optional(made.error());
                        },
                        entry.source_settings, [=, &world] { return rig.source(world)->settings(); }});
    }
    if (entry.make_sink) {
        ends.push_back({"sink", [=](const auto& texts) { return entry.check_sink(texts, place); },
                        [=, &world](const auto& texts) -> std::optional<hub::Error> {
                            const auto made = entry.make_sink(texts, world.context("exam"));
                            return made ? std::nullopt : std::optional(made.error());
                        },
                        entry.sink_settings, [=, &world] { return rig.sink(world)->settings({}); }});
    }
    return ends;
}

bool is_snake_case(const std::string& name) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && std::all_of(name.begin(), name.end(), fits);
}

bool is_one_sentence(const std::string& text) {
    return text.size() > 20 && text.back() == '.' && text.find(". ") == std::string::npos && text.find('\n') == std::string::npos;
}

}  // namespace conformance

using namespace conformance;

BOOST_AUTO_TEST_SUITE(every_connector)

BOOST_DATA_TEST_CASE(brings_a_rig_for_each_end, data::make(candidates()), name) {
    const hub::Connector entry = connector_named(name);
    const Rig rig = rig_of(name);
    BOOST_TEST(rig.connector == name, name << " has no rig: add tests/conformance/" << name << "_rig.cpp and its line in rigs.cpp");
    BOOST_TEST(bool(entry.make_source) == bool(rig.source), name << ": its source needs a SourceRig");
    BOOST_TEST(bool(entry.make_sink) == bool(rig.sink), name << ": its sink needs a SinkRig");
}

BOOST_DATA_TEST_CASE(has_a_proper_name_and_says_in_one_sentence_what_it_does, data::make(candidates()), name) {
    const hub::Connector entry = connector_named(name);
    BOOST_TEST(is_snake_case(entry.name));
    BOOST_TEST(is_one_sentence(entry.summary), entry.summary);
    BOOST_TEST((entry.make_source || entry.make_sink));
    BOOST_TEST(bool(entry.make_source) == bool(entry.check_source));
    BOOST_TEST(bool(entry.make_sink) == bool(entry.check_sink));
    for (const auto& rows : {entry.source_settings, entry.sink_settings})
        for (const hub::settings::Row& row : rows) {
            BOOST_TEST(is_snake_case(row.name), row.name);
            BOOST_TEST((!row.meaning.empty() && row.meaning.back() == '.'), row.name + ": " + row.meaning);
        }
}

BOOST_DATA_TEST_CASE(is_a_folder_with_the_five_files, data::make(candidates()), name) {
    const std::string folder = connectors_folder + "/" + name + "/";
    for (const std::string& file : {name + ".hpp", name + ".cpp", std::string("README.md"), std::string("sample.xml"), std::string("CMakeLists.txt")})
        BOOST_TEST(std::filesystem::exists(folder + file), folder + file);
}

BOOST_AUTO_TEST_CASE(has_fresh_settings_tables_in_its_manual) {
    // THROUGHGATE_MANUAL=write does what `throughgate manual connectors --write` does, where only the tests are built.
    const char* const wish = std::getenv("THROUGHGATE_MANUAL");
    const bool write = wish != nullptr && std::string(wish) == "write";
    for (const hub::Problem& each : connectors::check_manuals(connectors::catalog(), connectors_folder, write))
        BOOST_ERROR(hub::to_text(each));
}

BOOST_DATA_TEST_CASE(passes_its_own_check_with_its_sample, data::make(candidates()), name) {
    support::ConnectorWorld world;
    for (const End& end : ends_of(name, world)) {
        const auto texts = support::sample_settings(connectors_folder + "/" + name + "/sample.xml", end.element);
        BOOST_TEST(!texts.empty(), "sample.xml has no <" << end.element << ">");
        for (const hub::Problem& each : end.check(texts)) BOOST_ERROR(hub::to_text(each));
    }
}

BOOST_DATA_TEST_CASE(passes_its_own_check_with_its_rig, data::make(candidates()), name) {
    support::ConnectorWorld world;
    for (const End& end : ends_of(name, world))
        for (const hub::Problem& each : end.check(end.rig_settings())) BOOST_ERROR(hub::to_text(each));
}

BOOST_DATA_TEST_CASE(refuses_a_setting_it_does_not_know_and_says_where_it_stands, data::make(candidates()), name) {
    support::ConnectorWorld world;
    for (const End& end : ends_of(name, world)) {
        auto texts = end.rig_settings();
        texts.push_back({"no_such_setting", "1", "site.xml", 77});
        const auto problems = end.check(texts);
        BOOST_REQUIRE_MESSAGE(problems.size() == 1, end.element);
        BOOST_TEST(problems[0].line == 77);
        BOOST_TEST(problems[0].file == "site.xml");
        BOOST_TEST(problems[0].what.find("no_such_setting") != std::string::npos);
        const auto error = end.make(texts);
        BOOST_REQUIRE_MESSAGE(!!error, end.element << " is made of settings that its check refuses");
        BOOST_TEST((error->remedy == hub::Remedy::stop));
    }
}

BOOST_DATA_TEST_CASE(reports_every_problem_at_once, data::make(candidates()), name) {
    support::ConnectorWorld world;
    for (const End& end : ends_of(name, world)) {
        const hub::SettingTexts texts = {{"no_such_setting", "1", "site.xml", 4}, {"nor_this_one", "2", "site.xml", 5}};
        std::size_t required = 0;
        for (const hub::settings::Row& row : end.rows) required += row.default_text == "required" ? 1 : 0;
        BOOST_TEST(end.check(texts).size() >= 2 + required, end.element);
    }
}

BOOST_DATA_TEST_CASE(refuses_numbers_out_of_range, data::make(candidates()), name) {
    support::ConnectorWorld world;
    for (const End& end : ends_of(name, world))
        for (const hub::settings::Row& row : end.rows) {
            if (row.range.find(" to ") == std::string::npos) continue;
            const auto problems = end.check(support::with(end.rig_settings(), row.name, "999999999999999999999"));
            BOOST_TEST(!problems.empty(), row.name);
        }
}

BOOST_DATA_TEST_CASE(checks_and_makes_its_ends_without_touching_the_network, data::make(candidates()), name) {
    support::ConnectorWorld world;
    const hub::Connector entry = connector_named(name);
    const Rig rig = rig_of(name);
    // The peer is gone before anything is counted: its own sockets come and go as its threads please.
    if (entry.make_source) {
        const hub::SettingTexts settings = rig.source(world)->settings();
        const int before = open_sockets();
        BOOST_TEST(entry.check_source(settings, place).empty());
        const auto made = entry.make_source(settings, world.context("exam"));
        BOOST_TEST(!!made);
        BOOST_TEST(open_sockets() <= before);
    }
    if (entry.make_sink) {
        const hub::SettingTexts settings = rig.sink(world)->settings({});
        const int before = open_sockets();
        BOOST_TEST(entry.check_sink(settings, place).empty());
        const auto made = entry.make_sink(settings, world.context("exam"));
        BOOST_TEST(!!made);
        BOOST_TEST(open_sockets() <= before);
    }
}

BOOST_DATA_TEST_CASE(quotes_no_secret_when_it_complains_about_settings, data::make(candidates()), name) {
    support::ConnectorWorld world;
    const std::string canary = "canary-7f3a\nwith a line of its own";
    for (const End& end : ends_of(name, world))
        for (const hub::settings::Row& row : end.rows) {
            if (row.default_text.find("secret") == std::string::npos) continue;
            const auto texts = support::with(end.rig_settings(), row.name, canary);
            for (const hub::Problem& each : end.check(texts)) BOOST_TEST(hub::to_text(each).find("canary") == std::string::npos, row.name);
            const auto error = end.make(texts);
            if (error) BOOST_TEST(hub::to_text(*error).find("canary") == std::string::npos, row.name);
        }
}

BOOST_AUTO_TEST_SUITE_END()
