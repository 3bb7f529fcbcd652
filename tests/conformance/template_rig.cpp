// The template's peers are its own other ends: nothing else speaks its protocol.
#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "connectors/template/template.hpp"
#include "tests/conformance/rig.hpp"
#include "tests/support/connector_ends.hpp"

namespace conformance {
namespace {

std::string new_queue() {
    static std::atomic<int> last = 0;
    return "exam_" + std::to_string(++last);
}

class Sender : public SourceRig {
public:
    explicit Sender(support::ConnectorWorld& world) : world_(world) {}
    ~Sender() override {
        for (std::jthread& each : threads_) each.join();
    }

    hub::SettingTexts settings() const override { return support::settings_of({{"queue", queue_}, {"identity", "exam"}}); }

    void send(const std::string& message_id, const std::string& body) override {
        threads_.emplace_back([this, message_id, body] {
            const auto sink = std::move(*connectors::template_::connector().make_sink(
                support::settings_of({{"queue", queue_}, {"answer_timeout_ms", "20000"}}), world_.context("sender")));
            hub::Outgoing outgoing;
            outgoing.body = body;
            if (!sink->open()) return;
            const auto sent = sink->send(outgoing);
            const std::lock_guard held(lock_);
            told_[message_id] = sent ? Told::good : sent.error().outcome_unknown ? Told::nothing : Told::bad;
        });
    }

    Told told(const std::string& message_id) override {
        const std::lock_guard held(lock_);
        const auto found = told_.find(message_id);
        return found == told_.end() ? Told::nothing : found->second;
    }

    bool go_wrong(Fault) override { return false; }

private:
    support::ConnectorWorld& world_;
    const std::string queue_ = new_queue();
    std::mutex lock_;
    std::map<std::string, Told> told_;  // guarded by lock_
    std::vector<std::jthread> threads_;
};

class Receiver : public SinkRig {
public:
    explicit Receiver(support::ConnectorWorld& world)
        : source_(std::move(*connectors::template_::connector().make_source(support::settings_of({{"queue", queue_}}), world.context("receiver")))),
          thread_([this](const std::stop_token& stop) { run(stop); }) {}

    hub::SettingTexts settings(const Waits& waits) const override {
        return support::settings_of({{"queue", queue_}, {"answer_timeout_ms", Waits::text(waits.answer)}});
    }

    bool become(std::optional<Fault> fault) override {
        if (fault && fault != Fault::stalls) return false;
        stalls_ = fault.has_value();
        return true;
    }

    std::vector<Received> received() override {
        const std::lock_guard held(lock_);
        return received_;
    }

private:
    void run(const std::stop_token& stop) {
        if (!source_->open()) return;
        while (!stop.stop_requested()) {
            const auto messages = source_->next(stop);
            for (const hub::Incoming& each : *messages) {
                if (stalls_) continue;
                {
                    const std::lock_guard held(lock_);
                    received_.push_back({each.message_id, each.body});
                }
                [[maybe_unused]] const auto settled = source_->settle({{each.token, hub::Outcome::accepted, "receipt", {}, {}}});
            }
        }
    }

    const std::string queue_ = new_queue();
    std::atomic<bool> stalls_ = false;
    std::mutex lock_;
    std::vector<Received> received_;  // guarded by lock_
    std::unique_ptr<hub::Source> source_;
    std::jthread thread_;  // last: it uses everything above
};

}  // namespace

Rig template_rig() {
    return {"template", [](auto& world) { return std::make_unique<Sender>(world); }, [](auto& world) { return std::make_unique<Receiver>(world); }};
}

}  // namespace conformance
