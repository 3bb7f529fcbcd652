// Private to hub/journal: what stands on the disk beside the database. The lock that keeps a second writer out, the
// reserve that is given back when the disk is full, and where a store may live at all.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "hub/api/error.hpp"

namespace hub::journal {

/// Makes the database file with mode 0600 if there is none and makes its name durable. SQLite gives its other files the
/// same mode. Refused on a file system that forgets (tmpfs, unless `volatile_allowed`) or is shared between machines.
Status make_place(const std::string& path, bool volatile_allowed);

/// Held for as long as the object lives; the kernel lets go of it when the process ends, however it ends.
class WriterLock {
public:
    WriterLock() = default;
    ~WriterLock();
    WriterLock(WriterLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
    WriterLock& operator=(WriterLock&&) = delete;
    /// Refused with "store_in_use" while another holds it.
    static Result<WriterLock> take(const std::string& path);

private:
    int descriptor_ = -1;
};

/// A file that only takes up room. When the disk is full it is given back, so that what is under way can still be
/// recorded; when there is room again, it is made again. Any thread may ask.
class Reserve {
public:
    Reserve(std::string path, std::uint64_t bytes) : path_(std::move(path)), bytes_(bytes) {}
    /// Gives the room back. Once given, it stays so until make() succeeds.
    void give_back();
    /// Makes the file if it is not there and the disk has `spare_times` its size to spare; true when it is there.
    bool make();
    bool is_there() const { return there_.load(); }

    static constexpr std::uint64_t spare_times = 4;

private:
    const std::string path_;
    const std::uint64_t bytes_;
    std::mutex mutex_{};
    std::atomic<bool> there_{false};
};

}  // namespace hub::journal
