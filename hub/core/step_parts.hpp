// The step of each kind of entry. step.cpp chooses.
#pragma once

#include "hub/core/step_work.hpp"

namespace hub::core {

Stepped step_record(Work& work, const Prepared& prepared);
Stepped step_lease(Work& work);
Stepped step_outcome(Work& work);
Stepped step_tick(Work& work);
/// `subject` may be null: acts that need it say so.
Stepped step_act(Work& work, const Subject* subject);

/// The acts that look at the record again: retry, reroute and resolve. `item` is open.
Stepped retry(Work& work, const Act& act, Item& item, const Subject* subject);
Stepped reroute(Work& work, const Act& act, Item& item, const Subject* subject);
Stepped resolve_item(Work& work, const Act& act, Item& item, const Subject* subject);

/// "who: why", as evidence.
std::string signed_by(const Act& act);
/// The item's child in the prepared subject; null when there is none.
const Child* child_of(const Item& item, const Subject* subject);
/// The needs that the child lacks for a route; none without the child.
std::vector<std::string> lacks_of(const Child* child, const Route& route);
/// The gate at which the item's record stands; empty when it may pass, or when it cannot be read and no gate held it.
std::string gate_of(Work& work, const Child* child, const Item& item);

}  // namespace hub::core
