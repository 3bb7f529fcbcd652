// The hub's side: proxies that start a process when they are opened and end it when they are opened again.
#include "hub/edge/edge.hpp"

#include <array>
#include <optional>
#include <utility>

#include "hub/edge/door.hpp"
#include "hub/edge/process.hpp"

namespace hub::edge {
namespace {

constexpr Milliseconds pause(50);

/// One process and the hub's end of it.
template <class Table>
class Running {
public:
    static Result<std::unique_ptr<Running>> start(const Launch& launch, const Assignment& assignment, const Seams& seams) {
        std::array<std::uint8_t, 8> random{};
        seams.random.fill(random);
        const std::string path = launch.run_folder + "/" + to_hex({reinterpret_cast<const char*>(random.data()), random.size()}) + ".sock";
        const auto listening = seams.net.listen_unix(path);
        if (!listening) return listening.error();
        auto running = std::make_unique<Running>(launch, assignment, seams);
        std::vector<std::string> command = launch.command;
        command.push_back(path);
        auto process = Process::start(command, launch.limits, seams.scheduler);
        const pid_t pid = process ? (*process)->pid() : -1;
        running->door_.emplace(*listening, path, pid, launch.limits, seams,
            [each = running.get()] { return converse(each->table, each->assignment_, each->limits_); },
            [each = running.get()](const Error& why) { each->table.end(why); });
        if (!process) return process.error();
        running->process_ = std::move(*process);
        if (const Status opened = running->await_open(); !opened) return opened.error();
        return running;
    }

    Running(const Launch& launch, const Assignment& assignment, const Seams& seams)
        : table(launch.limits, seams.clock), assignment_(assignment), limits_(launch.limits) {}

    ~Running() {
        table.end({Remedy::reconnect, "the hub has closed it", "", "", "TG-E006"});
        door_.reset();  // the process sees its connections close, and ends
        if (process_) process_->end(Milliseconds(limits_.stop_ms_max));
    }

    /// The same error, naming the edge and, where the process ended, how.
    Error explain(Error error) {
        error.where = assignment_.name.empty() ? assignment_.connector : assignment_.name;
        if (error.code != "TG-E006" && error.code != "TG-E002") return error;
        error.what = "the edge process ended: " + process_->end(Milliseconds(limits_.stop_ms_max));
        error.cure = "if this repeats, look at what its peers send, or raise memory_bytes_max";
        return error;
    }

    Table table;

private:
    Status await_open() {
        for (Milliseconds left(limits_.start_ms_max); left.count() > 0; left -= pause) {
            if (table.await_open(pause)) return Done{};
            if (const auto over = table.over()) return explain(*over);
            if (process_->has_ended()) return explain({Remedy::reconnect, "", "", "", "TG-E006"});
        }
        return explain({Remedy::reconnect, "the edge did not open within start_ms_max", "", "", "TG-E007"});
    }

    const Assignment assignment_;
    const Limits limits_;
    std::unique_ptr<Process> process_;
    std::optional<Door> door_;
};

/// Tokens carry the number of the process that chose them, so that a late settlement never reaches a later process.
class EdgeSource : public Source {
public:
    EdgeSource(Launch launch, Assignment assignment, const Seams& seams)
        : launch_(std::move(launch)), assignment_(std::move(assignment)), seams_(seams) {}
    ~EdgeSource() override {
        if (running_) running_->table.drain(Milliseconds(launch_.limits.stop_ms_max));
    }

    Status open() override {
        running_.reset();
        generation_ = std::to_string(++generations_) + ":";
        auto started = Running<SourceMeeting>::start(launch_, assignment_, seams_);
        if (!started) return started.error();
        running_ = std::move(*started);
        return Done{};
    }

