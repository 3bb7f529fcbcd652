// Least recently used goes first; the bound is on bytes, because persons differ a hundredfold in size.
#include "hub/journal/cache.hpp"

namespace hub::journal {
namespace {

constexpr std::size_t row_overhead_bytes = 160;  // list node, index node, two strings

template <class Row>
std::size_t size_of(const Row& row) {
    return row.key.size() + row.value.size() + row_overhead_bytes;
}

}  // namespace

bool RowCache::takes(core::Table table) {
    return table == core::Table::person || table == core::Table::item || table == core::Table::count || table == core::Table::identifier;
}

std::string RowCache::name(core::Table table, std::string_view key) {
    std::string name(1, static_cast<char>(table));
    name.append(key);
    return name;
}

std::optional<std::string> RowCache::find(core::Table table, std::string_view key, std::uint64_t& generation) {
    const std::string wanted = name(table, key);
    const std::lock_guard lock(mutex_);
    generation = generation_;
    const auto found = index_.find(wanted);
    if (found == index_.end()) return std::nullopt;
    rows_.splice(rows_.begin(), rows_, found->second);
    return found->second->value;
}

void RowCache::fill(core::Table table, std::string_view key, std::string_view value, std::uint64_t generation) {
    const std::lock_guard lock(mutex_);
    if (generation == generation_) put(name(table, key), value);
}

void RowCache::commit(std::span<const core::Commit> group) {
    const std::lock_guard lock(mutex_);
    ++generation_;
    for (const core::Commit& commit : group)
        for (const core::Change& change : commit.delta.changes) {
            if (!takes(change.table)) continue;
            if (change.value) put(name(change.table, change.key), *change.value);
            else drop(name(change.table, change.key));
        }
}

std::size_t RowCache::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

void RowCache::put(std::string key, std::string_view value) {
    drop(key);
    rows_.push_front({std::move(key), std::string(value)});
    index_.emplace(rows_.front().key, rows_.begin());
    bytes_ += size_of(rows_.front());
    shrink();
}

void RowCache::drop(const std::string& key) {
    const auto found = index_.find(key);
    if (found == index_.end()) return;
    const auto row = found->second;
    index_.erase(found);
    bytes_ -= size_of(*row);
    rows_.erase(row);
}

void RowCache::shrink() {
    while (bytes_ > bytes_max_ && !rows_.empty()) {
        index_.erase(rows_.back().key);
        bytes_ -= size_of(rows_.back());
        rows_.pop_back();
    }
}

}  // namespace hub::journal
