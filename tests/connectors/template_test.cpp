// The connector to copy, both ends joined by their queue.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "connectors/template/template.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/connector_world.hpp"

namespace {

struct Pair {
    support::ConnectorWorld world{};
    hub::Connector connector = connectors::template_::connector();
    std::unique_ptr<hub::Source> source = std::move(*connector.make_source(support::settings_of({{"queue", "test"}, {"identity", "court"}}), world.context("in")));
    std::unique_ptr<hub::Sink> sink = std::move(*connector.make_sink(
        support::settings_of({{"queue", "test"}, {"queue_records_max", "2"}, {"answer_timeout_ms", "30000"}}), world.context("out")));

    Pair() {
        BOOST_REQUIRE(!!source->open());
        BOOST_REQUIRE(!!sink->open());
    }

    /// Sends one record and settles it with this outcome on another thread.
    hub::Result<hub::Handed> send_and_settle(hub::Outcome outcome, std::string& seen) {
        std::jthread hub([&] {
            const auto messages = source->next({});
            if (!messages || messages->size() != 1) return;
            seen = messages->front().sender + ":" + messages->front().body;
            [[maybe_unused]] const auto told = source->settle({{messages->front().token, outcome, "receipt-1", {}, {}}});
        });
        hub::Outgoing outgoing;
        outgoing.body = "hello";
        return sink->send(outgoing);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(template_connector, Pair)

BOOST_AUTO_TEST_CASE(what_the_sink_sends_the_source_yields_and_the_receipt_comes_back) {
    std::string seen;
    const auto handed = send_and_settle(hub::Outcome::accepted, seen);
    BOOST_REQUIRE(!!handed);
    BOOST_TEST(handed->evidence == "receipt-1");
    BOOST_TEST(seen == "court:hello");
}

BOOST_AUTO_TEST_CASE(busy_means_retry_and_refused_means_reject) {
    std::string seen;
    const auto busy = send_and_settle(hub::Outcome::busy, seen);
    BOOST_TEST((!busy && busy.error().remedy == hub::Remedy::retry));
    const auto refused = send_and_settle(hub::Outcome::refused, seen);
    BOOST_TEST((!refused && refused.error().remedy == hub::Remedy::reject));
}

BOOST_AUTO_TEST_CASE(a_full_queue_is_told_and_an_answer_that_does_not_come_leaves_the_outcome_unknown) {
    const auto hasty = std::move(*connector.make_sink(
        support::settings_of({{"queue", "test"}, {"queue_records_max", "2"}, {"answer_timeout_ms", "1"}}), world.context("out")));
    BOOST_REQUIRE(!!hasty->open());
    for (int i = 0; i < 2; ++i) {
        const auto unanswered = hasty->send({});
        BOOST_TEST((!unanswered && unanswered.error().outcome_unknown));
    }
    const auto full = hasty->send({});
    BOOST_REQUIRE(!full);
    BOOST_TEST((full.error().remedy == hub::Remedy::retry));
    BOOST_TEST(full.error().cure.find("queue_records_max") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(waiting_ends_when_asked) {
    std::stop_source stop;
    std::jthread asker([&] { stop.request_stop(); });
    const auto messages = source->next(stop.get_token());
    BOOST_REQUIRE(!!messages);
    BOOST_TEST(messages->empty());
}

BOOST_AUTO_TEST_SUITE_END()
