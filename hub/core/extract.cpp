// See extract.hpp. Names were resolved to declarations when the plan was compiled; nothing here compares names of fields.
#include "hub/core/extract.hpp"

#include <algorithm>

namespace hub::core {
namespace {

using formats::DeclId;
using formats::Document;
using formats::NodeId;
using formats::no_decl;
using formats::no_node;

/// Declarations from just below `top` down to `wanted`, last first; empty when `wanted` is `top` or not below it.
std::vector<DeclId> way_down(const formats::Schema& schema, DeclId top, DeclId wanted) {
    std::vector<DeclId> way;
    for (DeclId at = wanted; at != top; at = schema[at].parent) {
        if (at == no_decl) return {};
        way.push_back(at);
    }
    return way;
}

bool is_at_or_above(const formats::Schema& schema, DeclId above, DeclId below) {
    while (below != no_decl && below != above) below = schema[below].parent;
    return below == above;
}

/// First match in document order; an element that lacks the rest of the way does not hide a later one that has it.
NodeId descend(const Document& document, NodeId from, const std::vector<DeclId>& way, std::size_t left) {
    if (left == 0) return from;
    for (NodeId at = document.child(from, way[left - 1]); at != no_node; at = document.next_same(at))
        if (const NodeId found = descend(document, at, way, left - 1); found != no_node) return found;
    return no_node;
}

template <class Visit>
void each_node(const Document& document, DeclId decl, Visit visit) {
    if (decl == no_decl) return;
    for (NodeId at = 0; at < document.size(); ++at)
        if (document[at].decl == decl) visit(at);
}

std::string_view text_of(const Document& document, NodeId node) { return node == no_node ? std::string_view{} : document.text(node); }

void add_identifiers(Child& child, const Document& record, const RecordType& type, int pivot_year) {
    each_node(record, type.identifier, [&](NodeId node) {
        const auto kind = people::identifier_type(text_of(record, record.child(node, type.identifier_type)));
        if (!kind) return;  // the canonical schema names the types; what it allows and people do not know finds nobody
        people::Identifier id = people::normalise(*kind, record.text(node), pivot_year);
        if (std::find(child.identifiers.begin(), child.identifiers.end(), id) == child.identifiers.end()) child.identifiers.push_back(std::move(id));
    });
}

void add_consents(Child& child, const Document& record, const RecordType& type) {
    each_node(record, type.consent, [&](NodeId node) {
        const std::string_view kind = text_of(record, record.child(node, type.consent_kind));
        if (!kind.empty()) child.consents.push_back({std::string(kind), text_of(record, record.child(node, type.consent_given)) == "yes"});
    });
}

bool is_among(const std::vector<std::string>& values, std::string_view text) { return std::find(values.begin(), values.end(), text) != values.end(); }

/// The fact that one element states by a rule; without a value when the rule waits for the delivery.
Fact fact_at(const Document& record, NodeId node, const FactRule& rule) {
    const auto near = [&](DeclId wanted) { return std::string(wanted == no_decl ? std::string_view{} : text_of(record, find_near(record, node, wanted))); };
    Fact fact{rule.matter, near(rule.matter_id), rule.kind, near(rule.value), near(rule.valid_from)};
    if (!rule.matter_part.empty()) fact.matter_id += "/" + rule.matter_part;
    if (!fact.value.empty() && !rule.as.empty()) fact.value = rule.as;
    return fact;
}

void add_facts(Child& child, const Document& record, const FactRule& rule, const std::string& received_at) {
    if (rule.when && !rule.when->holds(record, received_at)) return;
    const DeclId each = rule.each == no_decl ? record.schema().root() : rule.each;
    each_node(record, each, [&](NodeId node) {
        if (rule.where != no_decl && !is_among(rule.among, text_of(record, find_near(record, node, rule.where)))) return;
        Fact fact = fact_at(record, node, rule);
        if (!rule.delivered_to.empty()) return child.deliveries.push_back({&rule, std::move(fact)});
        if (fact.value.empty()) return;
        if (fact.valid_from.empty()) fact.valid_from = received_at;
        child.facts.push_back(std::move(fact));
    });
}

bool has(const Document& document, DeclId decl) {
    bool found = false;
    each_node(document, decl, [&](NodeId node) { found = found || document[node].text_size > 0 || document[node].first_child != no_node; });
    return found;
}

}  // namespace

NodeId find_near(const Document& document, NodeId from, DeclId wanted) {
    if (from == no_node || wanted == no_decl) return no_node;
    const formats::Schema& schema = document.schema();
    NodeId at = from;
    while (at != no_node && !is_at_or_above(schema, document[at].decl, wanted)) at = document[at].parent;
    if (at == no_node) return no_node;
    const std::vector<DeclId> way = way_down(schema, document[at].decl, wanted);
    return descend(document, at, way, way.size());
}

std::vector<std::string> lacking(const Child& child, const Route& route) {
    std::vector<std::string> lacks;
    for (std::size_t i = 0; i < route.needs.size(); ++i)
        if (!has(child.canonical, route.needs[i])) lacks.push_back(route.clause->needs[i]);
    return lacks;
}

Child make_child(const Document& record, const RecordType& type, const Header& header, const Plan& plan) {
    Child child;
    child.type = &type;
    child.canonical = record;
    add_identifiers(child, record, type, plan.pivot_year);
    add_consents(child, record, type);
    const std::string received_at = to_text(header.instant);
    for (const FactRule& rule : type.facts) add_facts(child, record, rule, received_at);
    for (const auto& [name, route] : plan.routes)
        if (route.record_type == type.name && route.takes_from(header.sender) && (!route.when || route.when->holds(record, received_at))) child.matches.push_back({&route, lacking(child, route)});
    return child;
}

}  // namespace hub::core
