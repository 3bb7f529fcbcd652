// Hub as a partner speaks it, without our connector and without Thrift's sockets: calls as bytes, and a partner's server.
#pragma once

#include <thrift/protocol/TBinaryProtocol.h>
#include <thrift/transport/TBufferTransports.h>
#include <wire/Hub.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/support/tls_peer.hpp"

namespace support {

namespace wire = hub::wire;

/// What Thrift's generated code says and hears, on bytes.
class ThriftBytes {
public:
    explicit ThriftBytes(const std::string& answer = "") : bytes_(std::make_shared<apache::thrift::transport::TMemoryBuffer>()) {
        bytes_->write(reinterpret_cast<const std::uint8_t*>(answer.data()), static_cast<std::uint32_t>(answer.size()));
    }
    std::shared_ptr<apache::thrift::protocol::TProtocol> protocol() const { return std::make_shared<apache::thrift::protocol::TBinaryProtocol>(bytes_); }
    std::string text() const { return bytes_->getBufferAsString(); }

private:
    std::shared_ptr<apache::thrift::transport::TMemoryBuffer> bytes_;
};

inline std::string framed(const std::string& bytes) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    return std::string{static_cast<char>(size >> 24), static_cast<char>(size >> 16), static_cast<char>(size >> 8), static_cast<char>(size)} + bytes;
}

inline wire::Submission submission_of(const std::string& message_id, const std::string& body, const std::string& exchange = "court_result_in") {
    wire::Submission submission;
    submission.exchange = exchange;
    submission.message_id = message_id;
    submission.body = body;
    return submission;
}

/// A call of submit, framed.
inline std::string submit_call(const wire::Submission& submission) {
    const ThriftBytes call;
    wire::HubClient(call.protocol()).send_submit(submission);
    return framed(call.text());
}

/// The answer to submit; throws what the answer throws.
inline wire::Receipt submit_answer(const std::string& frame) {
    wire::Receipt receipt;
    wire::HubClient(ThriftBytes(frame).protocol()).recv_submit(receipt);
    return receipt;
}

/// A partner's service: one answer to each call of submit, or none.
class ThriftPartner {
public:
    enum class Manner { answers, cuts, stalls };
    using Rule = std::function<wire::Receipt(const wire::Submission&)>;  ///< may throw what the service may

    ThriftPartner(std::uint16_t port, TlsWish wish, Rule rule) : port_(port), wish_(std::move(wish)), rule_(std::move(rule)) { start(); }
    ~ThriftPartner() { stop(); }

    void become(Manner manner) { manner_ = manner; }
    void stop() { thread_ = {}; }
    void start() {
        if (thread_.joinable()) return;
        auto listening = hub::net::listen_on({"127.0.0.1", port_, {}});
        if (!listening) throw std::runtime_error(hub::to_text(listening.error()));
        thread_ = std::jthread([this, socket = std::move(*listening)](const std::stop_token& stop) { run(stop, socket.get()); });
    }
    /// The calls that it took while it answered.
    std::vector<wire::Submission> taken() const {
        const std::lock_guard held(lock_);
        return taken_;
    }

private:
    struct Service : wire::HubNull {
        explicit Service(ThriftPartner& its) : partner(its) {}
        void submit(wire::Receipt& answer, const wire::Submission& submission) override {
            if (partner.manner_ == Manner::answers) {
                const std::lock_guard held(partner.lock_);
                partner.taken_.push_back(submission);
            }
            answer = partner.rule_(submission);
        }
        ThriftPartner& partner;
    };

    void run(const std::stop_token& stop, int listening) {
        std::vector<std::unique_ptr<TlsPeer>> peers;
        while (!stop.stop_requested()) {
            if (hub::net::wait_ready(listening, false, std::chrono::milliseconds(2))) {
                std::string ignored;
                auto peer = std::make_unique<TlsPeer>(hub::net::Descriptor(hub::net::accept_from(listening, ignored)), wish_, true);
                if (peer->shaken()) peers.push_back(std::move(peer));
            }
            std::erase_if(peers, [this](const auto& peer) { return !serve(*peer); });
        }
    }

    /// False when the connection is to be closed.
    bool serve(TlsPeer& peer) {
        const auto frame = peer.hear_frame(1);
        if (!frame) return !peer.closed();
        const ThriftBytes answer;
        wire::HubProcessor processor(std::make_shared<Service>(*this));
        processor.process(ThriftBytes(*frame).protocol(), answer.protocol(), nullptr);
        if (manner_ == Manner::cuts) return false;
        if (manner_ == Manner::answers) peer.say(framed(answer.text()));
        return true;
    }

    const std::uint16_t port_;
    const TlsWish wish_;
    const Rule rule_;
    std::atomic<Manner> manner_ = Manner::answers;
    mutable std::mutex lock_;
    std::vector<wire::Submission> taken_;  // guarded by lock_
    std::jthread thread_;                  // last: it uses everything above
};

}  // namespace support
