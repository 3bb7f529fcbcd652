// Follows the paths of selectors and fields through the declarations: the subset of XPath that XML Schema has for them, with
// names, *, prefix:*, '.', './/' in front, the axes child and attribute, and alternatives.
#include "hub/formats/xsd_constraints.hpp"

#include <algorithm>

namespace hub::formats {

namespace {

std::string_view without_space(std::string_view text) {
    constexpr std::string_view spaces = " \t\r\n";
    const auto first = text.find_first_not_of(spaces);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

/// What stands before the separator, which is taken away with it.
std::string_view taken(std::string_view& text, char separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return without_space(part);
}

/// Takes the token away from the front, and the space behind it.
bool take(std::string_view& text, std::string_view token) {
    if (!text.starts_with(token)) return false;
    text = without_space(text.substr(token.size()));
    return true;
}

/// The namespace of a prefix; in these paths a name without prefix has none.
std::optional<std::string> namespace_of(const XsdNode& at, std::string_view prefix) {
    for (const XsdNode* node = &at; node != nullptr; node = node->parent)
        for (const auto& declared : node->prefixes)
            if (declared.first == prefix) return declared.second;
    return std::nullopt;
}

std::optional<Constraint::Kind> kind_of(const XsdNode& node) {
    if (node.name == "unique") return Constraint::Kind::unique;
    if (node.name == "key") return Constraint::Kind::key;
    if (node.name == "keyref") return Constraint::Kind::keyref;
    return std::nullopt;
}

bool has(const SimpleType& type, Identity identity) {
    if (type.identity == identity || (type.list_item != nullptr && has(*type.list_item, identity))) return true;
    return std::any_of(type.members.begin(), type.members.end(), [&](const SimpleType* each) { return has(*each, identity); });
}

}  // namespace

void XsdConstraints::note(DeclId declaration, const XsdNode& element) {
    for (const auto& each : element.children)
        if (kind_of(*each) && known_.insert({declaration, each.get()}).second) noted_.emplace_back(declaration, each.get());
}

void XsdConstraints::finish() {
    for (const auto& [declaration, node] : noted_) constraint(declaration, *node);
    types();
}

std::string XsdConstraints::id_of(const XsdNode& node) const { return "{" + node.document->target + "}" + node.token("name"); }

void XsdConstraints::constraint(DeclId scope, const XsdNode& node) {
    Constraint made;
    made.kind = *kind_of(node);
    made.name = "xs:" + node.name + " '" + node.token("name") + "'";
    made.id = id_of(node);
    if (made.kind == Constraint::Kind::keyref) {
        const QName key = set_.resolve(node, node.token("refer"));
        made.refers = "{" + key.ns + "}" + key.name;
    }
    made.file = node.document->path;
    made.line = node.line;
    made.scope = scope;
    const XsdNode* selector = node.child("selector");
    const auto elements = selector == nullptr ? std::nullopt : selects(scope, *selector);
    made.exact = elements.has_value();
    for (const DeclId element : elements.value_or(Decls{})) {
        Constraint::Selected& selected = made.selected.emplace_back();
        selected.element = element;
        for (const auto& each : node.children) {
            if (each->name != "field") continue;
            auto field = selects(element, *each);
            made.exact = made.exact && field;
            selected.fields.push_back(std::move(field).value_or(Decls{}));
        }
    }
    const std::size_t before = selected_;
    selected_ += made.selected.size();
    if (before <= selected_max && selected_ > selected_max)
        set_.problem(node, "TG-F118", "selected_max = " + std::to_string(selected_max) + " is exceeded", "use a smaller part of the schema");
    if (selected_ <= selected_max) builder_.constrain(std::move(made));
}

std::optional<XsdConstraints::Decls> XsdConstraints::selects(DeclId from, const XsdNode& node) const {
    Decls found;
    std::string_view text = node.raw("xpath");
    do {
        if (!path(from, node, taken(text, '|'), found)) return std::nullopt;
    } while (!text.empty());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool XsdConstraints::path(DeclId from, const XsdNode& node, std::string_view text, Decls& into) const {
    Decls at{from};
    std::string_view rest = text;
    if (take(rest, ".") && take(rest, "/") && take(rest, "/")) {
        at.clear();
        below(from, at);
        text = rest;
    }
    do {
        if (!step(node, taken(text, '/'), at)) return false;
    } while (!text.empty());
    into.insert(into.end(), at.begin(), at.end());
    return true;
}

bool XsdConstraints::step(const XsdNode& node, std::string_view text, Decls& at) const {
    if (text == ".") return true;
    bool attribute = take(text, "@");
    for (const std::string_view axis : {"attribute", "child"}) {
        std::string_view rest = text;
        if (attribute || !take(rest, axis) || !take(rest, "::")) continue;
        text = rest;
        attribute = axis == "attribute";
        break;
    }
    const std::size_t colon = text.find(':');
    const std::string_view name = colon == std::string_view::npos ? text : text.substr(colon + 1);
    const bool any_ns = text == "*";
    const auto ns = colon == std::string_view::npos ? std::optional<std::string>("") : namespace_of(node, text.substr(0, colon));
    if (name.empty() || !ns || name.find_first_of(" \t\r\n:()[]@$'\"") != std::string_view::npos) return false;
    Decls next;
    for (const DeclId parent : at)
        for (const DeclId each : builder_.at(parent).children) {
            const Declaration& child = builder_.at(each);
            if ((child.kind == DeclKind::attribute) == attribute && (name == "*" || child.name == name) && (any_ns || child.ns == *ns)) next.push_back(each);
        }
    at = std::move(next);
    return true;
}

/// The declaration and every element below it.
void XsdConstraints::below(DeclId from, Decls& into) const {
    if (builder_.at(from).kind != DeclKind::element) return;
    into.push_back(from);
    for (const DeclId each : builder_.at(from).children) below(each, into);
}

void XsdConstraints::types() {
    using Kind = Constraint::Kind;
    struct Rule {
        Identity identity;
        Kind kind;
        const char* name;
    };
    for (const Rule& rule : {Rule{Identity::id, Kind::id, "xs:ID"}, Rule{Identity::reference, Kind::reference, "xs:IDREF"}, Rule{Identity::entity, Kind::entity, "xs:ENTITY"}}) {
        Constraint made;
        made.kind = rule.kind;
        made.name = rule.name;
        for (DeclId id = 0; id < builder_.size(); ++id) {
            const Declaration& each = builder_.at(id);
            if (each.type == nullptr || !has(*each.type, rule.identity)) continue;
            if (made.selected.empty()) made.file = each.file, made.line = each.line;
            made.selected.push_back({each.kind == DeclKind::attribute ? each.parent : id, {{id}}});
        }
        if (!made.selected.empty()) builder_.constrain(std::move(made));
    }
}

}  // namespace hub::formats
