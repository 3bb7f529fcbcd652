// The receiving end. Workers of the server wait at the desk; the hub's thread takes from it and settles.
#include <utility>

#include "connectors/thrift/desk.hpp"
#include "connectors/thrift/ends.hpp"
#include "connectors/thrift/server.hpp"
#include "connectors/thrift/service.hpp"
#include "connectors/thrift/tls.hpp"

namespace connectors::thrift {
namespace {

constexpr int frame_beside_body_bytes = 64 * 1024;  // names, ids and a body a little too long, which is refused in words
constexpr int workers_to_refuse = 2;                // beyond those that wait: they answer busy, and status

class HubSource : public hub::Source {
public:
    HubSource(SourceSettings settings, const hub::ConnectorContext& context)
        : settings_(std::move(settings)), site_folder_(context.site_folder), clock_(context.clock),
          desk_(static_cast<std::size_t>(settings_.in_flight_max)) {}

    ~HubSource() override { end(); }

    hub::Status open() override {
        end();
        const auto address = hub::net::parse_address(settings_.listen);
        if (!address) return address.error();
        auto tls = make_context({below(site_folder_, settings_.certificate_file), below(site_folder_, settings_.key_file),
                                 below(site_folder_, settings_.authority_file), settings_.tls_minimum == "1.2"}, "");
        if (!tls) return tls.error();
        desk_.open();
        auto server = Server::listen(*address, std::move(*tls), make_service(desk_, service_limits()), server_limits(), clock_,
                                     [this] { desk_.close(); });
        if (!server) {
            desk_.close();
            return server.error();
        }
        server_ = std::move(*server);
        return hub::Done{};
    }

    hub::Result<std::vector<hub::Incoming>> next(std::stop_token stop) override {
        auto taken = desk_.take(std::move(stop), batch_max);
        if (taken.empty() && !desk_.is_open())
            return hub::Error{hub::Remedy::reconnect, "the source does not listen", settings_.listen, "", "TG-T007"};
        return taken;
    }

    hub::Status settle(const std::vector<hub::Settlement>& settlements) override {
        desk_.settle(settlements);
        return hub::Done{};
    }

private:
    /// The workers first leave the desk, then end with their server.
    void end() {
        desk_.close();
        server_.reset();
    }

    ServiceLimits service_limits() const {
        return {static_cast<std::size_t>(settings_.body_bytes_max), std::chrono::milliseconds(settings_.answer_timeout_ms)};
    }
    ServerLimits server_limits() const {
        return {settings_.body_bytes_max + frame_beside_body_bytes, settings_.connections_max, settings_.in_flight_max + workers_to_refuse,
                std::chrono::milliseconds(settings_.idle_timeout_ms)};
    }

    // Constant after construction.
    const SourceSettings settings_;
    const std::string site_folder_;
    const hub::Clock& clock_;

    Desk desk_;
    std::unique_ptr<Server> server_;  // last: its threads use the desk
};

}  // namespace

std::unique_ptr<hub::Source> make_hub_source(SourceSettings settings, const hub::ConnectorContext& context) {
    return std::make_unique<HubSource>(std::move(settings), context);
}

}  // namespace connectors::thrift
