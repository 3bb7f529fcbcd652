// See service.hpp.
#include "connectors/thrift/service.hpp"

#include <wire/Hub.h>

#include "connectors/thrift/messages.hpp"

namespace connectors::thrift {
namespace {

namespace wire = hub::wire;
using apache::thrift::TProcessor;
using apache::thrift::protocol::TProtocol;

class Service : public wire::HubIf {
public:
    Service(std::shared_ptr<Peer> peer, Desk& desk, ServiceLimits limits) : peer_(std::move(peer)), desk_(desk), limits_(limits) {}

    void submit(wire::Receipt& answer, const wire::Submission& submission) override {
        check_sender();
        if (const std::string fault = fault_of(submission, limits_.body_bytes_max); !fault.empty())
            throw refusal(wire::Remedy::reject, fault, "TG-T004");
        answer = to_wire(desk_.submit({"", peer_->name(), submission.message_id, submission.exchange, submission.body}, limits_.answer_timeout));
    }

    void status(wire::Status& answer, const wire::StatusQuery& query) override {
        check_sender();
        const auto told = desk_.remembered(peer_->name(), query.receipt, query.message_id);
        answer.known = told.has_value();
        if (told) answer.receipt = to_wire(*told);
    }

    void acknowledge(wire::Receipt&, const wire::Acknowledgement&) override {
        check_sender();
        // A promise that it is in the journal could not be kept here: a source journals records of exchanges only.
        throw refusal(wire::Remedy::stop, "acknowledgements are not taken by this call; submit one as a record, under an exchange for it", "TG-T006");
    }

private:
    void check_sender() const {
        if (peer_->name().empty())
            throw refusal(wire::Remedy::stop, "the certificate names no sender: it needs a DNS name, a URI or a common name of visible ASCII", "TG-T005");
    }

    const std::shared_ptr<Peer> peer_;
    Desk& desk_;
    const ServiceLimits limits_;
};

/// Thrift's server neither answers nor closes after bytes that are no call: the sender would wait for nothing and keep
/// its place. Here it is cut off.
class Guarded : public TProcessor {
public:
    Guarded(std::shared_ptr<Peer> peer, Desk& desk, ServiceLimits limits)
        : peer_(peer), processor_(std::make_shared<Service>(std::move(peer), desk, limits)) {}

    bool process(std::shared_ptr<TProtocol> in, std::shared_ptr<TProtocol> out, void* context) override {
        peer_->begin_call();
        bool good = false;
        try {
            good = processor_.process(std::move(in), std::move(out), context);
        } catch (const std::exception&) {
            good = false;
        }
        if (!good) peer_->shut();
        peer_->end_call();
        return good;
    }

private:
    const std::shared_ptr<Peer> peer_;
    wire::HubProcessor processor_;
};

class Services : public apache::thrift::TProcessorFactory {
public:
    Services(Desk& desk, ServiceLimits limits) : desk_(desk), limits_(limits) {}
    std::shared_ptr<TProcessor> getProcessor(const apache::thrift::TConnectionInfo& info) override {
        return std::make_shared<Guarded>(std::dynamic_pointer_cast<Peer>(info.transport), desk_, limits_);
    }

private:
    Desk& desk_;
    const ServiceLimits limits_;
};

}  // namespace

std::shared_ptr<apache::thrift::TProcessorFactory> make_service(Desk& desk, ServiceLimits limits) {
    return std::make_shared<Services>(desk, limits);
}

}  // namespace connectors::thrift
