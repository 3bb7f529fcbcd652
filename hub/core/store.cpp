// Names of the tables, and the overlay that lets a group of steps see each other before anything is written.
#include "hub/core/store.hpp"

namespace hub::core {

std::string_view name_of(Table table) {
    switch (table) {
        case Table::accepted: return "accepted";
        case Table::identifier: return "identifier";
        case Table::person: return "person";
        case Table::item: return "item";
        case Table::due: return "due";
        case Table::letter: return "letter";
        case Table::count: return "count";
        case Table::record: return "record";
        case Table::unknown: return "unknown";
        case Table::clock: return "clock";
        case Table::timer: return "timer";
        case Table::belief: return "belief";
        case Table::notice: return "notice";
    }
    return "";
}

bool is_content(Table table) {
    return table == Table::person || table == Table::letter || table == Table::clock || table == Table::belief || table == Table::notice;
}

std::optional<std::string> Overlay::get(Table table, std::string_view key) const {
    if (const auto rows = rows_.find(table); rows != rows_.end())
        if (const auto row = rows->second.find(key); row != rows->second.end()) return row->second;
    return below_.get(table, key);
}

void Overlay::apply(const Delta& delta) {
    for (const Change& change : delta.changes) rows_[change.table].insert_or_assign(change.key, change.value);
}

void Overlay::clear() { rows_.clear(); }

}  // namespace hub::core
