// The step: what one entry does. Deterministic (law 2): it reads the aggregates it is given and nothing else.
#pragma once

#include <string>
#include <vector>

#include "hub/core/items.hpp"
#include "hub/core/store.hpp"

namespace hub::core {

struct Stepped {
    Delta delta{};
    bool journal = true;         ///< false: a duplicate or a refused act; nothing is written
    Outcome outcome = Outcome::accepted;  ///< for records: what the sender is told
    std::string receipt{};       ///< the (first) entry's id in hexadecimal
    Instant accepted_at{};
    Problems problems{};         ///< for parked records and refused acts
    std::vector<ItemRef> ready{};     ///< items that this entry made ready
    std::vector<ItemRef> leased{};    ///< items whose lease stands: they may be sent now
};

/// Digests and keyed digests are functions of their input and the site's key: the same journal gives the same results.
struct StepContext {
    const Digester& digester;
    const KeyStore& keys;  ///< keyed_digest only
};

/// The record that an entry is about, prepared under `plan`: the entry itself for kind `record`; for the acts release, retry,
/// reroute and resolve, the record entry of the item (see subject_of). Everything else needs none.
struct Subject {
    std::uint64_t seq = 0;
    Header header{};
    const Prepared* prepared = nullptr;
};

/// The seq of the record entry whose preparation the step of `entry` needs, other than its own; 0 for none.
std::uint64_t subject_of(const Entry& entry);

/// `entry.seq` must be the number that it will have; `plan` is the plan that entry.header names. `subject` may be null.
Stepped step(const Reader& reader, const Entry& entry, const Subject* subject, const PlanPtr& plan, const StepContext& context);

}  // namespace hub::core
