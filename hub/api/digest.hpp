// SHA-256 sized values and the ids made of them.
//
// Every id in the hub is a Digest with a name of its own, so that the compiler keeps a record id from being
// used as a person id. How digests are computed is a seam (Digester): the pure rooms link no crypto library.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "hub/api/error.hpp"

namespace hub {

using Digest = std::array<std::uint8_t, 32>;

std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);
/// 64 hexadecimal digits, either case.
Result<Digest> digest_from_hex(std::string_view text);
inline std::string_view as_bytes(const Digest& digest) {
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

/// A digest with a meaning. `Tag` is an empty struct that is never defined.
template <class Tag>
struct Id {
    Digest digest{};
    auto operator<=>(const Id&) const = default;
    std::string_view bytes() const { return as_bytes(digest); }
    bool is_zero() const { return digest == Digest{}; }
};
template <class Tag>
std::string to_text(const Id<Tag>& id) {
    return to_hex(id.digest);
}

using EntryId = Id<struct EntryTag>;          ///< H(header of the entry)
using RecordId = Id<struct RecordTag>;        ///< H(entry id, child index)
using PersonId = Id<struct PersonTag>;        ///< H(creating entry, index)
using DeliveryKey = Id<struct DeliveryTag>;   ///< H(record id, route, recipient), law 13
using PlanDigest = Id<struct PlanTag>;        ///< content address of a compiled site, law 10
using IdentifierKey = Id<struct IdKeyTag>;    ///< HMAC(type, normalised value)

}  // namespace hub

template <class Tag>
struct std::hash<hub::Id<Tag>> {
    std::size_t operator()(const hub::Id<Tag>& id) const noexcept {
        std::size_t value = 0;  // a digest is already uniform: its first bytes are hash enough
        std::memcpy(&value, id.digest.data(), sizeof value);
        return value;
    }
};
