// One connection of the server: handshake, head, body, waiting for the answer, sending, and again.
//
// Lives on one thread and is touched by no other. Private to the room; http_server.cpp is its only user.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <memory>
#include <string>

#include "hub/net/http_parser.hpp"
#include "hub/net/http_server.hpp"
#include "hub/net/stream.hpp"

namespace hub::net {

class HttpConnection;

/// The thread that a connection lives on; outlives it.
class ConnectionHome {
public:
    virtual ~ConnectionHome() = default;
    /// A whole request has come. Without an answer now, answer() will follow, or the connection closes first.
    virtual std::optional<HttpResponse> deliver(HttpConnection& from, HttpRequest&& request) = 0;
    /// The last call about this connection.
    virtual void closed(HttpConnection& connection) = 0;
};

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
public:
    HttpConnection(boost::asio::io_context& context, Stream stream, const HttpServerLimits& limits, const Clock& clock,
                   ConnectionHome& home, std::string peer_address);
    ~HttpConnection();

    void start();
    /// Ignored unless a request waits for its answer.
    void answer(const HttpResponse& response);
    /// Ends what has taken longer than it may.
    void check_deadline(std::chrono::nanoseconds now);

    const std::string& peer_address() const { return peer_address_; }
    Ticket ticket = 0;  ///< of the waiting request, for the home's own use

private:
    enum class Phase { handshake, head, body, waiting, sending, draining, closed };
    enum class Next { again, read, write, rest };

    void advance();
    Next step();
    Next step_handshake();
    Next step_head();
    Next step_body();
    Next step_sending();
    Next step_draining();
    Next fill();
    Next after(const Fed& fed);
    Next refuse(const Refusal& refusal);
    void begin_sending(const HttpResponse& response, Phase then);
    void begin_phase(Phase phase, std::chrono::nanoseconds patience);
    void wait(bool for_write);
    void end_gently();
    void close();
    std::string_view buffered() const { return {buffer_.get() + begin_, end_ - begin_}; }

    // Constant after construction.
    const HttpServerLimits& limits_;
    const Clock& clock_;
    ConnectionHome& home_;
    const std::string peer_address_;

    Stream stream_;
    boost::asio::posix::stream_descriptor readiness_;  // borrows the stream's socket
    Phase phase_ = Phase::handshake;
    std::chrono::nanoseconds deadline_{};

    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0, end_ = 0;  // the bytes read and not used yet
    std::size_t searched_ = 0;         // of these, where no end of a head is
    RequestReader reader_{};
    Framing framing_{};
    bool head_only_ = false;  // the request was HEAD
    std::string peer_name_{};
    std::chrono::nanoseconds body_began_{};
    std::size_t body_received_ = 0;

    std::string out_{};
    std::size_t sent_ = 0;
    Phase after_sending_ = Phase::head;
    std::size_t drained_ = 0;
};

}  // namespace hub::net
