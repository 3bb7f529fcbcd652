// Reads XML Schema documents with libxml2's plain tree and walks from the root element down. Names are looked up by local name
// and namespace among the global declarations of all documents that the first one includes or imports.
#include "tests/proof/xsd_leaf_paths.hpp"

#include <libxml/parser.h>
#include <libxml/tree.h>

#include <filesystem>
#include <map>
#include <memory>
#include <stdexcept>
#include <vector>

namespace proof {

namespace {

struct FreeDocument {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

std::string text_of(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }
std::string name_of(const xmlNode* node) { return text_of(node->name); }

std::string attribute(xmlNode* node, const char* name) {
    xmlChar* value = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
    std::string text = text_of(value);
    xmlFree(value);
    return text;
}

std::vector<xmlNode*> children(xmlNode* node) {
    std::vector<xmlNode*> elements;
    for (xmlNode* each = node->children; each != nullptr; each = each->next)
        if (each->type == XML_ELEMENT_NODE && name_of(each) != "annotation") elements.push_back(each);
    return elements;
}

class XsdPaths {
public:
    explicit XsdPaths(const hub::formats::SchemaTexts& texts) : texts_(texts) {}

    std::set<std::string> run(const std::string& path, const std::string& root) {
        load(path, "");
        xmlNode* found = nullptr;
        for (const auto& [key, node] : global_)
            if (key.rfind("element ", 0) == 0 && (root.empty() || attribute(node, "name") == root)) found = node;
        if (found == nullptr) throw std::invalid_argument(path + " has no root " + root);
        element(found, "");
        return paths_;
    }

private:
    /// An included document without a namespace of its own belongs to the one that includes it.
    void load(const std::string& path, const std::string& ns_of_includer) {
        if (!loaded_.insert(path).second) return;
        const std::string& text = texts_.at(path);
        documents_.emplace_back(xmlReadMemory(text.data(), static_cast<int>(text.size()), path.c_str(), nullptr, XML_PARSE_NONET));
        if (!documents_.back()) throw std::invalid_argument(path + " is no XML");
        xmlNode* schema = xmlDocGetRootElement(documents_.back().get());
        std::string ns = attribute(schema, "targetNamespace");
        if (ns.empty()) ns = ns_of_includer;
        for (xmlNode* each : children(schema)) {
            const std::string kind = name_of(each);
            if (kind == "include" || kind == "import") {
                const std::string location = attribute(each, "schemaLocation");
                if (location.empty()) continue;
                load((std::filesystem::path(path).parent_path() / location).lexically_normal().string(), kind == "include" ? ns : "");
            } else {
                global_[kind + " {" + ns + "}" + attribute(each, "name")] = each;
            }
        }
        namespaces_[documents_.back().get()] = ns;
    }

    /// The global declaration that a QName in an attribute means; null for the types of XML Schema itself.
    xmlNode* global(const std::vector<std::string>& kinds, xmlNode* node, const std::string& qname) {
        const auto colon = qname.find(':');
        const std::string prefix = colon == std::string::npos ? "" : qname.substr(0, colon), local = qname.substr(colon == std::string::npos ? 0 : colon + 1);
        xmlNs* space = xmlSearchNs(node->doc, node, prefix.empty() ? nullptr : reinterpret_cast<const xmlChar*>(prefix.c_str()));
        const std::string ns = space != nullptr ? text_of(space->href) : namespaces_[node->doc];
        if (ns == "http://www.w3.org/2001/XMLSchema") return nullptr;
        for (const std::string& kind : kinds) {
            const auto found = global_.find(kind + " {" + ns + "}" + local);
            if (found != global_.end()) return found->second;
        }
        throw std::invalid_argument(qname + " is not declared");
    }

    void element(xmlNode* node, const std::string& above) {
        if (attribute(node, "maxOccurs") == "0") return;
        const std::string reference = attribute(node, "ref");
        if (!reference.empty()) return element(global({"element"}, node, reference), above);
        const std::string path = above + "/" + attribute(node, "name"), type = attribute(node, "type");
        xmlNode* complex = nullptr;
        if (!type.empty()) complex = global({"complexType", "simpleType"}, node, type);
        else
            for (xmlNode* each : children(node))
                if (name_of(each) == "complexType") complex = each;
        if (complex == nullptr || name_of(complex) == "simpleType") {
            paths_.insert(path);
            return;
        }
        const std::size_t before = paths_.size();
        const bool value = content(complex, path);
        if (value || paths_.size() == before) paths_.insert(path);
    }

    /// Whether what the node describes has a value of its own; adds the paths below it.
    bool content(xmlNode* node, const std::string& path) {
        bool value = false;
        for (xmlNode* each : children(node)) {
            const std::string kind = name_of(each);
            if (kind == "element") element(each, path);
            else if (kind == "attribute") attribute_of(each, path);
            else if (kind == "sequence" || kind == "choice" || kind == "all" || kind == "complexContent") value = content(each, path) || value;
            else if (kind == "group" || kind == "attributeGroup") value = content(global({kind}, each, attribute(each, "ref")), path) || value;
            else if (kind == "simpleContent") content(each, path), value = true;
            else if (kind == "extension") value = extended(each, path) || value;
            else if (kind == "restriction") value = restricted(each, path) || value;
            else if (kind != "simpleType") throw std::invalid_argument("xs:" + kind + " at " + path + " is not known");
        }
        return value;
    }
    bool extended(xmlNode* extension, const std::string& path) {
        const bool inherited = base(extension, path), own = content(extension, path);
        return inherited || own;
    }
    bool base(xmlNode* extension, const std::string& path) {
        xmlNode* type = global({"complexType", "simpleType"}, extension, attribute(extension, "base"));
        return type == nullptr || name_of(type) == "simpleType" || content(type, path);
    }
    /// Of complex content: what stands in the restriction, and the base's attributes. Of simple content: facets do not matter.
    bool restricted(xmlNode* restriction, const std::string& path) {
        for (xmlNode* each : children(restriction)) {
            const std::string kind = name_of(each);
            if (kind == "attribute") attribute_of(each, path);
            else if (kind == "element" || kind == "sequence" || kind == "choice" || kind == "all") throw std::invalid_argument("a restricted content at " + path + " is not known");
        }
        return base(restriction, path);
    }
    void attribute_of(xmlNode* node, const std::string& path) {
        if (attribute(node, "use") == "prohibited") return;
        const std::string reference = attribute(node, "ref"), name = attribute(node, "name");
        paths_.insert(path + "/@" + (name.empty() ? reference.substr(reference.find(':') == std::string::npos ? 0 : reference.find(':') + 1) : name));
    }

    const hub::formats::SchemaTexts& texts_;
    std::vector<std::unique_ptr<xmlDoc, FreeDocument>> documents_{};
    std::set<std::string> loaded_{};
    std::map<std::string, xmlNode*> global_{};  ///< "element {namespace}name"
    std::map<const xmlDoc*, std::string> namespaces_{};
    std::set<std::string> paths_{};
};

}  // namespace

std::set<std::string> xsd_leaf_paths(const hub::formats::SchemaTexts& schemas, const std::string& path, const std::string& root) {
    return XsdPaths(schemas).run(path, root);
}

}  // namespace proof
