// What a connector brings to the exam: a peer for each of its ends, made of plain means, over loopback.
//
// A rig is not the connector under test used twice: where it can, it speaks the protocol by itself. It lives as long as
// one test; its destructor stops what it started.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/api/connector.hpp"
#include "tests/support/connector_world.hpp"

namespace conformance {

/// What a sender has been told about a message.
enum class Told { nothing, good, bad };

/// Ways in which a peer goes wrong.
enum class Fault {
    cuts,    ///< ends the connection in the middle of a message (to a sink: after it has taken one)
    stalls,  ///< begins and then stays silent
    absent,  ///< is not there at all; for a sink only
};

/// A sender to the source under test.
class SourceRig {
public:
    virtual ~SourceRig() = default;
    /// The source's settings. Settings that are secret hold real secrets.
    virtual hub::SettingTexts settings() const = 0;
    /// Sends one message and returns without waiting for what becomes of it. The source is open.
    virtual void send(const std::string& message_id, const std::string& body) = 0;
    /// What the sender has been told so far; does not wait.
    virtual Told told(const std::string& message_id) = 0;
    /// Goes wrong in this way, once, and returns; false when this protocol cannot. Neither may reach the hub as a message.
    virtual bool go_wrong(Fault fault) = 0;
};

struct Received {
    std::string key{};  ///< delivery key in hexadecimal
    std::string body{};
};

/// How long a sink waits for its receiver. A test that means to see a time-out makes that one short; under load every other
/// short one would be a guess about the machine.
struct Waits {
    std::chrono::milliseconds connect{20'000}, answer{20'000};

    static std::string text(std::chrono::milliseconds wait) { return std::to_string(wait.count()); }
};

/// A receiver for the sink under test.
class SinkRig {
public:
    virtual ~SinkRig() = default;
    /// The sink's settings.
    virtual hub::SettingTexts settings(const Waits& waits) const = 0;
    /// How the receiver is from now on, also for connections that exist; without a fault it takes records. False when
    /// this protocol cannot.
    virtual bool become(std::optional<Fault> fault) = 0;
    /// What it took while it was without fault, each delivery once for each time that it came.
    virtual std::vector<Received> received() = 0;
};

struct Rig {
    std::string connector{};
    std::function<std::unique_ptr<SourceRig>(support::ConnectorWorld&)> source{};
    std::function<std::unique_ptr<SinkRig>(support::ConnectorWorld&)> sink{};
};

/// One for each catalogue entry: rigs.cpp.
std::vector<Rig> rigs();

}  // namespace conformance
