// Collects, for each element that a constraint stands on, the values of its fields as keys, and compares these.
#include "hub/formats/constraint_check.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include "hub/formats/facets.hpp"

namespace hub::formats {

namespace {

using Kind = Constraint::Kind;
using Keys = std::set<std::string>;

class Check {
public:
    Check(const Document& document, const Constraint& constraint, std::vector<ConstraintFinding>& into)
        : document_(document), schema_(document.schema()), constraint_(constraint), into_(into) {}

    void run() {
        for (NodeId node = 0; node < document_.size(); ++node)
            if (document_[node].decl == constraint_.scope) scope(node);
    }
    /// The keys that this constraint has at or below a node.
    void keys_below(NodeId above, Keys& keys) {
        for (const auto& selected : constraint_.selected) each_below(above, selected.element, [&](NodeId node) { collect(selected, node, keys); });
    }

    void scope(NodeId scope) {
        if (!constraint_.exact) return;  // libxml2 knows
        seen_.clear();
        known_.clear();
        if (constraint_.kind == Kind::keyref || constraint_.kind == Kind::reference) refer(scope);
        for (const auto& selected : constraint_.selected) each_below(scope, selected.element, [&](NodeId node) { this->selected(selected, node); });
    }

private:
    void found(NodeId node, const char* why) const { into_.push_back({&constraint_, node, why}); }

    /// What the keys that are referred to say.
    void refer(NodeId scope) {
        for (const Constraint& each : schema_.constraints()) {
            const bool meant = constraint_.kind == Kind::reference ? each.kind == Kind::id : (each.kind == Kind::unique || each.kind == Kind::key) && each.id == constraint_.refers;
            if (!meant) continue;
            std::vector<ConstraintFinding> told_elsewhere;
            Check(document_, each, told_elsewhere).keys_below(scope, known_);
        }
    }

    void selected(const Constraint::Selected& selected, NodeId node) {
        Keys keys;
        if (!collect(selected, node, keys)) return;
        if (constraint_.kind == Kind::entity) return found(node, "names an entity that is not declared");
        const bool reference = constraint_.kind == Kind::keyref || constraint_.kind == Kind::reference;
        for (const std::string& key : keys) {
            if (reference && known_.count(key) == 0) return found(node, "refers to a value that is not there");
            if (!reference && !seen_.insert(key).second) return found(node, "has the same value as another");
        }
    }

    struct Value {
        DeclId decl = no_decl;
        std::string_view text{};
        bool nil = false;
    };
    /// What is at a field, with the values that the schema gives to attributes that are not there and to empty elements.
    std::vector<Value> values(NodeId node, const std::vector<DeclId>& field) const {
        std::vector<Value> all;
        for (const DeclId each : field) {
            const Declaration& declaration = schema_[each];
            const std::string& assumed = declaration.fixed.empty() ? declaration.default_value : declaration.fixed;
            const auto add = [&](NodeId one) { all.push_back({each, document_[one].text_size == 0 ? std::string_view(assumed) : document_.text(one), document_[one].nil != 0}); };
            if (declaration.kind == DeclKind::element || assumed.empty()) each_below(node, each, add);
            else each_below(node, declaration.parent, [&](NodeId above) {
                const NodeId one = document_.child(above, each);
                one == no_node ? all.push_back({each, assumed, false}) : add(one);
            });
        }
        return all;
    }

    /// The element's key, or each item of an identifier's list; false when it has none.
    bool collect(const Constraint::Selected& selected, NodeId node, Keys& into) const {
        std::string key;
        for (const auto& field : selected.fields) {
            const auto all = values(node, field);
            if (all.size() > 1) return found(node, "has a field several times"), false;
            if (!all.empty() && schema_[all.front().decl].type == nullptr) return found(node, "has a field that takes no value"), false;
            if (all.empty() || all.front().nil) {
                if (constraint_.kind == Kind::key) found(node, "lacks a field of its key");
                return false;
            }
            const SimpleType& type = *schema_[all.front().decl].type;
            std::string scratch;
            const std::string_view text = apply_whitespace(type, all.front().text, scratch);
            if (constraint_.kind >= Kind::id) return items(text, into);
            const std::string value = canonical(type, text);
            key += std::to_string(value.size()) + ":" + value;
        }
        into.insert(std::move(key));
        return true;
    }
    static bool items(std::string_view text, Keys& into) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find(' '), text.size());
            into.emplace(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return !into.empty();
    }

    /// Calls with every node of the declaration at or below a node, which stands above it in the schema too.
    template <class Then>
    void each_below(NodeId node, DeclId decl, const Then& then) const {
        std::vector<DeclId> way;
        for (; decl != document_[node].decl && decl != no_decl; decl = schema_[decl].parent) way.push_back(decl);
        if (decl != no_decl) follow(node, way, way.size(), then);
    }
    template <class Then>
    void follow(NodeId node, const std::vector<DeclId>& way, std::size_t left, const Then& then) const {
        if (left == 0) return then(node);
        for (NodeId below = document_.child(node, way[left - 1]); below != no_node; below = document_.next_same(below)) follow(below, way, left - 1, then);
    }

    const Document& document_;
    const Schema& schema_;
    const Constraint& constraint_;
    std::vector<ConstraintFinding>& into_;
    Keys seen_{}, known_{};
};

}  // namespace

void check_constraints(const Document& document, std::vector<ConstraintFinding>& into) {
    for (const Constraint& each : document.schema().constraints()) Check(document, each, into).run();
}

void check_constraints(const Document& document, NodeId element, std::vector<ConstraintFinding>& into) {
    for (const Constraint& each : document.schema().constraints())
        if (each.scope == document[element].decl) Check(document, each, into).scope(element);
}

}  // namespace hub::formats
