// Reads an XML Schema into a Schema: follows documents, works out types, and expands them into one declaration for
// each path that a valid document can have.
//
// Left to libxml2, which compiles the same documents: the schema's own correctness.
#include "hub/formats/xsd_constraints.hpp"
#include "hub/formats/xsd_document.hpp"
#include "hub/formats/xsd_shape.hpp"

#include <algorithm>
#include <set>

namespace hub::formats {

namespace {

struct Interval {
    std::uint64_t low = 0, high = 0;
};

std::uint64_t capped(std::uint64_t count) { return std::min<std::uint64_t>(count, unbounded); }

/// How often an element can occur under a particle.
Interval interval(const Particle& particle, DeclId element) {
    Interval found;
    if (particle.kind == Particle::Kind::element) {
        if (particle.element == element) found = {1, 1};
    } else {
        bool first = true;
        for (const Particle& part : particle.parts) {
            const Interval inside = interval(part, element);
            if (particle.kind == Particle::Kind::choice) {
                found.low = first ? inside.low : std::min(found.low, inside.low);
                found.high = std::max(found.high, inside.high);
            } else {
                found = {capped(found.low + inside.low), capped(found.high + inside.high)};
            }
            first = false;
        }
    }
    return {capped(found.low * particle.occurs_min), capped(found.high * particle.occurs_max)};
}

class Expansion {
public:
    Expansion(XsdSet& set, SchemaBuilder& builder) : set_(set), builder_(builder), types_(set, builder), shapes_(set, types_), constraints_(set, builder) {}

    void root(const XsdNode& element) {
        expand(no_decl, element, {element.document->target, element.token("name")});
        constraints_.finish();
    }

private:
    static constexpr std::size_t depth_max = 100;

    bool within_limits(const XsdNode& node) {
        if (full_) return false;
        full_ = builder_.size() >= SchemaBuilder::declarations_max || depth_ >= depth_max;
        if (full_)
            set_.problem(node, "TG-F118",
                         builder_.size() >= SchemaBuilder::declarations_max
                             ? "declarations_max = " + std::to_string(SchemaBuilder::declarations_max) + " is exceeded"
                             : "depth_max = " + std::to_string(depth_max) + " is exceeded",
                         "use a smaller part of the schema");
        return !full_;
    }

    Declaration described(const XsdNode& element, const QName& name) const {
        Declaration made;
        made.name = name.name;
        made.ns = name.ns;
        made.nillable = element.is_true("nillable");
        made.fixed = element.raw("fixed");
        made.default_value = element.raw("default");
        made.file = element.document->path;
        made.line = element.line;
        return made;
    }

    void refuse_features(const XsdNode& element) {
        const std::string name = element.token("name");
        if (element.has("substitutionGroup"))
            set_.problem(element, "TG-F111", "element '" + name + "': substitution groups are not supported", "name the elements in a choice");
        if (element.is_true("abstract"))
            set_.problem(element, "TG-F116", "element '" + name + "' is abstract", "name the elements that may stand for it in a choice");
    }

    DeclId expand(DeclId parent, const XsdNode& element, const QName& name) {
        if (!within_limits(element)) return no_decl;
        refuse_features(element);
        const DeclId id = builder_.declare(parent, described(element, name));
        builder_.at(id).never_routes = never_routes(parent) || set_.never_routes(element);
        constraints_.note(id, element);
        const XsdNode* complex = complex_type_of(element, id);
        if (complex == nullptr) return id;
        if (!open_.insert(complex).second) {
            set_.problem(element, "TG-F110", "element '" + name.name + "' contains itself through its type",
                         "recursive documents have no finite tree of paths: break the circle");
            return id;
        }
        ++depth_;
        fill(id, shapes_.of(*complex));
        --depth_;
        open_.erase(complex);
        return id;
    }

    bool never_routes(DeclId parent) { return parent != no_decl && builder_.at(parent).never_routes; }

    /// Null for a simple type, which is set, or with a problem.
    const XsdNode* complex_type_of(const XsdNode& element, DeclId id) {
        if (const XsdNode* inside = element.child("complexType")) return inside;
        if (element.child("simpleType") != nullptr || element.has("type")) {
            const XsdNode* global = element.has("type") ? set_.find(XsdKind::type, set_.resolve(element, element.token("type"))) : nullptr;
            if (global != nullptr && global->name == "complexType") {
                if (global->is_true("abstract"))
                    set_.problem(element, "TG-F116", "element '" + element.token("name") + "' has an abstract type, which needs xsi:type",
                                 "give it a type that is not abstract");
                return global;
            }
            builder_.at(id).type = types_.referred(element, "type");
            return nullptr;
        }
        set_.problem(element, "TG-F113", "element '" + element.token("name") + "' has no type, so anything may stand in it", "give it a type");
        return nullptr;
    }

