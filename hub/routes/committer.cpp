// See committer.hpp.
#include "hub/routes/committer.hpp"

#include <map>

#include "hub/routes/backoff.hpp"
#include "hub/routes/intake.hpp"

namespace hub::routes {

Committer::Committer(const Parts& parts, Inbox& inbox, Outbox& outbox, Alarm& alarm, Watch& watch, std::function<void()> halt)
    : parts_(parts), inbox_(inbox), outbox_(outbox), alarm_(alarm), watch_(watch), halt_(std::move(halt)) {
    bell_ = alarm_.add([this] { inbox_.poke(); });
}

void Committer::run(std::stop_token stop) {
    while (!failed_) {
        Batch batch = inbox_.take(parts_.tuning.group_max, parts_.tuning.group_bytes_max, stop);
        if (batch.empty() && stop.stop_requested()) return;
        std::vector<Taken> records = std::move(batch.records);
        batch.records.clear();
        keep(batch);
        const auto now = parts_.clock.steady();
        if (now < no_input_until_) answer_busy(records);
        if (now < nothing_until_) {
            alarm_.set(bell_, nothing_until_);
        } else {
            commit(std::move(records));
        }
    }
}

void Committer::keep(Batch& batch) {
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    append(kept_.outcomes, batch.outcomes);
    append(kept_.leases, batch.leases);
    append(kept_.acts, batch.acts);
    append(kept_.ticks, batch.ticks);
}

void Committer::commit(std::vector<Taken> records) {
    const bool low = space_low(!records.empty());
    if (low) {
        refuse_input({Remedy::retry, "the disk has room for what is under way, and no more", "", "make room on the journal's disk", ""});
        answer_busy(records);
    }
    std::vector<ActWish> acts = std::move(kept_.acts);
    kept_.acts.clear();
    const bool with_input = !records.empty() || !acts.empty();
    Written written = with_input || !kept_.empty() ? write(std::move(records), acts) : Written::yes;
    // What is under way may still fit where new messages do not: deliveries go on as long as they can.
    if (written == Written::no_space && with_input) {
        refuse_input(last_error_);
        acts.clear();  // they have their answer
        written = kept_.empty() ? Written::yes : write({}, {});
    }
    if (written == Written::no_space) refuse_all(last_error_);
    if (written == Written::broken) end(last_error_, acts);
    if (written == Written::yes && !low) take_again();
}

bool Committer::space_low(bool records_wait) const {
    return (records_wait || full_) && parts_.space_low && parts_.space_low();
}

/// Acts, ticks and records are spent whatever comes of it; outcomes and leases are kept until they are written.
Committer::Written Committer::write(std::vector<Taken> records, const std::vector<ActWish>& acts) {
    Round round(parts_, outbox_, bench_);
    for (const OutcomeWord& word : kept_.outcomes) round.add(word);
    for (const LeaseWish& wish : kept_.leases) round.add(wish);
    for (const ActWish& act : acts) round.add(act);
    for (const std::string& tick : kept_.ticks) round.add_tick(tick);
    kept_.ticks.clear();  // the held items still are as they were: the next tick names them again
    for (Taken& message : records) round.add(std::move(message));
    const Status appended = round.commits().empty() ? Status(Done{}) : parts_.store.append(round.commits());
    if (appended) {
        round.publish(watch_);
        kept_ = Batch{};
        return Written::yes;
    }
    last_error_ = appended.error();
    if (last_error_.remedy != Remedy::retry) {
        round.forget();
        return Written::broken;
    }
    round.withdraw(watch_);
    return Written::no_space;
}

/// The first time is told, the others only lengthen the pause.
void Committer::refuse_input(const Error& error) {
    if (!full_) {
        parts_.events.say(Level::error, "The journal's disk is full; senders are told to come again.", {{"why", to_text(error)}});
    }
    full_ = true;
    const PauseBounds bounds{parts_.tuning.full_pause_first_ms, parts_.tuning.full_pause_most_ms};
    no_input_until_ = parts_.clock.steady() + jittered_pause(++full_failures_, bounds, parts_.random);
    alarm_.set(bell_, no_input_until_);
}

void Committer::refuse_all(const Error& error) {
    refuse_input(error);
    nothing_until_ = no_input_until_;
}

void Committer::take_again() {
    if (!full_) return;
    if (parts_.clock.steady() < no_input_until_) {
        // An alarm that was set before the pause grew rang for nothing: without another, nobody would ever look again.
        alarm_.set(bell_, no_input_until_);
        return;
    }
    full_ = false;
    full_failures_ = 0;
    parts_.events.say(Level::info, "The journal's disk has space again; messages are taken.", {});
}

void Committer::answer_busy(std::vector<Taken>& records) {
    std::map<Intake*, std::pair<std::vector<Settlement>, std::size_t>> told;
    for (Taken& message : records) {
        Settlement settlement{std::move(message.token), Outcome::busy, {}, {}, {}};
        settlement.problems.push_back({{}, 0, 0, "TG-R010", "the hub's disk has no space", "send it again later"});
        told[message.from].first.push_back(std::move(settlement));
        told[message.from].second += message.bytes;
        ++watch_.busy;
    }
    for (auto& [intake, fates] : told) intake->settle(std::move(fates.first), fates.second);
    records.clear();
    for (const ActWish& wish : kept_.acts) wish.answer->set_value(not_done("TG-R010", "the hub's disk has no space"));
    kept_.acts.clear();
}

void Committer::end(const Error& error, const std::vector<ActWish>& acts) {
    failed_ = true;
    parts_.events.say(Level::error, "The journal failed; the hub acknowledges nothing any more and ends. Restart it.",
                      {{"why", to_text(error)}});
    for (const ActWish& wish : acts) wish.answer->set_value(not_done("TG-R011", "the hub's journal failed"));
    for (const ActWish& wish : inbox_.close()) wish.answer->set_value(not_done("TG-R011", "the hub's journal failed"));
    halt_();
}

}  // namespace hub::routes
