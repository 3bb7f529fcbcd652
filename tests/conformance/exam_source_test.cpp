// The exam, second paper: a source and a sender.
#include "tests/conformance/exam.hpp"

namespace data = boost::unit_test::data;

namespace conformance {

std::vector<std::string> sources() {
    std::vector<std::string> names;
    for (const hub::Connector& entry : connectors::catalog())
        if (entry.make_source) names.push_back(entry.name);
    return names;
}

/// A source that is open, and its sender.
struct ExaminedSource {
    explicit ExaminedSource(const std::string& name) : entry(connector_named(name)), rig(rig_of(name).source(world)) {
        auto made = entry.make_source(rig->settings(), world.context("exam"));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        source = std::move(*made);
        open();
    }

    void open() {
        const auto opened = source->open();
        BOOST_REQUIRE_MESSAGE(!!opened, (opened ? "" : hub::to_text(opened.error())));
    }

    /// The next message, with an end to the waiting.
    hub::Incoming message() {
        std::vector<hub::Incoming> messages;
        happens([&] {
            std::stop_source stop;
            std::jthread alarm([&](const std::stop_token& early) {
                for (int i = 0; i < 100 && !early.stop_requested(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(2));
                stop.request_stop();
            });
            auto next = source->next(stop.get_token());
            BOOST_REQUIRE_MESSAGE(!!next, (next ? "" : hub::to_text(next.error())));
            messages = std::move(*next);
            return !messages.empty();
        });
        BOOST_REQUIRE_MESSAGE(messages.size() == 1, messages.size() << " messages came instead of one");
        return messages.front();
    }

    void settle(const hub::Incoming& message, hub::Outcome outcome) {
        const bool kept = outcome != hub::Outcome::refused && outcome != hub::Outcome::busy;
        const auto settled = source->settle({{message.token, outcome, kept ? std::string(64, 'a') : "", {1'000'000}, {}}});
        BOOST_REQUIRE_MESSAGE(!!settled, (settled ? "" : hub::to_text(settled.error())));
    }

    support::ConnectorWorld world{};
    hub::Connector entry;
    std::unique_ptr<SourceRig> rig;  // before the source: a sender outlives what it talks to
    std::unique_ptr<hub::Source> source{};
};

}  // namespace conformance

using namespace conformance;

BOOST_AUTO_TEST_SUITE(every_source)

BOOST_DATA_TEST_CASE(yields_what_was_sent_and_who_sent_it, data::make(sources()), name) {
    ExaminedSource exam(name);
    exam.rig->send("message-1", "a body\r\nof two lines");
    const hub::Incoming message = exam.message();
    BOOST_TEST(message.body == "a body\r\nof two lines");
    BOOST_TEST(!message.sender.empty());
    BOOST_TEST(!message.token.empty());
    exam.settle(message, hub::Outcome::accepted);
}

BOOST_DATA_TEST_CASE(tells_its_sender_nothing_before_it_is_told_itself, data::make(sources()), name) {
    ExaminedSource exam(name);
    exam.rig->send("message-1", "body");
    const hub::Incoming message = exam.message();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    BOOST_TEST((exam.rig->told("message-1") == Told::nothing));
    exam.settle(message, hub::Outcome::accepted);
    BOOST_TEST(happens([&] { return exam.rig->told("message-1") == Told::good; }));
}

BOOST_DATA_TEST_CASE(tells_each_sender_the_fate_of_its_own_message, data::make(sources()), name) {
    ExaminedSource exam(name);
    exam.rig->send("message-1", "one");
    const hub::Incoming first = exam.message();
    exam.rig->send("message-2", "two");
    const hub::Incoming second = exam.message();
    exam.settle(second, hub::Outcome::refused);
    BOOST_TEST(happens([&] { return exam.rig->told("message-2") == Told::bad; }));
    BOOST_TEST((exam.rig->told("message-1") == Told::nothing));
    exam.settle(first, hub::Outcome::duplicate);
    BOOST_TEST(happens([&] { return exam.rig->told("message-1") == Told::good; }));
}

BOOST_DATA_TEST_CASE(returns_soon_after_it_is_asked_to_stop, data::make(sources()), name) {
    ExaminedSource exam(name);
    std::stop_source stop;
    auto next = std::async(std::launch::async, [&] { return exam.source->next(stop.get_token()); });
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    stop.request_stop();
    BOOST_REQUIRE((next.wait_for(patience) == std::future_status::ready));
    const auto messages = next.get();
    BOOST_REQUIRE(!!messages);
    BOOST_TEST(messages->empty());
    BOOST_TEST(exam.source->next(stop.get_token())->empty());  // and at once when it was asked before
}

BOOST_DATA_TEST_CASE(can_be_opened_again_and_goes_on, data::make(sources()), name) {
    ExaminedSource exam(name);
    exam.open();
    exam.rig->send("message-1", "one");
    exam.settle(exam.message(), hub::Outcome::accepted);
    exam.open();
    exam.rig->send("message-2", "two");
    const hub::Incoming second = exam.message();
    BOOST_TEST(second.body == "two");
    exam.settle(second, hub::Outcome::accepted);
    BOOST_TEST(happens([&] { return exam.rig->told("message-2") == Told::good; }));
}

BOOST_DATA_TEST_CASE(takes_a_word_about_a_message_it_does_not_know, data::make(sources()), name) {
    ExaminedSource exam(name);
    BOOST_TEST(!!exam.source->settle({{"no such token", hub::Outcome::accepted, std::string(64, 'a'), {}, {}}}));
    BOOST_TEST(!!exam.source->settle({}));
    exam.rig->send("message-1", "one");
    exam.settle(exam.message(), hub::Outcome::accepted);
}

BOOST_DATA_TEST_CASE(serves_honest_senders_beside_those_that_cut_and_stall, data::make(sources()), name) {
    ExaminedSource exam(name);
    for (const Fault fault : {Fault::cuts, Fault::stalls, Fault::cuts}) exam.rig->go_wrong(fault);
    exam.rig->send("message-1", "honest");
    const hub::Incoming message = exam.message();
    BOOST_TEST(message.body == "honest");
    exam.settle(message, hub::Outcome::accepted);
    BOOST_TEST(happens([&] { return exam.rig->told("message-1") == Told::good; }));
}

BOOST_DATA_TEST_CASE(can_be_destroyed_while_messages_wait, data::make(sources()), name) {
    ExaminedSource exam(name);
    exam.rig->send("message-1", "one");
    exam.message();
    exam.rig->send("message-2", "two");
    exam.source.reset();
    BOOST_TEST((exam.rig->told("message-1") != Told::good));
}

BOOST_DATA_TEST_CASE(is_made_before_it_is_opened_and_says_so, data::make(sources()), name) {
    support::ConnectorWorld world;
    const auto rig = rig_of(name).source(world);
    const auto made = connector_named(name).make_source(rig->settings(), world.context("exam"));
    BOOST_REQUIRE(!!made);
    const auto next = (*made)->next({});
    BOOST_REQUIRE(!next);
    BOOST_TEST((next.error().remedy == hub::Remedy::reconnect));
}

BOOST_AUTO_TEST_SUITE_END()
