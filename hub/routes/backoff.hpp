// How long to wait before the next try: doubling between two bounds, with jitter so that many waiters do not come back
// at once. Pure but for the chance that is passed in.
#pragma once

#include <chrono>
#include <cstdint>

#include "hub/api/seams.hpp"

namespace hub::routes {

struct PauseBounds {
    std::uint32_t first_ms = 200, most_ms = 60'000;
};

/// The pause's jitter goes this far to both sides.
inline constexpr std::uint32_t jitter_percent_max = 20;

/// The pause after `failures` failures in a row (1 for the first), before jitter.
std::chrono::nanoseconds pause_of(std::uint32_t failures, PauseBounds bounds);

/// The same, up to jitter_percent_max longer or shorter.
std::chrono::nanoseconds jittered_pause(std::uint32_t failures, PauseBounds bounds, Random& random);

/// Eight random bytes as a number, for nonces and jitter.
std::uint64_t random_number(Random& random);

}  // namespace hub::routes
