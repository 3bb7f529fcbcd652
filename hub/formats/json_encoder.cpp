// Tree to JSON: members in the schema's order, arrays where a declaration may repeat, numbers and booleans bare.
//
// What a string holds is escaped so that the text stays one line and is pure UTF-8: quotes, backslashes and control
// characters, DEL and the two line ends of Unicode included, which some readers of JSON take for script.
#include "hub/formats/codecs.hpp"
#include "hub/formats/json_number.hpp"
#include "hub/formats/json_rules.hpp"

namespace hub::formats {
namespace {

void append_escape(std::string& into, unsigned character) {
    into += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) into += "0123456789abcdef"[character >> shift & 0xfU];
}

void append_string(std::string& into, std::string_view text) {
    into += '"';
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        const bool line_end = byte == 0xe2 && (text.substr(at, 3) == "\xe2\x80\xa8" || text.substr(at, 3) == "\xe2\x80\xa9");
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f && !line_end) continue;
        into.append(text, copied, at - copied);
        copied = at + 1;
        switch (byte) {
            case '"': into += "\\\""; break;
            case '\\': into += "\\\\"; break;
            case '\n': into += "\\n"; break;
            case '\r': into += "\\r"; break;
            case '\t': into += "\\t"; break;
            case 0xe2:
                append_escape(into, text[at + 2] == '\xa8' ? 0x2028 : 0x2029);
                at += 2;
                copied = at + 1;
                break;
            default: append_escape(into, byte);
        }
    }
    into.append(text, copied);
    into += '"';
}

class JsonEncoder {
public:
    JsonEncoder(const Document& document, std::string& into, bool pretty)
        : document_(document), schema_(document.schema()), into_(into), pretty_(pretty) {}

    void value(NodeId node);

private:
    void object(NodeId node);
    bool member(NodeId object, DeclId decl, bool first);
    void array(NodeId first_item);
    void scalar(const Declaration& declaration, std::string_view text);
    void line() {
        if (!pretty_) return;
        into_ += '\n';
        into_.append(2 * depth_, ' ');
    }
    /// `[` or `{`, its parts one to a line when pretty, and its end. `parts` returns whether there were any.
    template <class Parts>
    void bracketed(char open, char close, Parts parts) {
        into_ += open;
        ++depth_;
        const bool any = parts();
        --depth_;
        if (any) line();
        into_ += close;
    }

    const Document& document_;
    const Schema& schema_;
    std::string& into_;
    const bool pretty_;
    std::size_t depth_ = 0;
};

void JsonEncoder::value(NodeId node) {
    const Declaration& declaration = schema_[document_[node].decl];
    if (document_[node].nil != 0) into_ += "null";
    else if (declaration.type == nullptr) object(node);
    else scalar(declaration, document_.text(node));
}

void JsonEncoder::scalar(const Declaration& declaration, std::string_view text) {
    const JsonShape shape = value_shape(declaration);
    if (shape == JsonShape::null_value) {
        into_ += "null";
        return;
    }
    if (shape == JsonShape::boolean && (text == "true" || text == "1")) {
        into_ += "true";
        return;
    }
    if (shape == JsonShape::boolean && (text == "false" || text == "0")) {
        into_ += "false";
        return;
    }
    const auto number = shape == JsonShape::number ? to_json_number(text) : std::nullopt;
    if (number) into_ += *number;
    else append_string(into_, text);  // a string, or an invalid document whose text must still not break the notation
}

void JsonEncoder::object(NodeId node) {
    bracketed('{', '}', [&] {
        bool any = false;
        for (const DeclId decl : schema_[document_[node].decl].children) any |= member(node, decl, !any);
        return any;
    });
}

/// Whether anything was written: an absent member is left out, unless it is an array that must be there.
bool JsonEncoder::member(NodeId object, DeclId decl, bool first) {
    const Declaration& declaration = schema_[decl];
    const NodeId node = document_.child(object, decl);
    const bool repeated = is_json_array(declaration);
    if (node == no_node && !(repeated && array_rules(schema_, decl).required)) return false;
    if (!first) into_ += ',';
    line();
    append_string(into_, declaration.name);
    into_ += pretty_ ? ": " : ":";
    if (repeated) array(node);
    else value(node);
    return true;
}

void JsonEncoder::array(NodeId first_item) {
    bracketed('[', ']', [&] {
        for (NodeId item = first_item; item != no_node; item = document_.next_same(item)) {
            if (item != first_item) into_ += ',';
            line();
            value(item);
        }
        return first_item != no_node;
    });
}

}  // namespace

void encode_json(const Document& document, std::string& into, Style style) {
    if (document.empty()) return;
    JsonEncoder(document, into, style.pretty).value(document.root());
    if (style.pretty) into += '\n';
}

}  // namespace hub::formats
