#include "tests/edge/pupil_ends.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

namespace pupil {
namespace {

struct Settings {
    std::string behaviour{};
    std::string log{};
    int records = 1;
    int record_bytes = 10;
    static constexpr auto fields() {
        using hub::settings::field;
        return std::tuple{field("behaviour", &Settings::behaviour, "What the pupil does.").required(),
                          field("log", &Settings::log, "File that settlements are written to."),
                          field("records", &Settings::records, "How many records to yield."),
                          field("record_bytes", &Settings::record_bytes, "How long each body is.")};
    }
};

/// What a process can find out about its own confinement.
std::string confinement() {
    std::ostringstream text;
    text << "environment=" << (::environ == nullptr || *::environ == nullptr ? "empty" : "not empty");
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("NoNewPrivs:", 0) == 0) text << " no_new_privs=" << line.back();
    rlimit limit{};
    ::getrlimit(RLIMIT_CORE, &limit);
    text << " core=" << limit.rlim_cur;
    ::getrlimit(RLIMIT_NOFILE, &limit);
    text << " files=" << limit.rlim_cur;
    ::getrlimit(RLIMIT_AS, &limit);
    text << " memory=" << limit.rlim_cur;
    const int next = ::open("/dev/null", O_RDONLY);
    text << " inherited=" << (::fcntl(9, F_GETFD) == -1 ? "no" : "yes");  // the test holds descriptor 9 open
    ::close(next);
    return text.str();
}

/// Tries what no connector needs: each word says whether it was let.
std::string tried() {
    const auto word = [](const char* name, long result) { return std::string(name) + (result < 0 && errno == EPERM ? "=denied" : "=let") + " "; };
    char program[] = "/bin/true";
    char* arguments[] = {program, nullptr};
    char* environment[] = {nullptr};
    std::string text = word("exec", ::execve(program, arguments, environment));
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    text += word("fork", child);
    text += word("trace", ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr));
    text += word("namespace", ::unshare(CLONE_NEWNS));
    text += word("mount", ::mount("none", "/tmp", "tmpfs", 0, nullptr));
    bool ran = false;
    std::thread([&ran] { ran = true; }).join();
    return text + (ran ? "thread=let" : "thread=denied");
}

class PupilSource : public hub::Source {
public:
    explicit PupilSource(Settings settings) : settings_(std::move(settings)) {}

    hub::Status open() override {
        if (settings_.behaviour == "no_open") return hub::Error{hub::Remedy::stop, "the pupil will not open", "", "", "P1"};
        return hub::Done{};
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        if (settings_.behaviour == "fails" && yielded_ == settings_.records)
            return hub::Error{hub::Remedy::retry, "the pupil is tired", "desk 3", "wake it", "P2"};
        if (settings_.behaviour == "crash" && yielded_ == settings_.records) std::abort();
        if (settings_.behaviour == "hog")
            for (;;) hoard_.emplace_back(1 << 20, 'x');
        if (settings_.behaviour == "spin")
            for (volatile bool spins = true; spins;) {}
        if (settings_.behaviour == "hoard") return hoarding(stop);
        if (settings_.behaviour == "hang" && yielded_ == settings_.records)
            for (;;) ::pause();
        std::vector<hub::Incoming> batch;
        while (yielded_ < settings_.records && batch.size() < batch_max) batch.push_back(record());
        if (batch.empty()) wait(stop);
        return batch;
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        std::ofstream log(settings_.log, std::ios::app);
        for (const hub::Settlement& each : settlements)
            log << each.token << ' ' << static_cast<int>(each.outcome) << ' ' << each.receipt << ' ' << each.problems.size() << '\n';
        return hub::Done{};
    }

private:
    hub::Incoming record() {
        const std::string number = std::to_string(++yielded_);
        if (settings_.behaviour == "twins") return {"same", "pupil", number, "", "body"};
        std::string body = settings_.behaviour == "inspect" ? confinement() : settings_.behaviour == "trespass" ? tried() : std::string(static_cast<std::size_t>(settings_.record_bytes), 'b');
        return {"t" + number, "pupil", "m" + number, "exchange", std::move(body)};
    }

    /// One record at a time, and memory for each that is never given back; those that the hub has settled are not sent again.
    std::vector<hub::Incoming> hoarding(const std::stop_token& stop) {
        hoard_.emplace_back(24 << 20, 'x');
        std::ifstream log(settings_.log);
        for (std::string token, rest; log >> token; std::getline(log, rest)) settled_.insert(token);
        while (yielded_ < settings_.records) {
            hub::Incoming next = record();
            if (settled_.count(next.token) == 0) return {std::move(next)};
        }
        wait(stop);
        return {};
    }

    static void wait(const std::stop_token& stop) {
        std::mutex lock;
        std::condition_variable_any changed;
        std::unique_lock held(lock);
        changed.wait(held, stop, [] { return false; });
    }

    const Settings settings_;
    int yielded_ = 0;
    std::vector<std::string> hoard_;
    std::set<std::string> settled_;
};

class PupilSink : public hub::Sink {
public:
    explicit PupilSink(Settings settings) : settings_(std::move(settings)) {}

    hub::Status open() override { return hub::Done{}; }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (settings_.behaviour == "crash") std::abort();
        if (settings_.behaviour == "sleep")
            for (;;) ::pause();
        if (settings_.behaviour == "busy") return hub::Error{hub::Remedy::retry, "the pupil is busy", "", "", "P3"};
        if (settings_.behaviour == "cut") {
            hub::Error error{hub::Remedy::reconnect, "the line was cut", "", "", "P4"};
            error.outcome_unknown = true;
            return error;
        }
        return hub::Handed{outgoing.record_type + "/" + outgoing.route + "/" + outgoing.recipient + "/" + outgoing.media_type + "/" +
                           std::to_string(outgoing.body.size()) + "/" + std::to_string(outgoing.attempt) + "/" + hub::to_text(outgoing.key)};
    }

    hub::Repeats repeats() const override { return settings_.behaviour == "busy" ? hub::Repeats::key : hub::Repeats::query; }

    hub::Result<std::optional<hub::Handed>> ask(const hub::DeliveryKey& key) override {
        if (key.digest[0] == 0) return std::optional<hub::Handed>{};
        return std::optional<hub::Handed>(hub::Handed{"remembered"});
    }

private:
    const Settings settings_;
};

template <class End, class Contract>
hub::Result<std::unique_ptr<Contract>> make(const hub::SettingTexts& texts, const hub::ConnectorContext&) {
    Settings settings;
    const hub::Problems problems = hub::settings::read(texts, {}, settings);
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, hub::to_text(problems.front()), "", "", "P0"};
    return std::unique_ptr<Contract>(std::make_unique<End>(std::move(settings)));
}

}  // namespace

hub::Connector connector() {
    hub::Connector entry;
    entry.name = "pupil";
    entry.make_source = make<PupilSource, hub::Source>;
    entry.make_sink = make<PupilSink, hub::Sink>;
    return entry;
}

}  // namespace pupil
