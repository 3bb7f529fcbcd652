// Replay: the same projections from the journal alone, whatever the number of workers; and what it says when they are not.
#include <boost/test/unit_test.hpp>

#include "hub/core/keys.hpp"
#include "hub/routes/replay.hpp"
#include "tests/routes/rig.hpp"

using namespace hub;
using namespace hub::routes;
using namespace routes_test;

namespace {

/// A journal with a bit of everything: duplicates, conflicts, invalid, held, parked, refused, retried, acts, two plans.
void live(Rig& rig) {
    rig.receivers.at("police").answer([](const Outgoing& outgoing) -> Result<Handed> {
        if (text_of(outgoing.body) == "no") return Error{Remedy::reject, "no"};
        if (outgoing.attempt == 1 && outgoing.key.digest[0] % 3 == 0) return Error{Remedy::retry, "busy"};
        return Handed{"ok"};
    });
    rig.start();
    for (int i = 0; i < 150; ++i) rig.send(i % 20, "text " + std::to_string(i), "m" + std::to_string(i % 140), i % 9 == 0 ? "yes" : "");
    rig.send(1, "no");
    rig.send(2, "unrenderable");
    rig.send(3, "unmappable");
    rig.send(-1, "nobody");
    rig.court.send({"bad", "court-certificate", "bad", "", "<slip>"});
    BOOST_REQUIRE(rig.court.await_settled(155));
    BOOST_REQUIRE(rig.await([&] {
        for (const core::Item& item : rig.open_items()) {
            if (item.state == core::ItemState::ready || item.state == core::ItemState::leased) return false;
        }
        return true;
    }));
    std::size_t acts = 0;
    for (const core::Item& item : rig.open_items()) {
        const bool held = item.state == core::ItemState::held;
        core::Act act{held ? core::Act::Verb::release : core::Act::Verb::resolve, item.ref, "an operator", "a reason", "", "", {}};
        if (held) act.consent = "health_referral: signed form";
        if (acts < 6 && rig.engine->act(act).journal) ++acts;
    }
    BOOST_REQUIRE(acts == 6u);
    rig.engine.reset();
    rig.plan = small_plan({{"police"}, {"health", "", "health_referral"}}, 2);
    rig.start();
    rig.send(5, "under the new plan");
    BOOST_REQUIRE(rig.court.await_settled(156));
    rig.stop();
    BOOST_REQUIRE(rig.account() == "");
}

ReplayParts parts(Rig& rig, const core::Store& journal, std::size_t workers) {
    return {journal, rig.time, rig.time, rig.digester, rig.keys,
            [](const PlanDigest& digest, std::string_view bundle) {
                BOOST_TEST(bundle == "the bundle of the small site");
                return Result<core::PlanPtr>(small_plan({{"police"}, {"health", "", "health_referral"}}, digest.digest[0]));
            },
            workers, {}};
}

/// A journal of which something has been tampered with.
class AlteredJournal : public core::Store {
public:
    std::function<void(core::StoredEntry&)> alter{};
    explicit AlteredJournal(const core::Store& below) : below_(below) {}
    std::optional<std::string> get(core::Table table, std::string_view key) const override { return below_.get(table, key); }
    std::uint64_t next_seq() const override { return below_.next_seq(); }
    Status append(std::span<const core::Commit>) override { return Error{Remedy::stop, "read only"}; }
    Status scan(core::Table table, std::string_view prefix, std::string_view from,
                const std::function<bool(std::string_view, std::string_view)>& visit) const override {
        return below_.scan(table, prefix, from, visit);
    }
    Status entries(std::uint64_t seq, const std::function<bool(const core::StoredEntry&)>& visit) const override {
        return below_.entries(seq, [&](core::StoredEntry stored) {
            alter(stored);
            return visit(stored);
        });
    }

private:
    const core::Store& below_;
};

struct Lived {
    Lived() { live(rig); }
    Rig rig{{{"police"}, {"health", "", "health_referral"}}};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(replay_of_a_journal, Lived)

BOOST_AUTO_TEST_CASE(gives_the_stores_projections_with_any_number_of_workers) {
    std::vector<Digest> digests;
    for (const std::size_t workers : {1u, 8u}) {
        Rebuilt rebuilt;
        const auto report = replay(parts(rig, rig.memory, workers), rebuilt);
        BOOST_REQUIRE(report);
        BOOST_TEST(report->differences == 0u, report->first_difference);
        BOOST_TEST(report->entries == rig.memory.next_seq() - 1);
        BOOST_TEST(report->records == rig.entries(core::EntryKind::record));
        BOOST_TEST(report->acts == 6u);
        BOOST_TEST(report->plans == 2u);
        BOOST_TEST(report->erased == 0u);
        const auto difference = first_difference(rig.memory, rebuilt);
        BOOST_REQUIRE(difference);
        BOOST_TEST(!difference->has_value(), (*difference ? to_text(**difference) : ""));
        digests.push_back(digest_of(rebuilt, rig.digester));
    }
    BOOST_TEST((digests[0] == digests[1]));
}

BOOST_AUTO_TEST_CASE(names_the_first_entry_whose_residue_is_not_what_the_step_leaves) {
    AlteredJournal journal(rig.memory);
    journal.alter = [](core::StoredEntry& stored) {
        if (stored.entry.seq == 7 || stored.entry.seq == 9) stored.residue += "x";
    };
    Rebuilt rebuilt;
    const auto report = replay(parts(rig, journal, 2), rebuilt);
    BOOST_REQUIRE(report);
    BOOST_TEST(report->differences == 2u);
    BOOST_TEST(report->first_seq == 7u);
    BOOST_TEST(report->first_difference.find("entry 7") == 0u);
}

BOOST_AUTO_TEST_CASE(names_the_row_that_differs_after_a_payload_was_altered) {
    AlteredJournal journal(rig.memory);
    journal.alter = [](core::StoredEntry& stored) {
        if (stored.entry.seq == 2) stored.entry.payload = slip(17, "something else");
    };
    Rebuilt rebuilt;
    BOOST_REQUIRE(replay(parts(rig, journal, 2), rebuilt));
    const auto difference = first_difference(rig.memory, rebuilt);
    BOOST_REQUIRE(difference);
    BOOST_TEST(difference->has_value());
}

BOOST_AUTO_TEST_CASE(counts_erased_entries_and_goes_on) {
    AlteredJournal journal(rig.memory);
    const std::uint64_t last = rig.memory.next_seq() - 1;
    journal.alter = [last](core::StoredEntry& stored) {
        if (stored.entry.seq != last) return;
        stored.entry.payload.clear();
        stored.entry.erased = true;
    };
    Rebuilt rebuilt;
    const auto report = replay(parts(rig, journal, 2), rebuilt);
    BOOST_REQUIRE(report);
    BOOST_TEST(report->erased == 1u);
    BOOST_TEST(report->entries == last);
}

BOOST_AUTO_TEST_CASE(stops_with_an_error_where_a_plan_is_missing_or_compiles_to_another_digest) {
    AlteredJournal journal(rig.memory);
    journal.alter = [](core::StoredEntry& stored) {
        if (stored.entry.seq == 5) stored.entry.header.plan.digest[0] = 99;
    };
    Rebuilt rebuilt;
    const auto missing = replay(parts(rig, journal, 2), rebuilt);
    BOOST_REQUIRE(!missing);
    BOOST_TEST(missing.error().code == "TG-R031");

    ReplayParts other = parts(rig, rig.memory, 2);
    other.compile_plan = [](const PlanDigest&, std::string_view) { return Result<core::PlanPtr>(small_plan({{"police"}}, 77)); };
    Rebuilt empty;
    const auto wrong = replay(other, empty);
    BOOST_REQUIRE(!wrong);
    BOOST_TEST(wrong.error().code == "TG-R030");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(rebuilt_projections)

BOOST_AUTO_TEST_CASE(each_kind_of_difference_is_told_with_table_and_key) {
    support::MemoryStore store;
    core::Commit commit;
    commit.entry.seq = 1;
    commit.delta.changes = {{core::Table::item, "b", "1"}, {core::Table::item, "d", "1"}};
    BOOST_REQUIRE(store.append({&commit, 1}));
    const auto how = [&](std::vector<core::Change> rows) {
        Rebuilt rebuilt;
        core::Delta delta;
        delta.changes = std::move(rows);
        rebuilt.apply(delta);
        const auto difference = first_difference(store, rebuilt);
        BOOST_REQUIRE(difference);
        return *difference ? to_text(**difference) : std::string("none");
    };
    const std::string row = "table " + std::string(core::name_of(core::Table::item)) + ": row ";
    using T = core::Table;
    BOOST_TEST(how({{T::item, "b", "1"}, {T::item, "d", "1"}}) == "none");
    BOOST_TEST(how({{T::item, "b", "2"}, {T::item, "d", "1"}}) == row + "62 has another value in the store than replay gives it");
    BOOST_TEST(how({{T::item, "b", "1"}}) == row + "64 is in the store but replay does not make it");
    BOOST_TEST(how({{T::item, "a", "1"}, {T::item, "b", "1"}, {T::item, "d", "1"}}) == row + "61 is missing in the store");
    BOOST_TEST(how({{T::item, "b", "1"}, {T::item, "d", "1"}, {T::item, "e", "1"}}) == row + "65 is missing in the store");
}

BOOST_AUTO_TEST_SUITE_END()
