// See round.hpp.
#include "hub/routes/round.hpp"

#include <algorithm>

#include "hub/routes/backoff.hpp"
#include "hub/routes/intake.hpp"
#include "hub/routes/letters.hpp"

namespace hub::routes {

Round::Round(const Parts& parts, Outbox& outbox, core::Workbench& bench)
    : parts_(parts), outbox_(outbox), bench_(bench), now_(parts.clock.now()), context_{parts.digester, parts.keys},
      view_(parts.store), next_seq_(parts.store.next_seq()) {}

core::Entry Round::entry(core::EntryKind kind, std::string source, std::string payload) const {
    core::Entry entry;
    entry.header.kind = kind;
    entry.header.instant = now_;
    entry.header.plan = parts_.plan->digest;
    entry.header.source = std::move(source);
    entry.header.raw_digest = parts_.digester.sha256(payload);
    entry.header.nonce = random_number(parts_.random);
    entry.payload = std::move(payload);
    return entry;
}

Round::Step Round::step(core::Entry entry, const core::Subject* subject) {
    static const std::vector<DueChange> none;
    entry.seq = next_seq_;
    core::Stepped stepped = core::step(view_, entry, subject, parts_.plan, context_);
    if (!stepped.journal) return {std::move(stepped), &none};
    view_.apply(stepped.delta);
    changes_.push_back(due_changes(stepped.delta));
    commits_.push_back({std::move(entry), std::move(stepped.delta)});
    ++next_seq_;
    return {std::move(stepped), &changes_.back()};
}

void Round::add(const OutcomeWord& word) {
    crowd(*step(entry(core::EntryKind::outcome, word.route->route().name, core::encode(word.attempt)), nullptr).changes);
    came_.push_back(word.attempt.to);
    releases_.emplace_back(word.route, word.attempt.item);
}

void Round::add(const LeaseWish& wish) { lease(*wish.route, wish.posted, false); }

/// The one way to a lease, with its record's commit or alone. Without a lease that stands, no letter goes.
void Round::lease(Handover& route, const PostedPtr& posted, bool fresh) {
    const core::ItemRef item = posted->letter.item;
    const std::vector<core::ItemRef> leased =
        step(entry(core::EntryKind::lease, route.route().name, core::encode(posted->letter)), nullptr).stepped.leased;
    if (fresh) claims_.emplace_back(&route, item);
    if (std::find(leased.begin(), leased.end(), item) == leased.end()) {
        releases_.emplace_back(&route, item);
        return;
    }
    grants_.emplace_back(&route, posted);
    leased_fresh_ += fresh ? 1 : 0;
}

void Round::add_tick(const std::string& payload) {
    crowd(*step(entry(core::EntryKind::tick, "", payload), nullptr).changes);
}

void Round::add(const ActWish& wish) {
    core::Entry act = entry(core::EntryKind::act, wish.act.who, core::encode(wish.act));
    core::Subject subject;
    std::shared_ptr<const core::Prepared> prepared;
    if (const std::uint64_t about = core::subject_of(act); about != 0) {
        const auto stored = read_entry(parts_.store, about);
        if (stored && stored->entry.header.kind == core::EntryKind::record && !stored->entry.erased) {
            prepared = core::prepare(stored->entry.header, stored->entry.payload, parts_.plan, bench_);
            subject = {about, stored->entry.header, prepared.get()};
        }
    }
    Step done = step(std::move(act), prepared ? &subject : nullptr);
    crowd(*done.changes);
    acts_.emplace_back(wish, std::move(done.stepped));
}

void Round::add(Taken message) {
    core::Entry record;
    record.header = std::move(message.header);
    record.payload = std::move(message.body);
    const core::Subject subject{next_seq_, record.header, message.prepared.get()};
    const auto [stepped, changes] = step(std::move(record), &subject);
    settle(message, stepped);
    for (const DueChange& change : *changes) {
        const bool ready = std::find(stepped.ready.begin(), stepped.ready.end(), change.item) != stepped.ready.end();
        if (change.due && ready) {
            offer(change, message.letters);
        } else if (change.due) {
            crowded_.emplace(outbox_.find(change.route), change.due->lane);
        }
    }
}

void Round::settle(Taken& message, const core::Stepped& stepped) {
    Settlement settlement;
    settlement.token = std::move(message.token);
    settlement.outcome = stepped.outcome;
    settlement.receipt = stepped.receipt;
    settlement.accepted_at = stepped.accepted_at;
    settlement.problems = stepped.problems;
    Told& told = told_[message.from];
    told.settlements.push_back(std::move(settlement));
    told.bytes += message.bytes;
}

void Round::crowd(const std::vector<DueChange>& changes) {
    for (const DueChange& change : changes) {
        if (change.due) crowded_.emplace(outbox_.find(change.route), change.due->lane);
    }
}

/// The fast path, or the letter kept for when the item's turn comes.
void Round::offer(const DueChange& change, std::vector<Rendered>& letters) {
    Handover* route = outbox_.find(change.route);
    if (route == nullptr) return;
    const auto rendered = std::find_if(letters.begin(), letters.end(), [&](const Rendered& letter) {
        return letter.child == change.item.child && letter.route == change.route;
    });
    const auto row = view_.get(core::Table::item, core::key_of(change.item));
    const auto item = row ? core::decode_item(*row) : Result<core::Item>(Error{});
    const std::pair<const Handover*, std::string> lane{route, change.due->lane};
    if (!item || rendered == letters.end()) {
        crowded_.insert(lane);
        return;
    }
    Posted posted{std::move(rendered->letter), item->record};
    posted.letter.item = change.item;
    const auto shared = std::make_shared<const Posted>(std::move(posted));
    if (!crowded_.contains(lane) && route->claim(lane.second, change.item)) {
        lease(*route, shared, true);
    } else {
        crowded_.insert(lane);
        keeps_.emplace_back(route, shared);
    }
}

namespace {

void count(Watch& watch, Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted: ++watch.accepted; break;
        case Outcome::duplicate: ++watch.duplicates; break;
        case Outcome::parked: ++watch.parked; break;
        case Outcome::refused: ++watch.refused; break;
        case Outcome::busy: ++watch.busy; break;
    }
}

void count(Watch& watch, core::Attempt::Came came) {
    using Came = core::Attempt::Came;
    switch (came) {
        case Came::delivered: ++watch.delivered; break;
        case Came::refused: ++watch.refused_by_partner; break;
        case Came::failed: case Came::unknown: ++watch.failed_attempts; break;
        case Came::exhausted: case Came::unrenderable: ++watch.exhausted; break;
    }
}

}  // namespace

