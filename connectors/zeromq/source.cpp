// One thread uses the socket, the hub's; the gate has its own. libzmq's I/O threads are its own affair.
//
// An answer must never reach another peer than the one that asked. libzmq gives each connection a routing id that it
// never uses again while the socket lives; but a peer may choose its own, and after it left another may take the same.
// Those are refused: ids that libzmq gives begin with a zero byte, and chosen ones cannot.
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "connectors/zeromq/ends.hpp"
#include "connectors/zeromq/gate.hpp"
#include "connectors/zeromq/sockets.hpp"

namespace connectors::zeromq {
namespace {

constexpr std::size_t batch_bytes_max = 8 << 20;

/// Ends a wait from any thread, through a descriptor that is polled together with the socket.
class Wake {
public:
    Wake() : event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    Wake(const Wake&) = delete;
    Wake& operator=(const Wake&) = delete;
    ~Wake() { ::close(event_); }

    int descriptor() const { return event_; }
    void call() const { ::eventfd_write(event_, 1); }
    void calm() const {
        eventfd_t count = 0;
        ::eventfd_read(event_, &count);
    }

private:
    const int event_;
};

class RouterSource : public hub::Source {
public:
    RouterSource(SourceSettings settings, const hub::ConnectorContext& context)
        : settings_(std::move(settings)), site_folder_(context.site_folder), disk_(context.disk) {}

    hub::Status open() override {
        socket_.reset();
        gate_.reset();
        unsettled_.clear();
        const auto endpoint = endpoint_of(settings_.listen);
        if (!endpoint) return endpoint.error();
        const auto lines = client_lines(settings_.clients, settings_.clients_file, site_folder_, disk_);
        if (!lines) return lines.error();
        const auto clients = read_clients(*lines);
        if (!clients) return clients.error();
        const auto keys = load_keys(settings_.secret_key_file, site_folder_, disk_);
        if (!keys) return keys.error();
        try {
            listen(*endpoint, *clients, *keys);
            return hub::Done{};
        } catch (const zmq::error_t& error) {
            socket_.reset();
            return error_of(error, "cannot listen", settings_.listen);
        }
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        if (!socket_) return hub::Error{hub::Remedy::reconnect, "the socket is not open", settings_.listen, "", "TG-Z005"};
        const std::stop_callback waking(stop, [this] { wake_.call(); });
        std::vector<hub::Incoming> batch;
        try {
            while (batch.empty() && !stop.stop_requested())
                if (!read_into(batch)) wait();
        } catch (const zmq::error_t& error) {
            return error_of(error, "cannot receive", settings_.listen);
        }
        wake_.calm();
        return batch;
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        try {
            for (const hub::Settlement& each : settlements) {
                const auto found = unsettled_.find(each.token);
                if (found == unsettled_.end()) continue;  // of a socket before this one: its sender sends again
                reply(found->second, each);
                unsettled_.erase(found);
            }
            return hub::Done{};
        } catch (const zmq::error_t& error) {
            return error_of(error, "cannot answer", settings_.listen);
        }
    }

private:
    struct Asker {
        std::string routing_id{};
        Submission submission{};  // without its body
    };

    void listen(const std::string& endpoint, const Clients& clients, const KeyPair& keys) {
        gate_.emplace(clients);
        const auto messages_max = std::max<std::int64_t>(1, settings_.peer_queue_bytes_max / settings_.body_bytes_max);
        socket_ = make_socket(gate_->context(), zmq::socket_type::router,
                              {settings_.body_bytes_max, static_cast<int>(messages_max), settings_.handshake_timeout_ms, settings_.heartbeat_ms});
        guard(*socket_, keys);
        // A peer that takes its answers slowly must not lose one for that: as many may wait as may be in flight.
        socket_->set(zmq::sockopt::sndhwm, settings_.in_flight_max);
        socket_->set(zmq::sockopt::router_mandatory, true);
        socket_->set(zmq::sockopt::router_handover, false);
        socket_->bind(endpoint);
    }

    /// False when nothing was there, or nothing more may be taken.
    bool read_into(std::vector<hub::Incoming>& batch) {
        std::size_t bytes = 0;
        for (std::size_t count = 0; count < batch_max && bytes < batch_bytes_max; ++count) {
            if (is_full()) return count > 0;
            std::string user;
            auto frames = receive(*socket_, &user);
            if (!frames) return count > 0;
            take(std::move(*frames), std::move(user), batch);
            if (!batch.empty()) bytes += batch.back().body.size();
        }
        return true;
    }

    void take(Frames frames, std::string user, std::vector<hub::Incoming>& batch) {
        Asker asker;
        asker.routing_id = std::move(frames.front());
        frames.erase(frames.begin());
        asker.submission = read_submission(std::move(frames));
        std::string& refusal = asker.submission.refusal;
        if (asker.submission.body.size() > static_cast<std::size_t>(settings_.body_bytes_max))
            refusal = "the body is longer than " + std::to_string(settings_.body_bytes_max) + " bytes";
        if (user.empty()) refusal = "the sender is not known";
        if (asker.routing_id.empty() || asker.routing_id.front() != '\0') refusal = "leave ZMQ_ROUTING_ID unset: answers could reach a stranger";
        if (!refusal.empty()) return reply(asker, {"", hub::Outcome::refused, "", {}, {{"", 0, 0, "TG-Z006", refusal, ""}}});

        const std::string token = std::to_string(++last_token_);
        Submission& from = asker.submission;
        batch.push_back({token, std::move(user), from.message_id, std::move(from.exchange), std::exchange(from.body, {})});
        unsettled_.emplace(token, std::move(asker));
    }

    /// A peer that is gone, or reads none of its answers, sends again later and is answered as a duplicate.
    void reply(const Asker& asker, const hub::Settlement& settlement) {
        Frames frames = answer(asker.submission, settlement);
        frames.insert(frames.begin(), asker.routing_id);
        send(*socket_, frames, zmq::send_flags::dontwait);
    }

    void wait() {
        std::array<zmq::pollitem_t, 2> items{zmq::pollitem_t{nullptr, wake_.descriptor(), ZMQ_POLLIN, 0},
                                             zmq::pollitem_t{socket_->handle(), 0, ZMQ_POLLIN, 0}};
        zmq::poll(items.data(), is_full() ? 1 : 2, std::chrono::milliseconds(-1));
    }

    bool is_full() const { return unsettled_.size() >= static_cast<std::size_t>(settings_.in_flight_max); }

    // Constant after construction.
    const SourceSettings settings_;
    const std::string site_folder_;
    hub::Disk& disk_;
    const Wake wake_;

    std::optional<Gate> gate_;  // outlives the socket
    std::optional<zmq::socket_t> socket_;
    std::map<std::string, Asker> unsettled_;  // by token; at most in_flight_max
    std::uint64_t last_token_ = 0;
};

}  // namespace

std::unique_ptr<hub::Source> make_router_source(SourceSettings settings, const hub::ConnectorContext& context) {
    return std::make_unique<RouterSource>(std::move(settings), context);
}

}  // namespace connectors::zeromq
