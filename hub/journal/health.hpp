// Private to hub/journal: whether a store may still be used. A failed sync or read is never tried again: what the page
// cache then holds is not what the disk holds. Shared by the writer and the readers of one store.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>

#include "hub/api/error.hpp"

namespace hub::journal {

class Health {
public:
    bool good() const { return !stopped_.load(std::memory_order_acquire); }
    /// Remembers the first error whose remedy is `stop`; hands back the error it was given.
    Error note(Error error) {
        if (error.remedy == Remedy::stop) {
            const std::lock_guard lock(mutex_);
            if (!first_) first_ = error;
            stopped_.store(true, std::memory_order_release);
        }
        return error;
    }
    Error why() const {
        const std::lock_guard lock(mutex_);
        Error error = first_.value_or(Error{});
        error.what = "the store refuses everything since it failed: " + error.what;
        return error;
    }

private:
    std::atomic<bool> stopped_{false};
    mutable std::mutex mutex_{};
    std::optional<Error> first_{};
};

}  // namespace hub::journal
