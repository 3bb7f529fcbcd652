#include "hub/edge/meeting.hpp"

#include <utility>

namespace hub::edge {
namespace {

Error breach(const std::string& what) { return {Remedy::reconnect, "it broke a rule: " + what, "", "", "TG-E003"}; }

}  // namespace

void Meeting::heard() {
    const std::lock_guard held(lock_);
    last_heard_ = clock_.steady();
}

void Meeting::opened(Repeats repeats) {
    const std::lock_guard held(lock_);
    open_ = true;
    repeats_ = repeats;
    changed_.notify_all();
}

void Meeting::end(const Error& why) {
    const std::lock_guard held(lock_);
    if (!over_) over_ = why;
    changed_.notify_all();
}

bool Meeting::await_open(Milliseconds patience) {
    std::unique_lock held(lock_);
    changed_.wait_for(held, patience, [this] { return open_ || over_; });
    return open_ && !over_;
}

std::optional<Error> Meeting::over() const {
    const std::lock_guard held(lock_);
    return over_;
}

Repeats Meeting::repeats() const {
    const std::lock_guard held(lock_);
    return repeats_;
}

Status SourceMeeting::check(const std::vector<Incoming>& batch) const {
    if (batch.size() > Source::batch_max) return breach("more than " + std::to_string(Source::batch_max) + " records in one offer");
    std::set<std::string> fresh;
    for (const Incoming& each : batch) {
        if (each.body.size() > static_cast<std::size_t>(limits_.record_bytes_max))
            return breach("a record is longer than " + std::to_string(limits_.record_bytes_max) + " bytes");
        if (unsettled_.contains(each.token) || !fresh.insert(each.token).second)
            return breach("two unsettled records have the same token");
    }
    return Done{};
}

Result<bool> SourceMeeting::offer(std::vector<Incoming> batch, Milliseconds wait) {
    std::unique_lock held(lock_);
    if (const Status good = check(batch); !good) return good.error();
    const auto most = static_cast<std::size_t>(limits_.unsettled_max);
    const auto room = [&] { return offered_.empty() && (unsettled_.empty() || unsettled_.size() + batch.size() <= most); };
    changed_.wait_for(held, wait, [&] { return room() || over_; });
    if (over_ || !room()) return false;
    for (const Incoming& each : batch) unsettled_.insert(each.token);
    offered_ = std::move(batch);
    changed_.notify_all();
    return true;
}

std::vector<Settlement> SourceMeeting::collect(Milliseconds wait) {
    std::unique_lock held(lock_);
    underway_ = false;  // a new call: the answer to the one before has arrived
    changed_.notify_all();
    changed_.wait_for(held, wait, [this] { return !settled_.empty() || over_; });
    underway_ = !settled_.empty();
    return std::exchange(settled_, {});
}

Result<std::vector<Incoming>> SourceMeeting::next(std::stop_token stop) {
    const Milliseconds silence_max(limits_.silence_ms_max);
    std::unique_lock held(lock_);
    while (offered_.empty() && !over_ && !stop.stop_requested()) {
        changed_.wait_for(held, stop, silence_max, [this] { return !offered_.empty() || over_; });
        if (offered_.empty() && !over_ && clock_.steady() - last_heard_ > silence_max)
            over_ = Error{Remedy::reconnect, "it was silent for too long", "", "", "TG-E004"};
    }
    if (over_) return *over_;
    changed_.notify_all();
    return std::exchange(offered_, {});
}

void SourceMeeting::settle(const std::vector<Settlement>& settlements) {
    const std::lock_guard held(lock_);
    for (const Settlement& each : settlements)
        if (unsettled_.erase(each.token) > 0) settled_.push_back(each);
    changed_.notify_all();
}

void SourceMeeting::drain(Milliseconds patience) {
    std::unique_lock held(lock_);
    changed_.wait_for(held, patience, [this] { return (settled_.empty() && !underway_) || over_; });
}

std::vector<Task> SinkMeeting::take(Milliseconds wait) {
    std::unique_lock held(lock_);
    changed_.wait_for(held, wait, [this] { return (waiting_ && !taken_) || over_; });
    if (!waiting_ || taken_ || over_) return {};
    taken_ = true;
    return {*waiting_};
}

Status SinkMeeting::report(std::int64_t task, Answer answer) {
    const std::lock_guard held(lock_);
    if (!waiting_ || !taken_ || answer_ || task != last_id_) return breach("a report that nobody waits for");
    answer_ = std::move(answer);
    changed_.notify_all();
    return Done{};
}

Answer SinkMeeting::perform(Task task) {
    std::unique_lock held(lock_);
    if (over_) return *over_;
    const bool is_send = task.send.has_value();
    task.id = ++last_id_;
    waiting_ = std::move(task);
    taken_ = false;
    answer_.reset();
    changed_.notify_all();
    changed_.wait_for(held, Milliseconds(limits_.answer_ms_max), [this] { return answer_ || over_; });
    waiting_.reset();
    if (answer_) return std::move(*answer_);
    if (!over_) over_ = Error{Remedy::reconnect, "it did not answer within answer_ms_max", "", "", "TG-E005"};
    Error error = *over_;
    error.outcome_unknown = is_send && taken_;
    return error;
}

}  // namespace hub::edge
