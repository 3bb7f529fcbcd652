// What an item may do: opening, permission under the plan's agreements and the person's consents, and looking again.
#pragma once

#include <string>
#include <vector>

#include "hub/core/step_work.hpp"

namespace hub::core {

/// Why an item must wait under today's plan: "agreement_not_in_force", "no_gateway", "no_consent:<kind>". Empty: it may go.
std::string why_held(Work& work, const Item& item, const Route& route);

/// The route of the plan that an item goes by; null when it is gone or leads to somebody else now.
const Route* route_of(const Work& work, const Item& item);

/// What the item is from here on: under that agreement, ready or held. `lacks` are the clause's needs that its record lacks, `gate` is why_gated().
/// Ready items are listed in out.ready; one whose bytes are fixed is leased again and listed in out.leased.
void decide(Work& work, Item& item, const Route& route, const std::vector<std::string>& lacks, std::string gate = {});

/// Holds an item, with its end: it expires after the route's hold_days_max.
void hold(Work& work, Item& item, std::uint32_t days, std::string reason);

/// Which record, of which message, items are opened for. `probe`: by an act, after the record's own entry.
struct Origin {
    const Header& header;
    const EntryId& entry;
    std::uint64_t seq = 0;
    bool probe = false;
};
/// Opens an item on a route, not decided yet.
Item& open_item(Work& work, const Origin& origin, std::uint32_t child_index, const Child& child, const Route& route, const PersonId& person);

/// Looks again at the person's items that wait for a consent or at a gate: released, they go behind what the lane already has.
void look_again(Work& work, const PersonId& person);

/// Opens everything that an accepted message's children ask for: people, facts, items.
void accept_children(Work& work, const Origin& origin, const Prepared& prepared);

}  // namespace hub::core
