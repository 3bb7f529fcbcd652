// A Store over maps, for tests of everything above the store. Same contract as the real ones: consecutive numbers, all of a
// group or none, rows in key order. Sealing is not its affair: what goes in comes out.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "hub/core/store.hpp"

namespace support {

class MemoryStore : public hub::core::Store {
public:
    std::optional<std::string> get(hub::core::Table table, std::string_view key) const override;
    hub::Status append(std::span<const hub::core::Commit> group) override;
    std::uint64_t next_seq() const override;
    hub::Status scan(hub::core::Table table, std::string_view prefix, std::string_view from,
                     const std::function<bool(std::string_view, std::string_view)>& visit) const override;
    hub::Status entries(std::uint64_t seq, const std::function<bool(const hub::core::StoredEntry&)>& visit) const override;

    /// The next `count` appends fail with this remedy and write nothing: `retry` for a full disk, `stop` for a failed sync.
    void fail_appends(int count, hub::Remedy remedy);
    /// Every row, as text: two stores with the same rows give the same dump.
    std::string dump() const;

private:
    using Rows = std::map<std::string, std::string, std::less<>>;
    mutable std::mutex mutex_;  // guards everything below
    std::map<hub::core::Table, Rows> tables_{};
    std::vector<hub::core::StoredEntry> entries_{};
    int failures_ = 0;
    hub::Remedy failure_ = hub::Remedy::retry;
};

}  // namespace support
