// Reads one HTTP message at a time out of bytes as they come. The only part that knows Boost.Beast.
//
// The head must have passed http_framing first; chunk extensions and trailers are refused here.
#pragma once

#include <memory>

#include "hub/net/http_framing.hpp"
#include "hub/net/http_message.hpp"

namespace hub::net {

enum class Reading { more, done, failed };

struct Fed {
    Reading reading = Reading::failed;
    std::size_t used = 0;  ///< bytes that belong to this message
    Refusal refusal{};     ///< when failed
};

class RequestReader {
public:
    RequestReader();
    ~RequestReader();

    /// Forgets the message before. `body_bytes_max` holds for a chunked body too.
    void begin(std::size_t body_bytes_max);
    /// The first call must hold the whole head; later ones begin with the first byte not used yet.
    Fed feed(std::string_view bytes);
    /// The finished message; its place is empty afterwards.
    HttpRequest take();

private:
    struct State;
    std::unique_ptr<State> state_;
};

class ResponseReader {
public:
    ResponseReader();
    ~ResponseReader();

    void begin(std::size_t body_bytes_max);
    Fed feed(std::string_view bytes);
    /// The peer ended the stream: done when the message's end was to be told that way.
    Fed end_of_stream();
    HttpResponse take();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace hub::net
