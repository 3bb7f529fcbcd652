// See rig.hpp.
#include "tests/routes/rig.hpp"

#include <boost/test/unit_test.hpp>

namespace routes_test {

using namespace hub;

Status WatchedStore::append(std::span<const core::Commit> group) {
    Judge judge;
    {
        const std::lock_guard lock(mutex_);
        judge = judge_;
    }
    const Fate fate = judge ? judge(group) : Fate::write;
    if (fate == Fate::no_space) return Error{Remedy::retry, "the disk is full"};
    if (fate == Fate::lose) return Error{Remedy::stop, "the sync failed"};
    const Status written = below_.append(group);
    return fate == Fate::write_and_lose ? Status(Error{Remedy::stop, "the sync failed"}) : written;
}

Rig::Rig(std::vector<RouteWish> routes) : plan(small_plan(routes)) {
    tuning.check_every = 1;
    tuning.source_pause_first_ms = 1;
    tuning.source_pause_most_ms = 20;
    tuning.full_pause_first_ms = 1;
    tuning.full_pause_most_ms = 20;
    tuning.tick_ms = 10;
    for (const RouteWish& wish : routes) receivers[wish.recipient];
}

void Rig::start_on(Clock& clock, Scheduler& scheduler) {
    engine = std::make_unique<routes::Engine>(routes::Parts{
        store, plan, clock, random, scheduler, digester, keys, [this](const core::SourceEnd&) { return Result<std::unique_ptr<Source>>(court.make()); },
        [this](const core::SinkEnd& end) { return Result<std::unique_ptr<Sink>>(receivers.at(end.name).make()); }, events, tuning, [this] { return low.load(); }});
    const Status started = engine->start();
    BOOST_REQUIRE_MESSAGE(started, (started ? "" : to_text(started.error())));
}

void Rig::restart() {
    engine.reset();
    court.offer_again();
    start();
}

void Rig::send(int person, const std::string& text, const std::string& id, const std::string& consent) {
    Incoming incoming;
    incoming.token = "t" + std::to_string(++sent_);
    incoming.sender = "court-certificate";
    incoming.message_id = id.empty() ? incoming.token : id;
    incoming.body = slip(person, text, consent);
    court.send(std::move(incoming));
}

bool Rig::await(const std::function<bool()>& met) {
    const auto until = time.steady() + support::patience;
    while (!met()) {
        if (time.steady() > until) return false;
        time.wait(std::chrono::milliseconds(1), {});
    }
    return true;
}

std::vector<core::Item> Rig::all_items() const {
    std::vector<core::Item> items;
    BOOST_REQUIRE(memory.scan(core::Table::item, "", "", [&](std::string_view, std::string_view value) {
        items.push_back(*core::decode_item(value));
        return true;
    }));
    return items;
}

std::size_t Rig::items(core::Disposition disposition) const {
    std::size_t count = 0;
    for (const core::Item& item : all_items()) count += item.disposition == disposition ? 1 : 0;
    return count;
}

std::vector<core::Item> Rig::open_items() const {
    std::vector<core::Item> open;
    for (core::Item& item : all_items()) {
        if (item.state != core::ItemState::closed) open.push_back(std::move(item));
    }
    return open;
}

std::size_t Rig::entries(core::EntryKind kind) const {
    std::size_t count = 0;
    BOOST_REQUIRE(memory.entries(1, [&](const core::StoredEntry& stored) {
        count += stored.entry.header.kind == kind ? 1 : 0;
        return true;
    }));
    return count;
}

std::string Rig::account() const {
    core::Accounts accounts;
    BOOST_REQUIRE(memory.entries(1, [&](const core::StoredEntry& stored) {
        accounts.add(stored.entry.seq, *core::decode_residue(stored.residue));
        return true;
    }));
    std::string problems = accounts.total().balances() ? "" : "does not balance\n";
    for (const Problem& problem : accounts.problems(memory)) problems += to_text(problem) + "\n";
    return problems;
}

std::vector<std::string> Rig::texts(const std::string& recipient) const {
    std::vector<std::string> texts;
    for (const std::string& card : receivers.at(recipient).taken()) texts.push_back(text_of(card));
    return texts;
}

}  // namespace routes_test
