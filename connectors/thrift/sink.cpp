// The sending end: one call of a partner's Hub for each record.
//
// Whether an outcome is unknown depends on one thing: whether the whole call had left when it failed. A partner cannot
// act on half a frame.
#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <wire/Hub.h>

#include <utility>

#include "connectors/thrift/ends.hpp"
#include "connectors/thrift/line.hpp"
#include "connectors/thrift/messages.hpp"
#include "connectors/thrift/tls.hpp"
#include "hub/net/address.hpp"

namespace connectors::thrift {
namespace {

namespace wire = hub::wire;
using apache::thrift::TApplicationException;
using apache::thrift::protocol::TBinaryProtocol;
using apache::thrift::transport::TFramedTransport;
using apache::thrift::transport::TTransportException;

constexpr int answer_bytes_max = 256 * 1024;
constexpr int call_bytes_max = 128 * 1024 * 1024;
constexpr int container_items_max = 1'000;
constexpr int recursion_max = 16;

/// True when the partner's TLS said that our certificate is the matter.
bool is_our_certificate_refused(const std::string& what) {
    if (what.find("alert") == what.npos) return false;
    return what.find("certificate") != what.npos || what.find("unknown ca") != what.npos || what.find("access denied") != what.npos;
}

class HubSink : public hub::Sink {
public:
    HubSink(SinkSettings settings, const hub::ConnectorContext& context)
        : settings_(std::move(settings)), site_folder_(context.site_folder), clock_(context.clock) {}
    ~HubSink() override { hang_up(); }

    hub::Status open() override {
        hang_up();
        const auto address = hub::net::parse_address(settings_.address);
        if (!address) return address.error();
        auto tls = make_context({below(site_folder_, settings_.certificate_file), below(site_folder_, settings_.key_file),
                                 below(site_folder_, settings_.authority_file), settings_.tls_minimum == "1.2"}, address->host);
        if (!tls) return tls.error();
        try {
            connect(std::move(*tls), *address);
            return hub::Done{};
        } catch (const std::exception& error) {
            return lost(error, "cannot connect", false);
        }
    }

    hub::Result<hub::Handed> send(const hub::Outgoing& outgoing) override {
        if (!client_) return hub::Error{hub::Remedy::reconnect, "the sink is not open", settings_.address, "", "TG-T007"};
        bool has_left = false;
        try {
            line_->give(std::chrono::milliseconds(settings_.send_timeout_ms));
            client_->send_submit(submission_for(outgoing));
            has_left = true;
            line_->give(std::chrono::milliseconds(settings_.answer_timeout_ms));
            wire::Receipt receipt;
            client_->recv_submit(receipt);
            return with_place(understood(receipt));
        } catch (const wire::Refusal& refused) {
            return with_place(error_from(refused));
        } catch (const TApplicationException& fault) {
            return not_served(fault);
        } catch (const std::exception& error) {
            return lost(error, has_left ? "no answer" : "cannot send", has_left);
        }
    }

    hub::Repeats repeats() const override { return settings_.repeats == "key" ? hub::Repeats::key : hub::Repeats::none; }

private:
    void connect(std::shared_ptr<apache::thrift::transport::SSLContext> tls, const hub::net::Address& address) {
        line_ = std::make_shared<Line>(std::move(tls), address.host, address.port, clock_);
        line_->setConnTimeout(settings_.connect_timeout_ms);
        line_->open();
        line_->give(std::chrono::milliseconds(settings_.connect_timeout_ms));
        line_->shake_hands();
        const auto limits = std::make_shared<apache::thrift::TConfiguration>(call_bytes_max, answer_bytes_max, recursion_max);
        const auto framed = std::make_shared<TFramedTransport>(line_, limits);
        client_ = std::make_unique<wire::HubClient>(std::make_shared<TBinaryProtocol>(framed, answer_bytes_max, container_items_max, true, true));
    }

    wire::Submission submission_for(const hub::Outgoing& outgoing) const {
        wire::Submission submission;
        submission.exchange = settings_.exchange.empty() ? outgoing.record_type : settings_.exchange;
        submission.message_id = hub::to_text(outgoing.key);
        submission.body = outgoing.body;
        return submission;
    }

    hub::Result<hub::Handed> with_place(hub::Result<hub::Handed> result) const {
        if (!result) result.error().where = settings_.address;
        return result;
    }

    /// The partner's Thrift answered instead of its Hub: it has no such function, or its function broke half way.
    hub::Error not_served(const TApplicationException& fault) {
        hang_up();
        const auto kind = fault.getType();
        if (kind == TApplicationException::UNKNOWN_METHOD)
            return {hub::Remedy::stop, "the partner does not serve submit", settings_.address, "give the address of a service Hub", "TG-T021"};
        return {hub::Remedy::reconnect, "the partner's service broke during the call", settings_.address, "", "TG-T022", true};
    }

    hub::Error lost(const std::exception& error, const std::string& what, bool unknown) {
        hang_up();
        const std::string reason = error.what();
        if (is_our_certificate_refused(reason))
            return {hub::Remedy::stop, "the partner refused our certificate: " + reason, settings_.address, "agree with the partner on an authority", "TG-T023"};
        return {hub::Remedy::reconnect, what + ": " + reason, settings_.address, "", "TG-T024", unknown};
    }

    void hang_up() {
        client_.reset();
        if (line_) line_->close();
        line_.reset();
    }

    // Constant after construction.
    const SinkSettings settings_;
    const std::string site_folder_;
    const hub::Clock& clock_;

    std::shared_ptr<Line> line_;
    std::unique_ptr<wire::HubClient> client_;
};

}  // namespace

std::unique_ptr<hub::Sink> make_hub_sink(SinkSettings settings, const hub::ConnectorContext& context) {
    return std::make_unique<HubSink>(std::move(settings), context);
}

}  // namespace connectors::thrift