void Round::publish(Watch& watch) {
    if (!commits_.empty()) ++watch.groups;
    watch.entries += commits_.size();
    watch.leased_with_record += leased_fresh_;
    watch.leased_alone += grants_.size() - leased_fresh_;
    for (const core::Attempt::Came came : came_) count(watch, came);
    for (auto& [intake, told] : told_) {
        for (const Settlement& settlement : told.settlements) count(watch, settlement.outcome);
        intake->settle(std::move(told.settlements), told.bytes);
    }
    std::set<Handover*> touched;
    for (std::size_t i = 0; i < commits_.size(); ++i) outbox_.apply(commits_[i].delta, changes_[i], touched);
    for (const auto& [route, item] : releases_) {
        route->release(item);
        touched.insert(route);
    }
    for (const auto& [route, posted] : keeps_) route->keep(posted);
    for (const auto& [route, posted] : grants_) route->grant(posted);
    std::set<Handover*> to_pump;
    for (const Handover* route : touched) to_pump.insert(route->siblings().begin(), route->siblings().end());
    for (Handover* route : to_pump) route->pump();
    for (auto& [wish, stepped] : acts_) wish.answer->set_value(std::move(stepped));
}

void Round::withdraw(Watch& watch) {
    forget();
    for (auto& [intake, told] : told_) {
        for (Settlement& settlement : told.settlements) {
            settlement = Settlement{std::move(settlement.token), Outcome::busy, {}, {}, {}};
            settlement.problems.push_back({{}, 0, 0, "TG-R010", "the hub's disk has no space", "send it again later"});
            ++watch.busy;
        }
        intake->settle(std::move(told.settlements), told.bytes);
    }
    for (auto& [wish, stepped] : acts_) wish.answer->set_value(not_done("TG-R010", "the hub's disk has no space"));
}

void Round::forget() {
    for (const auto& [route, item] : claims_) route->release(item);
}

core::Stepped not_done(std::string code, std::string why) {
    core::Stepped stepped;
    stepped.journal = false;
    stepped.outcome = Outcome::busy;
    stepped.problems.push_back({{}, 0, 0, std::move(code), std::move(why), "try again later"});
    return stepped;
}

}  // namespace hub::routes
