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

    /// Whether the filter's path from its declaration `at` on leads from the node to one that it wants.
    bool holds(const PlanFilter& filter, std::uint32_t at, NodeId node) const {
        if (at == filter.path.end) return filter.value == none || document_.text(node) == plan_.texts[filter.value];
        for (NodeId below = document_.child(node, plan_.filter_path[at]); below != formats::no_node; below = document_.next_same(below))
            if (holds(filter, at + 1, below)) return true;
        return false;
    }
    bool passes(const PlanHop& hop, NodeId node) const {
        for (std::uint32_t i = hop.filters.begin; i < hop.filters.end; ++i)
            if (!holds(plan_.filters[i], plan_.filters[i].path.begin, node)) return false;
        return true;
    }
    NodeId filtered(const PlanHop& hop, NodeId node) const {
        while (node != formats::no_node && !passes(hop, node)) node = document_.next_same(node);
        return node;
    }
    NodeId first(std::size_t level, NodeId parent) const {
        const PlanHop& hop = this->hop(level);
        NodeId node = filtered(hop, document_.child(parent, hop.decl));
        if (hop.pick == Pick::all || node == formats::no_node) return node;
        if (hop.pick == Pick::position) {
            for (std::uint32_t i = 1; i < hop.position && node != formats::no_node; ++i) node = filtered(hop, document_.next_same(node));
            return node;
        }
        for (NodeId later = node; later != formats::no_node; later = filtered(hop, document_.next_same(node = later))) {}
        return node;
    }
    NodeId after(std::size_t level, NodeId node) const {
        const PlanHop& hop = this->hop(level);
        return hop.pick == Pick::all ? filtered(hop, document_.next_same(node)) : formats::no_node;
    }

    const Plan& plan_;
    const formats::Document& document_;
    const PlanPath& path_;
    NodeId from_;
    bool started_ = false;
    std::array<NodeId, path_steps_max> at_;
};

}  // namespace hub::mapping
