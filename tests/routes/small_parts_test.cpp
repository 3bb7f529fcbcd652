// The letter cache, the held book, the alarm and the crew, each alone.
#include <boost/test/unit_test.hpp>

#include <future>

#include "hub/routes/alarm.hpp"
#include "hub/routes/crew.hpp"
#include "hub/routes/held.hpp"
#include "hub/routes/inbox.hpp"
#include "tests/support/manual_time.hpp"

using namespace hub;
using namespace hub::routes;
using namespace std::chrono_literals;

namespace {

PostedPtr letter(std::uint64_t seq, std::size_t bytes) {
    return std::make_shared<Posted>(Posted{{{seq, 0, 0}, "text/csv", std::string(bytes, 'x')}, {}});
}

Taken message(std::size_t source, std::uint64_t order) {
    Taken taken;
    taken.source = source;
    taken.order = order;
    taken.bytes = 10;
    taken.token = std::to_string(source) + "." + std::to_string(order);
    return taken;
}

std::string tokens(const Batch& batch) {
    std::string all;
    for (const Taken& taken : batch.records) all += taken.token + " ";
    return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(letter_cache)

BOOST_AUTO_TEST_CASE(the_oldest_letter_goes_when_letters_max_is_reached) {
    LetterCache cache(2, 1'000);
    for (const std::uint64_t seq : {1u, 2u, 3u}) cache.keep(letter(seq, 10));
    BOOST_TEST(cache.size() == 2u);
    BOOST_TEST(!cache.find({1, 0, 0}));
    BOOST_TEST(cache.find({3, 0, 0}));
}

BOOST_AUTO_TEST_CASE(letters_go_when_their_bytes_reach_letters_bytes_max) {
    LetterCache cache(100, 1'000);
    cache.keep(letter(1, 600));
    cache.keep(letter(2, 600));
    BOOST_TEST(!cache.find({1, 0, 0}));
    BOOST_TEST(cache.find({2, 0, 0}));
    cache.keep(letter(3, 2'000));
    BOOST_TEST(cache.size() == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(held_book)

BOOST_AUTO_TEST_CASE(only_items_whose_time_has_come_are_due_earliest_first_up_to_the_limit) {
    HeldBook book;
    book.put({1, 0, 0}, {300});
    book.put({2, 0, 0}, {100});
    book.put({3, 0, 0}, {200});
    book.put({3, 0, 0}, {250});
    BOOST_TEST(book.due({99}, 10).empty());
    const auto due = book.due({250}, 10);
    BOOST_REQUIRE(due.size() == 2u);
    BOOST_TEST(due[0].seq == 2u);
    BOOST_TEST(due[1].seq == 3u);
    BOOST_TEST(book.due({1'000}, 1).size() == 1u);
    book.remove({2, 0, 0});
    BOOST_TEST(book.due({250}, 10).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(inbox)

BOOST_AUTO_TEST_CASE(messages_of_a_source_come_out_in_its_order_whoever_was_done_first) {
    Inbox inbox(2);
    for (const std::uint64_t order : {2u, 1u}) inbox.put(message(0, order));
    inbox.put(message(1, 0));
    BOOST_TEST(tokens(inbox.take(10, 1'000, {})) == "1.0 ");
    inbox.put(message(0, 0));
    BOOST_TEST(tokens(inbox.take(10, 1'000, {})) == "0.0 0.1 0.2 ");
}

BOOST_AUTO_TEST_CASE(a_batch_keeps_its_limits_on_records_and_bytes) {
    Inbox inbox(1);
    for (std::uint64_t order = 0; order < 5; ++order) inbox.put(message(0, order));
    BOOST_TEST(inbox.take(2, 1'000, {}).records.size() == 2u);
    BOOST_TEST(inbox.take(10, 25, {}).records.size() == 2u);
    BOOST_TEST(inbox.take(10, 1, {}).records.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_closed_inbox_gives_back_the_acts_that_nobody_will_answer) {
    Inbox inbox(1);
    BOOST_TEST(inbox.put(ActWish{{}, std::make_shared<std::promise<core::Stepped>>()}));
    BOOST_TEST(inbox.close().size() == 1u);
    BOOST_TEST(!inbox.put(ActWish{{}, std::make_shared<std::promise<core::Stepped>>()}));
}

BOOST_AUTO_TEST_CASE(one_tick_at_a_time_waits) {
    Inbox inbox(1);
    BOOST_TEST(inbox.put_tick("a"));
    BOOST_TEST(!inbox.put_tick("b"));
    BOOST_TEST(inbox.take(1, 1, {}).ticks.size() == 1u);
    BOOST_TEST(inbox.put_tick("c"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(alarm_and_crew)

BOOST_AUTO_TEST_CASE(a_bell_rings_once_its_time_has_come_and_not_before) {
    support::ManualTime time;
    Alarm alarm(time, time);
    std::promise<std::chrono::nanoseconds> rang;
    const std::size_t bell = alarm.add([&] { rang.set_value(time.steady()); });
    std::jthread thread([&](std::stop_token stop) { alarm.run(stop); });
    const auto at = time.steady() + 10s;
    alarm.set(bell, at);
    alarm.set(bell, at + 5s);  // a later time does not replace an earlier one
    auto ringing = rang.get_future();
    while (ringing.wait_for(1ms) != std::future_status::ready && time.steady() < at + 3s) time.advance(1s);
    BOOST_REQUIRE((ringing.wait_for(20s) == std::future_status::ready));
    BOOST_TEST((ringing.get() >= at));
}

BOOST_AUTO_TEST_CASE(a_thread_that_does_not_end_is_named_and_let_go) {
    support::RealTime time;
    std::promise<void> release;
    std::promise<void> left;
    auto gate = std::make_shared<std::shared_future<void>>(release.get_future());
    {
        Crew crew(time, time);
        crew.start("stuck", [gate, &left](std::stop_token) {
            gate->wait();
            left.set_value();
        });
        crew.start("quick", [](std::stop_token) {});
        crew.request_stop();
        const auto late = crew.join_until(time.steady() + 50ms);
        BOOST_REQUIRE(late.size() == 1u);
        BOOST_TEST(late[0] == "stuck");
        crew.let_go();
        crew.join();
    }
    release.set_value();
    left.get_future().wait();
}

BOOST_AUTO_TEST_SUITE_END()
