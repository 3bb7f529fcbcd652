// What crosses the hub's border: what a source yields, what it is told, and what a sink is handed.
#pragma once

#include <string>
#include <vector>

#include "hub/api/digest.hpp"
#include "hub/api/error.hpp"
#include "hub/api/instant.hpp"

namespace hub {

/// One message as it arrived. The source has authenticated the sender and decoded the framing, nothing more.
struct Incoming {
    std::string token{};       ///< chosen by the source, handed back unread by settle()
    std::string sender{};      ///< identity proven by the channel (certificate name, CURVE key's name, folder); never from the body
    std::string message_id{};  ///< the sender's idempotency key; empty when it sent none
    std::string exchange{};    ///< which exchange the sender named; empty when the source carries one only
    std::string body{};
};

/// What became of a message, after that fate is durable.
enum class Outcome {
    accepted,   ///< journalled; its items are open
    duplicate,  ///< same key, same bytes as before: the first receipt again
    parked,     ///< journalled, but a person must look at it (invalid, conflicting)
    refused,    ///< never accepted, not journalled: unknown sender, over a limit
    busy,       ///< not accepted now: send it again later
};

/// The hub's answer to a sender. For accepted and duplicate, `receipt` is the same text both times.
struct Settlement {
    std::string token{};
    Outcome outcome = Outcome::busy;
    std::string receipt{};  ///< entry id in hexadecimal; empty unless journalled
    Instant accepted_at{};
    Problems problems{};    ///< why it was parked or refused; names fields and lines, quotes no values
};

/// One record in its receiver's format. Every retry carries the same key and the same bytes.
struct Outgoing {
    DeliveryKey key{};
    std::string route{};
    std::string recipient{};    ///< the party's name
    std::string record_type{};
    std::string media_type{};   ///< "application/xml", "application/json", "text/csv", "application/hl7-v2"
    std::string body{};
    int attempt = 1;            ///< 1 for the first; for the sink's own bookkeeping, never part of the bytes
};

/// What a sink can show for a record that it handed over.
struct Handed {
    std::string evidence{};  ///< the partner's receipt or the place of the file; empty when there is none
};

/// How a receiver stands to a repeated record (law 13).
enum class Repeats {
    key,    ///< it honours the delivery key: sending again is safe
    query,  ///< it can be asked whether it has the key: see Sink::ask
    none,   ///< neither: an unknown outcome is parked for a person
};

}  // namespace hub
