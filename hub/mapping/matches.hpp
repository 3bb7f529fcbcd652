// Walks the nodes that a path selects, in document order, without allocating.
#pragma once

#include <array>

#include "hub/formats/tree.hpp"
#include "hub/mapping/plan.hpp"

namespace hub::mapping {

class Matches {
public:
    using NodeId = formats::NodeId;

    /// `from` may be no_node: then nothing matches.
    Matches(const Plan& plan, const formats::Document& document, const PlanPath& path, NodeId from)
        : plan_(plan), document_(document), path_(path), from_(from) {}

    /// The next node, or no_node.
    NodeId next() {
        const std::size_t size = path_.hops.end - path_.hops.begin;
        if (from_ == formats::no_node) return formats::no_node;
        if (size == 0) {
            const NodeId only = started_ ? formats::no_node : from_;
            started_ = true;
            return only == formats::no_node || wanted(only) ? only : formats::no_node;
        }
        std::size_t level = started_ ? size - 1 : 0;
        NodeId at = started_ ? after(level, at_[level]) : first(level, from_);
        started_ = true;
        for (;;) {
            if (at == formats::no_node) {
                if (level == 0) return from_ = formats::no_node;
                --level;
                at = after(level, at_[level]);
            } else {
                at_[level] = at;
                if (level + 1 < size) at = first(++level, at);
                else if (wanted(at)) return at;
                else at = after(level, at);
            }
        }
    }

private:
    const PlanHop& hop(std::size_t level) const { return plan_.hops[path_.hops.begin + level]; }
    bool wanted(NodeId node) const { return !path_.skip_empty || document_[node].text_size > 0; }

    bool key_equals(const PlanHop& hop, NodeId node) const {
        for (NodeId key = document_.child(node, hop.key); key != formats::no_node; key = document_.next_same(key))
            if (document_.text(key) == plan_.texts[hop.value]) return true;
        return false;
    }
    NodeId filtered(const PlanHop& hop, NodeId node) const {
        while (node != formats::no_node && !key_equals(hop, node)) node = document_.next_same(node);
        return node;
    }
    NodeId first(std::size_t level, NodeId parent) const {
        const PlanHop& hop = this->hop(level);
        NodeId node = document_.child(parent, hop.decl);
        if (hop.pick == Pick::all || node == formats::no_node) return node;
        if (hop.pick == Pick::equal) return filtered(hop, node);
        if (hop.pick == Pick::position) {
            for (std::uint32_t i = 1; i < hop.position && node != formats::no_node; ++i) node = document_.next_same(node);
            return node;
        }
        for (NodeId later = node; later != formats::no_node; later = document_.next_same(node = later)) {}
        return node;
    }
    NodeId after(std::size_t level, NodeId node) const {
        const PlanHop& hop = this->hop(level);
        if (hop.pick == Pick::all) return document_.next_same(node);
        return hop.pick == Pick::equal ? filtered(hop, document_.next_same(node)) : formats::no_node;
    }

    const Plan& plan_;
    const formats::Document& document_;
    const PlanPath& path_;
    NodeId from_;
    bool started_ = false;
    std::array<NodeId, path_steps_max> at_;
};

}  // namespace hub::mapping
