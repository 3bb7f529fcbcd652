// The thrift peers: Thrift's generated code on bytes, and OpenSSL's plain calls to carry them.
#include <map>

#include "tests/conformance/rig.hpp"
#include "tests/support/connector_ends.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/thrift_peers.hpp"

namespace conformance {
namespace {

/// Certificates for both sides of one test.
struct Papers {
    const support::TemporaryFolder folder{};
    const support::TestAuthority authority{folder.path(), "authority"};
    const support::CertificateFiles ours = authority.issue({.name = "hub", .ip = "127.0.0.1"});
    const support::CertificateFiles theirs = authority.issue({.name = "partner", .dns = {"exam.example"}, .ip = "127.0.0.1"});

    support::TlsWish wish() const { return {theirs, authority.file()}; }
    hub::SettingTexts settings(const std::string& address_setting, std::uint16_t port) const {
        return support::settings_of({{address_setting, "127.0.0.1:" + std::to_string(port)},
                                     {"certificate_file", ours.certificate},
                                     {"key_file", ours.key},
                                     {"authority_file", authority.file()}});
    }
};

class Submitter : public SourceRig {
public:
    hub::SettingTexts settings() const override { return papers_.settings("listen", port_); }

    void send(const std::string& message_id, const std::string& body) override {
        auto& peer = peers_[message_id] = support::TlsPeer::connect(port_, papers_.wish());
        peer->say(support::submit_call(support::submission_of(message_id, body)));
    }

    Told told(const std::string& message_id) override {
        if (const auto frame = peers_.at(message_id)->hear_frame(0)) {
            const auto outcome = support::submit_answer(*frame).outcome;
            told_[message_id] = outcome == support::wire::Outcome::accepted || outcome == support::wire::Outcome::duplicate ? Told::good : Told::bad;
        }
        return told_[message_id];
    }

    bool go_wrong(Fault fault) override {
        auto peer = support::TlsPeer::connect(port_, papers_.wish());
        peer->say(support::submit_call(support::submission_of("half", "a body")).substr(0, 20));
        if (fault == Fault::stalls) stalled_.push_back(std::move(peer));
        return true;
    }

private:
    const Papers papers_{};
    const std::uint16_t port_ = support::free_port();
    std::map<std::string, std::unique_ptr<support::TlsPeer>> peers_;
    std::map<std::string, Told> told_;
    std::vector<std::unique_ptr<support::TlsPeer>> stalled_;
};

class Partner : public SinkRig {
public:
    hub::SettingTexts settings(const Waits& waits) const override {
        auto texts = papers_.settings("address", port_);
        texts = support::with(std::move(texts), "connect_timeout_ms", Waits::text(waits.connect));
        return support::with(std::move(texts), "answer_timeout_ms", Waits::text(waits.answer));
    }

    bool become(std::optional<Fault> fault) override {
        using Manner = support::ThriftPartner::Manner;
        if (fault == Fault::absent) {
            partner_.stop();
            return true;
        }
        partner_.become(!fault ? Manner::answers : fault == Fault::cuts ? Manner::cuts : Manner::stalls);
        partner_.start();
        return true;
    }

    std::vector<Received> received() override {
        std::vector<Received> received;
        for (const auto& each : partner_.taken()) received.push_back({each.message_id, each.body});
        return received;
    }

private:
    const Papers papers_{};
    const std::uint16_t port_ = support::free_port();
    support::ThriftPartner partner_{port_, papers_.wish(), [](const support::wire::Submission&) {
                                        support::wire::Receipt receipt;
                                        receipt.outcome = support::wire::Outcome::accepted;
                                        receipt.receipt = "exam";
                                        return receipt;
                                    }};
};

}  // namespace

Rig thrift_rig() {
    return {"thrift", [](auto&) { return std::make_unique<Submitter>(); }, [](auto&) { return std::make_unique<Partner>(); }};
}

}  // namespace conformance
