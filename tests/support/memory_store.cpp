// See memory_store.hpp. Visitors are called without the lock held, on a copy, so that they may call the store again.
#include "tests/support/memory_store.hpp"

namespace support {

using namespace hub;
using namespace hub::core;

std::optional<std::string> MemoryStore::get(Table table, std::string_view key) const {
    const std::lock_guard lock(mutex_);
    const auto rows = tables_.find(table);
    if (rows == tables_.end()) return std::nullopt;
    const auto row = rows->second.find(key);
    return row == rows->second.end() ? std::nullopt : std::optional(row->second);
}

Status MemoryStore::append(std::span<const Commit> group) {
    const std::lock_guard lock(mutex_);
    if (failures_ > 0) {
        --failures_;
        return Error{failure_, "the store refuses to write, as the test asked", {}, {}, "full"};
    }
    for (std::size_t i = 0; i < group.size(); ++i)
        if (group[i].entry.seq != entries_.size() + i + 1) return Error{Remedy::stop, "sequence numbers are not consecutive", {}, {}, "sequence"};
    for (const Commit& commit : group) {
        entries_.push_back({commit.entry, commit.delta.residue, {}});
        for (const Change& change : commit.delta.changes) {
            if (change.value) tables_[change.table].insert_or_assign(change.key, *change.value);
            else tables_[change.table].erase(change.key);
        }
    }
    return Done{};
}

std::uint64_t MemoryStore::next_seq() const {
    const std::lock_guard lock(mutex_);
    return entries_.size() + 1;
}

Status MemoryStore::scan(Table table, std::string_view prefix, std::string_view from,
                         const std::function<bool(std::string_view, std::string_view)>& visit) const {
    Rows copy;
    {
        const std::lock_guard lock(mutex_);
        if (const auto rows = tables_.find(table); rows != tables_.end()) copy = rows->second;
    }
    for (auto row = copy.lower_bound(std::max(prefix, from)); row != copy.end() && row->first.starts_with(prefix); ++row)
        if (!visit(row->first, row->second)) break;
    return Done{};
}

Status MemoryStore::entries(std::uint64_t seq, const std::function<bool(const StoredEntry&)>& visit) const {
    for (std::size_t i = seq == 0 ? 0 : seq - 1;; ++i) {
        StoredEntry entry;
        {
            const std::lock_guard lock(mutex_);
            if (i >= entries_.size()) return Done{};
            entry = entries_[i];
        }
        if (!visit(entry)) return Done{};
    }
}

void MemoryStore::fail_appends(int count, Remedy remedy) {
    const std::lock_guard lock(mutex_);
    failures_ = count;
    failure_ = remedy;
}

std::string MemoryStore::dump() const {
    const std::lock_guard lock(mutex_);
    std::string text;
    for (const auto& [table, rows] : tables_)
        for (const auto& [key, value] : rows)
            text.append(name_of(table)).append(" ").append(to_hex(key)).append(" ").append(to_hex(value)).append("\n");
    return text;
}

}  // namespace support
