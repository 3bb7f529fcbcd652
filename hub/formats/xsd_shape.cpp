// Works out attributes, text and content model of complex types. Wildcards, mixed content and xs:redefine are refused:
// they have no finite tree of paths.
#include "hub/formats/xsd_shape.hpp"

#include <algorithm>
#include <charconv>

namespace hub::formats {

namespace {

/// Keeps a node in the set of open ones while it lives.
class Open {
public:
    Open(std::set<const XsdNode*>& open, const XsdNode& node) : open_(open), node_(node), fresh_(open.insert(&node).second) {}
    ~Open() {
        if (fresh_) open_.erase(&node_);
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
    bool fresh() const { return fresh_; }

private:
    std::set<const XsdNode*>& open_;
    const XsdNode& node_;
    const bool fresh_;
};

constexpr const char* wildcard_cure = "declare the elements or attributes that may stand there";

std::optional<std::uint32_t> read_count(const std::string& text) {
    std::uint32_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

void XsdShapes::refuse_circle(const XsdNode& node) {
    set_.problem(node, "TG-F110", "xs:" + node.name + " '" + node.token("name") + "' contains itself",
                 "recursive documents have no finite tree of paths: break the circle");
}

XsdShape XsdShapes::of(const XsdNode& complex_type) {
    const Open open(open_, complex_type);
    if (!open.fresh()) {
        refuse_circle(complex_type);
        return {};
    }
    if (complex_type.is_true("mixed"))
        set_.problem(complex_type, "TG-F109", "mixed content is not supported", "put the text into an element of its own");
    if (const XsdNode* content = complex_type.child("simpleContent")) {
        for (const auto& each : content->children) return derived(*each, true);
    }
    if (const XsdNode* content = complex_type.child("complexContent")) {
        if (content->is_true("mixed"))
            set_.problem(*content, "TG-F109", "mixed content is not supported", "put the text into an element of its own");
        for (const auto& each : content->children) return derived(*each, false);
    }
    return plain(complex_type);
}

XsdShape XsdShapes::plain(const XsdNode& holder) {
    XsdShape shape;
    add_attributes(holder, shape.attributes);
    if (auto content = model(holder)) shape.content = std::move(*content);
    return shape;
}

XsdShape XsdShapes::base_of(const XsdNode& derivation) {
    XsdShape shape;
    const QName name = set_.resolve(derivation, derivation.token("base"));
    if (name == QName{std::string(XsdSet::xsd_ns), "anyType"}) return shape;
    const XsdNode* node = set_.find(XsdKind::type, name);
    if (node != nullptr && node->name == "complexType") return of(*node);
    shape.text = types_.named(name, derivation);
    if (shape.text == nullptr && set_.good())
        set_.problem(derivation, "TG-F112", "no type is named '" + derivation.token("base") + "'", "define it, or import the document that does");
    return shape;
}

XsdShape XsdShapes::derived(const XsdNode& derivation, bool simple_content) {
    XsdShape shape = base_of(derivation);
    add_attributes(derivation, shape.attributes);
    if (simple_content) {
        const bool narrowed = derivation.name == "restriction";
        if (narrowed && derivation.child("simpleType") != nullptr) shape.text = types_.referred(derivation, "base");
        if (narrowed && shape.text != nullptr) shape.text = types_.restricted(*shape.text, derivation);
        if (shape.text == nullptr && set_.good())
            set_.problem(derivation, "TG-F112", "the base type has no simple content", "name a base type whose content is text");
        return shape;
    }
    shape.text = nullptr;
    auto own = model(derivation);
    if (derivation.name == "restriction") {
        shape.content = own ? std::move(*own) : XsdParticle{};
    } else if (own && shape.content.parts.empty()) {
        shape.content = std::move(*own);
    } else if (own) {
        XsdParticle both;
        both.parts.push_back(std::move(shape.content));
        both.parts.push_back(std::move(*own));
        shape.content = std::move(both);
    }
    return shape;
}

void XsdShapes::add_attributes(const XsdNode& holder, std::vector<XsdAttribute>& into) {
    for (const auto& each : holder.children) {
        if (each->name == "anyAttribute") {
            set_.problem(*each, "TG-F108", "xs:anyAttribute is not supported", wildcard_cure);
        } else if (each->name == "attribute") {
            add_attribute(*each, into);
        } else if (each->name == "attributeGroup") {
            const XsdNode* group = set_.find(XsdKind::attribute_group, set_.resolve(*each, each->token("ref")));
            if (group == nullptr) {
                set_.problem(*each, "TG-F112", "no attribute group is named '" + each->token("ref") + "'", "define it, or import the document that does");
                continue;
            }
            const Open open(open_, *group);
            if (open.fresh()) add_attributes(*group, into);
            else refuse_circle(*group);
        }
    }
}

void XsdShapes::add_attribute(const XsdNode& node, std::vector<XsdAttribute>& into) {
    const XsdNode* declaration = &node;
    XsdAttribute attribute;
    if (node.has("ref")) {
        attribute.name = set_.resolve(node, node.token("ref"));
        declaration = set_.find(XsdKind::attribute, attribute.name);
        if (declaration == nullptr)
            return set_.problem(node, "TG-F112", "no attribute is named '" + node.token("ref") + "'", "define it, or import the document that does");
    } else {
        const std::string form = node.token("form");
        const bool qualified = form.empty() ? node.document->attributes_qualified : form == "qualified";
        attribute.name = {qualified ? node.document->target : "", node.token("name")};
    }
    const auto replaced = std::find_if(into.begin(), into.end(), [&](const auto& each) { return each.name == attribute.name; });
    if (node.token("use") == "prohibited") {
        if (replaced != into.end()) into.erase(replaced);
        return;
    }
    const bool typed = declaration->has("type") || declaration->child("simpleType") != nullptr;
    attribute.type = typed ? types_.referred(*declaration, "type") : types_.named({std::string(XsdSet::xsd_ns), "anySimpleType"}, node);
    attribute.required = node.token("use") == "required";
    attribute.fixed = node.has("fixed") ? node.raw("fixed") : declaration->raw("fixed");
    attribute.default_value = node.has("default") ? node.raw("default") : declaration->raw("default");
    attribute.node = &node;
    attribute.declaration = declaration;
    if (replaced != into.end()) *replaced = std::move(attribute);
    else into.push_back(std::move(attribute));
}

std::optional<XsdParticle> XsdShapes::model(const XsdNode& holder) {
    for (const auto& each : holder.children) {
        const std::string& name = each->name;
        if (name == "sequence" || name == "choice" || name == "all" || name == "group") return particle(*each);
    }
    return std::nullopt;
}

bool XsdShapes::occurs(const XsdNode& node, XsdParticle& into) {
    if (node.has("minOccurs")) {
        const auto count = read_count(node.token("minOccurs"));
        into.occurs_min = count.value_or(1);
        if (!count) set_.problem(node, "TG-F114", "minOccurs is not a count", "write a whole number");
    }
    if (node.token("maxOccurs") == "unbounded") {
        into.occurs_max = unbounded;
    } else if (node.has("maxOccurs")) {
        const auto count = read_count(node.token("maxOccurs"));
        into.occurs_max = count.value_or(1);
        if (!count) set_.problem(node, "TG-F114", "maxOccurs is not a count", "write a whole number, or 'unbounded'");
    }
    return into.occurs_max != 0;
}

std::optional<XsdParticle> XsdShapes::particle(const XsdNode& node) {
    XsdParticle made;
    if (node.name == "any") set_.problem(node, "TG-F108", "xs:any is not supported", wildcard_cure);
    if (!occurs(node, made)) return std::nullopt;
    if (++particles_ > particles_max) {
        if (particles_ == particles_max + 1)
            set_.problem(node, "TG-F118", "particles_max = " + std::to_string(particles_max) + " is exceeded", "use a smaller part of the schema");
        return std::nullopt;
    }
    if (node.name == "element") {
        made.kind = Particle::Kind::element;
        made.element = &node;
        return made;
    }
    if (node.name == "group") {
        const XsdNode* group = set_.find(XsdKind::group, set_.resolve(node, node.token("ref")));
        if (group == nullptr) {
            set_.problem(node, "TG-F112", "no group is named '" + node.token("ref") + "'", "define it, or import the document that does");
            return std::nullopt;
        }
        const Open open(open_, *group);
        if (!open.fresh()) {
            refuse_circle(*group);
            return std::nullopt;
        }
        if (auto inside = model(*group)) made.parts.push_back(std::move(*inside));
        return made;
    }
    made.kind = node.name == "choice" ? Particle::Kind::choice : node.name == "all" ? Particle::Kind::all : Particle::Kind::sequence;
    for (const auto& each : node.children)
        if (auto part = particle(*each)) made.parts.push_back(std::move(*part));
    return made;
}

}  // namespace hub::formats
