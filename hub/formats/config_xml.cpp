// Parses a configuration file with libxml2, validates it, and copies it into ConfigElements.
//
// Positions come from config_scan: each element's number in document order is kept in its node's _private, so that
// libxml2's validation errors find their place too.
#include "hub/formats/config_xml.hpp"

#include <libxml/parser.h>
#include <libxml/schemasInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlschemas.h>

#include <algorithm>
#include <cstdint>

#include "hub/formats/config_scan.hpp"

namespace hub::formats {

namespace {

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* pointer) const { Free(pointer); }
};
using Doc = std::unique_ptr<xmlDoc, Freer<xmlFreeDoc>>;
using ParserContext = std::unique_ptr<xmlParserCtxt, Freer<xmlFreeParserCtxt>>;
using SchemaParser = std::unique_ptr<xmlSchemaParserCtxt, Freer<xmlSchemaFreeParserCtxt>>;
using CompiledXsd = std::unique_ptr<xmlSchema, Freer<xmlSchemaFree>>;
using SchemaValidator = std::unique_ptr<xmlSchemaValidCtxt, Freer<xmlSchemaFreeValidCtxt>>;

std::string text_of(const xmlChar* text) { return text == nullptr ? std::string() : reinterpret_cast<const char*>(text); }

struct Report {
    const std::string& path;
    const std::vector<TagPosition>& tags;
    const Limits& limits;
    Problems& problems;
    const char* code;
    std::string cure;

    void add(TagPosition at, std::string what) const {
        if (problems.size() < limits.problems_max) problems.push_back({path, at.line, at.column, code, std::move(what), cure});
    }
    TagPosition position(const xmlNode* node) const {
        while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->parent;
        const auto number = node == nullptr ? 0 : reinterpret_cast<std::uintptr_t>(node->_private);
        return number == 0 || number > tags.size() ? TagPosition{} : tags[number - 1];
    }
};

/// libxml2's sentence without its line end and without "{namespace}" before names.
std::string readable(const char* message) {
    std::string text = message == nullptr ? "not well-formed" : message;
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '.')) text.pop_back();
    for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open)) {
        const auto close = text.find('}', open);
        if (close == std::string::npos || text.find(':', open) > close) break;
        text.erase(open, close - open + 1);
    }
    return text;
}

void on_parse_error(void* context, xmlErrorPtr error) {
    const auto* report = static_cast<const Report*>(static_cast<xmlParserCtxtPtr>(context)->_private);
    report->add({error->line, error->int2}, readable(error->message));
}

void on_invalid(void* data, xmlErrorPtr error) {
    const auto* report = static_cast<const Report*>(data);
    TagPosition at = report->position(static_cast<const xmlNode*>(error->node));
    if (at.line == 0) at = {error->line, 0};
    report->add(at, readable(error->message));
}

Doc parse(std::string_view bytes, const Report& report) {
    const ParserContext context(xmlNewParserCtxt());
    context->_private = const_cast<Report*>(&report);
    context->sax->serror = on_parse_error;
    const auto before = report.problems.size();
    Doc doc(xmlCtxtReadMemory(context.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                              XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES));
    if (doc && doc->intSubset != nullptr) report.add({}, "a document type declaration is not allowed");
    if (!doc && report.problems.size() == before) report.add({}, "not well-formed");
    if (report.problems.size() != before) doc.reset();
    return doc;
}

/// Gives each element its number in document order, from 1.
void number(xmlNode* node, std::uintptr_t& count) {
    node->_private = reinterpret_cast<void*>(++count);
    for (xmlNode* each = node->children; each != nullptr; each = each->next)
        if (each->type == XML_ELEMENT_NODE) number(each, count);
}

/// The likeliest slip of all, which validation would tell as a declaration that is not there.
bool in_namespace(const xmlNode* root, const std::string& wanted, Report& report) {
    const std::string ns = root->ns == nullptr ? std::string() : text_of(root->ns->href), name = text_of(root->name);
    if (ns == wanted) return true;
    report.cure = "write <" + name + " xmlns=\"" + wanted + "\">";
    report.add(report.position(root), "the root element <" + name + "> is in " + (ns.empty() ? "no namespace" : "the namespace " + ns) + ", not in " + wanted);
    return false;
}

