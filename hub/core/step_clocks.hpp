// Clocks in a step: they are worked out again when a fact changes or their time has come, and what they have to tell becomes
// notices in the same delta (laws 4 and 8). Gates: what a record lacks before it may pass (law 9).
#pragma once

#include <set>
#include <string>

#include "hub/core/clocks.hpp"
#include "hub/core/step_work.hpp"

namespace hub::core {

/// Works out what the changed kinds touch, and what is due at the entry's instant. Writes sheet, timer, beliefs and notices. Nothing when
/// the plan has no rules.
void refresh_clocks(Work& work, const PersonId& person, const std::set<std::string>& changed);

/// "gate:omic.handover_record:report,meeting@1f2e3d4c" when the record lacks parts that a gate of its type needs; empty otherwise. The
/// last part tells the matter without naming it, so that the item can be looked at again.
std::string why_gated(Work& work, const Child& child, const PersonId& person);
/// The same for an item that such a reason holds, by what is known now.
std::string still_gated(Work& work, const Item& item);

}  // namespace hub::core
