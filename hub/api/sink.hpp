// A place records go to. Implement this to connect a new receiver.
#pragma once

#include <optional>

#include "hub/api/record.hpp"

namespace hub {

/// One sink object is called from one thread only, in the order open, (send | ask)*, destroy; the hub may make
/// several objects for one route. The hub has journalled the record before send() and keeps it until an outcome.
class Sink {
public:
    virtual ~Sink() = default;

    /// Connects. Called again, after a pause the hub chooses, whenever a call asks to reconnect.
    virtual Status open() = 0;

    /// Hands over one record. Success means that the receiver has taken responsibility for it.
    virtual Result<Handed> send(const Outgoing& outgoing) = 0;

    virtual Repeats repeats() const = 0;

    /// Asks the receiver whether it has this delivery; called only when repeats() is `query`, before a resend.
    /// An empty optional: it has not. Sinks that cannot be asked keep this default.
    virtual Result<std::optional<Handed>> ask(const DeliveryKey& key);
};

}  // namespace hub
