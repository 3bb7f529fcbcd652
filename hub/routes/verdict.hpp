// What an attempt came to, and what happens next: the one place where a sink's error and its stand on repeats are turned
// into an outcome (law 13). Pure.
#pragma once

#include <optional>
#include <string>

#include "hub/api/record.hpp"
#include "hub/core/entry.hpp"

namespace hub::routes {

struct Verdict {
    /// What the journal is told; empty when the receiver was not reached at all: then the attempt does not count.
    std::optional<core::Attempt::Came> came{};
    std::string code{}, detail{};
    bool again = false;           ///< the item waits and is tried again
    bool unsure = false;          ///< before it is, follow the stand on repeats
    bool pause_partner = false;   ///< the route pauses and opens its sink anew
    bool stop_route = false;      ///< nothing can succeed until a person acts
};

/// `number` is which attempt this was, `attempts_max` the route's limit.
Verdict judge(const Result<Handed>& sent, Repeats repeats, std::uint32_t number, std::uint32_t attempts_max);

/// The receiver was asked whether it has the record and gave no answer.
Verdict judge_unanswered(const Error& error, std::uint32_t number, std::uint32_t attempts_max);

/// For an item whose earlier attempt may have been taken, at a receiver that can neither recognise nor be asked.
Verdict unknowable();

inline constexpr std::size_t detail_bytes_max = 1'024;  ///< evidence and error texts are cut here
inline constexpr std::string_view code_outcome_unknown = "outcome_unknown";
inline constexpr std::string_view code_attempts_max = "attempts_max";

}  // namespace hub::routes
