// What one step has in its hands: the rows it has read and the changes it makes to them, written out once at the end.
//
// Rows are read once, changed in place, and each changed row is encoded once: so an item that moves twice in a step leaves
// one move, and a person's row, which may be large, is encoded once. Nothing here decides anything.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "hub/core/keys.hpp"
#include "hub/core/residue.hpp"
#include "hub/core/step.hpp"

namespace hub::core {

class Work {
public:
    Work(const Reader& reader, const Entry& entry, const PlanPtr& plan, const StepContext& context);

    const Reader& reader;
    const Entry& entry;
    const PlanPtr& plan;
    const StepContext& context;
    const EntryId id;
    Stepped out{};

    /// Null when there is none. Reading does not number the entry in the person's lane.
    const Person* person(const PersonId& id);
    /// The person's row to change: the first call numbers this entry in the person's lane. Made when `make`, else it exists.
    Person& change(const PersonId& id, bool make = false);
    /// People who have an identifier; changes to it are written.
    const Holders& holders(const IdentifierKey& key);
    void add_holder(const IdentifierKey& key, const PersonId& person);

    /// Null when there is none.
    Item* item(const ItemRef& ref);
    /// Opens an item under the next free number of its child. `probe` looks for that number in the store, for entries that
    /// are not the record's own.
    Item& open(std::uint64_t seq, std::uint32_t child, bool probe);
    /// Changes an item's state; `reason` is typed. The person's list of held items follows.
    void move(Item& item, ItemState to, std::string reason);
    void close(Item& item, Disposition disposition, std::string evidence);

    void add_record(const RecordId& record, std::uint64_t seq, std::uint32_t child);
    void put(Table table, std::string key, std::optional<std::string> value);
    /// A fact of this kind changed: the clocks that read it are worked out again when the step ends. An empty kind: what is due.
    void touch(const PersonId& person, const std::string& kind);
    /// Numbers the notices of this entry.
    std::uint32_t next_notice() { return notices_++; }
    /// A sender's key, for the lane of items that this step opens without a person.
    std::string message_id{};

    /// When this entry counts as having happened for a person (zero: for nobody in particular).
    Instant instant_for(const PersonId& person);

    /// Writes everything into out.delta.
    Stepped finish();
    /// Nothing is journalled: the act or outcome is impossible.
    Stepped refuse(std::string code, std::string what, std::string cure);

private:
    struct PersonDraft {
        std::optional<Person> row{};
        bool changed = false;
    };
    struct HoldersDraft {
        Holders row{};
        bool changed = false;
    };
    struct ItemDraft {
        Item now{};
        std::optional<Item> before{};
    };
    PersonDraft& draft(const PersonId& id);
    HoldersDraft& holders_draft(const IdentifierKey& key);
    void settle(ItemDraft& draft);
    void count(const Item& item, bool opened);
    void write_due(const ItemDraft& draft);

    Residue residue_{};
    std::map<PersonId, PersonDraft> people_{};
    std::map<IdentifierKey, HoldersDraft> holders_{};
    std::map<ItemRef, ItemDraft> items_{};
    std::map<std::string, Count> counts_{};  // by encoded key
    std::map<std::uint32_t, std::uint32_t> next_index_{};
    std::map<PersonId, std::set<std::string>> touched_{};  // kinds
    std::uint32_t notices_ = 0;
};

/// Evidence as an item keeps it: cut at a character, not inside one.
std::string cut(std::string_view evidence);

}  // namespace hub::core
