// The keys of the projections' rows, and the values too small for a struct of their own.
//
// Keys sort as the journal and the lanes do: numbers are big-endian, texts carry their length.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hub/api/seams.hpp"
#include "hub/core/entry.hpp"
#include "hub/core/items.hpp"

namespace hub::core {

/// `accepted`: (source, sender, message id), or the raw digest where the sender gave no id.
std::string accept_key(const Header& header);

/// `identifier`: HMAC of index_text.
IdentifierKey identifier_key(const people::Identifier& identifier, const KeyStore& keys);

/// `due`: all rows of a route start with due_prefix(route).
std::string due_prefix(std::string_view route);
std::string due_key(std::string_view route, std::uint64_t position, const ItemRef& item);

/// `count`: UTC day of opening, source, route.
struct CountKey {
    std::uint32_t day = 0;  ///< days since 1970-01-01
    std::string source{}, route{};
    auto operator<=>(const CountKey&) const = default;
};
std::uint32_t day_of(Instant instant);
std::string day_text(std::uint32_t day);  ///< "2026-03-02"
std::string key_of(const CountKey& key);
hub::Result<CountKey> decode_count_key(std::string_view bytes);

/// Value of `record`: which entry a record came in by, and which child of it. Its key is the RecordId's bytes.
struct RecordPlace {
    std::uint64_t seq = 0;
    std::uint32_t child = 0;
};
std::string encode(const RecordPlace& place);
hub::Result<RecordPlace> decode_record_place(std::string_view bytes);

/// `unknown`: exchange and path; the value is a count.
std::string unknown_key(std::string_view exchange, std::string_view path);
hub::Result<std::pair<std::string, std::string>> decode_unknown_key(std::string_view bytes);
std::string encode_number(std::uint64_t number);
hub::Result<std::uint64_t> decode_number(std::string_view bytes);

}  // namespace hub::core