    void fill(DeclId id, const XsdShape& shape) {
        for (const XsdAttribute& each : shape.attributes) {
            if (!within_limits(*each.node)) return;
            Declaration made = described(*each.node, each.name);
            made.kind = DeclKind::attribute;
            made.type = each.type;
            made.occurs_min = each.required ? 1 : 0;
            made.fixed = each.fixed;
            made.default_value = each.default_value;
            made.never_routes = never_routes(id) || set_.never_routes(*each.declaration) || each.node->never_routes;
            builder_.declare(id, std::move(made));
        }
        builder_.at(id).type = shape.text;
        Siblings siblings;
        Particle content = expand_particle(id, shape.content, siblings);
        for (const auto& [name, sibling] : siblings) {
            const Interval found = interval(content, sibling.decl);
            builder_.at(sibling.decl).occurs_min = static_cast<std::uint32_t>(found.low);
            builder_.at(sibling.decl).occurs_max = static_cast<std::uint32_t>(found.high);
        }
        builder_.content(id, std::move(content));
    }

    struct Sibling {
        DeclId decl = no_decl;
        const XsdNode* element = nullptr;
    };
    using Siblings = std::map<QName, Sibling>;

    Particle expand_particle(DeclId parent, const XsdParticle& source, Siblings& siblings) {
        Particle made;
        made.kind = source.kind;
        made.occurs_min = source.occurs_min;
        made.occurs_max = source.occurs_max;
        if (source.kind == Particle::Kind::element) made.element = child(parent, *source.element, siblings);
        for (const XsdParticle& part : source.parts) {
            made.parts.push_back(expand_particle(parent, part, siblings));
            const Particle& last = made.parts.back();
            if (last.kind == Particle::Kind::element && last.element == no_decl) made.parts.pop_back();
        }
        return made;
    }

    DeclId child(DeclId parent, const XsdNode& node, Siblings& siblings) {
        const XsdNode* element = &node;
        QName name;
        if (node.has("ref")) {
            if (node.never_routes) set_.problem(node, "TG-F131", "a mark on a reference says nothing", "mark the element '" + node.token("ref") + "' itself");
            name = set_.resolve(node, node.token("ref"));
            element = set_.find(XsdKind::element, name);
            if (element == nullptr) {
                set_.problem(node, "TG-F112", "no element is named '" + node.token("ref") + "'", "define it, or import the document that does");
                return no_decl;
            }
        } else {
            const std::string form = node.token("form");
            const bool qualified = form.empty() ? node.document->elements_qualified : form == "qualified";
            name = {qualified ? node.document->target : "", node.token("name")};
        }
        Sibling& sibling = siblings[name];
        if (sibling.decl != no_decl) {
            refuse_difference(*sibling.element, *element);
            constraints_.note(sibling.decl, *element);
            return sibling.decl;
        }
        sibling = {expand(parent, *element, name), element};
        const DeclId decl = sibling.decl;
        if (decl == no_decl) siblings.erase(name);
        return decl;
    }

    /// An element that stands twice in one content model is one declaration, so both must say the same.
    void refuse_difference(const XsdNode& first, const XsdNode& second) {
        const auto same = [&](const char* attribute) { return first.raw(attribute) == second.raw(attribute); };
        const bool inline_type = first.child("complexType") || first.child("simpleType") || second.child("complexType") || second.child("simpleType");
        const bool same_type = set_.resolve(first, first.token("type")) == set_.resolve(second, second.token("type"));
        if (&first == &second || (!inline_type && same_type && same("nillable") && same("fixed") && same("default"))) return;
        set_.problem(second, "TG-F117", "element '" + second.token("name") + "' stands twice in one content model and is described differently",
                     "give both the same named type; the other is at line " + std::to_string(first.line));
    }

    XsdSet& set_;
    SchemaBuilder& builder_;
    XsdTypes types_;
    XsdShapes shapes_;
    XsdConstraints constraints_;
    std::set<const XsdNode*> open_{};
    std::size_t depth_ = 0;
    bool full_ = false;
};

const XsdNode* root_of(const XsdSet& set, const XsdDocument& document, const std::string& root, Problems& problems) {
    std::vector<const XsdNode*> candidates;
    for (const auto& each : document.root.children)
        if (each->name == "element" && (root.empty() || each->token("name") == root)) candidates.push_back(each.get());
    if (candidates.empty() && !root.empty())
        if (const XsdNode* included = set.find(XsdKind::element, {document.target, root})) return included;
    if (candidates.size() == 1) return candidates.front();
    if (candidates.empty())
        problems.push_back({document.path, document.root.line, 0, "TG-F119",
                            root.empty() ? "the schema declares no global element" : "the schema declares no global element '" + root + "'",
                            "declare it, or correct the root's name"});
    else
        problems.push_back({document.path, candidates[1]->line, 0, "TG-F119",
                            "the schema declares several global elements and none is named as root", "name the root element"});
    return nullptr;
}

}  // namespace

void read_xsd(const SchemaTexts& texts, const std::string& path, const std::string& root, SchemaBuilder& builder, Problems& problems) {
    XsdSet set(texts, problems);
    const XsdDocument* document = set.load(path);
    if (document == nullptr || !set.good()) return;
    if (const XsdNode* element = root_of(set, *document, root, problems)) Expansion(set, builder).root(*element);
}

}  // namespace hub::formats
