// JSON text as a stream of four kinds of event, each with its place in the text.
//
// Boost.JSON's parser does the parsing (strict RFC 8259, strict UTF-8, no lone surrogates); this file adds what it
// leaves out: the line of every token, and numbers as they are written instead of as doubles. Duplicate keys are the
// handlers' affair: they know which object they are in. Private to hub/formats.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hub::formats {

enum class JsonKind : std::uint8_t { object, array, string, number, boolean, null };

/// "an object", "a number" ...
std::string_view in_words(JsonKind kind);

struct JsonPlace {
    std::uint32_t line = 1;    ///< 1-based
    std::uint32_t column = 1;  ///< 1-based, in bytes
};

/// Each event returns whether to go on. Texts live until the event returns.
class JsonHandler {
public:
    virtual ~JsonHandler() = default;
    virtual bool open(JsonKind kind, JsonPlace place) = 0;  ///< object or array
    virtual bool close() = 0;
    virtual bool key(std::string_view name, JsonPlace place) = 0;
    /// Strings are decoded; numbers, true and false come as they are written.
    virtual bool value(JsonKind kind, std::string_view text, JsonPlace place) = 0;
};

struct JsonFault {
    JsonPlace place{};
    std::string what{};
    bool too_deep = false;
};

/// Nothing when the text was parsed to its end or when the handler stopped it.
std::optional<JsonFault> parse_json(std::string_view bytes, std::size_t depth_max, JsonHandler& handler);

}  // namespace hub::formats
