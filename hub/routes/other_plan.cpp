// See other_plan.hpp.
#include "hub/routes/other_plan.hpp"

namespace hub::routes {
namespace {

using core::EntryKind;
using core::ItemRef;

std::optional<core::Item> item_at(const core::Reader& reader, const ItemRef& ref) {
    const auto row = reader.get(core::Table::item, core::key_of(ref));
    auto item = row ? core::decode_item(*row) : Result<core::Item>(Error{});
    if (!item) return std::nullopt;
    return std::move(*item);
}

std::optional<ItemRef> same_route(const ItemRef& ref, const core::Reader& was, const core::Reader& would) {
    const auto known = item_at(was, ref);
    const auto found = known ? item_on_route(would, ref, known->route) : std::nullopt;
    if (!found) return std::nullopt;
    return found->ref;
}

/// Payloads that name one item.
template <class Payload>
bool find_one(core::Entry& entry, Result<Payload> payload, const core::Reader& was, const core::Reader& would) {
    if (!payload) return false;
    const auto ref = same_route(payload->item, was, would);
    if (!ref) return false;
    if (*ref == payload->item) return true;
    payload->item = *ref;
    entry.payload = core::encode(*payload);
    return true;
}

bool find_expired(core::Entry& entry, const core::Reader& was, const core::Reader& would) {
    auto tick = core::decode_tick(entry.payload);
    if (!tick) return false;
    std::vector<ItemRef> there;
    for (const ItemRef& each : tick->expired)
        if (const auto ref = same_route(each, was, would)) there.push_back(*ref);
    tick->expired = std::move(there);
    entry.payload = core::encode(*tick);
    return true;
}

}  // namespace

std::optional<core::Item> item_on_route(const core::Reader& reader, ItemRef of, std::string_view route) {
    for (of.index = 0;; ++of.index) {
        auto item = item_at(reader, of);
        if (!item || item->route == route) return item;
    }
}

bool find_its_items(core::Entry& entry, const core::Reader& was, const core::Reader& would) {
    switch (entry.header.kind) {
        case EntryKind::lease: return find_one(entry, core::decode_letter(entry.payload), was, would);
        case EntryKind::outcome: return find_one(entry, core::decode_attempt(entry.payload), was, would);
        case EntryKind::act: return find_one(entry, core::decode_act(entry.payload), was, would);
        case EntryKind::tick: return find_expired(entry, was, would);
        case EntryKind::record:
        case EntryKind::plan: break;
    }
    return true;
}

}  // namespace hub::routes
