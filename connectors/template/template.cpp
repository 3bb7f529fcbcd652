// See template.hpp. Read from the bottom: connector(), then the two ends, then the queue between them.
#include "connectors/template/template.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace connectors::template_ {
namespace {

struct SourceSettings {
    std::string queue{};
    std::string identity = "template";

    static constexpr auto fields() {
        using hub::settings::field;
        return std::tuple{
            field("queue", &SourceSettings::queue, "Name of the queue in memory that records are taken from.").required(),
            field("identity", &SourceSettings::identity, "Sender that every record is said to come from.")};
    }
};

struct SinkSettings {
    std::string queue{};
    int queue_records_max = 1'000;
    int answer_timeout_ms = 5'000;

    static constexpr auto fields() {
        using hub::settings::field;
        return std::tuple{
            field("queue", &SinkSettings::queue, "Name of the queue in memory that records are put into.").required(),
            field("queue_records_max", &SinkSettings::queue_records_max,
                  "Records that may wait; one more is told to retry.").between(1, 100'000),
            field("answer_timeout_ms", &SinkSettings::answer_timeout_ms,
                  "Wait for the other end's answer before its outcome counts as unknown.").between(1, 600'000)};
    }
};

/// What the two ends share. In a real connector this is the network; its lock is the library's affair.
class Queue {
public:
    /// The queue of this name, for as long as an end holds it.
    static std::shared_ptr<Queue> named(const std::string& name) {
        static std::mutex lock;
        static std::map<std::string, std::weak_ptr<Queue>> queues;
        const std::lock_guard held(lock);
        auto queue = queues[name].lock();
        if (!queue) queues[name] = queue = std::make_shared<Queue>();
        return queue;
    }

    /// Empty when `records_max` are waiting.
    std::optional<std::string> push(hub::Incoming incoming, std::size_t records_max) {
        const std::lock_guard held(lock_);
        if (waiting_.size() >= records_max) return std::nullopt;
        incoming.token = std::to_string(++last_token_);
        waiting_.push_back(incoming);
        changed_.notify_all();
        return incoming.token;
    }

    std::vector<hub::Incoming> take(std::stop_token stop, std::size_t batch_max) {
        std::unique_lock held(lock_);
        std::vector<hub::Incoming> taken;
        changed_.wait(held, stop, [this] { return !waiting_.empty(); });
        while (!waiting_.empty() && taken.size() < batch_max) {
            taken.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return taken;
    }

    void answer(const hub::Settlement& settlement) {
        const std::lock_guard held(lock_);
        answers_[settlement.token] = settlement;
        changed_.notify_all();
    }

    /// Empty when no answer came in time. Nobody waits for that answer any more: a resend gets a token of its own.
    std::optional<hub::Settlement> await(const std::string& token, std::chrono::milliseconds patience) {
        std::unique_lock held(lock_);
        if (!changed_.wait_for(held, patience, [&] { return answers_.contains(token); })) return std::nullopt;
        return answers_.extract(token).mapped();
    }

private:
    std::mutex lock_;
    std::condition_variable_any changed_;
    // Guarded by lock_.
    std::deque<hub::Incoming> waiting_;
    std::map<std::string, hub::Settlement> answers_;
    std::uint64_t last_token_ = 0;
};

class TemplateSource : public hub::Source {
public:
    explicit TemplateSource(SourceSettings settings) : settings_(std::move(settings)) {}

    hub::Status open() override {
        queue_ = Queue::named(settings_.queue);
        return hub::Done{};
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        if (!queue_) return hub::Error{hub::Remedy::reconnect, "the queue is not open", settings_.queue, "", "TG-C020"};
        auto taken = queue_->take(std::move(stop), batch_max);
        for (hub::Incoming& each : taken) each.sender = settings_.identity;
        return taken;
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        for (const hub::Settlement& each : settlements) queue_->answer(each);
        return hub::Done{};
    }

private:
    const SourceSettings settings_;
    std::shared_ptr<Queue> queue_;  // shared with the other ends of the same name
};

class TemplateSink : public hub::Sink {
public:
    explicit TemplateSink(SinkSettings settings) : settings_(std::move(settings)) {}

    hub::Status open() override {
        queue_ = Queue::named(settings_.queue);
        return hub::Done{};
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!queue_) return hub::Error{hub::Remedy::reconnect, "the queue is not open", settings_.queue, "", "TG-C020"};
        hub::Incoming incoming;
        incoming.message_id = hub::to_text(outgoing.key);
        incoming.body = outgoing.body;
        const auto token = queue_->push(std::move(incoming), static_cast<std::size_t>(settings_.queue_records_max));
        if (!token) {
            return hub::Error{hub::Remedy::retry, "the queue holds as many records as it may", settings_.queue,
                              "start the source that takes from it, or raise queue_records_max", "TG-C021"};
        }
        const auto answer = queue_->await(*token, std::chrono::milliseconds(settings_.answer_timeout_ms));
        if (!answer) {
            hub::Error error{hub::Remedy::retry, "the other end did not answer in time", settings_.queue, "", "TG-C022"};
            error.outcome_unknown = true;
            return error;
        }
        return understood(*answer);
    }

    hub::Repeats repeats() const override { return hub::Repeats::key; }

private:
    static hub::Result<hub::Handed> understood(const hub::Settlement& answer) {
        if (answer.outcome == hub::Outcome::busy)
            return hub::Error{hub::Remedy::retry, "the other end is busy", "", "", "TG-C023"};
        if (answer.outcome == hub::Outcome::refused)
            return hub::Error{hub::Remedy::reject, "the other end refused the record", "", "", "TG-C024"};
        return hub::Handed{answer.receipt};
    }

    const SinkSettings settings_;
    std::shared_ptr<Queue> queue_;  // shared with the other ends of the same name
};

template <class Settings>
hub::Problems check(const hub::SettingTexts& texts, const hub::SettingText& place) {
    Settings settings;
    return hub::settings::read(texts, place, settings);
}

template <class End, class Settings, class Contract>
hub::Result<std::unique_ptr<Contract>> make(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    Settings settings;
    const hub::Problems problems = hub::settings::read(texts, {}, settings);
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, hub::to_text(problems.front()), context.name, "", "TG-C004"};
    return std::unique_ptr<Contract>(std::make_unique<End>(std::move(settings)));
}

}  // namespace

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "template";
    entry.summary = "Hands records from a sink to a source of the same process, as a starting point for new connectors.";
    entry.check_source = check<SourceSettings>;
    entry.check_sink = check<SinkSettings>;
    entry.make_source = make<TemplateSource, SourceSettings, hub::Source>;
    entry.make_sink = make<TemplateSink, SinkSettings, hub::Sink>;
    entry.source_settings = hub::settings::manual<SourceSettings>();
    entry.sink_settings = hub::settings::manual<SinkSettings>();
    return entry;
}

}  // namespace connectors::template_
