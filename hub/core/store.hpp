// The store's interfaces, as the step and the rooms above see it. Back ends live in hub/journal.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/core/entry.hpp"

namespace hub::core {

/// The projections: ordered key-value tables, all rebuilt by replaying the journal. Keys and values are encoded by items.hpp and clocks.hpp.
enum class Table : std::uint8_t {
    accepted = 1,    ///< accept key -> Accepted
    identifier = 2,  ///< IdentifierKey -> PersonIds that have it (one, for a personal identifier)
    person = 3,      ///< PersonId -> Person                                              (sealed: content)
    item = 4,        ///< ItemRef -> Item
    due = 5,         ///< route, position, ItemRef -> Due; open items only
    letter = 6,      ///< ItemRef -> Letter: bytes of leased items, until they close      (sealed: content)
    count = 7,       ///< day, source, route -> Count
    record = 8,      ///< RecordId -> (seq, child)
    clock = 10,      ///< PersonId -> ClockSheet                                          (sealed: content)
    timer = 11,      ///< instant, PersonId -> nothing: when a person's clocks are looked at again
    belief = 12,     ///< PersonId, seq, index -> Belief: what a clock said until then     (sealed: content)
    notice = 13,     ///< instant, seq, index -> Notice: records to make, not before then  (sealed: content)
    unknown = 9,     ///< exchange, path -> how often a field outside the schema was withheld
};
inline constexpr Table all_tables[] = {Table::accepted, Table::identifier, Table::person, Table::item, Table::due,
                                       Table::letter, Table::count, Table::record, Table::unknown, Table::clock,
                                       Table::timer, Table::belief, Table::notice};
std::string_view name_of(Table table);
bool is_content(Table table);  ///< sealed at rest

struct Change {
    Table table = Table::item;
    std::string key{};
    std::optional<std::string> value{};  ///< empty: the row goes
};

/// What one entry does to the projections. `residue` is content-free and enough to account for the entry: see residue.hpp.
struct Delta {
    std::vector<Change> changes{};
    std::string residue{};
};

/// What a step may read.
class Reader {
public:
    virtual ~Reader() = default;
    virtual std::optional<std::string> get(Table table, std::string_view key) const = 0;
};

/// One entry with everything it causes; `entry.seq` is already the one it will have.
struct Commit {
    Entry entry{};
    Delta delta{};
};

/// What the journal holds of an entry, as read back.
struct StoredEntry {
    Entry entry{};
    std::string residue{};
    Digest leaf{};
};

/// The store. One thread alone appends; any thread may read. A failed append means: stop acknowledging, leave, recover from
/// the journal (a failed sync is never tried again); the error's remedy says `stop` then, and `retry` for a full disk, where
/// nothing was written.
class Store : public Reader {
public:
    /// One durable transaction: all of the group or none of it. Sequence numbers are consecutive from next_seq().
    virtual Status append(std::span<const Commit> group) = 0;
    /// The seq that the next entry will have; 1 in an empty journal.
    virtual std::uint64_t next_seq() const = 0;
    /// Rows with keys from `from` on that start with `prefix`, in key order, until `visit` says stop (false).
    virtual Status scan(Table table, std::string_view prefix, std::string_view from,
                        const std::function<bool(std::string_view key, std::string_view value)>& visit) const = 0;
    /// Entries from `seq` on, in order, payloads opened, until `visit` says stop.
    virtual Status entries(std::uint64_t seq, const std::function<bool(const StoredEntry&)>& visit) const = 0;
};

/// A group in the making: reads see the changes of the steps before.
class Overlay : public Reader {
public:
    explicit Overlay(const Reader& below) : below_(below) {}
    std::optional<std::string> get(Table table, std::string_view key) const override;
    void apply(const Delta& delta);
    void clear();

private:
    const Reader& below_;
    std::map<Table, std::map<std::string, std::optional<std::string>, std::less<>>> rows_{};
};

}  // namespace hub::core
