// Reads schema documents through the same guarded parser as partners' documents, and follows include and import.
#include "hub/formats/xsd_document.hpp"

#include <algorithm>
#include <set>

#include "hub/formats/xml_parser.hpp"

namespace hub::formats {

namespace {

/// Builds the tree of one document.
class Builder : public XmlEvents {
public:
    explicit Builder(XsdDocument& document) : document_(document) {}

    void start(const XmlStart& tag) override {
        const bool skipped = text_of(tag.ns) != XsdSet::xsd_ns || text_of(tag.local) == "annotation";
        if (skipping_ > 0 || skipped) {
            foreign_root_ = foreign_root_ || open_.empty();
            ++skipping_;
            return;
        }
        XsdNode* node = &document_.root;
        if (!open_.empty()) {
            open_.back()->children.push_back(std::make_unique<XsdNode>());
            node = open_.back()->children.back().get();
            node->parent = open_.back();
        }
        fill(*node, tag);
        open_.push_back(node);
    }
    void end(const xmlChar*, const xmlChar*) override {
        if (skipping_ > 0) --skipping_;
        else open_.pop_back();
    }
    void text(std::string_view, int) override {}

    /// Marks that nobody would heed: said, never passed over.
    const std::vector<const XsdNode*>& wrong_marks() const { return wrong_marks_; }
    bool is_schema() const { return !foreign_root_ && document_.root.name == "schema"; }

private:
    void fill(XsdNode& node, const XmlStart& tag) {
        node.document = &document_;
        node.name = text_of(tag.local);
        node.line = tag.line;
        std::string scratch;
        for (int each = 0; each < tag.attribute_count; ++each) {
            const xmlChar** attribute = tag.attributes + each * 5;
            if (attribute[2] == nullptr)
                node.attributes.emplace_back(text_of(attribute[0]), attribute_value(attribute[3], attribute[4], scratch));
            else if (text_of(attribute[2]) == XsdSet::marks_ns && !mark(node, text_of(attribute[0]), attribute_value(attribute[3], attribute[4], scratch)))
                wrong_marks_.push_back(&node);
        }
        for (int each = 0; each < tag.namespace_count; ++each)
            node.prefixes.emplace_back(text_of(tag.namespaces[each * 2]), text_of(tag.namespaces[each * 2 + 1]));
    }

    /// False when it has no meaning.
    static bool mark(XsdNode& node, std::string_view name, std::string_view value) {
        const bool place = node.name == "element" || node.name == "attribute" || node.name == "complexType" || node.name == "simpleType";
        node.never_routes = value == "true" || value == "1";
        return place && name == "never-routes" && (node.never_routes || value == "false" || value == "0");
    }

