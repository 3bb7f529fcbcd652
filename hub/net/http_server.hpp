// An HTTP/1.1 server over TLS that answers when its owner is ready, not when a handler returns.
//
// Owns its threads; each connection lives on one of them. A request is handed over with a ticket, and the answer may
// come from any thread, much later: a source answers after the commit. Deadlines and limits guard every phase.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "hub/api/seams.hpp"
#include "hub/net/address.hpp"
#include "hub/net/http_message.hpp"
#include "hub/net/tls.hpp"

namespace hub::net {

struct HttpServerLimits {
    std::size_t body_bytes_max = 1024 * 1024;
    int connections_max = 256;
    int connections_per_peer_max = 64;  ///< from one address; Unix sockets are not counted
    std::chrono::milliseconds handshake_timeout{5'000};
    std::chrono::milliseconds head_timeout{5'000};   ///< from the first byte of a request to the end of its head
    std::chrono::milliseconds body_grace{5'000};     ///< what a body may take beyond its size at the rate below
    std::size_t body_rate_min = 4 * 1024;            ///< bytes a second
    std::chrono::milliseconds idle_timeout{30'000};  ///< between requests
    std::chrono::milliseconds answer_timeout{60'000};
    std::chrono::milliseconds send_timeout{10'000};
    int threads = 1;
};

/// Names one request that waits for its answer; never used twice by one server.
using Ticket = std::uint64_t;

struct HttpAnswer {
    Ticket ticket = 0;
    HttpResponse response{};
};

class HttpServer {
public:
    /// Called on a server thread, one call at a time for each thread; must not block. What it returns is the answer;
    /// without one, answer() gives it later, which may be even before the handler has returned.
    using Handler = std::function<std::optional<HttpResponse>(Ticket, HttpRequest&&)>;

    /// Listens. Without `tls` the server is plain, which is allowed on loopback addresses and Unix sockets only.
    static Result<std::unique_ptr<HttpServer>> listen(const Address& address, std::shared_ptr<TlsContext> tls,
                                                      const HttpServerLimits& limits, const Clock& clock, Handler handler);

    /// From any thread. An answer whose connection is gone is dropped: its sender will ask again.
    void answer(std::vector<HttpAnswer> answers);

    std::uint16_t port() const;

    /// Closes every connection and joins the threads; the handler is not called afterwards.
    ~HttpServer();

private:
    struct State;
    explicit HttpServer(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace hub::net
