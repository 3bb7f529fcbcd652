// A server for tests: counts the requests that it is given and answers each with its target and body.
#pragma once

#include <atomic>

#include "hub/net/http_server.hpp"
#include "tests/support/connector_world.hpp"

struct EchoServer {
    explicit EchoServer(const hub::net::HttpServerLimits& limits = {}, std::shared_ptr<hub::net::TlsContext> tls = nullptr,
                        const std::string& address = "127.0.0.1:0") {
        auto listening = hub::net::HttpServer::listen(
            *hub::net::parse_address(address), std::move(tls), limits, clock,
            [this](hub::net::Ticket ticket, hub::net::HttpRequest&& request) { return take(ticket, std::move(request)); });
        if (listening) server = std::move(*listening);
        if (!listening) failure = hub::to_text(listening.error());
    }

    std::uint16_t port() const { return server->port(); }

    support::MovableClock clock{};
    std::atomic<int> requests = 0;
    std::atomic<bool> answers = true;  ///< false: requests are taken and left waiting
    std::atomic<hub::net::Ticket> last_ticket = 0;
    std::string failure{};
    std::unique_ptr<hub::net::HttpServer> server{};

private:
    std::optional<hub::net::HttpResponse> take(hub::net::Ticket ticket, hub::net::HttpRequest&& request) {
        last_ticket = ticket;
        ++requests;
        if (!answers) return std::nullopt;
        return hub::net::HttpResponse{200, {{"X-Peer", request.peer_name}}, request.target + "|" + request.body};
    }
};
