// See http_server.hpp.
#include "hub/net/http_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "hub/net/http_connection.hpp"

namespace hub::net {
namespace {

constexpr std::chrono::milliseconds sweep_pause{100};  // how exactly deadlines are kept
constexpr int accepts_max = 16;                        // in one go, so that connections get their turn

/// How many connections there are, in all and from each address. Used from every thread of a server.
class Counts {
public:
    explicit Counts(const HttpServerLimits& limits) : limits_(limits) {}

    bool admit(const std::string& peer) {
        const std::lock_guard held(lock_);
        if (all_ >= limits_.connections_max) return false;
        if (!peer.empty() && by_peer_[peer] >= limits_.connections_per_peer_max) return false;
        ++all_;
        if (!peer.empty()) ++by_peer_[peer];
        return true;
    }

    void leave(const std::string& peer) {
        const std::lock_guard held(lock_);
        --all_;
        if (const auto found = by_peer_.find(peer); found != by_peer_.end() && --found->second == 0) by_peer_.erase(found);
    }

private:
    const HttpServerLimits& limits_;
    std::mutex lock_;
    // Guarded by lock_.
    int all_ = 0;
    std::map<std::string, int> by_peer_;
};

/// One thread of a server and the connections that live on it.
class Loop : public ConnectionHome {
public:
    Loop(unsigned index, unsigned loops, const HttpServerLimits& limits, const Clock& clock, Counts& counts,
         const HttpServer::Handler& handler)
        : index_(index), loops_(loops), limits_(limits), clock_(clock), counts_(counts), handler_(handler),
          timer_(context_), listening_(context_) {}

    ~Loop() override {
        if (listening_.is_open()) listening_.release();
    }

    /// Takes turns with the other loops' threads in adopting what comes in.
    void accept_from_here(int listening, std::shared_ptr<TlsContext> tls, std::vector<Loop*> all) {
        tls_ = std::move(tls);
        all_ = std::move(all);
        listening_.assign(listening);
        boost::asio::post(context_, [this] { wait_for_connections(); });
    }

    void run() {
        thread_ = std::thread([this] {
            pthread_setname_np(pthread_self(), ("http-" + std::to_string(index_)).c_str());
            const auto busy = boost::asio::make_work_guard(context_);
            context_.run();
        });
    }

    void stop() {
        context_.stop();
        if (thread_.joinable()) thread_.join();
    }

    /// From any thread; one wake-up for all that is in the box when the loop looks.
    void put(std::vector<HttpAnswer> answers) {
        const std::lock_guard held(box_lock_);
        const bool asleep = box_.empty();
        for (HttpAnswer& each : answers) box_.push_back(std::move(each));
        if (asleep && !box_.empty()) boost::asio::post(context_, [this] { empty_box(); });
    }

    std::optional<HttpResponse> deliver(HttpConnection& from, HttpRequest&& request) override {
        from.ticket = ++last_serial_ * loops_ + index_;
        waiting_[from.ticket] = &from;
        auto ready = handler_(from.ticket, std::move(request));
        if (ready) waiting_.erase(from.ticket);
        return ready;
    }

    void closed(HttpConnection& connection) override {
        waiting_.erase(connection.ticket);
        counts_.leave(connection.peer_address());
        connections_.erase(&connection);
    }

private:
    void adopt(Descriptor socket, const std::shared_ptr<ssl_ctx_st>& context, std::string peer) {
        auto connection = std::make_shared<HttpConnection>(context_, Stream::for_server(std::move(socket), context), limits_,
                                                           clock_, *this, std::move(peer));
        connections_.emplace(connection.get(), connection);
        connection->start();
        keep_sweeping();
    }

    void wait_for_connections() {
        listening_.async_wait(boost::asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
            if (!error) accept_some();
        });
    }

    void accept_some() {
        for (int i = 0; i < accepts_max; ++i) {
            std::string peer;
            Descriptor socket(accept_from(listening_.native_handle(), peer));
            if (socket.get() < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)) {
                accepting_paused_ = true;  // the sweep tries again: asking at once would only spin
                return keep_sweeping();
            }
            if (socket.get() < 0) break;
            if (!counts_.admit(peer)) continue;
            hand_to_next_loop(std::move(socket), std::move(peer));
        }
        wait_for_connections();
    }

