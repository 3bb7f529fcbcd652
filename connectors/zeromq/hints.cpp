// See make_hint_sink in ends.hpp: record type, version and delivery key in three frames, and never a record.
#include <utility>

#include "connectors/zeromq/ends.hpp"
#include "connectors/zeromq/gate.hpp"
#include "connectors/zeromq/sockets.hpp"

namespace connectors::zeromq {
namespace {

constexpr int waiting_hints_max = 1'000;       // per subscriber; more are lost, as hints may be
constexpr std::int64_t request_bytes_max = 1'024;  // subscribers send subscriptions, nothing else

class HintSink : public hub::Sink {
public:
    HintSink(SinkSettings settings, const hub::ConnectorContext& context)
        : settings_(std::move(settings)), site_folder_(context.site_folder), disk_(context.disk) {}

    hub::Status open() override {
        socket_.reset();
        gate_.reset();
        const auto endpoint = endpoint_of(settings_.address);
        if (!endpoint) return endpoint.error();
        const auto clients = read_clients(settings_.clients);
        if (!clients) return clients.error();
        const auto keys = load_keys(settings_.secret_key_file, site_folder_, disk_);
        if (!keys) return keys.error();
        try {
            gate_.emplace(*clients);
            socket_ = make_socket(gate_->context(), zmq::socket_type::pub,
                                  {request_bytes_max, waiting_hints_max, settings_.connect_timeout_ms, settings_.heartbeat_ms});
            guard(*socket_, *keys);
            socket_->bind(*endpoint);
            return hub::Done{};
        } catch (const zmq::error_t& error) {
            socket_.reset();
            return error_of(error, "cannot listen", settings_.address);
        }
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!socket_) return hub::Error{hub::Remedy::reconnect, "the socket is not open", settings_.address, "", "TG-Z005"};
        try {
            zeromq::send(*socket_, {outgoing.record_type, protocol_version, hub::to_text(outgoing.key)}, zmq::send_flags::dontwait);
            return hub::Handed{"hint published"};
        } catch (const zmq::error_t& error) {
            return error_of(error, "cannot publish", settings_.address);
        }
    }

    /// A hint heard twice does no harm.
    hub::Repeats repeats() const override { return hub::Repeats::key; }

private:
    // Constant after construction.
    const SinkSettings settings_;
    const std::string site_folder_;
    hub::Disk& disk_;

    std::optional<Gate> gate_;  // outlives the socket
    std::optional<zmq::socket_t> socket_;
};

}  // namespace

std::unique_ptr<hub::Sink> make_hint_sink(SinkSettings settings, const hub::ConnectorContext& context) {
    return std::make_unique<HintSink>(std::move(settings), context);
}

}  // namespace connectors::zeromq
