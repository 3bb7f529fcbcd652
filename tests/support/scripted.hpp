// A sender and a receiver that do what a test says, and remember what the hub did. The scripts outlive the ends that the hub
// makes and destroys, as real partners do.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "hub/api/sink.hpp"
#include "hub/api/source.hpp"

namespace support {

inline constexpr auto patience = std::chrono::seconds(20);  ///< a test that waits longer has failed

/// A sender: keeps its messages until they are settled for good, and offers them again when the hub asks anew.
class SenderScript {
public:
    void send(hub::Incoming incoming);
    /// Takes what is settled from here on; false when `count` settlements do not come in time.
    bool await_settled(std::size_t count);
    std::vector<hub::Settlement> settled() const;
    std::optional<hub::Settlement> settlement_of(const std::string& token) const;
    std::size_t waiting() const;
    std::size_t calls_of_next() const;
    void fail_open(hub::Error error);
    void fail_next(hub::Error error);
    /// Everything that was offered and not settled is offered again, as a sender does after a broken connection.
    void offer_again();

    std::unique_ptr<hub::Source> make();

private:
    friend class ScriptedSource;
    mutable std::mutex mutex_{};
    std::condition_variable_any changed_{};
    std::deque<hub::Incoming> waiting_{};
    std::map<std::string, hub::Incoming> offered_{};
    std::vector<hub::Settlement> settled_{};
    std::deque<hub::Error> open_errors_{}, next_errors_{};
    std::size_t calls_of_next_ = 0;
};

/// A receiver.
class ReceiverScript {
public:
    using Answer = std::function<hub::Result<hub::Handed>(const hub::Outgoing&)>;

    hub::Repeats repeats = hub::Repeats::key;  ///< set before the hub starts

    /// How it answers from now on; at first it takes everything. Called without the script's lock.
    void answer(Answer answer);
    void fail_open(hub::Error error, std::size_t times = 1);
    void work_again();  ///< no planned failure of open() is left
    bool await_sent(std::size_t count);
    std::size_t alive() const;                     ///< sinks that exist now
    std::vector<hub::Outgoing> sent() const;       ///< every attempt, in the order in which they began
    std::vector<std::string> taken() const;        ///< bodies, once for each key, in the order in which they were taken
    std::size_t opens() const;
    std::size_t asked() const;
    /// Sends block until open_gate().
    void close_gate();
    void open_gate();

    std::unique_ptr<hub::Sink> make();

private:
    friend class ScriptedSink;
    void take(const hub::Outgoing& outgoing);
    mutable std::mutex mutex_{};
    std::condition_variable_any changed_{};
    Answer answer_{};
    std::vector<hub::Outgoing> sent_{};
    std::vector<std::string> taken_{};
    std::map<hub::DeliveryKey, std::string> keys_{};
    std::deque<hub::Error> open_errors_{};
    std::size_t opens_ = 0, asked_ = 0, alive_ = 0;
    bool gate_closed_ = false;
};

}  // namespace support
