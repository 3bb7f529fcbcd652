// See step_work.hpp.
#include "hub/core/step_work.hpp"

#include <algorithm>
#include <stdexcept>

#include "hub/core/step_clocks.hpp"

namespace hub::core {
namespace {

/// A row that does not decode is a broken store, not bad input.
template <class T>
T must(hub::Result<T> row) {
    if (!row) throw std::runtime_error(row.error().what);
    return std::move(*row);
}

/// For something that later records about the person may bring.
bool waits_for_person(const Item& item) {
    return item.state == ItemState::held && (item.reason.starts_with("no_consent:") || item.reason.starts_with("gate:")) && !item.person.is_zero();
}

}  // namespace

std::string cut(std::string_view evidence) {
    std::size_t size = std::min(evidence.size(), Item::evidence_bytes_max);
    while (size < evidence.size() && size > 0 && (static_cast<unsigned char>(evidence[size]) & 0xc0) == 0x80) --size;
    return std::string(evidence.substr(0, size));
}

Work::Work(const Reader& from, const Entry& of, const PlanPtr& under, const StepContext& with)
    : reader(from), entry(of), plan(under), context(with), id(id_of(of.header, with.digester)) {}

Work::PersonDraft& Work::draft(const PersonId& person_id) {
    const auto [found, fresh] = people_.try_emplace(person_id);
    if (fresh)
        if (const auto row = reader.get(Table::person, person_id.bytes())) found->second.row = must(decode_person(*row));
    return found->second;
}

const Person* Work::person(const PersonId& person_id) {
    PersonDraft& known = draft(person_id);
    return known.row ? &*known.row : nullptr;
}

Person& Work::change(const PersonId& person_id, bool make) {
    PersonDraft& known = draft(person_id);
    if (!known.row && !make) throw std::runtime_error("an item names a person who has no row");
    if (!known.row) {
        known.row.emplace();
        known.row->id = person_id;
    }
    Person& row = *known.row;
    if (!known.changed) {
        known.changed = true;
        ++row.lane_seq;
        row.last_instant = std::max(row.last_instant, entry.header.instant);
    }
    return row;
}

Work::HoldersDraft& Work::holders_draft(const IdentifierKey& key) {
    const auto [found, fresh] = holders_.try_emplace(key);
    if (fresh)
        if (const auto row = reader.get(Table::identifier, key.bytes())) found->second.row = must(decode_holders(*row));
    return found->second;
}

const Holders& Work::holders(const IdentifierKey& key) { return holders_draft(key).row; }

void Work::add_holder(const IdentifierKey& key, const PersonId& person_id) {
    HoldersDraft& known = holders_draft(key);
    auto& people = known.row.people;
    if (people.size() >= Holders::people_max || std::find(people.begin(), people.end(), person_id) != people.end()) return;
    people.push_back(person_id);
    known.changed = true;
}

Item* Work::item(const ItemRef& ref) {
    if (const auto known = items_.find(ref); known != items_.end()) return &known->second.now;
    const auto row = reader.get(Table::item, key_of(ref));
    if (!row) return nullptr;
    ItemDraft& loaded = items_[ref];
    loaded.now = must(decode_item(*row));
    loaded.before = loaded.now;
    return &loaded.now;
}

Item& Work::open(std::uint64_t seq, std::uint32_t child, bool probe) {
    std::uint32_t& index = next_index_[child];
    if (probe)
        while (item({seq, child, index})) ++index;
    Item& opened = items_[{seq, child, index}].now;
    opened.ref = {seq, child, index++};
    opened.position = entry.seq;
    return opened;
}

void Work::move(Item& moved, ItemState to, std::string reason) {
    const bool waited = waits_for_person(moved);
    moved.state = to;
    moved.reason = std::move(reason);
    if (waited == waits_for_person(moved)) return;
    auto& held = change(moved.person).held;
    if (waited) held.erase(std::remove(held.begin(), held.end(), moved.ref), held.end());
    else held.push_back(moved.ref);
}

void Work::close(Item& closed, Disposition disposition, std::string evidence) {
    move(closed, ItemState::closed, std::string(closed.reason));  // a copy: move() looks at the reason it had
    closed.disposition = disposition;
    closed.evidence = cut(evidence);
    closed.hold_until = {};
    closed.consents.clear();
    if (!closed.letter_plan.is_zero()) put(Table::letter, key_of(closed.ref), std::nullopt);
}

void Work::add_record(const RecordId& record, std::uint64_t seq, std::uint32_t child) {
    residue_.records.push_back(record);
    put(Table::record, std::string(record.bytes()), encode(RecordPlace{seq, child}));
}

void Work::put(Table table, std::string key, std::optional<std::string> value) {
    out.delta.changes.push_back({table, std::move(key), std::move(value)});
}

Instant Work::instant_for(const PersonId& person_id) {
    const Person* known = person_id.is_zero() ? nullptr : person(person_id);
    return known ? std::max(known->last_instant, entry.header.instant) : entry.header.instant;
}

void Work::count(const Item& counted, bool opened) {
    std::string key = key_of(CountKey{day_of(counted.opened_at), counted.source, counted.route});
    auto known = counts_.find(key);
    if (known == counts_.end()) {
        Count row;
        if (const auto bytes = reader.get(Table::count, key)) row = must(decode_count(*bytes));
        known = counts_.emplace(std::move(key), row).first;
    }
    if (opened) ++known->second.opened;
    else ++known->second.closed[static_cast<std::size_t>(counted.disposition)];
}

void Work::write_due(const ItemDraft& draft) {
    const Item& now = draft.now;
    const bool was_due = draft.before && draft.before->state != ItemState::closed;
    std::string old_key = was_due ? due_key(draft.before->route, draft.before->position, now.ref) : std::string();
    if (now.state == ItemState::closed) {
        if (was_due) put(Table::due, std::move(old_key), std::nullopt);
        return;
    }
    Due due{now.ref, now.state, now.position, now.attempts, {}};
    if (now.person.is_zero() && was_due) {  // the sender's key is not in the item: its lane is the one it has
        if (const auto row = reader.get(Table::due, old_key)) due.lane = must(decode_due(*row)).lane;
    } else {
        due.lane = lane_of(now, message_id);
    }
    std::string key = due_key(now.route, now.position, now.ref);
    if (was_due && old_key != key) put(Table::due, std::move(old_key), std::nullopt);
    put(Table::due, std::move(key), encode(due));
}

void Work::settle(ItemDraft& draft) {
    Item& now = draft.now;
    const bool opened = !draft.before;
    const bool closes = now.state == ItemState::closed && (opened || draft.before->state != ItemState::closed);
    const bool adopted = !opened && draft.before->person != now.person;
    if (opened) now.opened_at = instant_for(now.person);
    now.changed_at = std::max({now.changed_at, now.opened_at, entry.header.instant});
    if (opened) count(now, true);
    if (closes) count(now, false);
    if (!now.person.is_zero() && (opened || closes || adopted)) {
        Person& row = change(now.person);
        if (opened || adopted) ++row.items_opened;
        if (closes) ++row.items_closed;
    }
    put(Table::item, key_of(now.ref), encode(now));
    write_due(draft);
    residue_.moves.push_back({now.ref, opened ? now.state : draft.before->state, now.state, opened, now.disposition, now.source,
                              now.route, now.recipient, now.reason, now.person, now.opened_at});
}

void Work::touch(const PersonId& person_id, const std::string& kind) {
    std::set<std::string>& kinds = touched_[person_id];
    if (!kind.empty()) kinds.insert(kind);
}

Stepped Work::finish() {
    for (const auto& [person_id, kinds] : touched_) refresh_clocks(*this, person_id, kinds);
    for (auto& [ref, draft] : items_) {
        const bool touched = !draft.before || encode(draft.now) != encode(*draft.before);
        if (touched) settle(draft);
    }
    for (auto& [key, row] : counts_) put(Table::count, key, encode(row));
    for (auto& [key, row] : holders_)
        if (row.changed) put(Table::identifier, std::string(key.bytes()), encode(row.row));
    for (auto& [person_id, row] : people_) {
        if (!row.changed) continue;
        put(Table::person, std::string(person_id.bytes()), encode(*row.row));
        residue_.lanes.push_back({person_id, row.row->lane_seq, row.row->last_instant});
    }
    out.delta.residue = encode(residue_);
    return std::move(out);
}

Stepped Work::refuse(std::string code, std::string what, std::string cure) {
    out.delta = {};
    out.journal = false;
    out.outcome = Outcome::refused;
    out.ready.clear();
    out.leased.clear();
    out.problems.push_back({{}, 0, 0, std::move(code), std::move(what), std::move(cure)});
    return std::move(out);
}

}  // namespace hub::core
