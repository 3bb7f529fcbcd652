// The short notations of schemas and documents.
#include <boost/test/unit_test.hpp>

#include "tests/mapping/bench.hpp"

namespace bench {

namespace {

using namespace hub::formats;

bool is_name(char byte) { return byte != '\0' && std::string(" ()[]|=@:?*+{}'").find(byte) == std::string::npos; }

class SchemaWriter {
public:
    explicit SchemaWriter(const std::string& text) : text_(text) {}

    std::string run() {
        static const std::string head =
            "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n"
            "<xs:simpleType name=\"T\"><xs:restriction base=\"xs:string\"><xs:minLength value=\"1\"/><xs:maxLength value=\"20\"/></xs:restriction></xs:simpleType>\n"
            "<xs:simpleType name=\"S\"><xs:restriction base=\"xs:string\"/></xs:simpleType>\n"
            "<xs:simpleType name=\"E\"><xs:restriction base=\"xs:token\"><xs:enumeration value=\"M\"/><xs:enumeration value=\"F\"/></xs:restriction></xs:simpleType>\n"
            "<xs:simpleType name=\"K\"><xs:restriction base=\"xs:token\"><xs:enumeration value=\"one\"/><xs:enumeration value=\"two\"/></xs:restriction></xs:simpleType>\n";
        return head + element() + "</xs:schema>\n";
    }

private:
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char byte) {
        if (peek() != byte) return false;
        ++at_;
        return true;
    }
    std::string name() {
        std::string name;
        while (is_name(peek())) name += text_[at_++];
        return name;
    }
    std::string type() {
        const std::string name = take(':') ? this->name() : "";
        if (name == "date") return "xs:date";
        if (name == "int") return "xs:integer";
        return name;
    }
    std::string occurs() {
        if (take('?')) return " minOccurs=\"0\"";
        if (take('*')) return " minOccurs=\"0\" maxOccurs=\"unbounded\"";
        if (take('+')) return " maxOccurs=\"unbounded\"";
        if (!take('{')) return "";
        const std::string most = name();
        take('}');
        return " minOccurs=\"0\" maxOccurs=\"" + most + "\"";
    }
    std::string element() {
        const std::string name = this->name(), type = this->type(), occurs = this->occurs();
        const std::string head = "<xs:element name=\"" + name + "\"" + occurs;
        if (!take('(')) return head + " type=\"" + (type.empty() ? "T" : type) + "\"/>\n";
        std::string children, attributes;
        while (!take(')')) {
            if (take(' ')) continue;
            if (take('@')) attributes += attribute();
            else children += take('[') ? choice() : element();
        }
        const std::string body = type.empty() ? "<xs:sequence>" + children + "</xs:sequence>" + attributes
                                              : "<xs:simpleContent><xs:extension base=\"" + type + "\">" + attributes + "</xs:extension></xs:simpleContent>";
        return head + "><xs:complexType>" + body + "</xs:complexType></xs:element>\n";
    }
    std::string attribute() {
        const std::string name = this->name(), type = this->type();
        const bool optional = take('?');
        return "<xs:attribute name=\"" + name + "\" type=\"" + (type.empty() ? "T" : type) + "\"" + (optional ? "" : " use=\"required\"") + "/>\n";
    }
    std::string choice() {
        std::string parts;
        while (!take(']'))
            if (!take('|')) parts += element();
        return "<xs:choice" + occurs() + ">" + parts + "</xs:choice>";
    }

    const std::string& text_;
    std::size_t at_ = 0;
};

class DocumentReader {
public:
    DocumentReader(const Schema& schema, const std::string& text) : text_(text), document_(&schema) {}

    Document run() {
        node(no_node, schema().root(), name());
        return std::move(document_);
    }

private:
    const Schema& schema() const { return document_.schema(); }
    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char byte) {
        if (peek() != byte) return false;
        ++at_;
        return true;
    }
    std::string name() {
        std::string name;
        while (is_name(peek())) name += text_[at_++];
        return name;
    }
    std::string value() {
        if (!take('\'')) return name();
        std::string value;
        while (!take('\'')) value += text_[at_++];
        return value;
    }
    void node(NodeId parent, DeclId decl, const std::string& name) {
        BOOST_REQUIRE_MESSAGE(decl != no_decl, name << " is not in the schema");
        const std::string text = take('=') ? value() : "";
        const NodeId id = document_.add(parent, decl, text, static_cast<std::uint32_t>(document_.size() + 1));
        if (!take('(')) return;
        while (!take(')')) {
            if (take(' ')) continue;
            const bool attribute = take('@');
            const std::string child = this->name();
            node(id, schema().child(decl, attribute ? DeclKind::attribute : DeclKind::element, "", child), child);
        }
    }

    const std::string& text_;
    std::size_t at_ = 0;
    Document document_;
};

void append(const Document& document, NodeId id, std::string& into) {
    const auto& declaration = document.schema()[document[id].decl];
    into += (declaration.kind == DeclKind::attribute ? "@" : "") + declaration.name;
    const std::string text(document.text(id));
    const bool quoted = text.empty() || text.find_first_of(" ()='") != std::string::npos;
    if (!text.empty() || document[id].first_child == no_node) into += quoted ? "='" + text + "'" : "=" + text;
    if (document[id].first_child == no_node) return;
    into += "(";
    for (NodeId each = document[id].first_child; each != no_node; each = document[each].next) {
        append(document, each, into);
        if (document[each].next != no_node) into += " ";
    }
    into += ")";
}

}  // namespace

std::string xsd(const std::string& notation) { return SchemaWriter(notation).run(); }

Document document(const Schema& schema, const std::string& notation) { return DocumentReader(schema, notation).run(); }

std::string text(const Document& document) {
    std::string text;
    if (!document.empty()) append(document, document.root(), text);
    return text;
}

}  // namespace bench
