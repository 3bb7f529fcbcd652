// Where a partner's call waits until the hub has settled its record. Threads: any number that submit, one that takes
// and settles. No Thrift here.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "hub/api/record.hpp"

namespace connectors::thrift {

class Desk {
public:
    explicit Desk(std::size_t in_flight_max) : in_flight_max_(in_flight_max) {}

    /// From now on calls may come; nothing of before is left.
    void open();
    /// Ends every wait: those who submit are told busy, the one who takes gets nothing more.
    void close();

    /// Waits for the hub. Busy without waiting when in_flight_max messages are under way or the desk is closed, busy
    /// after `patience` when the hub has not settled. A message that the hub has not even taken by then never reaches it.
    hub::Settlement submit(hub::Incoming incoming, std::chrono::milliseconds patience);

    /// At most `count_max`; waits until there is one, the desk is closed or `stop` asks.
    std::vector<hub::Incoming> take(std::stop_token stop, std::size_t count_max);
    void settle(const std::vector<hub::Settlement>& settlements);

    /// What this sender was told of one of its last messages, by receipt or by message id.
    std::optional<hub::Settlement> remembered(const std::string& sender, const std::string& receipt, const std::string& message_id) const;

    bool is_open() const;

    static constexpr std::size_t remembered_max = 1'000;

private:
    struct Waiting {
        std::string sender{}, message_id{};
        std::optional<hub::Settlement> settlement{};
        bool abandoned = false;  // its caller has gone, but the hub still has it
    };
    struct Told {
        std::string sender{}, message_id{};
        hub::Settlement settlement{};
    };

    void remember(const Waiting& of, const hub::Settlement& settlement);
    bool withdraw(const std::string& token);

    const std::size_t in_flight_max_;

    mutable std::mutex lock_;
    std::condition_variable_any came_;
    std::condition_variable settled_;
    // Guarded by lock_.
    bool open_ = false;
    std::uint64_t generation_ = 0;  // tokens of before an open() mean nothing after it
    std::uint64_t last_number_ = 0;
    std::deque<hub::Incoming> untaken_;
    std::map<std::string, Waiting> under_way_;  // by token; at most in_flight_max_
    std::deque<Told> told_;                     // newest last; at most remembered_max
};

}  // namespace connectors::thrift
