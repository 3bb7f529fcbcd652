// See outbox.hpp.
#include "hub/routes/outbox.hpp"

#include <algorithm>

#include "hub/core/bytes.hpp"
#include "hub/core/keys.hpp"

namespace hub::routes {
namespace {

constexpr std::size_t ref_bytes = 16;  // a due key ends with the item (core/keys.hpp)

bool is_pseudo(std::string_view route) { return route == core::intake_route || route == core::no_route; }

}  // namespace

std::vector<DueChange> due_changes(const core::Delta& delta) {
    std::vector<DueChange> changes;
    for (const core::Change& change : delta.changes) {
        if (change.table != core::Table::due || change.key.size() < ref_bytes) continue;
        DueChange due;
        due.route = core::Cursor(change.key).text();
        due.item = core::item_ref_from_key(std::string_view(change.key).substr(change.key.size() - ref_bytes));
        if (change.value) {
            const auto row = core::decode_due(*change.value);
            if (!row) continue;
            due.due = *row;
        }
        changes.push_back(std::move(due));
    }
    return changes;
}

Handover* Outbox::find(std::string_view route) const {
    const auto found = routes_.find(route);
    return found == routes_.end() ? nullptr : found->second.get();
}

Status Outbox::load(const core::Store& store) {
    std::optional<Error> broken;
    const auto visit = [&](std::string_view key, std::string_view value) {
        const std::string route = core::Cursor(key).text();
        const auto due = core::decode_due(value);
        if (!due) {
            broken = due.error();
            return false;
        }
        Handover* handover = find(route);
        if (handover != nullptr) handover->put(*due, due->state == core::ItemState::leased);
        if (handover == nullptr && !is_pseudo(route)) ++stranded_;
        if (due->state != core::ItemState::held) return true;
        if (const auto row = store.get(core::Table::item, core::key_of(due->item))) {
            if (const auto item = core::decode_item(*row)) held_.put(item->ref, item->hold_until);
        }
        return true;
    };
    const Status scanned = store.scan(core::Table::due, "", "", visit);
    if (broken) return *broken;
    return scanned;
}

void Outbox::note_held(const core::Delta& delta, const DueChange& change) {
    if (!change.due || change.due->state != core::ItemState::held) {
        held_.remove(change.item);
        return;
    }
    const std::string key = core::key_of(change.item);
    for (const core::Change& row : delta.changes) {
        if (row.table != core::Table::item || row.key != key || !row.value) continue;
        if (const auto item = core::decode_item(*row.value)) held_.put(item->ref, item->hold_until);
    }
}

void Outbox::apply(const core::Delta& delta, const std::vector<DueChange>& changes, std::set<Handover*>& touched) {
    for (const DueChange& change : changes) {
        Handover* handover = find(change.route);
        if (handover != nullptr) touched.insert(handover);
        if (change.due) {
            note_held(delta, change);
            if (handover != nullptr) handover->put(*change.due);
            continue;
        }
        // A row that moved is one that went and one that came: put() alone does both, in either order.
        const auto came_again = [&](const DueChange& other) {
            return other.due && other.item == change.item && other.route == change.route;
        };
        if (std::any_of(changes.begin(), changes.end(), came_again)) continue;
        held_.remove(change.item);
        if (handover != nullptr) handover->remove(change.item);
    }
}

}  // namespace hub::routes
