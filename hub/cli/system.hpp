// The real seams: the operating system's clock, chance, disk, threads and Unix sockets behind hub/api/seams.hpp.
//
// Made once by the composition root. Nothing else in the hub asks the operating system for the time, for chance or for a
// configuration file; a simulation passes its own in their place. SQLite's files are the journal's affair.
#pragma once

#include "hub/api/seams.hpp"

namespace hub::cli {

class SystemClock final : public Clock {
public:
    Instant now() const override;
    std::chrono::nanoseconds steady() const override;
};

/// The kernel's generator. It cannot fail once the machine has started; should it, the process ends.
class SystemRandom final : public Random {
public:
    void fill(std::span<std::uint8_t> bytes) override;
};

class SystemDisk final : public Disk {
public:
    Result<std::string> read(const std::string& path, std::size_t bytes_max) const override;
    Status write(const std::string& path, std::string_view bytes) override;
    Result<std::vector<std::string>> list(const std::string& folder) const override;
    Result<std::string> read_secret(const std::string& path, std::size_t bytes_max) const override;

    static constexpr std::size_t list_max = 100'000;  ///< files below one folder
};

class ThreadScheduler final : public Scheduler {
public:
    std::jthread start(std::string name, std::function<void(std::stop_token)> task) override;
    void wait(std::chrono::nanoseconds pause, std::stop_token stop) override;
};

class UnixNet final : public Net {
public:
    Result<int> listen_unix(const std::string& path) override;
    Result<int> connect_unix(const std::string& path) override;

    static constexpr int backlog_max = 64;  ///< connections waiting to be taken
};

}  // namespace hub::cli
