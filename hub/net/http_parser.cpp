// See http_parser.hpp.
#include "hub/net/http_parser.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <functional>
#include <iterator>
#include <optional>

namespace hub::net {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

Fed failed(const error_code& error) {
    if (error == http::error::body_limit) return {Reading::failed, 0, {413, "the body is longer than it may be"}};
    if (error == http::error::partial_message) return {Reading::failed, 0, {400, "the message ends before its body does"}};
    return {Reading::failed, 0, {400, "the message is not proper HTTP"}};
}

std::string text_of(string_view view) {
    return {view.data(), view.size()};
}

template <class Fields>
HttpHeaders headers_of(const Fields& fields) {
    HttpHeaders headers;
    headers.reserve(static_cast<std::size_t>(std::distance(fields.begin(), fields.end())));
    for (const auto& field : fields) headers.push_back({text_of(field.name_string()), text_of(field.value())});
    return headers;
}

/// One parser for one message, made anew in the same place for the next.
template <bool is_request>
class MessageParser {
public:
    MessageParser() = default;
    MessageParser(const MessageParser&) = delete;  // the callback below holds this object's place
    MessageParser& operator=(const MessageParser&) = delete;

    void begin(std::size_t body_bytes_max) {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(head_bytes_max));
        parser_->body_limit(body_bytes_max);
        parser_->eager(true);
        parser_->on_chunk_header(on_chunk_);
    }

    Fed feed(std::string_view bytes) {
        error_code error;
        const std::size_t used = parser_->put(boost::asio::buffer(bytes.data(), bytes.size()), error);
        if (error && error != http::error::need_more) return failed(error);
        if (!parser_->is_done()) return {Reading::more, used, {}};
        if (parser_->chunked() && count_fields() != fields_at_last_chunk_)
            return {Reading::failed, used, {400, "trailers after a chunked body are not taken"}};
        return {Reading::done, used, {}};
    }

    Fed end_of_stream() {
        error_code error;
        parser_->put_eof(error);
        return error ? failed(error) : Fed{Reading::done, 0, {}};
    }

    auto& message() { return parser_->get(); }

private:
    std::ptrdiff_t count_fields() { return std::distance(parser_->get().begin(), parser_->get().end()); }

    std::optional<http::parser<is_request, http::string_body>> parser_{};
    std::ptrdiff_t fields_at_last_chunk_ = 0;
    std::function<void(std::uint64_t, string_view, error_code&)> on_chunk_ =
        [this](std::uint64_t size, string_view extensions, error_code& error) {
            if (!extensions.empty()) error = http::error::bad_chunk_extension;
            if (size == 0) fields_at_last_chunk_ = count_fields();
        };
};

}  // namespace

struct RequestReader::State {
    MessageParser<true> parser{};
};

RequestReader::RequestReader() : state_(std::make_unique<State>()) {}
RequestReader::~RequestReader() = default;

void RequestReader::begin(std::size_t body_bytes_max) {
    state_->parser.begin(body_bytes_max);
}

Fed RequestReader::feed(std::string_view bytes) {
    return state_->parser.feed(bytes);
}

HttpRequest RequestReader::take() {
    auto& message = state_->parser.message();
    return {text_of(message.method_string()), text_of(message.target()), headers_of(message), std::move(message.body()), {}};
}

struct ResponseReader::State {
    MessageParser<false> parser{};
};

ResponseReader::ResponseReader() : state_(std::make_unique<State>()) {}
ResponseReader::~ResponseReader() = default;

void ResponseReader::begin(std::size_t body_bytes_max) {
    state_->parser.begin(body_bytes_max);
}

Fed ResponseReader::feed(std::string_view bytes) {
    return state_->parser.feed(bytes);
}

Fed ResponseReader::end_of_stream() {
    return state_->parser.end_of_stream();
}

HttpResponse ResponseReader::take() {
    auto& message = state_->parser.message();
    return {static_cast<int>(message.result_int()), headers_of(message), std::move(message.body())};
}

}  // namespace hub::net
