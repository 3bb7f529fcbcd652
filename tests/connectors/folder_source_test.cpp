// The drop folder: what is taken, what is not, and what a crash or a hostile sender can do.
#include <boost/test/unit_test.hpp>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "connectors/folder/folder.hpp"
#include "connectors/folder/names.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using support::read_file;
using support::write_file;

namespace {

struct Drop {
    support::TemporaryFolder folder{};
    support::ConnectorWorld world{};
    hub::Connector connector = connectors::folder::connector();
    hub::SettingTexts settings = support::settings_of({{"folder", "drop"}, {"identity", "court"}, {"arrival", "renamed"}, {"poll_interval_ms", "20"}});
    std::unique_ptr<hub::Source> source{};

    Drop() { fs::create_directory(folder / "drop"); }

    void open() {
        auto made = connector.make_source(settings, world.context("court_drop", folder.path()));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        source = std::move(*made);
        const auto opened = source->open();
        BOOST_REQUIRE_MESSAGE(!!opened, (opened ? "" : hub::to_text(opened.error())));
    }
    std::string at(const std::string& name) const { return folder / ("drop/" + name); }
    void drop(const std::string& name, const std::string& bytes = "<result/>") const { write_file(at(name), bytes); }
    bool is_at(const std::string& name) const { return fs::exists(fs::symlink_status(at(name))); }

    /// Looks once, without waiting: what is there now.
    std::vector<hub::Incoming> look() {
        std::stop_source stop;
        stop.request_stop();
        auto messages = source->next(stop.get_token());
        BOOST_REQUIRE_MESSAGE(!!messages, (messages ? "" : hub::to_text(messages.error())));
        return std::move(*messages);
    }
    std::vector<std::string> names() {
        std::vector<std::string> found;
        for (const hub::Incoming& each : look()) found.push_back(each.token);
        std::sort(found.begin(), found.end());
        return found;
    }
    void settle(const std::string& token, hub::Outcome outcome, hub::Problems problems = {}) {
        const auto settled = source->settle({{token, outcome, "receipt-1", {}, std::move(problems)}});
        BOOST_REQUIRE_MESSAGE(!!settled, (settled ? "" : hub::to_text(settled.error())));
    }
    /// The file went to refused/ with a reason that says this.
    void is_refused(const std::string& name, const std::string& why) const {
        BOOST_TEST(is_at("refused/" + name), name);
        const std::string reason = read_file(at("refused/" + name + ".reason"));
        BOOST_TEST(reason.find(why) != std::string::npos, name + ": " + reason);
        BOOST_TEST(!is_at(name), name);
        BOOST_TEST(!is_at("claimed/" + name), name);
    }
};

const std::vector<std::string> none{};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder_source, Drop)

BOOST_AUTO_TEST_CASE(a_dropped_file_becomes_a_message_and_goes_to_done_when_accepted) {
    open();
    drop("result-1.xml");
    const auto messages = source->next({});
    BOOST_REQUIRE((!!messages && messages->size() == 1));
    const hub::Incoming& message = messages->front();
    BOOST_TEST(message.sender == "court");
    BOOST_TEST(message.message_id == "result-1.xml");
    BOOST_TEST(message.body == "<result/>");
    BOOST_TEST(is_at("claimed/result-1.xml"));
    BOOST_TEST(!is_at("done/result-1.xml"));  // nothing is settled before it is told
    BOOST_TEST(look().empty());
    settle(message.token, hub::Outcome::accepted);
    BOOST_TEST(is_at("done/result-1.xml"));
    BOOST_TEST(!is_at("claimed/result-1.xml"));
}

BOOST_AUTO_TEST_CASE(waiting_ends_when_a_file_comes_and_when_it_is_asked_to) {
    settings = support::with(settings, "poll_interval_ms", "600000");
    open();
    std::jthread sender([&] {
        std::this_thread::sleep_for(30ms);
        drop("late.xml.part");
        fs::rename(at("late.xml.part"), at("late.xml"));
    });
    const auto messages = source->next({});
    BOOST_REQUIRE((!!messages && messages->size() == 1));
    std::stop_source stop;
    std::jthread asker([&] {
        std::this_thread::sleep_for(30ms);
        stop.request_stop();
    });
    BOOST_TEST(source->next(stop.get_token())->empty());
}

