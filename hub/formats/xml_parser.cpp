// Drives libxml2's push parser. Options and overrides are those measured to be safe with 2.9.14: nothing is substituted,
// loaded or fetched, and parsing ends at the first error.
#include "hub/formats/xml_parser.hpp"

#include <libxml/dict.h>

#include <algorithm>

#include "hub/formats/codes.hpp"
#include "hub/formats/xml_codes.hpp"
#include "hub/formats/xml_guard.hpp"

namespace hub::formats {

namespace {

constexpr int parser_options = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;

/// libxml2's own sentences may quote the document, so each error is said in ours.
const char* words_for(int error, bool inside) {
    switch (error) {
        case XML_ERR_DOCUMENT_EMPTY: return "there is no XML element in it";
        case XML_ERR_DOCUMENT_END: return inside ? "it ends before its elements are closed" : "something follows the root element";
        case XML_ERR_TAG_NAME_MISMATCH: return "an end tag does not match its start tag";
        case XML_ERR_TAG_NOT_FINISHED:
        case XML_ERR_GT_REQUIRED:
        case XML_ERR_LTSLASH_REQUIRED: return "a tag is not finished";
        case XML_ERR_NAME_REQUIRED: return "a name is missing or has characters that a name cannot have";
        case XML_ERR_ENTITYREF_SEMICOL_MISSING:
        case XML_ERR_INVALID_CHARREF:
        case XML_ERR_INVALID_HEX_CHARREF:
        case XML_ERR_INVALID_DEC_CHARREF: return "an ampersand starts no valid reference";
        case XML_ERR_UNDECLARED_ENTITY: return "an entity is used that is not one of XML's own five";
        case XML_ERR_INVALID_CHAR: return "it has a character that XML does not allow";
        case XML_ERR_ATTRIBUTE_NOT_STARTED:
        case XML_ERR_ATTRIBUTE_NOT_FINISHED:
        case XML_ERR_ATTRIBUTE_WITHOUT_VALUE:
        case XML_ERR_LT_IN_ATTRIBUTE: return "an attribute's value is not well quoted";
        case XML_ERR_ATTRIBUTE_REDEFINED:
        case XML_NS_ERR_ATTRIBUTE_REDEFINED: return "an attribute is given twice";
        case XML_NS_ERR_UNDEFINED_NAMESPACE: return "a namespace prefix is not declared";
        case XML_ERR_COMMENT_NOT_FINISHED:
        case XML_ERR_HYPHEN_IN_COMMENT: return "a comment is not well-formed";
        case XML_ERR_CDATA_NOT_FINISHED: return "a CDATA section is not finished";
        default: return "its XML is broken";
    }
}

}  // namespace

/// What libxml2 calls. None of these lets an exception out.
struct XmlParser::Handlers {
    template <class Act>
    static void shielded(void* self, Act act) noexcept {
        auto& parser = *static_cast<XmlParser*>(self);
        if (parser.problem_ || parser.thrown_) return;
        try {
            act(parser);
        } catch (...) {
            parser.thrown_ = std::current_exception();
            xmlStopParser(parser.context_.get());
        }
    }
    static void start(void* self, const xmlChar* local, const xmlChar*, const xmlChar* ns, int namespace_count,
                      const xmlChar** namespaces, int attribute_count, int, const xmlChar** attributes) {
        shielded(self, [&](XmlParser& parser) {
            const XmlStart tag{local, ns, attribute_count, attributes, namespace_count, namespaces, parser.line()};
            if (parser.within_limits(tag)) parser.events_->start(tag);
        });
    }
    static void end(void* self, const xmlChar* local, const xmlChar*, const xmlChar* ns) {
        shielded(self, [&](XmlParser& parser) {
            --parser.depth_;
            parser.text_run_bytes_ = 0;
            parser.events_->end(local, ns);
        });
    }
    static void text(void* self, const xmlChar* piece, int size) {
        shielded(self, [&](XmlParser& parser) {
            parser.count_text(static_cast<std::size_t>(size));
            if (!parser.problem_)
                parser.events_->text({reinterpret_cast<const char*>(piece), static_cast<std::size_t>(size)}, parser.line());
        });
    }
    static void doctype(void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
        shielded(self, [](XmlParser& parser) {
            parser.stop(code::xml_doctype, "a document type declaration is not allowed", "remove the <!DOCTYPE ...>");
        });
    }
    static void instruction(void* self, const xmlChar*, const xmlChar*) {
        shielded(self, [](XmlParser& parser) {
            parser.stop(code::xml_instruction, "a processing instruction is not allowed", "remove it");
        });
    }
    static void error(void* self, xmlErrorPtr error) {
        if (error->level < XML_ERR_ERROR) return;
        shielded(self, [&](XmlParser& parser) { parser.not_well_formed(error->code, error->line); });
    }
    static xmlSAXHandler table() {
        xmlSAXHandler handler{};
        handler.initialized = XML_SAX2_MAGIC;
        handler.startElementNs = start;
        handler.endElementNs = end;
        handler.characters = text;
        handler.ignorableWhitespace = text;
        handler.internalSubset = doctype;
        handler.processingInstruction = instruction;
        handler.serror = error;
        return handler;
    }
};

void XmlParser::stop(const char* code, std::string what, const char* cure) {
    if (!problem_) problem_ = Problem{{}, line(), 0, code, std::move(what), cure};
    xmlStopParser(context_.get());
}

void XmlParser::over(const char* code, const char* limit, std::size_t value) {
    stop(code, std::string(limit) + " = " + std::to_string(value) + " is exceeded", "send less at once, or raise the limit");
}

void XmlParser::not_well_formed(int error, int line) {
    const bool inside = depth_ > 0 || !root_seen_;
    stop(code::xml_syntax, std::string("the document is not well-formed: ") + words_for(error, inside),
         "have the sender's XML writer corrected");
    problem_->line = line;
}

bool XmlParser::within_limits(const XmlStart& tag) {
    root_seen_ = true;
    text_run_bytes_ = 0;
    nodes_ += 1 + static_cast<std::size_t>(tag.attribute_count);
    std::size_t name_bytes = text_of(tag.local).size();
    for (int each = 0; each < tag.attribute_count; ++each)
        name_bytes = std::max(name_bytes, text_of(tag.attributes[each * 5]).size());
    if (++depth_ > limits_.depth_max) over(code::depth, "depth_max", limits_.depth_max);
    else if (static_cast<std::size_t>(tag.attribute_count) > limits_.attributes_max) over(code::attributes, "attributes_max", limits_.attributes_max);
    else if (static_cast<std::size_t>(tag.namespace_count) > limits_.namespaces_max) over(code::namespaces, "namespaces_max", limits_.namespaces_max);
    else if (nodes_ > limits_.nodes_max) over(code::nodes, "nodes_max", limits_.nodes_max);
    else if (name_bytes > limits_.name_bytes_max) over(code::name_bytes, "name_bytes_max", limits_.name_bytes_max);
    return !problem_;
}

void XmlParser::count_text(std::size_t bytes) {
    text_run_bytes_ += bytes;
    if (text_run_bytes_ > limits_.text_bytes_max) over(code::text_bytes, "text_bytes_max", limits_.text_bytes_max);
}

void XmlParser::begin() {
    problem_.reset();
    thrown_ = nullptr;
    depth_ = nodes_ = text_run_bytes_ = 0;
    root_seen_ = false;
    if (context_ && xmlDictGetUsage(context_->dict) > names_kept_bytes_max) context_.reset();
    if (context_) {
        xmlCtxtResetPush(context_.get(), nullptr, 0, nullptr, nullptr);
        return;
    }
    xmlSAXHandler handlers = Handlers::table();
    context_.reset(xmlCreatePushParserCtxt(&handlers, this, nullptr, 0, nullptr));
    if (!context_) throw std::bad_alloc();
    xmlCtxtUseOptions(context_.get(), parser_options);
}

void XmlParser::feed(std::string_view bytes) {
    bool last = false;
    while (!last && !problem_ && !thrown_) {
        const std::string_view chunk = bytes.substr(0, chunk_bytes);
        bytes.remove_prefix(chunk.size());
        last = bytes.empty();
        xmlParseChunk(context_.get(), chunk.data(), static_cast<int>(chunk.size()), last ? 1 : 0);
        const bool good = context_->wellFormed != 0 && context_->nsWellFormed != 0;
        if (!good && !problem_ && !thrown_) not_well_formed(context_->errNo, line());
    }
}

std::optional<Problem> XmlParser::parse(std::string_view bytes, std::string_view name, XmlEvents& events) {
    if (auto refused = guard_xml(bytes, name, limits_)) return refused;
    begin();
    events_ = &events;
    feed(bytes);
    if (!problem_ && !thrown_) return std::nullopt;
    context_.reset();  // a stopped parser is not trusted with another document
    if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    problem_->file = name;
    return std::move(problem_);
}

std::string_view attribute_value(const xmlChar* begin, const xmlChar* end, std::string& scratch) {
    const std::string_view raw(reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin));
    constexpr std::string_view ampersand = "&#38;";
    std::size_t at = raw.find(ampersand);
    if (at == std::string_view::npos) return raw;
    scratch.clear();
    std::size_t copied = 0;
    for (; at != std::string_view::npos; at = raw.find(ampersand, copied)) {
        scratch.append(raw, copied, at + 1 - copied);
        copied = at + ampersand.size();
    }
    scratch.append(raw, copied);
    return scratch;
}

}  // namespace hub::formats
