// A time-out drops the socket with whatever it holds: a late answer to an earlier message can never be taken for another.
#include <array>
#include <utility>

#include "connectors/zeromq/ends.hpp"
#include "connectors/zeromq/gate.hpp"
#include "connectors/zeromq/sockets.hpp"

namespace connectors::zeromq {
namespace {

constexpr std::size_t quoted_characters_max = 300;

/// Another party's words, fit for one line of a log.
std::string quoted(const std::string& text) {
    std::string line;
    for (const char each : text.substr(0, quoted_characters_max)) line += each >= ' ' && each <= '~' ? each : ' ';
    return line;
}

class DealerSink : public hub::Sink {
public:
    DealerSink(SinkSettings settings, const hub::ConnectorContext& context)
        : settings_(std::move(settings)), site_folder_(context.site_folder), disk_(context.disk), clock_(context.clock) {}

    hub::Status open() override {
        socket_.reset();
        const auto endpoint = endpoint_of(settings_.address);
        if (!endpoint) return endpoint.error();
        const auto keys = load_keys(settings_.secret_key_file, site_folder_, disk_);
        if (!keys) return keys.error();
        try {
            socket_ = make_socket(gate_.context(), zmq::socket_type::dealer,
                                  {settings_.body_bytes_max, 1, settings_.connect_timeout_ms, settings_.heartbeat_ms});
            socket_->set(zmq::sockopt::linger, 0);
            socket_->set(zmq::sockopt::sndtimeo, settings_.connect_timeout_ms);
            trust(*socket_, *keys, settings_.server_key);
            socket_->connect(*endpoint);
            if (is_ready(ZMQ_POLLOUT, settings_.connect_timeout_ms)) return hub::Done{};
            return unreachable();
        } catch (const zmq::error_t& error) {
            socket_.reset();
            return error_of(error, "cannot connect", settings_.address);
        }
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!socket_) return hub::Error{hub::Remedy::reconnect, "the socket is not open", settings_.address, "", "TG-Z005"};
        if (outgoing.body.size() > static_cast<std::size_t>(settings_.body_bytes_max))
            return hub::Error{hub::Remedy::reject, "the record is longer than " + std::to_string(settings_.body_bytes_max) + " bytes",
                              settings_.address, "raise body_bytes_max, if the partner takes it", "TG-Z007"};
        try {
            const std::string key = hub::to_text(outgoing.key);
            while (receive(*socket_)) {}  // answers that nobody waits for
            if (!zeromq::send(*socket_, submission(key, settings_.exchange.empty() ? outgoing.record_type : settings_.exchange, outgoing.body),
                              zmq::send_flags::none))
                return unreachable();
            return await_answer(key);
        } catch (const zmq::error_t& error) {
            return unknown(error_of(error, "the connection broke", settings_.address));
        }
    }

    hub::Repeats repeats() const override { return settings_.repeats == "key" ? hub::Repeats::key : hub::Repeats::none; }

private:
    bool is_ready(short events, std::int64_t wait_ms) {
        std::array<zmq::pollitem_t, 1> items{zmq::pollitem_t{socket_->handle(), 0, events, 0}};
        return zmq::poll(items.data(), items.size(), std::chrono::milliseconds(wait_ms)) > 0;
    }

    hub::Error unreachable() {
        socket_.reset();
        return {hub::Remedy::reconnect, "the partner could not be reached, or did not accept our key", settings_.address,
                "check address and server_key, and that the partner knows our public key", "TG-Z008"};
    }

    hub::Error unknown(hub::Error error) {
        socket_.reset();
        error.remedy = hub::Remedy::reconnect;
        error.outcome_unknown = true;
        return error;
    }

    hub::Result<hub::Handed> await_answer(const std::string& key) {
        const auto until = clock_.steady() + std::chrono::milliseconds(settings_.answer_timeout_ms);
        for (;;) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - clock_.steady());
            if (left.count() <= 0 || !is_ready(ZMQ_POLLIN, left.count()))
                return unknown({hub::Remedy::reconnect, "the partner did not answer within answer_timeout_ms", settings_.address, "", "TG-Z009"});
            const auto frames = receive(*socket_);
            if (const auto reply = frames ? read_answer(*frames, key) : std::nullopt) return understood(*reply);
        }
    }

    hub::Result<hub::Handed> understood(const Reply& reply) {
        if (!reply.outcome)
            return unknown({hub::Remedy::reconnect, "the partner answered with a word that is not an outcome", settings_.address, "", "TG-Z010"});
        switch (*reply.outcome) {
            case hub::Outcome::busy:
                return hub::Error{hub::Remedy::retry, "the partner is busy", settings_.address, "", "TG-Z011"};
            case hub::Outcome::parked:  // kept, but not used: as with a refusal, a person must look
                return hub::Error{hub::Remedy::reject, "the partner keeps the record but cannot use it: " + quoted(reply.problems), settings_.address,
                                  "", "TG-Z013"};
            case hub::Outcome::refused:
                return hub::Error{hub::Remedy::reject, "the partner refused the record: " + quoted(reply.problems), settings_.address, "", "TG-Z012"};
            default:
                return hub::Handed{reply.receipt};
        }
    }

    // Constant after construction.
    const SinkSettings settings_;
    const std::string site_folder_;
    hub::Disk& disk_;
    const hub::Clock& clock_;

    Gate gate_{{}};  // outlives the socket
    std::optional<zmq::socket_t> socket_;
};

}  // namespace

std::unique_ptr<hub::Sink> make_dealer_sink(SinkSettings settings, const hub::ConnectorContext& context) {
    return std::make_unique<DealerSink>(std::move(settings), context);
}

}  // namespace connectors::zeromq
