// Letters: a record rendered for its receiver. Recently rendered ones are kept in memory; any other can be had again from the
// journal, byte for byte where its bytes are already fixed.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <optional>

#include "hub/core/items.hpp"
#include "hub/core/prepare.hpp"
#include "hub/core/store.hpp"

namespace hub::routes {

/// An item's bytes and what its delivery key is made of. Shared between the cache, the committer and a sender: immutable.
struct Posted {
    core::Letter letter{};
    RecordId record{};
};
using PostedPtr = std::shared_ptr<const Posted>;

/// Bounded by count and bytes; the oldest goes first, and is rendered again when its turn comes. Not for several threads.
class LetterCache {
public:
    LetterCache(std::size_t letters_max, std::size_t bytes_max) : letters_max_(letters_max), bytes_max_(bytes_max) {}
    void keep(PostedPtr posted);
    PostedPtr find(const core::ItemRef& item) const;
    void drop(const core::ItemRef& item);
    std::size_t size() const { return known_.size(); }

private:
    const std::size_t letters_max_, bytes_max_;
    std::size_t bytes_ = 0;
    std::list<PostedPtr> oldest_first_{};
    std::map<core::ItemRef, std::list<PostedPtr>::iterator> known_{};
};

/// The one entry with this seq.
Result<core::StoredEntry> read_entry(const core::Store& store, std::uint64_t seq);

/// The fixed bytes, or else the record prepared and rendered again under `plan`. An error with remedy `reject` means that
/// there is no letter to be had (erased, not mappable under this plan); `stop`, that the store could not be read.
Result<PostedPtr> fetch_letter(const core::Store& store, const core::PlanPtr& plan, const core::ItemRef& item,
                               core::Workbench& bench, const Digester& digester);

}  // namespace hub::routes
