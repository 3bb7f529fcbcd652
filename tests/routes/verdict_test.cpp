// What a sink's answer comes to, by remedy and by the receiver's stand on repeats.
#include <boost/test/unit_test.hpp>

#include "hub/routes/backoff.hpp"
#include "hub/routes/verdict.hpp"

using namespace hub;
using namespace hub::routes;
using Came = core::Attempt::Came;

namespace {

Result<Handed> error(Remedy remedy, bool unknown = false) {
    Error e{remedy, "the partner said no", "", "", ""};
    e.outcome_unknown = unknown;
    return e;
}

class FixedRandom : public Random {
public:
    explicit FixedRandom(std::uint8_t byte) : byte_(byte) {}
    void fill(std::span<std::uint8_t> bytes) override {
        for (auto& byte : bytes) byte = 0;
        bytes.back() = byte_;
    }

private:
    std::uint8_t byte_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(verdict_on_an_attempt)

BOOST_AUTO_TEST_CASE(what_was_taken_is_delivered_with_its_evidence) {
    const Verdict verdict = judge(Handed{"receipt 7"}, Repeats::key, 1, 8);
    BOOST_TEST((verdict.came == Came::delivered));
    BOOST_TEST(verdict.detail == "receipt 7");
    BOOST_TEST(!verdict.again);
}

BOOST_AUTO_TEST_CASE(a_busy_partner_is_tried_again_until_the_limit) {
    BOOST_TEST((judge(error(Remedy::retry), Repeats::key, 7, 8).came == Came::failed));
    BOOST_TEST(judge(error(Remedy::retry), Repeats::key, 7, 8).again);
    const Verdict last = judge(error(Remedy::retry), Repeats::key, 8, 8);
    BOOST_TEST((last.came == Came::exhausted));
    BOOST_TEST(last.code == "attempts_max");
    BOOST_TEST(!last.again);
}

BOOST_AUTO_TEST_CASE(a_refusal_is_final_at_once) {
    const Verdict verdict = judge(error(Remedy::reject), Repeats::key, 1, 8);
    BOOST_TEST((verdict.came == Came::refused));
    BOOST_TEST(!verdict.again);
    BOOST_TEST(!verdict.pause_partner);
}

BOOST_AUTO_TEST_CASE(a_lost_connection_pauses_the_partner_and_does_not_count) {
    const Verdict verdict = judge(error(Remedy::reconnect), Repeats::key, 8, 8);
    BOOST_TEST(!verdict.came.has_value());
    BOOST_TEST(verdict.again);
    BOOST_TEST(verdict.pause_partner);
    BOOST_TEST(!verdict.unsure);
}

BOOST_AUTO_TEST_CASE(an_unknown_outcome_follows_the_receivers_stand) {
    for (const Remedy remedy : {Remedy::retry, Remedy::reconnect}) {
        for (const Repeats repeats : {Repeats::key, Repeats::query}) {
            const Verdict verdict = judge(error(remedy, true), repeats, 1, 8);
            BOOST_TEST((verdict.came == Came::unknown));
            BOOST_TEST(verdict.again);
            BOOST_TEST(verdict.unsure);
        }
        const Verdict verdict = judge(error(remedy, true), Repeats::none, 1, 8);
        BOOST_TEST((verdict.came == Came::exhausted));
        BOOST_TEST(verdict.code == "outcome_unknown");
        BOOST_TEST(!verdict.again);
    }
}

BOOST_AUTO_TEST_CASE(a_sink_that_asks_to_stop_stops_its_route_and_keeps_the_item) {
    const Verdict verdict = judge(error(Remedy::stop), Repeats::key, 1, 8);
    BOOST_TEST(!verdict.came.has_value());
    BOOST_TEST(verdict.again);
    BOOST_TEST(verdict.stop_route);
}

BOOST_AUTO_TEST_CASE(a_question_without_an_answer_stays_a_question) {
    const Error busy = error(Remedy::retry).error();
    const Verdict verdict = judge_unanswered(busy, 1, 8);
    BOOST_TEST((verdict.came == Came::unknown));
    BOOST_TEST(verdict.unsure);
    BOOST_TEST((judge_unanswered(busy, 8, 8).came == Came::exhausted));
    BOOST_TEST(judge_unanswered(error(Remedy::reconnect).error(), 1, 8).unsure);
    BOOST_TEST((judge_unanswered(error(Remedy::reject).error(), 1, 8).came == Came::exhausted));
}

BOOST_AUTO_TEST_CASE(an_endless_error_text_is_cut) {
    Error e{Remedy::retry, std::string(100'000, 'x'), "", "", ""};
    BOOST_TEST(judge(e, Repeats::key, 1, 8).detail.size() == detail_bytes_max);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(back_off)

BOOST_AUTO_TEST_CASE(pauses_double_between_their_bounds) {
    const PauseBounds bounds{200, 1'000};
    const std::uint32_t want_ms[] = {200, 400, 800, 1'000, 1'000};
    for (std::uint32_t i = 0; i < 5; ++i) BOOST_TEST((pause_of(i + 1, bounds) == std::chrono::milliseconds(want_ms[i])));
    BOOST_TEST((pause_of(4'000'000'000U, bounds) == std::chrono::milliseconds(1'000)));
}

BOOST_AUTO_TEST_CASE(jitter_stays_within_its_share) {
    for (int byte = 0; byte < 256; ++byte) {
        FixedRandom random(static_cast<std::uint8_t>(byte));
        const auto pause = jittered_pause(2, {200, 1'000}, random);
        BOOST_TEST((pause >= std::chrono::milliseconds(320) && pause <= std::chrono::milliseconds(480)));
    }
    FixedRandom low(0), high(40);
    BOOST_TEST((jittered_pause(1, {1'000, 1'000}, low) < jittered_pause(1, {1'000, 1'000}, high)));
}

BOOST_AUTO_TEST_SUITE_END()
