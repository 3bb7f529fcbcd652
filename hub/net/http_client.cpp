// See http_client.hpp.
#include "hub/net/http_client.hpp"

#include <array>
#include <optional>

#include "hub/net/http_parser.hpp"
#include "hub/net/stream.hpp"

namespace hub::net {
namespace {

constexpr std::size_t buffer_bytes = 2 * head_bytes_max;
constexpr int interim_answers_max = 8;  // 100 Continue and its like before the real answer

}  // namespace

struct HttpClient::State {
    // Constant after construction.
    Url url;
    std::shared_ptr<TlsContext> tls;
    HttpClientLimits limits;
    const Clock& clock;

    std::optional<Stream> stream{};
    std::chrono::nanoseconds used_at{};
    ResponseReader reader{};
    std::string received{};  // of the answer, not used yet

    Error lost(std::string what, bool outcome_unknown) {
        Error error{Remedy::reconnect, std::move(what), to_text(url.address), "", "TG-N005"};
        if (stream && stream->our_certificate_refused()) {
            error.remedy = Remedy::stop;
            error.what = "the server refused our certificate";
            error.cure = "give a certificate that the server's authorities have signed and that is in date";
            outcome_unknown = false;
        }
        error.outcome_unknown = outcome_unknown;
        stream.reset();
        return error;
    }

    /// Waits for what a call on the stream asked for. False when the deadline passed.
    bool wait(Io io, std::chrono::nanoseconds deadline) const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock.steady());
        return left.count() > 0 && wait_ready(stream->socket(), io == Io::want_write, left);
    }

    /// A server that does not take our certificate says so in an alert, which may wait unread behind the failed write.
    std::string why_sending_failed() {
        const std::string failure = stream->failure();
        char byte = 0;
        stream->read(&byte, 1);
        return "sending failed: " + failure;
    }

    Status send(std::string_view bytes) {
        const auto deadline = clock.steady() + limits.send_timeout;
        while (!bytes.empty()) {
            const IoResult written = stream->write(bytes.data(), bytes.size());
            // A request of which bytes are missing cannot have been acted on, so its outcome is known.
            if (written.io == Io::failed || written.io == Io::closed) return lost(why_sending_failed(), false);
            if (written.io != Io::done && !wait(written.io, deadline)) return lost("the server does not take the request in time", false);
            bytes.remove_prefix(written.bytes);
        }
        return Done{};
    }

    /// More bytes of the answer; false in the result: the server ended the stream.
    Result<bool> receive(std::chrono::nanoseconds deadline) {
        std::array<char, buffer_bytes> bytes;
        for (;;) {
            const IoResult read = stream->read(bytes.data(), bytes.size());
            if (read.io == Io::closed) return false;
            if (read.io == Io::failed) return lost("the connection broke before the answer: " + stream->failure(), true);
            if (read.io == Io::done) {
                received.append(bytes.data(), read.bytes);
                return true;
            }
            if (!wait(read.io, deadline)) return lost("the server did not answer in time", true);
        }
    }

    /// Reads one head and removes interim answers. The head stays at the front of `received`.
    Status receive_head(std::chrono::nanoseconds deadline, Framing& framing) {
        for (int interim = 0; interim <= interim_answers_max;) {
            const std::size_t end = received.find("\r\n\r\n");
            if (end == received.npos) {
                if (received.size() > head_bytes_max) return lost("the answer's head is longer than it may be", true);
                const auto more = receive(deadline);
                if (!more) return more.error();
                if (!*more) return lost("the server closed the connection without an answer", true);
                continue;
            }
            const std::string_view head = std::string_view(received).substr(0, end + 4);
            if (head.size() > head_bytes_max) return lost("the answer's head is longer than it may be", true);
            if (const auto refusal = judge_response(head, framing)) return lost("the answer is not understood: " + std::string(refusal->detail), true);
            if (head[9] != '1' || head.substr(9, 3) == "101") return Done{};
            received.erase(0, head.size());
            ++interim;
        }
        return lost("the server sends interim answers only", true);
    }

    Result<HttpResponse> receive_answer() {
        const auto deadline = clock.steady() + limits.answer_timeout;
        Framing framing;
        received.clear();
        if (const Status head = receive_head(deadline, framing); !head) return head.error();
        reader.begin(limits.response_bytes_max);
        for (;;) {
            Fed fed = reader.feed(received);
            received.erase(0, fed.used);
            if (fed.reading == Reading::more) {
                const auto more = receive(deadline);
                if (!more) return more.error();
                if (!*more) {
                    fed = reader.end_of_stream();
                    framing.keep_alive = false;
                }
            }
            if (fed.reading == Reading::failed) return lost("the answer is not understood: " + std::string(fed.refusal.detail), true);
            if (fed.reading == Reading::done) break;
        }
        if (!framing.keep_alive || !received.empty()) stream.reset();
        used_at = clock.steady();
        return reader.take();
    }

    /// True when the idle connection can carry another request as far as one can know.
    bool usable() {
        if (!stream || clock.steady() - used_at > limits.idle_reuse_max) return false;
        char byte = 0;
        return stream->read(&byte, 1).io == Io::want_read;
    }
};

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::make(Url url, std::shared_ptr<TlsContext> tls, const HttpClientLimits& limits,
                                                     const Clock& clock) {
    if (url.tls != (tls != nullptr)) {
        return Error{Remedy::stop, "the URL and the certificates do not go together", to_text(url.address),
                     "write https:// with certificates, http:// without", "TG-N006"};
    }
    if (!url.tls && !is_loopback(url.address)) {
        return Error{Remedy::stop, "a client without TLS connects to a loopback address only", to_text(url.address),
                     "give it certificates and an https:// URL", "TG-N004"};
    }
    return std::unique_ptr<HttpClient>(new HttpClient(std::unique_ptr<State>(new State{std::move(url), std::move(tls), limits, clock})));
}

Status HttpClient::connect() {
    State& state = *state_;
    state.stream.reset();
    auto socket = connect_to(state.url.address, state.limits.connect_timeout);
    if (!socket) return socket.error();
    state.stream = Stream::for_client(std::move(*socket), state.tls ? state.tls->current() : nullptr, state.url.address.host);
    const auto deadline = state.clock.steady() + state.limits.connect_timeout;
    for (;;) {
        const Io io = state.stream->handshake();
        if (io == Io::done) break;
        if (io == Io::failed || io == Io::closed) return state.lost(state.stream->failure(), false);
        if (!state.wait(io, deadline)) return state.lost("the TLS handshake takes too long", false);
    }
    state.used_at = state.clock.steady();
    return Done{};
}

Result<HttpResponse> HttpClient::exchange(const HttpRequest& request) {
    State& state = *state_;
    if (!state.usable())
        if (Status connected = connect(); !connected) return connected.error();
    std::string bytes = request.method + " " + request.target + " HTTP/1.1\r\nHost: " + to_text(state.url.address) + "\r\n";
    for (const HttpHeader& each : request.headers) bytes += each.name + ": " + each.value + "\r\n";
    bytes += "Content-Length: " + std::to_string(request.body.size()) + "\r\n\r\n" + request.body;
    if (Status sent = state.send(bytes); !sent) return sent.error();
    return state.receive_answer();
}

}  // namespace hub::net
