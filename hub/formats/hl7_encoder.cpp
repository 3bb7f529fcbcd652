// Tree to HL7 v2 in ER7 notation: one segment to a line, each ended by CR (LF when pretty), empty parts at the end left
// out, nil as "". The separators are those of the document's MSH.1 and MSH.2, or |^~\& where it has none that can be used.
#include "hub/formats/codecs.hpp"
#include "hub/formats/hl7_delimiters.hpp"
#include "hub/formats/hl7_layout.hpp"

namespace hub::formats {
namespace {

/// Joins parts, leaving out the empty ones at the end.
std::string join(const std::vector<std::string>& parts, char separator) {
    std::size_t used = parts.size();
    while (used > 0 && parts[used - 1].empty()) --used;
    std::string text;
    for (std::size_t at = 0; at < used; ++at) {
        if (at > 0) text += separator;
        text += parts[at];
    }
    return text;
}

class Hl7Encoder {
public:
    Hl7Encoder(const Document& document, std::string& into, bool pretty)
        : document_(document), layout_(document.schema()), into_(into), line_end_(pretty ? '\n' : '\r') {}

    void message() {
        if (!layout_.fault().empty()) return;
        find_delimiters();
        group(document_.root());
    }

private:
    void find_delimiters() {
        const Schema& schema = document_.schema();
        const DeclId msh = schema.child_any_ns(schema.root(), DeclKind::element, "MSH");
        const NodeId header = msh == no_decl ? no_node : document_.child(document_.root(), msh);
        if (header == no_node) return;
        const auto text = [&](std::uint32_t position) {
            const DeclId decl = layout_.part(msh, position);
            const NodeId node = decl == no_decl ? no_node : document_.child(header, decl);
            return node == no_node ? std::string_view{} : document_.text(node);
        };
        if (const auto found = hl7_delimiters(text(1), text(2))) delimiters_ = *found;
    }

    void group(NodeId node) {
        for (NodeId child = document_[node].first_child; child != no_node; child = document_[child].next)
            if (layout_.segment_code(document_[child].decl) != 0) segment(child);
            else if (document_.schema()[document_[child].decl].kind == DeclKind::element) group(child);
    }

    void segment(NodeId node) {
        const std::string& name = document_.schema()[document_[node].decl].name;
        auto fields = parts_of(node, 0);
        if (name == "MSH") {
            // MSH-1 is the separator behind the name, MSH-2 the other separators as they are.
            fields.resize(std::max<std::size_t>(fields.size(), 2));
            fields.erase(fields.begin());
            fields.front() = delimiters_.encoding_characters();
        }
        const auto body = join(fields, delimiters_.field);
        into_ += name;
        if (!body.empty()) into_.append(1, delimiters_.field).append(body);
        into_ += line_end_;
    }

    /// The texts of a node's parts by position; repetitions are joined. `level` is that of the parts.
    std::vector<std::string> parts_of(NodeId node, int level) {
        std::vector<std::string> parts;
        for (NodeId child = document_[node].first_child; child != no_node; child = document_[child].next) {
            const auto position = layout_.position(document_[child].decl);
            if (position == 0) continue;
            if (parts.size() < position) parts.resize(position);
            std::string& part = parts[position - 1];
            if (!part.empty()) part += delimiters_.repetition;
            part += value(child, level);
        }
        return parts;
    }

    std::string value(NodeId node, int level) {
        if (document_[node].nil != 0) return "\"\"";
        if (document_.schema()[document_[node].decl].type == nullptr)
            return join(parts_of(node, level + 1), level == 0 ? delimiters_.component : delimiters_.subcomponent);
        std::string text;
        hl7_escape(document_.text(node), delimiters_, text);
        return text;
    }

    const Document& document_;
    const Hl7Layout layout_;
    std::string& into_;
    const char line_end_;
    Hl7Delimiters delimiters_{};
};

}  // namespace

void encode_hl7(const Document& document, std::string& into, Style style) {
    if (!document.empty()) Hl7Encoder(document, into, style.pretty).message();
}

}  // namespace hub::formats
