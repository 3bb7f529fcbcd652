#include "tests/proof/comparison.hpp"

#include <algorithm>
#include <vector>

#include "hub/formats/facets.hpp"
#include "hub/formats/schema.hpp"

namespace proof {

namespace {

using hub::formats::Declaration;
using hub::formats::DeclKind;
using hub::formats::Document;
using hub::formats::Format;
using hub::formats::no_node;
using hub::formats::NodeId;
using hub::formats::Particle;
using hub::formats::Schema;

bool has_all(const Particle& particle) {
    return particle.kind == Particle::Kind::all || std::any_of(particle.parts.begin(), particle.parts.end(), has_all);
}

/// In HL7 a field, component or group with nothing in it is the same as none.
bool is_nothing(const Document& document, NodeId node) {
    const Declaration& declaration = document.schema()[document[node].decl];
    if (document.schema().format() != Format::hl7 || declaration.name.find('.') == std::string::npos) return false;
    if (document[node].nil != 0 || document[node].text_size != 0) return false;
    for (NodeId each = document[node].first_child; each != no_node; each = document[each].next)
        if (!is_nothing(document, each)) return false;
    return true;
}

std::vector<NodeId> children_of(const Document& document, NodeId parent) {
    const Schema& schema = document.schema();
    std::vector<NodeId> children;
    for (NodeId each = document[parent].first_child; each != no_node; each = document[each].next)
        if (!is_nothing(document, each)) children.push_back(each);
    const bool any_order = schema.format() != Format::xml || has_all(schema.content(document[parent].decl));
    std::stable_sort(children.begin(), children.end(), [&](NodeId x, NodeId y) {
        const auto rank = [&](NodeId each) { return any_order || schema[document[each].decl].kind == DeclKind::attribute ? document[each].decl : UINT32_MAX; };
        return rank(x) < rank(y);
    });
    return children;
}

bool same_text(const Declaration& declaration, std::string_view a, std::string_view b) {
    if (a == b || declaration.type == nullptr) return a == b;
    std::string first, second;
    return hub::formats::same_value(*declaration.type, hub::formats::apply_whitespace(*declaration.type, a, first),
                                    hub::formats::apply_whitespace(*declaration.type, b, second));
}

std::string compare(const Document& a, NodeId in_a, const Document& b, NodeId in_b) {
    const Schema& schema = a.schema();
    const std::string path = schema.path_of(a[in_a].decl);
    if (a[in_a].decl != b[in_b].decl) return path + " and " + schema.path_of(b[in_b].decl);
    if (a[in_a].nil != b[in_b].nil) return path + " is nil in one only";
    if (!same_text(schema[a[in_a].decl], a.text(in_a), b.text(in_b)))
        return path + ": '" + std::string(a.text(in_a)) + "' and '" + std::string(b.text(in_b)) + "'";
    const auto of_a = children_of(a, in_a), of_b = children_of(b, in_b);
    for (std::size_t at = 0; at < std::max(of_a.size(), of_b.size()); ++at) {
        if (at >= of_b.size()) return schema.path_of(a[of_a[at]].decl) + " is in the first only";
        if (at >= of_a.size()) return schema.path_of(b[of_b[at]].decl) + " is in the second only";
        std::string inside = compare(a, of_a[at], b, of_b[at]);
        if (!inside.empty()) return inside;
    }
    return {};
}

}  // namespace

std::string difference(const Document& a, const Document& b) {
    if (a.empty() || b.empty()) return a.empty() == b.empty() ? "" : "one is empty";
    return compare(a, a.root(), b, b.root());
}

std::string written_out(const Document& document) {
    std::string text;
    for (NodeId node = 0; node < document.size(); ++node)
        text += document.schema().path_of(document[node].decl) + (document[node].nil != 0 ? " is nil" : " = '" + std::string(document.text(node)) + "'") + "\n";
    return text;
}

}  // namespace proof
