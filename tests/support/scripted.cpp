// See scripted.hpp.
#include "tests/support/scripted.hpp"

#include <algorithm>

namespace support {

class ScriptedSource : public hub::Source {
public:
    explicit ScriptedSource(SenderScript& script) : script_(script) {}
    hub::Status open() override {
        const std::lock_guard lock(script_.mutex_);
        if (script_.open_errors_.empty()) return hub::Done{};
        const hub::Error error = script_.open_errors_.front();
        script_.open_errors_.pop_front();
        return error;
    }
    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        std::unique_lock lock(script_.mutex_);
        ++script_.calls_of_next_;
        script_.changed_.notify_all();
        script_.changed_.wait(lock, stop, [&] { return !script_.waiting_.empty() || !script_.next_errors_.empty(); });
        if (!script_.next_errors_.empty()) {
            const hub::Error error = script_.next_errors_.front();
            script_.next_errors_.pop_front();
            return error;
        }
        std::vector<hub::Incoming> batch;
        while (!script_.waiting_.empty() && batch.size() < batch_max) {
            batch.push_back(std::move(script_.waiting_.front()));
            script_.waiting_.pop_front();
            script_.offered_[batch.back().token] = batch.back();
        }
        return batch;
    }
    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        {
            const std::lock_guard lock(script_.mutex_);
            for (const hub::Settlement& settlement : settlements) {
                script_.settled_.push_back(settlement);
                script_.offered_.erase(settlement.token);
            }
        }
        script_.changed_.notify_all();
        return hub::Done{};
    }

private:
    SenderScript& script_;
};

void SenderScript::send(hub::Incoming incoming) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(incoming));
    }
    changed_.notify_all();
}

bool SenderScript::await_settled(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return settled_.size() >= count; });
}

std::vector<hub::Settlement> SenderScript::settled() const {
    const std::lock_guard lock(mutex_);
    return settled_;
}

std::optional<hub::Settlement> SenderScript::settlement_of(const std::string& token) const {
    const std::lock_guard lock(mutex_);
    for (const hub::Settlement& settlement : settled_) {
        if (settlement.token == token) return settlement;
    }
    return {};
}

std::size_t SenderScript::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

std::size_t SenderScript::calls_of_next() const {
    const std::lock_guard lock(mutex_);
    return calls_of_next_;
}

void SenderScript::fail_open(hub::Error error) {
    const std::lock_guard lock(mutex_);
    open_errors_.push_back(std::move(error));
}

void SenderScript::fail_next(hub::Error error) {
    {
        const std::lock_guard lock(mutex_);
        next_errors_.push_back(std::move(error));
    }
    changed_.notify_all();
}

void SenderScript::offer_again() {
    const std::lock_guard lock(mutex_);
    for (auto& [token, incoming] : offered_) waiting_.push_back(std::move(incoming));
    offered_.clear();
}

std::unique_ptr<hub::Source> SenderScript::make() { return std::make_unique<ScriptedSource>(*this); }

class ScriptedSink : public hub::Sink {
public:
    explicit ScriptedSink(ReceiverScript& script) : script_(script) {
        const std::lock_guard lock(script_.mutex_);
        ++script_.alive_;
    }
    ~ScriptedSink() override {
        const std::lock_guard lock(script_.mutex_);
        --script_.alive_;
    }
    hub::Status open() override {
        const std::lock_guard lock(script_.mutex_);
        ++script_.opens_;
        script_.changed_.notify_all();
        if (script_.open_errors_.empty()) return hub::Done{};
        const hub::Error error = script_.open_errors_.front();
        script_.open_errors_.pop_front();
        return error;
    }
    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        ReceiverScript::Answer answer;
        {
            std::unique_lock lock(script_.mutex_);
            script_.sent_.push_back(outgoing);
            script_.changed_.notify_all();
            script_.changed_.wait(lock, [&] { return !script_.gate_closed_; });
            answer = script_.answer_;
        }
        hub::Result<hub::Handed> result = answer ? answer(outgoing) : hub::Handed{"taken " + std::to_string(outgoing.attempt)};
        const bool silent = !result && result.error().outcome_unknown;  // it did take it; only the answer is lost
        if (result || silent) script_.take(outgoing);
        return result;
    }
    hub::Repeats repeats() const override { return script_.repeats; }
    hub::Result<std::optional<hub::Handed>> ask(const hub::DeliveryKey& key) override {
        const std::lock_guard lock(script_.mutex_);
        ++script_.asked_;
        if (!script_.keys_.contains(key)) return std::optional<hub::Handed>{};
        return std::optional<hub::Handed>{hub::Handed{"found when asked"}};
    }

private:
    ReceiverScript& script_;
};

void ReceiverScript::take(const hub::Outgoing& outgoing) {
    const std::lock_guard lock(mutex_);
    if (repeats == hub::Repeats::none || !keys_.contains(outgoing.key)) taken_.push_back(outgoing.body);
    keys_[outgoing.key] = outgoing.body;
}

void ReceiverScript::answer(Answer answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
}

void ReceiverScript::fail_open(hub::Error error, std::size_t times) {
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < times; ++i) open_errors_.push_back(error);
}

void ReceiverScript::work_again() {
    const std::lock_guard lock(mutex_);
    open_errors_.clear();
}

std::size_t ReceiverScript::alive() const {
    const std::lock_guard lock(mutex_);
    return alive_;
}

bool ReceiverScript::await_sent(std::size_t count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return sent_.size() >= count; });
}

std::vector<hub::Outgoing> ReceiverScript::sent() const {
    const std::lock_guard lock(mutex_);
    return sent_;
}

std::vector<std::string> ReceiverScript::taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
}

std::size_t ReceiverScript::opens() const {
    const std::lock_guard lock(mutex_);
    return opens_;
}

std::size_t ReceiverScript::asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
}

void ReceiverScript::close_gate() {
    const std::lock_guard lock(mutex_);
    gate_closed_ = true;
}

void ReceiverScript::open_gate() {
    {
        const std::lock_guard lock(mutex_);
        gate_closed_ = false;
    }
    changed_.notify_all();
}

std::unique_ptr<hub::Sink> ReceiverScript::make() { return std::make_unique<ScriptedSink>(*this); }

}  // namespace support
