// What an engine is made of, and how it is tuned: every limit of the room by name.
//
// All references outlive the engine; the composition root owns what they refer to and destroys it last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "hub/api/seams.hpp"
#include "hub/api/sink.hpp"
#include "hub/api/source.hpp"
#include "hub/core/plan.hpp"
#include "hub/core/store.hpp"
#include "hub/routes/events.hpp"

namespace hub::routes {

struct Tuning {
    std::size_t workers = 2;                      ///< threads that prepare records
    std::size_t intake_records_max = 1'024;       ///< of one source: taken, not settled; above it next() is not called
    std::size_t intake_bytes_max = 64U << 20;     ///< the same in bytes; what goes above it is told to come again (busy)
    std::size_t record_bytes_max = 4U << 20;      ///< one message; a longer one is refused
    std::size_t message_id_bytes_max = 256;       ///< a longer idempotency key is refused
    std::size_t backlog_items_max = 1'000'000;    ///< items waiting for their receivers; above it sources are not asked
    std::size_t group_max = 128;                  ///< inputs that one durable commit takes together
    std::size_t group_bytes_max = 8U << 20;       ///< bytes of messages in one commit, or one message
    std::size_t letters_max = 4'096;              ///< rendered, not yet handed over, kept in memory for one route
    std::size_t letters_bytes_max = 16U << 20;    ///< the same in bytes
    std::size_t lease_ahead_max = 64;             ///< items in flight for each sender thread, leased or being leased
    std::size_t check_every = 100;                ///< one letter in so many is validated against its schema; 1: all
    std::size_t tick_items_max = 1'000;           ///< expired items that one tick names
    std::uint32_t tick_ms = 1'000;                ///< how often the held items are looked at
    std::uint32_t source_pause_first_ms = 200, source_pause_most_ms = 30'000;  ///< a source that cannot be opened or read
    std::uint32_t full_pause_first_ms = 100, full_pause_most_ms = 5'000;       ///< a disk without space
    std::uint32_t drain_ms = 10'000;              ///< for stop() without a bound of its own
};

struct Parts {
    core::Store& store;
    core::PlanPtr plan;
    Clock& clock;
    Random& random;
    Scheduler& scheduler;
    const Digester& digester;
    KeyStore& keys;
    std::function<Result<std::unique_ptr<Source>>(const core::SourceEnd&)> make_source;
    std::function<Result<std::unique_ptr<Sink>>(const core::SinkEnd&)> make_sink;
    Events& events;
    Tuning tuning{};
    /// True while the store's room is only enough for what is under way: no new message is taken then. May be empty.
    std::function<bool()> space_low{};
};

}  // namespace hub::routes
