// What the step needs to know about a canonical record, taken out of its document: identifiers, facts, consents, routes.
#pragma once

#include "hub/core/prepare.hpp"

namespace hub::core {

Child make_child(const formats::Document& record, const RecordType& type, const Header& header, const Plan& plan);

/// Whether the site lets a party state facts of a kind as such.
bool may_state(const Plan& plan, const std::string& party, std::string_view kind);

/// The facts that a record of a type with `stated` states, and takes back. Problems (TG-K041 to K043) name the place and quote nothing that the
/// record says but names of kinds: a kind that there is not, that its sender may not state, or whose matter or value is not the kind's.
void add_stated_facts(Child& child, const Header& header, const Plan& plan, Problems& problems);

/// Nearest node of a declaration, seen from a node: below it, or on the way up and down again. no_node when absent.
formats::NodeId find_near(const formats::Document& document, formats::NodeId from, formats::DeclId wanted);

}  // namespace hub::core
