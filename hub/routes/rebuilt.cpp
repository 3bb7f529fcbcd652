// See rebuilt.hpp.
#include "hub/routes/rebuilt.hpp"

#include "hub/core/bytes.hpp"

namespace hub::routes {

std::optional<std::string> Rebuilt::get(core::Table table, std::string_view key) const {
    const Rows& rows = rows_of(table);
    const auto found = rows.find(key);
    if (found == rows.end()) return {};
    return found->second;
}

void Rebuilt::apply(const core::Delta& delta) {
    for (const core::Change& change : delta.changes) {
        if (change.value) {
            rows_of(change.table)[change.key] = *change.value;
        } else {
            rows_of(change.table).erase(change.key);
        }
    }
}

void Rebuilt::each(core::Table table, const std::function<void(std::string_view, std::string_view)>& visit) const {
    for (const auto& [key, value] : rows_of(table)) visit(key, value);
}

std::size_t Rebuilt::rows() const {
    std::size_t count = 0;
    for (const Rows& rows : tables_) count += rows.size();
    return count;
}

namespace {

using Row = std::pair<std::string_view, std::string_view>;
using How = RowDifference::How;

/// Compares one table: walks the store's rows next to ours.
Status compare(core::Table table, const core::Store& store, const std::vector<Row>& ours, std::optional<RowDifference>& found) {
    auto mine = ours.begin();
    const auto differs = [&](std::string_view key, How how) {
        found = RowDifference{table, to_hex(key), how};
        return false;
    };
    const Status scanned = store.scan(table, "", "", [&](std::string_view key, std::string_view value) {
        if (mine == ours.end() || key < mine->first) return differs(key, How::missing_in_replay);
        if (mine->first < key) return differs(mine->first, How::missing_in_store);
        if (mine->second != value) return differs(key, How::other_value);
        ++mine;
        return true;
    });
    if (scanned && !found && mine != ours.end()) differs(mine->first, How::missing_in_store);
    return scanned;
}

}  // namespace

Result<std::optional<RowDifference>> first_difference(const core::Store& store, const Rebuilt& rebuilt) {
    std::optional<RowDifference> found;
    for (const core::Table table : core::all_tables) {
        std::vector<Row> ours;
        rebuilt.each(table, [&](std::string_view key, std::string_view value) { ours.emplace_back(key, value); });
        const Status compared = compare(table, store, ours, found);
        if (!compared) return compared.error();
        if (found) break;
    }
    return found;
}

std::string to_text(const RowDifference& difference) {
    const char* how = difference.how == How::missing_in_store    ? " is missing in the store"
                      : difference.how == How::missing_in_replay ? " is in the store but replay does not make it"
                                                                 : " has another value in the store than replay gives it";
    return "table " + std::string(core::name_of(difference.table)) + ": row " + difference.key + how;
}

Digest digest_of(const Rebuilt& rebuilt, const Digester& digester) {
    Digest digest{};
    for (const core::Table table : core::all_tables) {
        const std::string name(1, static_cast<char>(table));
        rebuilt.each(table, [&](std::string_view key, std::string_view value) {
            digest = digester.digest({as_bytes(digest), name, key, value});
        });
    }
    return digest;
}

}  // namespace hub::routes
