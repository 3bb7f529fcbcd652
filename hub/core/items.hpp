// Items, people and their rows: what the projections hold, and how each row is encoded.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hub/core/entry.hpp"
#include "hub/core/prepare.hpp"

namespace hub::core {

enum class ItemState : std::uint8_t {
    ready = 1,    ///< may be sent when its lane's turn comes
    leased = 2,   ///< bytes are fixed; at least one attempt may have been made
    held = 3,     ///< waiting for permission: consent, a needed field, an agreement, an operator
    parked = 4,   ///< needs a person
    closed = 5,
};

/// How an item closed (law 5).
enum class Disposition : std::uint8_t {
    open = 0, delivered = 1, refused = 2, filtered = 3, superseded = 4, expired = 5, withdrawn = 6, no_route = 7,
    resolved = 8,  ///< a parked input that a person dealt with outside the hub, with evidence
};

/// One record owed to one route. Content-free. The pseudo-route "intake" stands for input that could not be accepted as a
/// record (invalid, conflict) and waits for a person; "none" for a record that no route wanted.
struct Item {
    ItemRef ref{};
    RecordId record{};
    PersonId person{};       ///< zero: not resolved
    std::string route{}, recipient{}, source{}, record_type{};
    std::string agreement{}, clause{};
    ItemState state = ItemState::ready;
    Disposition disposition = Disposition::open;
    std::string reason{};    ///< typed: "no_consent:health_referral", "lacks:housing/chosen_authority", "person_ambiguous", ...
    std::string evidence{};  ///< receipt, or who and why
    std::uint32_t attempts = 0;
    std::uint64_t position = 0;  ///< its place in the lane: seq of the entry that made it ready
    Instant opened_at{}, changed_at{}, hold_until{};
    PlanDigest letter_plan{};    ///< the plan its bytes were fixed under; zero: not fixed
    Digest letter_digest{};
    std::string sender{};        ///< party
    std::vector<Fact> when_delivered{};   ///< what its delivery will say of the person: that instant is their value
    std::vector<std::string> consents{};  ///< while the person is unknown: kinds that the record itself, or an operator, says yes to

    static constexpr std::size_t evidence_bytes_max = 2'000;  ///< longer evidence is cut; the entry keeps it whole
};
inline constexpr std::string_view intake_route = "intake";
inline constexpr std::string_view no_route = "none";

/// Lane of an item: (recipient, person), or (recipient, source, sender's key) while the person is unknown (law 12).
std::string lane_of(const Item& item, std::string_view message_id);

/// A row of the `due` projection: every open item, under its route, in lane order.
struct Due {
    ItemRef item{};
    ItemState state = ItemState::ready;
    std::uint64_t position = 0;
    std::uint32_t attempts = 0;
    std::string lane{};
};

struct StoredFact {
    Fact fact{};
    Instant recorded_at{};
    std::uint64_t seq = 0;
    RecordId source{};
    std::optional<Instant> superseded_at{};  ///< a later record about the same thing no longer says so
    bool superseded() const { return superseded_at.has_value(); }
};

/// Everything a step reads about a person: one row.
struct Person {
    PersonId id{};
    std::uint64_t lane_seq = 0;   ///< of the last entry about the person
    Instant last_instant{};       ///< instants do not decrease per lane
    std::vector<people::Identifier> identifiers{};
    std::vector<StoredFact> facts{};
    std::vector<Consent> consents{};   ///< latest word on each kind
    std::vector<ItemRef> held{};       ///< items to look at again when a consent or a fact changes
    std::uint64_t items_opened = 0, items_closed = 0;
    static constexpr std::size_t facts_max = 2'000;
    static constexpr std::size_t identifiers_max = 64;
    static constexpr std::size_t consents_max = 100;
    static constexpr std::size_t held_max = 2'000;
};

/// Row of `identifier`: the people who have an identifier. A list that is full stays as it is: it finds nobody either way.
struct Holders {
    std::vector<PersonId> people{};
    static constexpr std::size_t people_max = 16;
};

/// Row of `accepted`: what an accept key stands for.
struct Accepted {
    EntryId entry{};
    std::uint64_t seq = 0;
    Digest raw_digest{};
    Instant accepted_at{};
};

/// Row of `count`: the running balance of one (UTC day of opening, source, route).
struct Count {
    std::uint64_t opened = 0;
    std::uint64_t closed[9] = {};  ///< by Disposition
    auto operator<=>(const Count&) const = default;
};
std::uint64_t closed_of(const Count& count);

std::string encode(const Item& item);
std::string encode(const Due& due);
std::string encode(const Person& person);
std::string encode(const Accepted& accepted);
std::string encode(const Count& count);
std::string encode(const Holders& holders);
hub::Result<Item> decode_item(std::string_view bytes);
hub::Result<Due> decode_due(std::string_view bytes);
hub::Result<Person> decode_person(std::string_view bytes);
hub::Result<Accepted> decode_accepted(std::string_view bytes);
hub::Result<Count> decode_count(std::string_view bytes);
hub::Result<Holders> decode_holders(std::string_view bytes);

std::string_view name_of(ItemState state);
std::string_view name_of(Disposition disposition);

}  // namespace hub::core
