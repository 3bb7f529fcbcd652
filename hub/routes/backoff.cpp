// See backoff.hpp.
#include "hub/routes/backoff.hpp"

#include <algorithm>
#include <array>

namespace hub::routes {

std::chrono::nanoseconds pause_of(std::uint32_t failures, PauseBounds bounds) {
    const std::uint64_t most = std::max(bounds.first_ms, bounds.most_ms);
    std::uint64_t pause = bounds.first_ms;
    for (std::uint32_t i = 1; i < failures && pause < most; ++i) pause *= 2;
    return std::chrono::milliseconds(std::min(pause, most));
}

std::uint64_t random_number(Random& random) {
    std::array<std::uint8_t, 8> bytes{};
    random.fill(bytes);
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) number = number << 8 | byte;
    return number;
}

std::chrono::nanoseconds jittered_pause(std::uint32_t failures, PauseBounds bounds, Random& random) {
    const std::int64_t pause = pause_of(failures, bounds).count();
    const auto spread = static_cast<std::int64_t>(random_number(random) % (2 * jitter_percent_max + 1));
    return std::chrono::nanoseconds(pause / 100 * (100 - static_cast<std::int64_t>(jitter_percent_max) + spread));
}

}  // namespace hub::routes
