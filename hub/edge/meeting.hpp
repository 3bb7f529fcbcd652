// Where the hub's thread and the connections of one edge process meet: what is offered, settled, asked for and reported.
//
// Thread-safe. Functions under "the connector" are called from its connections and check what they are given, because
// the process may be broken or hostile; functions under "the hub" are called by the proxy. Waits are bounded, and all
// waiters wake when the meeting ends. Not here: sockets (door.hpp) and Thrift (host.hpp).
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/api/record.hpp"
#include "hub/api/seams.hpp"
#include "hub/edge/edge.hpp"

namespace hub::edge {

using Milliseconds = std::chrono::milliseconds;

class Meeting {
public:
    Meeting(const Limits& limits, const Clock& clock) : limits_(limits), clock_(clock), last_heard_(clock.steady()) {}

    // The connector.
    void heard();
    void opened(Repeats repeats);
    /// Nothing more will come of it; the first reason stays.
    void end(const Error& why);

    // The hub.
    /// Waits for the word that the protocol is open.
    bool await_open(Milliseconds patience);
    std::optional<Error> over() const;
    Repeats repeats() const;

protected:
    const Limits limits_;
    const Clock& clock_;

    mutable std::mutex lock_;
    std::condition_variable_any changed_;
    // Guarded by lock_.
    bool open_ = false;
    Repeats repeats_ = Repeats::none;
    std::optional<Error> over_;
    std::chrono::nanoseconds last_heard_;
};

class SourceMeeting : public Meeting {
public:
    using Meeting::Meeting;

    // The connector.
    /// False: no room within `wait`. An error: a rule was broken.
    Result<bool> offer(std::vector<Incoming> batch, Milliseconds wait);
    std::vector<Settlement> collect(Milliseconds wait);

    // The hub.
    Result<std::vector<Incoming>> next(std::stop_token stop);
    /// Tokens that are not unsettled here are passed over.
    void settle(const std::vector<Settlement>& settlements);
    /// Waits until everything collected has arrived at the connector.
    void drain(Milliseconds patience);

private:
    Status check(const std::vector<Incoming>& batch) const;

    // Guarded by lock_.
    std::vector<Incoming> offered_;       // at most one batch; the next waits outside
    std::set<std::string> unsettled_;     // tokens
    std::vector<Settlement> settled_;     // at most unsettled_max
    bool underway_ = false;               // collected, but perhaps not yet arrived
};

struct Task {
    std::int64_t id = 0;
    std::optional<Outgoing> send{};  ///< empty: ask for `key`
    DeliveryKey key{};
};

/// For a send always with a value; for an ask without one when the receiver does not have the record.
using Answer = Result<std::optional<Handed>>;

class SinkMeeting : public Meeting {
public:
    using Meeting::Meeting;

    // The connector.
    std::vector<Task> take(Milliseconds wait);
    /// An error: nobody asked.
    Status report(std::int64_t task, Answer answer);

    // The hub.
    /// One task at a time. When the connector took a send and no report came, the outcome is unknown.
    Answer perform(Task task);

private:
    // Guarded by lock_.
    std::optional<Task> waiting_;
    std::int64_t last_id_ = 0;
    bool taken_ = false;
    std::optional<Answer> answer_;
};

}  // namespace hub::edge
