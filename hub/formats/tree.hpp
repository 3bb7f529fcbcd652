// The neutral tree: what bytes of any format become, and what mappings read and write.
//
// A document always belongs to a schema: each node names its declaration in it by index, so that nothing above
// the codecs compares names. Text lives in one string, nodes in one vector, in document order; a document can be
// cleared and used again without giving its memory back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hub::formats {

class Schema;

using NodeId = std::uint32_t;
using DeclId = std::uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;
inline constexpr DeclId no_decl = UINT32_MAX;

/// An element, attribute, JSON member, CSV cell, HL7 field ...; attributes precede element children.
/// A repeated thing (XML element, JSON array item, HL7 repetition) is one node for each occurrence.
struct Node {
    DeclId decl = no_decl;
    NodeId parent = no_node;
    NodeId first_child = no_node;
    NodeId last_child = no_node;
    NodeId next = no_node;        ///< next sibling
    std::uint32_t text_at = 0;    ///< into Document::text
    std::uint32_t text_size = 0;  ///< bytes of UTF-8
    std::uint32_t line : 31 = 0;  ///< 1-based line of the source text; 0 when made by a mapping
    std::uint32_t nil : 1 = 0;    ///< xsi:nil or JSON null
};

class Document {
public:
    explicit Document(const Schema* schema = nullptr) : schema_(schema) {}

    /// Forgets the nodes, keeps the memory. The schema must outlive the document.
    void clear(const Schema* schema) {
        schema_ = schema;
        nodes_.clear();
        text_.clear();
    }

    NodeId add(NodeId parent, DeclId decl, std::string_view text = {}, std::uint32_t line = 0) {
        const auto id = static_cast<NodeId>(nodes_.size());
        Node node;
        node.decl = decl;
        node.parent = parent;
        node.line = line & 0x7fffffffU;
        node.text_at = static_cast<std::uint32_t>(text_.size());
        node.text_size = static_cast<std::uint32_t>(text.size());
        text_.append(text);
        nodes_.push_back(node);
        if (parent != no_node) {
            Node& above = nodes_[parent];
            (above.last_child == no_node ? above.first_child : nodes_[above.last_child].next) = id;
            above.last_child = id;
        }
        return id;
    }
    /// Takes back the node added last, which has no children and no text; `before` was its parent's last child until then.
    void take_back(NodeId before) {
        Node& above = nodes_[nodes_.back().parent];
        (before == no_node ? above.first_child : nodes_[before].next) = no_node;
        above.last_child = before;
        nodes_.pop_back();
    }
    /// Replaces a node's text (used by streaming codecs that learn it late).
    void set_text(NodeId id, std::string_view text) {
        nodes_[id].text_at = static_cast<std::uint32_t>(text_.size());
        nodes_[id].text_size = static_cast<std::uint32_t>(text.size());
        text_.append(text);
    }
    void set_nil(NodeId id) { nodes_[id].nil = 1; }

    const Schema& schema() const { return *schema_; }
    bool empty() const { return nodes_.empty(); }
    NodeId root() const { return nodes_.empty() ? no_node : 0; }
    std::size_t size() const { return nodes_.size(); }
    const Node& operator[](NodeId id) const { return nodes_[id]; }
    std::string_view text(NodeId id) const { return {text_.data() + nodes_[id].text_at, nodes_[id].text_size}; }

    /// First child with that declaration, or no_node.
    NodeId child(NodeId parent, DeclId decl) const {
        NodeId at = nodes_[parent].first_child;
        while (at != no_node && nodes_[at].decl != decl) at = nodes_[at].next;
        return at;
    }
    /// Next sibling with the same declaration, or no_node.
    NodeId next_same(NodeId id) const {
        NodeId at = nodes_[id].next;
        while (at != no_node && nodes_[at].decl != nodes_[id].decl) at = nodes_[at].next;
        return at;
    }

private:
    const Schema* schema_;
    std::vector<Node> nodes_;
    std::string text_;
};

}  // namespace hub::formats