BOOST_AUTO_TEST_CASE(outcomes_put_files_where_they_belong) {
    open();
    for (const char* name : {"a.xml", "b.xml", "c.xml", "d.xml"}) drop(name);
    BOOST_TEST(look().size() == 4u);
    settle("a.xml", hub::Outcome::duplicate);
    settle("b.xml", hub::Outcome::parked, {{"", 12, 5, "TG-F001", "the element 'Offence' is missing", "add it"}, {"", 14, 0, "TG-F002", "second", ""}});
    settle("c.xml", hub::Outcome::refused, {{"", 0, 0, "TG-R001", "the sender is not known", "ask"}});
    BOOST_TEST(is_at("done/a.xml"));
    is_refused("b.xml", "outcome: parked\nreceipt: receipt-1\n");
    is_refused("b.xml", "\nline 12, column 5: TG-F001: the element 'Offence' is missing\n  cure: add it\n\nline 14: TG-F002: second\n");
    is_refused("c.xml", "outcome: refused\n");
    is_refused("c.xml", "TG-R001: the sender is not known\n  cure: ask\n");
    settle("d.xml", hub::Outcome::busy);
    BOOST_TEST(is_at("claimed/d.xml"));
    BOOST_TEST(look().empty());  // not at once
    world.clock.add(1s);
    BOOST_TEST(names() == std::vector<std::string>{"d.xml"});
}

BOOST_AUTO_TEST_CASE(what_a_crash_left_claimed_is_offered_again) {
    open();
    drop("a.xml");
    BOOST_TEST(look().size() == 1u);
    open();  // another process
    BOOST_TEST(names() == std::vector<std::string>{"a.xml"});
    settle("a.xml", hub::Outcome::duplicate);
    BOOST_TEST(is_at("done/a.xml"));
}

BOOST_AUTO_TEST_CASE(opening_again_does_not_offer_twice_what_the_hub_still_has) {
    open();
    drop("a.xml");
    BOOST_TEST(look().size() == 1u);
    BOOST_REQUIRE(!!source->open());
    BOOST_TEST(look().empty());
    settle("a.xml", hub::Outcome::accepted);
    BOOST_TEST(is_at("done/a.xml"));
    settle("a.xml", hub::Outcome::refused);  // a second word about it changes nothing
    BOOST_TEST(!is_at("refused/a.xml.reason"));
}

BOOST_AUTO_TEST_CASE(a_name_used_again_waits_and_nothing_is_overwritten) {
    open();
    drop("a.xml", "first");
    BOOST_TEST(look().size() == 1u);
    drop("a.xml", "second");
    BOOST_TEST(look().empty());
    settle("a.xml", hub::Outcome::accepted);
    const auto second = look();
    BOOST_REQUIRE(second.size() == 1u);
    BOOST_TEST(second.front().body == "second");
    settle("a.xml", hub::Outcome::accepted);
    BOOST_TEST(read_file(at("done/a.xml")) == "first");
    int files = 0;
    for (const auto& each : fs::directory_iterator(at("done"))) {
        ++files;
        if (each.path().filename() != "a.xml") BOOST_TEST(read_file(each.path()) == "second");
    }
    BOOST_TEST(files == 2);
}

BOOST_AUTO_TEST_CASE(a_refused_name_used_again_keeps_both_files_and_both_reasons) {
    open();
    for (const char* bytes : {"first", "second"}) {
        drop("a.xml", bytes);
        BOOST_TEST(look().size() == 1u);
        settle("a.xml", hub::Outcome::refused);
    }
    BOOST_TEST(read_file(at("refused/a.xml")) == "first");
    BOOST_TEST(std::distance(fs::directory_iterator(at("refused")), fs::directory_iterator()) == 4);
}

