// Private to hub/journal: recently used projection rows, opened, so that a step seldom asks the disk for its aggregate.
//
// Write-through: commits put their rows after they are durable. A reader that looked at the disk before a commit and
// comes back after it must not put its old row over the new one: it says which generation it began in.
#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "hub/core/store.hpp"

namespace hub::journal {

class RowCache {
public:
    explicit RowCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

    /// Rows that steps read again and again; the rest is read once and would only push these out.
    static bool takes(core::Table table);
    /// On a miss, the generation to hand to fill().
    std::optional<std::string> find(core::Table table, std::string_view key, std::uint64_t& generation);
    void fill(core::Table table, std::string_view key, std::string_view value, std::uint64_t generation);
    /// The changes of a group that is durable, in order.
    void commit(std::span<const core::Commit> group);
    std::size_t bytes() const;

private:
    struct Row {
        std::string key{};  ///< table, then key
        std::string value{};
    };
    static std::string name(core::Table table, std::string_view key);
    void put(std::string key, std::string_view value);
    void drop(const std::string& key);
    void shrink();

    const std::size_t bytes_max_;
    mutable std::mutex mutex_{};
    std::uint64_t generation_ = 0;
    std::size_t bytes_ = 0;
    std::list<Row> rows_{};  ///< the last used in front
    std::unordered_map<std::string_view, std::list<Row>::iterator> index_{};  ///< views of the rows' keys
};

}  // namespace hub::journal
