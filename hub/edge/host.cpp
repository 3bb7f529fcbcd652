#include "hub/edge/host.hpp"

#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <wire/ConnectorHost.h>

#include <algorithm>
#include <utility>

#include "hub/edge/values.hpp"

namespace hub::edge {
namespace {

namespace thrift = apache::thrift;

constexpr int conversation_version = 1;

/// A call that ends the edge. Travels as a refusal to the connector and as an error to the hub.
class Desk : public wire::ConnectorHostIf {
public:
    Desk(Meeting& meeting, SourceMeeting* source, SinkMeeting* sink, const Assignment& assignment, const Limits& limits)
        : meeting_(meeting), source_(source), sink_(sink), assignment_(assignment), limits_(limits) {}

    void hello(wire::Configuration& answer, const wire::Hello& hello) override {
        meeting_.heard();
        if (hello.version != conversation_version)
            refuse("this hub speaks version " + std::to_string(conversation_version) + " of ConnectorHost");
        greeted_ = true;
        answer.connector = assignment_.connector;
        answer.role = source_ ? wire::Role::source : wire::Role::sink;
        answer.name = assignment_.name;
        answer.site_folder = assignment_.site_folder;
        for (const SettingText& each : assignment_.settings) answer.settings.push_back(to_wire(each));
        answer.batch_max = std::min(static_cast<int>(Source::batch_max), limits_.unsettled_max);
        answer.record_bytes_max = limits_.record_bytes_max;
        answer.wait_ms_max = wait_ms_max;
        answer.silence_ms_max = limits_.silence_ms_max;
    }

    void ready(const wire::Readiness& readiness) override {
        begin();
        if (readiness.open) meeting_.opened(from_wire(readiness.repeats));
        else meeting_.end(from_wire(readiness.fault));
    }

    bool offer(const std::vector<wire::Incoming>& batch) override {
        begin();
        if (!source_) refuse("a sink offers no records");
        std::vector<Incoming> records;
        for (const wire::Incoming& each : batch) records.push_back(from_wire(wire::Incoming(each)));
        const auto taken = source_->offer(std::move(records), Milliseconds(wait_ms_max));
        if (!taken) refuse(taken.error().what);
        return *taken;
    }

    void await_settlements(std::vector<wire::Settlement>& answer, std::int32_t wait_ms) override {
        begin();
        if (!source_) refuse("a sink has no settlements");
        for (const Settlement& each : source_->collect(patience(wait_ms))) answer.push_back(to_wire(each));
    }

    void take(std::vector<wire::Task>& answer, std::int32_t, std::int32_t wait_ms) override {
        begin();
        if (!sink_) refuse("a source takes no tasks");
        for (const Task& each : sink_->take(patience(wait_ms))) answer.push_back(to_wire(each));
    }

    void report(const std::vector<wire::TaskResult>& results) override {
        begin();
        if (!sink_) refuse("a source reports no tasks");
        for (const wire::TaskResult& each : results)
            if (const Status known = sink_->report(each.task, answer_from_wire(each)); !known) refuse(known.error().what);
    }

    void fail(const wire::Fault& fault) override {
        begin();
        meeting_.end(from_wire(fault));
    }

    bool greeted() const { return greeted_; }
    const std::string& refused() const { return refused_; }

private:
    [[noreturn]] void refuse(const std::string& reason) {
        refused_ = reason;
        wire::Refusal refusal;
        refusal.remedy = wire::Remedy::stop;
        refusal.reason = reason;
        refusal.code = "TG-E003";
        throw refusal;
    }

    void begin() {
        meeting_.heard();
        if (!greeted_) refuse("the first call must be hello");
    }

    static Milliseconds patience(std::int32_t wait_ms) { return Milliseconds(std::clamp(wait_ms, 0, wait_ms_max)); }

    Meeting& meeting_;
    SourceMeeting* const source_;  // exactly one of these two is set
    SinkMeeting* const sink_;
    const Assignment& assignment_;
    const Limits& limits_;
    bool greeted_ = false;
    std::string refused_;
};

class ThriftConversation : public Conversation {
public:
    ThriftConversation(std::shared_ptr<Desk> desk, const Limits& limits)
        : desk_(std::move(desk)), processor_(desk_), limits_(limits),
          configuration_(std::make_shared<thrift::TConfiguration>(frame_bytes_max(limits), frame_bytes_max(limits), recursion_max)) {}

    Result<std::string> answer(std::string frame) override {
        using Buffer = thrift::transport::TMemoryBuffer;
        auto in = std::make_shared<Buffer>(reinterpret_cast<std::uint8_t*>(frame.data()), static_cast<std::uint32_t>(frame.size()),
                                           Buffer::OBSERVE, configuration_);
        auto out = std::make_shared<Buffer>(configuration_);
        try {
            if (processor_.process(protocol(in), protocol(out), nullptr) && desk_->refused().empty()) return out->getBufferAsString();
        } catch (const std::exception&) {  // Thrift's own, and what its reading of a hostile frame may throw
            return Error{Remedy::reconnect, "it sent a frame that is no call of ConnectorHost", "", "", "TG-E003"};
        }
        return Error{Remedy::reconnect, "it broke a rule: " + desk_->refused(), "", "", "TG-E003"};
    }

    bool greeted() const override { return desk_->greeted(); }

private:
    std::shared_ptr<thrift::protocol::TProtocol> protocol(const std::shared_ptr<thrift::transport::TMemoryBuffer>& buffer) const {
        return std::make_shared<thrift::protocol::TBinaryProtocol>(buffer, frame_bytes_max(limits_), list_elements_max, true, true);
    }

    const std::shared_ptr<Desk> desk_;  // shared with the generated processor, which asks for that
    wire::ConnectorHostProcessor processor_;
    const Limits& limits_;
    const std::shared_ptr<thrift::TConfiguration> configuration_;  // shared by all buffers, as Thrift asks
};

}  // namespace

int frame_bytes_max(const Limits& limits) { return limits.record_bytes_max + frame_overhead_bytes_max; }

std::unique_ptr<Conversation> converse(SourceMeeting& meeting, const Assignment& assignment, const Limits& limits) {
    return std::make_unique<ThriftConversation>(std::make_shared<Desk>(meeting, &meeting, nullptr, assignment, limits), limits);
}

std::unique_ptr<Conversation> converse(SinkMeeting& meeting, const Assignment& assignment, const Limits& limits) {
    return std::make_unique<ThriftConversation>(std::make_shared<Desk>(meeting, nullptr, &meeting, assignment, limits), limits);
}

}  // namespace hub::edge