BOOST_AUTO_TEST_CASE(temporary_names_and_other_patterns_are_left_alone) {
    settings = support::with(settings, "pattern", "*.xml");
    open();
    for (const char* name : {"a.xml.part", "b.tmp", ".c.xml", "d.xml~", "e.filepart", "f.csv"}) drop(name);
    drop("g.xml");
    BOOST_TEST(names() == std::vector<std::string>{"g.xml"});
    BOOST_TEST(is_at("f.csv"));
}

BOOST_AUTO_TEST_CASE(a_file_that_still_grows_is_not_taken) {
    settings = support::with(support::with(settings, "arrival", "stable"), "settle_ms", "500");
    open();
    drop("a.xml", "half");
    BOOST_TEST(look().empty());
    world.clock.add(400ms);
    BOOST_TEST(look().empty());
    drop("a.xml", "half and half");
    world.clock.add(400ms);
    BOOST_TEST(look().empty());
    world.clock.add(500ms);
    const auto messages = look();
    BOOST_REQUIRE(messages.size() == 1u);
    BOOST_TEST(messages.front().body == "half and half");
}

BOOST_AUTO_TEST_CASE(the_oldest_file_goes_first) {
    open();
    drop("young.xml");
    drop("old.xml");
    fs::last_write_time(at("old.xml"), fs::file_time_type::clock::now() - 1h);
    const auto messages = look();
    BOOST_REQUIRE(messages.size() == 2u);
    BOOST_TEST(messages.front().token == "old.xml");
}

