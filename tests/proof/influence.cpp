#include "tests/proof/influence.hpp"

namespace proof {

using hub::formats::DeclId;
using hub::formats::Document;
using hub::formats::NodeId;

std::string outcome(const hub::mapping::Mapping& mapping, const Document& document, const hub::mapping::Given& given) {
    std::vector<Document> outputs;
    std::string text;
    for (const auto& each : mapping.apply(document, given, outputs)) text += "rejected: " + each.code + "\n";
    for (const Document& each : outputs) {
        hub::formats::encode(each, text);
        text += '\n';
    }
    return text;
}

Document with_text(const Document& document, NodeId node, const std::string& text) {
    Document changed = document;
    changed.set_text(node, text);
    return changed;
}

Document without_node(const Document& document, NodeId node) {
    Document changed(&document.schema());
    std::vector<NodeId> copy_of(document.size(), hub::formats::no_node);
    for (NodeId each = 0; each < document.size(); ++each) {
        const NodeId parent = document[each].parent;
        if (each == node || (parent != hub::formats::no_node && copy_of[parent] == hub::formats::no_node)) continue;
        copy_of[each] = changed.add(parent == hub::formats::no_node ? parent : copy_of[parent], document[each].decl, document.text(each), document[each].line);
        if (document[each].nil != 0) changed.set_nil(copy_of[each]);
    }
    return changed;
}

bool is_dropped(const hub::mapping::Mapping& mapping, DeclId decl) {
    for (; decl != hub::formats::no_decl; decl = mapping.from()[decl].parent)
        if (mapping.drops().count(decl) != 0) return true;
    return false;
}

}  // namespace proof
