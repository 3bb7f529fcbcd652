// Tree to XML, the same bytes for the same tree: the root's namespace is the default one, the others that the document
// uses are ns1, ns2 ... in the order in which it uses them, all declared on the root.
//
// Where the schema has elements in no namespace below a root that is in one, there is no default namespace.
#include <optional>

#include "hub/formats/codecs.hpp"
#include "hub/formats/text.hpp"

namespace hub::formats {

namespace {

constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view replacement = "\xef\xbf\xbd";

/// Every byte sequence that XML 1.0 cannot carry becomes U+FFFD.
std::string carried(std::string_view text) {
    std::string made;
    while (const auto fault = why_not_text(text)) {
        made.append(text, 0, fault->offset);
        made += replacement;
        text.remove_prefix(fault->offset + 1);
        while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xc0U) == 0x80U) text.remove_prefix(1);
    }
    made += text;
    return made;
}

const char* reference_for(char c, bool attribute) {
    switch (c) {
        case '&': return "&amp;";
        case '<': return "&lt;";
        case '>': return "&gt;";
        case '\r': return "&#13;";
        case '"': return attribute ? "&quot;" : nullptr;
        case '\t': return attribute ? "&#9;" : nullptr;
        case '\n': return attribute ? "&#10;" : nullptr;
        default: return nullptr;
    }
}

void escape(std::string_view text, bool attribute, std::string& into) {
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char* reference = reference_for(text[at], attribute);
        if (reference == nullptr) continue;
        into.append(text, copied, at - copied);
        into += reference;
        copied = at + 1;
    }
    into.append(text, copied);
}

void write_text(std::string_view text, bool attribute, std::string& into) {
    if (why_not_text(text)) escape(carried(text), attribute, into);
    else escape(text, attribute, into);
}

class XmlWriter {
public:
    XmlWriter(const Document& document, std::string& into, Style style)
        : document_(document), schema_(document.schema()), into_(into), style_(style) {}

    void write() {
        find_namespaces();
        into_ += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
        element(document_.root(), 0);
        if (style_.pretty) into_ += '\n';
    }

private:
    struct Space {
        std::string_view ns;
        std::string prefix;
    };

    void find_namespaces() {
        const std::string_view root = schema_[schema_.root()].ns;
        bool unqualified = false;
        for (DeclId id = 0; id < schema_.size() && !unqualified; ++id)
            unqualified = schema_[id].kind == DeclKind::element && schema_[id].ns.empty();
        if (!root.empty() && !unqualified) default_ns_ = root;
        for (NodeId id = 0; id < document_.size(); ++id) {
            const Declaration& each = schema_[document_[id].decl];
            nil_ = nil_ || document_[id].nil != 0;
            if (each.ns.empty() || (each.kind == DeclKind::element && each.ns == default_ns_)) continue;
            if (prefix_of(each.ns) == nullptr) spaces_.push_back({each.ns, "ns" + std::to_string(spaces_.size() + 1)});
        }
    }

    const std::string* prefix_of(std::string_view ns) const {
        static const std::string xml = "xml";
        if (ns == xml_ns) return &xml;
        for (const Space& each : spaces_)
            if (each.ns == ns) return &each.prefix;
        return nullptr;
    }

    void name(const Declaration& declaration) {
        const bool plain = declaration.ns.empty() || (declaration.kind == DeclKind::element && declaration.ns == default_ns_);
        if (!plain) into_.append(*prefix_of(declaration.ns)).append(":");
        into_ += declaration.name;
    }

    void declare_namespaces() {
        const auto declare = [&](const std::string& name, std::string_view ns) {
            into_.append(" ").append(name).append("=\"");
            escape(ns, true, into_);
            into_ += '"';
        };
        if (!default_ns_.empty()) declare("xmlns", default_ns_);
        for (const Space& each : spaces_) declare("xmlns:" + each.prefix, each.ns);
        if (nil_) declare("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    }

    void start_tag(NodeId id) {
        into_ += '<';
        name(schema_[document_[id].decl]);
        if (id == document_.root()) declare_namespaces();
        if (document_[id].nil != 0) into_ += " xsi:nil=\"true\"";
        for (NodeId each = document_[id].first_child; each != no_node; each = document_[each].next) {
            const Declaration& declaration = schema_[document_[each].decl];
            if (declaration.kind != DeclKind::attribute) continue;
            into_ += ' ';
            name(declaration);
            into_ += "=\"";
            write_text(document_.text(each), true, into_);
            into_ += '"';
        }
    }

    void line(std::size_t depth) {
        if (style_.pretty) into_.append("\n").append(depth * 2, ' ');
    }

    void element(NodeId id, std::size_t depth) {
        start_tag(id);
        const std::size_t tag_end = into_.size();
        into_ += '>';
        bool elements = false;
        write_text(document_.text(id), false, into_);
        for (NodeId each = document_[id].first_child; each != no_node; each = document_[each].next) {
            if (schema_[document_[each].decl].kind != DeclKind::element) continue;
            elements = true;
            line(depth + 1);
            element(each, depth + 1);
        }
        if (into_.size() == tag_end + 1) {
            into_.insert(tag_end, 1, '/');
            return;
        }
        if (elements) line(depth);
        into_ += "</";
        name(schema_[document_[id].decl]);
        into_ += '>';
    }

    const Document& document_;
    const Schema& schema_;
    std::string& into_;
    const Style style_;
    std::string_view default_ns_{};
    std::vector<Space> spaces_{};
    bool nil_ = false;
};

}  // namespace

void encode_xml(const Document& document, std::string& into, Style style) {
    if (!document.empty()) XmlWriter(document, into, style).write();
}

}  // namespace hub::formats