BOOST_AUTO_TEST_CASE(symbolic_links_pipes_and_sockets_are_refused_unopened) {
    write_file(folder / "secret", "root:x:0:0");
    open();
    fs::create_symlink(folder / "secret", at("link.xml"));
    fs::create_symlink("../secret", at("relative.xml"));
    fs::create_symlink("/dev/zero", at("endless.xml"));
    fs::create_symlink("/nowhere", at("dangling.xml"));
    BOOST_TEST(mkfifo(at("pipe.xml").c_str(), 0600) == 0);
    sockaddr_un where{};
    where.sun_family = AF_UNIX;
    at("socket.xml").copy(where.sun_path, sizeof where.sun_path - 1);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    BOOST_TEST(bind(fd, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0);
    close(fd);
    BOOST_TEST(names() == none);
    for (const char* name : {"link.xml", "relative.xml", "endless.xml", "dangling.xml", "pipe.xml", "socket.xml"}) is_refused(name, "it is no regular file");
    BOOST_TEST(read_file(folder / "secret") == "root:x:0:0");
}

BOOST_AUTO_TEST_CASE(devices_are_refused_unopened) {
    open();
    if (mknod(at("device.xml").c_str(), S_IFCHR | 0600, makedev(1, 5)) != 0) {
        BOOST_TEST_MESSAGE("skipped: this user may not make a device");
        return;
    }
    BOOST_TEST(names() == none);
    is_refused("device.xml", "it is no regular file");
}

BOOST_AUTO_TEST_CASE(a_link_slipped_into_claimed_is_refused_too) {
    write_file(folder / "secret", "root:x:0:0");
    open();
    drop("a.xml");
    BOOST_TEST(look().size() == 1u);
    settle("a.xml", hub::Outcome::busy);
    fs::remove(at("claimed/a.xml"));
    fs::create_symlink(folder / "secret", at("claimed/a.xml"));
    world.clock.add(1s);
    BOOST_TEST(names() == none);
    is_refused("a.xml", "it is no regular file");
}

BOOST_AUTO_TEST_CASE(a_file_with_a_second_name_is_refused) {
    write_file(folder / "elsewhere", "may change later");
    open();
    fs::create_hard_link(folder / "elsewhere", at("a.xml"));
    BOOST_TEST(names() == none);
    is_refused("a.xml", "it has a second name");
}

BOOST_AUTO_TEST_CASE(a_folder_swapped_for_a_link_leads_nowhere) {
    fs::create_directory(folder / "outside");
    write_file(folder / "outside/a.xml", "outside");
    open();
    fs::create_directory_symlink(folder / "outside", at("inner"));
    BOOST_TEST(names() == none);
    BOOST_TEST(is_at("refused/inner"));  // a link is a link
    BOOST_TEST(read_file(folder / "outside/a.xml") == "outside");
    fs::remove_all(at("claimed"));
    fs::create_directory_symlink(folder / "outside", at("claimed"));
    BOOST_TEST(!source->open());
}

BOOST_AUTO_TEST_CASE(a_thousand_swaps_of_a_file_for_a_link_let_nothing_out) {
    write_file(folder / "secret", "secret");
    open();
    std::jthread attacker([&](std::stop_token stop) {
        for (int i = 0; i < 1'000 && !stop.stop_requested(); ++i) {
            std::error_code ignored;
            fs::create_symlink(folder / "secret", at(".link"), ignored);
            write_file(at(".file"), "honest");
            fs::rename(at(i % 2 == 0 ? ".file" : ".link"), at("a.xml"), ignored);
        }
    });
    for (int i = 0; i < 300; ++i) {
        for (const hub::Incoming& each : look()) {
            BOOST_REQUIRE(each.body.find("secret") == std::string::npos);
            settle(each.token, hub::Outcome::accepted);
        }
    }
}

BOOST_AUTO_TEST_CASE(names_that_could_do_harm_are_refused_under_a_harmless_one) {
    open();
    drop("a\nb.xml");
    drop("\x1b[31mred.xml");
    drop("not-utf8-\xff.xml");
    drop("turned-\xe2\x80\xae.xml");
    drop("caf\xc3\xa9.xml");
    BOOST_TEST(names() == std::vector<std::string>{"caf\xc3\xa9.xml"});
    for (const char* name : {"a%0ab.xml", "%1b[31mred.xml", "not-utf8-%ff.xml", "turned-%e2%80%ae.xml"})
        BOOST_TEST(read_file(at(std::string("refused/") + name + ".reason")).find("control characters") != std::string::npos, name);
}

BOOST_AUTO_TEST_CASE(a_name_of_the_limit_passes_and_one_byte_more_is_refused) {
    open();
    const std::string longest(connectors::folder::name_bytes_max, 'a');
    drop(longest);
    drop(longest + "a");
    BOOST_TEST(names() == std::vector<std::string>{longest});
    settle(longest, hub::Outcome::accepted);
    drop(longest);
    BOOST_TEST(look().size() == 1u);
    settle(longest, hub::Outcome::accepted);  // room for the instant behind it is left
    BOOST_TEST(!is_at("claimed/" + longest));
}

BOOST_AUTO_TEST_CASE(a_file_of_the_limit_passes_and_one_byte_more_is_refused) {
    settings = support::with(settings, "file_bytes_max", "1000");
    open();
    drop("fits.xml", std::string(1'000, 'a'));
    drop("long.xml", std::string(1'001, 'a'));
    BOOST_TEST(names() == std::vector<std::string>{"fits.xml"});
    is_refused("long.xml", "it is longer than 1000 bytes");
}

BOOST_AUTO_TEST_CASE(no_more_files_are_claimed_than_may_be_in_flight) {
    settings = support::with(settings, "in_flight_max", "2");
    open();
    for (const char* name : {"a", "b", "c"}) drop(name);
    const auto first = names();
    BOOST_TEST(first.size() == 2u);
    BOOST_TEST(look().empty());
    settle(first[0], hub::Outcome::accepted);
    BOOST_TEST(look().size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_batch_holds_no_more_than_the_contract_says) {
    open();
    for (std::size_t i = 0; i < hub::Source::batch_max + 5; ++i) drop(std::to_string(i));
    BOOST_TEST(look().size() == hub::Source::batch_max);
    BOOST_TEST(look().size() == 5u);
}

BOOST_AUTO_TEST_CASE(without_names_as_ids_a_message_has_none) {
    settings = support::with(support::with(settings, "message_id", "none"), "exchange", "court_result_in");
    open();
    drop("a.xml");
    const auto messages = look();
    BOOST_REQUIRE(messages.size() == 1u);
    BOOST_TEST(messages.front().message_id == "");
    BOOST_TEST(messages.front().exchange == "court_result_in");
}

BOOST_AUTO_TEST_CASE(a_missing_folder_is_named_with_a_cure_and_a_replaced_one_is_noticed) {
    settings = support::with(settings, "folder", "nowhere");
    auto made = connector.make_source(settings, world.context("court_drop", folder.path()));
    BOOST_REQUIRE(!!made);
    const auto opened = (*made)->open();
    BOOST_REQUIRE(!opened);
    BOOST_TEST((opened.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(opened.error().where == folder / "nowhere");
    BOOST_TEST(!opened.error().cure.empty());
    settings = support::with(settings, "folder", "drop");
    open();
    fs::rename(at(""), folder / "moved");
    fs::create_directory(folder / "drop");
    const auto messages = source->next({});
    BOOST_REQUIRE(!messages);
    BOOST_TEST((messages.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(!!source->open());
}

BOOST_AUTO_TEST_CASE(a_file_taken_away_by_hand_is_no_failure) {
    open();
    drop("a.xml");
    BOOST_TEST(look().size() == 1u);
    fs::remove(at("claimed/a.xml"));
    settle("a.xml", hub::Outcome::accepted);
    BOOST_TEST(look().empty());
}

BOOST_AUTO_TEST_CASE(when_done_cannot_be_reached_the_file_is_offered_again) {
    open();
    drop("a.xml");
    BOOST_TEST(look().size() == 1u);
    fs::remove_all(at("done"));
    BOOST_TEST(!source->settle({{"a.xml", hub::Outcome::accepted, "r", {}, {}}}));
    BOOST_REQUIRE(!!source->open());
    BOOST_TEST(look().size() == 1u);
    settle("a.xml", hub::Outcome::duplicate);
    BOOST_TEST(is_at("done/a.xml"));
}

BOOST_AUTO_TEST_CASE(the_sample_works) {
    const std::string sample = std::string(HUB_SOURCE_DIR) + "/connectors/folder/sample.xml";
    settings = support::sample_settings(sample, "source");
    fs::create_directory(at("court"));
    fs::create_directory(at("housing"));
    open();
    drop("court/result.xml");
    BOOST_TEST(look().empty());
    world.clock.add(1s);
    BOOST_TEST(names() == std::vector<std::string>{"result.xml"});
    auto sink = connector.make_sink(support::sample_settings(sample, "sink"), world.context("housing_drop", folder.path()));
    BOOST_REQUIRE(!!sink);
    BOOST_REQUIRE(!!(*sink)->open());
    hub::Outgoing record;
    record.recipient = "housing";
    record.record_type = "referral";
    record.media_type = "text/csv";
    BOOST_TEST(!!(*sink)->send(record));
    BOOST_TEST(is_at("housing/housing/referral-" + std::string(64, '0') + ".csv"));
}

BOOST_AUTO_TEST_CASE(patterns_match_whole_names) {
    using connectors::folder::matches;
    BOOST_TEST(matches("*", "anything"));
    BOOST_TEST(matches("*.xml", "a.xml"));
    BOOST_TEST(!matches("*.xml", "a.xml.gz"));
    BOOST_TEST(matches("a?c*e", "abcdde"));
    BOOST_TEST(!matches("a?c", "ac"));
    BOOST_TEST(!matches("", "a"));
    BOOST_TEST(matches("*a*b*", "xxaxxbxx"));
    BOOST_TEST(!matches("[ab]", "a"));
    BOOST_TEST(!matches(std::string(40, '*') + "b", std::string(200, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()
