// See intake.hpp.
#include "hub/routes/intake.hpp"

#include <algorithm>

#include "hub/routes/backoff.hpp"

namespace hub::routes {
namespace {

constexpr auto look_again = std::chrono::milliseconds(50);  ///< while the backlog is full; settlements end the wait at once

Problem refusal(std::string code, std::string what, std::string cure) {
    return Problem{{}, 0, 0, std::move(code), std::move(what), std::move(cure)};
}

}  // namespace

Intake::Intake(const Parts& parts, const core::SourceEnd& end, std::unique_ptr<Source> source, std::size_t number,
               Workers& workers, Watch& watch)
    : end_(end), number_(number), plan_(parts.plan->digest), tuning_(parts.tuning), clock_(parts.clock), random_(parts.random),
      scheduler_(parts.scheduler), events_(parts.events), workers_(workers), watch_(watch), source_(std::move(source)) {}

void Intake::run(std::stop_token stop) {
    const std::stop_callback end(stop, [this] { wake(); });
    for (;;) {
        const std::stop_token interrupted = arm();
        if (hand_back()) continue;
        const bool stopping = stop.stop_requested() || given_up_ || given_back();
        if (stopping && finished()) return;
        if (stopping || full()) {
            wait(look_again, interrupted);
        } else if (const auto now = clock_.steady(); now < paused_until_) {
            wait(paused_until_ - now, interrupted);
        } else if (!opened_) {
            open();
        } else {
            receive(interrupted);
        }
    }
}

/// From here on, whatever there is to settle (or a stop) ends the call or the wait that uses the token.
std::stop_token Intake::arm() {
    const std::lock_guard lock(mutex_);
    wake_ = std::stop_source{};
    return wake_.get_token();
}

void Intake::wake() {
    std::stop_source wake{std::nostopstate};
    {
        const std::lock_guard lock(mutex_);
        wake = wake_;
    }
    wake.request_stop();
}

void Intake::wait(std::chrono::nanoseconds pause, const std::stop_token& interrupted) { scheduler_.wait(pause, interrupted); }

void Intake::settle(std::vector<Settlement> settlements, std::size_t bytes) {
    std::stop_source wake{std::nostopstate};
    {
        const std::lock_guard lock(mutex_);
        if (abandoned_) return;
        records_in_flight_ -= settlements.size();
        bytes_in_flight_ -= bytes;
        std::move(settlements.begin(), settlements.end(), std::back_inserter(settled_));
        wake = wake_;
    }
    wake.request_stop();
}

void Intake::abandon() {
    {
        const std::lock_guard lock(mutex_);
        abandoned_ = true;
        settled_.clear();
    }
    wake();
}

bool Intake::hand_back() {
    std::vector<Settlement> settlements;
    {
        const std::lock_guard lock(mutex_);
        settlements.swap(settled_);
    }
    if (settlements.empty()) return false;
    // What cannot be told is told when the sender asks again: the same key gets the same receipt.
    const Status told = source_->settle(settlements);
    if (!told) failed(told.error());
    return true;
}

bool Intake::full() {
    const std::lock_guard lock(mutex_);
    return records_in_flight_ + Source::batch_max > std::max(tuning_.intake_records_max, Source::batch_max) ||
           bytes_in_flight_ >= tuning_.intake_bytes_max || watch_.waiting_items >= tuning_.backlog_items_max;
}

bool Intake::finished() {
    const std::lock_guard lock(mutex_);
    return abandoned_ || (records_in_flight_ == 0 && settled_.empty());
}

bool Intake::given_back() {
    const std::lock_guard lock(mutex_);
    return abandoned_;
}

void Intake::open() {
    const Status opened = source_->open();
    if (!opened) return failed(opened.error());
    opened_ = true;
    if (failures_ > 0) events_.say(Level::info, "The source is open again.", {{"source", end_.name}});
    failures_ = 0;
}

void Intake::receive(std::stop_token interrupted) {
    auto batch = source_->next(interrupted);
    if (!batch) return failed(batch.error());
    if (given_back()) return;  // the engine may be gone: nobody takes these, and the sender still has them
    const bool alone = batch->size() == 1;
    for (Incoming& incoming : *batch) admit(std::move(incoming), alone);
}

void Intake::admit(Incoming incoming, bool alone) {
    if (auto problem = why_refused(incoming)) {
        if (!refused_before_) {
            events_.say(Level::warning, "A message was refused; further ones are only counted, see throughgate status.",
                        {{"source", end_.name}, {"why", problem->what}});
        }
        refused_before_ = true;
        return answer(incoming, Outcome::refused, std::move(*problem));
    }
    if (!room_for(incoming.body.size())) {
        return answer(incoming, Outcome::busy, refusal("TG-R005", "too many bytes are on their way", "send it again in a moment"));
    }
    Taken message = taken(std::move(incoming));
    if (!alone) return workers_.put(std::move(message));
    if (!bench_) bench_ = std::make_unique<core::Workbench>();
    workers_.prepare_here(std::move(message), *bench_);
}

Taken Intake::taken(Incoming incoming) {
    Taken message;
    message.from = this;
    message.source = number_;
    message.order = order_++;
    message.token = std::move(incoming.token);
    message.header.kind = core::EntryKind::record;
    message.header.instant = clock_.now();
    message.header.plan = plan_;
    message.header.source = end_.name;
    message.header.sender = end_.senders.at(incoming.sender);
    message.header.message_id = std::move(incoming.message_id);
    message.header.exchange = incoming.exchange.empty() ? end_.exchanges.front() : std::move(incoming.exchange);
    message.header.nonce = random_number(random_);
    message.bytes = incoming.body.size();
    message.body = std::move(incoming.body);
    return message;
}

std::optional<Problem> Intake::why_refused(const Incoming& incoming) const {
    const auto known = [&](const std::string& exchange) {
        return std::find(end_.exchanges.begin(), end_.exchanges.end(), exchange) != end_.exchanges.end();
    };
    if (!end_.senders.contains(incoming.sender)) {
        return refusal("TG-R001", "the sender is not known to this source", "ask the hub's operator to enter it under the source's senders");
    }
    if (incoming.exchange.empty() ? end_.exchanges.empty() : !known(incoming.exchange)) {
        return refusal("TG-R002", "this source does not carry that exchange", "name one of the exchanges agreed for it");
    }
    if (incoming.body.size() > tuning_.record_bytes_max) {
        return refusal("TG-R003", "the message is longer than record_bytes_max, " + std::to_string(tuning_.record_bytes_max) + " bytes",
                       "send its parts as messages of their own");
    }
    if (incoming.message_id.size() > tuning_.message_id_bytes_max) {
        return refusal("TG-R004", "the message id is longer than message_id_bytes_max, " + std::to_string(tuning_.message_id_bytes_max) +
                       " bytes", "use a shorter id");
    }
    return {};
}

/// Also takes the room.
bool Intake::room_for(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    if (bytes_in_flight_ > 0 && bytes_in_flight_ + bytes > tuning_.intake_bytes_max) return false;
    ++records_in_flight_;
    bytes_in_flight_ += bytes;
    return true;
}

void Intake::answer(Incoming& incoming, Outcome outcome, Problem why) {
    ++(outcome == Outcome::refused ? watch_.refused : watch_.busy);
    watch_.at_the_door.add(end_.name, outcome, why);
    Settlement settlement;
    settlement.token = std::move(incoming.token);
    settlement.outcome = outcome;
    settlement.problems.push_back(std::move(why));
    const std::lock_guard lock(mutex_);
    settled_.push_back(std::move(settlement));
}

void Intake::failed(const Error& error) {
    if (error.remedy == Remedy::stop) {
        events_.say(Level::error, "The source has stopped; it stays so until it is put right and the hub restarted.",
                    {{"source", end_.name}, {"why", to_text(error)}});
        given_up_ = true;
        return;
    }
    if (error.remedy == Remedy::reconnect) opened_ = false;
    if (++failures_ == 1) {
        events_.say(Level::warning, "The source fails; it is tried again after a pause.", {{"source", end_.name}, {"why", to_text(error)}});
    }
    paused_until_ = clock_.steady() + jittered_pause(failures_, {tuning_.source_pause_first_ms, tuning_.source_pause_most_ms}, random_);
}

}  // namespace hub::routes