    void hand_to_next_loop(Descriptor socket, std::string peer) {
        Loop* const next = all_[turn_++ % all_.size()];
        auto context = tls_ ? tls_->current() : nullptr;
        if (next == this) return adopt(std::move(socket), context, std::move(peer));
        boost::asio::post(next->context_, [next, fd = std::move(socket), context, from = std::move(peer)]() mutable {
            next->adopt(std::move(fd), context, std::move(from));
        });
    }

    void keep_sweeping() {
        if (sweeping_) return;
        sweeping_ = true;
        timer_.expires_after(sweep_pause);
        timer_.async_wait([this](const boost::system::error_code& error) {
            sweeping_ = false;
            if (!error) sweep();
        });
    }

    void sweep() {
        const auto now = clock_.steady();
        std::vector<std::shared_ptr<HttpConnection>> all;  // closing takes entries out of the map
        all.reserve(connections_.size());
        for (const auto& [key, connection] : connections_) all.push_back(connection);
        for (const auto& connection : all) connection->check_deadline(now);
        if (std::exchange(accepting_paused_, false)) accept_some();
        if (!connections_.empty()) keep_sweeping();
    }

    void empty_box() {
        std::vector<HttpAnswer> answers;
        {
            const std::lock_guard held(box_lock_);
            answers.swap(box_);
        }
        for (const HttpAnswer& each : answers) {
            const auto found = waiting_.find(each.ticket);
            if (found == waiting_.end()) continue;
            HttpConnection* const connection = found->second;
            waiting_.erase(found);
            connection->answer(each.response);
        }
    }

    // Constant after construction.
    const unsigned index_, loops_;
    const HttpServerLimits& limits_;
    const Clock& clock_;
    Counts& counts_;
    const HttpServer::Handler& handler_;

    boost::asio::io_context context_{1};
    std::mutex box_lock_;
    std::vector<HttpAnswer> box_;  // guarded by box_lock_

    // Used only on the loop's own thread.
    boost::asio::steady_timer timer_;
    boost::asio::posix::stream_descriptor listening_;
    std::shared_ptr<TlsContext> tls_;
    std::vector<Loop*> all_;
    std::size_t turn_ = 0;
    bool sweeping_ = false, accepting_paused_ = false;
    std::uint64_t last_serial_ = 0;
    std::unordered_map<HttpConnection*, std::shared_ptr<HttpConnection>> connections_;
    std::unordered_map<Ticket, HttpConnection*> waiting_;

    std::thread thread_;
};

}  // namespace

struct HttpServer::State {
    State(const HttpServerLimits& chosen, Handler receiver) : limits(chosen), handler(std::move(receiver)), counts(limits) {}
    ~State() {
        for (const auto& loop : loops) loop->stop();
        if (!unix_path.empty()) unlink(unix_path.c_str());
    }

    // Constant after construction.
    const HttpServerLimits limits;
    const Handler handler;
    Descriptor listening{};
    std::string unix_path{};

    Counts counts;
    std::vector<std::unique_ptr<Loop>> loops{};
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const Address& address, std::shared_ptr<TlsContext> tls,
                                                       const HttpServerLimits& limits, const Clock& clock, Handler handler) {
    if (!tls && !is_loopback(address)) {
        return Error{Remedy::stop, "a server without TLS listens on a loopback address or a Unix socket only", to_text(address),
                     "give it certificates, or listen on 127.0.0.1", "TG-N004"};
    }
    auto listening = listen_on(address);
    if (!listening) return listening.error();
    auto state = std::make_unique<State>(limits, std::move(handler));
    state->listening = std::move(*listening);
    state->unix_path = address.unix_path;
    std::vector<Loop*> all;
    const auto threads = static_cast<unsigned>(std::max(limits.threads, 1));
    for (unsigned i = 0; i < threads; ++i) {
        state->loops.push_back(std::make_unique<Loop>(i, threads, state->limits, clock, state->counts, state->handler));
        all.push_back(state->loops.back().get());
    }
    state->loops.front()->accept_from_here(state->listening.get(), std::move(tls), all);
    for (Loop* loop : all) loop->run();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

void HttpServer::answer(std::vector<HttpAnswer> answers) {
    const std::size_t loops = state_->loops.size();
    if (loops == 1) return state_->loops.front()->put(std::move(answers));
    std::vector<std::vector<HttpAnswer>> sorted(loops);
    for (HttpAnswer& each : answers) sorted[each.ticket % loops].push_back(std::move(each));
    for (std::size_t i = 0; i < loops; ++i) state_->loops[i]->put(std::move(sorted[i]));
}

std::uint16_t HttpServer::port() const {
    return port_of(state_->listening.get());
}

}  // namespace hub::net
