// Records as files.
#include <boost/test/unit_test.hpp>

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <filesystem>

#include "connectors/folder/folder.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"

namespace fs = std::filesystem;
using support::read_file;
using support::write_file;

namespace {

struct Out {
    support::TemporaryFolder folder{};
    support::ConnectorWorld world{};
    hub::Connector connector = connectors::folder::connector();
    hub::SettingTexts settings = support::settings_of({{"folder", "out"}});
    std::unique_ptr<hub::Sink> sink{};
    hub::Outgoing record{};
    std::string key{};

    Out() {
        fs::create_directory(folder / "out");
        record.key.digest.fill(0x5c);
        key = hub::to_text(record.key);
        record.recipient = "housing";
        record.record_type = "referral";
        record.media_type = "text/csv";
        record.body = "a,b\r\n1,2\r\n";
    }
    void open() {
        auto made = connector.make_sink(settings, world.context("housing_drop", folder.path()));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        sink = std::move(*made);
        BOOST_REQUIRE(!!sink->open());
    }
    std::string at(const std::string& name) const { return folder / ("out/" + name); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder_sink, Out)

BOOST_AUTO_TEST_CASE(a_record_becomes_a_file_named_by_its_key) {
    open();
    const auto handed = sink->send(record);
    BOOST_REQUIRE(!!handed);
    BOOST_TEST(handed->evidence == key + ".csv");
    BOOST_TEST(read_file(at(key + ".csv")) == record.body);
    struct stat info {};
    BOOST_TEST(stat(at(key + ".csv").c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777) == 0600u);
    BOOST_TEST(fs::is_empty(at(".unfinished")));
    BOOST_TEST((sink->repeats() == hub::Repeats::key));
}

BOOST_AUTO_TEST_CASE(the_same_file_there_already_is_a_delivery_and_another_one_a_rejection) {
    open();
    BOOST_TEST(!!sink->send(record));
    BOOST_TEST(!!sink->send(record));
    for (const char* other : {"a,b\r\n1,3\r\n", "", "a,b\r\n1,2\r\n and more"}) {
        record.body = other;
        const auto refused = sink->send(record);
        BOOST_REQUIRE(!refused);
        BOOST_TEST((refused.error().remedy == hub::Remedy::reject));
        BOOST_TEST(refused.error().code == "file_exists");
    }
    BOOST_TEST(read_file(at(key + ".csv")) == "a,b\r\n1,2\r\n");
    BOOST_TEST(fs::is_empty(at(".unfinished")));
}

BOOST_AUTO_TEST_CASE(names_and_subfolders_are_made_of_what_the_record_says_and_stay_inside) {
    settings = support::with(support::with(support::with(settings, "file_name", "{record_type}-{recipient}-{key}.{extension}"), "sub_folder", "recipient"),
                             "readable_by", "group");
    record.recipient = "../../housing";
    open();
    const auto handed = sink->send(record);
    BOOST_REQUIRE(!!handed);
    BOOST_TEST(handed->evidence == "_.._.._housing/referral-_.._.._housing-" + key + ".csv");
    BOOST_TEST(read_file(at(handed->evidence)) == record.body);
    struct stat info {};
    BOOST_TEST(stat(at(handed->evidence).c_str(), &info) == 0);
    BOOST_TEST((info.st_mode & 0777) == 0640u);
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_unfinished_is_written_anew) {
    open();
    write_file(at(".unfinished/" + key), "ha");
    BOOST_TEST(!!sink->send(record));
    BOOST_TEST(read_file(at(key + ".csv")) == record.body);
}

BOOST_AUTO_TEST_CASE(a_link_in_the_place_of_the_file_is_not_followed) {
    write_file(folder / "victim", "victim");
    open();
    fs::create_symlink(folder / "victim", at(key + ".csv"));
    fs::create_symlink(folder / "victim", at(".unfinished/" + key));
    const auto refused = sink->send(record);
    BOOST_TEST((!refused && refused.error().remedy == hub::Remedy::reject));
    BOOST_TEST(read_file(folder / "victim") == "victim");
}

BOOST_AUTO_TEST_CASE(a_full_disk_means_retry_and_leaves_no_half_file) {
    open();
    // A file-size limit makes write() fail in the middle as a full disk does.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 4'096;
    setrlimit(RLIMIT_FSIZE, &small);
    record.body.assign(10'000, 'a');
    const auto failed = sink->send(record);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, old_handler);
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().remedy == hub::Remedy::retry));
    BOOST_TEST(failed.error().cure.find("make room") == 0u);
    BOOST_TEST(!failed.error().outcome_unknown);
    BOOST_TEST(!fs::exists(at(key + ".csv")));
    BOOST_TEST(fs::is_empty(at(".unfinished")));
    BOOST_TEST(!!sink->send(record));
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_gone_means_reconnect) {
    open();
    fs::remove_all(folder / "out");
    const auto failed = sink->send(record);
    BOOST_REQUIRE(!failed);
    BOOST_TEST((failed.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(!sink->open());
}

BOOST_AUTO_TEST_CASE(unknown_media_types_have_an_extension_too) {
    record.media_type = "application/octet-stream";
    open();
    BOOST_TEST(sink->send(record)->evidence == key + ".dat");
}

BOOST_AUTO_TEST_CASE(file_names_without_a_key_or_with_strange_parts_are_refused) {
    const auto wrong = [&](const char* name) {
        const auto problems = connector.check_sink(support::with(settings, "file_name", name), support::element_place);
        return problems.size() == 1 && problems[0].line == 11;
    };
    for (const char* name : {"result.xml", "{key}/{extension}", "{key}{colour}", "{key", "key}{key}", ".{key}"}) BOOST_TEST(wrong(name), name);
    BOOST_TEST(connector.check_sink(support::with(settings, "file_name", "a-{key}"), support::element_place).empty());
}

BOOST_AUTO_TEST_SUITE_END()
