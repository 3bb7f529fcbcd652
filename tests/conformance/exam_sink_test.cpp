// The exam, third paper: a sink and a receiver.
#include "tests/conformance/exam.hpp"

namespace data = boost::unit_test::data;

namespace conformance {

inline std::vector<std::string> sinks() {
    std::vector<std::string> names;
    for (const hub::Connector& entry : connectors::catalog())
        if (entry.make_sink) names.push_back(entry.name);
    return names;
}

inline hub::Outgoing record(std::uint8_t number, const std::string& body) {
    hub::Outgoing outgoing;
    outgoing.key.digest.fill(number);
    outgoing.route = "exam_route";
    outgoing.recipient = "exam_party";
    outgoing.record_type = "exam_record";
    outgoing.media_type = "application/xml";
    outgoing.body = body;
    return outgoing;
}

/// A sink and its receiver.
struct ExaminedSink {
    explicit ExaminedSink(const std::string& name, const Waits& waits = {})
        : entry(connector_named(name)), rig(rig_of(name).sink(world)), net(entry.sink_settings, rig->settings(waits)) {
        auto made = entry.make_sink(rig->settings(waits), world.context("exam"));
        BOOST_REQUIRE_MESSAGE(!!made, (made ? "" : hub::to_text(made.error())));
        sink = std::move(*made);
    }

    /// Sends as the hub does: opens again when asked to, and tries until the patience ends.
    bool delivers(const hub::Outgoing& outgoing) {
        bool final = false, delivered = false;
        happens([&] {
            const auto sent = sink->send(outgoing);
            delivered = !!sent;
            if (sent) return true;
            net.look_at(sent.error());
            final = sent.error().remedy == hub::Remedy::reject || sent.error().remedy == hub::Remedy::stop;
            if (!final) [[maybe_unused]] const auto opened = sink->open();
            return final;
        });
        return delivered;
    }

    int times(const hub::Outgoing& outgoing) {
        int count = 0;
        for (const Received& each : rig->received()) count += each.key == hub::to_text(outgoing.key) && each.body == outgoing.body ? 1 : 0;
        return count;
    }

    support::ConnectorWorld world{};
    hub::Connector entry;
    std::unique_ptr<SinkRig> rig;  // before the sink: a receiver outlives what talks to it
    SecretNet net;
    std::unique_ptr<hub::Sink> sink{};
};

/// Passes on whether the receiver can be like that, and says so in the log when it cannot.
inline bool exam_goes_on(bool can, const std::string& why_not) {
    if (!can) BOOST_TEST_MESSAGE(why_not);
    return can;
}

}  // namespace conformance

using namespace conformance;

BOOST_AUTO_TEST_SUITE(every_sink)

BOOST_DATA_TEST_CASE(hands_over_the_bytes_and_the_key_of_each_record, data::make(sinks()), name) {
    ExaminedSink exam(name);
    BOOST_REQUIRE(!!exam.sink->open());
    for (std::uint8_t i = 1; i <= 3; ++i) {
        const auto outgoing = record(i, "body " + std::to_string(i) + "\r\nof two lines");
        const auto sent = exam.sink->send(outgoing);
        BOOST_REQUIRE_MESSAGE(!!sent, (sent ? "" : hub::to_text(sent.error())));
        BOOST_TEST(happens([&] { return exam.times(outgoing) == 1; }));
    }
}

BOOST_DATA_TEST_CASE(says_so_when_its_receiver_is_absent_and_recovers, data::make(sinks()), name) {
    ExaminedSink exam(name, {.connect = std::chrono::milliseconds(1500)});
    if (!exam_goes_on(exam.rig->become(Fault::absent), name + ": its receiver cannot be absent")) return;
    const auto opened = exam.sink->open();
    if (!opened) {
        exam.net.look_at(opened.error());
        BOOST_TEST((opened.error().remedy == hub::Remedy::reconnect || opened.error().remedy == hub::Remedy::retry));
        BOOST_TEST(!opened.error().what.empty());
    } else {
        const auto sent = exam.sink->send(record(1, "one"));
        BOOST_REQUIRE(!sent);
        exam.net.look_at(sent.error());
        BOOST_TEST((sent.error().remedy == hub::Remedy::reconnect || sent.error().remedy == hub::Remedy::retry));
    }
    BOOST_REQUIRE(exam.rig->become(std::nullopt));
    BOOST_TEST(happens([&] { return !!exam.sink->open(); }));
    BOOST_TEST(exam.delivers(record(1, "one")));
    BOOST_TEST(happens([&] { return exam.times(record(1, "one")) >= 1; }));
}

BOOST_DATA_TEST_CASE(never_guesses_when_its_receiver_goes_wrong_and_recovers, data::make(sinks()) * data::make({0, 1}), name, which) {
    const Fault fault = which == 0 ? Fault::cuts : Fault::stalls;
    ExaminedSink exam(name, {.answer = std::chrono::milliseconds(400)});
    BOOST_REQUIRE(!!exam.sink->open());
    BOOST_TEST(exam.delivers(record(1, "one")));
    if (!exam_goes_on(exam.rig->become(fault), name + ": its receiver cannot go wrong in this way")) return;
    auto sent = std::async(std::launch::async, [&] { return exam.sink->send(record(2, "two")); });
    BOOST_REQUIRE_MESSAGE((sent.wait_for(patience) == std::future_status::ready), "it waits without end");
    const auto result = sent.get();
    BOOST_REQUIRE_MESSAGE(!result, "a record that nobody took counts as delivered");
    exam.net.look_at(result.error());
    BOOST_TEST(result.error().outcome_unknown);  // the bytes had left
    BOOST_REQUIRE(exam.rig->become(std::nullopt));
    [[maybe_unused]] const auto opened = exam.sink->open();
    BOOST_TEST(exam.delivers(record(2, "two")));
    BOOST_TEST(happens([&] { return exam.times(record(2, "two")) >= 1; }));
}

BOOST_DATA_TEST_CASE(can_be_opened_again_and_goes_on, data::make(sinks()), name) {
    ExaminedSink exam(name);
    for (std::uint8_t i = 1; i <= 3; ++i) {
        BOOST_REQUIRE(!!exam.sink->open());
        BOOST_TEST(exam.delivers(record(i, "body")));
    }
}

BOOST_DATA_TEST_CASE(takes_a_stand_on_repeats_and_keeps_to_it, data::make(sinks()), name) {
    ExaminedSink exam(name);
    BOOST_REQUIRE(!!exam.sink->open());
    const hub::Repeats stand = exam.sink->repeats();
    BOOST_TEST(exam.delivers(record(1, "one")));
    if (stand == hub::Repeats::key) BOOST_TEST(exam.delivers(record(1, "one")));
    if (stand == hub::Repeats::query) {
        const auto known = exam.sink->ask(record(1, "one").key), unknown = exam.sink->ask(record(9, "nine").key);
        BOOST_TEST((known && known->has_value()));
        BOOST_TEST((unknown && !unknown->has_value()));
    }
}

BOOST_DATA_TEST_CASE(is_made_before_it_is_opened_and_says_so, data::make(sinks()), name) {
    ExaminedSink exam(name);
    const auto sent = exam.sink->send(record(1, "one"));
    BOOST_REQUIRE(!sent);
    BOOST_TEST((sent.error().remedy == hub::Remedy::reconnect));
    BOOST_TEST(!sent.error().outcome_unknown);
}

BOOST_AUTO_TEST_SUITE_END()
