#include "tests/proof/spelling.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "hub/formats/codec.hpp"
#include "hub/formats/csv_table.hpp"
#include "hub/formats/json_rules.hpp"
#include "tests/proof/characters.hpp"

namespace proof {

namespace {

using namespace hub::formats;
using support::Chance;

template <class T>
void shuffle(std::vector<T>& list, Chance& chance) {
    for (std::size_t at = list.size(); at > 1; --at) std::swap(list[at - 1], list[chance.below(at)]);
}

std::string hexadecimal(std::uint32_t number) {
    std::string text;
    for (; number > 0 || text.empty(); number >>= 4U) text.insert(text.begin(), "0123456789abcdef"[number & 15U]);
    return text;
}

class FreeXml {
public:
    FreeXml(const Document& document, Chance& chance) : document_(document), schema_(document.schema()), chance_(chance) {}

    std::string run() {
        text_ = chance_.one_in(2) ? "<?xml version='1.0'?>" : "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\r\n";
        between();
        element(document_.root());
        between();
        return text_;
    }

private:
    /// White space and comments where only elements may stand.
    void between() {
        static const std::vector<std::string> some{"", "\n", "\r\n\t", "   ", "<!-- -->", "\n<!-- <a>&amp; -->\n", ""};
        text_ += chance_.of(some);
    }
    std::string prefix(const std::string& ns) {
        if (ns.empty()) return {};
        const auto known = prefixes_.find(ns);
        if (known != prefixes_.end()) return known->second;
        return prefixes_[ns] = "p" + std::to_string(prefixes_.size()) + ":";
    }
    /// Declares every namespace of the schema at the root, each with a prefix.
    void declare() {
        for (DeclId decl = 0; decl < schema_.size(); ++decl) prefix(schema_[decl].ns);
        for (const auto& [ns, name] : prefixes_)
            text_ += " xmlns:" + name.substr(0, name.size() - 1) + "='" + ns + "'";
        text_ += " xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"";
    }
    void character(char32_t each, char quote) {
        const std::string plain = to_utf8(std::u32string(1, each));
        const bool must = each == U'&' || each == U'<' || each == U'\r' || (each == U'>' && quote == 0) ||
                          (quote != 0 && (each == static_cast<char32_t>(quote) || each == U'\t' || each == U'\n'));
        if (!must && !chance_.one_in(20)) text_ += plain;
        else if (each == U'&' && chance_.one_in(2)) text_ += "&amp;";
        else text_ += chance_.one_in(2) ? "&#" + std::to_string(static_cast<std::uint32_t>(each)) + ";" : "&#x" + hexadecimal(each) + ";";
    }
    void value(std::string_view value, char quote) {
        const bool cdata = quote == 0 && chance_.one_in(6) && value.find("]]>") == std::string_view::npos && value.find('\r') == std::string_view::npos;
        if (cdata) text_.append("<![CDATA[").append(value).append("]]>");
        else
            for (const char32_t each : to_characters(std::string(value))) character(each, quote);
    }
    void element(NodeId node) {
        const Declaration& declaration = schema_[document_[node].decl];
        const std::string name = prefix(declaration.ns) + declaration.name;
        text_ += "<" + name;
        if (node == document_.root()) declare();
        if (document_[node].nil != 0) text_ += " i:nil='1'";
        std::vector<NodeId> attributes, elements;
        for (NodeId each = document_[node].first_child; each != no_node; each = document_[each].next)
            (schema_[document_[each].decl].kind == DeclKind::attribute ? attributes : elements).push_back(each);
        shuffle(attributes, chance_);
        for (const NodeId each : attributes) {
            const char quote = chance_.one_in(2) ? '"' : '\'';
            const Declaration& attribute = schema_[document_[each].decl];
            text_ += "\n " + (attribute.ns == "http://www.w3.org/XML/1998/namespace" ? "xml:" : prefix(attribute.ns)) + attribute.name + " = " + quote;
            value(document_.text(each), quote);
            text_ += quote;
        }
        text_ += ">";
        if (declaration.type != nullptr) value(document_.text(node), 0);
        else if (document_[node].nil == 0) between();
        for (const NodeId each : elements) element(each), between();
        text_ += "</" + name + " >";
    }

    const Document& document_;
    const Schema& schema_;
    Chance& chance_;
    std::map<std::string, std::string> prefixes_{};
    std::string text_{};
};

class FreeJson {
public:
    FreeJson(const Document& document, Chance& chance) : document_(document), schema_(document.schema()), chance_(chance) {}

