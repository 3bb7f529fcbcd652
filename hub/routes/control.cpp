// See control.hpp.
#include "hub/routes/control.hpp"

#include <cerrno>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "hub/core/bytes.hpp"

namespace hub::routes {
namespace {

using Time = std::chrono::nanoseconds;
constexpr std::size_t length_bytes = 4;
constexpr std::size_t problems_max = 50;
constexpr std::size_t refusals_max = 200;  ///< rows of one reply: they fit into control_bytes_max

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }

private:
    int number_;
};

/// One end of a conversation, until its deadline or until `stopped` can be read.
struct Line {
    int socket;
    int stopped;  ///< -1: nobody stops us
    Clock& clock;
    Time deadline;

    bool wait(short events) const {
        for (;;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock.steady()).count();
            if (left <= 0) return false;
            pollfd ends[2] = {{socket, events, 0}, {stopped, POLLIN, 0}};
            const int ready = ::poll(ends, 2, static_cast<int>(std::min<long long>(left, control_answer_ms)));
            if (ready < 0 && errno == EINTR) continue;
            if (ready < 0 || ends[1].revents != 0) return false;
            if (ready > 0) return true;
        }
    }
    bool read(std::string& into, std::size_t bytes) const {
        while (into.size() < bytes) {
            char chunk[4096];
            if (!wait(POLLIN)) return false;
            const ssize_t got = ::recv(socket, chunk, std::min(sizeof chunk, bytes - into.size()), MSG_DONTWAIT);
            if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (got <= 0) return false;
            into.append(chunk, static_cast<std::size_t>(got));
        }
        return true;
    }
    bool write(std::string_view bytes) const {
        while (!bytes.empty()) {
            if (!wait(POLLOUT)) return false;
            const ssize_t put = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (put < 0 && (errno == EAGAIN || errno == EINTR)) continue;
            if (put <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(put));
        }
        return true;
    }
    bool read_message(std::string& message) const {
        std::string length;
        if (!read(length, length_bytes)) return false;
        const std::uint32_t bytes = core::Cursor(length).u32();
        return bytes <= control_bytes_max && read(message, bytes);
    }
    bool write_message(std::string_view message) const { return write(core::Writer().text(message).take()); }
};

ControlReply reply_to(const core::Stepped& stepped) {
    ControlReply reply{stepped.outcome, stepped.journal, stepped.receipt, stepped.problems};
    if (reply.problems.size() > problems_max) reply.problems.resize(problems_max);
    return reply;
}

ControlReply not_understood(const Error& error) {
    return {Outcome::refused, false, {}, {{{}, 0, 0, "TG-R040", error.what, "use the throughgate command of the hub's own version"}}};
}

/// One question and its answer.
Result<std::string> ask(Net& net, Clock& clock, const std::string& path, const std::string& request, const std::string& cure) {
    const Result<int> connected = net.connect_unix(path);
    if (!connected) {
        Error nobody = connected.error();
        nobody.code = no_hub;
        return nobody;
    }
    const Descriptor socket(*connected);
    const Line line{socket.get(), -1, clock, clock.steady() + std::chrono::milliseconds(control_answer_ms)};
    if (!line.write_message(request)) return Error{Remedy::retry, "the hub hung up on the request", path, cure, "TG-R041"};
    std::string reply;
    if (!line.read_message(reply)) return Error{Remedy::retry, "the hub did not answer in time", path, cure, "TG-R041"};
    return reply;
}

std::string encode(const std::vector<Refusal>& refusals) {
    const std::size_t count = std::min(refusals.size(), refusals_max);
    core::Writer out;
    out.u8(core::format_byte).u32(static_cast<std::uint32_t>(count));
    for (std::size_t i = 0; i < count; ++i)
        out.text(refusals[i].source).u8(static_cast<std::uint8_t>(refusals[i].told)).text(refusals[i].code).text(refusals[i].reason).u64(refusals[i].times);
    return out.take();
}

