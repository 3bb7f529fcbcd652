// What a connector borrows from the hub, for tests: the machine's clock, moved forward at will, chance, and the disk.
#pragma once

#include <atomic>
#include <random>

#include "hub/api/connector.hpp"
#include "hub/cli/system.hpp"

namespace support {

/// Real time plus what a test has added: deadlines pass without waiting for them.
class MovableClock : public hub::Clock {
public:
    hub::Instant now() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch() + std::chrono::nanoseconds(added_.load());
        return {std::chrono::duration_cast<std::chrono::microseconds>(since).count()};
    }
    std::chrono::nanoseconds steady() const override {
        return std::chrono::steady_clock::now().time_since_epoch() + std::chrono::nanoseconds(added_.load());
    }
    void add(std::chrono::nanoseconds more) { added_ += more.count(); }

private:
    std::atomic<std::int64_t> added_ = 0;
};

class MachineRandom : public hub::Random {
public:
    void fill(std::span<std::uint8_t> bytes) override {
        std::random_device device;
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(device());
    }
};

struct ConnectorWorld {
    MovableClock clock{};
    MachineRandom random{};
    hub::cli::SystemDisk disk{};

    hub::ConnectorContext context(const std::string& name, const std::string& site_folder = "") {
        return {clock, random, disk, name, site_folder};
    }
};

}  // namespace support
