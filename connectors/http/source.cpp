// See source.hpp.
#include "connectors/http/source.hpp"

#include <charconv>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "connectors/http/answers.hpp"
#include "connectors/http/door.hpp"
#include "hub/net/http_server.hpp"

namespace connectors::http {
namespace {

using hub::net::HttpServer;
using hub::net::Ticket;

TlsChoice tls_of(const SourceSettings& s) {
    return {s.transport, {s.certificate_file, s.key_file, s.authority_file, s.revocation_file, s.tls_minimum == "1.2"}};
}

hub::net::HttpServerLimits limits_of(const SourceSettings& s) {
    hub::net::HttpServerLimits limits;
    limits.body_bytes_max = static_cast<std::size_t>(s.body_bytes_max);
    limits.connections_max = s.connections_max;
    limits.connections_per_peer_max = s.connections_per_peer_max;
    limits.answer_timeout = std::chrono::milliseconds(s.answer_timeout_ms);
    limits.threads = s.threads;
    return limits;
}

/// Messages on their way from the server's threads to the hub's. It cannot grow without end: each message keeps the
/// connection that it came on, and those are limited.
class Desk {
public:
    void put(hub::Incoming incoming) {
        {
            const std::lock_guard held(lock_);
            waiting_.push_back(std::move(incoming));
        }
        came_.notify_one();
    }

    std::vector<hub::Incoming> take(std::stop_token stop) {
        std::unique_lock held(lock_);
        came_.wait(held, stop, [this] { return !waiting_.empty(); });
        std::vector<hub::Incoming> taken;
        while (!waiting_.empty() && taken.size() < hub::Source::batch_max) {
            taken.push_back(std::move(waiting_.front()));
            waiting_.pop_front();
        }
        return taken;
    }

    void clear() {
        const std::lock_guard held(lock_);
        waiting_.clear();
    }

private:
    std::mutex lock_;
    std::condition_variable_any came_;
    std::deque<hub::Incoming> waiting_;  // guarded by lock_
};

class HttpSource : public hub::Source {
public:
    HttpSource(SourceSettings settings, hub::ConnectorContext context)
        : settings_(std::move(settings)), context_(std::move(context)),
          rules_{settings_.media_type, settings_.idempotency_key == "required"} {}

    hub::Status open() override {
        server_.reset();
        desk_.clear();
        ++generation_;
        const auto address = hub::net::parse_address(settings_.listen);
        if (!address) return address.error();
        auto tls = load_tls(tls_of(settings_), hub::net::TlsRole::server, context_);
        if (!tls) return tls.error();
        auto server = HttpServer::listen(*address, std::move(*tls), limits_of(settings_), context_.clock,
                                         [this, generation = generation_](Ticket ticket, hub::net::HttpRequest&& request) {
                                             return receive(generation, ticket, std::move(request));
                                         });
        if (!server) return server.error();
        server_ = std::move(*server);
        return hub::Done{};
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        if (!server_) return hub::Error{hub::Remedy::reconnect, "the source does not listen yet", settings_.listen, "", "TG-H002"};
        return desk_.take(std::move(stop));
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        std::vector<hub::net::HttpAnswer> answers;
        answers.reserve(settlements.size());
        for (const hub::Settlement& each : settlements)
            if (const auto ticket = ticket_of(each.token)) answers.push_back({*ticket, answer_to(each, settings_.retry_after_s)});
        if (server_) server_->answer(std::move(answers));
        return hub::Done{};
    }

private:
    /// On a server thread.
    std::optional<hub::net::HttpResponse> receive(unsigned generation, Ticket ticket, hub::net::HttpRequest&& request) {
        hub::Incoming incoming;
        incoming.sender = settings_.transport == "tls" ? std::move(request.peer_name) : settings_.identity;
        if (auto refused = admit(std::move(request), rules_, incoming)) return refused;
        incoming.token = std::to_string(generation) + "-" + std::to_string(ticket);
        desk_.put(std::move(incoming));
        return std::nullopt;
    }

    /// Empty when the token is of a server before the present one: its connections are gone.
    std::optional<Ticket> ticket_of(const std::string& token) const {
        const std::string prefix = std::to_string(generation_) + "-";
        if (token.compare(0, prefix.size(), prefix) != 0) return std::nullopt;
        Ticket ticket = 0;
        const char* const end = token.data() + token.size();
        const auto [stopped, wrong] = std::from_chars(token.data() + prefix.size(), end, ticket);
        if (wrong != std::errc{} || stopped != end) return std::nullopt;
        return ticket;
    }

    // Constant after construction.
    const SourceSettings settings_;
    const hub::ConnectorContext context_;
    const DoorRules rules_;

    Desk desk_;
    unsigned generation_ = 0;  // of servers; only the hub's thread changes it
    std::unique_ptr<HttpServer> server_;  // last: its threads use the desk
};

}  // namespace

hub::Problems check_source(const hub::SettingTexts& texts, const hub::SettingText& place) {
    SourceSettings settings;
    hub::Problems problems = hub::settings::read(texts, place, settings);
    check_tls(tls_of(settings), texts, place, problems);
    if (settings.listen.empty()) return problems;
    const auto address = hub::net::parse_address(settings.listen);
    if (!address) {
        problems.push_back(problem_with("listen", texts, place, address.error().what, address.error().cure));
    } else if (settings.transport == "plain_loopback" && !is_loopback(*address)) {
        problems.push_back(problem_with("listen", texts, place, "without TLS only a loopback address or a Unix socket may be listened on",
                                        "set transport to tls, or listen on 127.0.0.1"));
    }
    if (settings.transport == "plain_loopback" && settings.identity.empty())
        problems.push_back(problem_with("identity", texts, place, "without TLS nothing else says who sends", "name the sender"));
    return problems;
}

hub::Result<std::unique_ptr<hub::Source>> make_source(const hub::SettingTexts& texts, const hub::ConnectorContext& context) {
    const hub::Problems problems = check_source(texts, {});
    if (!problems.empty()) return hub::Error{hub::Remedy::stop, to_text(problems.front()), context.name, "", "TG-H003"};
    SourceSettings settings;
    hub::settings::read(texts, {}, settings);
    return std::unique_ptr<hub::Source>(std::make_unique<HttpSource>(std::move(settings), context));
}

}  // namespace connectors::http
