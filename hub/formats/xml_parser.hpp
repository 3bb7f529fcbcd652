// libxml2's push parser behind a guard, limits and three events: the only way that a partner's XML is parsed.
//
// Comments are dropped, CDATA is text. An event handler that throws ends the parse and the exception goes on to the
// caller of parse(); it never passes through C. Private to this room.
#pragma once

#include <libxml/parser.h>

#include <exception>
#include <memory>
#include <optional>
#include <string_view>

#include "hub/api/error.hpp"
#include "hub/formats/codec.hpp"

namespace hub::formats {

/// A start tag as libxml2 gives it: names live as long as the parser, values until the event returns.
struct XmlStart {
    const xmlChar* local;
    const xmlChar* ns;  ///< null for none
    int attribute_count;
    const xmlChar** attributes;  ///< five each: local name, prefix, namespace, value, end of value
    int namespace_count;
    const xmlChar** namespaces;  ///< two each: prefix (null for the default), name
    int line;
};

class XmlEvents {
public:
    virtual ~XmlEvents() = default;
    virtual void start(const XmlStart& tag) = 0;
    virtual void end(const xmlChar* local, const xmlChar* ns) = 0;
    /// A piece of text; there may be several in a row.
    virtual void text(std::string_view piece, int line) = 0;
};

class XmlParser {
public:
    explicit XmlParser(const Limits& limits) : limits_(limits) {}
    XmlParser(const XmlParser&) = delete;
    XmlParser& operator=(const XmlParser&) = delete;

    /// The first thing that is wrong; nothing when the document is well-formed and within the limits.
    std::optional<Problem> parse(std::string_view bytes, std::string_view name, XmlEvents& events);
    /// For event handlers: goes no further; parse() returns this.
    void stop(const char* code, std::string what, const char* cure);
    void over(const char* code, const char* limit, std::size_t value);
    int line() const { return context_ && context_->input != nullptr ? context_->input->line : 0; }

    static constexpr std::size_t chunk_bytes = 4096;
    /// The parser keeps every name it has met; beyond this it is made anew, so that names cannot fill the memory.
    static constexpr std::size_t names_kept_bytes_max = 256 << 10;

private:
    struct Free {
        void operator()(xmlParserCtxtPtr context) const { xmlFreeParserCtxt(context); }
    };
    struct Handlers;
    friend struct Handlers;

    void begin();
    void feed(std::string_view bytes);
    void not_well_formed(int error, int line);
    bool within_limits(const XmlStart& tag);
    void count_text(std::size_t bytes);

    const Limits limits_;
    std::unique_ptr<xmlParserCtxt, Free> context_{};
    XmlEvents* events_ = nullptr;
    std::optional<Problem> problem_{};
    std::exception_ptr thrown_{};
    std::size_t depth_ = 0, nodes_ = 0, text_run_bytes_ = 0;
    bool root_seen_ = false;
};

/// An attribute's value. libxml2 hands on an ampersand as a character reference, lest it be read again.
std::string_view attribute_value(const xmlChar* begin, const xmlChar* end, std::string& scratch);

inline std::string_view text_of(const xmlChar* text) {
    return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

}  // namespace hub::formats