Result<std::vector<Refusal>> decode_refusals(std::string_view bytes) {
    core::Cursor in(bytes);
    const bool known = core::format_is_known(in);
    std::vector<Refusal> refusals;
    const std::size_t count = in.count(3 * length_bytes + 1 + 8);
    for (std::size_t i = 0; i < count; ++i) {
        Refusal refusal;
        refusal.source = in.text();
        refusal.told = in.enumeration(Outcome::accepted, Outcome::busy);
        refusal.code = in.text();
        refusal.reason = in.text();
        refusal.times = in.u64();
        refusals.push_back(std::move(refusal));
    }
    return core::decoded(known, in, std::move(refusals), "list of refusals");
}

}  // namespace

std::string encode(const ControlReply& reply) {
    core::Writer out;
    out.u8(core::format_byte).u8(static_cast<std::uint8_t>(reply.outcome)).flag(reply.journalled).text(reply.receipt);
    out.u32(static_cast<std::uint32_t>(reply.problems.size()));
    for (const Problem& problem : reply.problems) out.text(problem.code).text(problem.what).text(problem.cure);
    return out.take();
}

Result<ControlReply> decode_control_reply(std::string_view bytes) {
    core::Cursor in(bytes);
    const bool known = core::format_is_known(in);
    ControlReply reply;
    reply.outcome = in.enumeration(Outcome::accepted, Outcome::busy);
    reply.journalled = in.flag();
    reply.receipt = in.text();
    const std::size_t count = in.count(3 * length_bytes);
    for (std::size_t i = 0; i < count; ++i) {
        Problem problem;
        problem.code = in.text();
        problem.what = in.text();
        problem.cure = in.text();
        reply.problems.push_back(std::move(problem));
    }
    return core::decoded(known, in, std::move(reply), "reply");
}

Control::~Control() {
    if (listening_ < 0) return;
    ::close(listening_);
    ::unlink(path_.c_str());
}

Status Control::listen() {
    const Result<int> listening = net_.listen_unix(path_);
    if (!listening) return listening.error();
    listening_ = *listening;
    return Done{};
}

void Control::run(std::stop_token stop) {
    const Descriptor stopped(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    const std::stop_callback end(stop, [&stopped] {
        const std::uint64_t one = 1;
        [[maybe_unused]] const ssize_t put = ::write(stopped.get(), &one, sizeof one);
    });
    while (!stop.stop_requested()) {
        pollfd ends[2] = {{listening_, POLLIN, 0}, {stopped.get(), POLLIN, 0}};
        if (::poll(ends, 2, -1) < 0 && errno != EINTR) return;
        if ((ends[0].revents & POLLIN) == 0) continue;
        const Descriptor client(::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC));
        if (client.get() >= 0) serve(client.get(), stopped.get());
    }
}

void Control::serve(int client, int stopped) {
    const auto in_time = [this] { return clock_.steady() + std::chrono::milliseconds(control_timeout_ms); };
    std::string request;
    if (!Line{client, stopped, clock_, in_time()}.read_message(request)) return;
    std::string reply;
    if (request == refusals_question) {
        reply = encode(count_());
    } else {
        const Result<core::Act> act = core::decode_act(request);
        reply = encode(act ? reply_to(perform_(*act)) : not_understood(act.error()));
    }
    Line{client, -1, clock_, in_time()}.write_message(reply);
}

Result<ControlReply> ask_hub(Net& net, Clock& clock, const std::string& path, const core::Act& act) {
    const Result<std::string> reply = ask(net, clock, path, core::encode(act), "look with throughgate trace whether the act was done before doing it again");
    if (!reply) return reply.error();
    return decode_control_reply(*reply);
}

Result<std::vector<Refusal>> ask_refusals(Net& net, Clock& clock, const std::string& path) {
    const Result<std::string> reply = ask(net, clock, path, std::string(refusals_question), "ask again");
    if (!reply) return reply.error();
    return decode_refusals(*reply);
}

}  // namespace hub::routes
