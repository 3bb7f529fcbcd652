// Counts children and holds the counts against the content model.
#include "hub/mapping/content.hpp"

#include <algorithm>

namespace hub::mapping {

namespace {

using formats::DeclId;
using formats::Document;
using formats::no_decl;
using formats::NodeId;
using formats::Particle;
using Kind = formats::Particle::Kind;

bool may_be_nothing(const Particle& part) {
    if (part.occurs_min == 0) return true;
    if (part.kind == Kind::element) return false;
    if (part.kind == Kind::choice) return std::any_of(part.parts.begin(), part.parts.end(), may_be_nothing);
    return std::all_of(part.parts.begin(), part.parts.end(), may_be_nothing);
}

DeclId first_of(const Particle& part) {
    return part.kind == Kind::element || part.parts.empty() ? part.element : first_of(part.parts.front());
}

class Content {
public:
    Content(const Document& document, NodeId element) : document_(document), element_(element) {}

    DeclId wrong(const Particle& part, bool repeated) const {
        if (!there(part)) return may_be_nothing(part) ? no_decl : first_of(part);
        if (part.kind == Kind::element) {
            const std::uint32_t found = count(part.element);
            return !repeated && (found < part.occurs_min || found > part.occurs_max) ? part.element : no_decl;
        }
        repeated = repeated || part.occurs_max > 1;
        if (part.kind == Kind::choice) return wrong_choice(part, repeated);
        for (const Particle& each : part.parts) {
            const DeclId found = wrong(each, repeated);
            if (found != no_decl) return found;
        }
        return no_decl;
    }

    /// For schemas without groups (JSON).
    DeclId wrong_counts() const {
        const auto& schema = document_.schema();
        for (const DeclId each : schema[document_[element_].decl].children) {
            const std::uint32_t found = count(each);
            if (found < schema[each].occurs_min || found > schema[each].occurs_max) return each;
        }
        return no_decl;
    }

private:
    DeclId wrong_choice(const Particle& part, bool repeated) const {
        bool used = false;
        for (const Particle& each : part.parts) {
            if (!there(each)) continue;
            if (used && !repeated) return first_of(each);
            used = true;
            const DeclId found = wrong(each, repeated);
            if (found != no_decl) return found;
        }
        return no_decl;
    }
    bool there(const Particle& part) const {
        if (part.kind == Kind::element) return document_.child(element_, part.element) != formats::no_node;
        return std::any_of(part.parts.begin(), part.parts.end(), [&](const Particle& each) { return there(each); });
    }
    std::uint32_t count(DeclId decl) const {
        std::uint32_t found = 0;
        for (NodeId at = document_.child(element_, decl); at != formats::no_node; at = document_.next_same(at)) ++found;
        return found;
    }

    const Document& document_;
    const NodeId element_;
};

}  // namespace

DeclId wrong_content(const Document& document, NodeId element) {
    const Content content(document, element);
    const Particle& model = document.schema().content(document[element].decl);
    return model.kind != Kind::element && model.parts.empty() ? content.wrong_counts() : content.wrong(model, false);
}

}  // namespace hub::mapping