    Result<std::vector<Incoming>> next(std::stop_token stop) override {
        if (!running_) return Error{Remedy::reconnect, "the edge is not open", assignment_.name, "", "TG-E008"};
        auto batch = running_->table.next(std::move(stop));
        if (!batch) {
            const Error error = running_->explain(batch.error());
            running_.reset();
            return error;
        }
        for (Incoming& each : *batch) each.token = generation_ + each.token;
        return batch;
    }

    Status settle(const std::vector<Settlement>& settlements) override {
        if (!running_) return Done{};  // its sender sends again and is answered as a duplicate
        std::vector<Settlement> own;
        for (const Settlement& each : settlements) {
            if (each.token.compare(0, generation_.size(), generation_) != 0) continue;
            own.push_back(each);
            own.back().token.erase(0, generation_.size());
        }
        running_->table.settle(own);
        return Done{};
    }

private:
    const Launch launch_;
    const Assignment assignment_;
    const Seams seams_;
    std::uint64_t generations_ = 0;
    std::string generation_;
    std::unique_ptr<Running<SourceMeeting>> running_;
};

class EdgeSink : public Sink {
public:
    EdgeSink(Launch launch, Assignment assignment, const Seams& seams)
        : launch_(std::move(launch)), assignment_(std::move(assignment)), seams_(seams) {}

    Status open() override {
        running_.reset();
        auto started = Running<SinkMeeting>::start(launch_, assignment_, seams_);
        if (!started) return started.error();
        running_ = std::move(*started);
        repeats_ = running_->table.repeats();
        return Done{};
    }

    Result<Handed> send(const Outgoing& outgoing) override {
        if (outgoing.body.size() > static_cast<std::size_t>(launch_.limits.record_bytes_max))
            return Error{Remedy::reject, "the record is longer than " + std::to_string(launch_.limits.record_bytes_max) + " bytes",
                         assignment_.name, "raise record_bytes_max", "TG-E009"};
        auto answer = perform({0, outgoing, outgoing.key});
        if (!answer) return answer.error();
        return answer->value_or(Handed{});
    }

    Repeats repeats() const override { return repeats_; }

    Result<std::optional<Handed>> ask(const DeliveryKey& key) override { return perform({0, std::nullopt, key}); }

private:
    Answer perform(Task task) {
        if (!running_) return Error{Remedy::reconnect, "the edge is not open", assignment_.name, "", "TG-E008"};
        auto answer = running_->table.perform(std::move(task));
        if (answer || !running_->table.over()) return answer;
        const Error error = running_->explain(answer.error());
        running_.reset();
        return error;
    }

    const Launch launch_;
    const Assignment assignment_;
    const Seams seams_;
    Repeats repeats_ = Repeats::none;
    std::unique_ptr<Running<SinkMeeting>> running_;
};

Assignment assignment_of(const std::string& connector, const SettingTexts& settings, const ConnectorContext& context) {
    return {connector, context.name, context.site_folder, settings};
}

}  // namespace

std::unique_ptr<Source> edge_source(const Launch& launch, const Assignment& assignment, const Seams& seams) {
    return std::make_unique<EdgeSource>(launch, assignment, seams);
}

std::unique_ptr<Sink> edge_sink(const Launch& launch, const Assignment& assignment, const Seams& seams) {
    return std::make_unique<EdgeSink>(launch, assignment, seams);
}

Connector behind_edge(const Connector& connector, const Launch& launch, const Seams& seams) {
    Connector edge = connector;
    if (connector.make_source)
        edge.make_source = [=, name = connector.name](const SettingTexts& settings, const ConnectorContext& context) {
            return Result<std::unique_ptr<Source>>(edge_source(launch, assignment_of(name, settings, context), seams));
        };
    if (connector.make_sink)
        edge.make_sink = [=, name = connector.name](const SettingTexts& settings, const ConnectorContext& context) {
            return Result<std::unique_ptr<Sink>>(edge_sink(launch, assignment_of(name, settings, context), seams));
        };
    return edge;
}

}  // namespace hub::edge