    std::string run() {
        value(document_.root());
        space();
        return text_;
    }

private:
    void space() {
        static const std::vector<std::string> some{"", " ", "\n", "\r\n\t", ""};
        text_ += chance_.of(some);
    }
    void string(std::string_view value) {
        text_ += '"';
        for (const char32_t each : to_characters(std::string(value))) {
            const bool must = each < 0x20 || each == U'"' || each == U'\\';
            if (!must && !chance_.one_in(20)) text_ += to_utf8(std::u32string(1, each));
            else if (each == U'/') text_ += "\\/";
            else if (each >= 0x10000) escape(0xd800 + ((each - 0x10000) >> 10U)), escape(0xdc00 + ((each - 0x10000) & 0x3ffU));
            else escape(each);
        }
        text_ += '"';
    }
    void escape(char32_t unit) {
        const std::string digits = hexadecimal(unit);
        text_ += "\\u" + std::string(4 - digits.size(), '0') + digits;
    }
    void value(NodeId node) {
        const Declaration& declaration = schema_[document_[node].decl];
        space();
        if (document_[node].nil != 0) text_ += "null";
        else if (declaration.type == nullptr) object(node);
        else scalar(node);
    }
    /// Numbers and the like as our encoder has them: there is one way to write them.
    void scalar(NodeId node) {
        const JsonShape shape = value_shape(schema_[document_[node].decl]);
        if (shape != JsonShape::number && shape != JsonShape::boolean && shape != JsonShape::null_value) return string(document_.text(node));
        const std::string_view text = document_.text(node);
        if (shape == JsonShape::null_value) text_ += "null";
        else if (shape == JsonShape::boolean) text_ += text == "true" || text == "1" ? "true" : "false";
        else text_ += text;
    }
    void object(NodeId node) {
        std::vector<DeclId> members;
        for (const DeclId decl : schema_[document_[node].decl].children)
            if (document_.child(node, decl) != no_node || (is_json_array(schema_[decl]) && array_rules(schema_, decl).required)) members.push_back(decl);
        shuffle(members, chance_);
        text_ += '{';
        for (std::size_t at = 0; at < members.size(); ++at) {
            if (at > 0) text_ += ',';
            space();
            string(schema_[members[at]].name);
            space();
            text_ += ':';
            member(document_.child(node, members[at]), is_json_array(schema_[members[at]]));
        }
        space();
        text_ += '}';
    }
    void member(NodeId first, bool array) {
        if (!array) return value(first);
        text_ += '[';
        for (NodeId item = first; item != no_node; item = document_.next_same(item)) {
            if (item != first) text_ += ',';
            value(item);
        }
        space();
        text_ += ']';
    }

    const Document& document_;
    const Schema& schema_;
    Chance& chance_;
    std::string text_{};
};

std::string quoted(std::string_view text) {
    std::string made = "\"";
    for (const char each : text) made.append(each == '"' ? 2 : 1, each);
    return made + '"';
}

std::string free_csv(const Document& document, Chance& chance) {
    const Schema& schema = document.schema();
    const CsvTable table = csv_table(schema);
    std::vector<DeclId> columns = table.columns;
    shuffle(columns, chance);
    const std::string end = chance.one_in(2) ? "\n" : "\r\n";
    std::string text = chance.one_in(2) ? "" : "\xef\xbb\xbf";
    for (const DeclId each : columns) text += (each == columns.front() ? "" : ",") + quoted(schema[each].name);
    for (NodeId row = document.child(document.root(), table.row); row != no_node; row = document.next_same(row)) {
        text += end;
        for (const DeclId each : columns) {
            const NodeId cell = document.child(row, each);
            const std::string_view value = cell == no_node ? std::string_view() : document.text(cell);
            text += (each == columns.front() ? "" : ",") + quoted((is_neutralised(*schema[each].type) && looks_like_formula(value) ? "'" : "") + std::string(value));
        }
    }
    return text + (chance.one_in(2) ? end : "");
}

}  // namespace

std::string spelled_freely(const Document& document, Chance& chance) {
    switch (document.schema().format()) {
        case Format::xml: return FreeXml(document, chance).run();
        case Format::json: return FreeJson(document, chance).run();
        case Format::csv: return free_csv(document, chance);
        case Format::hl7: break;
    }
    std::string text;
    encode(document, text);
    return text;
}

}  // namespace proof
