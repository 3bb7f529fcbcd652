// Which held items expire when: the in-memory index that the tick thread looks at, filled from what the journal says.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "hub/core/entry.hpp"

namespace hub::routes {

/// Any thread.
class HeldBook {
public:
    void put(const core::ItemRef& item, Instant until) {
        const std::lock_guard lock(mutex_);
        erase(item);
        until_[item] = until;
        by_time_.insert({until, item});
    }
    void remove(const core::ItemRef& item) {
        const std::lock_guard lock(mutex_);
        erase(item);
    }
    /// Items whose time has come, earliest first, at most `items_max`.
    std::vector<core::ItemRef> due(Instant now, std::size_t items_max) const {
        const std::lock_guard lock(mutex_);
        std::vector<core::ItemRef> items;
        for (const auto& [until, item] : by_time_) {
            if (until > now || items.size() == items_max) break;
            items.push_back(item);
        }
        return items;
    }

private:
    void erase(const core::ItemRef& item) {
        const auto known = until_.find(item);
        if (known == until_.end()) return;
        by_time_.erase({known->second, item});
        until_.erase(known);
    }

    // Guarded by mutex_.
    mutable std::mutex mutex_{};
    std::map<core::ItemRef, Instant> until_{};
    std::set<std::pair<Instant, core::ItemRef>> by_time_{};
};

}  // namespace hub::routes
