// The journal's unit: everything that enters the hub is one entry before anything else happens (law 1).
//
// The layout is final (design 5.0): seq, lane_seq per person, kind, instant, plan digest, header, sealed payload, leaf
// hash, content-free residue. Entry id = H(header); the header carries a nonce, so no two entries share an id.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "hub/api/digest.hpp"
#include "hub/api/instant.hpp"
#include "hub/api/seams.hpp"

namespace hub::core {

enum class EntryKind : std::uint8_t {
    record = 1,   ///< a message from a source; payload: the bytes as they came
    lease = 2,    ///< an item's bytes are fixed, before its first attempt; payload: Letter
    outcome = 3,  ///< what a delivery attempt came to; payload: Attempt
    tick = 4,     ///< time has passed; payload: Tick, or empty
    act = 5,      ///< an operator's act; payload: Act
    plan = 6,     ///< a configuration came into force; payload: the site's bundle
};

/// Plaintext, content-free about people. `message_id` is what the sender chose as its idempotency key.
struct Header {
    EntryKind kind = EntryKind::record;
    Instant instant{};           ///< when the hub took it; becomes the record's received-at
    PlanDigest plan{};           ///< law 10: each entry names its plan
    std::string source{};        ///< source's name in the site; for acts the operator; for lease and outcome the route
    std::string sender{};        ///< party
    std::string message_id{};
    std::string exchange{};      ///< how a record's bytes are read
    Digest raw_digest{};         ///< SHA-256 of the payload's plaintext
    std::uint64_t nonce = 0;     ///< random
};

struct Entry {
    std::uint64_t seq = 0;       ///< given by the journal; 0 until then
    Header header{};
    std::string payload{};       ///< plaintext in memory only; empty once its data key is destroyed
    bool erased = false;
};

std::string encode(const Header& header);
hub::Result<Header> decode_header(std::string_view bytes);
EntryId id_of(const Header& header, const Digester& digester);

/// H(0x00 || seq || header || ciphertext || residue): a leaf of the journal's tree (RFC 6962 style).
Digest leaf_hash(std::uint64_t seq, std::string_view header, std::string_view ciphertext, std::string_view residue,
                 const Digester& digester);

RecordId record_id(const EntryId& entry, std::uint32_t child, const Digester& digester);
DeliveryKey delivery_key(const RecordId& record, std::string_view route, std::string_view recipient, const Digester& digester);
PersonId person_id(const EntryId& creating, std::uint32_t index, const Digester& digester);

/// Where an item stands in the journal: the entry that its record came in by, which child record, and a number of its own
/// (routes in order; items that acts open for the record later come after). Printed as "1042.0.2"; sorts as the journal does.
struct ItemRef {
    std::uint64_t seq = 0;
    std::uint32_t child = 0;
    std::uint32_t index = 0;
    auto operator<=>(const ItemRef&) const = default;
};
std::string to_text(const ItemRef& ref);
hub::Result<ItemRef> parse_item_ref(std::string_view text);
std::string key_of(const ItemRef& ref);  ///< 16 bytes, big-endian
ItemRef item_ref_from_key(std::string_view key);

/// Payload of a lease: one item's bytes.
struct Letter {
    ItemRef item{};
    std::string media_type{};
    std::string body{};
};
std::string encode(const Letter& letter);
hub::Result<Letter> decode_letter(std::string_view bytes);

/// Payload of an outcome.
struct Attempt {
    enum class Came : std::uint8_t {
        delivered = 1,  ///< the sink says the receiver has taken responsibility
        refused = 2,    ///< the partner refused this record for good
        failed = 3,     ///< not taken; will be tried again
        unknown = 4,    ///< may have been taken (law 13)
        exhausted = 5,  ///< failed, and the attempts limit is reached
        unrenderable = 6  ///< its exchange could not make the partner's document
    };
    ItemRef item{};
    Came to = Came::failed;
    std::uint32_t number = 1;  ///< which attempt this was
    std::string code{};        ///< typed reason
    std::string detail{};      ///< evidence or the error's text
};
std::string encode(const Attempt& attempt);
hub::Result<Attempt> decode_attempt(std::string_view bytes);

/// Payload of an operator's act.
struct Act {
    enum class Verb : std::uint8_t { hold = 1, release = 2, retry = 3, reroute = 4, withdraw = 5, resolve = 6 };
    Verb verb = Verb::hold;
    ItemRef item{};
    std::string who{}, why{};
    std::string consent{};   ///< release: "kind: evidence" of a consent recorded by the operator; may be empty
    std::string route{};     ///< reroute: the route that takes over
    PersonId person{};       ///< resolve: the person that an unresolved or ambiguous record is about; zero: a new person
    static constexpr std::size_t text_bytes_max = 1'000;  ///< of who, why and consent each
};
std::string encode(const Act& act);
hub::Result<Act> decode_act(std::string_view bytes);

/// Payload of a tick: what it fires stands in it, so that no step looks at the time (law 2).
struct Tick {
    std::vector<ItemRef> expired{};  ///< held items whose hold_until has come
    std::vector<PersonId> woken{};    ///< people whose clocks have to be looked at again
    static constexpr std::size_t expired_max = 1'000, woken_max = 1'000;  ///< in one tick; more wait for the next
};
std::string encode(const Tick& tick);
hub::Result<Tick> decode_tick(std::string_view bytes);

}  // namespace hub::core
