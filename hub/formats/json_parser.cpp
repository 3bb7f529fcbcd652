// Adapts boost::json::basic_parser. The parser says what it met but not where, so a cursor walks the same text token
// by token beside it; it trusts the parser for everything but positions.
#include "hub/formats/json_parser.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

namespace hub::formats {
namespace {

namespace json = boost::json;

/// Follows the parser through the text. Line ends stand only in gaps: a JSON string cannot hold one.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    /// Skips the gap before the next token.
    JsonPlace arrive() {
        for (; at_ < text_.size(); ++at_) {
            const char c = text_[at_];
            if (c == '\n') {
                ++line_;
                line_start_ = at_ + 1;
            } else if (c != ' ' && c != ',' && c != ':' && c != '\r' && c != '\t') {
                break;
            }
        }
        return {line_, static_cast<std::uint32_t>(at_ - line_start_ + 1)};
    }
    void pass(std::size_t size) { at_ = std::min(at_ + size, text_.size()); }
    /// Passes a string token. `body` may already be its text in place, when nothing in it was escaped.
    void pass_string(std::string_view body) {
        if (at_ + 1 < text_.size() && body.data() == text_.data() + at_ + 1) return pass(body.size() + 2);
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != '"') end += text_[end] == '\\' ? 2 : 1;
        at_ = std::min(end + 1, text_.size());
    }
    std::string_view pass_number() {
        const auto end = std::min(text_.find_first_not_of("0123456789+-.eE", at_), text_.size());
        const auto number = text_.substr(at_, end - at_);
        at_ = end;
        return number;
    }
    bool only_gap_left() const { return text_.find_first_not_of(" \t\r\n", at_) == std::string_view::npos; }

private:
    std::string_view text_;
    std::size_t at_ = 0, line_start_ = 0;
    std::uint32_t line_ = 1;
};

/// What basic_parser calls; the names and signatures are its.
struct Events {
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    using View = json::string_view;
    using Code = json::error_code;

    Events(std::string_view text, JsonHandler& to) : cursor(text), handler(to) {}

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code& code) { return open(JsonKind::object, code); }
    bool on_array_begin(Code& code) { return open(JsonKind::array, code); }
    bool on_object_end(std::size_t, Code& code) { return close(code); }
    bool on_array_end(std::size_t, Code& code) { return close(code); }
    bool on_key_part(View part, std::size_t, Code&) { return gather(part); }
    bool on_string_part(View part, std::size_t, Code&) { return gather(part); }
    bool on_key(View last, std::size_t, Code& code) {
        const auto place = cursor.arrive();
        return go_on(handler.key(whole(last), place), code);
    }
    bool on_string(View last, std::size_t, Code& code) {
        const auto place = cursor.arrive();
        return go_on(handler.value(JsonKind::string, whole(last), place), code);
    }
    bool on_number_part(View, Code&) { return true; }
    bool on_int64(std::int64_t, View, Code& code) { return number(code); }
    bool on_uint64(std::uint64_t, View, Code& code) { return number(code); }
    bool on_double(double, View, Code& code) { return number(code); }
    bool on_bool(bool value, Code& code) { return literal(JsonKind::boolean, value ? "true" : "false", code); }
    bool on_null(Code& code) { return literal(JsonKind::null, "null", code); }
    bool on_comment_part(View, Code&) { return true; }
    bool on_comment(View, Code&) { return true; }

    Cursor cursor;
    JsonHandler& handler;
    std::string parts{};
    bool stopped = false;

private:
    bool go_on(bool wanted, Code& code) {
        if (!wanted) {
            stopped = true;
            code = json::error::incomplete;  // any error ends the parser; `stopped` tells that it was our wish
        }
        return wanted;
    }
    bool open(JsonKind kind, Code& code) {
        const auto place = cursor.arrive();
        cursor.pass(1);
        return go_on(handler.open(kind, place), code);
    }
    bool close(Code& code) {
        cursor.arrive();
        cursor.pass(1);
        return go_on(handler.close(), code);
    }
    bool number(Code& code) {
        const auto place = cursor.arrive();
        return go_on(handler.value(JsonKind::number, cursor.pass_number(), place), code);
    }
    bool literal(JsonKind kind, std::string_view text, Code& code) {
        const auto place = cursor.arrive();
        cursor.pass(text.size());
        return go_on(handler.value(kind, text, place), code);
    }
    bool gather(View part) {
        if (gathered_.size() == 0) parts.clear();
        parts.append(part.data(), part.size());
        gathered_ = parts;
        return true;
    }
    /// The whole text of a string whose last part this is; moves the cursor behind it.
    std::string_view whole(View last) {
        const std::string_view body(last.data(), last.size());
        if (gathered_.empty()) {
            cursor.pass_string(body);
            return body;
        }
        parts.append(body);
        gathered_ = {};
        cursor.pass_string({});
        return parts;
    }

    std::string_view gathered_{};  ///< empty: no part has come yet
};

JsonPlace place_of(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
            static_cast<std::uint32_t>(offset - line_start + 1)};
}

std::string in_words(const json::error_code& code, std::size_t depth_max) {
    if (code == json::error::too_deep) return "depth_max = " + std::to_string(depth_max) + " is exceeded";
    if (code == json::error::incomplete) return "the document ends too early";
    return "not JSON: " + code.message();
}

}  // namespace

std::string_view in_words(JsonKind kind) {
    constexpr std::string_view words[] = {"an object", "an array", "a string", "a number", "a boolean", "null"};
    return words[static_cast<std::size_t>(kind)];
}

std::optional<JsonFault> parse_json(std::string_view bytes, std::size_t depth_max, JsonHandler& handler) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<Events> parser(options, bytes, handler);
    json::error_code code;
    const std::size_t used = parser.write_some(false, bytes.data(), bytes.size(), code);
    Events& events = parser.handler();
    if (events.stopped) return std::nullopt;
    if (code) return JsonFault{place_of(bytes, std::min(used, bytes.size())), in_words(code, depth_max),
                              code == json::error::too_deep};
    if (events.cursor.only_gap_left()) return std::nullopt;
    return JsonFault{place_of(bytes, std::min(used, bytes.size())), "something follows the document's end", false};
}

}  // namespace hub::formats
