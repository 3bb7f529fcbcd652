// One keep-alive connection to an HTTP server, used from one thread; every call waits, within its time-outs.
#pragma once

#include <chrono>
#include <memory>

#include "hub/api/seams.hpp"
#include "hub/net/address.hpp"
#include "hub/net/http_message.hpp"
#include "hub/net/tls.hpp"

namespace hub::net {

struct HttpClientLimits {
    std::chrono::milliseconds connect_timeout{5'000};  ///< TCP and TLS, each
    std::chrono::milliseconds send_timeout{10'000};
    std::chrono::milliseconds answer_timeout{30'000};
    std::chrono::milliseconds idle_reuse_max{20'000};  ///< an older idle connection is made anew before it is used
    std::size_t response_bytes_max = 256 * 1024;
};

class HttpClient {
public:
    /// Without `tls` the URL must be http:// and loopback. `tls` and an http:// URL do not go together.
    static Result<std::unique_ptr<HttpClient>> make(Url url, std::shared_ptr<TlsContext> tls, const HttpClientLimits& limits,
                                                    const Clock& clock);

    /// A fresh connection, checked certificate included.
    Status connect();

    /// Sends and waits for the answer. Content-Length, Host and Connection are the room's. A connection that the
    /// server has meanwhile closed is replaced before anything is sent. Errors after the first byte was sent say
    /// outcome_unknown, unless the server refused our certificate.
    Result<HttpResponse> exchange(const HttpRequest& request);

    ~HttpClient();

private:
    struct State;
    explicit HttpClient(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace hub::net