void validate_against(const std::string& xsd, xmlDoc* doc, Report& report) {
    const auto before = report.problems.size();
    const SchemaParser parser(xmlSchemaNewMemParserCtxt(xsd.data(), static_cast<int>(xsd.size())));
    xmlSchemaSetParserStructuredErrors(parser.get(), on_invalid, &report);
    const CompiledXsd compiled(xmlSchemaParse(parser.get()));
    if (!compiled) return report.add({}, "its XSD cannot be used");
    if (!in_namespace(xmlDocGetRootElement(doc), text_of(compiled->targetNamespace), report)) return;
    const SchemaValidator validator(xmlSchemaNewValidCtxt(compiled.get()));
    xmlSchemaSetValidStructuredErrors(validator.get(), on_invalid, &report);
    xmlSchemaSetValidOptions(validator.get(), XML_SCHEMA_VAL_VC_I_CREATE);
    // Anything but 0 is a refusal: -1 means that libxml2 gave up.
    if (xmlSchemaValidateDoc(validator.get(), doc) != 0 && report.problems.size() == before)
        report.add({}, "cannot be validated against its XSD");
}

ConfigElement copy(const xmlNode* node, const Report& report) {
    ConfigElement element;
    element.name = text_of(node->name);
    if (node->ns != nullptr) element.ns = text_of(node->ns->href);
    const TagPosition at = report.position(node);
    element.line = at.line;
    element.column = at.column;
    for (const xmlAttr* each = node->properties; each != nullptr; each = each->next) {
        xmlChar* value = xmlNodeListGetString(node->doc, each->children, 1);
        element.attributes.emplace_back(text_of(each->name), text_of(value));
        xmlFree(value);
    }
    for (const xmlNode* each = node->children; each != nullptr; each = each->next) {
        if (each->type == XML_ELEMENT_NODE) element.children.push_back(copy(each, report));
        if (each->type == XML_TEXT_NODE) element.text += text_of(each->content);
    }
    if (!element.children.empty() && element.text.find_first_not_of(" \t\r\n") == std::string::npos) element.text.clear();
    return element;
}

}  // namespace

const std::string* ConfigElement::attribute(std::string_view wanted) const {
    const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const auto& each) { return each.first == wanted; });
    return found == attributes.end() ? nullptr : &found->second;
}

std::string ConfigElement::token(std::string_view wanted) const {
    std::string token;
    const std::string* value = attribute(wanted);
    if (value == nullptr) return token;
    for (const char each : *value) {
        const bool space = each == ' ' || each == '\t' || each == '\n' || each == '\r';
        if (!space) token += each;
        else if (!token.empty() && token.back() != ' ') token += ' ';
    }
    if (!token.empty() && token.back() == ' ') token.pop_back();
    return token;
}

std::shared_ptr<ConfigElement> read_config(const std::string& path, std::string_view bytes, const std::string* xsd_bytes,
                                           Problems& problems, const Limits& limits) {
    const auto before = problems.size();
    const std::vector<TagPosition> tags = scan_config(path, bytes, limits, problems);
    if (problems.size() != before) return nullptr;
    Problems found;
    Report report{path, tags, limits, found, "TG-F204", "close every element, quote every attribute, and write & as &amp; and < as &lt;"};
    const Doc doc = parse(bytes, report);
    if (doc) {
        std::uintptr_t count = 0;
        number(xmlDocGetRootElement(doc.get()), count);
        report.code = "TG-F205";
        report.cure = "write what the file's XSD allows here";
        if (xsd_bytes != nullptr) validate_against(*xsd_bytes, doc.get(), report);
    }
    problems.insert(problems.end(), found.begin(), found.end());
    return doc && found.empty() ? std::make_shared<ConfigElement>(copy(xmlDocGetRootElement(doc.get()), report)) : nullptr;
}

}  // namespace hub::formats
