// Projections in memory: plain ordered maps, filled by replay. What a store's tables must equal, row by row.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "hub/core/store.hpp"

namespace hub::routes {

class Rebuilt : public core::Reader {
public:
    std::optional<std::string> get(core::Table table, std::string_view key) const override;
    void apply(const core::Delta& delta);

    /// All rows of a table in key order.
    void each(core::Table table, const std::function<void(std::string_view key, std::string_view value)>& visit) const;
    std::size_t rows() const;

private:
    using Rows = std::map<std::string, std::string, std::less<>>;
    Rows& rows_of(core::Table table) { return tables_[static_cast<std::size_t>(table)]; }
    const Rows& rows_of(core::Table table) const { return tables_[static_cast<std::size_t>(table)]; }

    std::array<Rows, std::size(core::all_tables) + 1> tables_{};  ///< by the table's number; tables count from 1
};

/// One row that is not the same on both sides.
struct RowDifference {
    core::Table table = core::Table::item;
    std::string key{};  ///< in hexadecimal; values are never shown
    enum class How { missing_in_store, missing_in_replay, other_value } how = How::other_value;
};

/// The first difference in table and key order, or none. Reads the store in one pass.
Result<std::optional<RowDifference>> first_difference(const core::Store& store, const Rebuilt& rebuilt);
std::string to_text(const RowDifference& difference);

/// SHA-256 over all rows in order: equal digests mean equal projections.
Digest digest_of(const Rebuilt& rebuilt, const Digester& digester);

}  // namespace hub::routes
