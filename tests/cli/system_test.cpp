// The real seams do what hub/api/seams.hpp promises.
#include <boost/test/unit_test.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/cli/system.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace hub;

namespace {

unsigned mode_of(const std::string& path) {
    struct stat found{};
    BOOST_REQUIRE(::stat(path.c_str(), &found) == 0);
    return found.st_mode & 0777U;
}

struct DiskFixture {
    support::TemporaryFolder folder{};
    cli::SystemDisk disk{};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(system_seams)

BOOST_AUTO_TEST_CASE(the_clock_counts_microseconds_of_utc_and_the_steady_one_never_goes_back) {
    const cli::SystemClock clock;
    const Instant now = clock.now(), least = *parse_instant("2025-01-01T00:00:00Z"), most = *parse_instant("2200-01-01T00:00:00Z");
    BOOST_TEST((now > least && now < most));
    const auto before = clock.steady();
    BOOST_TEST((clock.steady() >= before));
}

BOOST_AUTO_TEST_CASE(random_bytes_fill_the_whole_span) {
    cli::SystemRandom random;
    std::array<std::uint8_t, 1'000> one{}, two{};
    random.fill(one);
    random.fill(two);
    BOOST_TEST((one != two));
    BOOST_TEST((std::count(one.begin(), one.end(), 0) < 50));
    random.fill({});
}

BOOST_FIXTURE_TEST_CASE(a_file_is_replaced_as_a_whole_and_is_private, DiskFixture) {
    BOOST_REQUIRE(disk.write(folder / "file", "first"));
    BOOST_REQUIRE(disk.write(folder / "file", "second"));
    BOOST_TEST(*disk.read(folder / "file", 100) == "second");
    BOOST_TEST(mode_of(folder / "file") == 0600U);
    BOOST_TEST(disk.list(folder.path())->size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_write_that_cannot_be_leaves_no_trace, DiskFixture) {
    BOOST_TEST(!disk.write(folder / "missing/file", "x"));
    std::filesystem::create_directory(folder / "taken");
    BOOST_TEST(!disk.write(folder / "taken", "x"));
    BOOST_TEST(disk.list(folder.path())->empty());
}

BOOST_FIXTURE_TEST_CASE(a_file_over_the_limit_is_refused_and_one_at_it_is_read, DiskFixture) {
    BOOST_REQUIRE(disk.write(folder / "file", std::string(100, 'x')));
    BOOST_TEST(disk.read(folder / "file", 100)->size() == 100U);
    BOOST_TEST(disk.read(folder / "file", 99).error().code == "file_too_large");
}

BOOST_FIXTURE_TEST_CASE(what_is_absent_or_no_file_is_said_so, DiskFixture) {
    const auto absent = disk.read(folder / "absent", 10);
    BOOST_REQUIRE(!absent);
    BOOST_TEST(absent.error().code == "no_file");
    BOOST_TEST(absent.error().where == folder / "absent");
    BOOST_TEST(!disk.read(folder.path(), 10));
    BOOST_TEST(!disk.list(folder / "absent"));
}

BOOST_FIXTURE_TEST_CASE(a_secret_open_to_others_is_refused, DiskFixture) {
    BOOST_REQUIRE(disk.write(folder / "key", "secret"));
    BOOST_TEST(*disk.read_secret(folder / "key", 10) == "secret");
    for (const unsigned mode : {0640U, 0604U, 0660U}) {
        std::filesystem::permissions(folder / "key", static_cast<std::filesystem::perms>(mode));
        const auto refused = disk.read_secret(folder / "key", 10);
        BOOST_REQUIRE(!refused);
        BOOST_TEST(refused.error().code == "key_exposed");
    }
}

BOOST_FIXTURE_TEST_CASE(a_list_is_sorted_and_goes_below_but_follows_no_link, DiskFixture) {
    std::filesystem::create_directories(folder / "b/inner");
    for (const char* name : {"c", "a", "b/inner/x"}) std::ofstream(folder / name) << "x";
    std::filesystem::create_symlink(folder / "a", folder / "link");
    std::filesystem::create_directory_symlink(folder / "b", folder / "link_folder");
    std::filesystem::create_symlink(folder / "nowhere", folder / "dangling");
    const auto found = disk.list(folder.path());
    BOOST_REQUIRE(found);
    BOOST_TEST((*found == std::vector<std::string>{"a", "b/inner/x", "c"}));
}

BOOST_AUTO_TEST_CASE(a_task_is_told_to_stop_and_waited_for) {
    cli::ThreadScheduler scheduler;
    std::atomic<int> rounds{0};
    std::atomic<bool> ended{false};
    {
        const std::jthread task = scheduler.start("a_name_longer_than_the_kernel_keeps", [&](std::stop_token stop) {
            while (!stop.stop_requested()) {
                ++rounds;
                scheduler.wait(std::chrono::hours(1), stop);
            }
            ended = true;
        });
        while (rounds == 0) std::this_thread::yield();
    }
    BOOST_TEST(rounds == 1);
    BOOST_TEST(ended);
}

BOOST_AUTO_TEST_CASE(a_wait_ends_by_itself) {
    cli::ThreadScheduler scheduler;
    scheduler.wait(std::chrono::milliseconds(1), {});
    std::stop_source stopped;
    stopped.request_stop();
    scheduler.wait(std::chrono::hours(1), stopped.get_token());
}

BOOST_FIXTURE_TEST_CASE(a_unix_socket_is_private_and_carries_bytes, DiskFixture) {
    cli::UnixNet net;
    const auto listener = net.listen_unix(folder / "socket");
    BOOST_REQUIRE(listener);
    BOOST_TEST(mode_of(folder / "socket") == 0600U);
    const auto client = net.connect_unix(folder / "socket");
    BOOST_REQUIRE(client);
    const int served = ::accept(*listener, nullptr, nullptr);
    BOOST_REQUIRE(served >= 0);
    char byte = 0;
    BOOST_TEST(::write(*client, "x", 1) == 1);
    BOOST_TEST(::read(served, &byte, 1) == 1);
    BOOST_TEST(byte == 'x');
    for (const int descriptor : {*listener, *client, served}) ::close(descriptor);
}

BOOST_FIXTURE_TEST_CASE(a_socket_left_by_a_dead_process_is_taken_over_but_a_live_one_is_not, DiskFixture) {
    cli::UnixNet net;
    const auto first = net.listen_unix(folder / "socket");
    BOOST_REQUIRE(first);
    const auto second = net.listen_unix(folder / "socket");
    BOOST_REQUIRE(!second);
    BOOST_TEST((second.error().remedy == Remedy::stop));
    ::close(*first);
    BOOST_TEST(!net.connect_unix(folder / "socket"));
    const auto third = net.listen_unix(folder / "socket");
    BOOST_REQUIRE(third);
    ::close(*third);
    std::ofstream(folder / "file") << "precious";
    BOOST_TEST(!net.listen_unix(folder / "file"));
    BOOST_TEST(std::filesystem::file_size(folder / "file") == 8U);
}

BOOST_FIXTURE_TEST_CASE(a_path_too_long_for_a_socket_is_refused, DiskFixture) {
    cli::UnixNet net;
    BOOST_TEST(net.listen_unix(folder / std::string(200, 'x')).error().code == "socket_path");
    BOOST_TEST(net.connect_unix("").error().code == "socket_path");
}

BOOST_AUTO_TEST_SUITE_END()