    XsdDocument& document_;
    std::vector<const XsdNode*> wrong_marks_{};
    std::vector<XsdNode*> open_{};
    std::size_t skipping_ = 0;
    bool foreign_root_ = false;
};

std::optional<XsdKind> kind_of(const XsdNode& node) {
    if (node.name == "element") return XsdKind::element;
    if (node.name == "attribute") return XsdKind::attribute;
    if (node.name == "simpleType" || node.name == "complexType") return XsdKind::type;
    if (node.name == "group") return XsdKind::group;
    if (node.name == "attributeGroup") return XsdKind::attribute_group;
    return std::nullopt;
}

}  // namespace

bool XsdNode::has(std::string_view attribute) const {
    return std::any_of(attributes.begin(), attributes.end(), [&](const auto& each) { return each.first == attribute; });
}

std::string_view XsdNode::raw(std::string_view attribute) const {
    for (const auto& each : attributes)
        if (each.first == attribute) return each.second;
    return {};
}

std::string XsdNode::token(std::string_view attribute) const {
    const std::string_view text = raw(attribute);
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

bool XsdNode::is_true(std::string_view attribute) const {
    const std::string text = token(attribute);
    return text == "true" || text == "1";
}

const XsdNode* XsdNode::child(std::string_view wanted) const {
    for (const auto& each : children)
        if (each->name == wanted) return each.get();
    return nullptr;
}

std::string beside(std::string_view path, std::string_view location) {
    std::string joined(location.substr(0, 1) == "/" ? "" : path.substr(0, path.rfind('/') + 1));
    joined += location;
    std::vector<std::string_view> steps;
    for (std::string_view rest = joined; !rest.empty();) {
        const std::size_t end = std::min(rest.find('/'), rest.size());
        const std::string_view step = rest.substr(0, end);
        if (step == ".." && !steps.empty()) steps.pop_back();
        else if (step != "." && !step.empty()) steps.push_back(step);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    std::string normal;
    for (const auto& step : steps) normal += (normal.empty() ? "" : "/") + std::string(step);
    return normal;
}

void XsdSet::problem(const XsdNode& at, const char* code, std::string what, std::string cure) const {
    for (const Problem& each : problems_)  // one definition may be reached on many paths
        if (each.line == at.line && each.what == what && each.file == at.document->path) return;
    problems_.push_back({at.document->path, at.line, 0, code, std::move(what), std::move(cure)});
}

const XsdDocument* XsdSet::load(const std::string& path) { return load(path, nullptr, nullptr); }

const XsdDocument* XsdSet::load(const std::string& path, const std::string* chameleon_target, const XsdNode* wanted_by) {
    const auto text = texts_.find(path);
    if (text == texts_.end() || documents_.size() >= documents_max) {
        if (wanted_by != nullptr)
            problem(*wanted_by, "TG-F103", "the schema document '" + path + "' is not there or one too many",
                    "add it to the schemas folder: nothing is fetched; documents_max = " + std::to_string(documents_max));
        return nullptr;
    }
    auto document = std::make_unique<XsdDocument>();
    document->path = path;
    Builder builder(*document);
    if (auto problem = XmlParser(Limits{}).parse(text->second, path, builder)) {
        problems_.push_back(std::move(*problem));
        return nullptr;
    }
    const XsdNode& root = document->root;
    if (!builder.is_schema()) {
        problems_.push_back({path, 1, 0, "TG-F104", "the document's root is not xs:schema", "name an XML Schema document"});
        return nullptr;
    }
    for (const XsdNode* node : builder.wrong_marks())
        problem(*node, "TG-F131", "a mark on this xs:" + node->name + " says nothing",
                "the only mark is never-routes=\"true\", on an element, an attribute or a type");
    document->target = root.has("targetNamespace") ? root.token("targetNamespace") : chameleon_target ? *chameleon_target : "";
    document->elements_qualified = root.token("elementFormDefault") == "qualified";
    document->attributes_qualified = root.token("attributeFormDefault") == "qualified";
    auto& kept = documents_[{path, document->target}];
    if (kept) return kept.get();
    kept = std::move(document);
    const XsdDocument* loaded = kept.get();
    declare_globals(*loaded);
    follow(*loaded);
    return loaded;
}

void XsdSet::follow(const XsdDocument& document) {
    for (const auto& each : document.root.children) {
        if (each->name == "redefine")
            problem(*each, "TG-F105", "xs:redefine is not supported", "define the changed types under names of their own");
        if (each->name == "include" || each->name == "import") follow_one(document, *each);
    }
}

void XsdSet::follow_one(const XsdDocument& document, const XsdNode& reference) {
    const bool include = reference.name == "include";
    if (!include && !reference.has("schemaLocation")) return;  // the components must come from elsewhere in the set
    const XsdDocument* found = load(beside(document.path, reference.token("schemaLocation")), include ? &document.target : nullptr, &reference);
    if (found == nullptr) return;
    const std::string wanted = include ? document.target : reference.token("namespace");
    if (found->target != wanted)
        problem(reference, "TG-F103", "'" + found->path + "' describes the namespace '" + found->target + "', not '" + wanted + "'",
                include ? "use xs:import for another namespace" : "correct the namespace or the schemaLocation");
}

void XsdSet::declare_globals(const XsdDocument& document) {
    for (const auto& each : document.root.children) {
        const auto kind = kind_of(*each);
        if (!kind) continue;
        const auto [at, fresh] = globals_.emplace(std::pair(*kind, QName{document.target, each->token("name")}), each.get());
        if (!fresh)
            problem(*each, "TG-F106", "'" + each->token("name") + "' is already defined at " + at->second->document->path + ":" +
                                          std::to_string(at->second->line), "give it another name");
    }
}

const XsdNode* XsdSet::find(XsdKind kind, const QName& name) const {
    const auto found = globals_.find({kind, name});
    return found == globals_.end() ? nullptr : found->second;
}

bool XsdSet::never_routes(const XsdNode& declaration) const {
    const auto named = [this](const XsdNode& at, const char* attribute) { return at.has(attribute) ? find(XsdKind::type, resolve(at, at.token(attribute))) : nullptr; };
    const auto inside = [](const XsdNode& at, const char* one, const char* other) { return at.child(one) != nullptr ? at.child(one) : at.child(other); };
    if (declaration.never_routes) return true;
    const XsdNode* type = inside(declaration, "complexType", "simpleType");
    if (type == nullptr) type = named(declaration, "type");
    std::set<const XsdNode*> seen;  // a circle of derivations is refused where types are read
    while (type != nullptr && seen.insert(type).second) {
        if (type->never_routes) return true;
        const XsdNode* content = inside(*type, "complexContent", "simpleContent");
        const XsdNode* derived = inside(content != nullptr ? *content : *type, "extension", "restriction");
        type = derived == nullptr ? nullptr : named(*derived, "base");
    }
    return false;
}

QName XsdSet::resolve(const XsdNode& at, std::string_view text) const {
    const std::size_t colon = text.find(':');
    const std::string_view prefix = colon == std::string_view::npos ? std::string_view() : text.substr(0, colon);
    QName name{{}, std::string(colon == std::string_view::npos ? text : text.substr(colon + 1))};
    for (const XsdNode* node = &at; node != nullptr; node = node->parent) {
        for (const auto& declared : node->prefixes) {
            if (declared.first != prefix) continue;
            name.ns = declared.second;
            return name;
        }
    }
    if (prefix == "xml") name.ns = "http://www.w3.org/XML/1998/namespace";
    else if (!prefix.empty()) problem(at, "TG-F107", "the prefix '" + std::string(prefix) + "' is not declared", "declare it on xs:schema");
    else if (!at.document->root.has("targetNamespace")) name.ns = at.document->target;  // an included document takes on its includer's
    return name;
}

}  // namespace hub::formats
