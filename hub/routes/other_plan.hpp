// Items under another plan. An item's number follows the order of its plan's routes, so the same number may be another route's there.
#pragma once

#include <optional>
#include <string_view>

#include "hub/core/items.hpp"
#include "hub/core/store.hpp"

namespace hub::routes {

/// The item of the same record on that route; nothing when there is none.
std::optional<core::Item> item_on_route(const core::Reader& reader, core::ItemRef of, std::string_view route);

/// Makes an entry that speaks of items speak of the same record's items on the same routes under the other plan. False when what it is about
/// is not there; of a tick's items those that are not there are taken out.
bool find_its_items(core::Entry& entry, const core::Reader& was, const core::Reader& would);

}  // namespace hub::routes
