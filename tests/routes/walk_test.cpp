// Random walks: the hub dies at any append, before or after it was written, again and again, between partners who fail as they
// please. Nothing accepted is lost, nobody who honours the key sees a second effect, and the books balance.
#include <boost/test/unit_test.hpp>

#include <map>

#include "tests/routes/rig.hpp"

using namespace hub;
using namespace routes_test;
using Fate = WatchedStore::Fate;

namespace {

constexpr int people = 12;

struct Walk {
    explicit Walk(unsigned seed) : chance(seed) {
        rig.tuning.workers = 3;
        rig.tuning.group_max = 1 + chance.below(16);
        rig.tuning.letters_max = chance.below(2) == 0 ? 2 : 1'000;
        for (auto& [name, receiver] : rig.receivers) receiver.answer([this](const Outgoing&) { return answer(); });
        rig.store.judge([this](auto) { return fate(); });
    }
    Result<Handed> answer() {
        Error error{static_cast<Remedy>(chance.below(2)), "not now"};
        error.outcome_unknown = chance.below(2) == 0;
        if (chance.below(5) == 0) return error;
        return Handed{"ok"};
    }
    Fate fate() {
        if (calm) return Fate::write;
        switch (chance.below(25)) {
            case 0: return Fate::lose;
            case 1: return Fate::write_and_lose;
            case 2: return Fate::no_space;
            default: return Fate::write;
        }
    }
    /// What was told to be busy is sent again, as the sender would.
    void send_busy_again() {
        const auto settled = rig.court.settled();
        for (; seen < settled.size(); ++seen) {
            const auto& [person, text, id] = by_token.at(settled[seen].token);
            if (settled[seen].outcome == Outcome::busy) send(person, text, id);
            else done[id] = settled[seen].outcome;
        }
    }
    void send(int person, const std::string& text, const std::string& id) {
        rig.send(person, text, id);
        by_token["t" + std::to_string(++tokens)] = {person, text, id};
    }

    SeededRandom chance;
    std::atomic<bool> calm{false};
    Rig rig{{{"police", "", "", 1'000, 3, 1, 3}, {"prison", "", "", 1'000, 2, 1, 3}}};
    std::map<std::string, std::tuple<int, std::string, std::string>> by_token{};
    std::map<std::string, Outcome> done{};
    std::size_t seen = 0;
    int tokens = 0;
};

/// How often the hub died.
int run(unsigned seed, int messages) {
    Walk walk(seed);
    Rig& rig = walk.rig;
    walk.calm = true;  // a start may not fail in this test
    rig.start();
    walk.calm = false;
    int crashes = 0;
    for (int i = 0; i < messages; ++i) {
        const int person = static_cast<int>(walk.chance.below(people));
        walk.send(person, std::to_string(100'000 + i), "m" + std::to_string(i));
        if (walk.chance.below(3) == 0) rig.time.wait(std::chrono::microseconds(walk.chance.below(3'000)), {});
        walk.send_busy_again();
        if (!rig.engine->failed()) continue;
        ++crashes;
        walk.calm = true;
        rig.restart();
        walk.calm = false;
    }
    walk.calm = true;
    if (rig.engine->failed()) rig.restart();
    const auto expected = static_cast<std::size_t>(messages);
    const bool all_told = rig.await([&] {
        walk.send_busy_again();
        return walk.done.size() == expected;
    });
    BOOST_TEST(all_told);
    BOOST_TEST(rig.await_delivered(2 * expected));
    rig.stop();
    BOOST_TEST_MESSAGE("seed " << seed << ": " << crashes << " crashes");
    BOOST_TEST(rig.account() == "");
    for (const std::string recipient : {"police", "prison"}) {
        std::map<std::string, int> seen;
        for (const std::string& text : rig.texts(recipient)) ++seen[text];
        BOOST_TEST(seen.size() == expected);
        for (const auto& [text, count] : seen) BOOST_TEST(count == 1, recipient << " took " << text << " " << count << " times");
    }
    return crashes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(random_walks_with_crashes)

BOOST_AUTO_TEST_CASE(nothing_is_lost_and_nothing_happens_twice) {
    int crashes = 0;
    for (unsigned seed = 1; seed <= 6; ++seed) crashes += run(seed, 250);
    BOOST_TEST(crashes > 0);  // or else nothing was tried
}

BOOST_AUTO_TEST_SUITE_END()
