// A whole hub between real HTTP ends on loopback: senders, hub and receiver share this process and its two cores.
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>

#include "hub/cli/bench_parts.hpp"
#include "hub/routes/engine.hpp"
#include "hub/routes/replay.hpp"

namespace hub::cli::measure {
namespace {

constexpr std::size_t messages_max = 1'000'000;  ///< of one run; times are kept for each

int free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    int port = 0;
    if (::bind(probe, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        port = ntohs(address.sin_port);
    ::close(probe);
    return port;
}

/// When each message was sent, acknowledged and received, in steady nanoseconds; 0: not yet.
struct Times {
    using Marks = std::vector<std::atomic<std::int64_t>>;
    Marks sent = Marks(messages_max), acknowledged = Marks(messages_max), received = Marks(messages_max);
    std::atomic<std::uint64_t> next{1}, acknowledgements{0}, receipts{0};
};

SettingTexts listen_on(int port) {
    return {{"listen", "127.0.0.1:" + std::to_string(port)}, {"transport", "plain_loopback"}, {"identity", "loopback"}};
}
SettingTexts post_to(int port, const std::string& path) {
    return {{"url", "http://127.0.0.1:" + std::to_string(port) + path}, {"transport", "plain_loopback"}};
}

void receive(Source& source, const Clock& clock, Times& times, std::stop_token stop) {
    while (!stop.stop_requested()) {
        auto batch = source.next(stop);
        if (!batch) return;
        std::vector<Settlement> settlements;
        for (const Incoming& incoming : *batch) {
            const std::uint64_t number = Messages::number_in(incoming.body);
            if (number < messages_max && times.received[number].exchange(clock.steady().count()) == 0) ++times.receipts;
            settlements.push_back({.token = incoming.token, .outcome = Outcome::accepted, .receipt = "bench"});
        }
        if (!source.settle(settlements)) return;
    }
}

void send(Sink& sink, const Context& context, const Messages& messages, Times& times, std::stop_token stop) {
    if (!sink.open()) return;
    while (!stop.stop_requested()) {
        const std::uint64_t number = times.next++;
        if (number >= messages_max) return;
        const std::string body = messages.make(number);
        const Outgoing outgoing{.key = {context.world.digester.sha256(body)}, .record_type = "court_result", .media_type = "application/xml", .body = body};
        times.sent[number] = context.world.clock.steady().count();
        if (!sink.send(outgoing)) return;
        times.acknowledged[number] = context.world.clock.steady().count();
        ++times.acknowledgements;
    }
}

std::vector<double> milliseconds(const std::vector<std::atomic<std::int64_t>>& from, const std::vector<std::atomic<std::int64_t>>& to, std::uint64_t up_to) {
    std::vector<double> values;
    for (std::uint64_t i = 1; i < up_to && i < messages_max; ++i)
        if (from[i] != 0 && to[i] != 0) values.push_back(static_cast<double>(to[i] - from[i]) / 1e6);
    return values;
}

void replayed(Context& context, const Journal& journal, const core::PlanPtr& plan, double live_rate) {
    routes::Rebuilt rebuilt;
    const auto report = routes::replay({.journal = *journal.store, .clock = context.world.clock, .scheduler = context.world.scheduler, .digester = context.world.digester,
                                        .keys = *journal.keys, .compile_plan = [&](const PlanDigest&, std::string_view) { return Result<core::PlanPtr>(plan); }, .workers = 2},
                                       rebuilt);
    if (!report) return;
    context.replay_rate = static_cast<double>(report->records) / std::chrono::duration<double>(report->took).count();
    context.live_rate = live_rate;
    context.rows.push_back({"replay", "2 KB", number(context.replay_rate), "records/s", times(context.replay_rate / live_rate) + " of the live rate"});
}

void tell(Context& context, const std::string& name, const std::string& size, const Times& times, double seconds, double cpu, std::uint64_t acknowledged) {
    const auto count = times.next.load();
    const double rate = static_cast<double>(times.receipts) / seconds;
    const auto ack = milliseconds(times.sent, times.acknowledged, count), through = milliseconds(times.sent, times.received, count);
    context.rows.push_back({"end to end over HTTP, " + name, size, number(rate), "records/s", std::to_string(acknowledged) + " acknowledged"});
    context.rows.push_back({"  acknowledgement p50 / p99", size, number(percentile(ack, 0.5)) + " / " + number(percentile(ack, 0.99)), "ms", ""});
    context.rows.push_back({"  to the receiver p50 / p99", size, number(percentile(through, 0.5)) + " / " + number(percentile(through, 0.99)), "ms", ""});
    context.rows.push_back({"  CPU a record, senders and receiver included", size, number(cpu / static_cast<double>(acknowledged) * 1e6), "us", ""});
    context.rows.push_back({"  peak memory of the whole process so far", size, number(peak_mebibytes()), "MiB", ""});
    if (name == "16 senders") (size == "2 KB" ? context.rate_2k : context.rate_10k) = rate;
    if (name == "1 sender" && size == "2 KB") context.ack_one_s = percentile(ack, 0.5) / 1e3;
}

/// The threads around a running hub, for as long as a measurement lasts; then everything that was acknowledged arrives.
void drive(Context& context, const Messages& messages, int in, std::size_t senders, Source& receiver, Times& times, double& seconds, double& cpu) {
    const Connector& http = *find_connector(context.world, "http");
    std::jthread receiving([&](std::stop_token stop) { receive(receiver, context.world.clock, times, stop); });
    std::vector<std::unique_ptr<Sink>> sinks;
    for (std::size_t i = 0; i < senders; ++i)
        if (auto sink = http.make_sink(post_to(in, "/records"), {context.world.clock, context.world.random, context.world.disk, "bench", "."})) sinks.push_back(std::move(*sink));
    const auto began = context.world.clock.steady();
    const double cpu_before = cpu_seconds();
    {
        std::vector<std::jthread> threads;
        for (auto& sink : sinks) threads.emplace_back([&](std::stop_token stop) { send(*sink, context, messages, times, stop); });
        context.world.scheduler.wait(std::chrono::nanoseconds(static_cast<std::int64_t>(context.seconds * 2e9)), {});
    }
    const auto deadline = context.world.clock.steady() + std::chrono::seconds(60);
    while (times.receipts < times.acknowledgements && context.world.clock.steady() < deadline) context.world.scheduler.wait(std::chrono::milliseconds(2), {});
    seconds = std::chrono::duration<double>(context.world.clock.steady() - began).count();
    cpu = cpu_seconds() - cpu_before;
}

void run(Context& context, const Messages& messages, const std::string& size, std::size_t senders) {
    const Connector* http = find_connector(context.world, "http");
    if (http == nullptr) return;
    const std::string path = context.folder + "/whole";
    std::filesystem::remove_all(path);
    Journal journal;
    if (!open_journal(context, path, true, journal)) return;
    const int in = free_port(), out = free_port();
    const core::PlanPtr plan = shortened(context.plan, listen_on(in), post_to(out, "/records"));
    Quiet quiet;
    auto receiver = http->make_source(listen_on(out), {context.world.clock, context.world.random, context.world.disk, "receiver", "."});
    if (!receiver || !(*receiver)->open()) return;
    routes::Engine engine({.store = *journal.store, .plan = plan, .clock = context.world.clock, .random = context.world.random, .scheduler = context.world.scheduler,
                           .digester = context.world.digester, .keys = *journal.keys,
                           .make_source = [&](const core::SourceEnd& end) { return http->make_source(end.settings, {context.world.clock, context.world.random, context.world.disk, end.name, "."}); },
                           .make_sink = [&](const core::SinkEnd& end) { return http->make_sink(end.settings, {context.world.clock, context.world.random, context.world.disk, end.name, "."}); },
                           .events = quiet});
    if (!engine.start()) return;
    const auto times = std::make_unique<Times>();
    double seconds = 1, cpu = 0;
    drive(context, messages, in, senders, **receiver, *times, seconds, cpu);
    engine.stop(std::chrono::seconds(10));
    const std::string name = std::to_string(senders) + (senders == 1 ? " sender" : " senders");
    tell(context, name, size, *times, seconds, cpu, times->acknowledgements);
    if (senders == 16 && size == "2 KB") replayed(context, journal, plan, static_cast<double>(times->receipts) / seconds);
    journal.store.reset();
    std::filesystem::remove_all(path);
}

}  // namespace

void end_to_end(Context& context, const Messages& small, const Messages& large) {
    for (const std::size_t senders : {std::size_t{1}, std::size_t{16}}) {
        run(context, small, "2 KB", senders);
        run(context, large, "10 KB", senders);
    }
}

}  // namespace hub::cli::measure
