// Private to hub/journal: which place a sealed value is bound to. A value moved to another row does not open there.
#pragma once

#include <string>
#include <string_view>

#include "hub/core/bytes.hpp"
#include "hub/core/store.hpp"

namespace hub::journal {

inline std::string entry_context(std::uint64_t seq, std::string_view header) {
    return core::Writer{}.raw("entry:").u64(seq).raw(header).take();
}

inline std::string row_context(core::Table table, std::string_view key) {
    return core::Writer{}.raw("row:").u8(static_cast<std::uint8_t>(table)).raw(key).take();
}

inline std::string table_name(core::Table table) { return "projection_" + std::string(core::name_of(table)); }

inline constexpr std::size_t table_slots = std::size(core::all_tables) + 1;  ///< tables are numbered from 1
inline std::size_t slot(core::Table table) { return static_cast<std::size_t>(table); }

}  // namespace hub::journal
