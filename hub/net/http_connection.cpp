// See http_connection.hpp. One function for each phase; advance() runs them until the socket has to be waited for.
#include "hub/net/http_connection.hpp"

#include <boost/asio/error.hpp>

#include <cstring>

namespace hub::net {
namespace {

constexpr std::size_t buffer_bytes = 2 * head_bytes_max;
constexpr std::size_t drain_reads_max = 64;  // 4 KiB each: what a refused sender may still push before we cut
constexpr std::chrono::seconds drain_time{1};
constexpr std::string_view head_end = "\r\n\r\n";
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

/// A header's value as one line, whatever was put into it.
void append_line(std::string& out, std::string_view value) {
    for (const char c : value) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    out += "\r\n";
}

void append_response(std::string& out, const HttpResponse& response, const Instant now, bool close, bool head_only) {
    out.reserve(response.body.size() + 512);
    out += "HTTP/1.1 " + std::to_string(response.status) + " ";
    append_line(out, reason_phrase(response.status));
    out += "Date: ";
    append_line(out, http_date(now));
    for (const HttpHeader& each : response.headers) {
        out += each.name + ": ";
        append_line(out, each.value);
    }
    if (close) out += "Connection: close\r\n";
    out += "Content-Length: " + std::to_string(response.body.size()) + "\r\n\r\n";
    if (!head_only) out += response.body;
}

bool ends_a_line_badly(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    return end != bytes.npos && (end == 0 || bytes[end - 1] != '\r');
}

}  // namespace

HttpConnection::HttpConnection(boost::asio::io_context& context, Stream stream, const HttpServerLimits& limits,
                               const Clock& clock, ConnectionHome& home, std::string peer_address)
    : limits_(limits), clock_(clock), home_(home), peer_address_(std::move(peer_address)), stream_(std::move(stream)),
      readiness_(context, stream_.socket()), buffer_(new char[buffer_bytes]) {}

HttpConnection::~HttpConnection() {
    if (readiness_.is_open()) readiness_.release();  // the stream closes the socket
}

void HttpConnection::start() {
    begin_phase(Phase::handshake, limits_.handshake_timeout);
    advance();
}

void HttpConnection::begin_phase(Phase phase, std::chrono::nanoseconds patience) {
    phase_ = phase;
    deadline_ = clock_.steady() + patience;
}

void HttpConnection::advance() {
    const auto self = shared_from_this();  // close() makes the home forget us
    Next next = Next::again;
    while (next == Next::again) next = step();
    if (next == Next::read || next == Next::write) wait(next == Next::write);
}

HttpConnection::Next HttpConnection::step() {
    switch (phase_) {
        case Phase::handshake: return step_handshake();
        case Phase::head: return step_head();
        case Phase::body: return step_body();
        case Phase::sending: return step_sending();
        case Phase::draining: return step_draining();
        case Phase::waiting:
        case Phase::closed: return Next::rest;
    }
    return Next::rest;
}

HttpConnection::Next HttpConnection::step_handshake() {
    switch (stream_.handshake()) {
        case Io::want_read: return Next::read;
        case Io::want_write: return Next::write;
        case Io::done: break;
        default: end_gently(); return Next::again;  // so that the peer can read the alert that says why
    }
    peer_name_ = stream_.peer_name();
    begin_phase(Phase::head, limits_.idle_timeout);
    return Next::again;
}

HttpConnection::Next HttpConnection::step_head() {
    const std::string_view bytes = buffered();
    const std::size_t found = bytes.find(head_end, searched_);
    const std::size_t head_bytes = found == bytes.npos ? bytes.size() : found + head_end.size();
    if (head_bytes > head_bytes_max) return refuse({431, "the head is longer than it may be"});
    if (found == bytes.npos) {
        if (ends_a_line_badly(bytes)) return refuse({400, "a line ends without CR LF"});
        searched_ = bytes.size() < head_end.size() ? 0 : bytes.size() - head_end.size() + 1;
        return fill();
    }
    searched_ = 0;
    if (const auto refusal = judge_request(bytes.substr(0, head_bytes), framing_)) return refuse(*refusal);
    head_only_ = bytes.substr(0, 5) == "HEAD ";
    reader_.begin(limits_.body_bytes_max);
    body_began_ = clock_.steady();
    body_received_ = bytes.size() - head_bytes;
    begin_phase(Phase::body, limits_.body_grace);
    const Fed fed = reader_.feed(bytes);
    if (fed.reading == Reading::more && framing_.expects_continue && body_received_ == 0) {
        begin_ += fed.used;
        out_.assign(go_on);
        sent_ = 0;
        after_sending_ = Phase::body;
        phase_ = Phase::sending;
        return Next::again;
    }
    return after(fed);
}

HttpConnection::Next HttpConnection::step_body() {
    // The sender earns time with each byte: at the slowest rate allowed, the deadline keeps its distance.
    const auto earned = std::chrono::nanoseconds(std::chrono::seconds(1)) * static_cast<std::int64_t>(body_received_) /
                        static_cast<std::int64_t>(limits_.body_rate_min);
    deadline_ = body_began_ + limits_.body_grace + earned;
    if (buffered().empty()) return fill();
    const std::size_t before = end_ - begin_;
    const Fed fed = reader_.feed(buffered());
    if (fed.reading == Reading::more && fed.used == 0 && before == buffer_bytes)
        return refuse({400, "a chunk's head is longer than it may be"});
    return after(fed);
}

/// What follows a piece of a message.
HttpConnection::Next HttpConnection::after(const Fed& fed) {
    if (fed.reading == Reading::failed) return refuse(fed.refusal);
    begin_ += fed.used;
    if (fed.reading == Reading::more) return buffered().empty() || fed.used == 0 ? fill() : Next::again;
    begin_phase(Phase::waiting, limits_.answer_timeout);
    HttpRequest request = reader_.take();
    request.peer_name = peer_name_;
    const auto ready = home_.deliver(*this, std::move(request));
    if (ready) begin_sending(*ready, framing_.keep_alive ? Phase::head : Phase::draining);
    return Next::again;
}

HttpConnection::Next HttpConnection::fill() {
    if (begin_ == end_) {
        begin_ = end_ = 0;
    } else if (end_ == buffer_bytes) {
        std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const bool first_byte = phase_ == Phase::head && begin_ == end_;
    const IoResult read = stream_.read(buffer_.get() + end_, buffer_bytes - end_);
    switch (read.io) {
        case Io::want_read: return Next::read;
        case Io::want_write: return Next::write;
        case Io::done: break;
        default: close(); return Next::rest;
    }
    end_ += read.bytes;
    if (first_byte) deadline_ = clock_.steady() + limits_.head_timeout;
    if (phase_ == Phase::body) body_received_ += read.bytes;
    return Next::again;
}

HttpConnection::Next HttpConnection::refuse(const Refusal& refusal) {
    framing_.keep_alive = false;
    head_only_ = false;
    begin_sending(problem_response(refusal.status, refusal.detail), Phase::draining);
    return Next::again;
}

void HttpConnection::begin_sending(const HttpResponse& response, Phase then) {
    out_.clear();
    sent_ = 0;
    append_response(out_, response, clock_.now(), then == Phase::draining, head_only_);
    after_sending_ = then;
    begin_phase(Phase::sending, limits_.send_timeout);
}

void HttpConnection::answer(const HttpResponse& response) {
    if (phase_ != Phase::waiting) return;
    begin_sending(response, framing_.keep_alive ? Phase::head : Phase::draining);
    advance();
}

HttpConnection::Next HttpConnection::step_sending() {
    const IoResult written = stream_.write(out_.data() + sent_, out_.size() - sent_);
    switch (written.io) {
        case Io::want_read: return Next::read;
        case Io::want_write: return Next::write;
        case Io::done: break;
        default: close(); return Next::rest;
    }
    sent_ += written.bytes;
    if (sent_ < out_.size()) return Next::again;
    if (after_sending_ == Phase::body) {
        phase_ = Phase::body;
    } else if (after_sending_ == Phase::head) {
        begin_phase(Phase::head, buffered().empty() ? limits_.idle_timeout : limits_.head_timeout);
        if (buffered().empty() && !stream_.holds_bytes()) return Next::read;  // reading at once would find nothing
    } else {
        end_gently();
    }
    return Next::again;
}

/// Closing while the peer still sends would make the system throw away what we said last.
void HttpConnection::end_gently() {
    stream_.finish();
    begin_phase(Phase::draining, drain_time);
}

HttpConnection::Next HttpConnection::step_draining() {
    const Io io = stream_.discard();
    if (io == Io::want_read) return Next::read;
    if (io == Io::done && ++drained_ < drain_reads_max) return Next::again;
    close();
    return Next::rest;
}

void HttpConnection::check_deadline(std::chrono::nanoseconds now) {
    if (now < deadline_) return;
    const auto self = shared_from_this();
    switch (phase_) {
        case Phase::head:
            if (buffered().empty()) break;
            [[fallthrough]];
        case Phase::body:
            refuse({408, "the request came too slowly"});
            break;
        case Phase::waiting: {
            HttpResponse late = problem_response(503, "no answer is ready yet; send the same request again");
            late.headers.push_back({"Retry-After", "1"});
            begin_sending(late, Phase::draining);
            break;
        }
        default: break;
    }
    if (phase_ != Phase::sending || now >= deadline_) return close();
    readiness_.cancel();  // the wait for more of the request
    advance();
}

void HttpConnection::wait(bool for_write) {
    using boost::asio::posix::stream_descriptor;
    readiness_.async_wait(for_write ? stream_descriptor::wait_write : stream_descriptor::wait_read,
                          [self = shared_from_this()](const boost::system::error_code& error) {
                              if (error != boost::asio::error::operation_aborted) self->advance();
                          });
}

void HttpConnection::close() {
    if (phase_ == Phase::closed) return;
    phase_ = Phase::closed;
    readiness_.release();
    home_.closed(*this);
}

}  // namespace hub::net
